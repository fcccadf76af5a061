"""Whether reminders can be kept: asked alike of what is typed, what is imported, and what stands in the file."""

import re
from collections.abc import Sequence

import msgspec

from coach.domain.reminders.reminder import BREAK_ID, ICE_ID, SNOOZE_ID, Reminder
from coach.domain.reminders.slots import window_minutes

MOST_REMINDERS = 30
"""More would make every look at what is due a long one, and nobody sets so many."""
LONGEST_TEXT = 500
LONGEST_EVERY_MIN = 1440
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class Fault(msgspec.Struct, frozen=True):
    """Why a reminder cannot be kept."""

    reason: str
    """A sentence of the catalogue: ``reminders.error.…``."""
    values: dict[str, object]


def is_time(text: str) -> bool:
    """Tell whether ``text`` is a time of day as the settings hold it: ``09:05``."""
    return bool(_TIME.fullmatch(text))


def fault_of(reminder: Reminder) -> Fault | None:
    """Return why ``reminder`` can never come, or not be kept; None where it can."""
    if not _ID.fullmatch(reminder.id) or reminder.id in (BREAK_ID, ICE_ID, SNOOZE_ID):
        return Fault("id", {})
    if not reminder.days:
        return Fault("days", {"given": "[]"})
    if reminder.text is not None and not 0 < len(reminder.text.strip()) <= LONGEST_TEXT:
        return Fault("text", {"most": LONGEST_TEXT})
    return _time_fault(reminder)


def _time_fault(reminder: Reminder) -> Fault | None:
    if (reminder.at is None) == (reminder.every_min is None and reminder.between is None):
        return Fault("when", {})
    if reminder.on is not None and reminder.at is None:
        return Fault("on-at", {})
    if reminder.at is not None:
        return None if is_time(reminder.at) else Fault("time", {"given": reminder.at})
    if reminder.every_min is None or reminder.between is None:
        return Fault("every-between", {})
    if not (is_time(reminder.between.start) and is_time(reminder.between.end)):
        return Fault("hours", {"given": f"{reminder.between.start}-{reminder.between.end}"})
    if not 1 <= reminder.every_min <= LONGEST_EVERY_MIN:
        return Fault("length-range", {"given": reminder.every_min, "most": "24h"})
    return Fault("never", {}) if reminder.every_min >= window_minutes(reminder.between) else None


def faults_of(reminders: Sequence[Reminder]) -> dict[int, Fault]:
    """Return why some of ``reminders`` cannot be kept, by their place in the list."""
    faults: dict[int, Fault] = {}
    ids: set[str] = set()
    for place, reminder in enumerate(reminders):
        if fault := fault_of(reminder):
            faults[place] = fault
        elif reminder.id in ids:
            faults[place] = Fault("id-taken", {"id": reminder.id})
        elif len(ids) == MOST_REMINDERS:
            faults[place] = Fault("many", {"most": MOST_REMINDERS})
        else:
            ids.add(reminder.id)
    return faults
