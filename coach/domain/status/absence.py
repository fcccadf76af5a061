"""When the person was here: an absence is seen from the records alone, and never blamed."""

from datetime import datetime, timedelta
from itertools import pairwise

import msgspec

from coach.domain.status.elapsed import apart
from coach.domain.status.history import History
from coach.domain.status.pauses import comfortable

AWAY = timedelta(days=7)
"""After so long one begins gently again."""
LONG_AWAY = timedelta(days=28)
"""After so long the sign list is asked again first."""


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
    moments = [*sorted(at for at in _moments(history) if at <= now), now]
    on_other_days = ((early, late) for early, late in pairwise(moments) if early.date() != late.date())
    return tuple(Absence(early, late) for early, late in on_other_days if apart(early, late) >= AWAY)


def begun_again(history: History, since: datetime, now: datetime) -> bool:
    """Tell whether a comfortable session was done since ``since``."""
    return any(since <= one.at <= now and comfortable(one) for one in history.sessions)


def _moments(history: History) -> list[datetime]:
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
    return [one.at for kind in kinds for one in kind]
