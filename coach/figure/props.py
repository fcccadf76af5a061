"""What stands around the body: a chair, a wall, a table, a towel, a mat, a bed, a pillow, an ice bag.

Each finds its own place from the key poses: the chair goes under the hip, the wall where the hands end.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from coach.domain.guidance import Arrow, Figure
from coach.figure.shapes import Group, Role, Shape, bar, disc
from coach.figure.skeleton import LENGTH, Point, Pose, between, direction, polar, pose_at

LINE = 2.6
"""Width of a bar of furniture in centimetres."""


def behind(figure: Figure, per_dot: float = 1.0) -> Group:
    """Return what stands behind the body; it does not move with it. No line is thinner than a dot."""
    first, last = pose_at(figure, 0.0), pose_at(figure, 1.0)
    makers: Mapping[str, Callable[[Pose, Pose], Lines]] = {
        "chair": _chair, "wall": _wall, "table": _table, "mat": _mat, "bed": _bed, "pillow": _pillow,
        "rail": _rail, "ice": _snowflake,
    }  # fmt: skip
    lines = (line for name in figure.props if name in makers for line in makers[name](first, last))
    return tuple(_shape(line, per_dot) for line in (*_floor(figure, first, last), *lines))


def before(figure: Figure, pose: Pose, per_dot: float = 1.0) -> Group:
    """Return what lies in front of the body, and moves with it."""
    makers: Mapping[str, Callable[[Pose], Lines]] = {"towel": _towel, "cloth": _cloth, "ice": _ice}
    lines = (line for name in figure.props if name in makers for line in makers[name](pose))
    return tuple(_shape(line, per_dot) for line in lines)


def arrows(figure: Figure, per_dot: float = 1.0) -> Group:
    """Return the arrows, which stand in front of everything and do not move."""
    first, last = pose_at(figure, 0.0), pose_at(figure, 1.0)
    return tuple(shape for name in figure.arrows for shape in _arrow(name, first, last, per_dot))


class Line(NamedTuple):
    """A straight bar, or a blob where both ends are one point."""

    start: Point
    end: Point
    width: float
    role: Role = "prop"


Lines = tuple[Line, ...]


def _line(start: Point, end: Point, width: float = LINE) -> Lines:
    return (Line(start, end, width),)


def _shape(line: Line, per_dot: float) -> Shape:
    width = max(line.width, per_dot * 1.2)
    blob = line.start == line.end
    return Shape(line.role, disc(line.start, width / 2) if blob else bar(line.start, line.end, width))


def _blob(middle: Point, width: float) -> Lines:
    return (Line(middle, middle, width),)


def _floor(figure: Figure, first: Pose, last: Pose) -> Lines:
    """Return the ground that the feet stand on: without it nobody sees which heel is lifted."""
    if {"bed", "mat"} & set(figure.props):
        return ()
    reach = [point[0] for pose in (first, last) for limb in (pose.leg, pose.far_leg) for point in (limb.end, limb.tip)]
    left = min(reach) if "chair" not in figure.props else min(*reach, min(first.hip[0], last.hip[0]) - 18.0)
    return _line((left - 10.0, -1.4), (max(reach) + 10.0, -1.4), width=1.6)


def _chair(first: Pose, last: Pose) -> Lines:
    low = first if first.hip[1] <= last.hip[1] else last
    x, seat = low.hip[0], low.hip[1] - 12.0
    return (
        *_line((x - 19, seat), (x + 21, seat), width=4.0),
        *_line((x - 18, seat), (x - 23, seat + 48)),
        *_line((x - 17, seat), (x - 20, 0)),
        *_line((x + 17, seat), (x + 19, 0)),
    )


def _wall(first: Pose, last: Pose) -> Lines:
    x = max(pose.arm.tip[0] for pose in (first, last)) + 2.0
    return _line((x, 0), (x, 185), width=4.0)


def _table(first: Pose, last: Pose) -> Lines:
    x, y = last.arm.end[0], last.arm.end[1] - 5.0
    return (*_line((x - 14, y), (x + 34, y), width=4.0), *_line((x + 26, y), (x + 26, 0)))


def _rail(first: Pose, last: Pose) -> Lines:
    """Return the back of a chair to hold on to, in front of the body."""
    x, y = first.arm.tip[0] - 1.0, first.arm.tip[1] - 4.0
    seat = 45.0
    return (
        *_line((x, y), (x + 4, seat)),
        *_line((x + 2, seat), (x + 40, seat), width=4.0),
        *_line((x + 4, seat), (x + 2, 0)),
        *_line((x + 36, seat), (x + 38, 0)),
    )


def _mat(first: Pose, last: Pose) -> Lines:
    left, right = _reach(first, last)
    return _line((left, 1.0), (right, 1.0), width=4.0)


def _reach(first: Pose, last: Pose) -> tuple[float, float]:
    """Return how far to the left and to the right a lying body reaches."""
    feet = [limb.end[0] for pose in (first, last) for limb in (pose.leg, pose.far_leg)]
    return first.head[0] - 16.0, max(feet) + 16.0


def _bed(first: Pose, last: Pose) -> Lines:
    (left, right), top = _reach(first, last), first.hip[1] - 11.5
    return (
        *_line((left, top - 4), (right, top - 4), width=8.0),
        *_line((left + 4, top - 8), (left + 4, 0), width=4.0),
        *_line((right - 4, top - 8), (right - 4, 0), width=4.0),
        *_line((left, top + 20), (left, top - 8), width=4.0),
    )


def _pillow(first: Pose, last: Pose) -> Lines:
    x, y = first.head[0], first.head[1] - 11.0
    return tuple(line for offset in (-8.0, -2.0, 4.0) for line in _blob((x + offset, y), 10.0))


def _towel(pose: Pose) -> Lines:
    """Return the two ends from the hands to the ball of the foot, and the loop round it."""
    ball = between(pose.leg.end, pose.leg.tip, 0.85)
    under = polar(ball, direction(pose.leg.end, pose.leg.tip) - 90, 9.0)
    over = polar(ball, direction(pose.leg.end, pose.leg.tip) + 90, 2.0)
    hand = between(pose.arm.end, pose.arm.tip, 0.6)
    return (*_line(hand, over, width=2.0), *_line(over, under, width=2.4), *_line(under, hand, width=2.0))


def _cloth(pose: Pose) -> Lines:
    """Return a cloth under the heel, which slides with it."""
    x = pose.leg.end[0]
    return _line((x - 13.0, 0.6), (x + 19.0, 0.6), width=3.4)


def _snowflake(first: Pose, last: Pose) -> Lines:
    """Return the sign of cold above the knee: a bag alone could be a cushion."""
    middle = first.leg.middle[0] + 4.0, first.leg.middle[1] + 30.0
    return tuple(
        Line(polar(middle, turn, 13.0), polar(middle, turn + 180.0, 13.0), 3.0, "accent")
        for turn in (30.0, 90.0, 150.0)
    )


def _ice(pose: Pose) -> Lines:
    """Return a bag in the hollow of the knee, on the bed, and the cloth that is between it and the skin."""
    (x, knee), bed = pose.leg.middle, pose.hip[1] - 11.5
    high = knee - 6.0 - bed
    ends = [(x - 0.4 * high, bed + high / 2), (x + 0.5 * high, bed + high / 2)]
    layers: tuple[tuple[float, Role], ...] = ((high, "far"), (high - 2 * CLOTH, "accent"))
    return tuple(
        Line(start, end, width, role) for width, role in layers for start, end in (ends, *((end, end) for end in ends))
    )


def _arrow(name: Arrow, first: Pose, last: Pose, per_dot: float) -> Iterator[Shape]:
    """Yield an arrow beside what moves, from where it begins to where it is held."""
    match name:
        case "toes-up" | "toes-up-and-down":
            middle, reach = last.leg.end, LENGTH["foot"] + 13.0
            start, end = direction(first.leg.end, first.leg.tip), direction(last.leg.end, last.leg.tip)
            path = [polar(middle, start + (end - start) * step / ARC_STEPS, reach) for step in range(ARC_STEPS + 1)]
        case "knee-down":
            x, y = last.leg.middle
            path = [(x + 4.0, y + 40.0), (x + 4.0, y + 18.0)]
        case "heel-up":
            x = min(first.leg.end[0], last.leg.end[0]) - 16.0
            path = [(x, 3.0), (x, 24.0)]
        case "heel-forward":
            path = [(first.leg.end[0] + 22.0, 26.0), (last.leg.end[0] + 8.0, 26.0)]
    yield from (Shape("accent", bar(*ends, max(ARROW_WIDTH, per_dot * 1.9))) for ends in pairwise(path))
    size = max(ARROWHEAD, per_dot * 2.6)
    yield _arrowhead(path[-2], path[-1], size)
    if name == "toes-up-and-down":
        yield _arrowhead(path[1], path[0], size)


CLOTH = 4.5
"""Centimetres of cloth around ice, as drawn: thick enough for its texture to be seen, whatever the colour of a cell."""
ARC_STEPS = 6
ARROW_WIDTH, ARROWHEAD = 2.2, 6.5
"""Centimetres; more where a dot is larger."""


def _arrowhead(before_tip: Point, tip: Point, size: float) -> Shape:
    way = direction(before_tip, tip)
    return Shape("accent", tuple(polar(tip, way + turn, size) for turn in (0.0, 115.0, -115.0)))
