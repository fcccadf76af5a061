"""Answers to the two small questions; what follows from them is worked out from the records."""

from datetime import date, datetime, timedelta

from coach.actions.stands import recent
from coach.domain.asides import FITS, Fit, weekly_topic
from coach.domain.history import Missed, Weekly, Why
from coach.domain.lifecycle import standing
from coach.errors import CoachError
from coach.home import Home


def why_not(home: Home, why: Why, now: datetime, day: date | None = None) -> Fit:
    """Note why a day (yesterday) had no routine, and return what is done about it."""
    from coach.records import new_id

    missed = day or now.date() - timedelta(days=1)
    home.records.add(Missed(id=new_id(), at=now, day=missed, why=why))
    return FITS[why]


def answer_weekly(home: Home, now: datetime, *, well: bool) -> Weekly:
    """Note how this week's one of the four goes; CoachError where none is due."""
    from coach.records import new_id

    history = recent(home, now)
    topic = weekly_topic(history, standing(history, home.profile, home.content.rules, now), now)
    if topic is None:
        raise CoachError("plan.weekly.not-due")
    record = Weekly(id=new_id(), at=now, topic=topic, well=well)
    home.records.add(record)
    return record
