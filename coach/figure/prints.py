"""Footprints seen from above: how far the toes turn out, and how even the steps are.

Key poses give ``turn``, the degrees by which toes turn out, and ``steps``, how many centimetres along the way the
middle of each print lies, the right foot first. A trail goes up the picture; a lane is turned,
so that it goes to the right.
"""

from collections.abc import Iterator
from itertools import pairwise

from coach.domain.guidance import Figure
from coach.figure.marks import HEAD, arrow
from coach.figure.shapes import Group, Profile, Shape, along
from coach.figure.skeleton import Point, keys_at, polar

SOLE: Profile = ((0.0, 3.8, 3.8), (0.4, 5.6, 5.6), (0.75, 5.4, 5.4), (1.0, 3.4, 3.4))
HEEL: Profile = ((0.0, 3.4, 3.4), (1.0, 3.8, 3.8))
SOLE_FROM, SOLE_TO, HEEL_FROM, HEEL_TO = -1.5, 11.0, -11.0, -9.0
"""Centimetres from the middle of a print, without the round ends: heel and sole are apart, as a shoe leaves them."""
APART = 11.0
"""Centimetres from the middle of the way to each foot."""
BELOW = -26.0
"""Height of the arrows of a lane."""


def prints(figure: Figure, depth: float) -> Group:
    """Return the prints ``depth`` of the way from the first pose to the last."""
    keys = keys_at(figure, depth)
    shapes = tuple(_prints(keys["steps"], float(keys["turn"])))
    if figure.view == "trail":
        return shapes
    return tuple(Shape(shape.role, tuple((y, -x) for x, y in shape.points)) for shape in shapes)


def strides(figure: Figure, depth: float, per_dot: float) -> Group:
    """Return an arrow below a lane for each step, as long as the step."""
    head = max(HEAD, per_dot * 2.6)
    paths = (
        [(start + 1.0, BELOW), (max(end - head - 1.0, start + 2.0), BELOW)]
        for start, end in pairwise(keys_at(figure, depth)["steps"])
    )
    return tuple(shape for path in paths for shape in arrow(path, per_dot))


def _prints(steps: list[float], turn: float) -> Iterator[Shape]:
    for number, step in enumerate(steps):
        way = 1.0 if number % 2 == 0 else -1.0
        middle: Point = (way * APART, float(step))
        ahead = 90.0 - way * turn
        for profile, start, end in ((SOLE, SOLE_FROM, SOLE_TO), (HEEL, HEEL_FROM, HEEL_TO)):
            yield Shape("body", along(polar(middle, ahead, start), polar(middle, ahead, end), profile))
