"""Which reminders come next, as far as can be told now."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from coach import clock
from coach.actions.reminders.facts import LOOK_BACK, recorded_facts
from coach.actions.reminders.log import read_rows
from coach.actions.reminders.safety import FURTHEST_DAYS, safety_pause
from coach.actions.reminders.settings import all_reminders
from coach.domain.reminders.due import PAUSED_FOR_SAFETY, done_by, snoozes
from coach.domain.reminders.reminder import SNOOZE_ID, Reminder
from coach.domain.reminders.slots import Slot, SlotKind, due_between, within
from coach.home import Home

if TYPE_CHECKING:
    from coach.domain.status.status import Status

_AHEAD_DAYS = (1, 8, 60, FURTHEST_DAYS)
"""How far to look, one after the other: most reminders come within the first."""


class Coming(msgspec.Struct, frozen=True):
    """One coming reminder."""

    id: str
    due: datetime
    kind: SlotKind

    @property
    def called(self) -> str:
        """What it is called: ``kind.CALLED`` in the catalogue; one that repeats no reminder is just *once more*."""
        return SNOOZE_ID if self.id == SNOOZE_ID else self.kind


def upcoming(home: Home, now: datetime, count: int = 1, status: "Status | None" = None) -> list[Coming]:
    """Return the next ``count`` reminders that will come.

    ``status`` is how things stand, for a caller who has worked that out already.
    """
    schedule, reminders = _Schedule(home, now, status), all_reminders(home)
    slots: list[Slot] = []
    for days in _AHEAD_DAYS:
        until = now + timedelta(days=days)
        slots = schedule.slots(reminders, until) + schedule.snoozed(until)
        if len(slots) >= count:
            break
    slots.sort(key=lambda slot: (slot.due, slot.reminder))
    return [Coming(slot.reminder, slot.due, slot.kind) for slot in slots[:count]]


def next_reminder(home: Home, now: datetime, status: "Status | None" = None) -> Coming | None:
    """Return the next reminder that will be shown; None where there is none."""
    return next(iter(upcoming(home, now, 1, status)), None)


def next_each(home: Home, now: datetime) -> dict[str, datetime]:
    """Return when each reminder will come next; one that will not is left out."""
    schedule = _Schedule(home, now)
    moments: dict[str, datetime] = {}
    for reminder in all_reminders(home):
        ahead = (schedule.slots((reminder,), now + timedelta(days=days)) for days in _AHEAD_DAYS)
        if slots := next(filter(None, ahead), None):
            moments[reminder.id] = min(slot.due for slot in slots)
    return moments


class _Schedule:
    """Tells which slots will come, by what is known at one moment."""

    def __init__(self, home: Home, now: datetime, status: "Status | None" = None) -> None:
        self.now, self.zone = now, clock.zone()
        self.rows, self.facts = read_rows(home, now - LOOK_BACK), recorded_facts(home, now)
        self.reminders = all_reminders(home)
        self.safety_pause = safety_pause(home, now, status)

    def slots(self, reminders: Iterable[Reminder], until: datetime) -> list[Slot]:
        """Return the slots of ``reminders`` that will come."""
        slots = (
            slot for reminder in reminders
            for slot in due_between(reminder, self.zone, self.now, until, self.facts.absences)
        )  # fmt: skip
        return [slot for slot in slots if self._is_open(slot) and self._will_come(slot)]

    def snoozed(self, until: datetime) -> list[Slot]:
        """Return the snoozes that will come."""
        waiting = [slot for slot in snoozes(self.rows.values(), self.reminders) if self.now < slot.due <= until]
        return [slot for slot in waiting if self._will_come(slot)]

    def _is_open(self, slot: Slot) -> bool:
        """Tell whether nothing was logged of a slot, but in a future that the clock then left."""
        return slot.id not in self.rows or self.rows[slot.id].noted > slot.due

    def _will_come(self, slot: Slot) -> bool:
        if slot.held or done_by(slot, self.facts.done, self.zone):
            return False
        if self.facts.requested_pause and slot.due in self.facts.requested_pause:
            return False
        if self.safety_pause and slot.kind in PAUSED_FOR_SAFETY and slot.due in self.safety_pause:
            return False
        quiet = self.facts.quiet
        return not quiet or slot.snoozed or not within(quiet, slot.due.astimezone(self.zone).time())
