"""The conditions and the usual pain are in the records too: a lost settings file must not make a decision softer."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from coach.actions.status.current import recent
from coach.domain.profile import Profile
from coach.domain.status.history import Background, History
from coach.domain.status.pause_machine import pause_state
from coach.domain.status.pauses import PauseState
from coach.domain.triage.rules import RuleBook
from coach.home import Home

RENEWED_AFTER = timedelta(days=60)
"""So that the records of the last 90 days, which the status rests on, always hold one."""


def note_background(home: Home, now: datetime) -> None:
    """Note the conditions of the settings, where the records do not have them as they are."""
    history, profile, book = recent(home, now), home.profile, home.content.rules
    pauses = pause_state(history, book, now, profile.baseline)
    if background := changed_background(history, profile, pauses, book, now):
        home.records.add(background)


def changed_background(
    history: History,
    profile: Profile,
    pauses: PauseState,
    book: RuleBook,
    now: datetime,
    yearly: Mapping[str, datetime] | None = None,
) -> Background | None:
    """Return what is to be noted of ``profile``; None where the records have it, or where nothing was ever told.

    ``yearly`` is when each sign of once a year was asked last; None: as it was.
    """
    from coach.records import new_id

    latest = history.backgrounds[-1] if history.backgrounds else None
    told = latest or profile.set_up or profile.contexts or profile.baseline is not None
    if not profile.contexts_known or not told:
        return None
    asked = dict(yearly) if yearly is not None else latest.yearly if latest else {}
    lasting = [context for context in profile.contexts if book.contexts[context].clearance == "lasting"]
    background = Background(
        id=new_id(),
        at=now,
        contexts=profile.contexts,
        since={context: pauses.cleared.told_since.get(context, now) for context in profile.contexts},
        cleared=tuple(context for context in lasting if context in pauses.cleared.rules),
        baseline=profile.baseline,
        side=profile.side,
        yearly=asked,
    )
    if latest and now - latest.at < RENEWED_AFTER and _told(latest) == _told(background):
        return None
    return background


def _told(background: Background) -> tuple[object, ...]:
    return background.contexts, background.cleared, background.baseline, background.side, background.yearly
