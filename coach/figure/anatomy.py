"""The back of the right knee, seen from behind, with the muscles that people feel there; drawn as the figures are.

Schematic: places and courses after any textbook of anatomy, widths so that each can be told in 30 x 12 cells.
Centimetres; x grows towards the outer side, y upwards, the crease of the knee is at 33.
"""

from itertools import pairwise
from math import ceil
from typing import Literal, NamedTuple

from coach.figure.braille import Cell, cells_of
from coach.figure.raster import Canvas, Frame
from coach.figure.shapes import Group, Profile, Shape, along, bar, disc
from coach.figure.skeleton import Point

Part = Literal["hamstrings", "popliteus", "gastrocnemius"]
PARTS: tuple[Part, ...] = ("hamstrings", "popliteus", "gastrocnemius")
"""From the top down."""
WIDTH, HEIGHT = 29.0, 66.0
"""Centimetres of the picture, a fifth of the width for what leads to the names."""
LEFT, BOTTOM = -12.0, -1.0
MARKED: dict[Part, Point] = {"hamstrings": (5.4, 50.0), "popliteus": (0.6, 31.0), "gastrocnemius": (4.6, 15.0)}
"""Where a line leads from each to its name."""

LEG: Profile = (
    (0.0, 11.0, 11.0), (0.25, 9.8, 9.8), (0.45, 8.2, 8.2), (0.55, 8.0, 8.0), (0.7, 9.2, 9.2), (0.85, 8.0, 8.0),
    (1.0, 5.6, 5.6),
)  # fmt: skip
HAMSTRING: Profile = ((0.0, 3.4, 3.4), (0.45, 3.2, 3.2), (0.75, 1.7, 1.7), (1.0, 0.8, 0.8))
GASTROCNEMIUS: Profile = ((0.0, 1.0, 1.0), (0.25, 2.9, 2.9), (0.6, 3.4, 3.4), (0.85, 2.2, 2.2), (1.0, 0.9, 0.9))
POPLITEUS: Profile = ((0.0, 1.2, 1.2), (0.5, 2.4, 2.4), (1.0, 2.8, 2.8))


Place = Literal["thigh", "hollow", "calf"]
PLACES: dict[Place, float] = {"thigh": 60.0, "hollow": 33.0, "calf": 4.0}
"""The height of what everybody knows of a leg, named on the other side."""


class Picture(NamedTuple):
    """The cells, and the row of each name beside them: of the muscles at the right, of the places at the left."""

    cells: list[list[Cell]]
    muscles: dict[int, Part]
    places: dict[int, Place]


def groups() -> tuple[Group, ...]:
    """Return the leg and its muscles, the deepest first."""
    return (
        (Shape("far", along((0.0, 64.0), (0.0, 0.0), LEG, round_ends=False)),),
        (Shape("muscle", along((5.4, 34.6), (-5.2, 26.6), POPLITEUS)),),
        (Shape("muscle", along((5.6, 32.0), (2.7, 6.0), GASTROCNEMIUS)),),
        (Shape("muscle", along((-5.6, 32.0), (-2.6, 3.0), GASTROCNEMIUS)),),
        (Shape("muscle", along((3.4, 64.0), (7.4, 27.5), HAMSTRING, round_ends=False)),),
        (Shape("muscle", along((-3.6, 64.0), (-7.3, 26.0), HAMSTRING, round_ends=False)),),
    )


def leaders(per_dot: float = 0.3) -> Group:
    """Return the lines that lead from the muscles to their names."""
    width, right = max(0.5, per_dot), LEFT + WIDTH + 2 * per_dot
    return tuple(
        shape
        for x, y in MARKED.values()
        for shape in (
            *(Shape("prop", bar(*ends, width)) for ends in pairwise([(x, y), (right, y)])),
            Shape("accent", disc((x, y), max(0.9, per_dot * 1.2), 8)),
        )
    )


def columns_of(height: int) -> int:
    """Return the cells across of the picture at its largest in ``height`` rows."""
    return ceil(WIDTH * height * 4 / HEIGHT / 2)


def picture(width: int, height: int, *, plain: bool = False) -> Picture:
    """Return the picture in at most ``width`` x ``height`` cells: no more than its lines to the names need."""
    width = min(width, columns_of(height))
    per_dot = max(WIDTH / (width * 2), HEIGHT / (height * 4))
    height = min(height, ceil(HEIGHT / per_dot / 4))
    frame = Frame(LEFT, BOTTOM + HEIGHT - per_dot * height * 4, per_dot, width, height)
    canvas = Canvas(frame, plain=plain)
    for group in groups():
        canvas.paint(group)
    canvas.paint(leaders(per_dot), gap=False)

    def row(y: float) -> int:
        return int(frame.dots([(0.0, y)])[0][1] // 4)

    return Picture(
        cells_of(canvas),
        {row(MARKED[part][1]): part for part in PARTS},
        {row(y): place for place, y in PLACES.items()},
    )
