"""How it has gone, in days and counts worked out from records."""

from datetime import datetime
from typing import Any

from coach.domain.answers import Course
from coach.domain.history import History
from coach.domain.profile import Profile


def course(history: History, profile: Profile, book: Any, now: datetime) -> Course:
    """Return the day counts of an answers document at ``now``."""
    return Course()
