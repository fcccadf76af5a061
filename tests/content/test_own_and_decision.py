"""A therapist's own content passes the decision: it can be gentler than the plan, never past it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import Ran

Coach = Callable[..., Ran]
EAGER = """
id = "my-hinge"
name = "A long hinge"
like = "soft-knee-hinge"
side = "left"
hold = {hold}
repetitions = 5
"""


@pytest.fixture
def day(coach: Coach, at: Callable[[str], datetime], tmp_path: Path) -> Callable[..., Any]:
    """Return a function that adds the stretch, checks in, and gives today's plan."""

    def plan(*answers: str, hold: int = 60, context: str = "none", alone: bool = False) -> Any:
        at("2026-11-23T09:00+09:00")
        coach("setup", "--yes", "--side", "left", "--context", context)
        path = tmp_path / "own.toml"
        path.write_text(EAGER.format(hold=hold), encoding="utf-8")
        assert coach("routines", "add", str(path)).code == 0
        if alone:
            path.write_text(
                'kind = "routine"\nid = "mine"\nname = "Mine"\nstretches = ["my-hinge"]\n', encoding="utf-8"
            )
            assert coach("routines", "add", str(path)).code == 0
        assert coach("check-in", "--rest", "0", *answers, "--none-of-the-signs").code == 0
        return coach("today", "--json").json()

    return plan


def own_steps(plan: Any) -> list[tuple[str, str, int, int]]:
    """Return the last stretch of the plan, step by step."""
    steps = [(one["stretch"], one["side"], one["hold_s"], one["reps"]) for one in plan["routine"]["steps"]]
    return [one for one in steps if one[0] == steps[-1][0]]


def test_on_a_good_day_it_is_done_as_written_on_its_side(day: Callable[..., Any]) -> None:
    """Sixty seconds, five times, on the left alone."""
    assert own_steps(day("--walking", "1")) == [("my-hinge", "left", 60, 5)]


def test_on_a_gentle_day_it_is_gentle_whatever_the_file_says(day: Callable[..., Any]) -> None:
    """The easier version, one hold of 20 seconds a side."""
    plan = day("--walking", "4")
    assert "my-hinge" not in {one["stretch"] for one in plan["routine"]["steps"]}
    assert {(one["hold_s"], one["reps"]) for one in plan["routine"]["steps"]} == {(20, 1)}


def test_what_stands_in_for_it_is_held_no_longer_than_it(day: Callable[..., Any]) -> None:
    """A therapist who wrote 12 seconds on the left does not find 20 on both sides because the day is gentle."""
    plan = day("--walking", "4", hold=12, alone=True)
    assert own_steps(plan) == [("seated-hinge", "left", 12, 1)]


def test_the_shipped_stretch_keeps_both_its_sides_beside_it(day: Callable[..., Any]) -> None:
    """Where both have the same easier version, it is done once, on both sides alike."""
    steps = own_steps(day("--walking", "4", hold=12))
    assert [one[:3] for one in steps] == [("seated-hinge", "left", 20), ("seated-hinge", "right", 20)]


def test_in_a_pause_there_is_nothing_of_it(day: Callable[..., Any]) -> None:
    """No file of one's own ends a pause."""
    plan = day("--walking", "7")
    assert plan["routine"] is None
    assert plan["activity"] == "pause"


def test_with_a_bulge_it_is_left_out(day: Callable[..., Any]) -> None:
    """Ankle pumps and quad sets stay, whoever wrote the other stretches."""
    plan = day("--walking", "1", "--sign", "bulge-or-pressure")
    assert {one["stretch"] for one in plan["routine"]["steps"]} <= {
        "ankle-pumps", "ankle-pumps-bed", "quad-set", "quad-set-bed"
    }  # fmt: skip


def test_being_unsure_of_a_bulge_changes_no_stretch(day: Callable[..., Any]) -> None:
    """Unsure is told with the decision; the routine stays as it is."""
    plan = day("--walking", "1", "--sign", "bulge-or-pressure=unsure")
    assert (plan["activity"], plan["advice"]) == ("go", "watch")
    assert "seated-toe-pull" in {one["stretch"] for one in plan["routine"]["steps"]}


def test_with_thin_bones_its_forward_lean_is_left_out(day: Callable[..., Any]) -> None:
    """What the shipped stretch is left out for holds for one's own that is like it."""
    plan = day("--walking", "1", context="osteoporosis")
    stretches = {one["stretch"] for one in plan["routine"]["steps"]}
    assert not stretches & {"my-hinge", "soft-knee-hinge", "seated-hinge"}
