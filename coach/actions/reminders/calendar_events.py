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


def last_exported(home: Home) -> CalendarEvents:
    """Return the events of the last export; none, and a new owner, where there was none yet."""
    state = home.records.state(STATE) or {}
    titles = state.get("titles")
    if titles is None:  # an older export, which kept the UIDs alone
        titles = dict.fromkeys(state.get("uids", ()), "")
    return CalendarEvents(str(state.get("owner") or new_id()), titles)


def keep_exported(home: Home, events: CalendarEvents) -> None:
    """Keep the events of an export that was written."""
    home.records.keep_state(STATE, {"owner": events.owner, "titles": events.titles})
