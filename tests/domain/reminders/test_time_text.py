"""Hours, days and dates as people type them: read where they can be read, refused where they cannot."""

from datetime import date, timedelta

import pytest

from coach.domain.reminders.reminder import WEEKDAYS, Between
from coach.domain.reminders.time_text import clock, coming_day, days, hours, is_date, minutes, since

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text", ["09:00-18:00", "9:00 - 18:00", "9:00〜18:00", "\uff10\uff19:00\uff0d18:00", "9.00から18.00"]
)
def test_hours_are_read_as_people_write_them(text: str) -> None:
    """Half and full width, a dash or a wave, with and without spaces: the same hours."""
    assert hours(text) == Between("09:00", "18:00")


@pytest.mark.parametrize("text", ["", "9-18", "09:00", "25:00-26:00", "09:00-09:00", "soon", "09:60-10:00"])
def test_hours_that_mean_nothing_are_refused(text: str) -> None:
    """No hour is guessed."""
    with pytest.raises(ValueError):
        hours(text)


def test_days_keep_the_order_of_the_week_and_run_over_its_end() -> None:
    """``sat-tue`` is four days; ``daily`` is all."""
    assert days("sat-tue") == ("mon", "tue", "sat", "sun")
    assert days("Mon,WED") == ("mon", "wed")
    assert days("daily") == WEEKDAYS


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("毎日", WEEKDAYS),
        ("平日", WEEKDAYS[:5]),
        ("週末", WEEKDAYS[5:]),
        ("月〜金", WEEKDAYS[:5]),
        ("月曜日から金曜日", WEEKDAYS[:5]),
        ("月・水", ("mon", "wed")),
        ("月、水", ("mon", "wed")),
        ("月水金", ("mon", "wed", "fri")),
        ("every day", WEEKDAYS),
        ("Mon to Fri", WEEKDAYS[:5]),
        ("Mon, Wed", ("mon", "wed")),
    ],
)
def test_days_are_read_in_both_languages(text: str, read: tuple[str, ...]) -> None:
    """A person writes days as they speak."""
    assert days(text) == read


@pytest.mark.parametrize(
    ("text", "read"), [("9時", "09:00"), ("9時半", "09:30"), ("21時5分", "21:05"), ("20:00", "20:00")]
)
def test_a_time_is_read_in_both_languages(text: str, read: str) -> None:
    """Hours and minutes may be named."""
    assert clock(text) == read
    assert hours(f"8時から{text}まで") == Between("08:00", read)


@pytest.mark.parametrize("text", ["", "mon-", "someday", "mon,", "mon,,wed", "mon-fri-sun", "月-", "曜日"])
def test_days_that_mean_nothing_are_refused(text: str) -> None:
    """A half-written range is not taken for a whole one."""
    with pytest.raises(ValueError):
        days(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10", date(2026, 11, 12)),
        ("3 weeks", date(2026, 11, 1)),
        ("3週間前", date(2026, 11, 1)),
        ("1 month ago", date(2026, 10, 23)),
        ("about 3 weeks", date(2026, 11, 1)),
        ("around ten days ago", date(2026, 11, 12)),
        ("10 days or so", date(2026, 11, 12)),
        ("about a month", date(2026, 10, 23)),
        ("約3週間", date(2026, 11, 1)),
        ("3週間くらい前から", date(2026, 11, 1)),
        ("一か月ほど前", date(2026, 10, 23)),
        ("2026-10-01", date(2026, 10, 1)),
        ("0", TODAY),
        ("1926-01-01", date(1926, 1, 1)),
    ],
)
def test_since_when_is_a_span_or_a_day(text: str, day: date) -> None:
    """How long it has been there may be said either way, in both languages."""
    assert since(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["2026-11-23", "9999 y", "long ago", "1925-12-31", "-3", "about", "a", "a while", "about 3.5 weeks"]
)
def test_a_beginning_to_come_or_beyond_a_life_is_refused(text: str) -> None:
    """A slip in the year is not kept."""
    with pytest.raises(ValueError):
        since(text, TODAY)


def test_a_time_of_day_is_kept_in_one_form() -> None:
    """``8:05`` and ``08:05`` are the same setting."""
    assert clock("8:05") == "08:05"


NUMBERS = {
    1: ("a", "an", "one", "一"), 2: ("two", "二"), 3: ("three", "三"), 4: ("four", "四"), 5: ("five", "五"),
    6: ("six", "六"), 7: ("seven", "七"), 8: ("eight", "八"), 9: ("nine", "九"), 10: ("ten", "十"), 12: ("twelve",),
}  # fmt: skip
UNITS = {
    1: ("d", "days", "日"),
    7: ("w", "weeks", "週", "週間"),
    30: ("m", "months", "か月", "ヶ月", "カ月", "ケ月", "ヵ月"),
    365: ("y", "years", "年"),
}


@pytest.mark.parametrize(("number", "word"), [(n, word) for n, words in NUMBERS.items() for word in words])
def test_every_number_may_be_said_as_a_word(number: int, word: str) -> None:
    """Up to ten, and twelve."""
    assert since(f"{word} days ago" if word.isascii() else f"{word}日前", TODAY) == TODAY - timedelta(days=number)


@pytest.mark.parametrize(("days", "unit"), [(days, unit) for days, units in UNITS.items() for unit in units])
def test_every_unit_has_its_days(days: int, unit: str) -> None:
    """A month is thirty days and a year 365: whoever says "two months" does not mean a date."""
    assert since(f"2{unit}", TODAY) == TODAY - timedelta(days=2 * days)
    assert since(f"2 {unit}", TODAY) == TODAY - timedelta(days=2 * days)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("50", 50), ("50m", 50), ("50 min", 50), ("50分", 50), ("2h", 120), ("2時間", 120), ("1h30m", 90),
        ("1h 30", 90), ("1時間30分", 90), ("3d", 4320), ("2日1時間5分", 2945),
        ("hour", 60), ("minute", 1), ("day", 1440), ("0", 0),
    ],
)  # fmt: skip
def test_a_length_of_time_is_read_in_both_languages(text: str, read: int) -> None:
    """Days, hours and minutes, alone or together; a bare number is minutes."""
    assert minutes(text) == read


@pytest.mark.parametrize("text", ["", "h", "soon", "1.5h", "-5", "30m 1h"])
def test_a_length_of_time_that_means_nothing_is_refused(text: str) -> None:
    """No length is guessed."""
    with pytest.raises(ValueError):
        minutes(text)


@pytest.mark.parametrize(
    ("text", "ahead"), [("today", 0), ("今日", 0), ("tomorrow", 1), ("明日", 1), ("2026-11-22", 0), ("2027-11-23", 366)]
)
def test_a_coming_day_is_named_or_dated(text: str, ahead: int) -> None:
    """Today, tomorrow, or a date up to a year ahead."""
    assert coming_day(text, TODAY) == TODAY + timedelta(days=ahead)


@pytest.mark.parametrize("text", ["2026-11-21", "2027-11-24", "yesterday", "mon", ""])
def test_a_day_gone_by_or_too_far_ahead_is_refused(text: str) -> None:
    """A reminder for yesterday would never come, and one for the year after next is a slip."""
    with pytest.raises(ValueError):
        coming_day(text, TODAY)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("2026-12-24", True), ("tomorrow", True), ("明日", True), ("mon", False), ("2026-12", False), ("today", False)],
)
def test_a_date_is_told_from_days_of_the_week(text: str, is_one: bool) -> None:
    """What reminds once, and what reminds every week."""
    assert is_date(text) is is_one


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("fri-mon", ("mon", "fri", "sat", "sun")),
        ("sun-sat", WEEKDAYS),
        ("wed-wed", ("wed",)),
        ("tue - thu", ("tue", "wed", "thu")),
        ("土〜月", ("mon", "sat", "sun")),
        ("weekends", WEEKDAYS[5:]),
        ("weekend", WEEKDAYS[5:]),
        ("weekdays", WEEKDAYS[:5]),
        ("日", ("sun",)),
    ],
)
def test_a_range_of_days_has_both_its_ends(text: str, read: tuple[str, ...]) -> None:
    """Over the end of the week, too; from a day to itself is that day."""
    assert days(text) == read
