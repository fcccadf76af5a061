"""Two small questions that may be left unanswered: why not yesterday, and how one of four things goes this week."""

from datetime import date, datetime, timedelta
from typing import Literal, get_args

from coach.domain.status.history import History, Topic, Why
from coach.domain.status.status import Status
from coach.domain.status.wall_clock import local_day
from coach.domain.status.working_day import evening_of

Fit = Literal["shorten", "move-reminder", "make-reminder", "lower-dose", "another", "no-other", "welcome", "nothing"]
"""What is done about a reason: see ``FITS``."""
FITS: dict[Why, Fit] = {
    "no-time": "shorten",
    "forgot": "move-reminder",
    "hurt": "lower-dose",
    "bored": "another",
    "away": "welcome",
    "not-said": "nothing",
}
REGULAR = timedelta(days=7)
"""Only someone who did the routine within this time is asked why a day had none."""
LOOKED_BACK = REGULAR + timedelta(days=3)
"""How far back a session of the week before yesterday lies at most, also in the night that is still an evening."""
WEEK = timedelta(days=7)
TOPICS: tuple[Topic, ...] = get_args(Topic)
"""The article's four against a relapse, in turn."""


def missed_day(history: History, status: Status, now: datetime) -> date | None:
    """Return yesterday, where the routine was open, was not done, and nobody was asked yet; None otherwise."""
    yesterday = evening_of(now) - timedelta(days=1)
    session_days = {
        local_day(session.at, now)
        for session in history.sessions
        if now - session.at < LOOKED_BACK and session.exercised
    }
    answered_days = {record.day for record in history.missed} | {local_day(record.at, now) for record in history.hurts}
    regular = any(yesterday - REGULAR <= day < yesterday for day in session_days)
    since_then = {yesterday, evening_of(now), now.date()} & session_days
    if not regular or not status.may_start or since_then or yesterday in answered_days:
        return None
    return None if _paused_on(yesterday, status, now) else yesterday


def _paused_on(day: date, status: Status, now: datetime) -> bool:
    episodes = status.pause_state.episodes
    return any(
        local_day(episode.since, now) <= day and (episode.ended is None or local_day(episode.ended, now) >= day)
        for episode in episodes
    )


def weekly_topic(history: History, status: Status, now: datetime) -> Topic | None:
    """Return what to ask this week, once it has settled; None where it is not due."""
    if status.settled is None:
        return None
    latest = next((weekly for weekly in reversed(history.weeklies) if weekly.at <= now), None)
    if latest is None:
        return TOPICS[0]
    return TOPICS[(TOPICS.index(latest.topic) + 1) % len(TOPICS)] if now - latest.at >= WEEK else None
