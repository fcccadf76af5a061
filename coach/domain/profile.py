"""What the person told once: language, region, side, conditions, hours, and the reminders they chose."""

from datetime import date
from typing import Annotated, Literal, get_args

import msgspec
from msgspec.structs import replace

from coach.domain.goals import Goal, merged
from coach.domain.reminders.reminder import Between, ChannelName, Reminder, Weekday
from coach.domain.reminders.slots import minute_of_day, window_minutes
from coach.domain.triage.answers import TRI, Context, Points, Side, Tri

DESK_EVERY_MIN = 50
POSTURE_EVERY_MIN = 180
LEAST_AWAY_MIN, MOST_AWAY_MIN = 5, 60
"""What may count as away: anything shorter is no break."""
CHECK_IN_BEFORE_MIN = 30
"""The check-in's reminder comes this long before the routine's."""


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """The settings file, ``profile.json``; every field has a default, so that every command works before set-up."""

    schema: int = 1
    set_up: bool = False
    """Whether first run, or ``coach setup``, was finished."""
    person: str | None = None
    """Names this person in FHIR, whatever machine writes it: random, made when first needed (``actions.person``)."""
    language: str | None = None
    """None: the locale's."""
    region: str = "other"
    side: Side = "both"
    contexts: tuple[Context, ...] = ()
    contexts_known: bool = True
    """False where the answer was lost with a damaged file: gentle, and ask again."""
    baseline: Points | None = None
    onset: date | None = None
    goals: tuple[Goal, ...] = ()
    """What the person wants to do again; those that ended stay, as their scores do."""
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
    """None: the defaults for these hours (``coach.domain.reminders.slots.defaults``)."""
    away_min: Annotated[int, msgspec.Meta(ge=0, le=MOST_AWAY_MIN)] = LEAST_AWAY_MIN
    """From how many minutes without a touch one counts as away, so that breaks begin anew on return; 0: never."""
    announce_breaks: bool = False
    """Whether a break is announced half a minute before it comes."""
    hold_busy: bool = True
    """Whether breaks wait for the end of a call or a presentation."""
    snooze_min: Annotated[int, msgspec.Meta(ge=1, le=60)] = 10
    """How many minutes a popup's button puts it off the first time."""
    theme: str | None = None
    sound: bool = True
    voice: bool = False
    motion: bool = True
    large_text: bool = False


def stricter(here: Profile, there: Profile) -> Profile:
    """Return the settings of one machine with those of another that make decisions stricter, and with its goals."""
    baselines = [points for points in (here.baseline, there.baseline) if points is not None]
    onsets = [day for day in (here.onset, there.onset) if day is not None]
    return replace(
        here,
        contexts=tuple(context for context in get_args(Context) if context in (*here.contexts, *there.contexts)),
        contexts_known=here.contexts_known and there.contexts_known,
        baseline=min(baselines, default=None),
        onset=min(onsets, default=None),
        ice_conditions=_worse_answers(here.ice_conditions, there.ice_conditions),
        goals=merged(here.goals, there.goals),
    )


def _worse_answers(here: dict[str, Tri] | None, there: dict[str, Tri] | None) -> dict[str, Tri] | None:
    if here is None or there is None:
        return here or there
    worse = {name: max(here[name], there[name], key=TRI.index) for name in here.keys() & there.keys()}
    return {**here, **there, **worse}


def defaults(profile: Profile) -> tuple[Reminder, ...]:
    """Return the reminders of one who chose none: desk breaks, a posture nudge, the check-in and the routine."""
    every = (
        Reminder(
            id="desk-break", kind="desk-break", every_min=DESK_EVERY_MIN, between=profile.work, days=profile.work_days
        ),
        Reminder(
            id="posture", kind="posture", every_min=POSTURE_EVERY_MIN, between=profile.work, days=profile.work_days
        ),
    )
    check_in_at = (minute_of_day(profile.daily_at) - CHECK_IN_BEFORE_MIN) % 1440
    return (
        *(reminder for reminder in every if reminder.every_min and reminder.every_min < window_minutes(profile.work)),
        Reminder(id="check-in", kind="check-in", at=f"{check_in_at // 60:02}:{check_in_at % 60:02}"),
        Reminder(id="routine", kind="routine", at=profile.daily_at),
    )


def reminders_of(profile: Profile) -> tuple[Reminder, ...]:
    """Return the person's reminders: those chosen, else the defaults."""
    return defaults(profile) if profile.reminders is None else profile.reminders


def regions_for(territory: str) -> tuple[str, ...]:
    """Return the regions in the order in which to offer them: the one of ``territory`` first. None is chosen by it."""
    first = territory.lower()
    return (*(name for name in REGIONS if name == first), *(name for name in REGIONS if name != first))


REGIONS = ("jp", "gb", "us", "nz", "au", "ca", "eu", "other")
"""Beside these, the two-letter codes of the European Union's members, which mean ``eu``."""
