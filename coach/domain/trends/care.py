"""What was done in a period: the days of care, and how each stretch felt."""

from collections import Counter
from collections.abc import Set as AbstractSet
from datetime import date

import msgspec

from coach.domain.ice import icings
from coach.domain.status.history import History
from coach.domain.trends.period import days_between


class CareDay(msgspec.Struct, frozen=True):
    """What was done on one day."""

    day: date
    sessions: int = 0
    seconds: float = 0
    ices: int = 0
    hurts: int = 0
    habit: bool | None = None
    """The evening's yes or no; None where it was not said."""
    paused: bool = False

    @property
    def cared(self) -> bool:
        """Whether anything was done for the knee; a kept habit and a cooling count."""
        return bool(self.sessions or self.ices or self.habit)


class StretchComfort(msgspec.Struct, frozen=True):
    """How one stretch felt: sessions that held it, by the comfort that was said afterwards."""

    stretch: str
    times: int
    pleasant: int
    neutral: int
    uncomfortable: int
    hurt: int
    """How often *it hurts* was said in it."""


def care_days(
    history: History, first: date, last: date, paused: AbstractSet[date] = frozenset()
) -> tuple[CareDay, ...]:
    """Return what was done on each day of a period, in order; ``paused`` are the days of pauses."""
    sessions = [session for session in history.sessions if session.exercised and first <= session.at.date() <= last]
    count = Counter(session.at.date() for session in sessions)
    seconds: Counter[date] = Counter()
    for session in sessions:
        seconds[session.at.date()] += int(session.seconds)
    ices = Counter(icing.at.date() for icing in icings(history))
    hurts = Counter(session.at.date() for session in history.hurts)
    habit_answers = {session.day: session.kept for session in history.habit_days}
    return tuple(
        CareDay(day, count[day], seconds[day], ices[day], hurts[day], habit_answers.get(day), day in paused)
        for day in days_between(first, last)
    )


def stretch_comfort(history: History, first: date, last: date) -> tuple[StretchComfort, ...]:
    """Return how each stretch felt in a period, the most often done first."""
    times: Counter[str] = Counter()
    felt: dict[str, Counter[str]] = {}
    for session in history.sessions:
        if not first <= session.at.date() <= last:
            continue
        for stretch in dict.fromkeys(step.stretch for step in session.steps if step.done):
            times[stretch] += 1
            felt.setdefault(stretch, Counter())[session.comfort or ""] += 1
    hurts = Counter(hurt.stretch for hurt in history.hurts if hurt.stretch and first <= hurt.at.date() <= last)
    return tuple(
        _comfort(stretch, times[stretch], felt.get(stretch, Counter()), hurts[stretch])
        for stretch in sorted(set(times) | set(hurts), key=lambda stretch: (-times[stretch], stretch))
    )


def _comfort(stretch: str, times: int, felt: Counter[str], hurt: int) -> StretchComfort:
    return StretchComfort(stretch, times, felt["pleasant"], felt["neutral"], felt["uncomfortable"], hurt)
