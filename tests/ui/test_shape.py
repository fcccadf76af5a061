"""The shapes of the states are told apart without colour, at every size in which they are drawn."""

import pytest

from coach.domain.triage.state import SHAPES, STATES
from coach.ui.widgets.shape import ring, sign


@pytest.mark.parametrize("height", [3, 4, 5, 6])
def test_no_two_shapes_look_alike(height: int) -> None:
    """Four states and the empty ring: each drawing is another, as high as asked for and twice as wide."""
    drawn = [*(sign(state, height) for state in STATES), ring(height)]
    assert len(set(drawn)) == len(drawn)
    assert all(len(rows) == height and {len(row) for row in rows} == {height * 2} for rows in drawn)


def test_each_state_has_a_sign_of_its_own() -> None:
    """One letter each, for lines of text and paper."""
    assert len(set(SHAPES.values())) == len(STATES) == len(SHAPES)
