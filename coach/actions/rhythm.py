"""The offer of one reminder a week, and the way back: nothing changes but by the person's own yes."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from msgspec.structs import replace

from coach.actions.reminders import began, listed
from coach.domain.lifecycle import Standing
from coach.domain.profile import Profile, Reminder
from coach.domain.rhythm import Kept, Rhythm, daily_ones, grown, offered, resting_ones, shrunk, weekly_one
from coach.domain.slots import reminders_of
from coach.errors import CoachError
from coach.home import Home
from coach.words import Words

STATE = "rhythm"


class Change(msgspec.Struct, frozen=True):
    """What accepting a rhythm changes, or has changed."""

    rhythm: Rhythm
    turned: tuple[Reminder, ...]
    """The daily ones, which rest or come again."""
    weekly: Reminder | None = None


def offer(home: Home, stands: Standing, now: datetime) -> Rhythm | None:
    """Return the rhythm to offer now; None where there is none."""
    return offered(listed(home), _kept(home), stands, now)


def change(home: Home, rhythm: Rhythm, words: Words, now: datetime) -> Change:
    """Return what accepting ``rhythm`` would change; CoachError where it changes nothing."""
    reminders, kept = listed(home), _kept(home)
    turned = daily_ones(reminders, kept) if rhythm == "weekly" else resting_ones(reminders, kept)
    if not turned:
        raise CoachError(f"rhythm.none.{rhythm}")
    if rhythm == "daily":
        return Change(rhythm, turned)
    weekly = weekly_one(reminders, kept, words("rhythm.reminder"), home.profile.daily_at, now)
    return Change(rhythm, turned, weekly)


def accept(home: Home, rhythm: Rhythm, words: Words, now: datetime) -> Change:
    """Change the reminders, and return what was changed."""
    made, kept = change(home, rhythm, words, now), _kept(home)
    resting = tuple(one.id for one in made.turned)
    began(home, now)
    if made.weekly is not None:
        weekly = made.weekly
        _keep(home, replace(kept, weekly=weekly.id, resting=tuple(dict.fromkeys((*kept.resting, *resting)))))
        _turn(home, lambda reminders: shrunk(reminders, kept, weekly, now))
    else:
        _turn(home, lambda reminders: grown(reminders, kept, now))
        _keep(home, Kept(declined=kept.declined))
    return made


def decline(home: Home, rhythm: Rhythm, now: datetime) -> None:
    """Leave the reminders as they are, and do not offer this again for a month."""
    kept = _kept(home)
    _keep(home, replace(kept, declined={**kept.declined, rhythm: now}))


def _turn(home: Home, how: Callable[[tuple[Reminder, ...]], tuple[Reminder, ...]]) -> None:
    def turned(profile: Profile) -> Profile:
        return replace(profile, reminders=how(reminders_of(profile)))

    home.records.change_profile(turned)


def _kept(home: Home) -> Kept:
    try:
        return msgspec.convert(home.records.state(STATE) or {}, Kept)
    except msgspec.ValidationError:
        return Kept()


def _keep(home: Home, kept: Kept) -> None:
    home.records.keep_state(STATE, dict(msgspec.to_builtins(kept)))
