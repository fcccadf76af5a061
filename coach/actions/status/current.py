"""The status now, and the records that it is worked out from: for all who need no plan of the day.

Kept apart from ``coach.actions.today``, as one-line commands wait for every module that they read.
"""

from datetime import date, datetime, timedelta

from coach.domain.status.absence import AWAY
from coach.domain.status.history import History
from coach.domain.status.status import Status, current_status
from coach.home import Home

DAYS_READ = 90
"""How many days back the status is worked out from; an open pause reaches further by itself."""
FURTHER = timedelta(days=365)
"""How much further back is read at first where the records begin in a pause: ten years of them are 30 MB."""
REACH = "reach"
"""The small document that says: read everything, as a pause or a way back came from elsewhere."""


def status_now(home: Home, now: datetime) -> Status:
    """Return the status alone, for those who need no plan (status, agent, check-in)."""
    return current_status(recent(home, now), home.profile, home.content.rules, now)


def recent(home: Home, now: datetime) -> History:
    """Return the records that today depends on: 90 days, or more where they begin in a pause, or after an absence."""
    if home.records.state(REACH):
        return home.records.history()
    return _far_enough(home, home.records.recent(DAYS_READ, now), now.date() - timedelta(days=DAYS_READ))


def note_reach(home: Home, now: datetime) -> None:
    """Look through all records, after some came from elsewhere: a pause or a way back, however old, must be read on."""
    pauses = current_status(home.records.history(), home.profile, home.content.rules, now).pause_state
    if pauses.uncleared or pauses.open or pauses.return_sessions is not None:
        home.records.keep_state(REACH, {"noted": now.isoformat()})
    elif home.records.state(REACH):
        home.records.clear_state(REACH)


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
    if not history.check_ins:
        return False
    told_first = history.check_ins[0].told
    return told_first is None or told_first.activity == "pause" or told_first.way_back
