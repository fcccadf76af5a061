"""*Seen*: a professional has looked at it, and perhaps cleared something."""

from datetime import datetime

from coach.domain.history import Seen
from coach.home import Home


def seen(home: Home, by: str, cleared: tuple[str, ...] = (), baseline: int | None = None, *, now: datetime) -> Seen:
    """Note who has seen it and what they cleared (sign ids, or ``recent-surgery``)."""
    from coach.records import new_id

    record = Seen(id=new_id(), at=now, by=by, cleared=cleared, baseline=baseline)
    home.records.add(record)
    return record
