"""Shapes into dots: each row of dots is one integer, so that a span is filled with one operation."""

from collections.abc import Iterable
from math import ceil

import msgspec

from coach.figure.shapes import Group, Role
from coach.figure.skeleton import Point

LAYERS: tuple[Role, ...] = ("prop", "far", "dim", "body", "muscle", "accent", "good", "bad")
"""What is in dots, the later before the earlier where a cell has as many of both; ``paper`` has none."""
BLANK = " "
"""A cell without dots: some fonts draw faint rings for the blank braille pattern."""
EVERY_OTHER = int("01" * 400, 2)
"""Every other dot of a row, wide enough for any terminal."""


MEMORY = 400
"""How many filled outlines a drawing remembers."""


class Frame(msgspec.Struct, frozen=True):
    """Which part of the world is shown, in centimetres, and in how many cells."""

    left: float
    bottom: float
    per_dot: float
    """Centimetres of one dot."""
    width: int
    height: int
    mirrored: bool = False

    def dots(self, points: Iterable[Point]) -> list[Point]:
        """Return ``points`` in dots from the top left."""
        top, right = self.height * 4, self.width * 2
        dots = [((x - self.left) / self.per_dot, top - (y - self.bottom) / self.per_dot) for x, y in points]
        return [(right - x, y) for x, y in dots] if self.mirrored else dots


Mask = dict[int, int]
"""Row to its dots, the lowest bit at the left."""


class Canvas:
    """Rows of dots, two wide and four high a cell, one set of rows a role."""

    def __init__(self, frame: Frame, *, plain: bool = False) -> None:
        """Begin empty; ``plain``: textures tell what colours would."""
        self.frame = frame
        self.plain = plain
        self._masks: dict[tuple[Point, ...], Mask] = {}
        self.rows: dict[Role, list[int]] = {}
        """Of the roles that were painted: most drawings have three or four of them."""

    def copy(self, *, plain: bool) -> "Canvas":
        """Return a canvas with the same dots."""
        other = Canvas(self.frame, plain=plain)
        other.rows = {role: rows.copy() for role, rows in self.rows.items()}
        other._masks = self._masks  # what does not move is filled once
        return other

    def paint(self, group: Group, *, gap: bool = True) -> None:
        """Draw the shapes of one limb; with ``gap`` a line of one dot parts it from what lies behind."""
        masks: dict[Role, Mask] = {}
        for shape in group:
            whole = masks.setdefault(shape.role, {})
            for row, bits in self.mask(shape.points).items():
                whole[row] = whole.get(row, 0) | bits
        if gap:
            self._clear(masks.values())
        for role, mask in masks.items():
            self._lay(role, mask)

    def _lay(self, role: Role, mask: Mask) -> None:
        for row, bits in mask.items():
            keep = ~bits
            for rows in self.rows.values():
                rows[row] &= keep
        if role == "paper":
            return
        own = self.rows.setdefault(role, [0] * (self.frame.height * 4))
        for row in mask:
            own[row] |= self._texture(role, row, mask)

    def mask(self, points: tuple[Point, ...]) -> Mask:
        """Return the dots whose middle lies inside a polygon."""
        mask = self._masks.get(points)
        if mask is None:
            if len(self._masks) > MEMORY:
                self._masks.clear()
            mask = self._masks[points] = self._filled(points)
        return mask

    def _filled(self, points: tuple[Point, ...]) -> Mask:
        width = self.frame.width * 2
        rows = {}
        for row, places in _crossings(self.frame.dots(points), self.frame.height * 4).items():
            places.sort()
            bits = 0
            for start, end in zip(places[::2], places[1::2], strict=False):
                bits |= _span(start, end, width)
            if bits:
                rows[row] = bits
        return rows

    def _texture(self, role: Role, row: int, mask: Mask) -> int:
        """Return the dots that a role lights of a row of ``mask``.

        The far side is every other dot within its outline: the near one stands out, and yet a far foot is a foot.
        Without colours the body, too, is an outline with a light filling, so that the stretched muscle, which stays
        full, stands out; the far side is then every other dot alone.
        """
        bits = mask[row]
        if role == "far":
            return self._far(bits, row, mask)
        if self.plain and role in ("body", "dim"):
            inside = _inside(bits, row, mask)
            return bits & ~inside | inside & (EVERY_OTHER << (row // 2 % 2) if row % 2 else 0)
        return bits

    def _far(self, bits: int, row: int, mask: Mask) -> int:
        light = bits & EVERY_OTHER << (row % 2)
        return light if self.plain else light | bits & ~_inside(bits, row, mask)

    def _clear(self, masks: Iterable[Mask]) -> None:
        wide: Mask = {}
        for mask in masks:
            for row, bits in mask.items():
                wide[row] = wide.get(row, 0) | bits | bits << 1 | bits >> 1
                wide[row - 1] = wide.get(row - 1, 0) | bits
                wide[row + 1] = wide.get(row + 1, 0) | bits
        for row, bits in wide.items():
            if 0 <= row < self.frame.height * 4:
                for rows in self.rows.values():
                    rows[row] &= ~bits


def _inside(bits: int, row: int, mask: Mask) -> int:
    """Return the dots of a row that have others of the mask on all four sides."""
    return bits & bits << 1 & bits >> 1 & mask.get(row - 1, 0) & mask.get(row + 1, 0)


def _crossings(dots: list[Point], rows: int) -> dict[int, list[float]]:
    """Return where each row's middle line crosses the edges of a polygon."""
    crossings: dict[int, list[float]] = {}
    x0, y0 = dots[-1]
    for x1, y1 in dots:
        (ax, ay), (bx, by) = ((x0, y0), (x1, y1)) if y0 < y1 else ((x1, y1), (x0, y0))
        first, last = max(ceil(ay - 0.5), 0), min(ceil(by - 0.5), rows)
        if first < last:
            slope = (bx - ax) / (by - ay)
            at = ax + (first + 0.5 - ay) * slope
            for row in range(first, last):
                crossings.setdefault(row, []).append(at)
                at += slope
        x0, y0 = x1, y1
    return crossings


def _span(start: float, end: float, width: int) -> int:
    first, last = max(ceil(start - 0.5), 0), min(ceil(end - 0.5), width)
    return ((1 << (last - first)) - 1) << first if first < last else 0
