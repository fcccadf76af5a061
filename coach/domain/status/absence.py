"""Absences, told from the records alone."""

from datetime import datetime, timedelta
from itertools import pairwise

import msgspec

from coach.domain.status.elapsed import apart
from coach.domain.status.history import History
from coach.domain.status.pauses import is_comfortable

AWAY = timedelta(days=7)
"""After this long the first sessions are gentle."""
LONG_AWAY = timedelta(days=28)
"""After this long the list of signs is asked again before any session."""


class Absence(msgspec.Struct, frozen=True):
    """A time without any record."""

    since: datetime
    ended: datetime
    """When the person came back; *now* where that is now."""

    @property
    def long(self) -> bool:
        """Whether it lasted 28 days or more."""
        return apart(self.since, self.ended) >= LONG_AWAY


def absences(history: History, now: datetime) -> tuple[Absence, ...]:
    """Return every absence of 7 days or more, up to ``now``."""
    moments = [*sorted(at for at in _moments_of_records(history) if at <= now), now]
    gaps = ((early, late) for early, late in pairwise(moments) if early.date() != late.date())
    return tuple(Absence(early, late) for early, late in gaps if apart(early, late) >= AWAY)


def comfortable_since(history: History, since: datetime, now: datetime) -> bool:
    """Tell whether a comfortable session was done from ``since`` to ``now``."""
    return any(since <= session.at <= now and is_comfortable(session) for session in history.sessions)


def _moments_of_records(history: History) -> list[datetime]:
    kinds = (
        history.check_ins,
        history.screenings,
        history.sessions,
        history.hurts,
        history.seens,
        history.ices,
        history.habit_choices,
        history.habit_days,
        history.missed,
        history.weeklies,
    )
    return [record.at for kind in kinds for record in kind]
