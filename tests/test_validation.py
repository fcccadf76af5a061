"""Wrong data is told whole: every problem has its path, whatever the data and whatever it should be."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.exercise.stretch import Stretch
from coach.domain.profile import Profile
from coach.domain.status.history import CheckIn, Missed, Session
from coach.domain.triage.answers import Answers
from coach.domain.triage.rules import Rule
from coach.validation import Problem, problems_of

KINDS: tuple[type[msgspec.Struct], ...] = (Stretch, Profile, CheckIn, Missed, Session, Rule)
NAMES = sorted({name for kind in KINDS for name in kind.__struct_fields__} | {"pain", "walking", "test", "of"})
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(-2, 2000), st.floats(), st.sampled_from(["", "no", "seated"]))
DATA = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=9),
    max_leaves=25,
)


@settings(max_examples=50)
@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(NAMES), DATA, max_size=9))
def test_what_does_not_fit_has_a_place_and_a_reason(kind: type[msgspec.Struct], data: dict[str, Any]) -> None:
    """A problem is told exactly where msgspec would not take the data, and never as something unclear."""
    try:
        msgspec.convert(data, kind)
    except msgspec.ValidationError:
        problems = problems_of(data, kind)
        assert problems
        assert all(problem.keys and problem.reason != "unclear" for problem in problems)
    else:
        assert not problems_of(data, kind)


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        (Missed, {"kind": "missed", "id": "a", "at": "2026-11-22T08:00:00Z", "day": "soon"}, [
            (("day",), "type-date"), (("why",), "missing")
        ]),
        (Session, {"kind": "session", "id": 1, "at": "then", "routine": "r", "seconds": 90_000}, [
            (("id",), "type-text"), (("at",), "type-moment"), (("seconds",), "bound")
        ]),
        (CheckIn, {"id": "a", "at": "2026-11-22T08:00:00Z", "answers": {"signs": {"calf-ache": "perhaps"}, "hit": 1}}, [
            (("answers", "signs", "calf-ache"), "choice"), (("answers", "hit"), "unknown")
        ]),
    ],
)  # fmt: skip
def test_all_problems_are_told_at_once(kind: type, data: Any, expected: list[tuple[Any, str]]) -> None:
    """Whoever mends a file mends it once: tables tell their keys, and nothing hides behind the first problem."""
    assert [(problem.keys, problem.reason) for problem in problems_of(data, kind)] == expected


def test_the_bound_that_is_broken_is_told() -> None:
    """Too much names the most, too little the least."""
    assert [Problem((), "bound", value, bounds=(0, 10)).bound for value in (11, -1)] == ["<= 10", ">= 0"]


def test_half_a_letter_is_a_problem_like_any_other() -> None:
    """An escaped lone surrogate is told with its path, and ends nothing."""
    assert [problem.keys for problem in problems_of({"sharp": "\ud800"}, Answers)] == [("sharp",)]
