"""Today: one still page."""

from coach.ui.screen import PageScreen
from coach.ui.text import Bit, Line


class Today(PageScreen):
    """One look says how it is going."""

    NAME = "today"
    MEASURE = 112

    def lines(self, width: int, height: int) -> list[Line]:
        """Return the page."""
        return [(Bit(self.words("today.title"), "strong"),)]
