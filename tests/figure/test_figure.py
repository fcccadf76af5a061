"""The promises of the drawn body: every stretch is drawn, whole, at every size, and moves as a body does."""

import math
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree as ET

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.content import Content
from coach.content.figures import undrawable
from coach.domain.guidance import Arrow, Figure, KeyPose, Mark, Muscle, Prop, Touched
from coach.figure import Cell, Drawing, braille, pose_at, text
from coach.figure.anatomy import PARTS, picture
from coach.figure.marks import arrows, marks, shares
from coach.figure.prints import strides
from coach.figure.props import before, ice
from coach.figure.raster import BLANK, Canvas
from coach.figure.scene import Scene
from coach.figure.shapes import Group, Shape, _head, _limb_leg, groups
from coach.figure.skeleton import LENGTH, Limb, Pose, keys_at
from coach.figure.svg import svg
from tests.helpers import examples

FIGURES = {name: stretch.figure for name, stretch in Content.open().stretches.items() if stretch.figure}
NAMES = sorted(FIGURES)
SIZES = ((30, 12), (60, 24), (22, 9), (110, 40))


def lit(drawing: str) -> int:
    return sum((ord(char) - 0x2800).bit_count() for char in drawing if char >= "\u2800")


def test_every_stretch_that_ships_is_drawn() -> None:
    """No stretch leaves the person with words alone."""
    assert set(FIGURES) == set(Content.open().stretches)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", SIZES)
def test_a_drawing_fills_its_cells_and_no_more(name: str, size: tuple[int, int]) -> None:
    """At any size the body is there, as large as fits, with the muscle that is stretched in its own role."""
    width, height = size
    drawing = Drawing(FIGURES[name], width, height)
    used: set[int] = set()
    columns: set[int] = set()
    for depth in (0.0, 1.0):
        rows = drawing.cells(depth)
        assert [len(row) for row in rows] == [width] * height
        shows = {"normal"} if FIGURES[name].squeeze and depth == 0.0 else {"normal", "muscle"}
        assert shows <= {cell.role for row in rows for cell in row}
        used |= {index for index, row in enumerate(rows) if any(cell.char != " " for cell in row)}
        columns |= {index for row in rows for index, cell in enumerate(row) if cell.char != " "}
    assert len(used) >= height * 0.9 or len(columns) >= width * 0.9


@pytest.mark.parametrize("name", NAMES)
def test_at_ease_and_in_the_hold_differ_at_a_glance(name: str) -> None:
    """Ease and hold are told apart in a small drawing without colours; a squeeze may move little, but it moves."""
    drawing = Drawing(FIGURES[name], 30, 12, plain=True)
    ready, hold = text(drawing.cells(0.0)), text(drawing.cells(1.0))
    changed = sum(one != other for one, other in zip(ready, hold, strict=False))
    assert changed >= 12


@pytest.mark.parametrize("name", NAMES)
def test_nothing_sinks_into_the_floor(name: str) -> None:
    """Feet stand on the floor, and no part of the body is drawn below it."""
    for depth in (0.0, 0.25, 0.5, 0.75, 1.0):
        lowest = min(
            y for group in groups(pose_at(FIGURES[name], depth), ()) for shape in group for _, y in shape.points
        )
        assert lowest > -3.0
        assert lowest < 3.0 or "bed" in FIGURES[name].props


ON_THE_FLOOR = [
    (name, limb)
    for name in NAMES
    for limb in ("leg", "far_leg")
    if not {"bed", "mat"} & set(FIGURES[name].props) and not (limb == "leg" and "leg-up" in FIGURES[name].arrows)
]
"""The legs that nothing says are lifted: no bed, no mat, and no arrow that leads the working leg up."""


@pytest.mark.parametrize(("name", "limb"), ON_THE_FLOOR)
def test_no_foot_floats(name: str, limb: str) -> None:
    """A heel that hovers tells a stranger to lift the leg: both feet stay down, on the whole way in."""
    for depth in (0.0, 0.25, 0.5, 0.75, 1.0):
        leg = getattr(pose_at(FIGURES[name], depth), limb)
        assert min(y for shape in _limb_leg(leg, "body", (), 1.0) for _, y in shape.points) < 2.5


@pytest.mark.parametrize("name", [name for name in NAMES if FIGURES[name].squeeze])
@pytest.mark.parametrize("size", SIZES)
def test_a_squeezed_muscle_swells(name: str, size: tuple[int, int]) -> None:
    """What works without moving is seen to work: in the hold at least twice as much of it is in colour."""
    drawing = Drawing(FIGURES[name], *size)
    at_ease, held = (sum(cell.role == "muscle" for row in drawing.cells(depth) for cell in row) for depth in (0.0, 1.0))
    assert held >= max(2 * at_ease, 2)


@pytest.mark.parametrize("name", NAMES)
def test_strokes_of_effort_are_where_a_muscle_is_tensed_and_nowhere_else(name: str) -> None:
    """They come with the squeeze, and go with it."""
    figure = FIGURES[name]
    assert ("tense" in figure.marks) == figure.squeeze
    if figure.squeeze:
        assert not marks(figure, pose_at(figure, 0.0))
        assert marks(figure, pose_at(figure, 1.0))


def rows_of(drawing: Drawing, shapes: Group) -> dict[int, int]:
    """Return the dots of shapes: row to bits."""
    canvas, rows = Canvas(drawing.frame), defaultdict[int, int](int)
    for shape in shapes:
        for row, bits in canvas.mask(shape.points).items():
            rows[row] |= bits
    return rows


def touching(drawing: Drawing, shapes: Group, others: Group) -> int:
    """Return how many dots two parts of a drawing share."""
    rows, other_rows = rows_of(drawing, shapes), rows_of(drawing, others)
    return sum((bits & other_rows.get(row, 0)).bit_count() for row, bits in rows.items())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", SIZES)
def test_an_arrow_is_never_over_the_leg_that_rests(name: str, size: tuple[int, int]) -> None:
    """An arrow whose tip is on the far leg says that this one moves."""
    drawing = Drawing(FIGURES[name], *size)
    for depth in (0.0, 0.5, 1.0):
        far = _limb_leg(pose_at(FIGURES[name], depth).far_leg, "far", (), 1.0)
        assert not touching(drawing, arrows(FIGURES[name], drawing.frame.per_dot), far)


@pytest.mark.parametrize("depth", [0.0, 0.5, 1.0])
def test_a_towel_round_a_raised_foot_is_clear_of_the_leg(depth: float) -> None:
    """It goes from the hands past the knee to the foot: before the shin it was a tangle."""
    figure = FIGURES["lying-towel-hamstring"]
    drawing, pose = Drawing(figure, 30, 12), pose_at(figure, depth)
    thigh, shin, _ = _limb_leg(pose.leg, "body", (), 1.0)
    towel = tuple(shape for group in before(figure, pose) for shape in group)
    assert not touching(drawing, towel, (thigh,))
    assert touching(drawing, towel, (shin,)) <= 2


@pytest.mark.parametrize("depth", [0.0, 0.5, 1.0])
def test_arms_that_lean_on_a_table_stay_above_it(depth: float) -> None:
    """An elbow that hangs below the top is no arm that carries."""
    arm = pose_at(FIGURES["soft-knee-hinge"], depth).arm
    assert arm.middle[1] > arm.end[1] - 5.0


@pytest.mark.parametrize("name", NAMES)
def test_a_head_is_round_in_a_small_drawing(name: str) -> None:
    """Its first row of dots is narrower than its widest: a flat one looks cut off."""
    drawing = Drawing(FIGURES[name], 30, 12)
    for depth in (0.0, 0.4, 0.7, 1.0):
        rows = rows_of(drawing, (Shape("body", _head(pose_at(FIGURES[name], depth))),))
        widths = [rows[row].bit_count() for row in sorted(rows)]
        assert FIGURES[name].camera or widths[0] < max(widths), depth


@pytest.mark.parametrize("name", NAMES)
def test_an_arrow_shows_which_way_a_small_movement_goes(name: str) -> None:
    """It is there at ease and in the hold, at the smallest size that a session draws, and on paper."""
    drawing = Drawing(FIGURES[name], 30, 12)
    for depth in (0.0, 1.0):
        assert sum(cell.role == "accent" for row in drawing.cells(depth) for cell in row) >= 2
    assert 'fill="#2b7a78"' in svg(FIGURES[name])


def bones(pose: Pose) -> list[float]:
    def of(limb: Limb) -> list[float]:
        return [math.dist(limb.root, limb.middle), math.dist(limb.middle, limb.end)]

    return [*of(pose.leg), *of(pose.far_leg), *of(pose.arm), *of(pose.far_arm)]


LEG, ARM = [LENGTH["thigh"], LENGTH["shank"]], [LENGTH["arm"], LENGTH["forearm"]]


@given(st.sampled_from(NAMES), st.floats(0, 1))
def test_bones_keep_their_length(name: str, depth: float) -> None:
    """On the whole way into a stretch no limb grows or shrinks."""
    assert bones(pose_at(FIGURES[name], depth)) == pytest.approx([*LEG, *LEG, *ARM, *ARM], abs=0.1)


@given(st.sampled_from(NAMES), st.floats(0, 0.98))
def test_the_body_moves_without_a_jump(name: str, depth: float) -> None:
    """A fiftieth of the way moves no joint by more than a hand's breadth."""
    one, other = pose_at(FIGURES[name], depth), pose_at(FIGURES[name], depth + 0.02)
    for joint in ("leg", "far_leg", "arm", "far_arm"):
        before, after = getattr(one, joint), getattr(other, joint)
        assert math.dist(before.middle, after.middle) < 8.0
        assert math.dist(before.end, after.end) < 8.0


@given(st.sampled_from(NAMES), st.floats(0, 1), st.floats(0, 1), st.integers(1, 140), st.integers(1, 50))
def test_any_moment_at_any_size_can_be_drawn(name: str, depth: float, breath: float, width: int, height: int) -> None:
    """No size of terminal and no moment breaks the drawing."""
    rows = Drawing(FIGURES[name], width, height, "left").cells(depth, breath)
    assert [len(row) for row in rows] == [width] * height


MEASURES = st.sampled_from((-1000, -90, 0, 5, 60, 90, 1000)) | st.floats(-200, 200)
PLACES = st.tuples(MEASURES, MEASURES)
HANDS = PLACES | st.sampled_from(get_args(Touched))
POSES = st.fixed_dictionaries(
    {},
    optional={
        "hip": PLACES, "far_ankle": PLACES, "torso": MEASURES, "thigh": MEASURES, "shank": MEASURES, "hand": HANDS,
        "ankle": PLACES, "far_shank": MEASURES,
        "far_hand": HANDS, "arm": MEASURES, "lean": MEASURES, "tilt": MEASURES, "knee_in": MEASURES,
    },
)  # fmt: skip
PRINTS = st.fixed_dictionaries({"turn": MEASURES, "steps": st.lists(MEASURES, min_size=4, max_size=4)})


def some(names: object) -> st.SearchStrategy[list[str]]:
    """Return some of the names that a key can have."""
    return st.lists(st.sampled_from(get_args(names)), max_size=3, unique=True)


@examples(30)
@given(
    poses=st.one_of(*(st.lists(kind, min_size=1, max_size=3) for kind in (POSES, POSES, PRINTS))),
    lists=st.fixed_dictionaries({"props": some(Prop), "muscle": some(Muscle), "arrows": some(Arrow)}),
    marks=some(Mark), squeeze=st.booleans(), pair=st.booleans(), front=st.booleans(),
)  # fmt: skip
def test_whatever_a_file_may_say_can_be_drawn(
    poses: list[Any], lists: dict[str, Any], marks: list[str], squeeze: bool, pair: bool, front: bool
) -> None:
    """A person's own drawing is drawn or refused when it is read; it ends no screen."""
    view = "trail" if "steps" in poses[0] else "front" if front else "side"
    named = dict(zip(("ready", "lean", "hold"), poses, strict=False))
    marks = [mark for mark in marks if mark != "strides" or view == "trail"]
    written = lists | {"marks": marks, "squeeze": squeeze, "pair": pair, "view": view, "poses": named}
    figure = msgspec.convert(written, Figure)
    assert not list(undrawable(Path("mine.toml"), "", figure))
    rows = Drawing(figure, 30, 12).cells(0.5)
    assert [len(row) for row in rows] == [30] * 12
    assert svg(figure, 1.0)


def test_the_left_leg_is_drawn_from_the_left() -> None:
    """The figure turns round, so that the leg that works is always the near one."""
    right, left = (braille(FIGURES["wall-calf"], 1.0, 40, 20, facing=facing) for facing in ("right", "left"))
    first = [next((i for i, cell in enumerate(row) if cell.role == "muscle"), None) for row in right]
    mirrored = [next((i for i, cell in enumerate(reversed(row)) if cell.role == "muscle"), None) for row in left]
    assert any(first)
    assert all(abs((a or 0) - (b or 0)) <= 1 for a, b in zip(first, mirrored, strict=True))


def test_without_colours_the_muscle_is_the_full_part() -> None:
    """In plain drawings the body is an outline with a light filling, and lights fewer dots."""
    colour, plain = (text(braille(FIGURES["seated-toe-pull"], 1.0, 60, 24, plain=plain)) for plain in (False, True))
    assert lit(plain) < lit(colour) * 0.75


def test_a_pose_may_be_given_by_angles_alone() -> None:
    """A new stretch needs its angles and nothing else."""
    angles: dict[str, Any] = {
        "hip": (0, 54), "torso": 90, "thigh": -10, "shank": -40, "foot": 20, "arm": -80, "forearm": -20,
    }  # fmt: skip
    ready, hold = KeyPose(**angles), KeyPose(**angles | {"foot": 60})
    figure = Figure(props=("chair",), muscle=("calf",), poses={"ready": ready, "hold": hold})
    assert bones(pose_at(figure, 0.3)) == pytest.approx([*LEG, *LEG, *ARM, *ARM])
    assert lit(text(braille(figure, 1.0, 30, 12))) > 100


@pytest.mark.parametrize("name", NAMES)
def test_the_same_skeleton_draws_for_paper(name: str) -> None:
    """The SVG is well formed, says what it shows, and marks the muscle."""
    root = ET.fromstring(svg(FIGURES[name], 1.0, label='pull <the> "toes" & breathe'))
    assert root.attrib["aria-label"] == 'pull <the> "toes" & breathe'
    assert any(node.attrib.get("fill") == "#d9663a" for node in root.iter())


HABITS = {name: habit.figure for name, habit in Content.open().habits.items() if habit.figure}


@pytest.mark.parametrize("name", sorted(HABITS))
@pytest.mark.parametrize("size", SIZES)
def test_a_habit_and_its_kinder_way_are_told_apart(name: str, size: tuple[int, int]) -> None:
    """Seen from the side or from the front, the two are different drawings that fit."""
    drawing = Drawing(HABITS[name], *size)
    before, after = text(drawing.cells(0.0)), text(drawing.cells(1.0))
    assert before != after
    assert lit(before) > 40


def test_from_the_front_the_knees_fall_inwards_by_as_much_as_they_are_said_to() -> None:
    """The drawing of a habit shows what its words say."""
    knees_in, kinder = (pose_at(HABITS["knees-in"], depth) for depth in (0.0, 1.0))
    assert knees_in.far_leg.middle[0] - knees_in.leg.middle[0] < kinder.far_leg.middle[0] - kinder.leg.middle[0]


@pytest.mark.parametrize("size", [(30, 12), (60, 24), (22, 8), (76, 30)])
def test_the_back_of_the_knee_shows_its_muscles_from_the_top_down(size: tuple[int, int]) -> None:
    """Each of the three is seen, and its name belongs to a row of its own, at every size; so do the parts of a leg."""
    drawn = picture(*size)
    wide, high = len(drawn.cells[0]), len(drawn.cells)
    assert wide <= size[0]
    assert high <= size[1]
    assert wide == size[0] or high == size[1], "as large as the room allows"
    assert list(drawn.muscles.values()) == list(PARTS)
    for rows in (list(drawn.muscles), list(drawn.places)):
        assert rows == sorted(set(rows))
        assert rows[-1] < high
    assert {"muscle", "far", "prop"} <= {cell.role for row in drawn.cells for cell in row}


def test_the_lines_of_the_back_of_the_knee_reach_its_names() -> None:
    """Each ends at the last cell of its row, where the name begins."""
    drawn = picture(60, 24)
    for row in drawn.muscles:
        assert drawn.cells[row][-1].char != BLANK
        assert drawn.cells[row][-1].role == "prop"


ICE = Content.open().icing.figure
assert ICE is not None


@pytest.mark.parametrize("size", [(30, 12), (60, 24)])
def test_ice_lies_under_the_knee_in_a_cloth(size: tuple[int, int]) -> None:
    """The bag is in the hollow of the knee, above the bed; between it and the skin is a cloth on every side."""
    assert ICE is not None
    pose = pose_at(ICE, 1.0)
    cloth, pieces, _ = ice(pose, 1.0)
    wrapped = [shape for shape in cloth if shape.role == "far"]

    def reach(shapes: Iterable[Shape], axis: int) -> tuple[float, float]:
        values = [point[axis] for shape in shapes for point in shape.points]
        return min(values), max(values)

    knee_x, knee_y = pose.leg.middle
    assert reach(pieces, 0)[0] < knee_x < reach(pieces, 0)[1]
    assert reach(wrapped, 1)[1] < knee_y
    assert reach(wrapped, 1)[0] == pytest.approx(pose.hip[1] - 11.5, abs=0.5)
    for axis in (0, 1):
        assert reach(wrapped, axis)[0] < reach(pieces, axis)[0] - 3
        assert reach(wrapped, axis)[1] > reach(pieces, axis)[1] + 3
    assert sum(cell.role == "accent" for row in braille(ICE, 1.0, *size) for cell in row) > 6


@pytest.mark.parametrize("size", [(30, 12), (60, 24)])
def test_ice_comes_along_the_bed_and_stays(size: tuple[int, int]) -> None:
    """At first it is seen whole, beyond the feet; the arrow goes the way that it goes; it never leaves the bed."""
    assert ICE is not None
    drawing, pose = Drawing(ICE, *size), pose_at(ICE, 0.0)
    shapes = {depth: [shape for group in ice(pose, 1.0, depth) for shape in group] for depth in (0.0, 0.5, 1.0)}
    legs = tuple(shape for leg in (pose.leg, pose.far_leg) for shape in _limb_leg(leg, "body", (), 1.0))
    assert not touching(drawing, tuple(shapes[0.0]), legs)
    lefts = [min(x for shape in shapes[depth] for x, _ in shape.points) for depth in shapes]
    assert lefts == sorted(lefts, reverse=True)
    assert len({round(min(y for shape in each for _, y in shape.points), 3) for each in shapes.values()}) == 1
    shaft, head = arrows(ICE, drawing.frame.per_dot)
    assert min(x for x, _ in head.points) < min(x for x, _ in shaft.points)


@pytest.mark.parametrize("size", [(30, 12), (60, 24)])
def test_ice_is_told_from_a_cushion(size: tuple[int, int]) -> None:
    """A cushion is of a piece: ice is several, parted also where dots are large, with a sign of cold."""
    assert ICE is not None
    drawing = Drawing(ICE, *size)
    canvas = Canvas(drawing.frame)
    for group in (*ice(pose_at(ICE, 0.0), drawing.frame.per_dot),):
        canvas.paint(group, gap=False)
    assert len(islands(canvas.rows["accent"])) >= 4
    *_, flake = ice(pose_at(ICE, 0.0), drawing.frame.per_dot)
    assert len(flake) > 3, "more than three lines across each other: a flake, not an asterisk"


def islands(rows: list[int]) -> list[set[tuple[int, int]]]:
    """Return the dots of a layer in sets that do not touch."""
    dots = {(x, y) for y, bits in enumerate(rows) for x in range(bits.bit_length()) if bits >> x & 1}
    parts = []
    while dots:
        part, edge = set(), {dots.pop()}
        while edge:
            x, y = edge.pop()
            part.add((x, y))
            near = {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & dots
            dots -= near
            edge |= near
        parts.append(part)
    return parts


PAIRS = sorted(name for name, figure in HABITS.items() if figure.pair)


def test_every_habit_is_shown_beside_its_kinder_way() -> None:
    """A picture of one way alone does not say whether to do it or to leave it."""
    assert sorted(HABITS) == PAIRS


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("size", [(30, 12), (60, 24), (22, 9)])
def test_a_habit_has_a_cross_and_its_kinder_way_a_tick(name: str, size: tuple[int, int]) -> None:
    """The cross comes first, on a side of its own, and stays; the tick comes when the kinder way is reached."""
    drawing = Drawing(HABITS[name], *size)
    begun, done = (places(drawing.cells(depth)) for depth in (0.0, 1.0))
    assert begun["bad"] == done["bad"]
    assert "good" not in begun
    assert len(done["bad"]) >= 2
    assert len(done["good"]) >= 2
    assert max(x for x, _ in done["bad"]) < min(x for x, _ in done["good"])
    assert places(Drawing(HABITS[name], *size, "left").cells(1.0)) == done, "never turned round: a tick would be a hook"


def places(rows: list[list[Cell]]) -> dict[str, set[tuple[int, int]]]:
    """Return the column and row of the cells of each role."""
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if cell.char != BLANK:
                found[cell.role].add((x, y))
    return dict(found)


def test_from_the_front_the_weight_is_where_the_arrows_are() -> None:
    """On one leg an arrow is under that leg alone; on both legs each has one, and they are alike."""
    figure = HABITS["one-leg-standing"]
    assert shares(pose_at(figure, 0.0)) == (0.0, 1.0)
    assert shares(pose_at(figure, 1.0)) == pytest.approx((0.5, 0.5))
    heads = [[shape for shape in marks(figure, pose_at(figure, depth)) if len(shape.points) == 3] for depth in (0, 1)]
    assert [len(shapes) for shapes in heads] == [1, 2]
    pose = pose_at(figure, 0.0)
    assert {round(sum(x for x, _ in shape.points) / 3) for shape in heads[0]} == {round(pose.far_leg.end[0])}
    assert pose.leg.end[1] == pose.far_leg.end[1], "both feet stand: this is no exercise of balance"
    assert pose.leg.root[1] < pose.far_leg.root[1] - 2, "the body hangs on the hip that carries"


@pytest.mark.parametrize("size", SIZES)
def test_equal_weights_have_equal_arrows(size: tuple[int, int]) -> None:
    """In dots, too: an arrow that is a dot thicker carries more."""
    figure = HABITS["one-leg-standing"]
    drawing = Drawing(figure, *size)
    shapes = marks(figure, pose_at(figure, 1.0), drawing.frame.per_dot)
    halves = [rows_of(drawing, half) for half in (shapes[:2], shapes[2:])]
    near, far = (
        {row: bits >> shift for row, bits in rows.items()}
        for rows in halves
        for shift in [min((bits & -bits).bit_length() - 1 for bits in rows.values())]
    )
    assert near == far


@pytest.mark.parametrize(("name", "view"), [("toes-out", "turn"), ("rhythm", "steps")])
def test_footprints_show_what_the_words_say(name: str, view: str) -> None:
    """Toes that turn out come to point ahead; steps that are long and short become alike."""
    habit, kinder = (keys_at(HABITS[name], depth) for depth in (0.0, 1.0))
    if view == "turn":
        assert habit["turn"] > 40
        assert kinder["turn"] < 5
    else:
        before_, after = ([b - a for a, b in pairwise(keys["steps"])] for keys in (habit, kinder))
        assert max(before_) > 3 * min(before_)
        assert max(after) == pytest.approx(min(after))


@pytest.mark.parametrize("size", SIZES)
def test_each_step_has_an_arrow_as_long_as_it_is(size: tuple[int, int]) -> None:
    """Uneven steps have uneven arrows, each with a shaft, and even ones even arrows."""
    figure = HABITS["rhythm"]
    per_dot = Drawing(figure, *size).frame.per_dot
    for depth, side in ((0.0, -1.0), (1.0, 1.0)):
        steps = [b - a for a, b in pairwise(keys_at(figure, depth)["steps"])]
        shapes = strides(figure, depth, per_dot, side)
        ends = [max(y for _, y in head.points) for head in shapes[1::2]]
        starts = [min(y for _, y in shaft.points) for shaft in shapes[::2]]
        lengths = [end - start for start, end in zip(starts, ends, strict=True)]
        assert lengths == pytest.approx([step - per_dot for step in steps], abs=per_dot)


ALL = {**FIGURES, **{f"habit-{name}": figure for name, figure in HABITS.items()}, "ice": ICE}


@pytest.mark.parametrize("name", sorted(ALL))
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cropped(name: str, size: tuple[int, int]) -> None:
    """Head, arrows and marks are within the frame at every moment; only a close look at a foot leaves a body out."""
    figure = ALL[name]
    assert figure is not None
    frame = Drawing(figure, *size).frame
    scene = Scene(figure, frame.per_dot)
    layers = [layer for depth in (0.0, 0.25, 0.5, 0.75, 1.0) for layer in (*scene.still(), *scene.moving(depth))]
    shapes = [shape for layer in layers for shape in layer.shapes]
    if figure.camera:
        shapes = [shape for shape in shapes if shape.role == "accent"]
        assert name == "ankle-pumps-bed"
    for shape in shapes:
        for x, y in frame.dots(shape.points):
            assert -1 <= x <= size[0] * 2 + 1
            assert -1 <= y <= size[1] * 4 + 1


@pytest.mark.parametrize("name", NAMES)
def test_a_hand_that_holds_on_to_something_never_lets_go(name: str) -> None:
    """Where every key pose has the hand at one place, it reaches that place all the way: no chair is out of reach."""
    figure = FIGURES[name]
    places = {pose.hand for pose in figure.poses.values()}
    place = places.pop()
    if not places and isinstance(place, tuple):
        for step in range(11):
            assert math.dist(pose_at(figure, step / 10).arm.end, place) < 1.0, step
