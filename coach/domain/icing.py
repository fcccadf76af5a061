"""Whether ice may go on now, and when again: the strictest common core of what the sources allow."""

from datetime import datetime, timedelta

import msgspec

from coach.domain.history import History, Ice
from coach.domain.lifecycle import Standing
from coach.domain.profile import Profile

DEFAULT_MINUTES = 15
MOST_MINUTES = 20


class Icing(msgspec.Struct, frozen=True):
    """An icing that is on now."""

    ice: Ice
    ends_at: datetime

    def checks_at(self) -> tuple[datetime, ...]:
        """Return when to look at the skin: at 5 and at 10 minutes, where it lasts so long."""
        return tuple(when for m in (5, 10) if (when := self.ice.at + timedelta(minutes=m)) < self.ends_at)


class IceState(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an icing may begin at this moment."""

    allowed: bool
    why: str = ""
    """Names a sentence of the catalogue (``ice.why.…``): ``not-asked``, ``condition``, ``numb``, ``running``,
    ``too-soon``, ``enough-today``; empty where allowed."""
    next_at: datetime | None = None
    """The earliest moment that the rules would allow it again; None where no time alone will."""
    running: Icing | None = None
    today: int = 0
    """Icings in the last 24 hours."""


def ice_state(history: History, profile: Profile, standing: Standing, now: datetime) -> IceState:
    """Return whether ice may go on at ``now``."""
    return IceState(allowed=False, why="not-asked")
