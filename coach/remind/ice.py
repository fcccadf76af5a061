"""Icing as deadlines on the wall clock: looks at the skin, and the end, called by whoever keeps the reminders."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from coach.domain.ice import icings
from coach.domain.reminders.reminder import ICE_ID
from coach.domain.reminders.slots import Slot, SlotKind, make_slot
from coach.domain.status.history import History, IceEnd
from coach.home import Home

KNOWN_FOR = timedelta(hours=12)
"""The end is called this late at most, after a sleep of the machine."""
SHORT = timedelta(minutes=3)
"""A look at the skin is called this late at most."""


def slots_of_ice(home: Home, now: datetime) -> tuple[Slot, ...]:
    """Return the calls of every icing that was not ended yet."""
    history = home.records.history((now - timedelta(days=1)).date())
    return tuple(slots_of(history, now))


def slots_of(history: History, now: datetime) -> list[Slot]:
    """Return the calls of the icings in ``history`` that nobody ended."""
    ended = {one.ice for one in history.ice_ends}
    found: list[Slot] = []
    for one in icings(history, now):
        if one.ice.id not in ended and now - one.ends_at < KNOWN_FOR:
            found += [_call("ice-check", at, SHORT) for at in one.checks_at()]
            found.append(_call("ice-end", one.ends_at, KNOWN_FOR))
    return found


def note_ended(home: Home, shown: Slot, now: datetime) -> None:
    """Note that the end of an icing was called."""
    from coach.records import new_id

    history = home.records.history((now - timedelta(days=1)).date())
    for one in icings(history, now):
        if one.ends_at == shown.due and one.ice.id not in {end.ice for end in history.ice_ends}:
            home.records.add(IceEnd(id=new_id(), at=now, ice=one.ice.id))


def _call(kind: SlotKind, at: datetime, grace: timedelta) -> Slot:
    return replace(make_slot(ICE_ID, kind, at), until=at + grace)
