"""The offer of one reminder a week, and the way back: nothing changes but by the person's own yes."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from msgspec.structs import replace

from coach.actions.reminders.facts import start_counting
from coach.actions.reminders.settings import all_reminders
from coach.domain.profile import reminders_of
from coach.domain.reminders.frequency import (
    Frequency,
    FrequencyChange,
    FrequencyState,
    daily_reminders,
    made_daily,
    made_weekly,
    offered_frequency,
    resting_reminders,
    weekly_reminder,
)
from coach.domain.reminders.reminder import Reminder
from coach.domain.status.status import Status
from coach.errors import CoachError
from coach.home import Home, exclusive
from coach.words import Words

STATE = "rhythm"


def offer(home: Home, status: Status, now: datetime) -> Frequency | None:
    """Return the frequency to offer now; None where there is none."""
    return offered_frequency(all_reminders(home), _state(home), status, now)


def change(home: Home, frequency: Frequency, words: Words, now: datetime) -> FrequencyChange:
    """Return what accepting ``frequency`` would change; CoachError where it changes nothing."""
    reminders, state = all_reminders(home), _state(home)
    switched = daily_reminders(reminders, state) if frequency == "weekly" else resting_reminders(reminders, state)
    if not switched:
        raise CoachError(f"frequency.none.{frequency}")
    if frequency == "daily":
        return FrequencyChange(frequency, switched)
    weekly = weekly_reminder(reminders, state, words("frequency.reminder"), home.profile.daily_at, now)
    return FrequencyChange(frequency, switched, weekly)


@exclusive
def accept(home: Home, frequency: Frequency, words: Words, now: datetime) -> FrequencyChange:
    """Change the reminders, and return what was changed."""
    accepted, state = change(home, frequency, words, now), _state(home)
    start_counting(home, now)
    # Which ones rest is kept before they rest, and forgotten after they came back: killed in between, the way back
    # is still known.
    if accepted.weekly is not None:
        weekly = accepted.weekly
        resting = tuple(dict.fromkeys((*state.resting, *(reminder.id for reminder in accepted.switched))))
        _keep(home, replace(state, weekly=weekly.id, resting=resting))
        _change_reminders(home, lambda reminders: made_weekly(reminders, state, weekly, now))
    else:
        _change_reminders(home, lambda reminders: made_daily(reminders, state, now))
        _keep(home, FrequencyState(declined=state.declined))
    return accepted


@exclusive
def decline(home: Home, frequency: Frequency, now: datetime) -> None:
    """Leave the reminders as they are, and do not offer this again for a month."""
    state = _state(home)
    _keep(home, replace(state, declined={**state.declined, frequency: now}))


def _change_reminders(home: Home, how: Callable[[tuple[Reminder, ...]], tuple[Reminder, ...]]) -> None:
    home.records.change_profile(lambda profile: replace(profile, reminders=how(reminders_of(profile))))


def _state(home: Home) -> FrequencyState:
    return home.records.state_as(STATE, FrequencyState) or FrequencyState()


def _keep(home: Home, state: FrequencyState) -> None:
    home.records.keep_state(STATE, dict(msgspec.to_builtins(state)))
