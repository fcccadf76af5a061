"""Two knees: their highest number decides, and what was told of one is never the other's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.domain.status.carried_answers import corrected
from coach.domain.triage.answers import KNEES, Answers, Knee, KneePain, Knees, Pain, Side
from coach.domain.triage.decision import decide
from tests.domain.triage.documents import BOOK
from tests.helpers import examples

POINTS = st.one_of(st.none(), st.integers(0, 10))
KNEE_PAIN = st.builds(Knees, left=st.builds(KneePain, POINTS), right=st.builds(KneePain, POINTS))
SIDES = st.sampled_from((None, "left", "right", "both"))
ANSWERS = st.builds(
    Answers, pain=st.builds(Pain, walking=POINTS), knees=KNEE_PAIN, side=SIDES, sharp=st.just("no"), hot=st.just("no")
)


@given(ANSWERS)
@examples(100)
def test_the_worst_when_walking_is_never_below_a_knee(answers: Answers) -> None:
    """A document that tells a knee alone decides as one that tells its number as the worst when walking."""
    numbers = [points for knee in KNEES if (points := answers.knees.walking(knee)) is not None]
    assert all(answers.pain.walking is not None and answers.pain.walking >= points for points in numbers)
    alone = decide(replace(answers, knees=Knees()), BOOK)
    assert decide(answers, BOOK) == alone


@pytest.mark.parametrize(
    ("side", "left", "right", "of_left", "of_right"),
    [
        ("left", None, None, 5, None),
        ("right", None, None, None, 5),
        ("both", None, None, None, None),
        (None, None, None, None, None),
        ("left", 5, 1, 5, 1),
        ("left", None, 1, None, 1),
    ],
)
def test_a_number_belongs_to_the_knee_it_was_told_of(
    side: Side | None, left: int | None, right: int | None, of_left: int | None, of_right: int | None
) -> None:
    """One number of two knees belongs to neither by itself."""
    answers = Answers(pain=Pain(walking=5), side=side, knees=Knees(KneePain(left), KneePain(right)))
    assert (answers.walking_of("left"), answers.walking_of("right")) == (of_left, of_right)


@given(ANSWERS, ANSWERS)
@examples(100)
def test_a_correction_of_a_knee_leaves_the_other_as_it_was(before: Answers, after: Answers) -> None:
    """What it names is as named; a knee that it does not name keeps its number, unless one number is told for all."""
    mended = corrected(before, after, frozenset())
    for knee in KNEES:
        if after.knees.walking(knee) is not None:
            assert mended.knees.walking(knee) == after.knees.walking(knee)
        elif after.knees.told or after.pain.walking is None:
            assert mended.knees.walking(knee) == before.knees.walking(knee)
        else:
            assert mended.knees.walking(knee) is None


@pytest.mark.parametrize("knee", KNEES)
def test_an_eight_for_a_three_is_mended(knee: Knee) -> None:
    """The worst when walking comes down with the knee that gave it."""
    before = Answers(knees=Knees(KneePain(8), KneePain(8)))
    once = corrected(before, Answers(knees=Knees(**{knee: KneePain(3)})), frozenset())
    assert once.pain.walking == 8
    twice = corrected(once, Answers(knees=Knees(KneePain(3), KneePain(2))), frozenset())
    assert twice.pain.walking == 3
