"""The shape of each state in large, as braille dots: a disc, a half disc, a square, a triangle.

Made by a formula for each dot, not by the figure's drawing code: the first frame of Today waits for it.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache

from coach.domain.triage.state import State

Inside = Callable[[float, float], bool]
"""Whether a point is part of a shape: from -1 to 1, x to the right and y downwards."""
EDGE = 0.16
"""Width of the line of a ring."""
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


def _disc(x: float, y: float) -> bool:
    return x * x + y * y <= 1


def _ring(x: float, y: float) -> bool:
    return (1 - EDGE) ** 2 <= x * x + y * y <= 1


def _half(x: float, y: float) -> bool:
    return _ring(x, y) or (x < 0 and _disc(x, y))


def _square(x: float, y: float) -> bool:
    return max(abs(x), abs(y)) <= 0.94


def _triangle(x: float, y: float) -> bool:
    """Tell whether a point is in the triangle, and not in the stroke or the dot of its exclamation mark."""
    stroke = abs(x) < EDGE / 2 and (-0.2 < y < 0.45 or 0.6 < y < 0.8)
    return abs(x) <= (y + 1) / 2 and not stroke


_SHAPES: Mapping[State, Inside] = {"go": _disc, "gentle": _half, "rest": _square, "see": _triangle}


@lru_cache(maxsize=64)
def sign(state: State, height: int) -> tuple[str, ...]:
    """Return the shape of a state, ``height`` cells high and twice as wide."""
    return _drawn(_SHAPES[state], height)


@lru_cache(maxsize=16)
def ring(height: int) -> tuple[str, ...]:
    """Return an empty ring, ``height`` cells high and twice as wide: a step that is still to be taken."""
    return _drawn(_ring, height)


def _drawn(inside: Inside, height: int) -> tuple[str, ...]:
    middle = height * 2  # dots from the edge to the middle, which are as many across as down

    def cell(column: int, row: int) -> str:
        dots = 0x2800
        for down, pair in enumerate(_BITS):
            for across, bit in enumerate(pair):
                x, y = column * 2 + across + 0.5 - middle, row * 4 + down + 0.5 - middle
                dots |= bit if inside(x / middle, y / middle) else 0
        return chr(dots) if dots > 0x2800 else " "

    return tuple("".join(cell(column, row) for column in range(height * 2)) for row in range(height))
