"""A clock that stepped back a little: what was said a moment ago is not the future."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from coach.home import Home

STEP = timedelta(minutes=1)
"""A larger step is a clock that was wrong, and is told."""
_AFTER = timedelta(microseconds=1)


def behind(home: Home, now: datetime) -> timedelta:
    """Return how far ``now`` lies behind what was said last, where that is no more than a small step."""
    ahead = [at - now for at in _said(home, now) if timedelta(0) < at - now <= STEP]
    return max(ahead) + _AFTER if ahead else timedelta(0)


def _said(home: Home, now: datetime) -> Iterator[datetime]:
    from coach.actions.reminders.facts import pause_changes

    yield from (record.at for record in home.records.history(now.date()).records())
    yield from pause_changes(home)
