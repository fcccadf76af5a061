"""The drawn body: a skeleton with key poses, as braille cells for the terminal and as SVG for paper."""

from coach.figure.braille import Cell, Drawing, Facing, braille, text
from coach.figure.skeleton import Pose, pose_at
from coach.figure.svg import svg

__all__ = ["Cell", "Drawing", "Facing", "Pose", "braille", "pose_at", "svg", "text"]
