"""Small forms in the same dots as the figure: large digits for the countdown, and the disc that breathes."""

from functools import lru_cache
from itertools import pairwise
from math import ceil

from coach.figure.braille import dots_of
from coach.figure.raster import Canvas, Frame
from coach.figure.shapes import Shape, bar, disc
from coach.figure.skeleton import Point

Stroke = tuple[Point, ...]

DIGITS: dict[str, tuple[Stroke, ...]] = {
    " ": (),
    ":": (((2, 1.4), (2, 1.6)), ((2, 4.2), (2, 4.4))),
    "0": (((1, 0), (3, 0), (4, 1), (4, 5), (3, 6), (1, 6), (0, 5), (0, 1), (1, 0)),),
    "1": (((0.8, 4.8), (2.2, 6), (2.2, 0)),),
    "2": (((0, 4.9), (1, 6), (3, 6), (4, 5), (4, 3.9), (0, 0), (4, 0)),),
    "3": (
        ((0, 5.1), (1, 6), (3, 6), (4, 5), (4, 4.1), (3, 3.1), (1.6, 3.1)),
        ((3, 3.1), (4, 2.1), (4, 1), (3, 0), (1, 0), (0, 0.9)),
    ),
    "4": (((3.1, 0), (3.1, 6), (0, 1.8), (4, 1.8)),),
    "5": (((3.8, 6), (0.4, 6), (0.2, 3.3), (1.2, 3.7), (3, 3.7), (4, 2.7), (4, 1), (3, 0), (1, 0), (0, 0.8)),),
    "6": (
        ((3.6, 5.5), (2.9, 6), (1.2, 6), (0, 4.6), (0, 1), (1, 0), (3, 0), (4, 1), (4, 2.5), (3, 3.5), (1, 3.5)),
        ((1, 3.5), (0, 2.5)),
    ),
    "7": (((0, 6), (4, 6), (1.5, 0)),),
    "8": (
        ((1, 3.2), (0, 4.1), (0, 5.1), (1, 6), (3, 6), (4, 5.1), (4, 4.1), (3, 3.2), (1, 3.2)),
        ((1, 3.2), (0, 2.2), (0, 0.9), (1, 0), (3, 0), (4, 0.9), (4, 2.2), (3, 3.2)),
    ),
    "9": (
        ((0.4, 0.5), (1.1, 0), (2.8, 0), (4, 1.4), (4, 5), (3, 6), (1, 6), (0, 5), (0, 3.5), (1, 2.5)),
        ((1, 2.5), (3, 2.5), (4, 3.5)),
    ),
}  # fmt: skip
"""Each digit as strokes on a field 4 wide and 6 high."""
WEIGHT = 0.95
"""Width of a stroke on that field."""


@lru_cache(maxsize=256)
def letters(text: str, height: int) -> tuple[str, ...]:
    """Return digits and colons in large, ``height`` cells high."""
    rows = [_digit(digit, height) for digit in text]
    return tuple("".join(parts) for parts in zip(*rows, strict=True))


def number(value: int, height: int) -> tuple[str, ...]:
    """Return ``value`` in large digits, always with room for two."""
    return letters(f"{max(value, 0):2}", height)


def digit_width(height: int) -> int:
    """Return how many cells wide one digit is, with the gap after it."""
    return ceil(height * 1.6)


@lru_cache(maxsize=64)
def _digit(digit: str, height: int) -> tuple[str, ...]:
    per_dot = 7.0 / (height * 4)
    canvas = Canvas(Frame(-0.6, -0.5, per_dot, digit_width(height), height))
    weight = max(WEIGHT, per_dot * 1.3)
    for stroke in DIGITS[digit]:
        for start, end in pairwise(stroke):
            canvas.paint((Shape("body", bar(start, end, weight)), Shape("body", disc(end, weight / 2, 8))), gap=False)
        canvas.paint((Shape("body", disc(stroke[0], weight / 2, 8)),), gap=False)
    return dots_of(canvas)


@lru_cache(maxsize=256)
def swelling(level: int, levels: int, height: int) -> tuple[str, ...]:
    """Return a disc as large as ``level`` of ``levels``, in a ring ``height`` cells high and twice as wide."""
    size = float(height * 4)
    middle = (size / 2, size / 2)
    canvas = Canvas(Frame(0.0, 0.0, 1.0, height * 2, height))
    whole = size / 2 - 0.5
    canvas.paint((Shape("body", disc(middle, whole, 32)),), gap=False)
    canvas.paint((Shape("paper", disc(middle, whole - 1.2, 32)),), gap=False)
    radius = whole * (0.3 + 0.5 * level / levels)
    canvas.paint((Shape("muscle", disc(middle, radius, 32)),), gap=False)
    return dots_of(canvas)
