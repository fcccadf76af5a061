"""What became of the breaks at the desk, week by week."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta, tzinfo

import msgspec

from coach.domain.reminders.due import Delivery

_TAKEN = frozenset({"away", "count-began-anew"})
"""Held as the person was away, which counts as the break, or came back from it: nothing was held back."""


class BreakTotals(msgspec.Struct, frozen=True, kw_only=True):
    """The breaks of one week."""

    week: date
    """Its Monday."""
    taken: int = 0
    """Begun from a popup, or by oneself."""
    snoozed: int = 0
    skipped: int = 0
    held: int = 0
    """Not shown: in a pause, in quiet hours, during a call, or as the desktop was not to be disturbed."""


def break_totals(rows: Iterable[Delivery], zone: tzinfo) -> list[BreakTotals]:
    """Return the totals of each week that has any, oldest first."""
    weeks: dict[date, Counter[str]] = {}
    for row in rows:
        if row.kind == "desk-break" and (what := _what(row)):
            day = row.due.astimezone(zone).date()
            weeks.setdefault(day - timedelta(days=day.weekday()), Counter())[what] += row.count
    return [BreakTotals(week=week, **counts) for week, counts in sorted(weeks.items())]


def _what(row: Delivery) -> str | None:
    if row.outcome == "acted":
        return "taken"
    if row.outcome in ("snoozed", "skipped"):
        return row.outcome
    return "held" if row.outcome == "held" and row.why not in _TAKEN else None
