"""What every page that scrolls can do.

``coach.ui.widgets.line_page`` has the one of lines in a column, ``board`` the one of framed areas.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region

MARK = "▸ "
"""What stands before the marked entry of a list; two blanks before the others."""


class ScrollingPage(VerticalScroll, inherit_bindings=False):
    """What every page that scrolls can do.

    The arrow keys are the screen's: in a list that is longer than the window they move the mark.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]

    def watch_has_focus(self, has_focus: bool) -> None:
        """Style nothing again: neither a page nor what stands on it looks otherwise where the page has the focus."""

    @property
    def allow_vertical_scroll(self) -> bool:
        """Whether there is more than is seen; else the keys are the screen's."""
        return self.max_scroll_y > 0

    @property
    def lines(self) -> list[Content]:
        """The lines as drawn."""
        raise NotImplementedError

    def redraw(self) -> bool:
        """Make the lines again; draw them, and return True, if any differs."""
        raise NotImplementedError

    def row_of_mark(self) -> int | None:
        """Return the row of the marked entry; None where none is marked."""
        raise NotImplementedError

    def show_line(self, index: int, count: int = 1) -> None:
        """Scroll so far that ``count`` lines from ``index`` are seen, or as many of the first as there is room for."""
        height = min(count, self.scrollable_content_region.height)
        self.scroll_to_region(Region(0, index, 1, height), animate=False)

    def show_marked(self, count: int) -> None:
        """Scroll so far that the marked entry of ``count`` lines is seen whole, or as much from its head as fits."""
        if (first := self.row_of_mark()) is not None:
            self.call_after_refresh(self.show_line, first, count)


def marked_row(lines: Sequence[Content]) -> int | None:
    """Return the index of the line that begins with the mark."""
    return next((n for n, line in enumerate(lines) if line.plain.startswith(MARK)), None)
