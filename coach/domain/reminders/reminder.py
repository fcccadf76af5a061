"""One reminder, as a person sets it, and the days and hours that it is made of."""

from datetime import date
from typing import Literal, get_args

import msgspec

from coach.domain.moment import Moment

ReminderKind = Literal["desk-break", "routine", "check-in", "posture", "custom"]
ChannelName = Literal["desktop", "plyer", "terminal"]
"""The ways of showing a popup, in the order in which they are tried."""
CHANNELS: tuple[ChannelName, ...] = get_args(ChannelName)
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SNOOZE_ID = "snooze"
"""The id of a call asked for with no popup before it."""
BREAK_ID = "break"
"""The id of a break that somebody took by themselves."""
ICE_ID = "ice"
"""The id of the calls of the icing timer."""


class Between(msgspec.Struct, frozen=True):
    """Hours of a day, ``HH:MM``; an end before the start runs over midnight."""

    start: str
    end: str


class Reminder(msgspec.Struct, frozen=True, kw_only=True):
    """One reminder: every so often between two times, or at one time; on some days of the week, or on one date."""

    id: str
    kind: ReminderKind
    every_min: int | None = None
    between: Between | None = None
    at: str | None = None
    on: date | None = None
    """The one day on which it comes ``at`` its time; None: it comes again and again, on ``days``."""
    days: tuple[Weekday, ...] = WEEKDAYS
    enabled: bool = True
    text: str | None = None
    """A custom reminder's own words, shown as given."""
    since: Moment | None = None
    """When it was made or changed: slots before do not exist. None: one of the defaults."""
