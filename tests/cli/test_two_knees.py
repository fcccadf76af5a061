"""What a check-in holds beside the answers: the side, each knee, a painkiller, and goals."""

import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from coach.home import Home
from tests.helpers import Ran

Coach = Callable[..., Ran]
At = Callable[[str], datetime]


class Terminal(io.StringIO):
    """A person at a terminal, who types what is given."""

    def isatty(self) -> bool:
        return True


def check_ins(coach: Coach) -> list[Any]:
    """Return what ``coach history --json`` tells of them."""
    told: list[Any] = coach("history", "--json").json()["check_ins"]
    return told


def test_each_check_in_keeps_the_side_it_was_about(coach: Coach) -> None:
    """Another side in the settings relabels nothing of what was told before."""
    coach("setup", "--yes", "--side", "left")
    coach("check-in", "--walking", "3", "--none-of-the-signs")
    coach("setup", "--yes", "--side", "right")
    coach("check-in", "--walking", "2", "--none-of-the-signs")
    coach("check-in", "--left", "4", "--right", "1", "--none-of-the-signs")
    coach("check-in", "--left", "5", "--none-of-the-signs")
    assert [entry["side"] for entry in check_ins(coach)] == ["left", "right", "both", "left"]
    assert check_ins(coach)[2]["knees"] == {"left": {"walking": 4}, "right": {"walking": 1}}
    assert [entry["answers"]["pain"]["walking"] for entry in check_ins(coach)] == [3, 2, 4, 5]
    text = coach("history").out
    assert "left knee 3" in text
    assert "right knee 2" in text
    assert "left knee 4, right knee 1" in text


def test_the_higher_knee_decides(coach: Coach) -> None:
    """One calm knee takes nothing from the other, nor from a number told beside both."""
    told = coach("check-in", "--left", "7", "--right", "1", "--none-of-the-signs", "--json").json()
    assert told["activity"] == "pause"
    assert told["knees"] == {"left": {"walking": 7}, "right": {"walking": 1}}
    beside = coach("check-in", "--walking", "6", "--left", "2", "--none-of-the-signs", "--json").json()
    assert beside["activity"] == "pause"


def test_a_slip_of_one_knee_is_mended_and_the_other_stays(coach: Coach) -> None:
    """An 8 for a 3 in the left knee says nothing of the right one."""
    told = coach("check-in", "--left", "8", "--right", "1", "--none-of-the-signs", "--json").json()
    mended = coach("check-in", "--corrects", told["id"], "--left", "3", "--json").json()
    assert (mended["side"], mended["knees"]) == ("both", {"left": {"walking": 3}, "right": {"walking": 1}})
    assert mended["today"]["activity"] == "gentle"


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ({"knees": {"left": {"walking": 11}}}, "knees.left.walking: 11 is not between 0 and 10"),
        ({"knees": {"left": {"walking": "3"}}}, 'knees.left.walking: "3" is not a whole number'),
        ({"knees": {"middle": {"walking": 3}}}, "knees.middle: there is no such key"),
        ({"knees": {"left": {"resting": 3}}}, "knees.left.resting: there is no such key"),
        ({"knees": {"left": 3}}, "knees.left: 3 is not an object"),
        ({"knees": None}, "knees: null is not an object"),
        ({"side": "up"}, 'side: "up" is not one of left, right, both'),
        ({"side": None}, "side: null is not one of left, right, both"),
    ],
)
def test_a_problem_of_a_knee_is_told_with_its_path(coach: Coach, tmp_path: Path, document: Any, problem: str) -> None:
    """``coach assess`` and ``coach check-in --answers`` say it alike, and nothing is kept."""
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(document))
    for ran in (coach("assess", str(file)), coach("check-in", "--answers", str(file))):
        assert ran.code == 65
        assert ran.err.startswith(problem)
    assert check_ins(coach) == []


def test_a_document_tells_its_side_and_its_knees(coach: Coach, tmp_path: Path) -> None:
    """Assess takes them, and a check-in keeps them as they are told."""
    file = tmp_path / "answers.json"
    document = {"side": "left", "knees": {"left": {"walking": 3}, "right": {"walking": 1}}, "sharp": "no", "hot": "no"}
    file.write_text(json.dumps({**document, "other_signs": "no"}))
    assert coach("assess", str(file), "--json").json()["activity"] == "gentle"
    coach("check-in", "--answers", str(file))
    (entry,) = check_ins(coach)
    assert entry["side"] == "left"
    assert entry["answers"]["pain"]["walking"] == 3


def test_a_painkiller_stands_beside_the_number(coach: Coach) -> None:
    """In the history, in what programs read, and in the line for a status bar."""
    coach("check-in", "--walking", "2", "--none-of-the-signs", "--medicine", " ibuprofen\n 400 ")
    assert check_ins(coach)[0]["medicine"] == "ibuprofen 400"
    assert "(with ibuprofen 400)" in coach("history").out
    assert coach("status", "--json").json()["last"]["medicine"] == "ibuprofen 400"


def test_a_painkiller_takes_part_in_the_way_back_only_after_a_visit(coach: Coach, at: At) -> None:
    """And until then the program says why two calm days did not lead back."""
    at("2026-11-23T08:00+09:00")
    coach("check-in", "--rest", "0", "--walking", "7", "--none-of-the-signs")
    for moment in ("2026-11-25T09:00+09:00", "2026-11-26T10:00+09:00"):
        at(moment)
        coach("check-in", "--rest", "0", "--walking", "1", "--none-of-the-signs", "--medicine", "x")
    assert coach("today", "--json").json()["activity"] == "pause"
    assert "painkiller" in coach("today").out
    coach("seen", "--by", "Dr Sato")
    for moment in ("2026-11-27T09:00+09:00", "2026-11-28T10:00+09:00"):
        at(moment)
        coach("check-in", "--rest", "0", "--walking", "1", "--none-of-the-signs", "--medicine", "x")
    assert coach("today", "--json").json()["activity"] == "gentle"


def test_goals_are_scored_by_their_numbers_and_their_change_is_told(coach: Coach, at: At) -> None:
    """Renamed, a goal keeps its course; ended, it is no longer asked, and its scores stay."""
    at("2026-11-02T08:00+09:00")
    coach("setup", "--yes", "--goal", "walk to the station", "--goal", "stairs")
    coach("check-in", "--walking", "2", "--none-of-the-signs", "--goal", "1=4", "--goal", "2=5")
    at("2026-11-23T08:00+09:00")
    said = coach("check-in", "--walking", "2", "--none-of-the-signs", "--goal", "1=7", "--goal", "2=7")
    assert "walk to the station: 4 on 2 Nov → 7 on 23 Nov (+3, a real change)" in said.out
    assert "+2.5 on average, a real change" in said.out
    coach("goals", "rename", "1", "walk to the park")
    told = coach("goals", "end", "2", "--json").json()
    assert [(goal["text"], goal["change"], goal["real"]) for goal in told["goals"]] == [("walk to the park", 3, True)]
    assert [goal["text"] for goal in told["ended"]] == ["stairs"]
    coach("setup", "--yes", "--goal", "walk to the park", "--goal", "Stairs")
    assert [goal["change"] for goal in coach("goals", "--json").json()["goals"]] == [3, 2]


@pytest.mark.parametrize(
    "wrong",
    [
        ("check-in", "--goal", "3=4"),
        ("check-in", "--goal", "0=4"),
        ("check-in", "--goal", "1=11"),
        ("check-in", "--goal", "1"),
        ("check-in", "--left", "11"),
        ("setup", "--yes", "--goal", "a", "--goal", "b", "--goal", "c", "--goal", "d"),
        ("setup", "--yes", "--goal", " "),
        ("setup", "--yes", "--goal", "a" * 121),
        ("goals", "end", "9"),
        ("goals", "end", "x"),
        ("goals", "rename", "1"),
        ("goals", "add"),
    ],
)
def test_a_goal_that_is_none_is_refused_and_nothing_is_kept(coach: Coach, home: Home, wrong: tuple[str, ...]) -> None:
    """Exit 2, one line, and the goals as they were."""
    coach("setup", "--yes", "--goal", "stairs", "--goal", "kneel")
    before = home.profile.goals
    ran = coach(*wrong)
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1
    assert home.profile.goals == before
    assert check_ins(coach) == []


def test_goals_go_along_and_merge(coach: Coach, home: Home, tmp_path: Path) -> None:
    """An export brought to a machine with goals of its own keeps both, with their scores."""
    coach("setup", "--yes", "--goal", "stairs")
    coach("check-in", "--goal", "1=4", "--walking", "1", "--none-of-the-signs")
    file = tmp_path / "all.json"
    coach("export", str(file))
    coach("erase", "--yes")
    coach("setup", "--yes", "--goal", "kneel")
    coach("import", str(file))
    assert {goal.text for goal in home.profile.goals} == {"stairs", "kneel"}
    once = home.profile
    coach("import", str(file))
    assert home.profile == once
    times = {goal["text"]: goal["times"] for goal in coach("goals", "--json").json()["goals"]}
    assert times == {"stairs": 1, "kneel": 0}


def test_at_a_terminal_each_knee_is_asked_where_it_is_about_both(
    coach: Coach, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One number a knee, then Enter."""
    coach("setup", "--yes", "--side", "both")
    coach("check-in", "--walking", "1", "--none-of-the-signs")
    monkeypatch.setattr("sys.stdin", Terminal("3\n1\n\n"))
    assert coach("check-in").code == 0
    last = home.records.history().check_ins[-1].answers
    assert (last.walking_of("left"), last.walking_of("right")) == (3, 1)


def test_full_width_digits_score_a_goal(coach: Coach, home: Home) -> None:
    """Many type with the input method on."""
    coach("setup", "--yes", "--goal", "駅まで歩く")
    assert coach("check-in", "--goal", "\uff11\uff1d\uff14", "--walking", "1", "--none-of-the-signs").code == 0
    assert list(home.records.history().check_ins[0].goals.values()) == [4]
