"""The state of a day in a shape and a word: ``● Go``."""

from coach.domain.status.status import Status
from coach.domain.triage.state import SHAPES, State, state_of
from coach.words import Words


def state_text(state: State, words: Words) -> str:
    """Return the shape and the word of a state."""
    return f"{SHAPES[state]} {words(f'state.{state}')}"


def states_text(status: Status, words: Words) -> str:
    """Return the state of a day; beside *see someone*, what may be done until then."""
    states = dict.fromkeys((state_of(status.headline), state_of(status.activity)))
    return " · ".join(state_text(state, words) for state in states)
