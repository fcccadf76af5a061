"""The state of a day in a shape and a word: ``● Go``."""

from coach.domain.status.status import Status
from coach.domain.triage.levels import Headline
from coach.domain.triage.state import SHAPES, State, state_of
from coach.words import Words

URGENT: frozenset[Headline] = frozenset({"today", "emergency"})
"""Headlines with a word of their own: "see someone" is said of what can wait."""


def state_text(state: State, words: Words) -> str:
    """Return the shape and the word of a state."""
    return f"{SHAPES[state]} {words(f'state.{state}')}"


def headline_text(headline: Headline, words: Words) -> str:
    """Return the shape and the word of a headline: of its state, or of how soon to be seen."""
    state = state_of(headline)
    return f"{SHAPES[state]} {words(f'state.{headline if headline in URGENT else state}')}"


def states_text(status: Status, words: Words) -> str:
    """Return the state of a day; beside an advice, what may be done until then."""
    texts = [headline_text(headline, words) for headline in (status.headline, status.activity)]
    return " · ".join(dict.fromkeys(texts[:1] if status.headline == "emergency" else texts))
