"""A drawn figure as lines: which role of the theme each part of it has."""

from collections.abc import Mapping
from itertools import groupby

from textual.content import Content

from coach.figure import Cell
from coach.ui.text import joined, styled

_ROLE = {"normal": "", "far": "muted", "muscle": "muscle", "prop": "muted", "accent": "accent"}
QUIET = {**_ROLE, "normal": "muted"}
"""The roles of a figure that stands beside other things."""


def coloured(row: list[Cell], roles: Mapping[str, str] = _ROLE) -> Content:
    """Return a row of cells as a line."""
    runs = groupby(row, lambda cell: "" if cell.char == " " else roles[cell.role])
    return joined(*(styled("".join(cell.char for cell in cells), role) for role, cells in runs))
