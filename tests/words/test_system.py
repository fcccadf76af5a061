"""What the system refuses is said in the person's language."""

import errno
import os

import pytest

from coach.words import LANGUAGES, Words, area
from coach.words.system import system_reason


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_refusal_of_the_system_is_said_in_the_language(number: int, language: str) -> None:
    """Each language has its own sentence for it; none shows a key, or the system's English."""
    reason = system_reason(os.strerror(number), Words(language))
    assert reason == area(language, "error")[f"system.{errno.errorcode[number]}"]


def test_what_is_not_known_stays_as_the_system_said_it() -> None:
    """Something to search for is better than nothing."""
    assert system_reason("Strange things", Words("ja")) == "Strange things"
