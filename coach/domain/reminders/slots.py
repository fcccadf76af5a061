"""Slots: the moments at which a reminder is due, worked out from its setting, the zone, and the absences.

A slot is a local time of day: one that the clocks skip comes at the first moment after, one that they repeat comes
the first time. Its id is the reminder's with its moment in UTC, so that a slot is one slot, whoever works it out.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

import msgspec

from coach.domain.reminders.reminder import WEEKDAYS, Between, Reminder, ReminderKind
from coach.domain.status.wall_clock import resolve

SlotKind = ReminderKind | Literal["ice-check", "ice-end"]
SlotHold = Literal["away", "count-began-anew"]
"""Why a slot does not come: nobody was there, or the count began anew after somebody came back."""
GRACE = timedelta(minutes=15)
"""How late a popup may come; the routine and the check-in may come until midnight."""
ABSENCE = timedelta(minutes=5)
"""An absence of this length counts as the break."""
UNTIL_MIDNIGHT: frozenset[SlotKind] = frozenset({"routine", "check-in"})
MOVING: frozenset[SlotKind] = frozenset({"desk-break", "posture"})
"""Kinds that an absence holds, and whose count it begins anew."""

_DAY = timedelta(days=1)
_OVER_AFTER = timedelta(days=7)


class Span(msgspec.Struct, frozen=True, order=True):
    """A piece of time, both ends aware."""

    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        """Tell whether ``moment`` lies in it; its end does not."""
        return self.start <= moment < self.end


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """One moment at which one reminder is due."""

    id: str
    reminder: str
    kind: SlotKind
    due: datetime
    until: datetime
    """The end of its grace: after it, it is missed."""
    held: SlotHold | None = None
    """Why it does not come; None where it may."""
    snoozed: bool = False


def slot_id(reminder: str, due: datetime) -> str:
    """Return the id of the slot of ``reminder`` at ``due``, the same in every zone."""
    return f"{reminder}@{due.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def make_slot(
    reminder: str, kind: SlotKind, due: datetime, *, held: SlotHold | None = None, snoozed: bool = False
) -> Slot:
    """Return the slot of ``reminder`` at ``due`` with the grace of its kind."""
    until = resolve(datetime.combine(due.date() + _DAY, time()), _zone(due)) if kind in UNTIL_MIDNIGHT else due + GRACE
    return Slot(
        id=slot_id(reminder, due), reminder=reminder, kind=kind, due=due, until=until, held=held, snoozed=snoozed
    )


def due_between(
    reminder: Reminder, zone: tzinfo, after: datetime, until: datetime, absences: Sequence[Span] = ()
) -> list[Slot]:
    """Return the slots of ``reminder`` with ``after`` < due ≤ ``until``, in order, each once.

    ``absences`` are spans of at least ``ABSENCE``, in order.
    """
    if not reminder.enabled or until <= after:
        return []
    slots: dict[str, Slot] = {}
    # Two days before: hours that run over midnight, and zones that a day's date differs in, begin there.
    for day in _days(after.astimezone(zone).date() - 2 * _DAY, until.astimezone(zone).date() + _DAY):
        if day == reminder.on if reminder.on else WEEKDAYS[day.weekday()] in reminder.days:
            for slot in _day_slots(reminder, day, zone, absences):
                if after < slot.due <= until:
                    slots.setdefault(slot.id, slot)
    return sorted(slots.values(), key=lambda slot: slot.due)


def within(hours: Between, wall: time) -> bool:
    """Tell whether the time of day ``wall`` lies in ``hours``; an end not after the start runs over midnight."""
    start, end = clock_time(hours.start), clock_time(hours.end)
    return start <= wall < end if start < end else wall >= start or wall < end


def clock_time(text: str) -> time:
    """Return ``HH:MM`` as a time of day."""
    hour, _, minute = text.partition(":")
    return time(int(hour), int(minute))


def window_minutes(hours: Between) -> int:
    """Return how long ``hours`` last; equal ends are a whole day."""
    return (minute_of_day(hours.end) - minute_of_day(hours.start) - 1) % 1440 + 1


def reminder_text(reminders: Iterable[Reminder], reminder_id: str) -> str | None:
    """Return a reminder's own words, None where it has none or is gone."""
    return next((reminder.text for reminder in reminders if reminder.id == reminder_id), None)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return ``spans`` in order, those that touch joined."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def minute_of_day(text: str) -> int:
    """Return ``HH:MM`` as minutes since midnight."""
    at = clock_time(text)
    return at.hour * 60 + at.minute


def is_over(reminder: Reminder, today: date) -> bool:
    """Tell whether a reminder of one date is past for so long that its slot is logged."""
    return reminder.on is not None and today - reminder.on > _OVER_AFTER


def _zone(moment: datetime) -> tzinfo:
    assert moment.tzinfo is not None
    return moment.tzinfo


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _DAY


def _day_slots(reminder: Reminder, day: date, zone: tzinfo, absences: Sequence[Span]) -> Iterator[Slot]:
    """Yield the slots of the hours that begin on ``day``."""
    if reminder.at is not None:
        start = end = resolve(datetime.combine(day, clock_time(reminder.at)), zone)
        dues = [start]
    else:
        assert reminder.between is not None
        assert reminder.every_min is not None
        wall = datetime.combine(day, clock_time(reminder.between.start))
        minutes = window_minutes(reminder.between)
        start, end = resolve(wall, zone), resolve(wall + timedelta(minutes=minutes), zone)
        counts = range(reminder.every_min, minutes, reminder.every_min)
        dues = [resolve(wall + timedelta(minutes=count), zone) for count in counts]
    every = timedelta(minutes=reminder.every_min) if reminder.every_min else None
    moved = _moved(dues, start, end, every, absences) if reminder.kind in MOVING else [(due, None) for due in dues]
    for due, held in moved:
        yield make_slot(reminder.id, reminder.kind, due, held=held)


def _moved(
    dues: list[datetime], start: datetime, end: datetime, every: timedelta | None, absences: Sequence[Span]
) -> list[tuple[datetime, SlotHold | None]]:
    """Return moments, and why they are held; after each absence the count begins anew.

    What had been announced before is among them, held: whoever waits for it is to find why it did not come.
    """
    relevant = [away for away in absences if away.end > start and away.start <= end]
    announced, coming, away_dues = list(dues), [], set[datetime]()
    for away in relevant:
        coming += [due for due in dues if due < away.start]
        away_dues |= {due for due in dues if away.start <= due <= away.end}
        dues = [due for due in dues if due > away.end]
        if every:
            announced += dues[:1]
            dues = list(_counted(away.end.astimezone(_zone(start)), end, every))
    coming += dues
    superseded = set(announced) - set(coming) - away_dues
    held: dict[datetime, SlotHold] = dict.fromkeys(away_dues, "away")
    for due in superseded:
        held[due] = "away" if any(away.start <= due <= away.end for away in relevant) else "count-began-anew"
    return [(due, None) for due in coming] + list(held.items())


def _counted(start: datetime, end: datetime, every: timedelta) -> Iterator[datetime]:
    """Yield ``start`` + k × ``every`` (elapsed time), k ≥ 1, before ``end``."""
    zone, moment = _zone(start), start.astimezone(UTC) + every
    while moment < end:
        yield moment.astimezone(zone)
        moment += every
