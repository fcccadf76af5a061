"""Calling a reminder again later, and leaving the next one out."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from coach.actions.reminders.facts import LOOK_BACK
from coach.actions.reminders.log import read_rows, write_rows
from coach.actions.reminders.schedule import Coming, next_reminder
from coach.domain.reminders.due import Delivery, snooze_minutes
from coach.domain.reminders.reminder import ICE_ID, SNOOZE_ID
from coach.domain.reminders.slots import slot_id
from coach.errors import CoachError
from coach.home import Home, exclusive

_RECENT = timedelta(hours=2)
"""A snooze is of the last popup, if it came within this."""


@exclusive
def snooze(home: Home, now: datetime, minutes: int | None = None, row: Delivery | None = None) -> Delivery:
    """Call again in ``minutes``, or in the person's own length of a snooze; return what waits.

    Of the popup in ``row``, else of the last one, also where that was put off already; where there is none, just call.
    """
    recent = read_rows(home, now - LOOK_BACK).values()
    last = row or _last_popup(recent, now)
    snoozes = last.snoozes if last else 0
    length = timedelta(minutes=minutes or snooze_minutes(home.profile.snooze_min, snoozes))
    due = (now + length).replace(microsecond=0)
    reminder, kind = (last.reminder, last.kind) if last else (SNOOZE_ID, "custom")
    waiting = Delivery(
        id=slot_id(reminder, due), reminder=reminder, kind=kind, due=due, noted=now, outcome="waiting",
        snoozes=snoozes + 1,
    )  # fmt: skip
    # Put off again is put off once: of what waits of this reminder already, only the new time stands.
    before = {other.id: other for other in recent if other.outcome == "waiting" and other.reminder == reminder}
    before |= {last.id: last} if last else {}
    before.pop(waiting.id, None)
    put_off = [msgspec.structs.replace(other, outcome="snoozed", noted=now) for other in before.values()]
    write_rows(home, *put_off, waiting)
    return waiting


def _last_popup(rows: Iterable[Delivery], now: datetime) -> Delivery | None:
    """Return the last popup that is not answered yet, else the one put off last; None where that is long ago."""
    since = now - _RECENT
    shown = [
        row for row in rows
        if row.outcome == "shown" and row.shown_at and since <= row.shown_at <= now and row.reminder != ICE_ID
    ]  # fmt: skip
    waiting = [row for row in rows if row.outcome == "waiting" and since <= row.noted <= now]
    last_waiting = max(waiting, key=lambda row: row.noted, default=None)
    return max(shown, key=lambda row: (row.shown_at, row.due), default=last_waiting)


@exclusive
def unskip(home: Home, now: datetime) -> Coming:
    """Let the reminder come after all that was skipped last and is still to come; return it."""
    skipped = [row for row in read_rows(home, now).values() if row.outcome == "skipped" and row.due > now]
    if not skipped:
        raise CoachError("reminders.error.nothing-skipped")
    row = max(skipped, key=lambda row: (row.noted, row.due))
    write_rows(home, msgspec.structs.replace(row, outcome="waiting", noted=now, brought_back=True))
    return Coming(row.reminder, row.due, row.kind)


@exclusive
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
