"""What is drawn on top of a body, as no body shows it alone: arrows, how a leg is in line, where the weight falls.

Nothing here is told by its colour: an arrow has a head, a leg out of line has a kink in its line, a habit has a cross.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from coach.domain.guidance import Arrow, Figure
from coach.figure.props import ice_from
from coach.figure.shapes import HEAD_R, Group, Role, Shape, bar, disc
from coach.figure.skeleton import LENGTH, Point, Pose, between, direction, polar, pose_at

ARC_STEPS = 6
WIDTH, HEAD = 2.2, 6.5
"""Centimetres of an arrow's shaft and of its head, and of every other line here; more where a dot is larger."""
BOTH: tuple[Arrow, ...] = ("toes-up-and-down", "heel-to-and-fro")
"""Arrows of what goes there and back."""
SHIN = 57.0
"""Direction of what presses at right angles on a leg that is stretched out from a chair."""
BELOW = -11.0
"""Height of arrows under the floor."""
TENSE = 0.7
"""Effort from which a muscle is seen to be tense."""


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
    path = _path_of_leg(name, first, last) or _path_of_body(name, first, last)
    yield from arrow(path, per_dot, both=name in BOTH)


def _path_of_leg(name: Arrow, first: Pose, last: Pose) -> list[Point]:
    """Return where an arrow beside a leg goes, if it is one."""
    match name:
        case "toes-up" | "toes-up-and-down":
            start, end = (direction(pose.leg.end, pose.leg.tip) for pose in (first, last))
            return _arc(last.leg.end, start, end, LENGTH["foot"] + 13.0)
        case "knee-down":
            x, y = last.leg.middle[0] + 4.0, max(first.leg.middle[1], last.leg.middle[1])
            return [(x, y + 40.0), (x, y + 10.0 + HEAD)]
        case "knee-straight":
            below_knee = polar(last.leg.middle, SHIN - 90, 9.0)
            return [polar(below_knee, SHIN, far) for far in (44.0, 14.0 + HEAD)]
        case "heel-up":
            x = min(first.leg.end[0], last.leg.end[0]) - 16.0
            return [(x, 3.0), (x, 24.0)]
        case "heel-to-and-fro":
            return [(pose.leg.end[0], BELOW) for pose in (first, last)]
        case "leg-up":
            start, end = (direction(first.hip, pose.leg.end) - 8.0 for pose in (first, last))
            return _arc(first.hip, start, end, max(math.dist(first.hip, pose.leg.end) for pose in (first, last)) + 18.0)
    return []


def _path_of_body(name: Arrow, first: Pose, last: Pose) -> list[Point]:
    """Return where an arrow goes that is about more than a leg."""
    match name:
        case "lean-forward":
            middle = between(first.hip, last.hip, 0.5)
            reach = max(math.dist(middle, pose.head) for pose in (first, last)) + HEAD_R + 8.0
            return _arc(middle, direction(middle, first.head), direction(middle, last.head), reach)
        case "hips-forward":
            return [(first.hip[0] - away, last.hip[1]) for away in (50.0, 20.0 + HEAD)]
        case "stand-up":
            x = max(pose.arm.tip[0] for pose in (first, last)) + 14.0
            return [(x, first.leg.middle[1]), (x, last.neck[1] - 20.0)]
        case _:  # the ice: below the bed that it comes along
            return [(x, last.hip[1] - 27.0) for x in (ice_from(first), last.leg.middle[0] + HEAD)]


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
    """Yield an arrow into the ground under each foot that carries, as large as its share of the weight.

    They are whole dots apart and wide: what is alike comes out alike.
    """
    near, far = pose.leg.end[0], pose.far_leg.end[0]
    apart = round((far - near) / per_dot) * per_dot
    for x, share in zip((near, near + apart), shares(pose), strict=True):
        if share > 0.05:
            width = max(round((1.0 + 5.0 * share) / per_dot), 1) * per_dot
            size = max(4.0 + 10.0 * share, per_dot * (1.4 + 1.4 * share))
            tip = -18.0 - 20.0 * share
            yield Shape("accent", bar((x, -7.0), (x, tip + size / 2), width))
            yield _arrowhead((x, 0.0), (x, tip), size, "accent")


def shares(pose: Pose) -> tuple[float, float]:
    """Return the share of the weight on the near leg and on the far one: the nearer to the hip, the more."""
    near, far = pose.leg.end, pose.far_leg.end
    if near[0] == far[0]:
        return 0.5, 0.5
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
