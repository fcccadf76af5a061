"""Which events the last calendar export had: the next one cancels what is gone since, once."""

import msgspec

from coach.home import Home
from coach.records import new_id

STATE = "calendar"


class CalendarEvents(msgspec.Struct, frozen=True):
    """The events of an export."""

    owner: str
    """Random, made once: the events of two people who share a calendar have different UIDs."""
    titles: dict[str, str] = {}
    """The title of each event, by its UID."""


class _Exported(msgspec.Struct, frozen=True):
    owner: str = ""
    titles: dict[str, str] | None = None
    uids: tuple[str, ...] = ()
    """What an older export kept in place of ``titles``."""


def last_exported(home: Home) -> CalendarEvents:
    """Return the events of the last export; none, and a new owner, where there was none yet."""
    last = home.records.state_as(STATE, _Exported) or _Exported()
    return CalendarEvents(last.owner or new_id(), dict.fromkeys(last.uids, "") if last.titles is None else last.titles)


def keep_exported(home: Home, events: CalendarEvents) -> None:
    """Keep the events of an export that was written."""
    home.records.keep_state(STATE, {"owner": events.owner, "titles": events.titles})
