"""A page with a list of which one entry is marked: the arrow keys move the mark, Enter or a click takes the entry."""

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual.content import Content

from coach.ui.areas import Area, FrameSize, Placed, frame_for, page_of, room_of
from coach.ui.commands import BACK, Command
from coach.ui.screen import PAGE_KEYS, BoardScreen
from coach.ui.text import styled
from coach.ui.widgets.page import MARK

MARK_KEYS = (
    Command("mark-up", "up", "screen.move(-1)", footer=False),
    Command("mark-down", "down", "screen.move(1)", footer=False),
)
LEAST_UNDER = 7
"""Rows below which neither a figure nor a chart can be told."""
T = TypeVar("T")


class ListPage(BoardScreen, Generic[T]):
    """What the lists of commands, pages, habits and reminders share."""

    AREAS: ClassVar[tuple[str, ...]] = ("list", "about", "more")
    WIDE: ClassVar[int] = 92
    """Columns from which what is marked is shown beside the list."""
    SHARES: ClassVar[tuple[int, int]] = (1, 1)
    """How the list and what is beside it share the width."""
    ONE_CLICK: ClassVar[bool] = False
    """Whether the first click on an entry takes it; else it marks it, and a second one takes it."""
    ROUND: ClassVar[bool] = False
    """Whether the mark goes on from the last entry to the first."""

    def __init__(self, marked: int = 0) -> None:
        """Mark the entry of this index."""
        super().__init__()
        self.marked = marked
        self.beside = False
        """Whether there is room for what is about the marked entry, as drawn last."""
        self._heights: list[int] = []
        """Lines of each entry as they were drawn last."""

    @classmethod
    def commands(cls) -> tuple[Command, ...]:
        """Return its own commands, how to move the mark and to scroll, and the way back."""
        return (*cls.OFFERS, *MARK_KEYS, *PAGE_KEYS, BACK)

    def again(self) -> dict[str, Any]:
        """Keep the mark."""
        return {"marked": self.marked}

    def areas(self, width: int, height: int) -> list[Placed]:
        """Return the list, and what is about the marked entry beside it where there is room."""
        return self.list_areas(width, height, frame_for(width, height))

    def list_areas(self, width: int, height: int, frame: FrameSize) -> list[Placed]:
        """Return the list in a part of the page, whose frames are those of the whole."""
        shares = self.shares(width)
        first, second = room_of(width, height, wide=self.WIDE, shares=shares, frame=frame)
        self.beside = width >= self.WIDE
        title, lines = self.listed(first, height)
        areas = [Area("list", title, lines), *(self.about(second, height) if self.beside else [])]
        placed = page_of(areas, width, height, wide=self.WIDE, shares=shares, frame=frame)
        return self._with_under(placed, height, frame)

    def shares(self, width: int) -> tuple[int, int]:
        """Return how the list and what is beside it share ``width``."""
        return self.SHARES

    def _with_under(self, placed: list[Placed], height: int, frame: FrameSize) -> list[Placed]:
        """Return the areas with what stands under the list, where that leaves room for it in its column."""
        listing, *beside = placed
        high = len(listing.area.lines) + frame.rows
        room = (listing.height if self.beside else height) - high - frame.rows
        if room < LEAST_UNDER:
            return placed
        area = self.under(listing.width - frame.sides, room)
        if area is None:
            return placed
        below = Placed(area, listing.x, listing.y + high, listing.width, room + frame.rows)
        return [listing._replace(height=high), below, *beside]

    def listed(self, width: int, height: int) -> tuple[str, list[Content]]:
        """Return the title of the list, and its lines for this room."""
        raise NotImplementedError

    def about(self, width: int, height: int) -> list[Area]:
        """Return what is shown beside the list in a wide window: about what is marked."""
        return []

    def under(self, width: int, height: int) -> Area | None:
        """Return what stands under the list, in what it leaves of its column; None where nothing does."""
        return None

    def entries(self) -> Sequence[T]:
        """Return what can be chosen from."""
        raise NotImplementedError

    def entry_lines(self, index: int, entry: T, width: int) -> list[Content]:
        """Return an entry in lines; the first begins with ``mark_of(index)``."""
        raise NotImplementedError

    def take(self) -> None:
        """Do what an entry is for, with the one that is marked."""
        raise NotImplementedError

    @property
    def marked_entry(self) -> T | None:
        """The entry that is marked; None where there is none."""
        entries = self.entries()
        return entries[self.marked] if 0 <= self.marked < len(entries) else None

    def list_lines(self, width: int) -> list[Content]:
        """Return all entries in lines, none where there are none; the mark stays within them."""
        entries = self.entries()
        self.marked = max(0, min(self.marked, len(entries) - 1))
        blocks = [self.entry_lines(index, entry, width) for index, entry in enumerate(entries)]
        self._heights = [len(block) for block in blocks]
        return [line for block in blocks for line in block]

    def mark_of(self, index: int) -> Content:
        """Return what stands before an entry."""
        return styled(MARK if index == self.marked else "  ", "mark")

    def action_move(self, by: int) -> None:
        """Mark the entry above or below."""
        count = len(self.entries())
        moved = self.marked + by
        self.marked = moved % count if self.ROUND and count else max(0, min(moved, count - 1))
        self.redraw()
        self.show_marked()

    def show_marked(self) -> None:
        """Scroll so far that the marked entry is seen."""
        if self.marked < len(self._heights):
            self.page.show_marked(self._heights[self.marked])

    def action_pick(self, index: int) -> None:
        """Mark an entry by a click, or take it."""
        takes = self.ONE_CLICK or index == self.marked
        self.marked = index
        if takes:
            self.take()
        self.redraw()
