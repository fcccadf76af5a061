"""A figure as SVG, for paper: the same shapes, smooth, in ink that prints without colour too."""

from coach.domain.guidance import Figure
from coach.figure import props
from coach.figure.braille import MARGIN, Facing, everything
from coach.figure.shapes import Group, Role, Shape, groups
from coach.figure.skeleton import pose_at

FILL: dict[Role, str] = {"body": "#ece8df", "far": "#f8f7f3", "muscle": "#d9663a", "prop": "#a9b7c2"}
LINE: dict[Role, str] = {"body": "#4a4844", "far": "#a3a09a", "muscle": "#d9663a", "prop": "#a9b7c2"}


def svg(figure: Figure, depth: float = 1.0, *, facing: Facing = "right", label: str = "") -> str:
    """Return one moment of ``figure`` as an SVG document; ``label`` is read out in place of the picture."""
    points = list(everything(figure))
    left, right = min(x for x, _ in points) - MARGIN, max(x for x, _ in points) + MARGIN
    low, high = min(y for _, y in points) - MARGIN, max(y for _, y in points) + MARGIN
    pose = pose_at(figure, depth)
    layers = (props.behind(figure), *groups(pose, figure.muscle), props.before(figure, pose))
    drawn = "".join(_limb(group) for group in layers)
    flip = f"translate({left + right:.1f} 0) scale(-1 1) " if facing == "left" else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{_quoted(label)}" '
        f'viewBox="{left:.1f} {-high:.1f} {right - left:.1f} {high - low:.1f}">'
        f'<g transform="{flip}scale(1 -1)" stroke-linejoin="round">{drawn}</g></svg>'
    )


def _limb(group: Group) -> str:
    """Draw a limb twice: its outline first, then its filling, so that no line shows where its parts meet."""
    outline = (
        f'<polygon points="{_corners(shape)}" stroke="{LINE[shape.role]}" stroke-width="1.8"/>' for shape in group
    )
    filling = (f'<polygon points="{_corners(shape)}" fill="{FILL[shape.role]}"/>' for shape in group)
    return "".join((*outline, *filling))


def _corners(shape: Shape) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
