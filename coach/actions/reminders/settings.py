"""The reminders as a person sets them: listed, added, changed and removed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from coach.actions.reminders.facts import start_counting
from coach.domain.profile import Profile, reminders_of
from coach.domain.reminders.check import MOST_REMINDERS, fault_of
from coach.domain.reminders.reminder import Reminder
from coach.domain.reminders.slots import is_over
from coach.errors import CoachError, UsageError
from coach.home import Home
from coach.words.shown import shown


def all_reminders(home: Home) -> tuple[Reminder, ...]:
    """Return the person's reminders."""
    return reminders_of(home.profile)


def add(home: Home, reminder: Reminder, now: datetime) -> Reminder:
    """Keep a new reminder, whose slots count from ``now``; one without an id is named after its kind."""

    def change(profile: Profile) -> Profile:
        nonlocal reminder
        before = tuple(other for other in reminders_of(profile) if not is_over(other, now.date()))
        reminder = checked(msgspec.structs.replace(reminder, id=reminder.id or _free_id(reminder, before), since=now))
        if any(other.id == reminder.id for other in before):
            raise CoachError("reminders.error.id-taken", id=reminder.id)
        if len(before) >= MOST_REMINDERS:
            raise CoachError("reminders.error.many", most=MOST_REMINDERS)
        return msgspec.structs.replace(profile, reminders=(*before, reminder))

    start_counting(home, now)
    home.records.change_profile(change)
    return reminder


def edit(home: Home, reminder_id: str, now: datetime, **fields: Any) -> Reminder:
    """Change ``fields`` of a reminder, from ``now`` on."""
    # A reminder comes either at a time or every so often: setting the one takes the other away.
    if fields.get("at"):
        fields = {**fields, "every_min": None, "between": None}
    elif fields.get("every_min") or fields.get("between"):
        fields = {**fields, "at": None, "on": None}
    elif fields.get("days"):
        fields = {**fields, "on": None}
    changed: list[Reminder] = []

    def change(profile: Profile) -> Profile:
        before = reminders_of(profile)
        old = _by_id(before, reminder_id)
        changed.append(checked(msgspec.structs.replace(old, since=now, **fields)))
        return msgspec.structs.replace(
            profile, reminders=tuple(changed[0] if reminder is old else reminder for reminder in before)
        )

    home.records.change_profile(change)
    return changed[0]


def remove(home: Home, reminder_id: str) -> None:
    """Remove a reminder."""

    def change(profile: Profile) -> Profile:
        before = reminders_of(profile)
        removed = _by_id(before, reminder_id)
        return msgspec.structs.replace(
            profile, reminders=tuple(reminder for reminder in before if reminder is not removed)
        )

    home.records.change_profile(change)


def adjust(home: Home, **fields: Any) -> None:
    """Change how all reminders come: ``fields`` of the profile, such as ``snooze_min``."""
    home.records.change_profile(lambda profile: msgspec.structs.replace(profile, **fields))


def checked(reminder: Reminder) -> Reminder:
    """Return ``reminder`` if it can ever come; else say in one line what is wrong with it."""
    if fault := fault_of(reminder):
        raise UsageError(f"reminders.error.{fault.reason}", **fault.values)
    return reminder


def _free_id(reminder: Reminder, others: Iterable[Reminder]) -> str:
    taken = {other.id for other in others}
    names = (reminder.kind if n == 1 else f"{reminder.kind}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _by_id(reminders: Iterable[Reminder], reminder_id: str) -> Reminder:
    for reminder in reminders:
        if reminder.id == reminder_id:
            return reminder
    raise CoachError("reminders.error.unknown", id=shown(reminder_id)[:60])
