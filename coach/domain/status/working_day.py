"""When a day ends: at midnight, with the working hours that run over it, or for an evening's question at four."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol

from coach.domain.status.wall_clock import resolve

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVENING_UNTIL = time(4)
"""Until when a question of the evening is still one of the day before."""
LEAST_REST = timedelta(hours=8)
"""How long *it hurts* rests at least: said late in the evening it would otherwise be over at midnight (a proposal)."""


class Hours(Protocol):
    """Hours of a day, ``HH:MM``; an end not after the start lies on the next day."""

    @property
    def start(self) -> str:
        """Return when they begin."""
        ...

    @property
    def end(self) -> str:
        """Return when they end."""
        ...


def evening_of(now: datetime) -> date:
    """Return the day whose evening it is at ``now``: after midnight, until four, that of the day before."""
    return now.date() - timedelta(days=now.time() < EVENING_UNTIL)


def end_of_day(at: datetime, work: Hours, work_days: Sequence[str]) -> datetime:
    """Return when the day of ``at`` ends, in the zone of ``at``: for a night shift not in its middle."""
    midnight = _on(at, 1, "00:00")
    if work.start < work.end:
        return midnight
    for begun in (-1, 0):  # the shift of the evening before, and that of today
        works = WEEKDAYS[(at + timedelta(days=begun)).weekday()] in work_days
        if works and at < (end := _on(at, begun + 1, work.end)):
            return end
    return midnight


def hurt_rest_end(at: datetime, work: Hours, work_days: Sequence[str]) -> datetime:
    """Return until when *it hurts*, said at ``at``, rests: the day, and eight hours at least."""
    return max(end_of_day(at, work, work_days), at + LEAST_REST)


def _on(at: datetime, days: int, clock: str) -> datetime:
    """Return the moment ``HH:MM`` of the day ``days`` after that of ``at``."""
    hour, _, minute = clock.partition(":")
    return resolve(datetime.combine(at.date() + timedelta(days=days), time(int(hour), int(minute))), at.tzinfo)
