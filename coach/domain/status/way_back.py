"""The way back from a pause, as a person can see it: calm check-ins so far, what is missing, the earliest day."""

from datetime import datetime

import msgspec

from coach.domain.status.calm import APART
from coach.domain.status.pauses import SESSIONS_BACK
from coach.domain.status.status import Status

CALM_NEEDED = 2
"""Calm check-ins that end a flare, ``APART`` or more from each other."""


class WayBack(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody is between a pause and their usual routine."""

    steps: int
    """Steps taken so far: calm check-ins in a pause, comfortable sessions after it."""
    of: int
    """Steps in all; 0 where only time, an answer or a visit ends the pause."""
    sessions: bool = False
    """Whether the steps are comfortable sessions: the pause is over, and the days are gentle."""
    untold: tuple[str, ...] = ()
    """What the last check-in left open, so that it does not count: ``pause.untold-is.…``."""
    waits: tuple[str, ...] = ()
    """What else must be met, as names of ``pause.back-when.…``."""
    earliest: datetime | None = None
    """The first moment at which the pause can end; None where no time alone can tell."""


def way_back(status: Status, now: datetime) -> WayBack | None:
    """Return the way back at ``now``; None where nothing is paused and no pause ended lately."""
    pause, pauses = status.pause, status.pause_state
    if pause is None:
        done = pauses.return_sessions
        return None if done is None else WayBack(steps=done, of=SESSIONS_BACK, sessions=True)
    counts = pauses.flare is not None
    waits = tuple(name for name in pause.back_when if name not in ("least-time", "two-calm", "tomorrow"))
    ends = [at for at in (pause.until, now) if at is not None]
    # The second calm check-in may follow a night after the first; where none is there yet, a night from now.
    if counts and pauses.flare is not None and "two-calm" in pause.back_when:
        ends += [pauses.flare.until, (pauses.flare.calm[0] if pauses.flare.calm else now) + APART]
    return WayBack(
        steps=pause.calm,
        of=CALM_NEEDED if counts else 0,
        untold=pause.untold,
        waits=waits,
        # Nobody can say when a visit or an answer comes.
        earliest=None if waits else max(ends),
    )
