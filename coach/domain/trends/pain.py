"""The pain of a period, day by day, and what it comes to: its strength, and how its two halves compare."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

from coach.domain.status.history import CheckIn, History
from coach.domain.trends.period import check_ins_within, days_between
from coach.domain.triage.answers import KNEES, Answers, Points, Side

View = Literal["walking", "left", "right", "either", "rest", "during", "morning"]
"""Which pain: the worst when walking (of one knee; ``either``: of no knee by itself), at rest, in or just after the
stretches, the next morning."""
VIEWS: tuple[View, ...] = ("walking", "rest", "during", "morning")
BY_KNEE: tuple[View, ...] = ("left", "right", "either")
COMPARED: tuple[View, ...] = ("walking", "rest", "morning")
"""The numbers that are comparable from day to day; the one in a session hangs on the session."""
ENOUGH_DAYS = 3
"""Noted days that each half of a period needs before the two are compared: one good or bad day must not decide it."""


class PainDay(msgspec.Struct, frozen=True):
    """The pain of one day, in points of 10; None where it was not noted."""

    day: date
    walking: Points | None = None
    rest: Points | None = None
    during: Points | None = None
    morning: Points | None = None
    left: Points | None = None
    right: Points | None = None
    either: Points | None = None
    """The worst when walking of check-ins that told of no knee by itself."""
    medicines: tuple[str, ...] = ()
    """The painkillers that the numbers of this day were told under."""

    def of(self, view: View) -> Points | None:
        """Return the number of one view."""
        points: Points | None = getattr(self, view)
        return points

    @property
    def noted(self) -> bool:
        """Whether the day has any number at all."""
        return any(self.of(view) is not None for view in VIEWS)


class PeriodChange(msgspec.Struct, frozen=True):
    """The medians of the first and the second half of the days noted, and how many days each half has."""

    view: View
    before: float | None
    after: float | None
    days_before: int
    days_after: int

    @property
    def tells(self) -> bool:
        """Whether both halves have enough noted days to be compared."""
        return min(self.days_before, self.days_after) >= ENOUGH_DAYS


class Strength(msgspec.Struct, frozen=True):
    """One view over a period: noted days, lowest, highest, median and the last number with its day."""

    view: View
    days: int
    lowest: Points
    highest: Points
    middle: float
    last: Points
    last_day: date


def pain_days(history: History, first: date, last: date) -> tuple[PainDay, ...]:
    """Return the pain of each day of a period, in order, also of the days that have none noted."""
    check_ins: dict[date, list[CheckIn]] = {}
    for check_in in check_ins_within(history, first, last):
        check_ins.setdefault(check_in.at.date(), []).append(check_in)
    return tuple(pain_day(day, check_ins.get(day, ())) for day in days_between(first, last))


def pain_day(day: date, check_ins: Iterable[CheckIn]) -> PainDay:
    """Return the pain of one day from its check-ins, corrections applied."""
    highest: dict[str, Points] = {}
    medicines: dict[str, None] = {}
    for check_in in check_ins:
        for view, points in pain_numbers(check_in.answers).items():
            highest[view] = max(points, highest.get(view, 0))
        if check_in.medicine:
            medicines[check_in.medicine] = None
    return PainDay(day, **highest, medicines=tuple(medicines))


def pain_numbers(answers: Answers) -> dict[View, Points]:
    """Return every number that answers tell: the worst when walking, and under it that of each knee, or of neither."""
    told: dict[View, Points | None] = {view: getattr(answers.pain, view) for view in VIEWS}
    by_knee: dict[View, Points | None] = {knee: answers.walking_of(knee) for knee in KNEES}
    if all(points is None for points in by_knee.values()):
        by_knee["either"] = answers.pain.walking
    return {view: points for view, points in (told | by_knee).items() if points is not None}


def walking_views(series: Iterable[PainDay], side: Side) -> tuple[View, ...]:
    """Return how the worst when walking is told apart: not at all where all of it is of the one ``side``, or of both.

    What was told of one knee is never drawn as the other's, whatever the settings say today.
    """
    series = tuple(series)
    told = tuple(view for view in BY_KNEE if any(day.of(view) is not None for day in series))
    return told if set(told) - {"either" if side == "both" else side} else ("walking",)


def views_of(walking: Iterable[View], views: Iterable[View] = VIEWS) -> tuple[View, ...]:
    """Return ``views`` with the worst when walking told apart as ``walking`` says."""
    return (*walking, *(view for view in views if view != "walking"))


def noted_days(series: Iterable[PainDay]) -> int:
    """Return how many days have a number."""
    return sum(day.noted for day in series)


def pain_strength(series: Iterable[PainDay], view: View) -> Strength | None:
    """Return the numbers of one view over a period; None where it was never noted."""
    scores = [(day.day, value) for day in series if (value := day.of(view)) is not None]
    if not scores:
        return None
    values = [value for _, value in scores]
    last_day, last = scores[-1]
    return Strength(view, len(values), min(values), max(values), median(values), last, last_day)


def period_change(series: tuple[PainDay, ...], view: View) -> PeriodChange:
    """Compare the two halves of the days noted by their medians; ``tells`` is False where there are too few days.

    The days are halved as they were noted, not by the calendar: who notes more often later on still has two halves.
    """
    values = [value for day in series if (value := day.of(view)) is not None]
    first, second = values[: len(values) // 2], values[len(values) // 2 :]
    return PeriodChange(
        view, median(first) if first else None, median(second) if second else None, len(first), len(second)
    )


def median(values: Iterable[int]) -> float:
    """Return the number in the middle, or what lies between the two in the middle."""
    import statistics  # here, as Today reads this module and draws no chart: 10 ms

    return statistics.median(values)
