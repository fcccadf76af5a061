"""The status now, and the records that it is worked out from: for all who need no plan of the day.

Kept apart from ``coach.actions.today``, as one-line commands wait for every module that they read.
"""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from coach import clock
from coach.domain.status.absence import AWAY
from coach.domain.status.history import History
from coach.domain.status.status import Status, current_status
from coach.errors import CoachError
from coach.home import Home, exclusive
from coach.records import REACH

DAYS_READ = 90
"""How many days back the status is worked out from; an open pause reaches further by itself."""
FURTHER = timedelta(days=365)
"""How much further back is read at first where the records begin in a pause: ten years of them are 30 MB."""
AHEAD = timedelta(minutes=5)
"""How far two machines' clocks may differ before a record counts as one of the future."""


def status_now(home: Home, now: datetime) -> Status:
    """Return the status alone, for those who need no plan (status, agent, check-in)."""
    return current_status(recent(home, now), home.profile, home.content.rules, now)


def recent(home: Home, now: datetime) -> History:
    """Return the records that today depends on: 90 days, or more where they begin in a pause, or after an absence."""
    home.records.take_in_copies()
    reach = home.records.state(REACH)
    if _is_unread(reach):
        with suppress(CoachError):  # where nothing can be written, everything is read each time
            reach = _look_through(home, now)
    if reach:
        history = home.records.history()
    else:
        history = _far_enough(home, home.records.recent(DAYS_READ, now), now.date() - timedelta(days=DAYS_READ))
    return _with_dated_ahead(home, history, now)


def _with_dated_ahead(home: Home, history: History, now: datetime) -> History:
    """Return ``history``, with the records noted that are dated in the future: later nobody could tell."""
    # By the clock, too: ``now`` may be a moment of the past that is looked back at.
    latest = max(now, clock.now()) + AHEAD
    ahead = {record.id for record in history.records() if record.at > latest}
    if not ahead <= history.dated_ahead:
        history = replace(history, dated_ahead=history.dated_ahead | ahead)
        with suppress(CoachError):  # a home that cannot be written to is answered all the same
            home.records.note_dated_ahead(ahead)
    return history


@exclusive
def note_merged(home: Home, now: datetime) -> None:
    """Look through all records, after some came from elsewhere: a pause or a way back, however old, must be read on.

    Under the lock: what is merged while this looks through the records of before would be forgotten.
    """
    history = _with_dated_ahead(home, home.records.history(), now)
    pauses = current_status(history, home.profile, home.content.rules, now).pause_state
    if pauses.uncleared or pauses.open or pauses.return_sessions is not None:
        home.records.keep_state(REACH, {"noted": now.isoformat()})
    elif home.records.state(REACH):
        home.records.clear_state(REACH)


@exclusive
def _look_through(home: Home, now: datetime) -> dict[str, Any] | None:
    """Look through all records, unless whoever held the lock until now has done so; return what ``REACH`` says then."""
    if _is_unread(home.records.state(REACH)):
        note_merged(home, now)
    return home.records.state(REACH)


def _is_unread(reach: dict[str, Any] | None) -> bool:
    return reach is not None and bool(reach.get("unread"))


def reaching(home: Home, first: date) -> History:
    """Return the records that the pauses since ``first`` depend on."""
    since = first - timedelta(days=min(DAYS_READ, (first - date.min).days))
    return _far_enough(home, home.records.history(since=since), since)


def _far_enough(home: Home, history: History, since: date) -> History:
    """Return ``history``, with a year before it where something was open as it began, or all where that was so then."""
    if not _begins_open(home, history, since):
        return history
    further = (history.check_ins[0].at - FURTHER).date()
    longer = home.records.history(further)
    return home.records.history() if _begins_open(home, longer, further) else longer


def _begins_open(home: Home, history: History, since: date) -> bool:
    """Tell whether a pause, or an absence of which there are older records, reaches into ``history``."""
    return _begins_paused(history) or (_begins_late(history, since) and home.records.reach_to(since))


def _begins_late(history: History, since: date) -> bool:
    """Tell whether the first of the records comes a week or more after ``since``."""
    first = min((record.at.date() for record in history.records()), default=since)
    return bool(history.check_ins) and first - since >= AWAY


def _begins_paused(history: History) -> bool:
    """Tell whether the first check-in found a pause or the way back from one, or does not say."""
    first = next((check_in for check_in in history.check_ins if check_in.day is None), None)
    if first is None:
        return bool(history.check_ins)
    told_first = first.told
    return told_first is None or told_first.activity == "pause" or told_first.way_back
