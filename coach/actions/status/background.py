"""The conditions and the usual pain stand in the records too: a lost settings file must not make a decision softer."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from coach.domain.profile import Profile
from coach.domain.status.history import Background, History
from coach.home import Home

RENEWED_AFTER = timedelta(days=60)
"""So that the records of the last 90 days, which the status rests on, always hold one."""


def note_background(home: Home, now: datetime) -> None:
    """Note the conditions of the settings, where the records do not have them as they are."""
    since = now.date() - RENEWED_AFTER
    if background := changed_background(home.records.history(since), home.profile, now):
        home.records.add(background)


def changed_background(
    history: History, profile: Profile, now: datetime, yearly: Mapping[str, datetime] | None = None
) -> Background | None:
    """Return what is to be noted of ``profile``; None where the records have it, or where nothing was ever told.

    ``yearly`` is when each sign of once a year was asked last; None: as it was.
    """
    from coach.records import new_id

    if not profile.contexts_known or not (profile.set_up or profile.contexts or profile.baseline is not None):
        return None
    latest = history.backgrounds[-1] if history.backgrounds else Background(id="", at=datetime.min)
    asked = latest.yearly if yearly is None else dict(yearly)
    known = (latest.contexts, latest.baseline, latest.yearly) == (profile.contexts, profile.baseline, asked)
    if latest.id and known and now - latest.at < RENEWED_AFTER:
        return None
    return Background(id=new_id(), at=now, contexts=profile.contexts, baseline=profile.baseline, yearly=asked)
