"""The state of a day in a shape and a word: ``● Go``."""

from coach.domain.triage.state import SHAPES, State
from coach.words import Words


def state_text(state: State, words: Words) -> str:
    """Return the shape and the word of a state."""
    return f"{SHAPES[state]} {words(f'state.{state}')}"
