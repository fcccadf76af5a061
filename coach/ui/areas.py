"""Framed areas, and how they stand beside and below each other: worked out from their lines, before anything is drawn.

An area is as high as its lines; areas of one row end on the same line. Below a certain size a frame is a title line
alone, so that nothing that matters is lost to frames.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec
from textual.content import Content

from coach.ui.text import BLANK

THIN_WIDTH, THIN_HEIGHT = 60, 16
"""Columns and rows of a page below which frames are title lines alone."""
GAP = 1
"""Cells between two areas beside each other."""
MEASURE = 72
"""Cells that a line of text in an area takes at most: an eye loses its way back from the end of a longer one."""


class FrameSize(NamedTuple):
    """What a frame takes around the lines, in cells across and in rows."""

    sides: int
    rows: int


FRAMED, THIN = FrameSize(4, 2), FrameSize(0, 1)


def frame_for(width: int, height: int) -> FrameSize:
    """Return the frames of a page of this size."""
    return THIN if width < THIN_WIDTH or height < THIN_HEIGHT else FRAMED


class Area(msgspec.Struct, frozen=True):
    """One titled area: its lines are broken for the width within its frame."""

    name: str
    """Which panel of the screen shows it."""
    title: str
    lines: Sequence[Content]
    role: str = ""
    """The role of its frame and title: a state, or ``focus``."""
    action: str = ""
    """What a click on it does."""


class Placed(NamedTuple):
    """An area at its place, in cells, its frame included."""

    area: Area
    x: int
    y: int
    width: int
    height: int


Column = tuple[int, Sequence[Area]]
"""A width in cells, frames included, and the areas below each other in it."""


def place(rows: Iterable[Sequence[Column]], frame: FrameSize) -> list[Placed]:
    """Return the areas of all rows at their places; the last area of a column fills what the row leaves it."""
    placed: list[Placed] = []
    y = 0
    for row in rows:
        height = max((height_of(areas, frame) for _, areas in row), default=0)
        x = 0
        for width, areas in row:
            placed += _column(areas, x, y, width, height, frame)
            x += width + GAP
        y += height
    return placed


def height_of(areas: Iterable[Area], frame: FrameSize) -> int:
    """Return the rows of areas below each other."""
    return sum(len(area.lines) + frame.rows for area in areas)


def total(placed: Iterable[Placed]) -> int:
    """Return the rows of a whole page."""
    return max((area.y + area.height for area in placed), default=0)


def _column(areas: Sequence[Area], x: int, y: int, width: int, height: int, frame: FrameSize) -> list[Placed]:
    placed, end = [], y + height
    for n, area in enumerate(areas):
        last = n == len(areas) - 1
        high = end - y if last else len(area.lines) + frame.rows
        placed.append(Placed(area, x, y, width, high))
        y += high
    return placed


Shares = tuple[int, int]
"""How two columns share the width."""


def page_of(
    areas: Sequence[Area],
    width: int,
    height: int,
    *,
    wide: int,
    shares: Shares = (1, 1),
    frame: FrameSize | None = None,
) -> list[Placed]:
    """Return a page whose first area has the others beside it from ``wide`` columns on, else below it.

    Beside each other they reach to the bottom of the page. ``frame`` is that of the whole page, where this is but a
    part of it.
    """
    frame = frame or frame_for(width, height)
    if width < wide or len(areas) < 2:
        return place([[(width, [area])] for area in areas], frame)
    left, right = split(width, *shares)
    return to_bottom(place([[(left, areas[:1]), (right, areas[1:])]], frame), height)


def to_bottom(placed: Sequence[Placed], height: int) -> list[Placed]:
    """Return areas of which the last ones reach to the bottom of a page of so many rows."""
    end = total(placed)
    more = max(height - end, 0)
    return [at._replace(height=at.height + more) if at.y + at.height == end else at for at in placed]


def room_of(
    width: int, height: int, *, wide: int, shares: Shares = (1, 1), frame: FrameSize | None = None
) -> tuple[int, int]:
    """Return the cells that lines have in the first area of ``page_of``, and in the others."""
    frame = frame or frame_for(width, height)
    if width < wide:
        return width - frame.sides, width - frame.sides
    left, right = split(width, *shares)
    return left - frame.sides, right - frame.sides


WHOLE = "whole"
"""The area without a frame that takes the whole page."""


def whole_page(lines: Sequence[Content], width: int, height: int) -> list[Placed]:
    """Return lines that stand alone on the page, without a frame."""
    return [Placed(Area(WHOLE, "", lines), 0, 0, width, max(height, len(lines)))]


def split(width: int, *shares: int) -> list[int]:
    """Return the widths of columns that share ``width`` in these proportions, with a gap between them."""
    room, whole = width - GAP * (len(shares) - 1), sum(shares)
    widths = [room * share // whole for share in shares]
    return [*widths[:-1], room - sum(widths[:-1])]


def filled(lines: Sequence[Content], rows: int) -> list[Content]:
    """Return ``lines`` with blank ones after them, ``rows`` in all at least."""
    return [*lines, *[BLANK] * (rows - len(lines))]
