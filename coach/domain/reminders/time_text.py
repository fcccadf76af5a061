"""What a person types for hours, days and dates, read without guessing; ValueError where it cannot be read."""

import re
import unicodedata
from datetime import date, timedelta

from coach.domain.reminders.reminder import WEEKDAYS, Between, Weekday

_PLACE: dict[str, int] = {day: place for place, day in enumerate(WEEKDAYS)}
_PLACE |= {day: place % 7 for place, day in enumerate("月火水木金土日")}
_DAYS: dict[str, tuple[Weekday, ...]] = {
    **dict.fromkeys(("daily", "every day", "毎日"), WEEKDAYS),
    **dict.fromkeys(("weekdays", "平日"), WEEKDAYS[:5]),
    **dict.fromkeys(("weekends", "weekend", "週末"), WEEKDAYS[5:]),
}
_BETWEEN_DAYS = re.compile(r"\s*[,、・]\s*|\s+|(?<=[月火水木金土日])(?=[月火水木金土日])")
_DASH = re.compile("[\u2010-\u2015\u301c~]|から|to")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_HOUR = re.compile(r"時(?:(\d{1,2})分|(半))?")
_LENGTH = re.compile(
    r"(?:(\d{1,4})\s*(?:d|days?|日間?))?\s*(?:(\d{1,6})\s*(?:h|hours?|時間))?\s*(?:(\d{1,6})\s*(?:m|min|minutes?|分)?)?"
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|tomorrow|明日")
_FURTHEST_AHEAD = timedelta(days=366)
_SPAN = {
    "d": 1,
    "日": 1,
    "w": 7,
    "週": 7,
    "m": 30,
    "か月": 30,
    "ヶ月": 30,
    "カ月": 30,
    "ケ月": 30,
    "ヵ月": 30,
    "y": 365,
    "年": 365,
}
_AGO = re.compile(
    r"(?:(?:about|around|roughly|some|over|almost|nearly|for|since|~|≈|約|およそ|だいたい)\s*)*"
    r"(\d{1,4}|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)(?=\s+(?:day|week|month|year))"
    r"|[一二三四五六七八九十](?=\D))\s*"
    rf"({'|'.join(_SPAN)})?(?:[a-z間前 ]|ほど|くらい|ぐらい|ころ|ごろ|から)*"
)
"""A span before today, as people say one: ``about 3 weeks``, ``two months ago``, ``3週間くらい前``."""
_COUNTED = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip


def _plain(text: str) -> str:
    """Return the text with full-width digits and signs as plain ones."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def clock(text: str) -> str:
    """Return a time of day as ``HH:MM``, from ``9:05`` or ``9時5分``."""
    match = _CLOCK.fullmatch(_HOUR.sub(_minutes_of_hour, _plain(text)))
    if not match:
        raise ValueError(text)
    return f"{int(match[1]):02d}:{match[2]}"


def _minutes_of_hour(match: re.Match[str]) -> str:
    return ":30" if match[2] else f":{int(match[1] or 0):02d}"


def hours(text: str) -> Between:
    """Return hours of a day from ``09:00-18:00``; an end before the start runs over midnight.

    ``00:00-24:00`` is the whole day.
    """
    start, separator, end = _DASH.sub("-", _plain(text).removesuffix("まで")).partition("-")
    between = Between(clock(start), "00:00" if end.strip() == "24:00" else clock(end))
    if not separator or between.start == between.end != "00:00":
        raise ValueError(text)
    return between


def minutes(text: str) -> int:
    """Return a length of time in minutes: ``50m``, ``2h``, ``1h30m``, ``3d``, ``50``; a day is 24 hours."""
    whole_days, more = days_and_minutes(text)
    return whole_days * 1440 + more


def days_and_minutes(text: str) -> tuple[int, int]:
    """Return a length of time as days, each to the same time of the next day, and minutes beside them."""
    typed = _plain(text)
    match = _LENGTH.fullmatch(f"1 {typed}" if typed in ("hour", "minute", "day") else typed)
    if not match or not any(match.groups()):
        raise ValueError(text)
    return int(match[1] or 0), int(match[2] or 0) * 60 + int(match[3] or 0)


def is_date(text: str) -> bool:
    """Tell whether ``text`` is a date, ``2026-12-24``, or one of the words for a coming day."""
    return _DATE.fullmatch(_plain(text)) is not None


def coming_day(text: str, today: date) -> date:
    """Return the day that ``2026-12-24``, ``today``, ``tomorrow`` or ``明日`` means; not before ``today``."""
    typed = _plain(text)
    named = {"today": 0, "今日": 0, "tomorrow": 1, "明日": 1}
    day = today + timedelta(days=named[typed]) if typed in named else date.fromisoformat(typed)
    if not today <= day <= today + _FURTHEST_AHEAD:
        raise ValueError(text)
    return day


def days(text: str) -> tuple[Weekday, ...]:
    """Return days of the week, in their order, from ``mon-fri``, ``daily``, ``mon,wed``, ``平日`` or ``月・水``."""
    typed = _plain(text)
    if typed in _DAYS:
        return _DAYS[typed]
    typed = re.sub(r"\s*-\s*", "-", _DASH.sub("-", re.sub("曜日?", "", typed)))
    chosen: set[Weekday] = set()
    for part in _BETWEEN_DAYS.split(typed):
        first, dash, last = part.partition("-")
        if first not in _PLACE or (dash and last not in _PLACE):
            raise ValueError(text)
        at, to = _PLACE[first], _PLACE[last or first]
        chosen |= {WEEKDAYS[n % 7] for n in range(at, to + 1 + (7 if to < at else 0))}
    return tuple(day for day in WEEKDAYS if day in chosen)


def _count(text: str) -> int:
    """Return a number in figures or as a word."""
    return _COUNTED[text] if text in _COUNTED else int(text)


def since(text: str, today: date) -> date:
    """Return the day that ``2026-10-01``, ``10``, ``about 3 weeks`` or ``3週間前`` means; not after ``today``."""
    typed = _plain(text)
    match = _AGO.fullmatch(typed)
    try:
        day = today - timedelta(days=_count(match[1]) * _SPAN[match[2] or "d"]) if match else date.fromisoformat(typed)
    except OverflowError as error:
        raise ValueError(text) from error
    if day > today or day.year < today.year - 100:
        raise ValueError(text)
    return day
