"""*It hurts*: rests today, makes tomorrow gentle, and says what comes next."""

from datetime import datetime
from typing import Literal

import msgspec

from coach.domain.status.history import Hurt
from coach.domain.status.status import Status
from coach.home import Home

By = Literal["ui", "plain", "popup", "command"]


class Hurting(msgspec.Struct, frozen=True):
    """What was noted, and the status with it."""

    record: Hurt
    status: Status
    stopped: bool = False
    """Whether a session was running, which ends by it."""


def hurts(
    home: Home,
    now: datetime,
    stretch: str | None = None,
    pain: int | None = None,
    where: str | None = None,
    by: By = "command",
) -> Hurting:
    """Note that it hurts and return the status now; a session under way anywhere sees the record and ends."""
    from coach.actions.status.current import status_now
    from coach.records import new_id

    record = Hurt(id=new_id(), at=now, stretch=stretch, pain=pain, where=where, by=by)
    home.records.add(record)
    return Hurting(record, status_now(home, now), stopped=home.records.state("session") is not None)
