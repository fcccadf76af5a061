"""A page of lines that scrolls, drawn line by line: any length costs the same."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

from coach.ui.text import BLANK, Bit, Line
from coach.ui.widgets.drawn import Drawn

MARGINS = 12
"""Spare cells from which a column stands in the middle; with less it would only look out of line."""
Draw = Callable[[int, int], list[Line]]


class WholeCells(ScrollBarRender):
    """A scroll bar of whole cells: the part blocks of the stock one are of ambiguous width."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "]
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "]


ScrollBar.renderer = WholeCells


class Page(ScrollView, Drawn):
    """Lines made by ``draw(width, height)`` for the room there is, in a column in the middle where there is more."""

    def __init__(self, draw: Draw, measure: int = 78) -> None:
        """Draw with ``draw``, in at most ``measure`` cells."""
        super().__init__(id="body")
        self._draw = draw
        self._measure = measure
        self._page: list[Line] = []

    @property
    def lines(self) -> list[Line]:
        """The lines as drawn, without margins."""
        return self._page

    def redraw(self) -> bool:
        """Make the lines again; draw them, and return True, if any differs. Without room, it waits for some."""
        room = self.scrollable_content_region.size
        if not room:
            return False
        page = self._draw(min(room.width - 1, self._measure), room.height)
        if page == self._page:
            return False
        self._page = page
        self.virtual_size = Size(room.width, len(page))
        self.refresh()
        return True

    def on_resize(self, event: events.Resize) -> None:
        """Lay the lines out for the new width."""
        self.redraw()

    def show_line(self, index: int) -> None:
        """Scroll so far that line ``index`` is seen."""
        height = self.scrollable_content_region.height
        top = min(max(self.scroll_offset.y, index - height + 1), index)
        self.scroll_to(y=top, animate=False)

    def render_line(self, y: int) -> Strip:
        """Draw the line at ``y`` of the window."""
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        line = self._page[index] if index < len(self._page) else BLANK
        margin = self.margin_of(width)
        return self.strip((Bit(" " * margin), *line) if margin else line, width)

    def margin_of(self, width: int) -> int:
        """Return how far in the column stands in ``width`` cells."""
        spare = width - 1 - self._measure
        return spare // 2 if spare >= MARGINS else 0
