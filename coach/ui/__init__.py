"""The terminal UI; nothing else in coach imports Textual."""

from coach.home import Home


def run(home: Home, language: str | None) -> int:
    """Open the UI and return the exit status when it closes."""
    raise NotImplementedError
