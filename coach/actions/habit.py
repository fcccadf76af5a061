"""The one habit: choose it, answer in the evening, put it down."""

from datetime import datetime

from coach.domain.habits import HabitState, habit_state
from coach.domain.history import HabitChoice, HabitDay
from coach.errors import CoachError
from coach.home import Home


def habit(home: Home, now: datetime) -> HabitState:
    """Return how the one habit stands."""
    from coach.actions.day import recent

    return habit_state(recent(home, now), now)


def choose_habit(home: Home, habit_id: str, now: datetime) -> HabitState:
    """Begin two weeks of ``habit_id``; an empty one puts the habit down."""
    from coach.records import new_id

    home.records.add(HabitChoice(id=new_id(), at=now, habit=habit_id))
    return habit(home, now)


def answer_habit(home: Home, kept: bool, now: datetime) -> HabitState:
    """Note the evening's yes or no for today."""
    from coach.records import new_id

    state = habit(home, now)
    if state.habit is None:
        raise CoachError("habit.none-chosen")
    home.records.add(HabitDay(id=new_id(), at=now, habit=state.habit, day=now.date(), kept=kept))
    return habit(home, now)
