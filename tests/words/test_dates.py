"""Days are written as each language writes them."""

from datetime import date

import pytest

from coach.words import Words
from coach.words.dates import long_day, short_day, some_days, week_day

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("language", "long", "short", "named"),
    [
        ("en", "22 November 2026", "22 Nov", "Sun 22 Nov"),
        ("ja", "2026年11月22日", "11月22日", "11月22日(日)"),
    ],
)
def test_a_day_in_each_language(language: str, long: str, short: str, named: str) -> None:
    """The order of the parts is the language's own."""
    words = Words(language)
    assert (long_day(DAY, words), short_day(DAY, words), week_day(DAY, words)) == (long, short, named)


def test_many_days_are_counted_rather_than_listed() -> None:
    """The latest days are named; that there were more is said."""
    days = [date(2026, 11, day) for day in range(1, 9)]
    assert some_days(days, Words("en")) == "6 Nov, 7 Nov, 8 Nov (8 days in all)"
