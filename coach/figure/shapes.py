"""A pose as closed shapes, back to front: each a polygon in centimetres with the role that colours it."""

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

import msgspec

from coach.figure.skeleton import Limb, Point, Pose, between, direction, polar

Role = Literal["body", "far", "muscle", "prop", "accent", "good", "bad", "dim", "paper"]
"""``accent``: what stands out beside the muscle, such as an arrow or ice. ``good`` and ``bad``: the tick of the kinder
way and the cross of a habit, whose body is ``dim``. ``paper``: nothing, before what lies behind.
"""
Profile = tuple[tuple[float, float, float], ...]
"""Stations along a bone: share of its length, centimetres before it and behind it."""

THIGH: Profile = ((0.0, 9.0, 10.5), (0.25, 9.5, 10.0), (0.6, 7.6, 8.2), (0.9, 6.2, 5.8), (1.0, 6.0, 5.6))
SHANK: Profile = (
    (0.0, 5.8, 5.6),
    (0.15, 5.0, 6.6),
    (0.35, 4.6, 7.6),
    (0.6, 3.8, 5.6),
    (0.9, 3.3, 3.6),
    (1.0, 3.4, 3.8),
)
ARM: Profile = ((0.0, 5.6, 5.6), (0.5, 4.6, 4.6), (1.0, 3.8, 3.8))
FOREARM: Profile = ((0.0, 3.9, 3.9), (0.3, 3.9, 3.9), (1.0, 2.7, 2.7))
TORSO: Profile = (
    (0.0, 10.0, 11.5), (0.22, 10.8, 9.4), (0.45, 10.4, 8.6), (0.74, 12.0, 10.8), (0.92, 8.5, 9.0), (1.0, 4.5, 5.0),
)  # fmt: skip
FRONT_TORSO: Profile = (
    (0.0, 14.5, 14.5), (0.12, 15.5, 15.5), (0.4, 12.5, 12.5), (0.8, 16.5, 16.5), (0.94, 14.0, 14.0), (1.0, 6.0, 6.0),
)  # fmt: skip
HIPS: Profile = ((0.0, 15.0, 15.0), (0.5, 15.5, 15.5), (1.0, 14.0, 14.0))
WAIST = 14.0
"""Centimetres above the hips where the drawing of legs alone ends."""
HAMSTRINGS: Profile = ((0.10, -3.0, 9.8), (0.3, -1.0, 10.4), (0.6, -1.0, 8.8), (0.85, -2.0, 6.2), (0.98, -3.0, 5.2))
QUADRICEPS: Profile = ((0.08, 8.6, -2.0), (0.3, 9.9, -0.6), (0.6, 8.4, -0.6), (0.86, 6.6, -2.0), (0.95, 6.2, -3.0))
CALF: Profile = ((0.0, -2.0, 5.4), (0.15, 0.0, 6.9), (0.35, 0.0, 8.0), (0.6, -1.0, 5.8), (0.82, -1.6, 3.8))
SLACK = 4.6
"""Centimetres by which a muscle at ease is drawn thinner than one that works."""
HEAD_R = 9.4


class Shape(msgspec.Struct, frozen=True):
    """One closed outline."""

    role: Role
    points: tuple[Point, ...]


Group = tuple[Shape, ...]
"""Shapes that belong to one limb: a thin gap parts them from what lies behind, not from each other."""


def along(start: Point, end: Point, profile: Profile, *, round_ends: bool = True) -> tuple[Point, ...]:
    """Return the outline of a limb from ``start`` to ``end``: before it is to the left of its direction."""
    angle = math.radians(direction(start, end))
    normal = (-math.sin(angle), math.cos(angle))
    smooth = _smoothed(profile)
    front = [_off(between(start, end, share), normal, before) for share, before, _ in smooth]
    behind = [_off(between(start, end, share), normal, -after) for share, _, after in smooth]
    if not round_ends:
        return (*front, *reversed(behind))
    return (*front, *_cap(front[-1], behind[-1]), *reversed(behind), *_cap(behind[0], front[0]))


def disc(middle: Point, radius: float, corners: int = 20) -> tuple[Point, ...]:
    """Return a circle."""
    return tuple(polar(middle, 360.0 * index / corners, radius) for index in range(corners))


def bar(start: Point, end: Point, width: float) -> tuple[Point, ...]:
    """Return a straight bar."""
    return along(start, end, ((0.0, width / 2, width / 2), (1.0, width / 2, width / 2)), round_ends=False)


def _off(point: Point, normal: Point, distance: float) -> Point:
    return point[0] + normal[0] * distance, point[1] + normal[1] * distance


def _cap(start: Point, end: Point, corners: int = 6) -> Iterable[Point]:
    """Return the inner corners of a half circle from ``start`` clockwise to ``end``."""
    middle, radius, first = between(start, end, 0.5), math.dist(start, end) / 2, direction(end, start)
    return (polar(middle, first - 180.0 * step / corners, radius) for step in range(1, corners))


@lru_cache(maxsize=64)
def _smoothed(profile: Profile, pieces: int = 3) -> list[tuple[float, float, float]]:
    """Return more stations, on a Catmull-Rom curve through those given."""
    padded = (profile[0], *profile, profile[-1])
    shapes = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(pieces):
            t = step / pieces
            before, after = (_catmull(a[i], b[i], c[i], d[i], t) for i in (1, 2))
            shapes.append((b[0] + (c[0] - b[0]) * t, before, after))
    return [*shapes, profile[-1]]


def _catmull(a: float, b: float, c: float, d: float, t: float) -> float:
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))


def groups(pose: Pose, muscles: tuple[str, ...], *, legs_alone: bool = False) -> list[Group]:
    """Return the limbs of a body, the farthest first, and last the head; ``muscles`` of the active leg stand out.

    From the front there may be ``legs_alone``, and last the hips.
    """
    if pose.view == "front":
        return _front(pose, legs_alone=legs_alone)
    return [
        _limb_arm(pose.far_arm, "far"),
        _limb_leg(pose.far_leg, "far", (), 1.0),
        _trunk(pose),
        _limb_leg(pose.leg, "body", muscles, pose.effort),
        _limb_arm(pose.arm, "body"),
        (*_neck(pose), Shape("body", _nose(pose))),
    ]


@lru_cache(maxsize=64)
def _limb_arm(arm: Limb, role: Role) -> Group:
    hand = ((0.0, 2.9, 2.9), (0.5, 3.3, 3.3), (1.0, 2.0, 2.0))
    return (
        Shape(role, along(arm.root, arm.middle, ARM)),
        Shape(role, along(arm.middle, arm.end, FOREARM)),
        Shape(role, along(arm.end, arm.tip, hand)),
    )


@lru_cache(maxsize=64)
def _limb_leg(leg: Limb, role: Role, muscles: tuple[str, ...], effort: float) -> Group:
    shapes = [
        Shape(role, along(leg.root, leg.middle, THIGH)),
        Shape(role, along(leg.middle, leg.end, SHANK)),
        Shape(role, _foot(leg)),
    ]
    shapes += [Shape("muscle", outline) for name in muscles for outline in _muscle(name, leg, effort)]
    return tuple(shapes)


def _front(pose: Pose, *, legs_alone: bool) -> list[Group]:
    """Return the limbs of a body seen from the front."""
    legs = [tuple(Shape("body", outline) for outline in _front_leg(leg)) for leg in (pose.leg, pose.far_leg)]
    if legs_alone:
        waist = polar(pose.hip, direction(pose.hip, pose.neck), WAIST)
        return [*legs, (Shape("body", along(pose.hip, waist, HIPS, round_ends=False)),)]
    return [
        *legs,
        (Shape("body", along(pose.hip, pose.neck, FRONT_TORSO, round_ends=False)),),
        _limb_arm(pose.arm, "body"),
        _limb_arm(pose.far_arm, "body"),
        _neck(pose),
    ]


def _front_leg(leg: Limb) -> tuple[tuple[Point, ...], ...]:
    foot = ((0.0, 4.0, 4.0), (0.6, 5.2, 5.2), (1.0, 4.6, 4.6))
    return (along(leg.root, leg.middle, THIGH), along(leg.middle, leg.end, SHANK), along(leg.end, leg.tip, foot))


def _foot(leg: Limb) -> tuple[Point, ...]:
    angle = direction(leg.end, leg.tip)
    outline = (
        (-6.5, -5.0),
        (-6.0, -7.6),
        (-3.0, -8.0),
        (14.0, -8.0),
        (18.0, -7.0),
        (18.4, -4.8),
        (14.0, -2.6),
        (6.0, 1.0),
        (3.4, 4.0),
        (-4.0, 4.0),
    )
    return tuple(polar(polar(leg.end, angle, x), angle + 90, y) for x, y in outline)


def _muscle(name: str, leg: Limb, effort: float) -> list[tuple[Point, ...]]:
    match name:
        case "hamstrings":
            return [along(leg.root, leg.middle, HAMSTRINGS, round_ends=False)]
        case "quadriceps":
            swollen = tuple((share, before + (effort - 1.0) * SLACK, behind) for share, before, behind in QUADRICEPS)
            return [along(leg.root, leg.middle, swollen, round_ends=False)]
        case "calf":
            return [along(leg.middle, leg.end, CALF, round_ends=False)]
        case _:
            return []


def _head(pose: Pose) -> tuple[Point, ...]:
    """Return an egg, a little longer than wide, along the direction of the neck."""
    up = direction(pose.neck, pose.head)
    ring = ((math.cos(turn), math.sin(turn)) for turn in (math.tau * index / 24 for index in range(24)))
    return tuple(polar(polar(pose.head, up, x * HEAD_R * 1.18), up + 90, y * HEAD_R) for x, y in ring)


def _neck(pose: Pose) -> Group:
    """Return neck and head."""
    neck = along(pose.neck, pose.head, ((0.0, 5.0, 5.0), (1.0, 4.6, 4.6)))
    return (Shape("body", neck), Shape("body", _head(pose)))


def _nose(pose: Pose) -> tuple[Point, ...]:
    """Return what shows which way the face looks."""
    forwards = direction(pose.neck, pose.head) - 90
    return disc(polar(pose.head, forwards - 14, HEAD_R - 1.2), 2.4, 10)


def _trunk(pose: Pose) -> Group:
    """Return the trunk, its chest as full as the breath."""
    swell = pose.breath * 1.6
    turned = tuple((share, behind, before + (swell if 0.3 < share < 0.9 else 0.0)) for share, before, behind in TORSO)
    return (Shape("body", along(pose.hip, pose.neck, turned)),)
