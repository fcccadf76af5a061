"""The drawn body: each figure at three moments, and which part of it is what; the knee, the digits, the disc."""

from collections.abc import Iterator, Mapping

from coach.content import Content
from coach.domain.guidance import Figure
from coach.figure import Cell, Drawing, text
from coach.figure.anatomy import picture
from coach.figure.forms import number, swelling

LETTER = {"normal": "b", "far": "f", "muscle": "m", "prop": "p", "accent": "a", "good": "g", "bad": "x"}
"""How a role is written: the body, its far side, the muscle, what stands around, what stands out."""


def figures() -> Mapping[str, Figure]:
    """Return all figures that ship, by the name of their page."""
    content = Content.open()
    figures = {name: stretch.figure for name, stretch in content.stretches.items()}
    figures |= {f"habit-{name}": habit.figure for name, habit in content.habits.items()}
    figures["ice"] = content.icing.figure
    return {name: figure for name, figure in figures.items() if figure}


def figure(name: str) -> Iterator[tuple[str, str]]:
    """Yield a figure large in the hold, small at ease, and half-way, turned round and plain."""
    drawn = figures()[name]
    hold, ease = Drawing(drawn, 60, 24).cells(1.0), Drawing(drawn, 30, 12).cells(0.0)
    half = Drawing(drawn, 30, 12, "left", plain=True).cells(0.5, breath=1.0)
    yield from {"hold": text(hold), "its parts": roles(hold), "ease": text(ease), "half-way": text(half)}.items()


def forms() -> Iterator[tuple[str, str]]:
    """Yield the back of the knee, the digits and the disc that breathes."""
    knee = picture(30, 18)
    rows = ", ".join(f"{name} {row}" for row, name in sorted({**knee.muscles, **knee.places}.items()))
    yield from {"back of the knee": text(knee.cells), f"its parts: {rows}": roles(knee.cells)}.items()
    yield "small and plain", text(picture(22, 9, plain=True).cells)
    yield from ((f"{value:2}", "\n".join(number(value, 7))) for value in (1, 23, 45, 67, 89, 0))
    yield from ((f"breath {level}", "\n".join(swelling(level, 12, 5))) for level in (0, 6, 12))


def roles(rows: list[list[Cell]]) -> str:
    """Return a letter for each cell: the role that colours it."""
    return "\n".join("".join(" " if cell.char == " " else LETTER[cell.role] for cell in row) for row in rows)
