"""Guidance for closed eyes: a tone and a spoken sentence at each milestone, never blocking, never left running."""

from collections.abc import Callable

from coach.domain.exercise.session import SessionRun
from coach.home import Home
from coach.voice.programs import Child, play, player, speaker
from coach.voice.tones import tone
from coach.words import Words
from coach.words.guide import Guide, Kind


class Tones:
    """A tone a kind of milestone, played beside us; the bell where this machine plays none."""

    def __init__(self, home: Home, bell: Callable[[], None]) -> None:
        """Play nothing yet; ``bell`` is rung where no tone can be played."""
        self._bell = bell
        self._folder = home.places.cache / "tones"
        self._player = player()
        self._child = Child()

    def works(self) -> bool:
        """Tell whether no player has failed so far; one that has ended is let go of."""
        return self._child.works()

    def sound(self, kind: Kind) -> None:
        """Play the tone of a milestone, or ring the bell where none can be played."""
        if self._player is None or not self.works():
            self._bell()
            return
        file = self._folder / f"{kind}.wav"
        if not file.exists():
            from coach.errors import CoachError
            from coach.records import write_private

            try:
                write_private(file, tone(kind))
            except (CoachError, OSError):
                self._bell()
                return
        play(self._child, self._player, file)

    def close(self) -> None:
        """Leave nothing running."""
        self._child.end()


class Voice:
    """Follows one session by ear, as the settings want it."""

    def __init__(self, words: Words, home: Home, bell: Callable[[], None]) -> None:
        """Speak ``words``; ``bell`` is rung where no tone can be played."""
        profile = home.profile
        self.words = words
        self.speaks = profile.voice
        self.sounds = profile.sound
        self.guide = Guide(words, home.content.stretches)
        self._tones = Tones(home, bell)
        self._speaker = speaker(words.language)
        self._speech = Child()

    def turn(self) -> str:
        """Speak from now on, or be silent; return the name of the sentence that says so."""
        if self._speaker is None:
            return "session.said.no-voice"
        self.speaks = not self.speaks
        if not self.speaks:
            self._speech.end()
        return "session.said.voice-on" if self.speaks else "session.said.voice-off"

    def introduce(self, stretch: str) -> None:
        """Say how the first stretch goes while there is no hurry; where nothing is spoken, it is left for later."""
        if self.speaks and self._speaker:
            self._speech.start(self._speaker, " ".join([*self.guide.warning(), *self.guide.introduce([stretch])]))

    def follow(self, run: SessionRun, ticks: float) -> str | None:
        """Tell what is to be told now; return the name of a sentence where the voice turned out to be none."""
        self._tones.works()
        for milestone in self.guide.follow(run, ticks):
            if self.sounds:
                self._tones.sound(milestone.kind)
            if self.speaks and self._speaker:
                self._speech.start(self._speaker, milestone.text)
        if self.speaks and not self._speech.works():
            self.speaks = False
            return "session.said.voice-fails"
        return None

    def close(self) -> None:
        """Leave nothing running."""
        self._speech.end()
        self._tones.close()
