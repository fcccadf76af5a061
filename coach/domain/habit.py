"""The one habit: an experiment over two weeks, and an honest comparison of the days with it and without."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from coach.domain.guidance import Figure, Localized
from coach.domain.status.carried_answers import worst_walking
from coach.domain.status.history import HabitChoice, History
from coach.domain.status.wall_clock import local_day
from coach.domain.status.working_day import evening_of


class Habit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One habit to watch for two weeks (``routines/habits.toml``)."""

    id: str
    name: Localized
    why: Localized
    how: Localized
    nudge: Localized
    """One short line at the desk; a neutral popup says its own words instead."""
    ask: Localized
    """The evening's question, answered yes or no; yes is the kinder side for the knee."""
    beyond: bool = False
    figure: Figure | None = None
    """From the habit to the kinder way, as a stretch goes from ease to hold."""
    source: tuple[str, ...]


DAYS = 14
ENOUGH_DAYS = 4
"""Days of each kind with pain noted that a comparison needs (a proposal)."""
MATTERS = 1.0
"""Points of difference between the means below which the days are called alike (a proposal)."""


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Days with the habit kept and days without, where both it and the walking pain were noted."""

    kept_days: int = 0
    other_days: int = 0
    kept_pain: float | None = None
    """Mean of the days' worst walking pain, in points of 10."""
    other_pain: float | None = None
    verdict: Literal["too-few", "lower", "higher", "alike"] = "too-few"
    """How the days with it compare with those without."""


class HabitState(msgspec.Struct, frozen=True, kw_only=True):
    """The habit chosen now, its day of the two weeks, and what was answered."""

    habit: str | None = None
    since: date | None = None
    day: int = 0
    """1 to 14 while the experiment runs; more once it is over."""
    answered: int = 0
    """Days of the two weeks that were answered."""
    evening: date | None = None
    """The day that the evening's question is about now: until four in the morning, the day before."""
    answered_today: bool | None = None
    """The answer of that day."""
    over: bool = False
    """The two weeks are over: keep it, change it, or none."""
    comparison: Comparison = Comparison()


def habit_state(history: History, now: datetime) -> HabitState:
    """Return the state of the one habit at ``now``."""
    choice = _choice(history, now)
    if choice is None or not choice.habit:
        return HabitState()
    since = local_day(choice.at, now)
    answered = answers(history, choice.habit, since)
    evening = max(evening_of(now), since)
    day = (evening - since).days + 1
    return HabitState(
        habit=choice.habit,
        since=since,
        day=day,
        answered=len(answered),
        evening=evening,
        answered_today=answered.get(evening),
        over=day > DAYS,
        comparison=compare(answered, worst_walking(history.check_ins, now)),
    )


def answers(history: History, habit: str, since: date) -> dict[date, bool]:
    """Return the answer of each day of the two weeks from ``since``; the last one of a day counts."""
    end = since + timedelta(days=DAYS)
    return {
        evening.day: evening.kept
        for evening in history.habit_days
        if evening.habit == habit and since <= evening.day < end
    }


def compare(answered_days: Mapping[date, bool], pain: Mapping[date, int]) -> Comparison:
    """Compare the days with the habit and those without; with too few days it says so and nothing else."""
    with_it = [pain[day] for day, was_kept in answered_days.items() if was_kept and day in pain]
    without = [pain[day] for day, was_kept in answered_days.items() if not was_kept and day in pain]
    mean_with, mean_without = _mean(with_it), _mean(without)
    return Comparison(
        kept_days=len(with_it),
        other_days=len(without),
        kept_pain=mean_with,
        other_pain=mean_without,
        verdict=_verdict(mean_with, mean_without) if min(len(with_it), len(without)) >= ENOUGH_DAYS else "too-few",
    )


def _verdict(mean_with: float | None, mean_without: float | None) -> Literal["too-few", "lower", "higher", "alike"]:
    if mean_with is None or mean_without is None:
        return "too-few"
    if abs(mean_with - mean_without) < MATTERS:
        return "alike"
    return "lower" if mean_with < mean_without else "higher"


def _mean(numbers: Iterable[int]) -> float | None:
    values = list(numbers)
    return round(sum(values) / len(values), 1) if values else None


def _choice(history: History, now: datetime) -> HabitChoice | None:
    return next((choice for choice in reversed(history.habit_choices) if choice.at <= now), None)
