"""A break that the person takes by themselves: noted, and the count of breaks begins afresh."""

from datetime import datetime

from coach.actions.reminders.facts import begin_count_anew
from coach.actions.reminders.log import write_rows
from coach.actions.reminders.schedule import Coming, upcoming
from coach.domain.reminders.due import Delivery
from coach.domain.reminders.reminder import BREAK_ID
from coach.domain.reminders.slots import slot_id
from coach.home import Home, exclusive

_LOOKED_THROUGH = 200


@exclusive
def take_break(home: Home, now: datetime) -> None:
    """Note a break taken now; the next ones are counted from it."""
    row = Delivery(id=slot_id(BREAK_ID, now), reminder=BREAK_ID, kind="desk-break", due=now, noted=now, outcome="acted")
    write_rows(home, row)
    begin_count_anew(home, now)


def next_break(home: Home, now: datetime) -> Coming | None:
    """Return when the next break at the desk comes, None where none does soon."""
    return next((coming for coming in upcoming(home, now, _LOOKED_THROUGH) if coming.kind == "desk-break"), None)
