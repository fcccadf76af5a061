"""The page for a doctor: what was noted, what was not asked, and nothing that the person did not choose to show."""

import json
import re
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest
from msgspec.structs import replace

from coach.actions import goals
from coach.actions.setup import set_up
from coach.domain.status.history import CheckIn, GoalScores
from coach.domain.triage.answers import Answers, Pain
from coach.domain.triage.state import STATES
from coach.home import Home
from coach.report.chart import MEDICINE, STATE_SHAPES, chart
from coach.report.data import SummaryData
from coach.report.formats import FORMATS, PageRequest, page
from coach.report.gather import summary
from coach.report.limits import AMPLE, BRIEF, SHORT, TIGHT, WHOLE, ListLimits
from coach.report.sections import sections
from coach.words import Words
from tests.helpers import Ran, beginning
from tests.report import samples
from tests.report.conftest import DOCTOR, NOTE, NOW, moment

Coach = Callable[..., Ran]
At = Callable[[str], datetime]


def lines_of(section: str, data: SummaryData, limits: ListLimits = AMPLE) -> tuple[str, ...]:
    """Return the lines of one section of the page in English."""
    return next(part.lines for part in sections(data, Words("en"), limits) if part.key == section)


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_in_words_of_their_own_unless_they_chose_it(three_weeks: Home, form: str) -> None:
    """A note and the name of a clinic stay at home; that something was left out is said."""
    text = page(three_weeks, NOW, PageRequest(form=form, language="both"))  # type: ignore[arg-type]
    assert "stairs[" not in text.replace("\\", "")
    assert DOCTOR not in text
    assert "Hanako" not in text


@pytest.mark.parametrize("form", FORMATS)
def test_what_they_chose_to_show_is_there_as_written(three_weeks: Home, form: str) -> None:
    """Notes and a name come where asked for, brackets and all, in every format."""
    text = page(three_weeks, NOW, PageRequest(form=form, language="en", notes=True, name="Hanako [x]"))  # type: ignore[arg-type]
    plain = text.replace("\\", "") if form == "md" else text
    assert "Hanako [x]" in plain
    assert "stairs[/b]" in plain


@pytest.mark.parametrize("form", ["md", "json"])
def test_every_note_is_whole_where_no_sheet_ends(home: Home, form: str) -> None:
    """A long note in three lines keeps its length and its lines, and twenty notes are twenty."""
    long = "slow " * 60 + "\n- on the stairs\r\nthen calm"
    home.records.add(
        *(CheckIn(id=f"c{n}", at=moment(n), answers=Answers(), note=f"{n} {long}") for n in range(20)),
    )
    text = page(home, NOW, PageRequest(form=form, language="en", notes=True))  # type: ignore[arg-type]
    if form == "json":
        assert [note["text"] for note in json.loads(text)["notes"]] == [f"{n} {long}" for n in range(19, -1, -1)]
    else:
        lines = [line.strip() for line in text.splitlines()]
        starts = [place for place, line in enumerate(lines) if line.endswith("slow slow slow")]
        assert len(starts) == 20
        assert all(lines[place + 1 : place + 3] == ["\\- on the stairs", "then calm"] for place in starts)
        assert all(lines[place].count("slow") == 60 for place in starts)


def test_a_note_that_was_corrected_is_not_shown(home: Home) -> None:
    """What the person took back does not reach the doctor."""
    home.records.add(
        CheckIn(id="slip", at=moment(1, 8), answers=Answers(), note="left knee"),
        CheckIn(id="mended", at=moment(1, 9), answers=Answers(), note="right knee", corrects="slip"),
    )
    assert [note.text for note in summary(home, NOW, notes=True).notes] == ["right knee"]


def test_a_note_can_never_become_part_of_the_page_itself(three_weeks: Home) -> None:
    """Markup and control characters of a note are shown, not obeyed."""
    text = page(three_weeks, NOW, PageRequest(language="en", notes=True))
    assert "<script" not in text
    assert "\x1b" not in text
    assert "\x1b" not in page(three_weeks, NOW, PageRequest(form="md", language="en", notes=True))


@pytest.mark.parametrize("language", ["en", "ja", "both"])
def test_the_page_loads_nothing_and_runs_nothing(three_weeks: Home, language: str) -> None:
    """It is one file: no script, no address to load from, no font from elsewhere."""
    text = page(three_weeks, NOW, PageRequest(language=language))
    assert "<script" not in text
    assert not re.search(r"(?:src|href|url|@import)\s*[=(]\s*[\"']?(?!#|url\(#)(?:https?:)?//", text)
    assert set(re.findall(r"https?://[^\"' <]+", text)) <= {"http://www.w3.org/2000/svg"}
    assert 'charset="utf-8"' in text
    assert "default-src 'none'" in text


def test_warning_signs_come_first_then_the_four_points_of_a_consultation(three_weeks: Home) -> None:
    """Warning signs before all else; then since when, which movement, strength and change, what was tried."""
    page_sections = sections(summary(three_weeks, NOW), Words("en"))
    assert [section.key for section in page_sections[:5]] == ["signs", "since", "movement", "strength", "tried"]


def test_what_was_not_asked_and_the_limits_are_said(three_weeks: Home) -> None:
    """A sign that was never asked does not read as one that is absent; nobody examined anything."""
    data = summary(three_weeks, NOW)
    assert "lump behind the knee that pulses" in " ".join(lines_of("not-asked", data))
    assert "No clinician has reviewed" in " ".join(lines_of("limits", data))
    assert "1 note in their own words" in " ".join(lines_of("limits", data))


def test_signs_stand_with_their_days_and_their_latest_answer(three_weeks: Home) -> None:
    """A sign of three weeks ago that has gone since is told as both."""
    (line,) = lines_of("signs", summary(three_weeks, NOW))
    assert "yes on 2 Nov" in line
    assert "Last answer: no" in line


def test_a_pause_says_its_days_and_the_answers_that_gave_it(three_weeks: Home) -> None:
    """The reason is the number that the person gave."""
    (line,) = lines_of("pauses", summary(three_weeks, NOW))
    assert line.startswith("2 Nov to 10 Nov: ")
    assert "6" in line


def test_days_bound_what_is_looked_at(three_weeks: Home) -> None:
    """A page over a week counts a week; what lies before it is not in it."""
    data = summary(three_weeks, NOW, days=7)
    assert (data.days, data.noted, data.pauses) == (7, 1, ())
    assert data.first_note is not None
    assert data.first_note < data.first


def test_an_urgent_sign_is_never_among_what_is_shortened() -> None:
    """However full the page: each sign that asks for being seen the same day stands on it by name."""
    data = samples.fullest()
    urgent = [line.sign.text["en"] for line in data.signs if line.group in samples.URGENT]
    for limits in (WHOLE, AMPLE, SHORT, BRIEF, TIGHT):
        text = " ".join(lines_of("signs", data, limits))
        assert all(sign in text for sign in urgent)


def test_too_few_days_are_said_rather_than_compared() -> None:
    """Two notes are no trend."""
    data = samples.empty()
    assert beginning("report.strength.none") in " ".join(lines_of("strength", data))


def test_halves_with_too_few_days_are_not_compared(three_weeks: Home) -> None:
    """Two days and three say nothing of a change; the view is named, with no numbers."""
    lines = lines_of("strength", summary(three_weeks, NOW, days=13))
    assert "Too few days to compare the first and second half: when walking (worst); at rest." in lines


def test_json_is_one_document_of_facts(coach: Coach, at: At, three_weeks: Home) -> None:
    """A program can read the same facts."""
    at(NOW.isoformat())
    document = coach("summary", "--format", "json", "--days", "30").json()
    assert document["format"] == "hizaura-summary"
    assert document["noted"] == 13
    assert [line["sign"]["id"] for line in document["signs"]] == ["stuck-feeling"]


def test_a_saved_page_is_readable_by_its_owner_alone(coach: Coach, at: At, three_weeks: Home, tmp_path: Path) -> None:
    """Whatever the umask; where it went is said, and nothing but that is printed."""
    at(NOW.isoformat())
    target = tmp_path / "out" / "page.html"
    ran = coach("summary", "-o", str(target), "--lang", "both")
    assert (ran.code, ran.out) == (0, "")
    assert str(target) in ran.err
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert "膝の裏の痛み" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "begins"), [("a.md", "# "), ("a.json", "{"), ("a.fhir.json", "{"), ("a", "<!doctype")]
)
def test_the_ending_of_the_file_names_the_format(coach: Coach, tmp_path: Path, name: str, begins: str) -> None:
    """Where no format was asked for."""
    coach("summary", "-o", str(tmp_path / name))
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert text.startswith(begins)
    assert ("Bundle" in text) == (name == "a.fhir.json")


@pytest.mark.parametrize("words", [("--days", "0"), ("--days", "x"), ("--format", "pdf"), ("--lang", "fr")])
def test_nonsense_is_one_line_and_exit_2(coach: Coach, words: tuple[str, str]) -> None:
    """No page, no trace of the inside."""
    ran = coach("summary", *words)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


def test_a_folder_in_the_way_is_one_line_and_exit_1(coach: Coach, tmp_path: Path) -> None:
    """What stands there is not touched."""
    ran = coach("summary", "-o", str(tmp_path))
    assert (ran.code, ran.out) == (1, "")
    assert str(tmp_path) in ran.err


def test_without_any_note_there_is_an_honest_page(coach: Coach) -> None:
    """Before the first check-in the page says that nothing was noted; it does not fail."""
    ran = coach("summary", "--format", "md")
    assert ran.code == 0
    assert "pain noted on 0 of 28 days" in ran.out


def test_conditions_are_named_and_having_none_is_said(coach: Coach) -> None:
    """Who reads the page knows that they were asked; the page in both languages says both headings."""
    coach("setup", "--yes")
    none, some = (Words("en")(f"report.since.{key}") for key in ("no-contexts", "contexts"))
    assert none in coach("summary", "--format", "md").out
    coach("setup", "--yes", "--context", "diabetes")
    made = coach("summary", "--format", "md").out
    assert none not in made
    assert some.partition("{")[0] in made
    both = coach("summary", "--lang", "both").out
    assert all(Words(language)("report.title") in both for language in ("en", "ja"))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_sentence_of_the_page_is_in_the_catalogue(language: str) -> None:
    """No key shows through, also on the fullest page."""
    for data in (samples.ordinary(), samples.fullest(), samples.empty()):
        for section in sections(data, Words(language)):
            assert not any("report." in line for line in (section.title, *section.lines))


def test_the_facts_survive_a_round_trip(three_weeks: Home) -> None:
    """The JSON can be read back into the same facts."""
    data = summary(three_weeks, NOW, notes=True)
    assert data.notes[0].text == NOTE
    assert msgspec.json.decode(msgspec.json.encode(data), type=SummaryData) == data


def test_goals_come_before_all_but_the_warning_signs_and_the_numbers(home: Home) -> None:
    """With the first score, the last and the change; the first also where it is older than the period."""
    for text in ("walk to the station", "stairs"):
        goals.add(home, text, moment(60))
    station, stairs = home.profile.goals
    home.records.add(
        GoalScores(id="a", at=moment(59), goals={station.id: 2, stairs.id: 5}),
        GoalScores(id="b", at=moment(1), goals={station.id: 6, stairs.id: 5}),
    )
    data = summary(home, NOW)
    keys = [part.key for part in sections(data, Words("en"))]
    assert keys[:3] == ["signs", "goals", "since"]
    assert lines_of("goals", data) == (
        "walk to the station: 2 on 24 Sep → 6 on 21 Nov (+4, a real change)",
        "stairs: 5 on 24 Sep → 5 on 21 Nov (±0)",
        "All goals together: +2 on average, a real change.",
    )


def test_a_goal_that_ended_stands_on_the_page_where_it_was_scored_in_the_period(home: Home) -> None:
    """On one line, the one that ended last first; in a format without end whole, on a full sheet as a number."""
    texts = ("walk to the station", "stairs", "kneel " * 10, "never scored", "long ago")
    for n, text in enumerate(texts, start=1):
        goals.add(home, text, moment(60))
        goals.end(home, 1, moment(20 - n))
    station, stairs, kneel, _, long_ago = home.profile.goals
    home.records.add(
        GoalScores(id="a", at=moment(59), goals={station.id: 2, long_ago.id: 3}),
        GoalScores(id="b", at=moment(18), goals={station.id: 6, stairs.id: 5, kneel.id: 1}),
    )
    data = summary(home, NOW)
    assert [course.goal.text for course in data.goals_ended] == [kneel.text, "stairs", "walk to the station"]
    assert lines_of("goals", data) == (
        "Ended: kneel kneel kneel kneel kneel kneel kne…: 1 out of 10 on 4 Nov; stairs: 5 out of 10 on 4 Nov.",
        "1 more goal that ended is in the export.",
    )
    assert "walk to the station: 2 → 6 (+4, a real change)." in lines_of("goals", data, limits=WHOLE)[0]
    assert lines_of("goals", data, limits=BRIEF) == ("3 more goals that ended are in the export.",)


def test_what_was_told_of_one_knee_is_never_shown_as_the_other_s(coach: Coach, at: At, home: Home) -> None:
    """Three weeks of the left knee, then of the right one: two lines of numbers, each of its own knee."""
    for day, side, points in (("05", "left", 6), ("06", "left", 5), ("18", "right", 2), ("19", "right", 1)):
        at(f"2026-11-{day}T20:00+09:00")
        coach("setup", "--yes", "--side", side)
        coach("check-in", "--walking", str(points), "--none-of-the-signs")
    data = summary(home, NOW)
    assert (data.side, data.walking) == ("both", ("left", "right"))
    text = " ".join(lines_of("strength", data))
    assert "Pain in the left knee when walking (worst): 5 on 6 Nov; 5 to 6" in text
    assert "Pain in the right knee when walking (worst): 1 on 19 Nov; 1 to 2" in text


def test_of_whoever_never_said_which_knee_no_page_says_both(coach: Coach, home: Home, at: At) -> None:
    """A doctor takes what is printed for an answer; what a new profile holds is none."""
    at("2026-11-19T20:00+09:00")
    coach("check-in", "--walking", "2", "--none-of-the-signs")
    data = summary(home, NOW)
    assert data.side is None
    assert "not given" in " ".join(lines_of("since", data))
    coach("setup", "--yes", "--side", "both")
    assert summary(home, NOW).side == "both"


def test_of_a_number_of_an_earlier_version_no_knee_is_claimed(home: Home) -> None:
    """Nobody knows of which knee it was told."""
    home.records.add(CheckIn(id="older", at=moment(3), answers=Answers(pain=Pain(walking=4))))
    set_up(home, NOW, side="right")
    home.records.add(CheckIn(id="new", at=moment(1), answers=Answers(pain=Pain(walking=2), side="right")))
    data = summary(home, NOW)
    assert data.walking == ("right", "either")
    assert "knee not noted: 4 on 19 Nov" in " ".join(lines_of("strength", data))


def test_painkillers_stand_beside_the_numbers(home: Home) -> None:
    """By name, with the days, and around the points of the chart."""
    told = [Answers(pain=Pain(walking=points)) for points in (1, 2, 3)]
    home.records.add(*(CheckIn(id=f"c{n}", at=moment(n), answers=told[n], medicine="x<y") for n in range(3)))
    data = summary(home, NOW)
    assert "A painkiller on 3 days: x<y (3)." in lines_of("strength", data)
    assert "x&lt;y" in page(home, NOW, PageRequest(form="html", language="en"))
    assert "with a painkiller" in page(home, NOW, PageRequest(form="html", language="en"))
    assert "| x\\<y |" in page(home, NOW, PageRequest(form="md", language="en"))


@pytest.mark.parametrize("languages", [("en",), ("ja",), ("en", "ja")])
def test_the_chart_tells_the_state_of_each_day_by_shape_and_word(languages: tuple[str, ...]) -> None:
    """One shape a day that was told of, and beside one more of each its word; none where no state was told."""
    data, words = samples.ordinary(14), [Words(language) for language in languages]
    drawn, without = chart(data, words), chart(replace(data, states={}), words)
    for state in STATES:
        word = " / ".join(each(f"state.{state}") for each in words)
        shape = ET.tostring(STATE_SHAPES[state], encoding="unicode")
        days = sum(told == state for told in data.states.values())
        assert f">{word}<" in drawn
        assert (drawn.count(shape), without.count(shape)) == (days + 1, 0)


def test_a_year_shows_the_strictest_state_of_each_week() -> None:
    """A bad day does not vanish among good ones where a week is one point."""
    data = samples.ordinary(364)
    told = {day.day: STATES[0] for day in data.pain} | {data.pain[10].day: STATES[3]}
    drawn = chart(replace(data, states=told), [Words("en")])
    strictest = ET.tostring(STATE_SHAPES[STATES[3]], encoding="unicode")
    assert drawn.count(strictest) == 1 + 1


def test_a_year_marks_the_weeks_with_a_number_under_a_painkiller() -> None:
    """A ring around the point of such a week, as around a day's, and its name in the key."""
    data = samples.ordinary(364)
    named = Words("en")("report.chart.medicine")
    ring = ET.tostring(MEDICINE, encoding="unicode")
    clear = tuple(replace(day, medicines=()) for day in data.pain)
    day = next(n for n, told in enumerate(clear) if n > 40 and told.of(data.walking[0]) is not None)
    under = tuple(replace(told, medicines=("x",)) if n == day else told for n, told in enumerate(clear))
    without = chart(replace(data, pain=clear), [Words("en")])
    drawn = chart(replace(data, pain=under), [Words("en")])
    assert (without.count(ring), named in without) == (0, False)
    told_of = sum(under[day].of(view) is not None for view in data.walking)
    assert (drawn.count(ring), named in drawn) == (told_of + 1, True)
