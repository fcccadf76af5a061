"""Footprints seen from above: how far the toes turn out, and how even the steps are.

Key poses give ``turn``, the degrees by which toes turn out, and ``steps``, how many centimetres along the way the
middle of each print lies, the right foot first. The way goes up the picture.
"""

from collections.abc import Iterator
from itertools import pairwise

from coach.domain.guidance import Figure
from coach.figure.marks import HEAD, arrow
from coach.figure.shapes import Group, Profile, Shape, along, disc
from coach.figure.skeleton import Point, keys_at, polar

SOLE: Profile = ((0.0, 4.2, 3.6), (0.35, 3.8, 2.2), (0.7, 5.2, 4.6), (1.0, 5.4, 4.8))
SOLE_FROM, SOLE_TO = -9.0, 2.5
"""Centimetres from the middle of a print, without the round ends. The arch of the right foot is at its left."""
TOES = ((3.4, 12.4, 2.8), (-0.9, 13.0, 1.7), (-4.6, 10.8, 1.6))
"""How far to the inner side and ahead each toe is, and its radius: three, as more cannot be told apart."""
APART = 11.0
"""Centimetres from the middle of the way to each foot."""
BESIDE = 28.0
"""Centimetres from the middle of the way to its arrows."""


def prints(figure: Figure, depth: float) -> Group:
    """Return the prints ``depth`` of the way from the first pose to the last."""
    keys = keys_at(figure, depth)
    return tuple(_prints(keys["steps"], float(keys["turn"])))


def strides(figure: Figure, depth: float, per_dot: float, side: float) -> Group:
    """Return an arrow for each step, as long as the step, at a ``side`` of the way: -1 is the left one."""
    head, x = max(HEAD, per_dot * 2.6), side * BESIDE
    paths = (
        [(x, start + per_dot), (x, max(end - head, start + per_dot * 1.5))]
        for start, end in pairwise(keys_at(figure, depth)["steps"])
    )
    return tuple(shape for path in paths for shape in arrow(path, per_dot))


def _prints(steps: list[float], turn: float) -> Iterator[Shape]:
    for number, step in enumerate(steps):
        way = 1.0 if number % 2 == 0 else -1.0
        middle: Point = (way * APART, float(step))
        ahead = 90.0 - way * turn
        sole = SOLE if way > 0 else tuple((share, right, left) for share, left, right in SOLE)
        yield Shape("body", along(polar(middle, ahead, SOLE_FROM), polar(middle, ahead, SOLE_TO), sole))
        for inwards, forwards, radius in TOES:
            yield Shape("body", disc(polar(polar(middle, ahead, forwards), ahead + 90.0, way * inwards), radius, 10))
