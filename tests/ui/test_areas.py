"""Framed areas stand where they should at any size, and a chart of pain tells the truth by height and by shade."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from coach.domain.trends.chart import ChartDay
from coach.domain.triage.state import STATES
from coach.ui.areas import FRAMED, GAP, THIN, Area, FrameSize, frame_for, place, split, total
from coach.ui.widgets.chart import AXIS, BAND, Labels, pain_chart
from coach.words import Words

DAY = date(2026, 12, 2)


def area(name: str, rows: int) -> Area:
    """Return an area of so many lines."""
    return Area(name, name, [Content("x")] * rows)


@given(
    st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=3), min_size=1, max_size=3),
    st.sampled_from([FRAMED, THIN]),
)
def test_areas_of_a_row_end_on_one_line_and_none_is_too_low(heights: list[list[int]], frame: FrameSize) -> None:
    """Each area has room for its lines; the columns of a row are as high as the highest."""
    row = [(20, [area(f"{n}-{m}", rows) for m, rows in enumerate(column)]) for n, column in enumerate(heights)]
    placed = place([row, [(62, [area("last", 2)])]], frame)
    for at in placed:
        assert at.height >= len(at.area.lines) + frame.rows
    ends = {
        max(at.y + at.height for at in placed if at.x == x) for x in {at.x for at in placed if at.area.name != "last"}
    }
    assert len({end for end in ends if end < total(placed)} | {placed[-1].y}) == 1


@given(st.integers(30, 300), st.lists(st.integers(1, 9), min_size=1, max_size=4))
def test_columns_share_the_whole_width(width: int, shares: list[int]) -> None:
    """With the gaps between them they are as wide as the page."""
    assert sum(split(width, *shares)) + GAP * (len(shares) - 1) == width


@pytest.mark.parametrize(("size", "frame"), [((76, 22), FRAMED), ((56, 18), THIN), ((100, 10), THIN)])
def test_a_small_window_spends_no_rows_on_frames(size: tuple[int, int], frame: FrameSize) -> None:
    """A title line is left of them."""
    assert frame_for(*size) == frame


def test_a_day_without_a_note_is_not_a_day_without_pain() -> None:
    """Nothing noted is a gap and a hyphen; 0 is a low bar and a 0; 10 reaches the top."""
    days = [ChartDay(DAY, None), ChartDay(DAY + timedelta(1), 0), ChartDay(DAY + timedelta(2), 10)]
    lines = [line.plain for line in pain_chart(days, 12, 3, Words("en"), Labels())]
    assert [line[3] for line in lines[:3]] == [" ", " ", " "]
    assert [line[6] for line in lines[:3]] == [" ", " ", "⣀"]
    assert [line[9] for line in lines[:3]] == ["⣿", "⣿", "⣿"]
    assert lines[3].split() == ["-", "0", "10"]


def test_a_pause_stands_behind_its_days_and_hides_none() -> None:
    """The band fills what the bar leaves; the bar, its colour and its number stay."""
    days = [ChartDay(DAY, 5, "rest", paused=True), ChartDay(DAY + timedelta(1), 5, "go")]
    lines = pain_chart(days, 11, 8, Words("en"), Labels())
    text = [line.plain for line in lines]
    assert text[0][3:7] == BAND * 4
    assert "⣿⣿⣿" + BAND in text[7]
    assert BAND not in text[7][7:]
    assert {span.style for line in lines for span in line.spans} >= {".rest", ".go", ".band"}


@pytest.mark.parametrize(
    ("language", "dates"), [("en", ["2", "Dec", "7", "Dec", "today"]), ("ja", ["12月2日", "12月7日", "今日"])]
)
def test_a_chart_has_weekdays_and_dates_as_the_reader_writes_them(language: str, dates: list[str]) -> None:
    """The first day, each Monday, and today."""
    days = [ChartDay(DAY + timedelta(n), 3, "gentle") for n in range(14)]
    lines = pain_chart(days, 60, 8, Words(language), Labels(weekdays=True, dates=True))
    assert [line.cell_length for line in lines] == [max(line.cell_length for line in lines)] * 8 + [
        line.cell_length for line in lines[8:]
    ]
    assert lines[-1].plain.split() == dates
    assert lines[-2].plain.split()[0] == Words(language)("dates.weekday.3")


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=1, max_size=40),
    st.integers(30, 120),
    st.integers(1, 16),
)
def test_a_chart_is_as_large_as_asked_for(points: list[int | None], width: int, rows: int) -> None:
    """No line is wider than the room, whatever was noted."""
    days = [ChartDay(DAY + timedelta(n), value, STATES[n % 4], n % 3 == 0) for n, value in enumerate(points)]
    lines = pain_chart(days[-((width - 3) // 2) :], width, rows, Words("en"), Labels(weekdays=True))
    assert len(lines) == rows + 2
    assert all(line.cell_length <= width for line in lines)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=14), st.integers(31, 120), st.integers(1, 8))
def test_no_two_numbers_of_a_chart_can_be_read_as_one(points: list[int], width: int, rows: int) -> None:
    """Ten beside nine is no 109: each number stands by itself over its day, at most one line lower."""
    days = [ChartDay(DAY + timedelta(n), value) for n, value in enumerate(points)]
    pitch = max(2, min((width - AXIS) // len(days), 7))
    numbers = [line.plain for line in pain_chart(days, width, rows, Words("en"), Labels())[-2:]]
    numbers = [line for line in numbers if line.startswith(" " * AXIS) and not set(line) & set("⣿⣶⣤⣀")]
    told = {}
    for line in numbers:
        for match in re.finditer(r"\d+", line):
            told[(match.start() - AXIS) // pitch] = int(match[0])
    assert [told[n] for n in range(len(points))] == points


def test_two_knees_are_two_bars_and_a_painkiller_is_a_sign_beside_the_number() -> None:
    """The left knee's bar stands at the left; a knee that was not told is a gap, and no number is cut off."""
    days = [
        ChartDay(DAY, 10, knees=(10, 0)),
        ChartDay(DAY + timedelta(1), 3, knees=(None, 3), medicine=True),
        ChartDay(DAY + timedelta(2), 4, medicine=True),
    ]
    chart = [line.plain for line in pain_chart(days, 24, 4, Words("en"), Labels())]
    top, bottom = chart[0][AXIS:], chart[3][AXIS:]
    assert top[:3].strip() != ""
    assert top[3:6].strip() == ""
    assert bottom[:6].strip() != ""
    assert chart[4].split() == ["10/0", "-/3+", "4+"]
    narrow = [line.plain for line in pain_chart(days, 12, 4, Words("en"), Labels())]
    assert narrow[4].split() == ["10", "3+", "4+"]
