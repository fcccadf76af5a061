"""What is drawn on top of a body, as no body shows it alone: arrows, how a leg is in line, where the weight falls.

Nothing here is told by its colour: an arrow has a head, a leg out of line has a kink in its line, a habit has a cross.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from coach.domain.guidance import Arrow, Figure
from coach.figure.shapes import HEAD_R, Group, Role, Shape, bar, disc
from coach.figure.skeleton import LENGTH, Point, Pose, between, direction, polar, pose_at

ARC_STEPS = 6
WIDTH, HEAD = 2.2, 6.5
"""Centimetres of an arrow's shaft and of its head, and of every other line here; more where a dot is larger."""
TENSE = 0.7
"""Effort from which a muscle is seen to be tense."""
UNLOADED = 12.0
"""Height of an ankle from which the foot carries nothing."""


def arrows(figure: Figure, per_dot: float = 1.0) -> Group:
    """Return the arrows, which stand in front of everything and do not move."""
    first, last = pose_at(figure, 0.0), pose_at(figure, 1.0)
    return tuple(shape for name in figure.arrows for shape in _arrow(name, first, last, per_dot))


def marks(figure: Figure, pose: Pose, per_dot: float = 1.0) -> Group:
    """Return the marks of a pose, which move with it. No line is thinner than a dot."""
    makers: Mapping[str, Callable[[Pose, float], Iterator[Shape]]] = {
        "tense": _tense, "leg-line": _leg_lines, "weight": _weight, "width": _width,
    }  # fmt: skip
    return tuple(shape for name in figure.marks for shape in makers[name](pose, per_dot))


def cross(middle: Point, size: float) -> Group:
    """Return the mark of what to leave: two lines across each other."""
    x, y = middle
    arm, width = size / 2, size / 5
    ends = (((x - arm, y - arm), (x + arm, y + arm)), ((x - arm, y + arm), (x + arm, y - arm)))
    return tuple(Shape("bad", bar(start, end, width)) for start, end in ends)


def tick(middle: Point, size: float) -> Group:
    """Return the mark of what to do: a short line down and a long one up."""
    x, y = middle
    arm, width = size / 2, size / 5
    path = [(x - arm, y), (x - arm * 0.3, y - arm), (x + arm, y + arm)]
    corner = Shape("good", disc(path[1], width / 2, 8))
    return (*(Shape("good", bar(*ends, width)) for ends in pairwise(path)), corner)


def arrow(path: list[Point], per_dot: float, *, both: bool = False, role: Role = "accent") -> Iterator[Shape]:
    """Yield an arrow along ``path``, with a head at its end, or at ``both``."""
    yield from (Shape(role, bar(*ends, max(WIDTH, per_dot * 1.9))) for ends in pairwise(path))
    size = max(HEAD, per_dot * 2.6)
    yield _arrowhead(path[-2], path[-1], size, role)
    if both:
        yield _arrowhead(path[1], path[0], size, role)


def _arrowhead(before_tip: Point, tip: Point, size: float, role: Role) -> Shape:
    way = direction(before_tip, tip)
    return Shape(role, tuple(polar(tip, way + turn, size) for turn in (0.0, 115.0, -115.0)))


def _arrow(name: Arrow, first: Pose, last: Pose, per_dot: float) -> Iterator[Shape]:
    """Yield an arrow beside what moves, from where it begins to where it is held."""
    match name:
        case "toes-up" | "toes-up-and-down":
            path = _arc(
                last.leg.end,
                direction(first.leg.end, first.leg.tip),
                direction(last.leg.end, last.leg.tip),
                LENGTH["foot"] + 13.0,
            )
        case "knee-down":
            x, y = last.leg.middle[0] + 4.0, max(first.leg.middle[1], last.leg.middle[1])
            path = [(x, y + 40.0), (x, y + 10.0 + HEAD)]
        case "heel-up":
            x = min(first.leg.end[0], last.leg.end[0]) - 16.0
            path = [(x, 3.0), (x, 24.0)]
        case "heel-forward":
            path = [(first.leg.end[0] + 22.0, 26.0), (last.leg.end[0] + 8.0, 26.0)]
        case "lean-forward":
            middle = between(first.hip, last.hip, 0.5)
            reach = max(math.dist(middle, pose.head) for pose in (first, last)) + HEAD_R + 8.0
            path = _arc(middle, direction(middle, first.head), direction(middle, last.head), reach)
    yield from arrow(path, per_dot, both=name == "toes-up-and-down")


def _arc(middle: Point, start: float, end: float, reach: float) -> list[Point]:
    return [polar(middle, start + (end - start) * step / ARC_STEPS, reach) for step in range(ARC_STEPS + 1)]


def _tense(pose: Pose, per_dot: float) -> Iterator[Shape]:
    """Yield short lines that spread from a thigh that works."""
    if pose.effort < TENSE:
        return
    leg = pose.leg
    up = direction(leg.root, leg.middle) + 90
    for share, lean in ((0.3, 22.0), (0.52, 0.0), (0.74, -22.0)):
        root = polar(between(leg.root, leg.middle, share), up, 9.0)
        yield Shape("accent", bar(polar(root, up + lean, 6.0), polar(root, up + lean, 15.0), max(WIDTH, per_dot * 1.3)))


def _leg_lines(pose: Pose, per_dot: float) -> Iterator[Shape]:
    """Yield a line from hip over knee to toes, and the kneecap on it, of both legs."""
    width = max(WIDTH, per_dot * 1.1)
    for leg in (pose.leg, pose.far_leg):
        path = [leg.root, leg.middle, leg.tip]
        yield from (Shape("accent", bar(*ends, width)) for ends in pairwise(path))
        yield Shape("accent", disc(leg.middle, max(3.6, per_dot * 1.6), 12))


def _weight(pose: Pose, per_dot: float) -> Iterator[Shape]:
    """Yield an arrow into the ground under each foot that carries, as large as its share of the weight."""
    for leg, share in zip((pose.leg, pose.far_leg), shares(pose), strict=True):
        if share > 0.05:
            x = leg.end[0]
            yield from arrow([(x, -8.0), (x, -12.0 - 32.0 * share)], per_dot * (0.5 + share * 0.8))


def shares(pose: Pose) -> tuple[float, float]:
    """Return the share of the weight on the near leg and on the far one: the nearer to the hip, the more."""
    near, far = pose.leg.end, pose.far_leg.end
    if near[1] > UNLOADED:
        return 0.0, 1.0
    share = min(max((pose.hip[0] - far[0]) / (near[0] - far[0]), 0.0), 1.0)
    return share, 1.0 - share


def _width(pose: Pose, per_dot: float) -> Iterator[Shape]:
    """Yield lines that drop from the sides of the hips, and arrows that span the feet, or press narrow ones in."""
    width = max(1.6, per_dot * 1.1)
    side = 20.0
    for way in (-1.0, 1.0):
        x = pose.hip[0] + way * side
        yield from (
            Shape("accent", bar((x, top), (x, top - 5.0), width)) for top in (78.0, 68.0, 58.0, 48.0, 38.0, 28.0, 18.0)
        )
    left, right = pose.leg.end[0] - 5.5, pose.far_leg.end[0] + 5.5
    head = max(HEAD, per_dot * 2.6)
    if right - left > 2 * side - 9.0:
        yield from arrow([(left + head, -9.0), (pose.hip[0], -9.0), (right - head, -9.0)], per_dot, both=True)
        return
    for tip, way in ((left, -1.0), (right, 1.0)):
        yield from arrow([(tip + way * (head + 9.0), -9.0), (tip + way * head, -9.0)], per_dot)
