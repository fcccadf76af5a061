"""What types cannot say of a drawing: which of its keys need each other, and which silence each other."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

from coach.content.read import problem
from coach.domain.guidance import Figure, KeyPose, Mark
from coach.errors import DataError
from coach.validation import Key

Wrong = tuple[tuple[Key, ...], str, Mapping[str, object]]
"""Keys within the figure, the reason, and the values of its sentence."""
_WINS = {"ankle": ("thigh", "shank"), "far_ankle": ("far_thigh", "far_shank")}
"""Where the end of a leg is given, its angles follow from it, in every pose."""
_FEWEST_STEPS = 2


def figure_problems(path: Path, text: str, figure: Figure) -> Iterator[DataError]:
    """Yield what keeps the figure in ``path``, whose ``text`` is known, from being drawn as it says."""
    for keys, reason, values in _wrong_in(figure):
        yield problem(path, text, reason, ("figure", *keys), **values)


def _wrong_in(figure: Figure) -> Iterator[Wrong]:
    for name, pose in figure.poses.items():
        yield from ((("poses", name, *keys), reason, values) for keys, reason, values in _wrong_in_pose(figure, pose))
    if "strides" in figure.marks and figure.view != "trail":
        others = ", ".join(mark for mark in get_args(Mark) if mark != "strides")
        yield ("marks", figure.marks.index("strides")), "choice", {"got": "'strides'", "allowed": others}
    if figure.camera:
        left, bottom, right, top = figure.camera
        for index, low, high in ((2, left, right), (3, bottom, top)):
            if high <= low:
                yield ("camera", index), "bound", {"bound": f"> {low:g}"}


def _wrong_in_pose(figure: Figure, pose: KeyPose) -> Iterator[Wrong]:
    for end, angles in _WINS.items():
        if any(end in each.given for each in figure.poses.values()):
            for angle in angles:
                if angle in pose.given:
                    yield (angle,), "beside", {"other": end}
    if figure.view == "trail":
        for name in ("turn", "steps"):
            if name not in pose.given:
                yield (name,), "missing", {}
        steps = max([_FEWEST_STEPS, *(len(each.steps) for each in figure.poses.values() if each.steps)])
        if pose.steps is not None and len(pose.steps) != steps:
            yield ("steps",), "size", {"n": steps}
    elif pose.steps is not None:
        yield ("steps",), "unknown", {}
