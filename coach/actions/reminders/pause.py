"""Pausing all reminders for a while; every pause ends by itself, and none of them touches a pause for safety."""

from datetime import UTC, datetime, time, timedelta, tzinfo

from coach.actions.reminders.facts import PAUSE_STATE, requested_pause
from coach.actions.reminders.time_text import coming_day_of, length_of
from coach.domain.reminders import time_text
from coach.domain.status.wall_clock import resolve
from coach.domain.status.working_day import end_of_day
from coach.errors import UsageError
from coach.home import Home, exclusive

LONGEST_PAUSE = timedelta(days=60)
"""Every pause ends by itself, within two months."""


def pause_end(home: Home, typed: list[str], now: datetime, zone: tzinfo) -> datetime:
    """Return the end of a pause typed as ``2h``, ``3d``, ``today``, ``tomorrow``, ``until HH:MM`` or ``until DATE``.

    ``tomorrow`` ends with that day, a date as it begins, a time of day when it comes next. Days end at the time of day
    that it is now, also where the clocks change meanwhile; hours are so many hours.
    """
    match typed:
        case ["today"]:
            profile = home.profile
            return end_of_day(now, profile.work, profile.work_days)
        case ["tomorrow"]:
            profile = home.profile
            today_ends = end_of_day(now, profile.work, profile.work_days)
            return end_of_day(today_ends, profile.work, profile.work_days)
        case ["until", day] if time_text.is_date(day):
            return _date(day, now, zone)
        case ["until", at]:
            return _next_at(at, now, zone)
        case [length]:
            length_of(length, most=int(LONGEST_PAUSE.total_seconds()) // 60)
            return _after(now, *time_text.days_and_minutes(length), zone)
        case _:
            raise UsageError("reminders.error.pause")


def _after(now: datetime, days: int, minutes: int, zone: tzinfo) -> datetime:
    """Return the moment ``days`` after now on the calendar, and from there ``minutes`` later."""
    if days:
        wall = now.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)
        now = resolve(wall, zone)
    return (now.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone)


def _date(text: str, now: datetime, zone: tzinfo) -> datetime:
    today = now.astimezone(zone).date()
    until = resolve(datetime.combine(coming_day_of(text, today), time()), zone)
    if not now < until <= now + LONGEST_PAUSE:
        raise UsageError("reminders.error.pause")
    return until


def _next_at(at: str, now: datetime, zone: tzinfo) -> datetime:
    try:
        hour, minute = map(int, time_text.clock(at).split(":"))
    except ValueError:
        raise UsageError("reminders.error.pause") from None
    today = now.astimezone(zone).date()
    ends = (resolve(datetime.combine(today + timedelta(days=n), time(hour, minute)), zone) for n in (0, 1))
    return next(end for end in ends if end > now)


def pause(home: Home, now: datetime, until: datetime) -> None:
    """Rest all reminders until ``until``."""
    home.records.keep_state(PAUSE_STATE, {"since": now.isoformat(), "until": until.isoformat()})


@exclusive
def resume(home: Home, now: datetime) -> bool:
    """End the person's own pause; return whether there was one. A pause for safety is not touched."""
    span = requested_pause(home)
    if span is None or now not in span:
        return False
    home.records.keep_state(
        PAUSE_STATE, {"since": span.start.isoformat(), "until": now.isoformat(), "ended": now.isoformat()}
    )
    return True
