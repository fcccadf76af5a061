"""Where a session broke off, for Today: cheap to ask where none did, as the first frame waits for it."""

from datetime import datetime, timedelta

import msgspec

from coach.domain.triage.answers import Side
from coach.home import Home

STATE = "session"
"""The document that keeps a session under way."""
OFFER_FOR = timedelta(hours=3)
"""How long a session that broke off is offered to be gone on with."""


class Interrupted(msgspec.Struct, frozen=True):
    """Where a session that broke off a short while ago would go on."""

    stretch: str
    side: Side


def interrupted(home: Home, now: datetime) -> Interrupted | None:
    """Return where a session of a short while ago was left; it is only read, never settled here."""
    if (document := home.records.state(STATE)) is None:
        return None
    from coach.actions.exercise.session_lock import session_owner
    from coach.domain.exercise.session import GuidedSession

    try:
        guided = msgspec.convert(document, GuidedSession, strict=False)
    except msgspec.ValidationError:
        return None
    recent = guided.saved_at.date() == now.date() and now - guided.saved_at <= OFFER_FOR
    if not recent or guided.run.at >= len(guided.run.phases) or session_owner(home) is not None:
        return None
    phase = guided.run.phases[guided.run.at]
    return Interrupted(phase.stretch, phase.side)
