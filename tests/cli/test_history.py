"""``coach history``, and what changes it: another day, an edit, a deletion, and taking them back."""

from collections.abc import Callable
from datetime import datetime

import pytest

from coach.home import Home
from coach.words import Words
from coach.words.moments import moment
from tests.helpers import Ran

Coach = Callable[..., Ran]
At = Callable[[str], datetime]

DAY = ("check-in", "--none-of-the-signs", "--json")


def today(coach: Coach) -> tuple[str, str]:
    """Return activity and advice of today."""
    document = coach("today", "--json").json()
    return document["activity"], document["advice"]


def test_another_day_is_listed_on_its_day(coach: Coach, at: At) -> None:
    """What was told of yesterday stands under yesterday, and says so; the answer names the day."""
    at("2026-11-24T09:00+09:00")
    made = coach(*DAY, "--walking", "4", "--day", "yesterday").json()
    assert made["day"] == "2026-11-23"
    coach(*DAY, "--walking", "2")
    listed = coach("history", "--json").json()["check_ins"]
    assert [(check_in["day"], check_in["answers"]["pain"]["walking"]) for check_in in listed] == [
        ("2026-11-23", 4),
        ("2026-11-24", 2),
    ]
    assert listed[0]["id"] == made["id"]
    text = coach("history").out
    assert "2026-11-23   –    check-in" in text
    assert "noted later" in text
    assert "Mon 23 Nov" in coach("check-in", "--day", "2026-11-23", "--walking", "1").out


@pytest.mark.parametrize("day", ["tomorrow", "2026-11-25", "2026-09-24", "soon", "2026-13-01", ""])
def test_a_day_that_cannot_be_told_of_is_refused(coach: Coach, home: Home, at: At, day: str) -> None:
    """Not the future, not longer ago than 60 days, and no word that is no day: one line, nothing kept."""
    at("2026-11-24T09:00+09:00")
    ran = coach("check-in", "--walking", "1", "--day", day)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert home.records.history().check_ins == ()


@pytest.mark.parametrize("day", ["2026-09-25", "today", "YESTERDAY", "2026-11-24"])
def test_sixty_days_back_is_the_most(coach: Coach, at: At, day: str) -> None:
    """Two months are remembered well enough."""
    at("2026-11-24T09:00+09:00")
    assert coach("check-in", "--walking", "1", "--day", day).code == 0


def test_yesterday_can_make_today_stricter_and_never_milder(coach: Coach, at: At) -> None:
    """An emergency sign of yesterday is one of today; a quiet yesterday answers nothing of today."""
    at("2026-11-24T09:00+09:00")
    assert "not-asked" in str(coach("today", "--json").json())
    coach(*DAY, "--walking", "0", "--day", "yesterday")
    assert today(coach) == ("gentle", "none")
    coach(*DAY, "--walking", "0")
    assert today(coach) == ("go", "none")
    said = coach("check-in", "--day", "yesterday", "--sign", "chest-or-breath", "--json").json()
    assert said["today"]["headline"] == "emergency"
    assert today(coach) == ("pause", "emergency")


def test_an_old_entry_is_changed_and_shows_so(coach: Coach, at: At) -> None:
    """The list, the page and the table have the number as it was changed; the page for a doctor too."""
    at("2026-11-20T09:00+09:00")
    old = coach(*DAY, "--walking", "2").json()["id"]
    at("2026-11-24T09:00+09:00")
    coach(*DAY, "--walking", "2")
    ran = coach("history", "edit", old, "--walking", "5", "--note", "stairs", "--json")
    said = ran.json()
    assert (ran.code, said["of"]) == (0, old)
    assert said["entry"]["answers"]["pain"]["walking"] == 5
    first = coach("history", "--json").json()["check_ins"][0]
    assert (first["id"], first["answers"]["pain"]["walking"], first["note"]) == (old, 5, "stairs")
    assert "changed since" in coach("history").out
    page = coach("summary", "--format", "json").json()
    assert [day["walking"] for day in page["pain"] if day["walking"] is not None] == [5, 2]
    assert coach("history", "undo", old).code == 0
    assert coach("history", "--json").json()["check_ins"][0]["answers"]["pain"]["walking"] == 2


def test_only_what_was_changed_says_so(coach: Coach, at: At) -> None:
    """Of an entry with a correction and a change the last is the changed one; taken back, none is."""
    at("2026-11-24T09:00+09:00")
    first = coach(*DAY, "--walking", "2").json()["id"]
    at("2026-11-24T09:05+09:00")
    mended = coach(*DAY, "--walking", "3", "--corrects", first).json()["id"]
    at("2026-11-24T09:10+09:00")

    def edited() -> dict[str, bool]:
        return {told["id"]: told["edited"] for told in coach("history", "--json").json()["check_ins"]}

    assert edited() == {first: False, mended: False}
    assert "changed since" not in coach("history").out
    change = coach("history", "edit", first, "--walking", "4")
    assert change.code == 0
    assert "changed since" not in change.out
    assert edited() == {first: False, mended: True}
    assert coach("history").out.count("changed since") == 1
    coach("history", "undo", first)
    assert edited() == {first: False, mended: False}


def test_a_late_change_is_no_way_round_a_pause(coach: Coach, at: At) -> None:
    """Neither changed nor taken out does an old sign end its pause; within a day a slip does."""
    at("2026-11-20T09:00+09:00")
    old = coach(*DAY, "--sign", "locked-knee").json()["id"]
    at("2026-11-22T09:00+09:00")
    coach("history", "edit", old, "--sign", "locked-knee=no")
    assert today(coach) == ("pause", "today")
    coach("history", "delete", old)
    assert coach("history", "--json").json()["check_ins"] == []
    assert today(coach) == ("pause", "today")


def test_within_a_day_a_slip_is_taken_out(coach: Coach, home: Home, at: At) -> None:
    """A sign by mistake is gone with its pause; brought back, it pauses again; all records are kept."""
    at("2026-11-20T08:00+09:00")
    coach(*DAY, "--walking", "1")
    slip = coach(*DAY, "--sign", "locked-knee").json()["id"]
    at("2026-11-20T12:00+09:00")
    coach("history", "delete", slip)
    assert today(coach) == ("go", "none")
    assert coach("history", "delete", slip).code == 1
    coach("history", "undo", slip)
    assert today(coach) == ("pause", "today")
    history = home.records.history()
    assert (len(history.check_ins), len(history.deletions), len(history.undos)) == (2, 1, 1)


def test_an_entry_of_any_kind_can_be_taken_out(coach: Coach) -> None:
    """*It hurts* by a slip of the hand is taken out like anything else."""
    coach(*DAY, "--walking", "1")
    coach("hurts")
    hurt = coach("history", "--json").json()["hurts"][0]["id"]
    assert f"[{hurt}]" in coach("history").out
    assert today(coach)[0] == "pause"
    assert coach("history", "delete", hurt).code == 0
    assert today(coach)[0] == "go"
    assert coach("history", "--json").json()["hurts"] == []


def test_a_number_never_meant_is_taken_back(coach: Coach) -> None:
    """The seven was typed into the wrong field."""
    made = coach(*DAY, "--rest", "7", "--walking", "1").json()["id"]
    coach("history", "edit", made, "--rest", "none", "--walking", "7")
    pain = coach("history", "--json").json()["check_ins"][0]["answers"]["pain"]
    assert (pain["rest"], pain["walking"]) == (None, 7)


def test_own_words_of_an_edit_are_read_for_signs(coach: Coach) -> None:
    """A sign that the new words name counts as unsure, and the answer says how to answer it."""
    made = coach(*DAY, "--walking", "1").json()["id"]
    ran = coach("history", "edit", made, "--note", "I have chest pain")
    assert "--sign chest-or-breath" in ran.err
    assert today(coach) == ("pause", "today")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("edit", "nobody", "--walking", "1"), 1), (("delete", "nobody"), 1), (("undo", "nobody"), 1),
        (("edit", "HERE"), 2), (("edit", "HERE", "--walking", "11"), 2), (("edit", "HERE", "--day", "2030-01-01"), 2),
        (("edit", "HURT", "--walking", "1"), 2), (("undo", "HERE"), 1), (("edit",), 2),
    ],
)  # fmt: skip
def test_what_cannot_be_changed_is_said_in_a_line(coach: Coach, words: tuple[str, ...], code: int) -> None:
    """Each with its exit status, and nothing is kept."""
    coach("hurts")
    names = {
        "HERE": coach(*DAY, "--walking", "1").json()["id"],
        "HURT": coach("history", "--json").json()["hurts"][0]["id"],
    }
    before = coach("history", "--json").out
    ran = coach("history", *(names.get(word, word) for word in words))
    assert ran.code == code
    assert ran.err.strip()
    assert coach("history", "--json").out == before


def test_a_pause_is_listed_while_it_runs_and_after(coach: Coach, home: Home, at: At) -> None:
    """Since when, for what, and until when it was."""
    at("2026-11-20T12:00+09:00")
    coach(*DAY, "--rest", "7")
    words = Words("en")
    reason = next(words.pick(rule.text) for rule in home.content.rules.rules if rule.id == "rest-6")
    pause = words("plan.history.pause", reason=reason, end=words("plan.history.running"))
    assert f"2026-11-20 12:00  {pause}" in coach("history").out.splitlines()
    for day in (21, 22, 23):
        now = at(f"2026-11-{day}T12:00+09:00")
        coach(*DAY, "--rest", "0", "--walking", "1")
    ended = moment(datetime.fromisoformat("2026-11-22T12:00+09:00"), words, now)
    pause = words("plan.history.pause", reason=reason, end=words("plan.history.ended", moment=ended))
    assert f"2026-11-20 12:00  {pause}" in coach("history").out.splitlines()


def test_where_nothing_was_noted_that_is_said(coach: Coach, at: At) -> None:
    """Of the days asked for; today is one of them, from midnight on."""
    none = Words("en")("plan.history.none", n=1)
    at("2026-11-23T08:00+09:00")
    assert coach("history", "--days", "1").out.splitlines() == [none]
    coach(*DAY, "--walking", "1")
    coach("hurts")
    assert none not in coach("history", "--days", "1").out
    at("2026-11-24T00:00+09:00")
    hurt = coach("hurts", "--json").json()["id"]
    found = coach("history", "--days", "1", "--json").json()
    assert (found["check_ins"], [one["id"] for one in found["hurts"]]) == ([], [hurt])
    assert len(coach("history", "--days", "2", "--json").json()["hurts"]) == 2


def test_a_note_of_three_lines_stands_in_three(coach: Coach, home: Home) -> None:
    """Kept as written, and listed line below line."""
    coach(*DAY, "--walking", "1", "--note", "one\n二\nthree")
    assert home.records.history().check_ins[0].note == "one\n二\nthree"
    lines = coach("history").out.splitlines()
    assert lines[0].endswith("one")
    assert [line.strip() for line in lines[1:3]] == ["二", f"three”  [{home.records.history().check_ins[0].id}]"]
