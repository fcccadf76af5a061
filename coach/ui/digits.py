"""Big digits for a countdown, out of braille cells: of one width in every terminal, and seen from across a room."""

from textual.content import Content

from coach.figure.forms import letters
from coach.ui.text import styled

HEIGHT = 4


def big(text: str, role: str = "accent") -> list[Content]:
    """Return digits and colons as ``HEIGHT`` lines."""
    return [styled(row, role) for row in letters(text, HEIGHT)]


def minutes_seconds(seconds: float) -> str:
    """Return a remaining time as ``14:59``, the second that has begun counted whole."""
    left = max(0, -int(-seconds // 1))
    return f"{left // 60:02d}:{left % 60:02d}"
