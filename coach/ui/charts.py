"""Charts as lines of text: braille for the course, and numbers under it for whoever cannot see the dots."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from itertools import pairwise
from statistics import median, median_high

import msgspec
from rich.cells import cell_len
from textual.content import Content

from coach.domain.trends.care import CareDay
from coach.domain.trends.chart import chart_points, columns_of, columns_under_medicine, each_of
from coach.domain.trends.pain import COMPARED, PainDay, View, views_of
from coach.domain.triage.state import State
from coach.ui.text import fit, joined, styled
from coach.ui.widgets.chart import BAND, GRID, MEDICINE
from coach.words import Words
from coach.words.dates import month

ROWS = 7
"""Cells of height of a small chart: 28 dots for 0 to 10."""
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_BLANK = 0x2800


class BrailleCanvas:
    """Dots in braille cells, two across and four down in each; a cell keeps the role of what was drawn first."""

    def __init__(self, width: int, height: int) -> None:
        """Begin empty, in cells."""
        self.width, self.height = width, height
        self._cells = [[_BLANK] * width for _ in range(height)]
        self._roles = [[""] * width for _ in range(height)]

    def dot(self, x: int, y: int, role: str) -> None:
        """Set one dot; what lies outside is left out."""
        column, row = x // 2, y // 4
        if 0 <= column < self.width and 0 <= row < self.height:
            if self._cells[row][column] == _BLANK:
                self._roles[row][column] = role
            self._cells[row][column] |= _DOTS[y % 4][x % 2]

    def line(self, start: tuple[int, int], end: tuple[int, int], role: str, every: int = 1) -> None:
        """Set the dots between two, each ``every``-th of them."""
        steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
        for step in range(0, steps + 1, every):
            self.dot(
                start[0] + round((end[0] - start[0]) * step / steps),
                start[1] + round((end[1] - start[1]) * step / steps),
                role,
            )

    def lines(self, behind: Callable[[int, int], tuple[str, str]] | None = None) -> list[Content]:
        """Return the cells, neighbours of one role together; what is ``behind`` shows where no dot is."""
        return [
            joined(*_runs(self._cell(row, column, behind) for column in range(self.width)))
            for row in range(self.height)
        ]

    def _cell(self, row: int, column: int, behind: Callable[[int, int], tuple[str, str]] | None) -> tuple[str, str]:
        dots = self._cells[row][column]
        return behind(row, column) if behind and dots == _BLANK else (chr(dots), self._roles[row][column])


def _runs(cells: Iterable[tuple[str, str]]) -> Iterable[Content]:
    text, role = "", ""
    for letter, its_role in cells:
        if its_role != role and text:
            yield styled(text, role)
            text = ""
        text, role = text + letter, its_role
    yield styled(text, role)


class Curve(msgspec.Struct, frozen=True):
    """How one kind of pain is drawn: each n-th dot of its line, and the size of its points."""

    view: View
    role: str
    every: int
    thick: bool


CURVES = (
    Curve("walking", "accent", 1, thick=True),
    Curve("left", "accent", 1, thick=True),
    Curve("right", "care", 2, thick=True),
    Curve("either", "strong", 4, thick=False),
    Curve("rest", "", 2, thick=False),
    Curve("morning", "muted", 5, thick=False),
)


GAP = 3
"""Dots more between the dots of a line over days that were not noted."""
MOST_MARKED = 31
"""Days up to which a noted day of the foremost line is a dot of four."""


class Look(msgspec.Struct, frozen=True):
    """What a chart shows beside the numbers: the state of each day, and the days of pauses."""

    states: Mapping[date, State] = {}
    paused: AbstractSet[date] = frozenset()
    walking: tuple[View, ...] = ("walking",)
    """How the worst when walking is told apart: as one line, or by knee."""


def pain_chart(series: Sequence[PainDay], width: int, rows: int = ROWS, look: Look | None = None) -> list[Content]:
    """Return the pain of a period as ``rows`` lines; neighbouring notes are joined over at most a week.

    The foremost line has the colour of each day's state; the days of a pause are a shaded band behind all lines.
    """
    look = look or Look()
    canvas = BrailleCanvas(width, rows)
    for curve in curves_of(look.walking):
        points = [
            (index, _place(index, len(series), value, (width, rows)))
            for index, value in chart_points(series, curve.view)
        ]
        roles = {index: _role(curve, series[int(index)].day, look) for index, _ in points}
        for index, (x, y) in points:
            _point(canvas, x, y, roles[index], thick=curve.thick and len(series) <= MOST_MARKED)
        for (before, start), (after, end) in pairwise(points):
            if after - before <= max(7, len(series) // 13):
                each = curve.every if after - before <= each_of(series) else curve.every + GAP
                canvas.line(start, end, roles[after], each)
    marks = {0, rows // 2, rows - 1} if look.states else set()

    def behind(row: int, column: int) -> tuple[str, str]:
        if series[column * len(series) // width].day in look.paused:
            return BAND, "band"
        return (GRID, "grid") if row in marks else (" ", "")

    return canvas.lines(behind if series and look != Look() else None)


def curves_of(walking: tuple[View, ...]) -> list[Curve]:
    """Return the curves of a chart whose worst when walking is told apart so."""
    shown = views_of(walking, COMPARED)
    return [curve for curve in CURVES if curve.view in shown]


def _role(curve: Curve, day: date, look: Look) -> str:
    return look.states.get(day, curve.role) if curve.view == "walking" else curve.role


def _place(index: float, days: int, points: float, room: tuple[int, int]) -> tuple[int, int]:
    """Return the dot of a number: ``room`` is the width and the height of the chart in cells."""
    return int((index + 0.5) * room[0] * 2 / days), round((room[1] * 4 - 2) * (10 - points) / 10)


def _point(canvas: BrailleCanvas, x: int, y: int, role: str, *, thick: bool) -> None:
    canvas.dot(x, y, role)
    if thick:
        canvas.dot(x + 1, y, role)
        canvas.dot(x, y + 1, role)
        canvas.dot(x + 1, y + 1, role)


def number_row(series: Sequence[PainDay], each: int, view: View, wide: int = 99, *, signs: bool = True) -> list[str]:
    """Return the middle number of each column of ``wide`` cells; two dots where nothing was noted.

    Where a half has no room beside a blank, it is the higher of the two in the middle. One that was told under a
    painkiller has its sign, where there is room for it and ``signs`` are wanted.
    """
    under = columns_under_medicine(series, view, each)
    numbers = []
    for n, part in enumerate(columns_of(len(series), each)):
        values = [points for day in series[part] if (points := day.of(view)) is not None]
        number = f"{median(values):g}" if values else ".."
        number = number if len(number) < wide else str(median_high(values))
        numbers.append(number + MEDICINE if signs and n in under and len(number) + 1 < wide else number)
    return numbers


def row(label: str, cells: Sequence[str], wide: int, first: int, role: str = "") -> Content:
    """Return a labelled row of cells, each in the middle of its column."""
    return styled(fit(label, first), "muted") + styled("".join(middle(cell, wide) for cell in cells), role)


def middle(text: str, wide: int) -> str:
    """Return ``text`` in the middle of ``wide`` cells."""
    left = max(0, (wide - cell_len(text)) // 2)
    return fit(" " * left + text, wide)


NOTHING, NOTED, ONCE, OFTEN = "⠂", "⠒", "⠶", "⣿"
"""The marks of a day in the calendar: told apart by how full they are."""


def mark(pain: PainDay, care: CareDay, state: State | None = None) -> tuple[str, str]:
    """Return the mark of a day and its role: a note has the colour of its state."""
    done = care.sessions + care.ices + bool(care.habit)
    if done > 1:
        return OFTEN, "accent"
    if done:
        return ONCE, "accent"
    if pain.noted:
        return NOTED, state or ""
    return (BAND, "band") if care.paused else (NOTHING, "muted")


WEEKDAY_WIDTH = 4


def calendar(
    pain: Sequence[PainDay],
    care: Sequence[CareDay],
    words: Words,
    chosen: date,
    width: int,
    states: Mapping[date, State] | None = None,
) -> list[Content]:
    """Return a year as a line of months and seven lines of days, Monday on top; each day can be clicked.

    A pause is a shaded band behind its days: beside the mark of what was noted or done, never in its place.
    """
    states = states or {}
    weeks = _weeks(pain, care)
    wide = 2 if len(weeks) * 2 + WEEKDAY_WIDTH <= width else 1
    weeks = weeks[-((width - WEEKDAY_WIDTH) // wide) :]
    lines: list[Content] = [_months(weeks, words, wide)]
    for weekday in range(7):
        name = fit(words(f"dates.weekday.{weekday + 1}")[: 3 if weekday % 2 == 0 else 0], WEEKDAY_WIDTH)
        cells = [_day(week.get(weekday), chosen, wide, states) for week in weeks]
        lines.append(joined(styled(name, "muted"), *cells))
    return lines


Week = dict[int, tuple[PainDay, CareDay]]


def _weeks(pain: Sequence[PainDay], care: Sequence[CareDay]) -> list[Week]:
    weeks: dict[date, Week] = {}
    for pain_day, care_day in zip(pain, care, strict=True):
        monday = pain_day.day - timedelta(pain_day.day.weekday())
        weeks.setdefault(monday, {})[pain_day.day.weekday()] = (pain_day, care_day)
    return list(weeks.values())


def _day(day: tuple[PainDay, CareDay] | None, chosen: date, wide: int, states: Mapping[date, State]) -> Content:
    if day is None:
        return Content(" " * wide)
    pain, care = day
    sign, role = mark(pain, care, states.get(pain.day))
    click = f"screen.choose('{pain.day}')"
    if pain.day == chosen:
        return styled(sign * wide, "focus", click)
    if care.paused and wide > 1:
        return joined(styled(sign, role, click), styled(BAND * (wide - 1), "band", click))
    return styled(sign * wide, role, click)


def _months(weeks: Sequence[Week], words: Words, wide: int) -> Content:
    """Return the names of months over the weeks in which they begin, where there is room."""
    text = ""
    for index, week in enumerate(weeks):
        first = next(iter(week.values()))[0].day
        begins = first.day <= 7
        at = index * wide
        name = month(first, words)
        if begins and cell_len(text) <= at and at + cell_len(name) <= len(weeks) * wide:
            text += " " * (at - cell_len(text)) + name + " "
    return styled(" " * WEEKDAY_WIDTH + text.rstrip(), "muted")
