"""A desk break that nothing leads: what whoever takes it does instead, by how things stand."""

from coach.domain.status.status import Status
from coach.words import Words


def noted_text(status: Status, words: Words) -> str:
    """Return what is said of a break that was noted: nobody who should be seen first is told to move."""
    if status.may_start:
        return words("reminders.break.noted")
    if status.advice in ("today", "emergency"):
        return words(f"reminders.break.rests.{status.advice}")
    return words(f"reminders.break.rests.{'pause' if status.activity == 'pause' else 'signs'}")
