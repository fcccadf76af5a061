"""Rests and snoozes: they act on reminders alone, and every one of them ends by itself."""

from datetime import datetime, time, timedelta, tzinfo

import msgspec

from coach.actions.reminders.reminders import ICE, LOOK_BACK, REST, SNOOZE, Due, note, rest, rows, upcoming
from coach.actions.reminders.time_text import length_of
from coach.domain.reminders import time_text
from coach.domain.reminders.due import Delivery
from coach.domain.reminders.slots import resolve, slot_id
from coach.errors import CoachError, UsageError
from coach.home import Home

SNOOZE_MIN = 10
"""How long *In 10 minutes* is."""
LONGEST_PAUSE_MIN = 7 * 1440
"""Every pause ends within a week."""
_RECENT = timedelta(hours=2)
"""A snooze is of the last popup, if it came within this."""


def snooze(home: Home, now: datetime, minutes: int = SNOOZE_MIN, row: Delivery | None = None) -> Delivery:
    """Call again in ``minutes``: of the popup in ``row``, else of the last one, else just call. Return what waits."""
    last = row or _last_shown(home, now)
    due = (now + timedelta(minutes=minutes)).replace(microsecond=0)
    reminder, kind = (last.reminder, last.kind) if last else (SNOOZE, "custom")
    waits = Delivery(
        id=slot_id(reminder, due), reminder=reminder, kind=kind, due=due, noted=now, outcome="waiting",
        text=last.text if last else None,
    )  # fmt: skip
    changed = (msgspec.structs.replace(last, outcome="snoozed", noted=now),) if last else ()
    note(home, *changed, waits)
    return waits


def _last_shown(home: Home, now: datetime) -> Delivery | None:
    recent = [
        row for row in rows(home, now - LOOK_BACK).values()
        if row.outcome == "shown" and row.shown_at and now - _RECENT <= row.shown_at <= now and row.reminder != ICE
    ]  # fmt: skip
    return max(recent, key=lambda row: (row.shown_at, row.due), default=None)


def skip(home: Home, now: datetime) -> Due:
    """Leave the next reminder out, and return it."""
    coming = upcoming(home, now, 1)
    if not coming:
        raise CoachError("reminders.error.nothing-next")
    due = coming[0]
    note(
        home,
        Delivery(
            id=slot_id(due.id, due.due), reminder=due.id, kind=due.kind, due=due.due, noted=now, outcome="skipped"
        ),
    )
    return due


def pause_until(given: list[str], now: datetime, zone: tzinfo) -> datetime:
    """Return the end of a pause given as ``2h``, ``today``, or ``until HH:MM`` (the next one)."""
    match given:
        case ["today"]:
            return resolve(datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time()), zone)
        case ["until", at]:
            return _next_clock(at, now, zone)
        case [length]:
            return now + timedelta(minutes=length_of(length, most=LONGEST_PAUSE_MIN))
        case _:
            raise UsageError("reminders.error.pause")


def _next_clock(at: str, now: datetime, zone: tzinfo) -> datetime:
    try:
        hour, minute = map(int, time_text.clock(at).split(":"))
    except ValueError:
        raise UsageError("reminders.error.pause") from None
    today = now.astimezone(zone).date()
    ends = (resolve(datetime.combine(today + timedelta(days=n), time(hour, minute)), zone) for n in (0, 1))
    return next(end for end in ends if end > now)


def pause(home: Home, now: datetime, until: datetime) -> None:
    """Rest all reminders until ``until``."""
    home.records.keep_state(REST, {"since": now.isoformat(), "until": until.isoformat()})


def resume(home: Home, now: datetime) -> bool:
    """End the person's own pause; return whether there was one. A pause for safety is not touched."""
    span = rest(home)
    if span is None or now not in span:
        return False
    home.records.keep_state(REST, {"since": span.start.isoformat(), "until": now.isoformat(), "ended": now.isoformat()})
    return True
