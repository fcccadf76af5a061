"""Breaks by week: what was taken, put off, left out and held back."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from coach.domain.reminders.due import Delivery, Outcome
from coach.domain.reminders.slots import SlotKind
from coach.domain.reminders.totals import BreakTotals, break_totals


def row(due: str, outcome: Outcome, why: str | None = None, kind: SlotKind = "desk-break", count: int = 1) -> Delivery:
    at = datetime.fromisoformat(due).replace(tzinfo=UTC)
    return Delivery(id=due, reminder="r", kind=kind, due=at, noted=at, outcome=outcome, why=why, count=count)


def test_each_outcome_in_its_week() -> None:
    """A week begins on Monday, in the person's zone; an absence is the break itself, and nothing held back."""
    rows = [
        row("2026-11-22T15:30", "acted"),  # Monday in Tokyo already
        row("2026-11-23T09:50", "acted"),
        row("2026-11-24T09:50", "snoozed"),
        row("2026-11-25T09:50", "skipped"),
        row("2026-11-26T09:50", "held", "busy"),
        row("2026-11-27T09:50", "held", "away"),
        row("2026-11-27T10:40", "held", "count-began-anew"),
        row("2026-11-27T11:30", "shown"),
        row("2026-11-27T20:00", "acted", kind="routine"),
        row("2026-12-01T09:50", "held", "long-away", count=7),
    ]
    assert break_totals(rows, ZoneInfo("Asia/Tokyo")) == [
        BreakTotals(week=date(2026, 11, 23), taken=2, snoozed=1, skipped=1, held=1),
        BreakTotals(week=date(2026, 11, 30), held=7),
    ]
