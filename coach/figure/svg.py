"""Pictures as SVG, for paper: the elements that every drawing is made of, and the figure, smooth, in print-safe ink."""

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, tostring

from coach.domain.guidance import Figure
from coach.figure import anatomy
from coach.figure.braille import MARGIN, Facing, everything
from coach.figure.scene import Scene
from coach.figure.shapes import Group, Role, Shape

FILL: dict[Role, str] = {
    "body": "#ece8df",
    "far": "#f8f7f3",
    "muscle": "#d9663a",
    "prop": "#a9b7c2",
    "accent": "#2b7a78",
    "good": "#2a7031",
    "bad": "#b3382c",
    "dim": "#f8f7f3",
    "paper": "#fff",
}
LINE: dict[Role, str] = {
    "body": "#4a4844",
    "far": "#a3a09a",
    "muscle": "#d9663a",
    "prop": "#a9b7c2",
    "accent": "#2b7a78",
    "good": "#2a7031",
    "bad": "#b3382c",
    "dim": "#a3a09a",
    "paper": "#fff",
}

INK = "#333"
ROOM_FOR_NAMES = 50.0
"""Units of the picture for the names at its right."""


def element(tag: str, *inside: Element | str, **attributes: float | str) -> Element:
    """Return an SVG element; the attribute ``stroke-width`` is given as ``stroke_width``."""
    made = Element(tag, {name.replace("_", "-"): _value(value) for name, value in attributes.items()})
    for part in inside:
        if isinstance(part, str):
            made.text = part
        else:
            made.append(part)
    return made


def _value(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.5g}"


def picture(
    view_box: tuple[float, float, float, float], *inside: Element, label: str, **attributes: float | str
) -> str:
    """Return a whole SVG document of (left, top, width, height); ``label`` is read out in place of the picture."""
    box = " ".join(map(_value, view_box))
    root = element("svg", *inside, viewBox=box, role="img", aria_label=label, **attributes)
    root.set("xmlns", "http://www.w3.org/2000/svg")
    return tostring(root, encoding="unicode")


def svg(figure: Figure, depth: float = 1.0, *, facing: Facing = "right", label: str = "") -> str:
    """Return one moment of ``figure`` as an SVG document."""
    left, low, right, high = everything(figure)
    low -= MARGIN
    if figure.camera:
        left, right, high = left - MARGIN, right + MARGIN, high + MARGIN
    scene = Scene(figure)
    layers = (*scene.still(), *scene.moving(depth))
    flip = f"translate({left + right:.1f} 0) scale(-1 1) " if facing == "left" and not figure.pair else ""
    drawn = element(
        "g",
        *(part for layer in layers for part in _limb(layer.shapes)),
        transform=f"{flip}scale(1 -1)",
        stroke_linejoin="round",
    )
    return picture((left, -high, right - left, high - low), drawn, label=label)


def anatomy_svg(names: Mapping[anatomy.Part, Sequence[str]], *, label: str = "") -> str:
    """Return the back of the knee as an SVG document; each part has its ``names``, one below the other."""
    right = anatomy.LEFT + anatomy.WIDTH
    leg, *muscles = (shape for group in anatomy.groups() for shape in group)
    drawn = element(
        "g",
        element("polygon", points=_corners(leg), fill=FILL[leg.role], stroke=LINE[leg.role], stroke_width=0.8),
        # a light line parts the muscles, as a gap does in dots
        *(
            element("polygon", points=_corners(shape), fill=FILL[shape.role], stroke="#fff", stroke_width=0.7)
            for shape in muscles
        ),
        *(
            element("line", x1=x, y1=y, x2=right, y2=y, stroke=INK, stroke_width=0.3)
            for x, y in anatomy.MARKED.values()
        ),
        transform="scale(1 -1)",
        stroke_linejoin="round",
    )
    texts = (
        element("text", name, x=right + 1.5, y=-anatomy.MARKED[part][1] + 1.0 + 4.0 * row, font_size=3.2, fill=INK)
        for part, lines in names.items()
        for row, name in enumerate(lines)
    )
    top, high = -anatomy.BOTTOM - anatomy.HEIGHT, anatomy.HEIGHT
    return picture((anatomy.LEFT, top, anatomy.WIDTH + ROOM_FOR_NAMES, high), drawn, *texts, label=label)


def _limb(group: Group) -> list[Element]:
    """Draw a limb twice: its outline first, then its filling, so that no line shows where its parts meet."""
    outline = [element("polygon", points=_corners(shape), stroke=LINE[shape.role], stroke_width=1.8) for shape in group]
    return outline + [element("polygon", points=_corners(shape), fill=FILL[shape.role]) for shape in group]


def _corners(shape: Shape) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)
