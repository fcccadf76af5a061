"""How it stands now, and the records that it is worked out from: for all who need no plan of the day.

Kept apart from ``coach.actions.day``, as one-line commands wait for every module that they read.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from coach.domain.history import History
from coach.domain.lifecycle import Standing, standing
from coach.home import Home

if TYPE_CHECKING:
    from coach.actions.reminders import Due

DAYS_READ = 90
"""How far back today looks; a standing pause reaches further by itself."""
FURTHER = timedelta(days=365)
"""How much further back is read at first where the records begin in a pause: ten years of them are 30 MB."""
REACH = "reach"
"""The small document that says: read everything, a pause or a way back from elsewhere stands."""


def next_reminder(home: Home, now: datetime, stands: Standing) -> "Due | None":
    """Return the next reminder that will be shown; None where there is none."""
    from coach.actions.reminders import upcoming

    return next(iter(upcoming(home, now, 1, stands)), None)


def how_it_stands(home: Home, now: datetime) -> Standing:
    """Return the standing alone, for those who need no plan (status, agent, check-in)."""
    return standing(recent(home, now), home.profile, home.content.rules, now)


def recent(home: Home, now: datetime) -> History:
    """Return the records that today depends on: 90 days, or more where they begin in a pause or on the way back."""
    if home.records.state(REACH):
        return home.records.history()
    return _whole_pauses(home, home.records.recent(DAYS_READ, now))


def note_reach(home: Home, now: datetime) -> None:
    """Look through all records, after some came from elsewhere: a pause or a way back, however old, must be read on."""
    found = standing(home.records.history(), home.profile, home.content.rules, now).episodes
    if found.bar or found.open or found.back is not None:
        home.records.keep_state(REACH, {"noted": now.isoformat()})
    elif home.records.state(REACH):
        home.records.clear_state(REACH)


def reaching(home: Home, first: date) -> History:
    """Return the records that the pauses since ``first`` depend on."""
    since = first - timedelta(days=min(DAYS_READ, (first - date.min).days))
    return _whole_pauses(home, home.records.history(since=since))


def _whole_pauses(home: Home, history: History) -> History:
    """Return ``history``, with a year before it where it begins in a pause, and with all where that year does too."""
    if not _begins_paused(history):
        return history
    longer = home.records.history((history.check_ins[0].at - FURTHER).date())
    return home.records.history() if _begins_paused(longer) else longer


def _begins_paused(history: History) -> bool:
    """Tell whether the first check-in found a pause or the way back from one, or does not say."""
    if not history.check_ins:
        return False
    told = history.check_ins[0].told
    return told is None or told.activity == "pause" or told.way_back
