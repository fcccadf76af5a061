"""Reading answers: any document at all is read or refused with lines, and what is refused is shown harmlessly."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.actions.triage.answers_document import parse, read_answers
from coach.content import Content
from coach.errors import DataError
from coach.words import Words
from tests.helpers import examples

BOOK = Content.open().rules
WORDS = Words("en")
KEYS = (
    "pain",
    "walking",
    "rest",
    "signs",
    "locked-knee",
    "other_signs",
    "course",
    "week",
    "sharp",
    "hot",
    "context",
    "no",
)
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from(KEYS))
DOCUMENTS = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(), inner, max_size=6),
    max_leaves=20,
)


def refused(read: Callable[[], object]) -> tuple[str, ...] | None:
    """Return the lines with which something is refused; None where it is read."""
    try:
        read()
    except DataError as error:
        return error.problems
    return None


@given(DOCUMENTS)
@examples(150)
def test_any_json_is_read_or_refused_in_printable_lines(document: Any) -> None:
    """No document ends in a traceback, and none can write control characters to a terminal through a message."""
    problems = refused(lambda: read_answers(document, BOOK, WORDS))
    assert problems is None or problems
    assert all(line.isprintable() for line in problems or ())


@given(st.binary(max_size=60))
@examples(100)
def test_any_bytes_are_json_or_refused_in_one_line(raw: bytes) -> None:
    """A picture given by mistake is one line as well."""
    problems = refused(lambda: parse(raw, WORDS))
    assert problems is None or len(problems) == 1


@pytest.mark.parametrize("depth", [900, 985, 995, 2000, 200_000])
def test_a_document_nested_beyond_reason_is_refused(depth: int) -> None:
    """Neither reading it nor showing it falls over."""
    with pytest.raises(DataError):
        read_answers(parse(f'{{"pain": {"[" * depth}{"]" * depth}}}', WORDS), BOOK, WORDS)


def test_numbers_of_thousands_of_digits_are_refused() -> None:
    """Python itself refuses to write them out."""
    for digits in (30, 4000, 5000):
        with pytest.raises(DataError):
            read_answers(parse('{"course": {"rest_days": 1%s}}' % ("0" * digits), WORDS), BOOK, WORDS)


def test_what_is_written_out_is_read_back_the_same() -> None:
    """A whole document survives the way to JSON and back."""
    document = {"pain": {"walking": 3, "rest": None}, "quality": ["tight"], "signs": {"locked-knee": "unsure"}}
    answers = read_answers(parse(json.dumps(document), WORDS), BOOK, WORDS)
    assert answers.pain.walking == 3
    assert answers.pain.rest is None
    assert answers.sign("locked-knee") == "unsure"
    assert answers.sign("calf-ache") == "unsure"
