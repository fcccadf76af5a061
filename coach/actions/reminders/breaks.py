"""A break that the person takes by themselves: noted, and the count of breaks begins afresh."""

from datetime import date, datetime, time, timedelta

from coach import clock
from coach.actions.reminders.facts import begin_count_anew
from coach.actions.reminders.log import read_rows, write_rows
from coach.actions.reminders.schedule import Coming, upcoming
from coach.domain.reminders.due import Delivery
from coach.domain.reminders.reminder import BREAK_ID
from coach.domain.reminders.slots import slot_id
from coach.domain.reminders.totals import BreakTotals, break_totals
from coach.home import Home, exclusive

_LOOKED_THROUGH = 200
_LASTS = timedelta(minutes=1)
"""How long a break at the desk is: to ask for one again within it is to ask for the same."""


@exclusive
def take_break(home: Home, now: datetime) -> None:
    """Note a break taken now, once for as long as it lasts; the next ones are counted from it."""
    if any(
        row.reminder == BREAK_ID and now - _LASTS < row.due <= now for row in read_rows(home, now - _LASTS).values()
    ):
        return
    row = Delivery(id=slot_id(BREAK_ID, now), reminder=BREAK_ID, kind="desk-break", due=now, noted=now, outcome="acted")
    begin_count_anew(home, now)
    write_rows(home, row)  # last: with the row there, whoever asks again is told that all is done


def totals(home: Home, since: date) -> list[BreakTotals]:
    """Return what became of the breaks at the desk, by week, from the week of ``since`` on."""
    monday = since - timedelta(days=min(since.weekday(), (since - date.min).days))
    zone = clock.zone()
    rows = read_rows(home, datetime.combine(monday, time(), zone)) if monday > date.min else read_rows(home)
    return break_totals(rows.values(), zone)


def next_break(home: Home, now: datetime) -> Coming | None:
    """Return when the next break at the desk comes, None where none does soon."""
    return next((coming for coming in upcoming(home, now, _LOOKED_THROUGH) if coming.kind == "desk-break"), None)
