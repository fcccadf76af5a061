"""A page of lines in a column; apart from that of framed areas, so that Today does not wait for it."""

from textual.app import ComposeResult
from textual.content import Content

from coach.ui.widgets.lines import Draw, Lines
from coach.ui.widgets.live import LiveLines
from coach.ui.widgets.page import ScrollingPage, marked_row


class LinePage(ScrollingPage):
    """Lines made by ``draw(width, height)`` for the room there is."""

    def __init__(self, draw: Draw, measure: int, *, live: bool = False) -> None:
        """Draw with ``draw`` in at most ``measure`` cells; ``live`` is for what moves."""
        super().__init__(id="body")
        self.text = (LiveLines if live else Lines)(draw, id="page")
        self.text.styles.max_width = measure

    def compose(self) -> ComposeResult:
        """Yield the lines."""
        yield self.text

    @property
    def lines(self) -> list[Content]:
        """The lines as drawn."""
        return self.text.lines

    def redraw(self) -> bool:
        """Make the lines again; draw them, and return True, if any differs."""
        return self.text.redraw()

    def row_of_mark(self) -> int | None:
        """Return the row of the marked entry; None where none is marked."""
        return marked_row(self.lines)
