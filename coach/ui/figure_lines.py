"""A drawn figure as lines: which role of the theme each part of it has; and the back of the knee with its names."""

from collections.abc import Mapping
from itertools import groupby

from textual.content import Content

from coach.figure import Cell
from coach.figure.anatomy import PARTS, picture
from coach.ui.text import joined, styled
from coach.words import Words

_ROLE = {"normal": "", "far": "muted", "muscle": "muscle", "prop": "muted", "accent": "accent"}
QUIET = {**_ROLE, "normal": "muted"}
"""The roles of a figure that stands beside other things."""


def coloured(row: list[Cell], roles: Mapping[str, str] = _ROLE) -> Content:
    """Return a row of cells as a line."""
    runs = groupby(row, lambda cell: "" if cell.char == " " else roles[cell.role])
    return joined(*(styled("".join(cell.char for cell in cells), role) for role, cells in runs))


def anatomy(words: Words, width: int, height: int) -> list[Content]:
    """Return the back of the knee in ``width`` x ``height`` cells, the names of its muscles beside it."""
    names = {part: words(f"gallery.part.{part}") for part in PARTS}
    room = max(Content(name).cell_length for name in names.values()) + 2
    cells, labels = picture(max(width - room, 8), height)
    beside = {label.row: names[label.part] for label in labels}
    return [joined(coloured(row), " ", styled(beside.get(y, ""), "strong")) for y, row in enumerate(cells)]
