"""All that a picture shows, as layers from back to front: one body, or a habit and its kinder way beside each other."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from coach.domain.guidance import Figure, View
from coach.figure import marks, props
from coach.figure.prints import prints, strides
from coach.figure.shapes import Group, Role, Shape, groups
from coach.figure.skeleton import Point, pose_at

PRINTS: tuple[View, ...] = ("trail",)
"""Views without a body."""
MOMENTS = (0.0, 0.5, 1.0)
"""Between these nothing reaches farther than at them."""
DONE = 0.9
"""How far on the way the kinder way gets its tick."""
MARK, SPACE = 0.17, 0.06
"""Size of the cross and the tick, and the space round them, as a share of the height of a picture."""
FADED: dict[Role, Role] = {"body": "dim"}


class Layer(NamedTuple):
    """Shapes that are painted together."""

    shapes: Group
    gap: bool = False
    """Whether a thin line parts them from what lies behind."""


class Place(NamedTuple):
    """Where the parts of a pair are."""

    kinder: Point
    """How far the kinder way is from where it would be alone."""
    cross: Point
    tick: Point
    size: float
    """Of the cross and the tick."""
    ways: tuple[list[Point], ...] = ()
    """Arrows that show which way footprints go."""


class Scene:
    """A figure at one size of dot: what does not move is worked out once."""

    def __init__(self, figure: Figure, per_dot: float = 1.0) -> None:
        """Show ``figure``, no line thinner than a dot of so many centimetres."""
        self.figure = figure
        self.per_dot = per_dot
        self._arrows = () if figure.view in PRINTS else marks.arrows(figure, per_dot)
        self._place = _beside(figure, per_dot) if figure.pair else None

    def still(self) -> Iterator[Layer]:
        """Yield what does not move, behind everything else: what stands around, and of a pair the habit."""
        yield from _around(self.figure, self.per_dot)
        if self._place is not None:
            yield from (_faded(layer) for layer in _body(self.figure, 0.0, self.per_dot, side=-1.0))
            yield Layer(marks.cross(self._place.cross, self._place.size))
            yield from (Layer(tuple(marks.arrow(path, self.per_dot))) for path in self._place.ways)
            yield from (_moved(layer, self._place.kinder) for layer in _around(self.figure, self.per_dot))

    def moving(self, depth: float, breath: float = 0.0) -> Iterator[Layer]:
        """Yield the body ``depth`` of the way, and what is in front of it."""
        layers = _body(self.figure, depth, self.per_dot, breath)
        if self._place is None:
            yield from layers
        else:
            yield from (_moved(layer, self._place.kinder) for layer in layers)
            if depth >= DONE:
                yield Layer(marks.tick(self._place.tick, self._place.size))
        if self._arrows:
            yield Layer(self._arrows)

    def points(self) -> Iterator[Point]:
        """Yield the corners of all that is ever shown."""
        yield from _points([*self.still(), *(layer for depth in MOMENTS for layer in self.moving(depth))])


def _around(figure: Figure, per_dot: float) -> Iterator[Layer]:
    if figure.view not in PRINTS:
        yield from (Layer(group) for group in props.behind(figure, per_dot))


def _body(figure: Figure, depth: float, per_dot: float, breath: float = 0.0, side: float = 1.0) -> Iterator[Layer]:
    if figure.view in PRINTS:
        yield Layer(prints(figure, depth))
        if "strides" in figure.marks:
            yield Layer(strides(figure, depth, per_dot, side))
        return
    pose = pose_at(figure, depth, breath)
    if "ice" in figure.props:
        yield from (Layer(group) for group in props.ice(pose, per_dot, depth))
    *limbs, head = groups(pose, figure.muscle, legs_alone=figure.body == "legs")
    yield from (Layer(limb, gap=True) for limb in limbs)
    yield Layer(head)
    yield from (Layer(group) for group in props.before(figure, pose, per_dot))
    if figure.marks:
        yield Layer(marks.marks(figure, pose, per_dot), gap=True)


def _upper(points: list[Point], height: float) -> list[Point]:
    """Return the points from ``height`` up; all of them where it passes over their heads."""
    return [point for point in points if point[1] >= height] or points


def _beside(figure: Figure, per_dot: float) -> Place:
    """Return where the kinder way stands beside the habit, and where the cross and the tick."""
    around = list(_around(figure, per_dot))
    habit, kinder = (
        list(_points([*around, *(layer for depth in depths for layer in _body(figure, depth, per_dot, side=side))]))
        for depths, side in (((0.0,), -1.0), (MOMENTS, 1.0))
    )
    bottom, top = min(y for _, y in (*habit, *kinder)), max(y for _, y in (*habit, *kinder))
    trail = figure.view == "trail"
    size, space = (top - bottom) * MARK, (top - bottom) * SPACE
    over = max(x for x, _ in habit) - min(x for x, _ in kinder) + space
    # beside what is highest, such as the head, and not beside what is widest
    y, beside = top - size / 2, bottom if trail else top - size
    left = min(x for x, _ in _upper(habit, beside)) - space - size / 2
    right = max(x for x, _ in _upper(kinder, beside)) + over + space + size / 2
    ways = ([(x, bottom + 6.0), (x, top - size * 2)] for x in (left, right)) if trail and not figure.marks else ()
    return Place((over, 0.0), (left, y), (right, y), size, tuple(ways))


def _points(layers: Iterable[Layer]) -> Iterator[Point]:
    yield from (point for layer in layers for shape in layer.shapes for point in shape.points)


def _moved(layer: Layer, by: Point) -> Layer:
    dx, dy = by
    shapes = (Shape(shape.role, tuple((x + dx, y + dy) for x, y in shape.points)) for shape in layer.shapes)
    return Layer(tuple(shapes), layer.gap)


def _faded(layer: Layer) -> Layer:
    shapes = (Shape(FADED.get(shape.role, shape.role), shape.points) for shape in layer.shapes)
    return Layer(tuple(shapes), layer.gap)
