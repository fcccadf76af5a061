"""How much of each list of the page for a doctor is shown: from all of it to what fits on one sheet."""

import msgspec

ALL = 1_000_000
"""As a limit: everything."""


class ListLimits(msgspec.Struct, frozen=True):
    """How many entries of each list are shown; what is left out is counted, and whole in the export."""

    stretches: int = 4
    habits: int = 2
    visits: int = 2
    pauses: int = 3
    signs: int = 6
    """Signs that ask for no visit the same day, a line each; 0: all signs in one list, each with its last day."""
    listed: int = 40
    """Of that one list, the signs that ask for no visit the same day; the rest are counted."""
    notes: int = 3
    days: int = 3
    """Of a sign that was answered more often, the latest."""
    short: bool = False
    """Whether each number and each goal is told in a few words, without the days of its first and last."""
    packed: bool = False
    """Whether every section is one paragraph."""
    movements: int = ALL
    goals: int = 3
    goals_ended: int = 2
    goal_letters: int = 40
    """Of a goal that is over."""
    medicines: int = 3
    reasons: int = 2
    """Of a pause."""
    letters: int = 120
    """Of a person's own words."""


AMPLE = ListLimits()
SHORT = ListLimits(goals_ended=1, stretches=2, habits=1, visits=1, pauses=2, signs=3, notes=2, days=2, letters=80)
BRIEF = ListLimits(
    stretches=1,
    habits=1,
    visits=1,
    pauses=1,
    signs=0,
    listed=5,
    notes=1,
    days=1,
    letters=36,
    goals_ended=0,
    medicines=2,
    short=True,
)
TIGHT = ListLimits(
    stretches=0,
    habits=0,
    visits=0,
    pauses=1,
    signs=0,
    listed=0,
    notes=0,
    days=1,
    movements=3,
    reasons=1,
    letters=24,
    goals_ended=0,
    medicines=1,
    short=True,
    packed=True,
)
"""From what a sheet usually holds to what it holds of the longest history: the first that fits is taken."""
WHOLE = ListLimits(
    stretches=ALL,
    habits=ALL,
    visits=ALL,
    pauses=ALL,
    signs=ALL,
    notes=ALL,
    days=7,
    letters=ALL,
    goals=ALL,
    goals_ended=ALL,
    goal_letters=ALL,
    medicines=ALL,
)
"""For a format that has no end of a sheet."""
