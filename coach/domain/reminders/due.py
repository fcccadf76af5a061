"""From reminders, the log and the facts of the moment: what is due now, what is to be logged, and when to look again.

Nothing is remembered but what was logged, so that any crash, sleep or clock change is a matter of working it out again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby
from typing import Literal

import msgspec

from coach.domain.moment import Moment
from coach.domain.reminders.reminder import ICE_ID, SNOOZE_ID, Between, Reminder
from coach.domain.reminders.slots import (
    MOVING,
    Slot,
    SlotKind,
    Span,
    due_between,
    make_slot,
    within,
)
from coach.domain.status.wall_clock import resolve

Outcome = Literal["waiting", "claimed", "shown", "acted", "snoozed", "skipped", "held", "missed", "failed"]
"""``waiting`` (a snooze to come) and ``claimed`` (being shown) are on the way; the others are what became of it."""
FINAL_OUTCOMES: tuple[Outcome, ...] = ("shown", "acted", "snoozed", "skipped", "held", "missed", "failed")
LONG_GAP = timedelta(days=7)
"""After a gap longer than this, one row a reminder tells it."""
MAYBE_AWAY_AFTER = timedelta(minutes=1)
"""Who has not touched anything for this long may be away: a break waits until that is known."""
PAUSED_FOR_SAFETY: frozenset[SlotKind] = frozenset({"routine", "desk-break"})
"""Kinds that rest in a pause for safety."""
MAX_LOOK_BACK = timedelta(days=400)
"""How far back slots are counted at all."""
LOOK_AHEAD = timedelta(days=8)
TYPING_WAIT = timedelta(minutes=2)
"""How long a break waits for a pause in typing."""
TYPING_LOOK = timedelta(seconds=3)
ANNOUNCED = timedelta(seconds=30)
"""How long before a break it is announced, where the person wants that."""
SET_BACK = timedelta(hours=2)
"""A clock that was set back by less shows the person no second popup of what they saw just before."""
LONGEST_SNOOZE_MIN = 60


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One slot in the log of reminders."""

    id: str
    reminder: str
    kind: SlotKind
    due: Moment
    noted: Moment
    """When this was last written, by the wall clock."""
    outcome: Outcome
    shown_at: Moment | None = None
    channel: str | None = None
    why: str | None = None
    """A sentence of the catalogue: ``reminders.why.…``."""
    detail: str | None = None
    """What a channel said, for whoever looks for the fault."""
    retry_at: Moment | None = None
    """When to try again within the grace; None: never."""
    text: str | None = None
    """Of the format of the log; a reminder's own words are those of its settings."""
    count: int = 1
    """How many slots this row stands for."""
    number: int = 0
    """The notification server's number of the popup."""
    server: str = ""
    """Which server gave that number."""
    snoozes: int = 0
    """How often it was put off before."""
    brought_back: bool = False
    """Whether it was skipped, and then was to come after all."""
    calls: int = 0
    """How often it was called, where it is called again until it is seen."""

    @property
    def asked_for(self) -> bool:
        """Whether the person asked for this very call, whatever became of its first try."""
        return self.snoozes > 0 or self.brought_back


class AgentFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the person and the machine at this moment."""

    settled_until: datetime | None = None
    """Until when every slot is shown or logged; None: never looked before."""
    absences: tuple[Span, ...] = ()
    idle_since: datetime | None = None
    """The last touch, where it is more than a moment ago; None: present, or not known."""
    requested_pause: Span | None = None
    """A pause of all reminders that the person asked for."""
    quiet: Between | None = None
    done: Mapping[SlotKind, frozenset[date]] = {}
    """The local days on which the work of a kind was done already."""
    safety_pause: bool = False
    """Whether the routine is paused for safety."""
    typing: bool = False
    """Whether the person is in the middle of typing: a break waits a moment for a pause in it."""
    announces: bool = False
    """Whether the person wants a break to be announced."""
    slept: bool = False
    """Whether the gap was a sleep of the machine; else nothing was running."""
    one_off: tuple[Slot, ...] = ()
    """Slots of no reminder: icing."""


class DuePlan(msgspec.Struct, frozen=True):
    """What is to be done now."""

    show: tuple[Slot, ...]
    rows: tuple[Delivery, ...]
    """To be logged."""
    unreported: int
    """How many missed slots the next popup should tell of."""
    next_at: datetime | None
    """When the next slot is due, or the next try."""
    settled_until: datetime
    """Until when every slot is shown or logged: a break that waits for a touch is not."""


def evaluate(
    reminders: Sequence[Reminder], rows: Mapping[str, Delivery], facts: AgentFacts, zone: tzinfo, now: datetime
) -> DuePlan:
    """Work out what is due at ``now``, what is to be logged, and when to look again."""
    candidates = _candidates(reminders, rows, facts, zone, now)
    there = {ICE_ID, SNOOZE_ID, *(reminder.id for reminder in reminders if reminder.enabled)}
    seen_later = _seen_later(rows.values(), now)
    decided = [_decide(slot, rows.get(slot.id), there, seen_later, facts, zone, now) for slot in candidates]
    logged = [row for row in decided if isinstance(row, Delivery)]
    show, superseded = _latest_of_each([slot for slot in decided if isinstance(slot, Slot)], now)
    logged += superseded
    if facts.settled_until and now - facts.settled_until > LONG_GAP:
        logged = _one_row_each(logged)
    # A claim that nobody settled is of a program that stopped while showing: whether it was seen cannot be known, and
    # showing it again might make it two.
    logged += [
        msgspec.structs.replace(row, noted=now, outcome="failed", why="stopped")
        for row in rows.values() if row.outcome == "claimed"
    ]  # fmt: skip
    next_at = next_look(reminders, rows, facts, zone, now)
    # What waits, for a touch or for a pause in typing, is not settled: killed meanwhile, the next process must see it.
    # What was skipped or put off before its time waits for nothing: it would hold the account back from then on.
    waiting = [
        slot.due for slot, outcome in zip(candidates, decided, strict=True)
        if outcome is None and _is_open(rows.get(slot.id), now)
    ]  # fmt: skip
    undecided = [due - timedelta(seconds=1) for due in waiting if due > (facts.settled_until or now)]
    if undecided and facts.typing:
        next_at = min(next_at or now + TYPING_LOOK, now + TYPING_LOOK)
    settled_until = min(now, facts.idle_since or now, *undecided)
    return DuePlan(tuple(show), tuple(logged), _unreported(rows, logged), next_at, settled_until)


def count_from(reminder: Reminder, facts: AgentFacts, zone: tzinfo, now: datetime) -> datetime:
    """Return the moment after which the slots of ``reminder`` count: what is before is logged, or was never set.

    A journey east skips hours of the day, whose slots lie before what was settled: they count from the local time at
    which the journey began. Those still within their grace come, of the others the log tells.
    """
    settled = max(min(facts.settled_until or now, now), now - MAX_LOOK_BACK)
    settled = min(settled, resolve(settled.replace(tzinfo=None), zone))
    since = reminder.since
    if since is None or since > now:  # a clock that was set back leaves settings made in its future
        return settled
    return max(settled, since) if facts.settled_until else max(since, now - MAX_LOOK_BACK)


def snoozes(rows: Iterable[Delivery], reminders: Iterable[Reminder]) -> list[Slot]:
    """Return the one-off slots that wait; those of a reminder that is gone, or off, wait no more."""
    there = {SNOOZE_ID, *(reminder.id for reminder in reminders if reminder.enabled)}
    return [
        make_slot(row.reminder, row.kind, row.due, snoozed=True)
        for row in rows if row.outcome == "waiting" and row.reminder in there
    ]  # fmt: skip


def next_look(
    reminders: Sequence[Reminder], rows: Mapping[str, Delivery], facts: AgentFacts, zone: tzinfo, now: datetime
) -> datetime | None:
    """Return the next moment at which something is due, None where nothing is within a week."""
    coming = [slot for reminder in reminders for slot in _next_slots(reminder, facts, zone, now)]
    moments = [slot.due for slot in coming if _is_open(rows.get(slot.id), slot.due)]
    if facts.announces:
        announced = [slot.due - ANNOUNCED for slot in coming if slot.kind == "desk-break" and not slot.held]
        moments += [moment for moment in announced if moment > now]
    moments += [slot.due for slot in (*snoozes(rows.values(), reminders), *facts.one_off) if slot.due > now]
    moments += [row.retry_at for row in rows.values() if row.retry_at and row.retry_at > now]
    return min(moments, default=None)


def to_announce(
    reminders: Iterable[Reminder], rows: Mapping[str, Delivery], facts: AgentFacts, zone: tzinfo, now: datetime
) -> Slot | None:
    """Return the break that comes within ``ANNOUNCED``; None where none does, or as far as is known it would not come.

    Whoever has not touched anything lately may be away, and is told nothing that comes later or not at all.
    """
    if not facts.announces or facts.idle_since:
        return None
    breaks = (reminder for reminder in reminders if reminder.kind == "desk-break")
    slots = (slot for each in breaks for slot in due_between(each, zone, now, now + ANNOUNCED, facts.absences))
    coming = (slot for slot in slots if slot.id not in rows and _hold_reason(slot, slot.due, facts, zone) is None)
    return min(coming, key=lambda slot: slot.due, default=None)


def _next_slots(reminder: Reminder, facts: AgentFacts, zone: tzinfo, now: datetime) -> list[Slot]:
    """Return the slots of the coming day, or of the days after it where that has none."""
    # Most reminders come daily: eight days of one that comes every few minutes would be worked out for nothing.
    day = timedelta(days=1)
    return due_between(reminder, zone, now, now + day, facts.absences) or due_between(
        reminder, zone, now + day, now + LOOK_AHEAD, facts.absences
    )


def _is_open(row: Delivery | None, now: datetime) -> bool:
    """Tell whether nothing final is logged; what was logged in a future that the clock then left does not count."""
    if row is None or row.outcome == "waiting":
        return True
    # What may have been seen is never shown twice, whatever the clock says.
    surely_unseen = row.outcome in ("missed", "held") or row.why == "not-delivered"
    return surely_unseen and row.noted > now


def _candidates(
    reminders: Sequence[Reminder], rows: Mapping[str, Delivery], facts: AgentFacts, zone: tzinfo, now: datetime
) -> list[Slot]:
    """Return the slots up to ``now`` of which it is not settled what became of them."""
    slots = {slot.id: slot for slot in (*snoozes(rows.values(), reminders), *facts.one_off) if slot.due <= now}
    for reminder in reminders:
        for slot in due_between(reminder, zone, count_from(reminder, facts, zone, now), now, facts.absences):
            slots.setdefault(slot.id, slot)
    # A row to be tried again, or of a future that the clock left, may lie before the moment until which all is settled.
    # Not so the calls of an icing: who took the ice off is not called any more.
    for row in rows.values():
        # A call that was asked for stays one after its first try, also where the setting gives the same slot.
        is_left = row.id not in slots or row.asked_for
        if is_left and row.reminder != ICE_ID and row.due <= now and (row.retry_at or _is_open(row, now)):
            slots[row.id] = make_slot(row.reminder, row.kind, row.due.astimezone(zone), snoozed=row.asked_for)
    return sorted(slots.values(), key=lambda slot: slot.due)


def snooze_minutes(own: int, snoozes: int) -> int:
    """Return how long to put off what was put off ``snoozes`` times: the person's own length, then ever longer."""
    longer: int = own * 2**snoozes
    return max(own, min(longer, LONGEST_SNOOZE_MIN))


def _seen_later(rows: Iterable[Delivery], now: datetime) -> set[str]:
    """Return the reminders whose popup was seen at a time that is still to come, since the clock was set back."""
    return {row.reminder for row in rows if row.shown_at and now < row.shown_at <= now + SET_BACK}


def _decide(
    slot: Slot,
    row: Delivery | None,
    there: Collection[str],
    seen_later: Collection[str],
    facts: AgentFacts,
    zone: tzinfo,
    now: datetime,
) -> Delivery | Slot | None:
    """Return what to log of a slot, or the slot itself where it is to be shown, or None where nothing is to be done."""
    if row is not None and not _is_open(row, now):
        if not (row.retry_at and row.retry_at <= now <= slot.until):
            return None
        # What was held or failed may be done by now, or all rests: it is asked again as at the first time.
        why = _hold_reason(slot, now, facts, zone)
        return _row(slot, now, "held", why) if why else slot
    if slot.kind in MOVING and not slot.held and facts.idle_since and slot.due > facts.idle_since:
        return None  # perhaps away: known in five minutes, or at the next touch
    if slot.kind in MOVING and not slot.held and facts.typing and now < slot.due + TYPING_WAIT:
        return None
    if slot.reminder not in there:
        return _row(slot, now, "held", "removed")
    if slot.reminder in seen_later and not slot.snoozed:
        return _row(slot, now, "held", "count-began-anew")
    why = _hold_reason(slot, slot.due, facts, zone)
    if why is None and now > slot.until:
        return _row(slot, now, "missed", _why_missed(slot, facts))
    if why := why or _hold_reason(slot, now, facts, zone):
        return _row(slot, now, "held", why)
    return slot


def _why_missed(slot: Slot, facts: AgentFacts) -> str:
    if facts.settled_until and slot.due <= facts.settled_until:
        return "journey"
    return "slept" if facts.slept else "not-running"


def _hold_reason(slot: Slot, moment: datetime, facts: AgentFacts, zone: tzinfo) -> str | None:
    """Return why a slot does not come at ``moment``, None where it may."""
    if slot.kind in ("ice-check", "ice-end"):
        return None
    if slot.held:
        return slot.held
    if facts.requested_pause and moment in facts.requested_pause:
        return "paused"
    if facts.safety_pause and slot.kind in PAUSED_FOR_SAFETY:
        return "safety"
    if done_by(slot, facts.done, zone):
        return "done"
    # Who snoozes within their quiet hours, or brings back what they skipped, asked for this very call.
    if facts.quiet and not slot.snoozed and within(facts.quiet, moment.astimezone(zone).time()):
        return "quiet-hours"
    return None


def done_by(slot: Slot | Delivery, done: Mapping[SlotKind, frozenset[date]], zone: tzinfo) -> bool:
    """Tell whether what a slot would remind of was done on its day."""
    return slot.due.astimezone(zone).date() in done.get(slot.kind, ())


def _latest_of_each(slots: list[Slot], now: datetime) -> tuple[list[Slot], list[Delivery]]:
    """Return the last slot of each reminder, and rows for those before it: never two popups a reminder."""
    last = {slot.reminder: slot for slot in slots}  # they are in order of time
    before = [slot for slot in slots if last[slot.reminder] is not slot]
    return list(last.values()), [_row(slot, now, "missed", "later-came") for slot in before]


def _one_row_each(rows: list[Delivery]) -> list[Delivery]:
    """Return one row for each reminder: its last, that counts the others."""
    ordered = sorted(rows, key=lambda row: (row.reminder, row.due))
    groups = [list(group) for _, group in groupby(ordered, key=lambda row: row.reminder)]
    return [msgspec.structs.replace(group[-1], count=len(group), why="long-away") for group in groups]


def _unreported(rows: Mapping[str, Delivery], logged: Iterable[Delivery]) -> int:
    """Count the slots that were missed since the last popup."""
    last = max((row.shown_at for row in rows.values() if row.shown_at), default=None)
    missed = [
        row for row in (*rows.values(), *logged)
        if row.outcome == "missed" and row.why != "journey" and not row.kind.startswith("ice")
    ]  # fmt: skip
    return sum(row.count for row in missed if last is None or row.noted > last)


def _row(slot: Slot, now: datetime, outcome: Outcome, why: str) -> Delivery:
    return Delivery(
        id=slot.id, reminder=slot.reminder, kind=slot.kind, due=slot.due, noted=now, outcome=outcome, why=why
    )
