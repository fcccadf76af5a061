"""The waking day as one line: a mark for each reminder, what was done, what is held, and where now is."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from coach.domain.reminders.slots import SlotKind

MarkState = Literal["done", "held", "coming"]
"""Shown or its work done; held, skipped or missed; still to come."""
EARLIEST, LATEST = 7, 22
"""Hours of the day that the line has at least."""
_HOUR = timedelta(hours=1)


class TimeMark(msgspec.Struct, frozen=True):
    """One reminder of today."""

    due: datetime
    kind: SlotKind
    state: MarkState


class TimeLine(msgspec.Struct, frozen=True):
    """The day from ``start`` to ``end``, with the marks within it, in order."""

    start: datetime
    end: datetime
    marks: tuple[TimeMark, ...]
    now: datetime

    def place(self, at: datetime, width: int) -> int:
        """Return the column of a moment, of ``width``."""
        share = (at - self.start) / (self.end - self.start)
        return max(0, min(int(share * width), width - 1))

    def columns(self, width: int) -> dict[int, MarkState]:
        """Return the marks by their columns; of several in one, what is still to come is seen."""
        order: Sequence[MarkState] = ("held", "done", "coming")
        marks = sorted(self.marks, key=lambda mark: order.index(mark.state))
        return {self.place(mark.due, width): mark.state for mark in marks}

    def hours(self) -> list[datetime]:
        """Return the whole hours of the line, the first and the last included."""
        count = round((self.end - self.start) / _HOUR)
        return [self.start + n * _HOUR for n in range(count + 1)]


def time_line(marks: Iterable[TimeMark], now: datetime) -> TimeLine:
    """Return the waking day of ``now``: from 7 to 22, and further where a reminder or now itself lies outside."""
    today = [mark for mark in marks if mark.due.date() == now.date()]
    return _line(now, today, now, _hours([now, *(mark.due for mark in today)]))


def days_ahead(marks: Iterable[TimeMark], now: datetime, count: int) -> tuple[TimeLine, ...]:
    """Return the ``count`` waking days after that of ``now``, all of the same hours, so that they can be compared."""
    return _days(marks, now, range(1, count + 1))


def days_behind(marks: Iterable[TimeMark], now: datetime, count: int) -> tuple[TimeLine, ...]:
    """Return the ``count`` waking days before that of ``now``, and that one, all of the same hours."""
    return _days(marks, now, range(-count, 1))


def _days(marks: Iterable[TimeMark], now: datetime, numbers: Iterable[int]) -> tuple[TimeLine, ...]:
    days = [now + timedelta(days=n) for n in numbers]
    by_day: dict[date, list[TimeMark]] = {day.date(): [] for day in days}
    for mark in marks:
        by_day.get(mark.due.date(), []).append(mark)
    hours = _hours([mark.due for marks_of_day in by_day.values() for mark in marks_of_day])
    return tuple(_line(day, by_day[day.date()], now, hours) for day in days)


def _hours(moments: Iterable[datetime]) -> tuple[int, int]:
    """Return the first and the last hour of a line that holds ``moments``."""
    hours = [at.hour for at in moments]
    return min([EARLIEST, *hours]), max([LATEST, *(hour + 1 for hour in hours)])


def _line(day: datetime, marks: Iterable[TimeMark], now: datetime, hours: tuple[int, int]) -> TimeLine:
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    start, end = (midnight + hour * _HOUR for hour in hours)
    return TimeLine(start, end, tuple(sorted(marks, key=lambda mark: mark.due)), now)
