"""What the program writes into a field, it also reads: in every language that ships."""

from itertools import compress, product

import pytest

from coach.domain.reminders.reminder import WEEKDAYS
from coach.domain.reminders.time_text import days, minutes
from coach.words import LANGUAGES, Words
from coach.words.time_text import days_named, length_named


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_in_words_are_read_back(language: str) -> None:
    """Any choice of days survives a look at the form."""
    words = Words(language)
    for chosen in product((False, True), repeat=7):
        some = tuple(compress(WEEKDAYS, chosen))
        assert not some or days(days_named(some, words)) == some


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", [1, 2, 50, 60, 90, 120, 1440])
def test_lengths_in_words_are_read_back(language: str, length: int) -> None:
    """So does how often."""
    assert minutes(length_named(length, Words(language))) == length
