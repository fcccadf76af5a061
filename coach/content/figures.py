"""What types cannot say of a drawing: which of its keys need each other, and which silence each other."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

from coach.content.read import problem
from coach.domain.guidance import Figure, Mark
from coach.errors import DataError
from coach.validation import Key

Wrong = tuple[tuple[Key, ...], str, Mapping[str, object]]
"""Keys within the figure, the reason, and the values of its sentence."""
_WINS = {"ankle": ("thigh", "shank"), "far_ankle": ("far_thigh", "far_shank")}
"""Where the end of a leg is given, its angles follow from it, in every pose."""
_FEWEST_STEPS = 2


def figure_problems(path: Path, text: str, figure: Figure) -> Iterator[DataError]:
    """Yield what keeps the figure in ``path``, whose ``text`` is known, from being drawn as it says."""
    yield from undrawable(path, text, figure)
    for keys, reason, values in _without_effect(figure):
        yield problem(path, text, reason, ("figure", *keys), **values)


def undrawable(path: Path, text: str, figure: Figure) -> Iterator[DataError]:
    """Yield what keeps it from being drawn at all: footprints without their steps, and what only footprints have."""
    if figure.view != "trail":
        if "strides" in figure.marks:
            keys, others = ("figure", "marks", figure.marks.index("strides")), set(get_args(Mark)) - {"strides"}
            yield problem(path, text, "choice", keys, got="'strides'", allowed=", ".join(sorted(others)))
        return
    poses = figure.poses
    for name in ("turn", "steps"):
        if not any(name in pose.given for pose in poses.values()):
            yield problem(path, text, "missing", ("figure", "poses", next(iter(poses)), name))
    steps = max([_FEWEST_STEPS, *(len(pose.steps) for pose in poses.values() if pose.steps)])
    for name, pose in poses.items():
        if pose.steps is not None and len(pose.steps) != steps:
            yield problem(path, text, "size", ("figure", "poses", name, "steps"), n=steps)


def _without_effect(figure: Figure) -> Iterator[Wrong]:
    for name, pose in figure.poses.items():
        for end, angles in _WINS.items():
            if any(end in each.given for each in figure.poses.values()):
                yield from (
                    (("poses", name, angle), "beside", {"other": end}) for angle in angles if angle in pose.given
                )
        if pose.steps is not None and figure.view != "trail":
            yield ("poses", name, "steps"), "unknown", {}
    if figure.camera:
        left, bottom, right, top = figure.camera
        for index, low, high in ((2, left, right), (3, bottom, top)):
            if high <= low:
                yield ("camera", index), "bound", {"bound": f"> {low:g}"}
