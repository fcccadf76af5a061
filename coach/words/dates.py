"""Days and times as people write them in each language, in the order of the region where they live."""

from collections.abc import Iterable
from datetime import date, datetime, time

from coach.domain.status.wall_clock import local
from coach.words import Words

MONTH_FIRST = frozenset({"us", "ca"})
"""The regions whose English names the month before the day; everywhere else the day comes first."""


def long_day(day: date, words: Words) -> str:
    """Return a day with its year: ``22 November 2026``, or ``November 22, 2026``."""
    return words(_form("long", words), day=day.day, month=words(f"dates.month.{day.month}"), year=day.year)


def short_day(day: date, words: Words) -> str:
    """Return a day without its year: ``22 Nov``, or ``Nov 22``."""
    return words(_form("short", words), day=day.day, month=words(f"dates.month-short.{day.month}"))


def week_day(day: date, words: Words) -> str:
    """Return a day with its day of the week: ``Sun 22 Nov``, or ``Sun, Nov 22``."""
    weekday = words(f"dates.weekday.{day.isoweekday()}")
    return words(_form("with-weekday", words), date=short_day(day, words), weekday=weekday)


def month(day: date, words: Words) -> str:
    """Return the short name of the month of a day."""
    return words(f"dates.month-short.{day.month}")


def clock_time(at: datetime | time) -> str:
    """Return hours and minutes: ``20:05``."""
    return f"{at.hour:02d}:{at.minute:02d}"


def local_time(at: datetime, now: datetime) -> str:
    """Return the hours and minutes of a moment as the wall clock shows it then, in the zone of ``now``."""
    return clock_time(local(at, now))


def some_days(days: Iterable[date], words: Words, most: int = 3) -> str:
    """Return the latest days as a list; where there are more than ``most``, their number stands after it."""
    numbers = tuple(days)
    listed = words("common.and").join(short_day(day, words) for day in numbers[-most:])
    return listed if len(numbers) <= most else words("dates.some", days=listed, n=len(numbers))


def _form(name: str, words: Words) -> str:
    """Return the key of the sentence that puts the parts of a day in order."""
    return f"dates.month-first.{name}" if words.region in MONTH_FIRST else f"dates.{name}"
