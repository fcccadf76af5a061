"""Small charts as lines of braille dots: one width in every terminal, and read by height, not by colour."""

from collections.abc import Sequence

from textual.content import Content

from coach.ui.text import joined, styled

_ROWS = (0xC0, 0x24, 0x12, 0x09)
"""Both dots of each row of a braille cell, from the bottom."""
DOTS = len(_ROWS)
TOP = 10
"""Pain is in points of 10."""


def bar_cell(dots: int) -> str:
    """Return a braille cell filled from the bottom by ``dots`` rows, 0 to 4."""
    return chr(0x2800 + sum(_ROWS[: min(dots, DOTS)])) if dots > 0 else " "


def bars(
    values: Sequence[int | None], rows: int, *, pitch: int = 3, role: str = "", last: str = "accent"
) -> list[Content]:
    """Return a bar for each value in points of 10, ``pitch`` cells apart and two less wide; a gap where there is none.

    A bar of 0 is one row of dots, so that "nothing hurt" and "nothing noted" look different.
    """
    heights = [None if value is None else 1 + round(value * (rows * DOTS - 1) / TOP) for value in values]
    return [
        joined(
            *(
                styled(_bar(height, below, pitch - 2).ljust(pitch), _role(n, values, role, last))
                for n, height in enumerate(heights)
            )
        )
        for below in range((rows - 1) * DOTS, -1, -DOTS)
    ]


def _bar(height: int | None, below: int, wide: int) -> str:
    return " " if height is None else bar_cell(height - below) * wide


def numbers(values: Sequence[int | None], *, pitch: int = 3, role: str = "muted", last: str = "strong") -> Content:
    """Return the values themselves, to stand under their bars; a hyphen where nothing was noted."""
    return joined(
        *(
            styled(("-" if value is None else str(value)).ljust(pitch), _role(n, values, role, last))
            for n, value in enumerate(values)
        )
    )


def _role(index: int, values: Sequence[int | None], role: str, last: str) -> str:
    return last if index == len(values) - 1 else role
