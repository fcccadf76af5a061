"""One-line commands beside the import of the library that keeps their records."""

import tempfile
from collections.abc import Iterator

from tests.bench.measure import Row, command, in_turn_ms

COMMANDS = {
    "status": (("status",), "≤ 2.5"),
    "snooze": (("snooze", "10m"), "≤ 2.5"),
    "today": (("today",), "≤ 3.5"),
    "check-in": (("check-in", "--walking", "2", "--none-of-the-signs"), "≤ 3.5"),
}


def rows() -> Iterator[Row]:
    """Measure each command in a home that has been set up."""
    with tempfile.TemporaryDirectory() as home:
        command(["-m", "coach", "setup", "--yes"], home)()
        for name, (words, goal) in COMMANDS.items():
            measured, yardstick = in_turn_ms(
                command(["-m", "coach", *words], home), command(["-c", "import tinydb"], home), runs=15
            )
            yield Row(f"coach {name}", measured, yardstick, "ms", goal, "import tinydb")
