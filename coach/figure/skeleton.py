"""One skeleton, seen from the side or from the front: what a key pose says becomes joints in centimetres.

The body faces right; x grows to the right, y grows upwards, the floor is at 0. Directions are degrees against the
x-axis, counterclockwise: a torso at 90 is upright, a thigh at 0 lies level, a shank at -90 hangs. The active leg is the
near one; what belongs to the other side has the prefix ``far_``.

A key pose gives, for each limb, either its angles (``thigh``, ``shank``) or the point that its end touches (``ankle``
as ``[x, y]``), from which the angles follow, the knee forwards; a knee that bends back is given by its angles. Give a
leg the same way in every pose. A hand may also name what it touches: ``knee``, ``thigh``, ``shin``, ``toe``, ``hip``.

What only one pose says holds in the others, too. Without its own keys, the far leg goes as the near one (``thigh``,
``shank``), and the far arm with the near one. Feet stand on the floor: with a flat foot the ankle is 8 above it.
"""

import math
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from coach.domain.guidance import Figure

Point = tuple[float, float]
Keys = dict[str, Any]
"""The keys of a pose: numbers, points, or (for a hand) names; a blend of two names is a triple."""

LENGTH: Mapping[str, float] = {
    "torso": 50.0, "neck": 19.0, "arm": 28.0, "forearm": 24.0, "palm": 8.0,
    "thigh": 43.0, "shank": 41.0, "foot": 16.0, "heel": 8.0,
}  # fmt: skip
"""Centimetres of a person of 168 cm; ``neck`` reaches to the middle of the head, ``heel`` from ankle to sole."""
SQUEEZED = 1.25
EFFORT_STEPS = 8
"""Steps in which a muscle swells: each is worked out once."""
SHOULDER_SHARE = 0.9
"""Where along the torso the arms begin."""


class Limb(msgspec.Struct, frozen=True):
    """A leg (hip, knee, ankle, toe) or an arm (shoulder, elbow, wrist, fingers)."""

    root: Point
    middle: Point
    end: Point
    tip: Point


class Pose(msgspec.Struct, frozen=True, kw_only=True):
    """All joints at one moment, in centimetres."""

    view: Literal["side", "front"] = "side"
    hip: Point
    neck: Point
    """Where the neck leaves the torso."""
    head: Point
    """The middle of the head."""
    leg: Limb
    far_leg: Limb
    arm: Limb
    far_arm: Limb
    breath: float
    """How full the chest is, 0 to 1."""
    effort: float = 1.0
    """How far the muscle has swollen: 0 at ease, 1 as it is drawn elsewhere, more where it is squeezed."""


def polar(start: Point, degrees: float, length: float) -> Point:
    """Return the point ``length`` centimetres from ``start``."""
    turned = math.radians(degrees)
    return start[0] + length * math.cos(turned), start[1] + length * math.sin(turned)


def direction(start: Point, end: Point) -> float:
    """Return the direction from ``start`` to ``end`` in degrees."""
    return math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))


def between(start: Point, end: Point, share: float) -> Point:
    """Return the point that lies ``share`` of the way from ``start`` to ``end``."""
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def keys_at(figure: Figure, depth: float) -> Keys:
    """Return what the key poses of ``figure``, in their order, say ``depth`` of the way (0 to 1) through them."""
    poses = [pose.given for pose in figure.poses.values()]
    place = min(max(depth, 0.0), 1.0) * (len(poses) - 1)
    index = min(int(place), max(len(poses) - 2, 0))
    first, second = poses[index], poses[min(index + 1, len(poses) - 1)]
    return _blend(first, second, place - index)


def pose_at(figure: Figure, depth: float, breath: float = 0.0) -> Pose:
    """Return the pose ``depth`` of the way (0 to 1) through the key poses of ``figure``, in their order."""
    keys = keys_at(figure, depth)
    pose = _resolve_front(keys, breath) if figure.view == "front" else _resolve(keys, breath)
    if figure.squeeze:
        steps = round(min(max(depth, 0.0), 1.0) * EFFORT_STEPS)
        pose = msgspec.structs.replace(pose, effort=SQUEEZED * steps / EFFORT_STEPS)
    return pose


def _blend(first: Keys, second: Keys, share: float) -> Keys:
    return {
        key: _mixed(first.get(key, second.get(key)), second.get(key, first.get(key)), share)
        for key in {**first, **second}
    }


def _mixed(value: Any, other: Any, share: float) -> Any:
    if isinstance(value, (int, float)) and isinstance(other, (int, float)):
        return value + (other - value) * share
    if isinstance(value, (list, tuple)) and isinstance(other, (list, tuple)):
        return tuple(a + (b - a) * share for a, b in zip(value, other, strict=True))
    return value if value == other else (value, other, share)


def _resolve(keys: Keys, breath: float) -> Pose:
    hip = _point(keys.get("hip", (0.0, 50.0)))
    neck = polar(hip, _angle(keys, "torso", default=90.0), LENGTH["torso"])
    head = polar(neck, _angle(keys, "head", "torso", default=90.0), LENGTH["neck"])
    leg, far_leg = _leg(keys, hip, ""), _leg(keys, hip, "far_")
    shoulder = between(hip, neck, SHOULDER_SHARE)
    return Pose(
        hip=hip, neck=neck, head=head, leg=leg, far_leg=far_leg, breath=breath,
        arm=_arm(keys, shoulder, leg, ""), far_arm=_arm(keys, shoulder, leg, "far_"),
    )  # fmt: skip


def _point(value: Any) -> Point:
    return float(value[0]), float(value[1])


def _angle(keys: Keys, *names: str, default: float) -> float:
    """Return the first of ``names`` that the pose gives, in degrees."""
    return float(next((keys[name] for name in names if name in keys), default))


def _leg(keys: Keys, hip: Point, side: str) -> Limb:
    if (ankle := keys.get(f"{side}ankle")) is not None:
        knee, ankle = bend(hip, _point(ankle), LENGTH["thigh"], LENGTH["shank"], 1.0)
    else:
        knee = polar(hip, _angle(keys, f"{side}thigh", "thigh", default=-90.0), LENGTH["thigh"])
        ankle = polar(knee, _angle(keys, f"{side}shank", "shank", default=-90.0), LENGTH["shank"])
    return Limb(hip, knee, ankle, polar(ankle, _angle(keys, f"{side}foot", default=0.0), LENGTH["foot"]))


def _arm(keys: Keys, shoulder: Point, leg: Limb, side: str) -> Limb:
    hand = keys.get(f"{side}hand", keys.get("hand"))
    if f"{side}arm" in keys or (hand is None and "arm" in keys):
        elbow = polar(shoulder, _angle(keys, f"{side}arm", "arm", default=-90.0), LENGTH["arm"])
        wrist = polar(elbow, _angle(keys, f"{side}forearm", "forearm", default=-90.0), LENGTH["forearm"])
    else:
        elbow, wrist = bend(shoulder, touched(hand or "thigh", leg), LENGTH["arm"], LENGTH["forearm"], -1.0)
    return Limb(
        shoulder,
        elbow,
        wrist,
        polar(wrist, _angle(keys, f"{side}palm", "palm", default=direction(elbow, wrist)), LENGTH["palm"]),
    )


def touched(target: Any, leg: Limb) -> Point:
    """Return the point that a hand touches: a point as given, a place on the leg, or a blend of two of these."""
    if isinstance(target, tuple) and len(target) == 3:
        return between(touched(target[0], leg), touched(target[1], leg), target[2])
    if not isinstance(target, str):
        return _point(target)
    above = 7.0
    on_thigh = polar(between(leg.root, leg.middle, 0.72), direction(leg.root, leg.middle) + 90, above)
    places: Mapping[str, Point] = {
        "thigh": on_thigh,
        "knee": polar(leg.middle, direction(leg.root, leg.middle) + 60, above),
        "shin": polar(between(leg.middle, leg.end, 0.5), direction(leg.middle, leg.end) + 90, above),
        "toe": leg.tip,
        "hip": polar(leg.root, direction(leg.root, leg.middle) + 90, above),
    }
    return places[target]


def bend(start: Point, target: Point, upper: float, lower: float, way: float) -> tuple[Point, Point]:
    """Return the middle and the end of a limb of two bones that reaches for ``target``.

    ``way`` is 1 where the middle joint bends forwards (a knee) and -1 where it bends back (an elbow). A target out of
    reach is reached for with a straight limb.
    """
    reach = math.dist(start, target)
    far = min(max(reach, abs(upper - lower) + 0.1), upper + lower - 0.01)
    towards = direction(start, target)
    cosine = (upper * upper + far * far - lower * lower) / (2 * upper * far)
    middle = polar(start, towards + way * math.degrees(math.acos(min(max(cosine, -1.0), 1.0))), upper)
    return middle, polar(start, towards, far)


def _resolve_front(keys: Keys, breath: float) -> Pose:
    """Return the body seen from the front; ``far_`` is the person's left, at our right.

    ``ankle`` and ``far_ankle`` say where the feet stand, ``knee_in`` how many centimetres a knee falls inwards,
    ``turn`` how many degrees the toes turn out, ``lean`` how far the trunk leans, ``tilt`` by how many degrees the
    pelvis hangs lower at the near leg.
    """
    hip = _point(keys.get("hip", (0.0, 92.0)))
    neck = polar(hip, 90.0 - _angle(keys, "lean", default=0.0), LENGTH["torso"])
    return Pose(
        view="front", hip=hip, neck=neck, breath=breath, head=polar(neck, 90.0, LENGTH["neck"]),
        leg=_front_leg(keys, hip, "", -1.0), far_leg=_front_leg(keys, hip, "far_", 1.0),
        arm=_front_arm(neck, -1.0), far_arm=_front_arm(neck, 1.0),
    )  # fmt: skip


def _front_leg(keys: Keys, hip: Point, side: str, way: float) -> Limb:
    """Return a leg; from the front a bent knee is foreshortened, so that only where it stands is given."""
    tilt = math.radians(_angle(keys, "tilt", default=0.0))
    root = (hip[0] + way * 8.5, hip[1] + way * 8.5 * math.tan(tilt))
    ankle = _point(keys.get(f"{side}ankle", (way * 10.0, 9.0)))
    inwards = -way * _angle(keys, f"{side}knee_in", "knee_in", default=0.0)
    knee = between(root, ankle, 0.51)
    turn = way * _angle(keys, f"{side}turn", "turn", default=6.0)
    return Limb(root, (knee[0] + inwards, knee[1]), ankle, polar(ankle, -90.0 + turn, 9.0))


def _front_arm(neck: Point, way: float) -> Limb:
    root = (neck[0] + way * 17.0, neck[1] - 6.0)
    elbow = polar(root, -90.0 + way * 9.0, LENGTH["arm"])
    wrist = polar(elbow, -90.0 + way * 4.0, LENGTH["forearm"])
    return Limb(root, elbow, wrist, polar(wrist, -90.0, LENGTH["palm"]))
