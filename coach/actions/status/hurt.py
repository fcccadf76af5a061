"""*It hurts*: rests today, makes tomorrow gentle, and says what comes next."""

from datetime import datetime
from typing import Literal

import msgspec

from coach.domain.status.history import Hurt, Record, Screening
from coach.domain.status.status import Status
from coach.domain.triage.answers import Tri
from coach.home import Home

UNSURE: Tri = "unsure"
By = Literal["ui", "plain", "popup", "command"]


class Hurting(msgspec.Struct, frozen=True):
    """What was noted, and the status with it."""

    record: Hurt
    status: Status
    stopped: bool = False
    """Whether a session was running, which ends by it."""
    from_words: tuple[str, ...] = ()
    """The emergency and same-day signs that ``where`` names: each is unsure until it is answered."""


def hurts(
    home: Home,
    now: datetime,
    stretch: str | None = None,
    pain: int | None = None,
    where: str | None = None,
    by: By = "command",
) -> Hurting:
    """Note that it hurts and return the status now; a session under way anywhere sees the record and ends.

    ``where`` is in the person's own words, and they count as the note of a check-in does: a sign that they name is
    unsure, unless it was answered yes already.
    """
    from coach.actions.status.current import status_now
    from coach.records import new_id

    record = Hurt(id=new_id(), at=now, stretch=stretch, pain=pain, where=where, by=by)
    named = home.content.urgent_in(where)
    answered = status_now(home, now).signs if named else {}
    unsure = {sign: UNSURE for sign in named if answered.get(sign) != "yes"}
    records: list[Record] = [record, *([Screening(id=new_id(), at=now, signs=unsure)] if unsure else [])]
    home.records.add(*records)
    stopped = home.records.state("session") is not None
    return Hurting(record, status_now(home, now), stopped=stopped, from_words=named)
