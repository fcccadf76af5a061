"""What the system refuses is said in the person's language."""

import errno
import os

import pytest

from coach.errors import CoachError
from coach.words import LANGUAGES, Words, area
from coach.words.system import error_text, system_reason


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_refusal_of_the_system_is_said_in_the_language(number: int, language: str) -> None:
    """Each language has its own sentence for it; none shows a key, or the system's English."""
    reason = system_reason(os.strerror(number), Words(language))
    assert reason == area(language, "error")[f"system.{errno.errorcode[number]}"]


def test_what_is_not_known_stays_as_the_system_said_it() -> None:
    """Something to search for is better than nothing."""
    assert system_reason("Strange things", Words("ja")) == "Strange things"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_says_why_in_the_language(language: str) -> None:
    """The sentence and what the system said in it are of one language."""
    error = CoachError("records.error.no-rights", path="x.json", reason=os.strerror(errno.EROFS))
    text = error_text(error, Words(language))
    assert area(language, "error")["system.EROFS"] in text
    assert os.strerror(errno.EROFS) not in text
