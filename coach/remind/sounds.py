"""The agent's own tones, for what must be heard and for those who do not look at the screen."""

from typing import TYPE_CHECKING

from coach.home import Home
from coach.words.guide import Kind

if TYPE_CHECKING:
    from coach.voice import Tones


class Sounds:
    """Plays tones beside us; a machine that plays none has the popup's own sound."""

    def __init__(self, home: Home) -> None:
        """Load nothing yet: most agents never play anything."""
        self._home = home
        self._tones: Tones | None = None

    def possible(self) -> bool:
        """Tell whether this machine has a program that plays, and none has failed so far."""
        from coach.voice.programs import player  # looked for anew: sound systems come and go

        return player() is not None and (self._tones is None or self._tones.works())

    def play(self, kind: Kind) -> None:
        """Play the tone of ``kind``."""
        if self._tones is None:
            from coach.voice import Tones

            self._tones = Tones(self._home, bell=lambda: None)
        self._tones.sound(kind)

    def tick(self) -> None:
        """Let go of a player that has ended."""
        if self._tones:
            self._tones.works()

    def close(self) -> None:
        """Leave no program running."""
        if self._tones:
            self._tones.close()
