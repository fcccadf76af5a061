"""A break led by popups, for a closed terminal: the same steps and seconds as the guided session, both sides."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Literal

import msgspec

from coach.actions.today import today
from coach.domain.exercise.phases import Phase, timeline
from coach.domain.exercise.plan import Planned
from coach.domain.exercise.stretch import Stretch
from coach.domain.status.history import DoneStep, Session
from coach.domain.status.status import Status
from coach.home import Home
from coach.remind.channels import Popup
from coach.remind.wording import buttons_of, words_of
from coach.words import Words
from coach.words.guide import Kind

Outcome = Literal["done", "stopped", "hurt"]
DESK = "desk-break"
TURN_MIN = 50
"""How often the routine at the desk is another one."""
_SOUNDS: Mapping[str, Kind] = {"ready": "begin", "change": "change", "hold": "hold", "count": "hold"}
"""The phases that have a popup, and how each sounds."""


class Cue(msgspec.Struct, frozen=True):
    """One popup of the break, ``at`` seconds after its beginning."""

    at: float
    title: str
    body: str
    step: int
    kind: Kind
    """What it is for the ear."""


class Break(msgspec.Struct, kw_only=True):
    """A break under way."""

    began: datetime
    routine: Planned
    cues: list[Cue]
    seconds: float
    start: float
    """On the monotonic clock."""
    number: int = 0
    """The popup that is on the screen."""
    step: int = 0
    """The step that is being done."""

    def next_at(self) -> float:
        """Return when the next popup comes, on the monotonic clock."""
        return self.start + (self.cues[0].at if self.cues else self.seconds)

    def take(self, mono: float) -> Cue | None:
        """Return the cue that is due, the last one where several are."""
        due: Cue | None = None
        while self.cues and self.start + self.cues[0].at <= mono:
            due = self.cues.pop(0)
        if due:
            self.step = due.step
        return due

    def stretch(self) -> str:
        """Return the stretch that is being done."""
        return self.routine.steps[self.step].stretch

    def record(self, record_id: str, mono: float, outcome: Outcome) -> Session:
        """Return the record of this break: whole, or up to where it was when it ended at ``mono``."""
        whole = outcome == "done"
        steps = tuple(
            DoneStep(one.stretch, one.side, one.hold_s, one.reps, done=whole or index < self.step)
            for index, one in enumerate(self.routine.steps) if whole or index <= self.step
        )  # fmt: skip
        seconds = self.seconds if whole else round(min(mono - self.start, self.seconds), 1)
        return Session(
            id=record_id, at=self.began, routine=self.routine.id, steps=steps, seconds=seconds, outcome=outcome,
            by="popup",
        )  # fmt: skip


def plan_break(home: Home, kind: str, now: datetime) -> tuple[Status, Planned | None]:
    """Return how it stands, and what to do: today's routine, or a minute at the desk, another one each time."""
    if kind == "routine":
        day = today(home, now)
        return day.status, day.plan.routine
    day = today(home, now, desk_routine(home, now))
    return day.status, day.plan.routine


def desk_routine(home: Home, now: datetime) -> str | None:
    """Return which one-minute routine it is at this time of day."""
    names = [one.id for one in home.content.routines.values() if one.slot == DESK]
    turn = (now.hour * 60 + now.minute) // TURN_MIN
    return names[turn % len(names)] if names else None


def begin(home: Home, routine: Planned, now: datetime, mono: float) -> Break:
    """Return the break of ``routine``, beginning now."""
    stretches = home.content.stretches
    pace = home.content.routines[routine.id].pace
    phases = timeline(routine.steps, stretches, pace)
    cues = list(_cues(phases, stretches, words_of(home.profile)))
    return Break(began=now, routine=routine, cues=cues, seconds=sum(one.seconds for one in phases), start=mono)


def cue_popup(home: Home, cue: Cue, replaces: int) -> Popup:
    """Return the popup of a cue; *It hurts* is always at hand."""
    profile = home.profile
    buttons = tuple(pair for pair in buttons_of(profile, words_of(profile)) if pair[0] == "hurts")
    return Popup(
        title=cue.title, body=cue.body, buttons=buttons, sound=profile.sound, stays=True, replaces=replaces, kind="lead"
    )


def _cues(phases: tuple[Phase, ...], stretches: Mapping[str, Stretch], words: Words) -> Iterator[Cue]:
    at = 0.0
    for phase in phases:
        if phase.kind in _SOUNDS:
            key = phase.kind
            values = {
                "side": words(f"popup.lead.{phase.side}"), "name": words.pick(stretches[phase.stretch].name),
                "seconds": round(phase.seconds), "reps": phase.reps,
            }  # fmt: skip
            body = f"popup.lead.{key}-body"
            said = words(body, **values) if words.has(body) else ""
            yield Cue(at, words(f"popup.lead.{key}", **values), said, phase.step, _SOUNDS[key])
        at += phase.seconds
