"""What the status costs, in calls: the same on every machine, however busy."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from types import FrameType

from coach.domain.profile import Profile
from coach.domain.status.history import History
from coach.domain.status.status import current_status
from tests.bench.years import often
from tests.domain.status.stories import book

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
MOST_CALLS = 85
"""Calls for one more check-in among those of 90 days; 103 made a check-in of ten a day 1.5 × that of the first day."""


def test_one_more_check_in_costs_the_status_little() -> None:
    """Ten check-ins a day are folded again at each command: what one of them costs is nine hundred times that."""
    few, many = (History.of(often(days / 365, NOW)) for days in (10, 90))
    more = _calls(lambda: current_status(many, Profile(), book(), NOW)) - _calls(
        lambda: current_status(few, Profile(), book(), NOW)
    )
    assert more / (len(many.check_ins) - len(few.check_ins)) <= MOST_CALLS


def _calls(work: Callable[[], object]) -> int:
    """Return how many functions are called by ``work``, Python's and those of libraries, once decisions are known."""
    work()
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls
