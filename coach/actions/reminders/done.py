"""What was done already on which day, so that nobody is asked again for what they did in the morning."""

from datetime import date, datetime, timedelta, tzinfo

from coach.domain.reminders.slots import SlotKind
from coach.domain.status.diary import shown
from coach.domain.status.history import Session
from coach.home import Home

DESK_BREAK = "desk-break"
_DAYS = timedelta(days=2)


def done_days(home: Home, now: datetime, zone: tzinfo) -> dict[SlotKind, frozenset[date]]:
    """Return the days of lately on which a check-in was made, and on which something of a routine was done."""
    history = shown(home.records.history((now - _DAYS).date()))
    check_ins = frozenset(check_in.at.astimezone(zone).date() for check_in in history.check_ins)
    routines = frozenset(
        session.at.astimezone(zone).date()
        for session in history.sessions
        if session.exercised and _is_routine(home, session)
    )
    return {"check-in": check_ins, "routine": routines}


def _is_routine(home: Home, session: Session) -> bool:
    """Tell whether a session was more than the minute at the desk."""
    routine = home.content.routines.get(session.routine)
    return routine is None or routine.slot != DESK_BREAK
