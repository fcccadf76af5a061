"""Charts of pain as lines of braille dots: read by height first, then by the colour of each day's state.

A day that was not noted is a gap. Days of a pause have a shaded band behind their bars, which hides none of them.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from coach.domain.trends.chart import ChartDay
from coach.ui.text import Piece, fit, in_runs, joined, styled
from coach.words import Words
from coach.words.dates import short_day

_ROWS = (0xC0, 0x24, 0x12, 0x09)
"""Both dots of each row of a braille cell, from the bottom."""
DOTS = len(_ROWS)
TOP = 10
"""Pain is in points of 10."""
AXIS = 3
"""Cells of the scale at the left."""
BAND = "░"
"""A cell of the band behind the days of a pause."""
GRID, GRID_FROM = "╌", 6
"""A cell of the line at a mark of the scale, and the rows from which there are such lines."""
MEDICINE = "+"
"""Beside a number that was told under a painkiller."""
WIDEST = 7
"""Cells of a day at most: wider bars are no easier to read."""


class Labels(NamedTuple):
    """Which lines stand under the bars."""

    numbers: bool = True
    weekdays: bool = False
    dates: bool = False

    @property
    def rows(self) -> int:
        """How many lines they are."""
        return sum(self)


def pain_chart(
    days: Sequence[ChartDay], width: int, rows: int, words: Words, labels: Labels, chosen: date | None = None
) -> list[Content]:
    """Return the pain of ``days`` as bars of ``rows`` lines in at most ``width`` cells, with ``labels`` under them.

    The last day is today, unless one of them is ``chosen``, which then stands out.
    """
    pitch = max(2, min((width - AXIS) // max(len(days), 1), WIDEST))
    numbers = _numbers(days, pitch) if labels.numbers else []
    rows -= max(len(numbers) - 1, 0)
    lines = [
        joined(styled(f"{mark:>{AXIS - 1}} ", "muted"), row)
        for mark, row in zip(_scale(rows), _bars(days, rows, pitch), strict=True)
    ]
    blank = " " * AXIS
    lines += [joined(blank, row) for row in numbers]
    if labels.weekdays:
        lines.append(joined(blank, *(_weekday(day, pitch, words, chosen or days[-1].day, chosen) for day in days)))
    if labels.dates:
        row = dates_row(days, pitch, words) if chosen is None else _dates_alone(days, pitch, words)
        lines.append(styled(blank + row, "muted"))
    return lines


def _scale(rows: int) -> list[str]:
    """Return the marks of the scale, from the top: 10, where there is room 5, and 0."""
    marks = {0: str(TOP), rows - 1: "0"} if rows > 2 else {}
    if rows > 6:
        marks[rows // 2] = str(TOP // 2)
    return [marks.get(row, "") for row in range(rows)]


def _bars(days: Sequence[ChartDay], rows: int, pitch: int) -> list[Content]:
    scale = _scale(rows) if rows >= GRID_FROM else [""] * rows
    return [
        in_runs(cell for day in days for cell in _cells(day, row, rows, pitch, (GRID, "grid") if mark else (" ", "")))
        for row, mark in enumerate(scale)
    ]


def _cells(day: ChartDay, row: int, rows: int, pitch: int, grid: Piece) -> list[Piece]:
    """Return one row of one day's bar, what is behind it beside and over it.

    A bar of 0 is one row of dots, unlike a gap.
    """
    behind = (BAND, "band") if day.paused else grid
    if day.knees is not None and pitch > 2:  # a bar a knee, the left one at the left
        wide = (pitch - 1) // 2
        bars = [_bar(points, row, rows, wide, behind, day.state or "accent") for points in day.knees]
        return [*bars, *[behind] * (pitch - 2 * wide)]
    wide = max(1, pitch - 1)
    return [_bar(day.points, row, rows, wide, behind, day.state or "accent"), *[behind] * (pitch - wide)]


def _bar(points: int | None, row: int, rows: int, wide: int, behind: Piece, role: str) -> Piece:
    """Return one row of a bar, ``wide`` cells, or what is behind it."""
    below = (rows - 1 - row) * DOTS
    height = 0 if points is None else 1 + round(points * (rows * DOTS - 1) / TOP) - below
    return (bar_cell(height) * wide, role) if height > 0 else (behind[0] * wide, behind[1])


def bar_cell(dots: int) -> str:
    """Return a braille cell filled from the bottom by ``dots`` rows, 0 to 4."""
    return chr(0x2800 + sum(_ROWS[: min(dots, DOTS)])) if dots > 0 else " "


def _numbers(days: Sequence[ChartDay], pitch: int) -> list[Content]:
    """Return the numbers under the bars; where two would touch, as 10 and 9 to 109, every second one a line lower."""
    texts = [_number(day, pitch) for day in days]
    lines = 1 if all(len(text) < pitch for text in texts[:-1]) else 2
    return [
        joined(
            *(
                styled(fit(text if n % lines == line else "", pitch), day.state or "strong")
                for n, (text, day) in enumerate(zip(texts, days, strict=True))
            )
        )
        for line in range(lines)
    ]


def _number(day: ChartDay, pitch: int) -> str:
    """Return the number of a day, that of each knee where there is room, and the sign of a painkiller."""
    mark = MEDICINE if day.medicine else ""
    each = "/".join("-" if points is None else str(points) for points in day.knees or ())
    worst = "-" if day.points is None else str(day.points)
    texts = (f"{each}{mark}" if each else "", f"{worst}{mark}", worst)
    return next((text for text in texts if text and len(text) < pitch), worst)


def _weekday(day: ChartDay, pitch: int, words: Words, marked: date, chosen: date | None) -> Content:
    name = words(f"dates.weekday.{day.day.isoweekday()}")
    text = fit(name[: max(1, pitch - 1)], pitch)
    if day.day == chosen:
        return joined(styled(text.rstrip(), "focus"), text[len(text.rstrip()) :])
    return styled(text, "strong" if day.day == marked else "muted")


def _dates_alone(days: Sequence[ChartDay], pitch: int, words: Words) -> str:
    """Return the dates under the first day and each Monday where there is room."""
    row = ""
    for at, name in _dates(days, pitch, words):
        if cell_len(row) <= at and at + cell_len(name) <= pitch * len(days):
            row += " " * (at - cell_len(row)) + name + " "
    return row.rstrip()


def dates_row(days: Sequence[ChartDay], pitch: int, words: Words) -> str:
    """Return the dates under the first day and each Monday where there is room, and under the last day *today*."""
    today = words("today.pain.today")
    end = min(pitch * (len(days) - 1), pitch * len(days) - cell_len(today))
    row = ""
    for at, name in _dates(days, pitch, words):
        if cell_len(row) <= at and at + cell_len(name) < end:
            row += " " * (at - cell_len(row)) + name + " "
    return row + " " * (end - cell_len(row)) + today


def _dates(days: Sequence[ChartDay], pitch: int, words: Words) -> Iterable[tuple[int, str]]:
    return ((n * pitch, short_day(day.day, words)) for n, day in enumerate(days) if n == 0 or day.day.isoweekday() == 1)
