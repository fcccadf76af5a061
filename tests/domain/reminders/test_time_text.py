"""Hours, days and dates as people type them: read where they can be read, refused where they cannot."""

from datetime import date

import pytest

from coach.domain.reminders.reminder import WEEKDAYS, Between
from coach.domain.reminders.time_text import clock, days, hours, since

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
