"""What the person told once that bears on the status.

``coach.domain.profile.Profile`` fits it. The status asks for no more than this, so that no other setting can ever sway
it, and so that this room needs to know nothing of reminders, sounds or themes.
"""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from coach.domain.status.working_day import Hours
from coach.domain.triage.answers import Context


class Person(Protocol):
    """Conditions, the usual pain, and since when it hurts."""

    @property
    def contexts(self) -> tuple[Context, ...]:
        """Return the conditions that rules know, such as ``blood-thinner``."""
        ...

    @property
    def contexts_known(self) -> bool:
        """Tell whether ``contexts`` is what the person said: False after a damaged settings file."""
        ...

    @property
    def baseline(self) -> int | None:
        """Return the usual worst pain when walking (0 to 10), None where it was not told."""
        ...

    @property
    def work(self) -> Hours:
        """Return the working hours; over midnight, *today* lasts to their end."""
        ...

    @property
    def work_days(self) -> Sequence[str]:
        """Return the days on which they begin: ``mon`` to ``sun``."""
        ...

    @property
    def onset(self) -> date | None:
        """Return the day on which it began, None where it was not told."""
        ...
