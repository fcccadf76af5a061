"""The pause for safety as reminders need it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from coach.domain.reminders.slots import Span
from coach.home import Home

if TYPE_CHECKING:
    from coach.domain.status.status import Status

FURTHEST_DAYS = 400
"""How far ahead reminders are worked out at most."""


def safety_pause(home: Home, now: datetime, status: "Status | None" = None) -> Span | None:
    """Return the pause for safety as far as it is known to reach: past all slots, where time alone does not end it."""
    from coach.actions.status.current import status_now

    pause = (status or status_now(home, now)).pause
    if pause is None:
        return None
    ends = pause.until if pause.until and pause.until > now and pause.ends_by_itself else None
    return Span(pause.since, ends or now + timedelta(days=FURTHEST_DAYS + 1))
