"""From a key to what it draws, with ten years of records: on Today, in a form, and opening every screen."""

import statistics
import tempfile
from collections.abc import Iterator

from tests.bench.measure import Row, command
from tests.bench.terminal import Terminal
from tests.bench.years import fill

YEARS = 10
ESCAPE, ENTER = "\x1b", "\r"
SCREENS = {
    "session": ENTER,
    "decision": "w",
    "check-in": "c",
    "it hurts": "x",
    "ice": "i",
    "habit": "b",
    "reminders": "r",
    "history": "h",
    "learn": "l",
    "summary": "d",
    "seen": "v",
    "settings": "s",
    "help": "?",
    "leave": "q",
}
"""Every screen that one key opens from Today on any day."""
DEEPER = {
    "all questions of the check-in": ("cm", ESCAPE),
    "conditions for ice": ("i" + ENTER, ESCAPE + ESCAPE),
    "one reminder": ("r" + ENTER, ESCAPE + ESCAPE),
}
"""Every screen that the last of several keys opens, and the keys back to Today."""
TODAY_KEYS = ("\x1b[B", "\x1b[A")
"""Down and up, which move the page."""
FORM_KEYS = ("\t", "\x1b[Z")
"""To the next answer and back."""
SMALLEST = (40, 12)
"""A terminal that Today's page fits on on no day, so that the keys that move it draw something."""
TIMES = 5
KEYS = 30


def rows() -> Iterator[Row]:
    """Measure as a person would use it; each screen in a program of its own, whose first opening of it loads it.

    *Busy* is the processor time of the same opening, which the machine's other work does not touch.
    """
    with tempfile.TemporaryDirectory() as home:
        command(["-m", "coach", "setup", "--yes"], home)()
        fill(home, YEARS)
        command(["-m", "coach", "check-in", "--walking", "1", "--none-of-the-signs"], home)()
        yield _keys(Terminal(["-m", "coach"], home, *SMALLEST), "Today", TODAY_KEYS, 16.0)
        form = Terminal(["-m", "coach"], home)
        form.open("c")
        form.open("1")
        yield _keys(form, "a check-in", FORM_KEYS, 50.0)
        for name, (there, back) in ({name: (key, ESCAPE) for name, key in SCREENS.items()} | DEEPER).items():
            first, *more = _openings(Terminal(["-m", "coach"], home), there, back)
            again = [statistics.median(taken) for taken in zip(*more, strict=True)]
            for times, taken in ((", the first time", first), ("", again)):
                for how, ms in zip(("", ", busy"), taken, strict=True):
                    yield Row(f"opening {name}{times}{how}", ms, 100.0, "ms", "≤ 1", "asked for")


def _keys(screen: Terminal, where: str, keys: tuple[str, ...], goal: float) -> Row:
    taken = statistics.median(screen.press(key) for key in keys * KEYS)
    screen.close()
    return Row(f"key to paint in {where}", taken, goal, "ms", "≤ 1", "asked for")


def _openings(screen: Terminal, there: str, back: str) -> Iterator[tuple[float, float]]:
    """Yield the milliseconds of each opening, and those of processor time."""
    *way, last = list(there)
    for _ in range(TIMES + 1):
        for key in way:
            screen.open(key)
        yield screen.open(last)
        for key in back:
            screen.open(key)
    screen.close()
