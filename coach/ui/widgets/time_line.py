"""The waking day as one line of cells: filled marks for what was done, hollow for what is held, now as a cursor."""

from collections.abc import Iterable

from rich.cells import cell_len
from textual.content import Content

from coach.domain.reminders.time_line import MarkState, TimeLine
from coach.ui.text import Piece, in_runs, styled

MARKS: dict[MarkState, tuple[str, str]] = {"done": ("●", "go"), "held": ("○", "muted"), "coming": ("┼", "accent")}
NOW = ("┃", "title")
NOT_YET = -1
"""Where now is on a day to come; on a day gone by it is past the end."""
BEHIND, AHEAD = ("━", "accent"), ("─", "muted")


def line_of_day(line: TimeLine, width: int, *, hours: bool) -> list[Content]:
    """Return the line in ``width`` cells, with the hours under it where asked for."""
    marks = line.columns(width)
    within = line.start <= line.now <= line.end
    now = line.place(line.now, width) if within else NOT_YET if line.now < line.start else width
    drawn = in_runs(_cell(column, now, marks.get(column)) for column in range(width))
    return [drawn, styled(_hours(line, width), "muted")] if hours else [drawn]


def _cell(column: int, now: int, mark: MarkState | None) -> Piece:
    if column == now:
        return NOW
    if mark is not None:
        return MARKS[mark]
    return BEHIND if column < now else AHEAD


def _hours(line: TimeLine, width: int) -> str:
    """Return the hours, as many as have room."""
    row = ""
    for column, name in _labels(line, width):
        if cell_len(row) <= column and column + cell_len(name) <= width:
            row += " " * (column - cell_len(row)) + name + " "
    return row.rstrip()


def _labels(line: TimeLine, width: int) -> Iterable[tuple[int, str]]:
    every = 1 if width >= 100 else 3
    return ((line.place(at, width), str(at.hour)) for n, at in enumerate(line.hours()[:-1]) if n % every == 0)
