"""How it stands now, worked out from records alone: the last answers, a pause and the way back from it, an absence."""

from datetime import datetime
from typing import Any

import msgspec

from coach.domain.answers import Tri
from coach.domain.history import CheckIn, History
from coach.domain.levels import Activity, Advice, Headline
from coach.domain.plan import Pause
from coach.domain.profile import Profile


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How it stands: what may be done today, whether to see someone, and why."""

    activity: Activity
    advice: Advice
    headline: Headline
    reasons: tuple[str, ...]
    """Rule ids and lifecycle reasons, strongest first; the catalogue says each as ``pause.reason.…``."""
    decision: Any = None
    """The decision of the last answers as they stand now; None where there is no check-in yet."""
    last: CheckIn | None = None
    signs: dict[str, Tri] = {}
    """Every sign ever answered, with its last answer."""
    pause: Pause | None = None
    ask_signs: bool = False
    """Whether the emergency and same-day list is to be shown at the next check-in."""
    ask_why: str = ""
    """Why: ``never``, ``lost``, ``away``, ``rise``, ``seen``, ``weekly``; empty where it is not due."""
    may_start: bool = False
    """Whether a guided session may begin now."""
    seated_only: bool = False
    """On the way back from a pause: seated or lying stretches only."""
    advise: tuple[str, ...] = ()
    """What else to say, as names of ``pause.advise.…``."""


def standing(history: History, profile: Profile, book: Any, now: datetime) -> Standing:
    """Return how it stands at ``now``."""
    return Standing(
        activity="gentle",
        advice="none",
        headline="gentle",
        reasons=("not-asked",),
        ask_signs=True,
        ask_why="never",
    )
