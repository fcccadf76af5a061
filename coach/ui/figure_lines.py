"""A drawn figure as lines: which role of the theme each part of it has."""

from collections.abc import Mapping

from coach.figure import Cell
from coach.ui.text import Bit, Line

_ROLE = {"normal": "", "far": "muted", "muscle": "accent", "prop": "muted"}
QUIET = {**_ROLE, "normal": "muted"}
"""The roles of a figure that stands beside other things."""


def coloured(row: list[Cell], roles: Mapping[str, str] = _ROLE) -> Line:
    """Return a row of cells as bits, one for each run of one role."""
    bits: list[Bit] = []
    text, role = "", ""
    for cell in row:
        if (now := roles[cell.role]) != role and cell.char != " ":
            if text:
                bits.append(Bit(text, role))
            text, role = "", now
        text += cell.char
    return (*bits, Bit(text, role)) if text else tuple(bits)
