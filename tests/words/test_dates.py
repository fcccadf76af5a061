"""Days are written as each language writes them."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from coach.cli.context import CommandContext
from coach.home import Home
from coach.remind.wording import words_of
from coach.report.formats import PageRequest, page
from coach.words import Words
from coach.words.dates import long_day, short_day, some_days, week_day

DAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "region", "long", "short", "named"),
    [
        ("en", "us", "November 22, 2026", "Nov 22", "Sun, Nov 22"),
        ("en", "CA", "November 22, 2026", "Nov 22", "Sun, Nov 22"),
        ("en", "gb", "22 November 2026", "22 Nov", "Sun 22 Nov"),
        ("en", "au", "22 November 2026", "22 Nov", "Sun 22 Nov"),
        ("en", "jp", "22 November 2026", "22 Nov", "Sun 22 Nov"),
        ("en", "de", "22 November 2026", "22 Nov", "Sun 22 Nov"),
        ("en", "other", "22 November 2026", "22 Nov", "Sun 22 Nov"),
        ("ja", "jp", "2026年11月22日", "11月22日", "11月22日(日)"),
        ("ja", "us", "2026年11月22日", "11月22日", "11月22日(日)"),
    ],
)
def test_a_day_in_each_language_and_region(language: str, region: str, long: str, short: str, named: str) -> None:
    """The region decides the order in English; Japanese has one of its own."""
    words = Words(language, region)
    assert (long_day(DAY, words), short_day(DAY, words), week_day(DAY, words)) == (long, short, named)


def test_every_way_in_takes_the_region_of_the_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands, popups and the page for a doctor write days as the screen does."""
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    home = Home()
    home.records.change_profile(lambda profile: replace(profile, language="en", region="us"))
    assert short_day(DAY, CommandContext.open(None).words) == "Nov 22"
    assert short_day(DAY, CommandContext.open("ja").words) == "11月22日"
    assert short_day(DAY, words_of(home)) == "Nov 22"
    assert "Made on November 22, 2026" in page(home, NOON, PageRequest(language="en"))


def test_many_days_are_counted_rather_than_listed() -> None:
    """The latest days are named; that there were more is said."""
    days = [date(2026, 11, day) for day in range(1, 9)]
    assert some_days(days, Words("en")) == "6 Nov, 7 Nov, 8 Nov (8 days in all)"
