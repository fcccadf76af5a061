"""Moments as people say them, cheap enough for a status bar."""

from datetime import datetime

from coach.words import Words
from coach.words.dates import clock_time, week_day


def moment(at: datetime, words: Words, now: datetime) -> str:
    """Return a moment: the time alone where it is today, else with its day."""
    local = at.astimezone(now.tzinfo)
    if local.date() == now.date():
        return clock_time(local)
    return words("status.moment", day=week_day(local.date(), words), time=clock_time(local))
