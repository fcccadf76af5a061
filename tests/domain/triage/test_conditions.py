"""Each kind of condition by itself: when it holds, what would make it hold, and what would end it."""

from typing import Any

import pytest

from coach.domain.triage.conditions import (
    Answer,
    Condition,
    Facts,
    Highest,
    ListContains,
    Missing,
    Rise,
    SignAnswered,
    SignsNotAsked,
    changed,
)

SIGNS = ("locked-knee", "foot-weak")


def facts(**values: Any) -> Facts:
    """Return the facts of somebody who has answered nothing else, by path (``__`` for the dot)."""
    paths = {name.replace("__", "."): value for name, value in values.items()}
    return {
        "pain.rest": None, "pain.walking": None, "pain.baseline": None, "sharp": None, "hot": "unsure",
        "course.week": "same", "signs.locked-knee": "no", "signs.foot-weak": "no", "quality": (), "context": (),
        "named": {}, "other_signs": "unsure", "asked-only": True, "cleared": frozenset(), **paths,
    }  # fmt: skip


BETWEEN = Highest(("pain.rest", "pain.walking"), at_least=3, at_most=5)
OPEN = Highest(("pain.rest", "pain.walking"), at_least=6)
RISE = Rise("pain.walking", "pain.baseline", at_least=1, at_most=1)
STEEP = Rise("pain.walking", "pain.baseline", at_least=2)
SHARP = Answer(("sharp",), ("one-movement", "repeats"))
OFTEN = Answer(("sharp",), ("repeats",))
WORSE = Answer(("course.week",), ("worse",))
EITHER = Answer(("signs.locked-knee", "signs.foot-weak"), ("yes",))
NAMED = {"locked-knee": "yes", "foot-weak": "no"}
YES = SignAnswered("signs.locked-knee", "locked-knee", "yes")
UNSURE = SignAnswered("signs.locked-knee", "locked-knee", "unsure")
IN_PROGRAM = SignsNotAsked(("today",), SIGNS)
IN_DOCUMENT = SignsNotAsked(("today",), SIGNS, asked_only=False)
LISTED = ListContains("context", ("diabetes", "pregnant"))
UNCLEARED = ListContains("context", ("diabetes",), uncleared=True)

HOLDS: list[tuple[Condition, Facts, Any]] = [
    (BETWEEN, facts(), None),
    (BETWEEN, facts(pain__rest=2), None),
    (BETWEEN, facts(pain__rest=3), {"pain.rest": 3}),
    (BETWEEN, facts(pain__rest=3, pain__walking=5), {"pain.rest": 3, "pain.walking": 5}),
    (BETWEEN, facts(pain__rest=2, pain__walking=5), {"pain.walking": 5}),
    (BETWEEN, facts(pain__rest=3, pain__walking=6), None),
    (OPEN, facts(pain__rest=10), {"pain.rest": 10}),
    (RISE, facts(pain__walking=3, pain__baseline=2), {"pain.walking": 3, "pain.baseline": 2}),
    (RISE, facts(pain__walking=2, pain__baseline=2), None),
    (RISE, facts(pain__walking=4, pain__baseline=2), None),
    (STEEP, facts(pain__walking=4, pain__baseline=2), {"pain.walking": 4, "pain.baseline": 2}),
    (STEEP, facts(pain__walking=9, pain__baseline=0), {"pain.walking": 9, "pain.baseline": 0}),
    (RISE, facts(pain__walking=3), None),
    (RISE, facts(pain__baseline=3), None),
    (SHARP, facts(), None),
    (SHARP, facts(sharp="one-movement"), {"sharp": "one-movement"}),
    (EITHER, facts(named=NAMED, **{"signs.locked-knee": "yes"}), {"signs.locked-knee": "yes"}),
    (EITHER, facts(**{"signs.locked-knee": "yes"}), {"other_signs": "yes"}),
    (YES, facts(named={"locked-knee": "yes"}), {"signs.locked-knee": "yes"}),
    (YES, facts(named={"locked-knee": "unsure"}), None),
    (YES, facts(**{"signs.locked-knee": "yes"}), None),
    (IN_PROGRAM, facts(), {"other_signs": "unsure"}),
    (IN_PROGRAM, facts(named={"locked-knee": "no"}), {"other_signs": "unsure"}),
    (IN_PROGRAM, facts(named={"locked-knee": "no", "foot-weak": "no"}), None),
    (IN_PROGRAM, facts(other_signs="no"), None),
    (IN_PROGRAM, facts(**{"asked-only": False}), None),
    (IN_DOCUMENT, facts(**{"asked-only": False}), {"other_signs": "unsure"}),
    (IN_DOCUMENT, facts(), None),
    (LISTED, facts(), None),
    (LISTED, facts(context=("osteoporosis",)), None),
    (LISTED, facts(context=("pregnant", "osteoporosis", "diabetes")), {"context": ["pregnant", "diabetes"]}),
    (LISTED, facts(context=("diabetes",), cleared={"diabetes"}), {"context": ["diabetes"]}),
    (UNCLEARED, facts(context=("diabetes",), cleared={"diabetes"}), None),
    (UNCLEARED, facts(context=("diabetes",), cleared={"pregnant"}), {"context": ["diabetes"]}),
    (Missing(("pain.rest", "sharp")), facts(), {"pain.rest": None, "sharp": None}),
    (Missing(("pain.rest", "sharp")), facts(pain__rest=0), None),
]


@pytest.mark.parametrize(("condition", "given", "because"), HOLDS)
def test_a_condition_holds_by_its_answers(condition: Condition, given: Facts, because: Any) -> None:
    """Both cuts are included, and what is not known makes no rule fire but the one that says so."""
    assert condition.because(given) == because


RAISED: list[tuple[Condition, Facts, list[tuple[str, Any, int]]]] = [
    (BETWEEN, facts(pain__rest=1), [("pain.rest", 3, 2)]),
    (BETWEEN, facts(pain__rest=1, pain__walking=2), [("pain.rest", 3, 2), ("pain.walking", 3, 1)]),
    (BETWEEN, facts(pain__rest=1, pain__walking=3), []),
    (BETWEEN, facts(), []),
    (RISE, facts(pain__walking=2, pain__baseline=2), [("pain.walking", 3, 1)]),
    (RISE, facts(pain__walking=3, pain__baseline=2), []),
    (RISE, facts(pain__walking=9, pain__baseline=9), [("pain.walking", 10, 1)]),
    (RISE, facts(pain__walking=9, pain__baseline=10), []),
    (RISE, facts(pain__walking=3), []),
    (RISE, facts(pain__baseline=3), []),
    (SHARP, facts(), [("sharp", "one-movement", 1)]),
    (OFTEN, facts(sharp="no"), [("sharp", "repeats", 2)]),
    (OFTEN, facts(sharp="one-movement"), [("sharp", "repeats", 1)]),
    (SHARP, facts(sharp="one-movement"), [("sharp", "repeats", 1)]),
    (OFTEN, facts(sharp="repeats"), []),
    (WORSE, facts(**{"course.week": "better"}), [("course.week", "worse", 2)]),
    (
        EITHER,
        facts(**{"signs.locked-knee": "unsure"}),
        [("signs.locked-knee", "yes", 1), ("signs.foot-weak", "yes", 2)],
    ),
    (YES, facts(), [("signs.locked-knee", "yes", 2)]),
    (UNSURE, facts(), [("signs.locked-knee", "unsure", 1)]),
    (UNSURE, facts(**{"signs.locked-knee": "unsure"}), []),
    (UNSURE, facts(**{"signs.locked-knee": "yes"}), []),
    (IN_PROGRAM, facts(named=NAMED), []),
    (LISTED, facts(), []),
    (Missing(("sharp",)), facts(sharp="no"), []),
]


@pytest.mark.parametrize(("condition", "given", "raises"), RAISED)
def test_what_would_make_it_hold_is_the_nearest_worse_answer(
    condition: Condition, given: Facts, raises: list[tuple[str, Any, int]]
) -> None:
    """With how many steps it is away; a condition that one lives with, and what is not known, is not raised."""
    assert list(condition.raised(given)) == raises


CALMED: list[tuple[Condition, Facts, dict[str, Any]]] = [
    (BETWEEN, facts(pain__rest=4, pain__walking=2), {"pain.rest": 2}),
    (OPEN, facts(pain__rest=7, pain__walking=6), {"pain.rest": 5, "pain.walking": 5}),
    (STEEP, facts(pain__walking=8, pain__baseline=2), {"pain.walking": 3}),
    (SHARP, facts(sharp="repeats"), {"sharp": "no"}),
    (OFTEN, facts(sharp="repeats"), {"sharp": "one-movement"}),
    (WORSE, facts(**{"course.week": "worse"}), {"course.week": "same"}),
    (
        EITHER,
        facts(named=NAMED, **{"signs.locked-knee": "yes"}),
        {"signs.locked-knee": "unsure"},
    ),
    (EITHER, facts(**{"signs.locked-knee": "yes"}), {"other_signs": "no"}),
    (YES, facts(), {"signs.locked-knee": "unsure"}),
    (UNSURE, facts(), {"signs.locked-knee": "no"}),
    (IN_PROGRAM, facts(), {"other_signs": "no"}),
    (LISTED, facts(context=("pregnant", "osteoporosis")), {"context": ["osteoporosis"]}),
    (Missing(("sharp", "pain.rest")), facts(), {"sharp": "no"}),
    (Missing(("pain.rest", "sharp")), facts(), {"pain.rest": 0}),
]


@pytest.mark.parametrize(("condition", "given", "calmed"), CALMED)
def test_what_would_end_it_is_the_next_calmer_answer(
    condition: Condition, given: Facts, calmed: dict[str, Any]
) -> None:
    """Of numbers one below the cut, of words the nearest that is none of its own; a baseline is never moved."""
    assert condition.calmed(given) == calmed
    if condition not in (YES, UNSURE):
        assert condition.because(given) is not None


def test_a_change_of_the_answer_for_all_changes_what_was_not_named() -> None:
    """What was named keeps its answer; a sign that is changed is named from then on."""
    given = facts(named={"locked-knee": "yes"}, **{"signs.locked-knee": "yes", "signs.foot-weak": "unsure"})
    after = changed(given, {"other_signs": "no"})
    assert (after["signs.locked-knee"], after["signs.foot-weak"]) == ("yes", "no")
    named = changed(given, {"signs.foot-weak": "yes", "pain.rest": 3})
    assert named["named"] == {"locked-knee": "yes", "foot-weak": "yes"}
    assert (named["signs.foot-weak"], named["pain.rest"]) == ("yes", 3)
    assert changed(given, {"pain.rest": 3})["named"] is given["named"]
