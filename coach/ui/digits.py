"""Big digits for a countdown, out of braille cells: of one width in every terminal, and seen from across a room."""

from coach.ui.text import Bit, Line

_FORMS = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", " ##", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", " # ", " # "),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
}
HEIGHT = 5
_ON, _OFF = "⣿⣿", "  "


def big(text: str, role: str = "accent") -> list[Line]:
    """Return digits and colons as ``HEIGHT`` lines."""
    rows = (
        "  ".join("".join(_ON if dot == "#" else _OFF for dot in _FORMS[one][row]) for one in text)
        for row in range(HEIGHT)
    )
    return [(Bit(row, role),) for row in rows]


def minutes_seconds(seconds: float) -> str:
    """Return a remaining time as ``14:59``, the second that has begun counted whole."""
    left = max(0, -int(-seconds // 1))
    return f"{left // 60:02d}:{left % 60:02d}"
