"""The one habit in a line: what it is called, and its day."""

from typing import TYPE_CHECKING

from coach.domain.habit import HabitState
from coach.words import Words
from coach.words.shown import shown

if TYPE_CHECKING:
    from coach.content import Content


def habit_name(habit_id: str, words: Words, content: "Content") -> str:
    """Return what a habit is called; its id as written where the content no longer has it."""
    habit = content.habits.get(habit_id)
    return words.pick(habit.name) if habit else shown(habit_id)


def habit_line(state: HabitState, words: Words, content: "Content") -> str:
    """Return the habit and its day, or that its two weeks are over; empty where none was chosen."""
    if state.habit is None:
        return ""
    return words(
        "habit.today-over" if state.over else "habit.today",
        habit=habit_name(state.habit, words, content),
        day=state.day,
    )
