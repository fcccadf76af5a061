"""The waking day as one line: a mark for each reminder, what was done, what is held, and where now is."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from coach.domain.reminders.slots import SlotKind

Standing = Literal["done", "held", "coming"]
"""Shown or its work done; held, skipped or missed; still to come."""
EARLIEST, LATEST = 7, 22
"""Hours of the day that the line has at least."""
_HOUR = timedelta(hours=1)


class TimeMark(msgspec.Struct, frozen=True):
    """One reminder of today."""

    due: datetime
    kind: SlotKind
    standing: Standing


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

    def columns(self, width: int) -> dict[int, Standing]:
        """Return the marks by their columns; of several in one, what is still to come is seen."""
        order: Sequence[Standing] = ("held", "done", "coming")
        marks = sorted(self.marks, key=lambda mark: order.index(mark.standing))
        return {self.place(mark.due, width): mark.standing for mark in marks}

    def hours(self) -> list[datetime]:
        """Return the whole hours of the line, the first and the last included."""
        count = round((self.end - self.start) / _HOUR)
        return [self.start + n * _HOUR for n in range(count + 1)]


def time_line(marks: Iterable[TimeMark], now: datetime) -> TimeLine:
    """Return the waking day of ``now``: from 7 to 22, and further where a reminder or now itself lies outside."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    today = sorted((mark for mark in marks if mark.due.date() == now.date()), key=lambda mark: mark.due)
    moments = [now, *(mark.due for mark in today)]
    first = min(EARLIEST, *(at.hour for at in moments))
    last = max(LATEST, *(at.hour + 1 for at in moments))
    return TimeLine(day + first * _HOUR, day + last * _HOUR, tuple(today), now)
