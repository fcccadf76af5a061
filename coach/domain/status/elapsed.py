"""Times between two moments, by the minute: a check-in a few seconds earlier than yesterday is still a day apart."""

from datetime import datetime, timedelta


def minute(at: datetime) -> datetime:
    """Return the minute that a moment lies in."""
    return at.replace(second=0, microsecond=0)


def apart(early: datetime, late: datetime) -> timedelta:
    """Return the time from one minute to another."""
    return minute(late) - minute(early)
