"""Times between two moments, by the minute: nobody's day is a second too short because a command was quicker today."""

from datetime import datetime, timedelta


def minute(at: datetime) -> datetime:
    """Return the minute that a moment lies in."""
    return at.replace(second=0, microsecond=0)


def apart(early: datetime, late: datetime) -> timedelta:
    """Return the time from one minute to another."""
    return minute(late) - minute(early)
