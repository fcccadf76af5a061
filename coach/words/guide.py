"""What is said on the way through a session: one short sentence at each milestone, for ears and for plain lines."""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Literal, NamedTuple

from coach.domain.exercise.phases import Phase
from coach.domain.exercise.session import Now, SessionRun
from coach.domain.exercise.stretch import Stretch
from coach.words import Words

Kind = Literal["begin", "in", "hold", "half", "out", "rest", "change", "end", "pause"]
"""What a milestone is, for the ear: each has a sound of its own."""
HALF_FROM_S = 16.0
"""A hold this long or longer is told its half."""

_KINDS: Mapping[str, Kind] = {
    "ready": "begin", "ease-in": "in", "hold": "hold", "ease-out": "out", "rest": "rest", "change": "change",
    "count": "hold",
}  # fmt: skip


class Milestone(NamedTuple):
    """One moment at which something is said."""

    kind: Kind
    text: str


class Guide:
    """Follows a session; each milestone is told once."""

    def __init__(self, words: Words, stretches: Mapping[str, Stretch]) -> None:
        """Speak ``words`` of ``stretches``."""
        self.words = words
        self.stretches = stretches
        self._told: tuple[int, str] = (-1, "waiting")
        self._half_of = -1
        self._named: set[str] = set()
        self._moved: set[str] = set()
        self._warned = False

    def introduce(self, stretches: Iterable[str]) -> list[str]:
        """Return how each stretch goes, to be said before the clock runs, and not again in it."""
        sentences = []
        for stretch_id in stretches:
            self._named.add(stretch_id)
            self._moved.add(stretch_id)
            stretch = self.stretches[stretch_id]
            sentences += [self.words("session.said.name", stretch=self.words.pick(stretch.name))]
            sentences += [self.words.pick(how) for how in stretch.how]
        return sentences

    def warning(self) -> list[str]:
        """Return what to stop for, once."""
        told, self._warned = self._warned, True
        return [] if told else [self.words("session.intro.stop-for")]

    def follow(self, run: SessionRun, ticks: float) -> list[Milestone]:
        """Return what is to be said now; empty between the milestones."""
        before, self._told = self._told, (run.at, run.state)
        here = run.look(ticks)
        if before != self._told:
            return self._changed(run, here, before)
        if here and run.state == "running" and self._is_half(run, here):
            self._half_of = run.at
            return [Milestone("half", self.words("session.said.half"))]
        return []

    def _changed(self, run: SessionRun, here: Now | None, before: tuple[int, str]) -> list[Milestone]:
        match run.state:
            case "over":
                whole = run.at >= len(run.phases)
                return [Milestone("end", self.words(f"session.said.{'end' if whole else 'stopped'}"))]
            case "easing":
                return [Milestone("out", self.words("session.said.easing"))]
            case "paused":
                return [Milestone("pause", self.words("session.said.paused"))]
            case "running" if here is not None:
                if before == (run.at, "paused"):
                    return [Milestone("pause", self.words("session.said.resumed"))]
                return [Milestone(_KINDS[here.phase.kind], self._of(run, here.phase))]
            case _:
                return []

    def _is_half(self, run: SessionRun, here: Now) -> bool:
        phase = here.phase
        return (
            phase.works
            and phase.seconds >= HALF_FROM_S
            and self._half_of != run.at
            and here.elapsed >= phase.seconds / 2
        )

    def _of(self, run: SessionRun, phase: Phase) -> str:
        words = self.words
        stretch = self.stretches[phase.stretch]
        side = words(f"session.side.{phase.side}")
        side = side[:1].upper() + side[1:]
        match phase.kind:
            case "ready" if phase.stretch not in self._named:
                self._named.add(phase.stretch)
                how = words.pick(stretch.how[0])
                ready = words("session.said.ready", stretch=words.pick(stretch.name), side=side, how=how)
                return self._joined(*self.warning(), ready)
            case "ready":
                side = words(f"session.side.{phase.side}")
                ready = words("session.said.ready-again", stretch=words.pick(stretch.name), side=side)
                return self._joined(*self.warning(), ready)
            case "hold":
                return words("session.said.hold", n=round(phase.seconds))
            case "change":
                return words("session.said.change", side=side)
            case "count":
                return self._joined(words("session.said.count", n=phase.reps), *self._movement(stretch))
            case "ease-in":
                return self._joined(words("session.said.ease-in"), *self._movement(stretch))
            case _:
                return words(f"session.said.{phase.kind}")

    def _movement(self, stretch: Stretch) -> tuple[str, ...]:
        """Return the steps that follow the first one, the first time that they are done."""
        if stretch.id in self._moved:
            return ()
        self._moved.add(stretch.id)
        return tuple(self.words.pick(step) for step in stretch.how[1:3])

    def _joined(self, *sentences: str) -> str:
        return reduce(lambda first, other: self.words("session.said.and-then", one=first, other=other), sentences)
