"""A page of lines that scrolls, drawn line by line: any length costs the same."""

from collections.abc import Callable
from itertools import takewhile
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

from coach.ui.text import BLANK, Bit, Line
from coach.ui.widgets.drawn import Drawn

MARGINS = 12
"""Spare cells from which a column stands in the middle; with less it would only look out of line."""
MARK = "▸ "
"""What stands before the marked entry of a list; two blanks before the others, more before their further lines."""
Draw = Callable[[int, int], list[Line]]


class WholeCells(ScrollBarRender):
    """A scroll bar of whole cells: the part blocks of the stock one are of ambiguous width.

    Its room is always kept, so that no page is laid out again for it.
    """

    VERTICAL_BARS: ClassVar[list[str]] = [" "]
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "]


ScrollBar.renderer = WholeCells


class LinePage(ScrollView, Drawn, inherit_bindings=False):
    """Lines made by ``draw(width, height)`` for the room there is, in a column in the middle where there is more.

    The arrow keys are the screen's: in a list that is longer than the window they move the mark.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]

    def __init__(self, draw: Draw, measure: Callable[[], int]) -> None:
        """Draw with ``draw``, in at most ``measure()`` cells."""
        super().__init__(id="body")
        self._draw = draw
        self._measure = measure
        self._page: list[Line] = []
        self._room = Size()

    @property
    def allow_vertical_scroll(self) -> bool:
        """Whether there is more than is seen; else the keys are the screen's."""
        return self.max_scroll_y > 0

    @property
    def lines(self) -> list[Line]:
        """The lines as drawn, without margins."""
        return self._page

    def redraw(self) -> bool:
        """Make the lines again; draw them, and return True, if any differs. Without room, it waits for some."""
        before = self._page
        self._lay()
        if self._page == before:
            return False
        self._measured()
        self.refresh()
        return True

    def on_resize(self, event: events.Resize) -> None:
        """Take the room that the lines take."""
        self._laid()
        self._measured()

    def _lay(self) -> None:
        """Make the lines for the room there is."""
        self._room = self.scrollable_content_region.size
        if self._room:
            self._page = self._draw(min(self._room.width, self._measure()), self._room.height)

    def _laid(self) -> list[Line]:
        """Return the lines; in a new room, the first that is drawn there has them made."""
        if self._room != self.scrollable_content_region.size:
            self._lay()
        return self._page

    def _measured(self) -> None:
        self.virtual_size = Size(self._room.width, len(self._page))

    def show_line(self, index: int) -> None:
        """Scroll so far that line ``index`` is seen."""
        height = self.scrollable_content_region.height
        top = min(max(self.scroll_offset.y, index - height + 1), index)
        self.scroll_to(y=top, animate=False)

    def show_marked(self) -> None:
        """Scroll so far that the marked entry is seen whole, or as much from its head as there is room for."""
        first = next((n for n, line in enumerate(self._page) if line and line[0].text == MARK), None)
        if first is not None:
            more = takewhile(lambda line: line and len(line[0].text) > len(MARK), self._page[first + 1 :])
            self.show_line(first + len(list(more)))
            self.show_line(first)

    def render_line(self, y: int) -> Strip:
        """Draw the line at ``y`` of the window."""
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        page = self._laid()
        line = page[index] if index < len(page) else BLANK
        margin = self.margin_of(width)
        return self.strip((Bit(" " * margin), *line) if margin else line, width)

    def margin_of(self, width: int) -> int:
        """Return how far in the column stands in ``width`` cells."""
        spare = width - self._measure()
        return spare // 2 if spare >= MARGINS else 0
