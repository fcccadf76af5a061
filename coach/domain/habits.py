"""The one habit: an experiment over two weeks, and an honest comparison of the days with it and without."""

from datetime import date, datetime
from typing import Literal

import msgspec

from coach.domain.history import History

DAYS = 14


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Days with the habit kept and days without, and the pain noted on each kind (walking, mean of 10)."""

    kept_days: int = 0
    other_days: int = 0
    kept_pain: float | None = None
    other_pain: float | None = None
    verdict: Literal["too-few", "lower", "higher", "alike"] = "too-few"


class HabitState(msgspec.Struct, frozen=True, kw_only=True):
    """The habit chosen now, its day of the two weeks, and what was answered."""

    habit: str | None = None
    since: date | None = None
    day: int = 0
    """1 to 14 while the experiment runs; more once it is over."""
    answered_today: bool | None = None
    over: bool = False
    """The two weeks are over: keep it, change it, or none."""
    comparison: Comparison = Comparison()


def habit_state(history: History, now: datetime) -> HabitState:
    """Return how the one habit stands at ``now``."""
    return HabitState()
