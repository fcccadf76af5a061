"""The ladders of the two answers that a decision gives, and the headline over both."""

from collections.abc import Iterable
from typing import Literal

Activity = Literal["go", "gentle", "pause"]
"""What to do with today's routine."""
Advice = Literal["none", "watch", "soon", "today", "emergency"]
"""Whether to see someone."""
Headline = Literal["go", "gentle", "pause", "soon", "today", "emergency"]
"""The advice where it is ``soon`` or more, else the activity."""

ACTIVITIES: tuple[Activity, ...] = ("go", "gentle", "pause")
ADVICES: tuple[Advice, ...] = ("none", "watch", "soon", "today", "emergency")
HEADLINES: tuple[Headline, ...] = ("go", "gentle", "pause", "soon", "today", "emergency")


def strongest_activity(levels: Iterable[Activity | Advice]) -> Activity:
    """Return the most careful activity of ``levels``; ``go`` where there is none."""
    distinct = frozenset(levels)
    return next((level for level in reversed(ACTIVITIES) if level in distinct), "go")


def strongest_advice(levels: Iterable[Activity | Advice]) -> Advice:
    """Return the most urgent advice of ``levels``; ``none`` where there is none."""
    distinct = frozenset(levels)
    return next((level for level in reversed(ADVICES) if level in distinct), "none")


def headline(activity: Activity, advice: Advice) -> Headline:
    """Return the headline over both answers."""
    if advice == "soon" or advice == "today" or advice == "emergency":  # noqa: PLR1714 -- mypy narrows this form
        return advice
    return activity
