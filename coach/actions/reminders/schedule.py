"""Which reminders come next, as far as can be told now."""

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

import msgspec

from coach import clock
from coach.actions.reminders.facts import LOOK_BACK, recorded_facts
from coach.actions.reminders.log import read_rows
from coach.actions.reminders.safety import FURTHEST_DAYS, safety_pause
from coach.actions.reminders.settings import all_reminders
from coach.domain.reminders.due import FINAL_OUTCOMES, PAUSED_FOR_SAFETY, Delivery, done_by, snoozes
from coach.domain.reminders.reminder import SNOOZE_ID, Reminder
from coach.domain.reminders.slots import Slot, SlotKind, due_between, within
from coach.domain.reminders.time_line import MarkState, TimeLine, TimeMark, days_ahead, time_line
from coach.domain.reminders.time_line import days_behind as past_days
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
    return _Schedule(home, now, status).coming(count)


def outlook(home: Home, now: datetime, count: int, status: "Status") -> tuple[list[Coming], TimeLine]:
    """Return the next ``count`` reminders, and the waking day as a line, from one reading of the records."""
    schedule = _Schedule(home, now, status)
    return schedule.coming(count), schedule.time_line()


def day_line(home: Home, now: datetime) -> TimeLine:
    """Return the waking day as a line."""
    return _Schedule(home, now).time_line()


def week_ahead(home: Home, now: datetime, changed: Reminder | None = None) -> tuple[TimeLine, ...]:
    """Return the seven waking days after today; ``changed`` is a reminder as it would be kept."""
    schedule = _Schedule(home, now)
    if changed is not None:
        others = (reminder for reminder in schedule.reminders if reminder.id != changed.id)
        schedule.reminders = (*others, changed)
    return schedule.days_ahead(7)


def day_and_week(home: Home, now: datetime) -> tuple[TimeLine, tuple[TimeLine, ...]]:
    """Return the waking day and the seven after it, from one reading of the records."""
    schedule = _Schedule(home, now)
    return schedule.time_line(), schedule.days_ahead(7)


def days_behind(rows: Iterable[Delivery], now: datetime, count: int) -> tuple[TimeLine, ...]:
    """Return the last ``count`` waking days and today, with what became of the slots of the log in ``rows``."""
    local = _by_the_wall(now, clock.zone())
    return past_days(_logged(rows, local), local, count)


def _logged(rows: Iterable[Delivery], local: datetime) -> list[TimeMark]:
    """Return the slots of a log by the hours of ``local``."""
    return [TimeMark(row.due.astimezone(local.tzinfo), row.kind, _became(row)) for row in rows]


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


def _became(row: Delivery) -> MarkState:
    """Return how a slot of the log stands: seen, or its work done, or not."""
    return "done" if row.outcome in ("shown", "acted") or row.why == "done" else "held"


def _by_the_wall(now: datetime, zone: tzinfo) -> datetime:
    """Return ``now`` in ``zone``, which tells the hours of other days also beyond a change of the clocks.

    As it is where the machine's zone has no name (``TZ=XXX-5:30``), and ``zone`` is another one.
    """
    local = now.astimezone(zone)
    return local if local.utcoffset() == now.utcoffset() else now


class _Schedule:
    """Tells which slots will come, by what is known at one moment."""

    def __init__(self, home: Home, now: datetime, status: "Status | None" = None) -> None:
        self.now, self.zone = now, clock.zone()
        self.local = _by_the_wall(now, self.zone)
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

    def coming(self, count: int) -> list[Coming]:
        """Return the next ``count`` reminders that will come."""
        slots: list[Slot] = []
        for days in _AHEAD_DAYS:
            until = self.now + timedelta(days=days)
            slots = self.slots(self.reminders, until) + self.snoozed(until)
            if len(slots) >= count:
                break
        slots.sort(key=lambda slot: (slot.due, slot.reminder))
        return [Coming(slot.reminder, slot.due.astimezone(self.zone), slot.kind) for slot in slots[:count]]

    def time_line(self) -> TimeLine:
        """Return the waking day: what was shown or done, what is held, and what comes."""
        final = (row for row in self.rows.values() if row.outcome in FINAL_OUTCOMES and row.due <= self.now)
        return time_line([*_logged(final, self.local), *self._ahead(1)], self.local)

    def days_ahead(self, count: int) -> tuple[TimeLine, ...]:
        """Return the waking days after today: what comes, and what is held."""
        return days_ahead(self._ahead(count + 1), self.local, count)

    def _ahead(self, days: int) -> list[TimeMark]:
        """Return what is still ahead of today and of the days after it, ``days`` in all."""
        midnight = (self.local + timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
        ahead = [
            slot for reminder in self.reminders
            for slot in due_between(reminder, self.zone, self.now, midnight, self.facts.absences) if self._is_open(slot)
        ]  # fmt: skip
        ahead += [slot for slot in snoozes(self.rows.values(), self.reminders) if self.now < slot.due]
        return [TimeMark(slot.due.astimezone(self.local.tzinfo), slot.kind, self._state_of(slot)) for slot in ahead]

    def _state_of(self, slot: Slot) -> MarkState:
        if done_by(slot, self.facts.done, self.zone):
            return "done"
        return "coming" if self._will_come(slot) else "held"

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
