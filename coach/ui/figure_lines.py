"""A drawn figure as lines: which role of the theme each part of it has; and the back of the knee with its names."""

from collections.abc import Iterable, Mapping

from rich.cells import cell_len
from textual.content import Content

from coach.domain.exercise.stretch import Stretch
from coach.figure import Cell, braille
from coach.figure.anatomy import PARTS, PLACES, columns_of, picture
from coach.ui.text import fit, in_runs, joined, styled
from coach.words import Words

_ROLE = {
    "normal": "", "far": "muted", "muscle": "muscle", "prop": "muted", "accent": "accent", "good": "go", "bad": "see",
}  # fmt: skip
HIGH = 12
"""Rows from which the sides of the leg are named below it."""
LEG_SHARE = 0.42
"""Where the middle of the leg lies in the picture of the back of the knee."""
BREADTH = 24
"""Cells that a figure in a row of them has at least."""
QUIET = {**_ROLE, "normal": "muted"}
"""The roles of a figure that stands beside other things."""


def coloured(row: list[Cell], roles: Mapping[str, str] = _ROLE) -> Content:
    """Return a row of cells as a line."""
    return in_runs((cell.char, "" if cell.char == " " else roles[cell.role]) for cell in row)


def anatomy(words: Words, width: int, height: int) -> list[Content]:
    """Return the back of the knee, in the middle of ``width`` x ``height`` cells, with names on both sides.

    The muscles at the right; at the left, where there is room, the parts of a leg that everybody knows, and under it
    all which side is which.
    """
    muscles = {part: words(f"gallery.part.{part}") for part in PARTS}
    places = {place: words(f"gallery.place.{place}") for place in PLACES}
    right = 1 + max(map(cell_len, muscles.values()))
    left = 2 + max(map(cell_len, places.values()))
    sides = height >= HIGH
    if width - left - right < columns_of(height - sides):  # the muscles come first
        left = 0
    drawn = picture(max(width - left - right, 8), height - sides)
    columns = len(drawn.cells[0])
    pad = " " * max(0, (width - left - columns - right) // 2)
    lines = [
        joined(
            pad,
            styled(fit(places[drawn.places[y]] if left and y in drawn.places else "", left), "muted"),
            coloured(row),
            " ",
            styled(muscles[drawn.muscles[y]] if y in drawn.muscles else "", "strong"),
        )
        for y, row in enumerate(drawn.cells)
    ]
    if sides:
        inner, outer = words("gallery.side.inner"), words("gallery.side.outer")
        middle = int(columns * LEG_SHARE)
        start = max(0, middle - cell_len(inner) - 1)
        lines.append(styled(pad + " " * (left + start) + f"{inner}  {outer}", "muted"))
    return lines


def row_of_figures(stretches: Iterable[Stretch], words: Words, width: int, height: int) -> list[Content]:
    """Return as many stretches as have room beside each other, each drawn as it is held, its name under it."""
    drawn = [stretch for stretch in stretches if stretch.figure is not None]
    count = max(1, min(width // max(2 * (height - 1), BREADTH), len(drawn)))
    each = width // count
    rows = [braille(stretch.figure, 1.0, each - 2, height - 1) for stretch in drawn[:count] if stretch.figure]
    names = joined(*(styled(_centred(words.pick(stretch.short), each), "muted") for stretch in drawn[:count]))
    return [*(joined(*(coloured(row) + "  " for row in line)) for line in zip(*rows, strict=True)), names]


def _centred(text: str, width: int) -> str:
    """Return ``text`` in the middle of ``width`` cells."""
    return fit(" " * max(0, (width - cell_len(text)) // 2) + text, width)
