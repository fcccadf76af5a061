"""What a session costs: its share of a core, moving, still and paused, and the time from a key to its paint."""

import statistics
import tempfile
from collections.abc import Iterator

from tests.bench.measure import Row, command
from tests.bench.terminal import Terminal

SIDE_S = 40.0
"""Ready, ease in, hold and ease out of one side."""
KEYS = 20
CALM = ["check-in", "--rest", "0", "--walking", "1", "--during", "0", "--none-of-the-signs"]


def rows() -> Iterator[Row]:
    """Measure at the usual size and at a large one, with animation and without."""
    for columns, lines in ((80, 24), (120, 36)):
        for measured in (_moving, _still):
            with tempfile.TemporaryDirectory() as home:
                yield from measured(home, columns, lines)


def _moving(home: str, columns: int, lines: int) -> Iterator[Row]:
    session = _begun(home, columns, lines)
    size = f"{columns} x {lines}"
    yield Row(f"session that moves, {size}", session.share(SIDE_S), 5.0, "%", "≤ 1", "of a core")
    keys = statistics.median(session.press(" ") for _ in range(KEYS))
    yield Row(f"key to paint, {size}", keys, 50.0, "ms", "≤ 1", "asked for")
    session.press(" ")
    yield Row(f"session that is paused, {size}", session.share(5.0), 5.0, "%", "0", "of a core")
    session.close()


def _still(home: str, columns: int, lines: int) -> Iterator[Row]:
    session = _begun(home, columns, lines, TEXTUAL_ANIMATIONS="none")
    yield Row(f"session without animation, {columns} x {lines}", session.share(SIDE_S), 1.0, "%", "≤ 1", "of a core")
    session.close()


def _begun(home: str, columns: int, lines: int, **more: str) -> Terminal:
    """Return a session whose first step was just begun."""
    command(["-m", "coach", *CALM], home)()
    session = Terminal(["-m", "coach", "start"], home, columns, lines, **more)
    session.press("\r")
    return session
