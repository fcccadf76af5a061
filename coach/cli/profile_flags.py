"""Answers for the profile as people type them, at a flag of ``coach setup`` or at its questions."""

from typing import get_args

from coach.cli.context import CommandContext
from coach.cli.number import up_to
from coach.domain.reminders import time_text
from coach.domain.reminders.reminder import Between, Weekday
from coach.domain.triage.answers import MOST_POINTS, Context
from coach.errors import UsageError
from coach.words.shown import shown


def contexts(words: list[str]) -> tuple[Context, ...]:
    """Return the conditions named, several in one word with commas; ``none`` is none."""
    named = [name.strip() for word in words for name in word.split(",")]
    context_ids = get_args(Context)
    for name in named:
        if name not in (*context_ids, "none"):
            raise UsageError("setup.error.context", value=shown(name), known=", ".join((*context_ids, "none")))
    chosen: list[Context] = [context_id for context_id in context_ids if context_id in named]
    return tuple(chosen)


def points(word: str) -> int:
    """Return a pain number."""
    if (number := up_to(MOST_POINTS, word)) is None:
        raise UsageError("setup.error.baseline", value=shown(word))
    return number


def work(word: str) -> Between:
    """Return working hours."""
    try:
        return time_text.hours(word)
    except ValueError:
        raise UsageError("setup.error.work", value=shown(word)) from None


def work_days(word: str) -> tuple[Weekday, ...]:
    """Return working days."""
    try:
        return time_text.days(word)
    except ValueError:
        raise UsageError("setup.error.days", value=shown(word)) from None


def region(word: str, context: CommandContext) -> str:
    """Return a region code that the care-lines know."""
    code = word.strip().casefold()
    codes = [code for place in context.home.content.care_lines.values() for code in place.codes]
    if code not in codes:
        raise UsageError("setup.error.region", value=shown(word), known=", ".join(codes))
    return code
