"""The drawn body: a skeleton with key poses, as braille cells for the terminal.

``coach.figure.svg`` draws the same for paper; it is imported there alone, as no screen needs an XML library.
"""

from coach.figure.braille import Cell, Drawing, Facing, braille, text
from coach.figure.skeleton import Pose, pose_at

__all__ = ["Cell", "Drawing", "Facing", "Pose", "braille", "pose_at", "text"]
