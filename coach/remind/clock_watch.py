"""Leaps of the wall clock: the machine slept, or somebody set it."""

import time
from typing import NamedTuple

LEAP_S = 2.0
"""The wall clock that differs by so much from the monotonic one was moved, or the machine slept."""


class Leap(NamedTuple):
    """The wall clock went from ``before`` to ``after`` (seconds since the epoch), ``seconds`` more than it should."""

    before: float
    after: float
    seconds: float


class ClockWatch:
    """Compares the wall clock with the monotonic one, which stands still while the machine sleeps."""

    def __init__(self) -> None:
        """Compare with the clocks of now."""
        self._clocks = both_clocks()

    def leap(self) -> Leap | None:
        """Return how the wall clock leapt since the last look, None where it did not."""
        before, self._clocks = self._clocks, both_clocks()
        seconds = (self._clocks[0] - before[0]) - (self._clocks[1] - before[1])
        return Leap(before[0], self._clocks[0], seconds) if abs(seconds) >= LEAP_S else None


def both_clocks() -> tuple[float, float]:
    """Return the wall clock and the monotonic clock of one moment: read again where one had to wait in between."""
    for _ in range(20):  # a machine may be suspended between any two of the readings
        wall, monotonic, after = time.time(), time.monotonic(), time.time()
        if 0 <= after - wall < LEAP_S / 2:
            break
    return wall, monotonic
