"""The plan of the day, as types: today's routine, and what was left out and why (made by ``coach.domain.planning``)."""

from datetime import date, datetime

import msgspec

from coach.domain.history import Side
from coach.domain.levels import Activity, Advice, Headline


class Step(msgspec.Struct, frozen=True):
    """One side of one stretch: ``reps`` holds of ``hold_s`` seconds."""

    stretch: str
    side: Side
    hold_s: int
    reps: int


class Planned(msgspec.Struct, frozen=True):
    """The routine of today, one step a side, both legs, the sore one first."""

    id: str
    minutes: int
    steps: tuple[Step, ...]


class LeftOut(msgspec.Struct, frozen=True):
    """A stretch that is not in today's routine; ``why`` names a sentence of the catalogue (``plan.left-out.…``)."""

    stretch: str
    why: str
    instead: str | None = None
    because: dict[str, str] = {}


class Pause(msgspec.Struct, frozen=True):
    """A pause for safety.

    ``reason`` is a rule id, or ``hurt``; ``until`` is the least end, None where only ``seen`` ends it; ``back_when``
    names sentences of the catalogue (``pause.back-when.…``) that all must come true.
    """

    reason: str
    since: datetime
    until: datetime | None
    back_when: tuple[str, ...]
    calm: int = 0
    """Calm check-ins so far that count towards the way back (two are needed, a day or more apart)."""

    @property
    def ends_by_itself(self) -> bool:
        """Tell whether time alone ends it, at ``until``."""
        return self.back_when in (("tomorrow",), ("least-time",))


class Plan(msgspec.Struct, frozen=True):
    """Today in one object. ``routine`` is None while paused, or while the sign list was never answered."""

    date: date
    activity: Activity
    advice: Advice
    headline: Headline
    reasons: tuple[str, ...]
    """Rule ids and lifecycle reasons (``not-asked``, ``away-7``, ``way-back``, ``hurt-yesterday``), strongest first."""
    pause: Pause | None
    routine: Planned | None
    left_out: tuple[LeftOut, ...] = ()
    habit: str | None = None
