"""The offer of one reminder a week, and the way back: nothing changes but by the person's own yes."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from msgspec.structs import replace

from coach.actions.reminders.reminders import began, listed
from coach.domain.profile import Profile, reminders_of
from coach.domain.reminders.frequency import (
    Frequency,
    Kept,
    daily_ones,
    grown,
    offered,
    resting_ones,
    shrunk,
    weekly_one,
)
from coach.domain.reminders.reminder import Reminder
from coach.domain.status.status import Status
from coach.errors import CoachError
from coach.home import Home
from coach.words import Words

STATE = "rhythm"


class FrequencyChange(msgspec.Struct, frozen=True):
    """What accepting a rhythm changes, or has changed."""

    frequency: Frequency
    turned: tuple[Reminder, ...]
    """The daily ones, which rest or come again."""
    weekly: Reminder | None = None


def offer(home: Home, status: Status, now: datetime) -> Frequency | None:
    """Return the rhythm to offer now; None where there is none."""
    return offered(listed(home), _kept(home), status, now)


def change(home: Home, frequency: Frequency, words: Words, now: datetime) -> FrequencyChange:
    """Return what accepting ``frequency`` would change; CoachError where it changes nothing."""
    reminders, kept = listed(home), _kept(home)
    turned = daily_ones(reminders, kept) if frequency == "weekly" else resting_ones(reminders, kept)
    if not turned:
        raise CoachError(f"rhythm.none.{frequency}")
    if frequency == "daily":
        return FrequencyChange(frequency, turned)
    weekly = weekly_one(reminders, kept, words("rhythm.reminder"), home.profile.daily_at, now)
    return FrequencyChange(frequency, turned, weekly)


def accept(home: Home, frequency: Frequency, words: Words, now: datetime) -> FrequencyChange:
    """Change the reminders, and return what was changed."""
    made, kept = change(home, frequency, words, now), _kept(home)
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


def decline(home: Home, frequency: Frequency, now: datetime) -> None:
    """Leave the reminders as they are, and do not offer this again for a month."""
    kept = _kept(home)
    _keep(home, replace(kept, declined={**kept.declined, frequency: now}))


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
