"""What benchmarks share: a row to print, and medians of whole commands."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tests.helpers import ROOT


class Row(NamedTuple):
    """One measured figure beside its yardstick."""

    what: str
    measured: float
    yardstick: float
    unit: str
    goal: str = ""
    against: str = ""

    def __str__(self) -> str:
        """Say the row in one line, the ratio last but for the goal."""
        ratio = self.measured / self.yardstick if self.yardstick else float("nan")
        goal = f"  (goal {self.goal})" if self.goal else ""
        return (
            f"{self.what:<44} {self.measured:9.2f} {self.unit}"
            f" / {self.yardstick:9.2f} {self.unit} {self.against:<26} = {ratio:6.{2 if ratio >= 0.1 else 3}f} ×{goal}"
        )


def median_ms(work: Callable[[], object], runs: int = 11) -> float:
    """Return the median of ``runs`` timings of ``work``, in milliseconds, after one run that does not count."""
    work()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def environment(home: str) -> dict[str, str]:
    """Return the environment of a person's own process: compiled modules are kept, output is buffered."""
    env = {**os.environ, "COACH_HOME": home, "PYTHONPATH": str(ROOT)}
    return {name: value for name, value in env.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")}


def in_turn_ms(*works: Callable[[], object], runs: int = 11) -> list[float]:
    """Return the median of each of ``works``, taken in turn, so that all meet the same machine."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(runs + 1):
        for work, taken in zip(works, times, strict=True):
            began = time.perf_counter()
            work()
            taken.append(time.perf_counter() - began)
    return [statistics.median(taken[1:]) * 1000 for taken in times]


def command(words: Sequence[str], home: str) -> Callable[[], object]:
    """Return a run of ``python`` with ``words`` as a fresh process with its ``COACH_HOME`` at ``home``."""
    env = environment(home)
    return lambda: subprocess.run([sys.executable, *words], env=env, capture_output=True, check=False)
