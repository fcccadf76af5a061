"""How often it calls: once a week when it has settled, each day again when it has not; only as the person accepts."""

from datetime import datetime, timedelta
from typing import Literal

import msgspec
from msgspec.structs import replace

from coach.domain.reminders.reminder import WEEKDAYS, Reminder
from coach.domain.status.pauses import highest_pain
from coach.domain.status.status import Status

Frequency = Literal["weekly", "daily"]
MONTH = timedelta(days=30)
"""A rhythm that was declined is not offered again for so long."""
_TURNED = ("routine", "check-in")
"""The kinds that rest while the weekly one comes."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of it beside the reminders themselves."""

    weekly: str | None = None
    """The id of the weekly reminder that was accepted."""
    resting: tuple[str, ...] = ()
    """The ids of those that were switched off for it."""
    declined: dict[Frequency, datetime] = {}


def offered(reminders: tuple[Reminder, ...], kept: Kept, status: Status, now: datetime) -> Frequency | None:
    """Return the rhythm to offer now, None where the one there is fits or the offer was declined within a month."""
    frequency: Frequency | None = None
    if status.activity != "pause" and status.settled is not None and daily_ones(reminders, kept):
        frequency = "weekly"
    elif _no_longer_quiet(status) and resting_ones(reminders, kept):
        frequency = "daily"
    declined = kept.declined.get(frequency) if frequency else None
    return None if declined is not None and timedelta(0) <= now - declined < MONTH else frequency


def _no_longer_quiet(status: Status) -> bool:
    """Tell whether there is pain or a pause; a week without a note is neither."""
    hurts = status.last is not None and highest_pain(status.last.answers) > 0
    return status.activity == "pause" or (status.settled is None and hurts)


def daily_ones(reminders: tuple[Reminder, ...], kept: Kept) -> tuple[Reminder, ...]:
    """Return the reminders of the daily round that come on more than one day a week."""
    return tuple(
        one for one in reminders
        if one.kind in _TURNED and one.enabled and len(one.days) > 1 and one.id != kept.weekly
    )  # fmt: skip


def resting_ones(reminders: tuple[Reminder, ...], kept: Kept) -> tuple[Reminder, ...]:
    """Return those that rest for the weekly one; none once that is gone."""
    if all(one.id != kept.weekly for one in reminders):
        return ()
    return tuple(one for one in reminders if one.id in kept.resting and not one.enabled)


def weekly_one(reminders: tuple[Reminder, ...], kept: Kept, text: str, daily_at: str, now: datetime) -> Reminder:
    """Return the reminder that comes in place of the daily ones: this day of the week, at the routine's time."""
    ones = sorted(daily_ones(reminders, kept), key=lambda one: one.kind != "routine")
    at = next((one.at for one in ones if one.at), daily_at)
    taken = {one.id for one in reminders if one.id != kept.weekly}
    name = next(name for n in range(len(taken) + 1) if (name := f"weekly-{n}" if n else "weekly") not in taken)
    return Reminder(id=name, kind="check-in", at=at, days=(WEEKDAYS[now.weekday()],), text=text, since=now)


def shrunk(reminders: tuple[Reminder, ...], kept: Kept, weekly: Reminder, now: datetime) -> tuple[Reminder, ...]:
    """Return the reminders with the daily round switched off and ``weekly`` in its place."""
    rest = {one.id for one in daily_ones(reminders, kept)}
    stay = (one for one in reminders if one.id != kept.weekly)
    return (*(replace(one, enabled=False, since=now) if one.id in rest else one for one in stay), weekly)


def grown(reminders: tuple[Reminder, ...], kept: Kept, now: datetime) -> tuple[Reminder, ...]:
    """Return the reminders with the daily round switched on again, and without the weekly one."""
    back = {one.id for one in resting_ones(reminders, kept)}
    stay = (one for one in reminders if one.id != kept.weekly)
    return tuple(replace(one, enabled=True, since=now) if one.id in back else one for one in stay)
