"""What grows with the years, and what does not: the same work at 0, 1, 10 and 50 years of records, side by side."""

import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.bench.bench_first_frame import first_frame_ms
from tests.bench.measure import Row, command, in_turn_ms
from tests.bench.years import fill, often, saving

YEARS = (0, 1, 10, 50)
GOAL = "≤ 1.5"
FRAMES = 7


def rows() -> Iterator[Row]:
    """Take the four homes in turn, so that all meet the same machine."""
    with ExitStack() as stack:
        homes = [stack.enter_context(tempfile.TemporaryDirectory()) for _ in YEARS]
        for home, years in zip(homes, YEARS, strict=True):
            command(["-m", "coach", "setup", "--yes"], home)()
            fill(home, years)
        yield from _compared("save a check-in, in one process", in_turn_ms(*map(saving, homes)))
        for name, words in {
            "check-in": ["check-in", "--walking", "2", "--none-of-the-signs"],
            "today": ["today"],
            "status": ["status"],
        }.items():
            yield from _compared(f"coach {name}", in_turn_ms(*(_afresh(words, home) for home in homes)))
        yield from _compared("first frame", _frames(homes))
    yield from _often()


def _often() -> Iterator[Row]:
    """Compare a first day with ten years of ten check-ins a day."""
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as full:
        for home in (first, full):
            command(["-m", "coach", "setup", "--yes"], home)()
        fill(full, 10, often)
        for name, words in {
            "check-in": ["check-in", "--walking", "2", "--none-of-the-signs"],
            "today": ["today"],
        }.items():
            before, after = in_turn_ms(_afresh(words, first), _afresh(words, full))
            yield Row(f"coach {name}, ten check-ins a day, 10 years", after, before, "ms", GOAL, "first day")


def _compared(what: str, taken: list[float]) -> Iterator[Row]:
    for years, ms in zip(YEARS[1:], taken[1:], strict=True):
        goal = GOAL if years <= 10 else ""
        yield Row(f"{what}, {years} years", ms, taken[0], "ms", goal, "first day")


def _afresh(words: list[str], home: str) -> Callable[[], object]:
    """Return a run of a command that finds nothing worked out before."""
    run = command(["-m", "coach", *words], home)

    def once() -> None:
        (Path(home) / "cache" / "status.json").unlink(missing_ok=True)
        run()

    return once


def _frames(homes: list[str]) -> list[float]:
    taken: list[list[float]] = [[] for _ in homes]
    for _ in range(FRAMES):
        for home, times in zip(homes, taken, strict=True):
            times.append(first_frame_ms(["-m", "coach"], home)[0])
    return [statistics.median(times[1:]) for times in taken]
