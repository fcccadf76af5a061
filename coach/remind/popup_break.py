"""A break led by popups, for a closed terminal: the same steps and seconds as the guided session, both sides."""

import math
from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec.structs import replace

from coach.actions.exercise.session import record_break
from coach.actions.today import today
from coach.domain.exercise.dose import Step
from coach.domain.exercise.phases import Phase
from coach.domain.exercise.plan import Planned
from coach.domain.exercise.session import SessionRun
from coach.domain.exercise.stretch import Stretch
from coach.domain.status.status import Status
from coach.home import Home
from coach.remind.channels import Popup
from coach.remind.wording import buttons_of, words_of
from coach.words import Words
from coach.words.guide import Kind

DESK = "desk-break"
TURN_MIN = 50
"""How often the routine at the desk is another one."""
_SOUNDS: Mapping[str, Kind] = {"ready": "begin", "change": "change", "hold": "hold", "count": "hold"}
"""The phases that have a popup, and how each sounds."""


class Cue(msgspec.Struct, frozen=True):
    """One popup of the break, shown when its phase begins."""

    title: str
    body: str
    kind: Kind
    """What it is for the ear."""


class Break(msgspec.Struct, kw_only=True):
    """A break under way: a guided session that speaks by popups, on the monotonic clock."""

    began: datetime
    routine: str
    run: SessionRun
    cues: dict[int, Cue]
    """Index of a phase to the popup that begins it; phases without one pass in silence."""
    number: int = 0
    """The notification server's number of the popup that is on the screen."""
    fell_out: bool = False
    """Whether the decision of now leaves nothing of it."""
    announced: int = 0
    """How many phases were looked at for a popup."""

    def next_at(self) -> float:
        """Return the monotonic moment of the next popup, or of the end where none is left."""
        if self.announced == 0:
            return self.run.looked
        moment = self.run.deadline
        for index in range(self.announced, len(self.run.phases)):
            if index in self.cues:
                return moment
            moment += self.run.phases[index].seconds
        return moment

    def take(self, mono: float) -> Cue | None:
        """Return the popup that is due; the last one where several are, None where the break is over."""
        self.run = self.run.tick(mono)
        begun = range(self.announced, min(self.run.at + 1, len(self.run.phases)))
        self.announced = max(self.announced, begun.stop)
        return next((self.cues[index] for index in reversed(begun) if index in self.cues), None)

    def stretch(self) -> str:
        """Return the stretch that is being done, or was done last."""
        phases = self.run.phases
        return phases[min(self.run.at, len(phases) - 1)].stretch

    def follow(self, home: Home, mono: float, steps: tuple[Step, ...]) -> None:
        """Go on with what the decision of now still allows of it."""
        before = self.run.phases
        self.run = self.run.follow(mono, steps)
        if self.run.phases != before:
            self.cues = _cues(self.run.phases, home.content.stretches, words_of(home))
            self.announced = min(self.announced, self.run.at)
            self.fell_out = self.run.at >= len(self.run.phases)

    def record(self, home: Home, mono: float) -> None:
        """Record this break: whole, or up to where it was when it ended at ``mono``."""
        record_break(home, self.run.tick(mono), began=self.began, routine=self.routine)


def plan_break(home: Home, kind: str, now: datetime) -> tuple[Status, Planned | None]:
    """Return how it stands, and what to do: today's routine, or a minute at the desk, another one each time."""
    if kind == "routine":
        day = today(home, now)
        return day.status, day.plan.routine
    day = today(home, now, desk_routine(home, now))
    return day.status, day.plan.routine


def desk_routine(home: Home, now: datetime) -> str | None:
    """Return which one-minute routine it is at this time of day."""
    names = [routine.id for routine in home.content.routines.values() if routine.slot == DESK]
    turn = (now.hour * 60 + now.minute) // TURN_MIN
    return names[turn % len(names)] if names else None


def begin(home: Home, routine: Planned, now: datetime, mono: float) -> Break:
    """Return the break of ``routine``, beginning now."""
    stretches = home.content.stretches
    run = SessionRun.of(routine.steps, stretches, home.content.routines[routine.id].pace)
    # Nobody looks at the clock between two popups: a long gap is no absence here.
    run = replace(run, patience=math.inf).start(mono)
    return Break(began=now, routine=routine.id, run=run, cues=_cues(run.phases, stretches, words_of(home)))


def cue_popup(home: Home, cue: Cue, replaces: int) -> Popup:
    """Return the popup of a cue; *It hurts* is always at hand."""
    profile = home.profile
    buttons = tuple(pair for pair in buttons_of("desk-break", profile, words_of(home)) if pair[0] == "hurts")
    return Popup(
        title=cue.title, body=cue.body, buttons=buttons, sound=profile.sound, stays=True, replaces=replaces, kind="lead"
    )


def _cues(phases: tuple[Phase, ...], stretches: Mapping[str, Stretch], words: Words) -> dict[int, Cue]:
    return {
        index: _cue(phase, stretches[phase.stretch], words)
        for index, phase in enumerate(phases)
        if phase.kind in _SOUNDS
    }


def _cue(phase: Phase, stretch: Stretch, words: Words) -> Cue:
    values = {
        "side": words(f"popup.lead.{phase.side}"), "name": words.pick(stretch.name),
        "seconds": round(phase.seconds), "reps": phase.reps,
    }  # fmt: skip
    body = f"popup.lead.{phase.kind}-body"
    return Cue(
        title=words(f"popup.lead.{phase.kind}", **values),
        body=words(body, **values) if words.has(body) else "",
        kind=_SOUNDS[phase.kind],
    )
