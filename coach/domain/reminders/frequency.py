"""How often to remind: once a week when the knee has settled, daily again when not; only as the person accepts."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from msgspec.structs import replace

from coach.domain.moment import Moment
from coach.domain.reminders.reminder import WEEKDAYS, Reminder
from coach.domain.status.calm import highest_pain
from coach.domain.status.status import Status

Frequency = Literal["weekly", "daily"]
DECLINED_FOR = timedelta(days=30)
"""What was declined is not offered again for so long."""
_DAILY_KINDS = ("routine", "check-in")
"""The kinds that rest while the weekly one comes."""


class FrequencyState(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept beside the reminders themselves."""

    weekly: str | None = None
    """The id of the weekly reminder that was accepted."""
    resting: tuple[str, ...] = ()
    """The ids of those that were switched off for it."""
    declined: dict[Frequency, Moment] = {}


class FrequencyChange(msgspec.Struct, frozen=True):
    """What accepting a frequency changes, or has changed."""

    frequency: Frequency
    switched: tuple[Reminder, ...]
    """The daily ones, which rest or come again."""
    weekly: Reminder | None = None


def offered_frequency(
    reminders: tuple[Reminder, ...], state: FrequencyState, status: Status, now: datetime
) -> Frequency | None:
    """Return the frequency to offer now, None where the present one fits or the offer was declined within a month."""
    frequency: Frequency | None = None
    if status.activity != "pause" and status.settled is not None and daily_reminders(reminders, state):
        frequency = "weekly"
    elif _no_longer_settled(status) and resting_reminders(reminders, state):
        frequency = "daily"
    declined = state.declined.get(frequency) if frequency else None
    return None if declined is not None and timedelta(0) <= now - declined < DECLINED_FOR else frequency


def _no_longer_settled(status: Status) -> bool:
    """Tell whether there is pain or a pause; a week without a note is neither."""
    hurts = status.last is not None and highest_pain(status.last.answers) > 0
    return status.activity == "pause" or (status.settled is None and hurts)


def daily_reminders(reminders: tuple[Reminder, ...], state: FrequencyState) -> tuple[Reminder, ...]:
    """Return the reminders of the daily round that come on more than one day a week."""
    return tuple(
        reminder for reminder in reminders
        if reminder.kind in _DAILY_KINDS and reminder.enabled and len(reminder.days) > 1 and reminder.id != state.weekly
    )  # fmt: skip


def resting_reminders(reminders: tuple[Reminder, ...], state: FrequencyState) -> tuple[Reminder, ...]:
    """Return those that rest for the weekly one; none once that is gone."""
    if all(reminder.id != state.weekly for reminder in reminders):
        return ()
    return tuple(reminder for reminder in reminders if reminder.id in state.resting and not reminder.enabled)


def weekly_reminder(
    reminders: tuple[Reminder, ...], state: FrequencyState, text: str, daily_at: str, now: datetime
) -> Reminder:
    """Return the reminder that comes in place of the daily ones: this day of the week, at the routine's time."""
    routine_first = sorted(daily_reminders(reminders, state), key=lambda reminder: reminder.kind != "routine")
    at = next((reminder.at for reminder in routine_first if reminder.at), daily_at)
    taken = {reminder.id for reminder in reminders if reminder.id != state.weekly}
    name = next(name for n in range(len(taken) + 1) if (name := f"weekly-{n}" if n else "weekly") not in taken)
    return Reminder(id=name, kind="check-in", at=at, days=(WEEKDAYS[now.weekday()],), text=text, since=now)


def made_weekly(
    reminders: tuple[Reminder, ...], state: FrequencyState, weekly: Reminder, now: datetime
) -> tuple[Reminder, ...]:
    """Return the reminders with the daily round switched off and ``weekly`` in its place."""
    resting = {reminder.id for reminder in daily_reminders(reminders, state)}
    return (*_switched(_without_weekly(reminders, state), resting, now, enabled=False), weekly)


def made_daily(reminders: tuple[Reminder, ...], state: FrequencyState, now: datetime) -> tuple[Reminder, ...]:
    """Return the reminders with the daily round switched on again, and without the weekly one."""
    back = {reminder.id for reminder in resting_reminders(reminders, state)}
    return tuple(_switched(_without_weekly(reminders, state), back, now, enabled=True))


def _without_weekly(reminders: tuple[Reminder, ...], state: FrequencyState) -> Iterator[Reminder]:
    return (reminder for reminder in reminders if reminder.id != state.weekly)


def _switched(reminders: Iterator[Reminder], ids: set[str], now: datetime, *, enabled: bool) -> Iterator[Reminder]:
    for reminder in reminders:
        yield replace(reminder, enabled=enabled, since=now) if reminder.id in ids else reminder
