"""Calling a reminder again later, and leaving the next one out."""

from datetime import datetime, timedelta

import msgspec

from coach.actions.reminders.facts import LOOK_BACK
from coach.actions.reminders.log import read_rows, write_rows
from coach.actions.reminders.schedule import Coming, next_reminder
from coach.domain.reminders.due import Delivery
from coach.domain.reminders.reminder import ICE_ID, SNOOZE_ID
from coach.domain.reminders.slots import slot_id
from coach.errors import CoachError
from coach.home import Home

SNOOZE_MIN = 10
"""How long *In 10 minutes* is."""
_RECENT = timedelta(hours=2)
"""A snooze is of the last popup, if it came within this."""


def snooze(home: Home, now: datetime, minutes: int = SNOOZE_MIN, row: Delivery | None = None) -> Delivery:
    """Call again in ``minutes``: of the popup in ``row``, else of the last one, else just call. Return what waits."""
    last = row or _last_shown(home, now)
    due = (now + timedelta(minutes=minutes)).replace(microsecond=0)
    reminder, kind = (last.reminder, last.kind) if last else (SNOOZE_ID, "custom")
    waiting = Delivery(
        id=slot_id(reminder, due), reminder=reminder, kind=kind, due=due, noted=now, outcome="waiting",
        text=last.text if last else None,
    )  # fmt: skip
    snoozed = (msgspec.structs.replace(last, outcome="snoozed", noted=now),) if last else ()
    write_rows(home, *snoozed, waiting)
    return waiting


def _last_shown(home: Home, now: datetime) -> Delivery | None:
    recent = [
        row for row in read_rows(home, now - LOOK_BACK).values()
        if row.outcome == "shown" and row.shown_at and now - _RECENT <= row.shown_at <= now and row.reminder != ICE_ID
    ]  # fmt: skip
    return max(recent, key=lambda row: (row.shown_at, row.due), default=None)


def skip(home: Home, now: datetime) -> Coming:
    """Leave the next reminder out, and return it."""
    coming = next_reminder(home, now)
    if coming is None:
        raise CoachError("reminders.error.nothing-next")
    row = Delivery(
        id=slot_id(coming.id, coming.due), reminder=coming.id, kind=coming.kind, due=coming.due, noted=now,
        outcome="skipped",
    )  # fmt: skip
    write_rows(home, row)
    return coming
