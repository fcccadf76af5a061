"""A month of the agent's life, in six minutes: what it holds in the last week beside the first."""

import statistics
import tempfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from tests.bench.measure import Row
from tests.desktop.conftest import Machine
from tests.desktop.life import Holds, Life

DAYS, WEEK = 30, 7
MEMORY = Path("/dev/shm")
"""Where a home lies in memory, so that a disk is not asked for a month's writes in six minutes."""
HELD: dict[str, tuple[Callable[[Holds], float], str, str]] = {
    "memory of its own": (lambda day: day.own_kb / 1024, "MB", "≤ 1.05"),
    "resident memory": (lambda day: day.resident_kb / 1024, "MB", "≤ 1.05"),
    "descriptors": (lambda day: day.descriptors.total(), "", "1"),
    "threads and children": (lambda day: day.threads + day.children, "", "1"),
    "files in the home": (lambda day: len(day.files), "", ""),
    "size of the home": (lambda day: day.home_kb, "kB", ""),
}


def rows() -> Iterator[Row]:
    """Live the month."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        machine = Machine(Path(folder), Path(folder, "home"))
        machine.bus()
        try:
            evenings = list(Life(machine).evenings(DAYS))
        finally:
            machine.end()
    for what, (figure, unit, goal) in HELD.items():
        yield _row(what, [figure(day) for day in evenings], unit, goal)
    yield _row("processor time a day", [after.cpu_s - day.cpu_s for day, after in pairwise(evenings)], "s", "≤ 1.2")


def _row(what: str, days: list[float], unit: str, goal: str) -> Row:
    first, last = (statistics.median(week) for week in (days[:WEEK], days[-WEEK:]))
    return Row(f"agent after a month, {what}", last, first, unit, goal, "first week")
