"""The one habit: choose it, answer in the evening, give it up."""

from datetime import date, datetime

from coach.domain.habit import HabitState, habit_state
from coach.domain.status.diary import shown as shown_diary
from coach.domain.status.history import HabitChoice, HabitDay
from coach.errors import CoachError, UsageError
from coach.home import Home, exclusive
from coach.words.shown import shown

NONE = "none"
"""What one chooses to give the habit up."""


def habit(home: Home, now: datetime) -> HabitState:
    """Return the state of the one habit."""
    from coach.actions.status.current import recent

    return habit_state(shown_diary(recent(home, now)), now)


def choose_habit(home: Home, habit_id: str, now: datetime) -> HabitState:
    """Begin two weeks of ``habit_id`` today; ``none`` gives the habit up."""
    from coach.records import new_id

    habits = home.content.habits
    if habit_id != NONE and habit_id not in habits:
        raise UsageError("habit.error.no-such", id=shown(habit_id), ids=", ".join(habits))
    home.records.add(HabitChoice(id=new_id(), at=now, habit="" if habit_id == NONE else habit_id))
    return habit(home, now)


@exclusive
def answer_habit(home: Home, kept: bool, now: datetime, day: date | None = None) -> date:
    """Note the yes or no of ``day`` (the evening that it is now where none is given), and return that day.

    UsageError where the day is none of the two weeks.
    """
    from coach.records import new_id

    state = habit(home, now)
    if state.habit is None:
        raise CoachError("habit.none-chosen")
    told_of = day or state.evening or now.date()
    if state.since is None or not state.since <= told_of <= now.date():
        raise UsageError("habit.error.no-such-day", day=told_of)
    home.records.add(HabitDay(id=new_id(), at=now, habit=state.habit, day=told_of, kept=kept))
    return told_of
