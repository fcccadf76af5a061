"""Moments as people say them, cheap enough for a status bar."""

from datetime import datetime

from coach.domain.status.wall_clock import local
from coach.words import Words
from coach.words.dates import clock_time, week_day


def moment(at: datetime, words: Words, now: datetime) -> str:
    """Return a moment: the time alone where it is today, else with its day."""
    shown_at = local(at, now)
    if shown_at.date() == now.date():
        return clock_time(shown_at)
    return words("status.moment", day=week_day(shown_at.date(), words), time=clock_time(shown_at))
