"""Times, lengths, hours and days given to a command: read, or refused in one clear line."""

from collections.abc import Callable
from datetime import date
from typing import NoReturn, TypeVar

from coach.domain.reminders import time_text
from coach.domain.reminders.reminder import WEEKDAYS, Between, Weekday
from coach.errors import UsageError
from coach.words.shown import shown

T = TypeVar("T")


def time_of(text: str) -> str:
    """Return a time of day as ``HH:MM``."""
    return _read(time_text.clock, "time", text)


def hours_of(text: str) -> Between:
    """Return the hours ``HH:MM-HH:MM``."""
    return _read(time_text.hours, "hours", text)


def hours_text(hours: Between) -> str:
    """Return hours as ``hours_of`` reads them."""
    return f"{hours.start}-{hours.end}"


def length_of(text: str, *, most: int = 1440) -> int:
    """Return a length in minutes, from 1 to ``most``."""
    minutes = _read(time_text.minutes, "length", text)
    if not 1 <= minutes <= most:
        _refuse("length-range", text, most=length_text(most))
    return minutes


def length_text(minutes: int) -> str:
    """Return minutes as ``length_of`` reads them."""
    if minutes and minutes % 1440 == 0 and minutes > 1440:
        return f"{minutes // 1440}d"
    hours, left = divmod(minutes, 60)
    return f"{hours}h" if hours and not left else f"{minutes}m"


def coming_day_of(text: str, today: date) -> date:
    """Return a day that is not past."""
    return _read(lambda typed: time_text.coming_day(typed, today), "coming-day", text)


def days_of(text: str) -> tuple[Weekday, ...]:
    """Return days of the week, in their order."""
    return _read(time_text.days, "days", text)


def days_text(days: tuple[Weekday, ...]) -> str:
    """Return days as ``days_of`` reads them: ``daily``, a run of three or more as ``mon-fri``, else a list."""
    numbers = [WEEKDAYS.index(day) for day in days]
    if len(days) == len(WEEKDAYS):
        return "daily"
    if len(days) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{days[0]}-{days[-1]}"
    return ",".join(days)


def _read(read: Callable[[str], T], reason: str, text: str) -> T:
    try:
        return read(text)
    except ValueError:
        _refuse(reason, text)


def _refuse(reason: str, text: str, **values: object) -> NoReturn:
    raise UsageError(f"reminders.error.{reason}", given=shown(text)[:60], **values)
