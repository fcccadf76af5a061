"""What stands around the body: a chair, a wall, a table, a towel, a mat, a bed, a pillow, an ice bag.

Each finds its own place from the key poses: the chair goes under the hip, the wall where the hands end.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from coach.domain.guidance import Figure
from coach.figure.shapes import Group, Role, Shape, bar, disc
from coach.figure.skeleton import Point, Pose, between, direction, polar, pose_at

LINE = 2.6
"""Width of a bar of furniture in centimetres."""


def behind(figure: Figure, per_dot: float = 1.0) -> Iterator[Group]:
    """Yield what stands behind the body and does not move, from back to front. No line is thinner than a dot."""
    first, last = pose_at(figure, 0.0), pose_at(figure, 1.0)
    makers: Mapping[str, Callable[[Pose, Pose], Lines]] = {
        "chair": _chair, "wall": _wall, "table": _table, "mat": _mat, "pillow": _pillow,
        "bed": _long_bed if "ice" in figure.props else _bed,
        "rail": _rail, "backrest": _backrest,
    }  # fmt: skip
    lines = (line for name in figure.props if name in makers for line in makers[name](first, last))
    yield tuple(_shape(line, per_dot) for line in (*_floor(figure, first, last), *lines))


def before(figure: Figure, pose: Pose, per_dot: float = 1.0) -> Iterator[Group]:
    """Yield what lies in front of the body, and moves with it, from back to front."""
    makers: Mapping[str, Callable[[Pose], Lines]] = {
        "towel": _towel,
        "cloth": _cloth,
    }
    for name in figure.props:
        if name in makers:
            yield tuple(_shape(line, per_dot) for line in makers[name](pose))


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


def _long_bed(first: Pose, last: Pose) -> Lines:
    return _bed(first, last, spare=2 * BAG + 5.0)


def _bed(first: Pose, last: Pose, spare: float = 0.0) -> Lines:
    (left, right), top = _reach(first, last), first.hip[1] - 11.5
    right += spare
    return (
        *_line((left, top - 4), (right, top - 4), width=8.0),
        *_line((left + 4, top - 8), (left + 4, 0), width=4.0),
        *_line((right - 4, top - 8), (right - 4, 0), width=4.0),
        *_line((left, top + 20), (left, top - 8), width=4.0),
    )


def _backrest(first: Pose, last: Pose) -> Lines:
    """Return what a back leans on that is raised a little from the bed."""
    way = direction(first.hip, first.neck)
    foot, top = (polar(point, way + 90.0, 14.0) for point in (first.hip, first.head))
    return _line(polar(foot, way, -4.0), polar(top, way, 4.0), width=7.0)


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
    """Return a cloth under the heel, which slides with it, in folds behind it: flat on the floor it is not seen."""
    x = pose.leg.end[0]
    folds = (
        line for back, width in ((-16.0, 7.0), (-22.0, 9.0), (-28.0, 7.0)) for line in _blob((x + back, 2.0), width)
    )
    return (*_line((x - 28.0, 0.6), (x + 30.0, 0.6), width=3.4), *folds)


def ice(pose: Pose, per_dot: float, depth: float = 1.0) -> Iterator[Group]:
    """Yield a bag of ice, wrapped in a cloth, ``depth`` of the way along the bed to the hollow of the knee; and cold.

    The cloth has a knot; what has gaps between its pieces is no cushion. The leg lies on the bag, and hides a part.
    """
    bed = pose.hip[1] - 11.5
    x, middle = between((ice_from(pose), bed), pose.leg.middle, depth)[0], bed + BAG / 2
    ends = [(x - BAG * 0.36, middle), (x + BAG * 0.36, middle)]
    layers: tuple[tuple[float, Role], ...] = ((BAG, "far"), (BAG - 2 * CLOTH, "paper"))
    knot = (x, bed + BAG - 2.0)
    ears = (Shape("far", (knot, *(polar(knot, turn + wide, 13.0) for wide in (-20.0, 20.0)))) for turn in (48.0, 132.0))
    yield (*ears, *(
        _shape(Line(start, end, width, role), per_dot)
        for width, role in layers
        for start, end in (ends, *((end, end) for end in ends))
    ))  # fmt: skip
    gap = max(2.6, per_dot * 1.1)
    side = (BAG - 2 * CLOTH - gap) / 2
    yield tuple(
        Shape("accent", _square((x + across * (side + gap), middle + up * (side + gap)), side, turn))
        for across, up, turn in (
            (-1.0, -0.5, 3.0),
            (0.0, -0.5, -3.0),
            (1.0, -0.5, 2.0),
            (-0.5, 0.5, 8.0),
            (0.5, 0.5, -6.0),
        )
    )
    yield from _flake((x + 6.0, bed + 73.0), per_dot)


def ice_from(pose: Pose) -> float:
    """Return where a bag of ice lies before it is pushed under the knee: beyond the feet."""
    return max(pose.leg.tip[0], pose.far_leg.tip[0]) + BAG + 5.0


def _flake(middle: Point, per_dot: float) -> Iterator[Group]:
    """Yield a flake of snow: six arms, and twigs on each, as far as dots can show them."""
    lines = [
        Line(polar(middle, turn, FLAKE), polar(middle, turn + 180.0, FLAKE), 2.6, "accent") for turn in (30, 90, 150)
    ]
    for turn in range(30, 390, 60) if per_dot < FLAKE / 4.6 else ():
        fork = polar(middle, turn, FLAKE * 0.6)
        lines += (Line(fork, polar(fork, turn + way, FLAKE * 0.36), 2.2, "accent") for way in (-55.0, 55.0))
    yield tuple(_shape(line, per_dot) for line in lines)


def _square(middle: Point, side: float, turn: float) -> tuple[Point, ...]:
    return tuple(polar(middle, corner + turn, side * 0.707) for corner in (45.0, 135.0, 225.0, 315.0))


BAG = 27.0
"""Centimetres from the bed to the top of a bag of ice in its cloth."""
FLAKE = 21.0
"""Centimetres of each arm of a flake of snow."""
CLOTH = 4.5
"""Centimetres of cloth around ice, as drawn: thick enough for its texture to be seen, whatever the colour of a cell."""
