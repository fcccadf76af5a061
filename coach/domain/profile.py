"""What the person told once: language, region, side, conditions, hours, and the reminders they chose."""

from datetime import date, datetime
from typing import Literal, get_args

import msgspec

from coach.domain.answers import Context, Points, Tri
from coach.domain.history import Side

ReminderKind = Literal["desk-break", "routine", "check-in", "posture", "custom"]
ChannelName = Literal["desktop", "plyer", "terminal"]
"""The ways of showing a popup, in the order in which they are tried."""
CHANNELS: tuple[ChannelName, ...] = get_args(ChannelName)
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
REGIONS = ("jp", "gb", "us", "nz", "au", "ca", "eu", "other")
"""Beside these, the two-letter codes of the European Union's members, which mean ``eu``."""


class Between(msgspec.Struct, frozen=True):
    """Hours of a day, ``HH:MM``; an end before the start runs over midnight."""

    start: str
    end: str


class Reminder(msgspec.Struct, frozen=True, kw_only=True):
    """One reminder: every so many minutes between two times, or at one time, on some days of the week."""

    id: str
    kind: ReminderKind
    every_min: int | None = None
    between: Between | None = None
    at: str | None = None
    days: tuple[Weekday, ...] = WEEKDAYS
    enabled: bool = True
    text: str | None = None
    """A custom reminder's own words, shown as given."""
    since: datetime | None = None
    """When it was made or changed: slots before do not exist. None: one of the defaults."""


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """The settings file, ``profile.json``; every field has a default, so that every command works before set-up."""

    schema: int = 1
    set_up: bool = False
    """Whether first run, or ``coach setup``, was finished."""
    language: str | None = None
    """None: the locale's."""
    region: str = "other"
    side: Side = "both"
    contexts: tuple[Context, ...] = ()
    contexts_known: bool = True
    """False where the answer was lost with a damaged file: gentle, and ask again."""
    baseline: Points | None = None
    onset: date | None = None
    ice_conditions: dict[str, Tri] | None = None
    """Condition id to answer; None until asked once."""
    work: Between = Between("09:00", "18:00")
    work_days: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
    daily_at: str = "20:00"
    slot: Literal["morning", "break", "evening"] = "evening"
    quiet: Between | None = None
    popups: Literal["neutral", "plain"] = "neutral"
    """``neutral`` says nothing of health on a shared screen."""
    notify: Literal["auto"] | ChannelName = "auto"
    reminders: tuple[Reminder, ...] | None = None
    """None: the defaults for these hours (``coach.domain.slots.defaults``)."""
    theme: str | None = None
    sound: bool = True
    voice: bool = False
    motion: bool = True
    large_text: bool = False
