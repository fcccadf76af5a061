"""A figure in braille cells, each with the role that colours it."""

from typing import Literal, NamedTuple

from coach.domain.guidance import Figure
from coach.figure.raster import BLANK, LAYERS, Canvas, Frame
from coach.figure.scene import Scene
from coach.figure.shapes import Role

CellRole = Literal["normal", "far", "muscle", "prop", "accent", "good", "bad"]
Facing = Literal["left", "right"]
Box = tuple[float, float, float, float]
"""Left, bottom, right and top in centimetres."""
MARGIN = 3.0
"""Centimetres kept free around everything that is drawn."""


class Cell(NamedTuple):
    """One character of the drawing."""

    char: str
    role: CellRole


class Drawing:
    """A figure at one size: what does not move is worked out once, each moment then takes about 2 ms at 60 x 24."""

    def __init__(
        self, figure: Figure, width: int, height: int, facing: Facing = "right", *, plain: bool = False
    ) -> None:
        """Draw into ``width`` x ``height`` cells; ``plain``: the muscle stands out without colour too."""
        self.figure = figure
        self.frame = frame(figure, width, height, facing)
        self.plain = plain
        self._scene = Scene(figure, self.frame.per_dot)
        self._still = Canvas(self.frame, plain=plain)
        for layer in self._scene.still():
            self._still.paint(layer.shapes, gap=layer.gap)

    def cells(self, depth: float, breath: float = 0.0) -> list[list[Cell]]:
        """Return the rows of cells ``depth`` of the way into the stretch (0 to 1), the chest ``breath`` full."""
        canvas = self._still.copy(plain=self.plain)
        for layer in self._scene.moving(depth, breath):
            canvas.paint(layer.shapes, gap=layer.gap)
        return cells_of(canvas)


def braille(
    figure: Figure, depth: float, width: int, height: int, *, facing: Facing = "right", plain: bool = False
) -> list[list[Cell]]:
    """Return ``height`` rows of ``width`` cells: ``figure`` at ``depth`` (0 at ease, 1 in the hold)."""
    return Drawing(figure, width, height, facing, plain=plain).cells(depth)


def text(rows: list[list[Cell]]) -> str:
    """Return the drawing without colours."""
    return "\n".join("".join(cell.char for cell in row).rstrip(BLANK) for row in rows)


def dots_of(canvas: Canvas) -> tuple[str, ...]:
    """Return the rows of a canvas as text."""
    return tuple("".join(cell.char for cell in row) for row in cells_of(canvas))


def frame(figure: Figure, width: int, height: int, facing: Facing = "right") -> Frame:
    """Return the part of the world that holds every moment of ``figure``, as large as fits, in the middle.

    Arrows and marks grow with the dots, which grow with what there is to show: with any, the room is measured twice. A
    pair is never turned round: the habit comes first.
    """
    box = everything(figure)
    if (figure.arrows or figure.pair) and not figure.camera:
        box = everything(figure, _per_dot(box, width, height))
    left, bottom, right, top = box
    per_dot = _per_dot(box, width, height)
    spare = per_dot * height * 4 - (top - bottom)
    mirrored = facing == "left" and not figure.pair
    return Frame((left + right) / 2 - per_dot * width, bottom - spare / 2, per_dot, width, height, mirrored)


def _per_dot(box: Box, width: int, height: int) -> float:
    left, bottom, right, top = box
    return max((right - left) / (width * 2), (top - bottom) / (height * 4))


def everything(figure: Figure, per_dot: float = 1.0) -> Box:
    """Return the left, bottom, right and top of all that is shown, at ease, on the way and in the hold."""
    if figure.camera:
        return figure.camera
    points = list(Scene(figure, per_dot).points())
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs) - MARGIN, min(ys), max(xs) + MARGIN, max(ys) + MARGIN


_ROLES: dict[Role, CellRole] = {
    "body": "normal", "far": "far", "muscle": "muscle", "prop": "prop", "accent": "accent",
    "good": "good", "bad": "bad", "dim": "far",
}  # fmt: skip
_BLANK_CELL = Cell(BLANK, "normal")
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bits of a braille character, by row, left and right."""
_PAIR = tuple(tuple((pair & 1) * left | (pair >> 1) * right for pair in range(4)) for left, right in _DOTS)
"""The bits of each row for two neighbouring dots."""


def cells_of(canvas: Canvas) -> list[list[Cell]]:
    """Return a canvas in characters."""
    cells = []
    painted = [(role, canvas.rows[role]) for role in LAYERS if role in canvas.rows]
    for top in range(0, canvas.frame.height * 4, 4):
        layers = [(role, rows[top : top + 4]) for role, rows in painted if any(rows[top : top + 4])]
        cells.append(_row(layers, canvas.frame.width))
    return cells


def _row(layers: list[tuple[Role, list[int]]], width: int) -> list[Cell]:
    cells = [_BLANK_CELL] * width
    lit = 0
    for _, rows in layers:
        for bits in rows:
            lit |= bits
    if lit:
        first = ((lit & -lit).bit_length() - 1) // 2
        for column in range(first, (lit.bit_length() + 1) // 2):
            if lit >> (column * 2) & 3:
                cells[column] = _cell(layers, column * 2)
    return cells


_PAIR0, _PAIR1, _PAIR2, _PAIR3 = _PAIR


def _cell(layers: list[tuple[Role, list[int]]], shift: int) -> Cell:
    """Return the dots of all layers in one character; most dots decide its role, those of the muscle count more."""
    dots, best, role = 0, 0.0, LAYERS[0]
    for name, (a, b, c, d) in layers:
        bits = _PAIR0[a >> shift & 3] | _PAIR1[b >> shift & 3] | _PAIR2[c >> shift & 3] | _PAIR3[d >> shift & 3]
        if bits:
            dots |= bits
            weight = bits.bit_count() * (1.5 if name == "muscle" else 1.0)
            if weight >= best:
                best, role = weight, name
    return Cell(chr(0x2800 + dots), _ROLES[role])
