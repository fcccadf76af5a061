"""From reminders, the log and the facts of the moment: what is due now, what is to be logged, and when to look again.

Nothing is remembered but what was logged, so that any crash, sleep or clock change is a matter of working it out again.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import groupby
from typing import Literal

import msgspec

from coach.domain.reminders.reminder import Between, Reminder
from coach.domain.reminders.slots import (
    MOVING,
    UNTIL_MIDNIGHT,
    Slot,
    SlotKind,
    Span,
    due_between,
    resolve,
    slot,
    within,
)

Outcome = Literal["waiting", "claimed", "shown", "acted", "snoozed", "skipped", "held", "missed", "failed"]
"""``waiting`` (a snooze to come) and ``claimed`` (being shown) are on the way; the others are what became of it."""
TOLD: tuple[Outcome, ...] = ("shown", "acted", "snoozed", "skipped", "held", "missed", "failed")
LONG = timedelta(days=7)
"""After a gap longer than this, one row a reminder tells it."""
IDLE = timedelta(minutes=1)
"""Who has not touched anything for this long may be away: a break waits until that is known."""
RESTED: frozenset[SlotKind] = frozenset({"routine", "desk-break"})
"""Kinds that rest in a pause for safety."""
FURTHEST = timedelta(days=400)
"""How far back slots are counted at all."""
LOOK_AHEAD = timedelta(days=8)


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One slot in the log of reminders."""

    id: str
    reminder: str
    kind: SlotKind
    due: datetime
    noted: datetime
    """When this was last written, by the wall clock."""
    outcome: Outcome
    shown_at: datetime | None = None
    channel: str | None = None
    why: str | None = None
    """A sentence of the catalogue: ``reminders.why.…``."""
    detail: str | None = None
    """What a channel said, for whoever looks for the fault."""
    retry_at: datetime | None = None
    """When to try again within the grace; None: never."""
    text: str | None = None
    """A snoozed reminder's own words."""
    count: int = 1
    """How many slots this row stands for."""
    number: int = 0
    """The notification server's number of the popup."""


class AgentFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the person and the machine at this moment."""

    accounted: datetime | None = None
    """Until when all slots are logged; None: never looked before."""
    absences: tuple[Span, ...] = ()
    idle_since: datetime | None = None
    """The last touch, where it is more than a moment ago; None: present, or not known."""
    rest: Span | None = None
    """A pause of all reminders that the person asked for."""
    quiet: Between | None = None
    safety: bool = False
    """Whether a pause for safety stands."""
    slept: bool = False
    """Whether the gap was a sleep of the machine; else nothing was running."""
    once: tuple[Slot, ...] = ()
    """One-off slots: icing."""


class DuePlan(msgspec.Struct, frozen=True):
    """What is to be done now."""

    show: tuple[Slot, ...]
    rows: tuple[Delivery, ...]
    """To be logged."""
    untold: int
    """How many missed slots the next popup should tell of."""
    next_at: datetime | None
    """When the next slot is due, or the next try."""
    settled: datetime
    """Until when every slot is shown or logged: a break that waits for a touch is not."""


def evaluate(
    reminders: Sequence[Reminder], rows: Mapping[str, Delivery], facts: AgentFacts, zone: tzinfo, now: datetime
) -> DuePlan:
    """Work out what is due at ``now``, what is to be logged, and when to look again."""
    judged = [_judge(one, rows.get(one.id), facts, zone, now) for one in _candidates(reminders, rows, facts, zone, now)]
    logged = [one for one in judged if isinstance(one, Delivery)]
    show, later = _latest_each([one for one in judged if isinstance(one, Slot)], now)
    logged += later
    if facts.accounted and now - facts.accounted > LONG:
        logged = _one_each(logged)
    logged += [_row(row, now, "failed", "stopped") for row in rows.values() if row.outcome == "claimed"]
    next_at = next_look(reminders, rows, facts, zone, now)
    settled = min(now, facts.idle_since or now)
    return DuePlan(tuple(show), tuple(logged), _untold(rows, logged), next_at, settled)


def start_of(reminder: Reminder, facts: AgentFacts, zone: tzinfo, now: datetime) -> datetime:
    """Return the moment after which the slots of ``reminder`` count: what is before is logged, or was never set.

    A journey east skips hours of the day: what was to come in them until midnight still comes.
    """
    accounted = max(min(facts.accounted or now, now), now - FURTHEST)
    if reminder.kind in UNTIL_MIDNIGHT:
        accounted = min(accounted, resolve(accounted.replace(tzinfo=None), zone))
    since = reminder.since
    if since is None or since > now:  # a clock that was set back leaves settings made in its future
        return accounted
    return max(accounted, since) if facts.accounted else max(since, now - FURTHEST)


def snoozes(rows: Iterable[Delivery]) -> list[Slot]:
    """Return the one-off slots that wait."""
    return [slot(row.reminder, row.kind, row.due, snoozed=True) for row in rows if row.outcome == "waiting"]


def next_look(
    reminders: Sequence[Reminder], rows: Mapping[str, Delivery], facts: AgentFacts, zone: tzinfo, now: datetime
) -> datetime | None:
    """Return the next moment at which something is due, None where nothing is within a week."""
    found = [one.due for one in _ahead(reminders, facts, zone, now) if _is_open(rows.get(one.id), one.due)]
    found += [one.due for one in (*snoozes(rows.values()), *facts.once) if one.due > now]
    found += [row.retry_at for row in rows.values() if row.retry_at and row.retry_at > now]
    return min(found, default=None)


def _ahead(reminders: Sequence[Reminder], facts: AgentFacts, zone: tzinfo, now: datetime) -> list[Slot]:
    """Return the coming slots of each reminder, as far as one looks at once."""
    return [one for reminder in reminders for one in _soon(reminder, facts, zone, now)]


def _soon(reminder: Reminder, facts: AgentFacts, zone: tzinfo, now: datetime) -> list[Slot]:
    day = timedelta(days=1)
    return due_between(reminder, zone, now, now + day, facts.absences) or due_between(
        reminder, zone, now + day, now + LOOK_AHEAD, facts.absences
    )


def _is_open(row: Delivery | None, now: datetime) -> bool:
    """Tell whether nothing final is logged; what was logged in a future that the clock then left does not count."""
    if row is None or row.outcome == "waiting":
        return True
    surely_unseen = row.outcome in ("missed", "held") or row.why == "not-delivered"
    return surely_unseen and row.noted > now


def _candidates(
    reminders: Sequence[Reminder], rows: Mapping[str, Delivery], facts: AgentFacts, zone: tzinfo, now: datetime
) -> list[Slot]:
    """Return the slots up to ``now`` of which it is not settled what became of them."""
    found = {one.id: one for one in (*snoozes(rows.values()), *facts.once) if one.due <= now}
    for reminder in reminders:
        for one in due_between(reminder, zone, start_of(reminder, facts, zone, now), now, facts.absences):
            found.setdefault(one.id, one)
    for row in rows.values():
        if row.id not in found and row.due <= now and (row.retry_at or _is_open(row, now)):
            found[row.id] = slot(row.reminder, row.kind, row.due.astimezone(zone))
    return sorted(found.values(), key=lambda one: one.due)


def _judge(one: Slot, row: Delivery | None, facts: AgentFacts, zone: tzinfo, now: datetime) -> Delivery | Slot | None:
    """Return what to log of a slot, or the slot itself where it is to be shown, or None where nothing is to be done."""
    if row is not None and not _is_open(row, now):
        return one if row.retry_at and row.retry_at <= now <= one.until else None
    if one.kind in MOVING and not one.away and facts.idle_since and one.due > facts.idle_since:
        return None  # perhaps away: known in five minutes, or at the next touch
    why = _held(one, one.due, facts, zone)
    if why is None and now > one.until:
        return _of(one, now, "missed", "slept" if facts.slept else "not-running")
    if why := why or _held(one, now, facts, zone):
        return _of(one, now, "held", why)
    return one


def _held(one: Slot, moment: datetime, facts: AgentFacts, zone: tzinfo) -> str | None:
    """Return why a slot does not come at ``moment``, None where it may."""
    if one.kind in ("ice-check", "ice-end"):
        return None
    if one.away:
        return "away"
    if facts.rest and moment in facts.rest:
        return "paused"
    if facts.safety and one.kind in RESTED:
        return "safety"
    if facts.quiet and not one.snoozed and within(facts.quiet, moment.astimezone(zone).time()):
        return "quiet-hours"
    return None


def _latest_each(slots: list[Slot], now: datetime) -> tuple[list[Slot], list[Delivery]]:
    """Return the last slot of each reminder, and rows for those before it: never two popups a reminder."""
    last = {one.reminder: one for one in slots}
    before = [one for one in slots if last[one.reminder] is not one]
    return list(last.values()), [_of(one, now, "missed", "later-came") for one in before]


def _one_each(rows: list[Delivery]) -> list[Delivery]:
    """Return one row for each reminder: its last, that counts the others."""
    ordered = sorted(rows, key=lambda row: (row.reminder, row.due))
    groups = [list(group) for _, group in groupby(ordered, key=lambda row: row.reminder)]
    return [msgspec.structs.replace(group[-1], count=len(group), why="long-away") for group in groups]


def _untold(rows: Mapping[str, Delivery], logged: Iterable[Delivery]) -> int:
    """Count the slots that were missed since the last popup."""
    last = max((row.shown_at for row in rows.values() if row.shown_at), default=None)
    missed = [row for row in (*rows.values(), *logged) if row.outcome == "missed" and not row.kind.startswith("ice")]
    return sum(row.count for row in missed if last is None or row.noted > last)


def _of(one: Slot, now: datetime, outcome: Outcome, why: str) -> Delivery:
    return Delivery(id=one.id, reminder=one.reminder, kind=one.kind, due=one.due, noted=now, outcome=outcome, why=why)


def _row(row: Delivery, now: datetime, outcome: Outcome, why: str) -> Delivery:
    return msgspec.structs.replace(row, noted=now, outcome=outcome, why=why)
