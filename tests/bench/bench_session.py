"""What a moving session costs: its share of a core over a whole side, its still pages, and from a key to its paint."""

import statistics
import tempfile
from collections.abc import Iterator

from tests.bench.measure import Row, command
from tests.bench.terminal import Terminal

SIDE_S = 40.0
"""Ready, ease in, hold and ease out of one side."""
KEYS = 20


def rows() -> Iterator[Row]:
    """Measure at the usual size and at a large one."""
    for columns, lines in ((80, 24), (120, 36)):
        with tempfile.TemporaryDirectory() as home:
            calm = ["check-in", "--rest", "0", "--walking", "1", "--during", "0", "--none-of-the-signs"]
            command(["-m", "coach", *calm], home)()
            session = Terminal(["-m", "coach", "start"], home, columns, lines)
            session.press("\r")
            size = f"{columns} x {lines}"
            yield Row(f"session that moves, {size}", session.share(SIDE_S), 5.0, "%", "≤ 1", "of a core")
            keys = statistics.median(session.press(" ") for _ in range(KEYS))
            yield Row(f"key to paint, {size}", keys, 50.0, "ms", "≤ 1", "asked for")
            session.press(" ")
            yield Row(f"session that is paused, {size}", session.share(5.0), 5.0, "%", "0", "of a core")
            session.close()
