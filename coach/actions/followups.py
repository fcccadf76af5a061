"""Answers to the two small questions; what follows from them is worked out from the records."""

from datetime import date, datetime, timedelta

from coach.actions.reminders.settings import all_reminders
from coach.actions.status.current import recent
from coach.domain.exercise.plan import choose
from coach.domain.followups import FITS, Fit, weekly_topic
from coach.domain.reminders.reminder import Reminder
from coach.domain.status.diary import shown
from coach.domain.status.history import Missed, Weekly, Why
from coach.domain.status.status import current_status
from coach.domain.status.working_day import evening_of
from coach.errors import CoachError
from coach.home import Home, exclusive


def why_not(home: Home, why: Why, now: datetime, day: date | None = None) -> Fit:
    """Note why ``day`` (the day before this evening) had no routine, and return what is really done about it."""
    from coach.records import new_id

    missed = day or evening_of(now) - timedelta(days=1)
    home.records.add(Missed(id=new_id(), at=now, day=missed, why=why))
    fit = FITS[why]
    if fit == "move-reminder" and routine_reminder(home) is None:
        return "make-reminder"
    return "no-other" if fit == "another" and not _has_other(home, now) else fit


def routine_reminder(home: Home) -> Reminder | None:
    """Return the reminder of the routine that comes, the first of several; None where none does."""
    return next((reminder for reminder in all_reminders(home) if reminder.kind == "routine" and reminder.enabled), None)


def _has_other(home: Home, now: datetime) -> bool:
    """Tell whether this time of day has a second routine."""
    first, second = (choose(home.profile, home.content.routines, now, another=another) for another in (False, True))
    return first is not second


@exclusive
def answer_weekly(home: Home, now: datetime, *, well: bool) -> Weekly:
    """Note how this week's one of the four goes; CoachError where none is due."""
    from coach.records import new_id

    history = recent(home, now)
    topic = weekly_topic(shown(history), current_status(history, home.profile, home.content.rules, now), now)
    if topic is None:
        raise CoachError("plan.weekly.not-due")
    record = Weekly(id=new_id(), at=now, topic=topic, well=well)
    home.records.add(record)
    return record
