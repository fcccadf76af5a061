"""The icing timer: noted when it begins, its end a deadline on the wall clock that the agent keeps."""

from datetime import datetime

from coach.domain.history import Ice, IceEnd
from coach.domain.icing import DEFAULT_MINUTES, IceState, ice_state
from coach.errors import CoachError
from coach.home import Home


def ice(home: Home, now: datetime) -> IceState:
    """Return whether ice may go on now, and what is running."""
    from coach.actions.day import recent
    from coach.domain.lifecycle import standing

    history, profile = recent(home, now), home.profile
    return ice_state(history, profile, standing(history, profile, home.content.rules, now), now)


def start_ice(home: Home, minutes: int = DEFAULT_MINUTES, *, now: datetime) -> Ice:
    """Note an icing of ``minutes`` from ``now``; refused with the reason and the time where it may not be."""
    from coach.records import new_id

    record = Ice(id=new_id(), at=now, minutes=minutes)
    home.records.add(record)
    return record


def stop_ice(home: Home, now: datetime, skin: str | None = None) -> IceEnd:
    """Note that the ice came off."""
    from coach.records import new_id

    state = ice(home, now)
    if state.running is None:
        raise CoachError("ice.none-running")
    record = IceEnd(id=new_id(), at=now, ice=state.running.ice.id, outcome="stopped", skin=skin)
    home.records.add(record)
    return record
