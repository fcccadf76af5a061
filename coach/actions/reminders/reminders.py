"""Reminders for commands, screens and the agent alike: settings, what is known of them, what comes next, the log."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

import msgspec

from coach import clock
from coach.domain.profile import Profile, reminders_of
from coach.domain.reminders.due import FURTHEST, RESTED, TOLD, AgentFacts, Delivery, evaluate, snoozes
from coach.domain.reminders.reminder import Reminder
from coach.domain.reminders.slots import Slot, SlotKind, Span, due_between, window_minutes, within
from coach.errors import CoachError, UsageError
from coach.home import Home
from coach.words.shown import shown

if TYPE_CHECKING:
    from coach.domain.status.status import Status

LONGEST_TEXT = 500
SNOOZE = "snooze"
"""The id of a call asked for with no popup before it."""
ICE = "ice"
STATE = "reminders"
REST = "reminders-rest"
LOOK_BACK = timedelta(days=2)
LEAP = timedelta(days=1)
"""A gap longer than this may be a clock that leapt, and that will come back."""
_AHEAD_DAYS = (1, 8, 60, 400)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


class Due(msgspec.Struct, frozen=True):
    """One coming reminder."""

    id: str
    due: datetime
    kind: SlotKind

    @property
    def called(self) -> str:
        """What it is called: ``kind.CALLED`` in the catalogue; one that repeats no reminder is just *once more*."""
        return SNOOZE if self.id == SNOOZE else self.kind


# -- settings ---------------------------------------------------------------------------------------------------------


def listed(home: Home) -> tuple[Reminder, ...]:
    """Return the person's reminders."""
    return reminders_of(home.profile)


def add(home: Home, reminder: Reminder, now: datetime) -> Reminder:
    """Keep a new reminder, whose slots count from ``now``; one without an id is named after its kind."""

    def change(profile: Profile) -> Profile:
        nonlocal reminder
        before = reminders_of(profile)
        reminder = checked(msgspec.structs.replace(reminder, id=reminder.id or _free_id(reminder, before), since=now))
        if any(one.id == reminder.id for one in before):
            raise CoachError("reminders.error.id-taken", id=reminder.id)
        return msgspec.structs.replace(profile, reminders=(*before, reminder))

    began(home, now)
    home.records.change_profile(change)
    return reminder


def edit(home: Home, reminder_id: str, now: datetime, **fields: Any) -> Reminder:
    """Change ``fields`` of a reminder, from ``now`` on."""
    if fields.get("at"):
        fields = {**fields, "every_min": None, "between": None}
    elif fields.get("every_min") or fields.get("between"):
        fields = {**fields, "at": None}
    changed: list[Reminder] = []

    def change(profile: Profile) -> Profile:
        before = reminders_of(profile)
        found = _found(before, reminder_id)
        changed.append(checked(msgspec.structs.replace(found, since=now, **fields)))
        return msgspec.structs.replace(profile, reminders=tuple(changed[0] if one is found else one for one in before))

    home.records.change_profile(change)
    return changed[0]


def remove(home: Home, reminder_id: str) -> None:
    """Remove a reminder."""

    def change(profile: Profile) -> Profile:
        before = reminders_of(profile)
        found = _found(before, reminder_id)
        return msgspec.structs.replace(profile, reminders=tuple(one for one in before if one is not found))

    home.records.change_profile(change)


def checked(reminder: Reminder) -> Reminder:
    """Return ``reminder`` if it can ever come; else say in one line what is wrong with it."""
    if not _ID.fullmatch(reminder.id) or reminder.id in (ICE, SNOOZE):
        raise UsageError("reminders.error.id")
    if (reminder.at is None) == (reminder.every_min is None and reminder.between is None):
        raise UsageError("reminders.error.when")
    if reminder.at is None:
        if reminder.every_min is None or reminder.between is None:
            raise UsageError("reminders.error.every-between")
        if reminder.every_min >= window_minutes(reminder.between):
            raise UsageError("reminders.error.never")
    if reminder.text is not None and not 0 < len(reminder.text.strip()) <= LONGEST_TEXT:
        raise UsageError("reminders.error.text", most=LONGEST_TEXT)
    return reminder


def began(home: Home, now: datetime) -> None:
    """Count slots from ``now`` where they were never counted before."""
    if home.records.state(STATE) is None:
        home.records.keep_state(STATE, {"accounted": now.isoformat()})


def _free_id(reminder: Reminder, taken: Iterable[Reminder]) -> str:
    ids = {one.id for one in taken}
    names = (reminder.kind if n == 1 else f"{reminder.kind}-{n}" for n in range(1, len(ids) + 2))
    return next(name for name in names if name not in ids)


def _found(reminders: Iterable[Reminder], reminder_id: str) -> Reminder:
    for one in reminders:
        if one.id == reminder_id:
            return one
    raise CoachError("reminders.error.unknown", id=shown(reminder_id)[:60])


# -- what is known now ------------------------------------------------------------------------------------------------


def rows(home: Home, since: datetime | None = None) -> dict[str, Delivery]:
    """Return the log from ``since`` on, by slot id; an entry that is not readable is passed over."""
    found: dict[str, Delivery] = {}
    for entry in home.records.ledger().entries(since):
        try:
            row = msgspec.convert(entry, Delivery)
        except msgspec.ValidationError:
            continue
        found[row.id] = row
    return found


def note(home: Home, *changed: Delivery) -> None:
    """Keep rows of the log, for good."""
    if changed:
        home.records.ledger().put(*(msgspec.to_builtins(row) for row in changed))


def facts(home: Home, now: datetime, *, safety: bool = False) -> AgentFacts:
    """Return what the records tell of this moment; presence is for the agent to add."""
    kept = home.records.state(STATE) or {}
    accounted, before = _moment(kept.get("accounted")), _moment(kept.get("before"))
    if accounted and accounted > now and before and before <= now:
        accounted = before  # the clock has left the future in which all was accounted for
    accounted = accounted and max(accounted, now - FURTHEST)
    absences = tuple(span for pair in kept.get("absences", ()) if (span := _span(pair)) and span.end <= now)
    return AgentFacts(accounted=accounted, absences=absences, rest=rest(home), quiet=home.profile.quiet, safety=safety)


def account(home: Home, until: datetime, absences: Iterable[Span] = ()) -> tuple[Span, ...]:
    """Keep that all slots up to ``until`` are logged, and the absences of the last days; return these."""
    kept = home.records.state(STATE) or {}
    last = _moment(kept.get("accounted"))
    leapt = last is not None and until - last > LEAP
    before = kept.get("accounted") if leapt else kept.get("before")
    lately = tuple(one for one in absences if until - one.end < LOOK_BACK)
    spans = [[one.start.isoformat(), one.end.isoformat()] for one in lately]
    home.records.keep_state(STATE, {"accounted": until.isoformat(), "before": before, "absences": spans})
    return lately


def rest(home: Home) -> Span | None:
    """Return the last pause that the person asked for, over or not."""
    kept = home.records.state(REST)
    return _span([kept.get("since"), kept.get("until")]) if kept else None


def resting_until(home: Home, now: datetime) -> datetime | None:
    """Return when the person's pause of all reminders ends, None where there is none."""
    span = rest(home)
    return span.end if span and now in span else None


def rest_changed(home: Home) -> list[datetime]:
    """Return when the last pause that the person asked for began, and when they ended it."""
    kept = home.records.state(REST) or {}
    return [moment for name in ("since", "ended") if (moment := _moment(kept.get(name)))]


def _span(pair: Any) -> Span | None:
    try:
        start, end = (datetime.fromisoformat(one) for one in pair)
    except (TypeError, ValueError):
        return None
    return Span(start, end) if start.tzinfo and end.tzinfo else None


def _moment(text: Any) -> datetime | None:
    span = _span([text, text])
    return span.start if span else None


# -- what comes, and what came ----------------------------------------------------------------------------------------


def upcoming(home: Home, now: datetime, count: int = 1, status: "Status | None" = None) -> list[Due]:
    """Return the next ``count`` reminders that will come, as far as can be told now.

    ``status`` is how it stands, for a caller who has worked that out already.
    """
    coming, every = _Coming(home, now, status), listed(home)
    found: list[Slot] = []
    for ahead in _AHEAD_DAYS:
        found = coming.slots(every, now + timedelta(days=ahead)) + coming.snoozed(now + timedelta(days=ahead))
        if len(found) >= count:
            break
    found.sort(key=lambda one: (one.due, one.reminder))
    return [Due(one.reminder, one.due, one.kind) for one in found[:count]]


def next_reminder(home: Home, now: datetime, status: "Status | None" = None) -> Due | None:
    """Return the next reminder that will be shown; None where there is none."""
    return next(iter(upcoming(home, now, 1, status)), None)


def next_each(home: Home, now: datetime) -> dict[str, datetime]:
    """Return when each reminder will come next, as far as can be told now; one that will not is left out."""
    coming = _Coming(home, now)
    found: dict[str, datetime] = {}
    for one in listed(home):
        ahead = (coming.slots((one,), now + timedelta(days=days)) for days in _AHEAD_DAYS)
        if slots := next(filter(None, ahead), None):
            found[one.id] = min(slot.due for slot in slots)
    return found


class _Coming:
    """Tells which slots will come, by what is known at one moment."""

    def __init__(self, home: Home, now: datetime, status: "Status | None" = None) -> None:
        self.now, self.zone = now, clock.zone()
        self.kept, self.known = rows(home, now - LOOK_BACK), facts(home, now)
        self.pause = _safety_pause(home, now, status)

    def slots(self, reminders: Iterable[Reminder], until: datetime) -> list[Slot]:
        """Return the slots of ``reminders`` that will come."""
        slots = (one for r in reminders for one in due_between(r, self.zone, self.now, until, self.known.absences))
        return [one for one in slots if self._open(one) and _will_come(one, self.known, self.pause, self.zone)]

    def snoozed(self, until: datetime) -> list[Slot]:
        """Return the snoozes that will come."""
        waiting = [one for one in snoozes(self.kept.values()) if self.now < one.due <= until]
        return [one for one in waiting if _will_come(one, self.known, self.pause, self.zone)]

    def _open(self, one: Slot) -> bool:
        return one.id not in self.kept or self.kept[one.id].noted > one.due


def _will_come(one: Slot, known: AgentFacts, pause: Span | None, zone: tzinfo) -> bool:
    if (known.rest and one.due in known.rest) or (pause and one.kind in RESTED and one.due in pause):
        return False
    return not known.quiet or one.snoozed or not within(known.quiet, one.due.astimezone(zone).time())


def _safety_pause(home: Home, now: datetime, status: "Status | None") -> Span | None:
    """Return the pause for safety as far as it is known to reach: a year and more, where time alone does not end it."""
    from coach.actions.status.current import status_now

    pause = (status or status_now(home, now)).pause
    if pause is None:
        return None
    ends = pause.until if pause.until and pause.until > now and pause.ends_by_itself else None
    return Span(pause.since, ends or now + timedelta(days=_AHEAD_DAYS[-1] + 1))


def log(home: Home, now: datetime, since: datetime | None = None) -> list[Delivery]:
    """Return what became of every slot, oldest first; where no agent runs, also of those that nobody was there for."""
    from coach.owner import owner

    found = rows(home, since)
    if owner(home.places) is None:
        known = facts(home, now, safety=_safety_pause(home, now, None) is not None)
        window = rows(home, min(known.accounted or now, now) - LOOK_BACK)
        unseen = evaluate(listed(home), window, known, clock.zone(), now).rows
        found |= {row.id: row for row in unseen if since is None or row.due >= since}
    return sorted((row for row in found.values() if row.outcome in TOLD), key=lambda row: (row.due, row.id))
