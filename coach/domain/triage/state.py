"""The four states in which a day can be, and the shape of each: the same on every screen, in every line, on paper.

A shape and a word tell each without colour; its name is also its role of colour (``ui.tcss``).
"""

from collections.abc import Mapping
from typing import Literal

from coach.domain.triage.levels import Headline

State = Literal["go", "gentle", "rest", "see"]
"""The usual routine; the gentle one; no stretches; a sign or a course that somebody should look at."""
STATES: tuple[State, ...] = ("go", "gentle", "rest", "see")
SHAPES: Mapping[State, str] = {"go": "●", "gentle": "◐", "rest": "■", "see": "▲"}
_STATE: Mapping[Headline, State] = {
    "go": "go", "gentle": "gentle", "pause": "rest", "soon": "see", "today": "see", "emergency": "see",
}  # fmt: skip


def state_of(headline: Headline) -> State:
    """Return the state that a headline stands for."""
    return _STATE[headline]


def shape_of(headline: str) -> str:
    """Return the shape of a headline that was read from a file; empty where it is none."""
    return next((SHAPES[state] for name, state in _STATE.items() if name == headline), "")
