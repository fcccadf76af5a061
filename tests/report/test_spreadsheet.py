"""The table for a spreadsheet: it opens as it is, in the person's words, and nothing in it runs."""

import csv
import io

import pytest

from coach.actions import goals
from coach.actions.export import exported
from coach.content import Content
from coach.domain.status.history import (
    CheckIn,
    Deleted,
    Edited,
    GoalScores,
    HabitChoice,
    Hurt,
    Screening,
    Session,
    Undone,
)
from coach.domain.triage.answers import Answers, KneePain, Knees, Pain
from coach.home import Home
from coach.report.spreadsheet import entries, spreadsheet
from coach.words import Words
from tests.report.conftest import NOW, moment


def table_of(home: Home, language: str = "en") -> list[dict[str, str]]:
    """Return the rows as a spreadsheet reads them."""
    records = entries(exported(home, NOW)[0]["records"], home.records.history())
    text = spreadsheet(records, home.content, Words(language), home.profile.goals)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_headings_and_answers_are_in_the_person_s_words(three_weeks: Home) -> None:
    """No path of our records shows, in either language."""
    for language, day, walking, felt in (
        ("en", "Day", "Pain when walking (0–10)", ("What it feels like", "tight")),
        ("ja", "日付", "歩くときの痛み(0〜10)", ("痛みの種類", "張る感じ")),
    ):
        first = table_of(three_weeks, language)[0]
        assert (first[day], first[walking]) == ("2026-11-02", "6")
        assert first[felt[0]] == felt[1]
        assert not [heading for heading in first if "." in heading or "_" in heading]


def test_each_answer_is_said_in_words_and_none_by_its_id(three_weeks: Home) -> None:
    """What was done with which leg, how it felt, and what the advice was; what no version knows stays as written."""
    words, content = Words("ja"), three_weeks.content
    routine, habit = next(iter(content.routines)), next(iter(content.habits))
    three_weeks.records.add(
        Session(id="s2", at=moment(2), routine=routine), HabitChoice(id="choice", at=moment(2), habit=habit)
    )
    rows = {row["ID"]: row for row in table_of(three_weeks, "ja")}

    def cell(entry_id: str, column: str) -> str:
        return rows[entry_id][words(f"report.spreadsheet.column.{column}")]

    stretch = content.stretches["seated-toe-pull"].name["ja"]
    legs = [f"{stretch} ({words(f'report.side.{side}')})" for side in ("right", "left")]
    assert cell("s1", "steps") == words("report.between").join(legs)
    assert cell("s2", "routine") == content.routines[routine].name["ja"]
    assert cell("choice", "habit") == content.habits[habit].name["ja"]
    assert cell("s1", "comfort") == words("common.comfort.pleasant")
    assert cell("s1", "outcome") == words("common.outcome.done")
    assert cell("c20", "told-headline") == words("common.headline.pause")
    assert rows["c20"][content.rules.signs["stuck-feeling"].short["ja"]] == words("common.answer.yes")
    assert cell("d1", "kept") == words("common.answer.yes")
    assert cell("h1", "stretch") == stretch
    assert cell("v1", "cleared") == content.rules.signs["stuck-feeling"].short["ja"]
    unknown = {"id": "n", "kind": "dream", "at": moment(1).isoformat(), "outcome": "flew", "hot": "warm", "x": "y"}
    text = spreadsheet([unknown], content, words)
    assert text.splitlines()[1].split(",")[2:] == ["dream", "warm", "flew", "y", "n"]


def test_every_heading_is_in_the_catalogue(home: Home) -> None:
    """Whatever is filled in: each column of the records that this version writes has a name."""
    content = Content.open()
    home.records.add(
        CheckIn(
            id="full",
            at=moment(1),
            answers=Answers(
                pain=Pain(rest=1, walking=2, during=3, morning=4, baseline=2),
                quality=("tight", "dull"),
                when=("morning",),
                sharp="no",
                hot="no",
                signs=dict.fromkeys(content.rules.signs, "no"),
                context=("diabetes",),
                side="both",
                knees=Knees(KneePain(2), KneePain(1)),
            ),
            medicine="=ibuprofen",
            goals={"gone": 3},
            asked=tuple(content.rules.signs),
            note="as ever",
        ),
        Screening(id="list", at=moment(2), signs=dict.fromkeys(content.rules.signs, "no")),
        Hurt(id="h", at=moment(1, 21), stretch="heel-down", pain=5, where="left"),
    )
    check_in = next(row for row in table_of(home, "ja") if row["ID"] == "full")
    assert not [heading for heading in check_in if heading.isascii() and heading != "ID"]
    assert check_in["持病など"] == "糖尿病"


def test_a_sign_stands_on_the_days_it_was_asked_alone(three_weeks: Home) -> None:
    """An answer that was carried over from an earlier day is not read as given again."""
    rows = table_of(three_weeks)
    heading = Content.open().rules.signs["stuck-feeling"].short["en"]
    assert [row["Day"] for row in rows if row[heading]] == ["2026-11-02", "2026-11-21"]


def test_a_corrected_entry_is_one_row(home: Home) -> None:
    """The 8 that was typed for a 3 is not counted in anybody's sum."""
    home.records.add(
        CheckIn(id="slip", at=moment(1, 8), answers=Answers(pain=Pain(walking=8))),
        CheckIn(id="mended", at=moment(1, 9), answers=Answers(pain=Pain(walking=3)), corrects="slip"),
    )
    assert [row["Pain when walking (0–10)"] for row in table_of(home)] == ["3"]


def test_a_changed_entry_is_one_row_and_a_deleted_one_is_none(home: Home) -> None:
    """The table has what the diary shows, on the day that it tells of; of another day there is no time."""
    home.records.add(
        CheckIn(id="a", at=moment(8, 8), answers=Answers(pain=Pain(walking=8))),
        CheckIn(id="b", at=moment(7, 8), answers=Answers(pain=Pain(walking=2)), day=moment(9).date()),
        CheckIn(id="c", at=moment(6, 8), answers=Answers(pain=Pain(walking=9))),
        Hurt(id="h", at=moment(6, 9)),
        Edited(id="e", at=moment(4), of="a", answers=Answers(pain=Pain(walking=3)), note="stairs"),
        Deleted(id="d", at=moment(4), of="c"),
        Deleted(id="f", at=moment(4), of="h"),
        Deleted(id="g", at=moment(4), of="b"),
        Undone(id="u", at=moment(3), of="g"),
    )
    rows = [(row["Day"], row["Time"], row["Pain when walking (0–10)"]) for row in table_of(home)]
    day = [moment(n).date().isoformat() for n in (9, 8)]
    assert sorted(rows) == [(day[0], "", "2"), (day[1], "08:00", "3")]
    assert {row["Note"] for row in table_of(home)} == {"stairs", ""}


@pytest.mark.parametrize(
    "note",
    ["=1+1", " =1+1", "\u3000=1", "\xa0+1", "\n-1", "\t@x", "＝1", "＋1", "－1", "＠x", "\u200b=1"],
    ids=ascii,
)
def test_no_note_is_run_as_a_formula(home: Home, note: str) -> None:
    """Blanks before the sign, also those that are not seen, and full-width signs do not hide it."""
    home.records.add(CheckIn(id="c", at=moment(1), answers=Answers(), note=note))
    assert table_of(home)[0]["Note"].startswith("'")


@pytest.mark.parametrize("note", ["as ever", "3-4 steps", "a\nb = c", "痛い"])
def test_other_notes_stay_as_written(home: Home, note: str) -> None:
    """Three lines stay three lines."""
    home.records.add(CheckIn(id="c", at=moment(1), answers=Answers(), note=note))
    assert table_of(home)[0]["Note"] == note


def test_a_goal_is_a_column_of_its_own_and_a_painkiller_stands_beside_the_number(home: Home) -> None:
    """Also where a correction named neither, and where the goal was scored by itself."""
    goals.add(home, "walk to the station", moment(9))
    (goal,) = home.profile.goals
    told = CheckIn(
        id="a", at=moment(1, 8), answers=Answers(pain=Pain(walking=8)), medicine="ibuprofen", goals={goal.id: 4}
    )
    mended = CheckIn(id="b", at=moment(1, 9), answers=Answers(pain=Pain(walking=3)), corrects="a")
    home.records.add(told, mended, GoalScores(id="c", at=moment(0, 9), goals={goal.id: 6}))
    rows = table_of(home)
    assert [row["Goal: walk to the station (0–10)"] for row in rows] == ["4", "6"]
    assert [(row["Pain when walking (0–10)"], row["Painkiller"]) for row in rows] == [("3", "ibuprofen"), ("", "")]
