"""From a key to what it draws, with ten years of records: on Today, in a form, and opening every screen."""

import statistics
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress

from tests.bench.measure import Row, command
from tests.bench.terminal import Terminal
from tests.bench.years import fill

YEARS = 10
ESCAPE = "\x1b"
SCREENS = {
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
}
TODAY_KEYS = ("\x1b[B", "\x1b[A")
"""Down and up, which move the page."""
FORM_KEYS = ("\t", "\x1b[Z")
"""To the next answer and back."""
SMALL = (60, 12)
"""A terminal that Today's page does not fit on, mostly, so that the keys that move it draw something."""
TIMES = 7
KEYS = 30


def rows() -> Iterator[Row]:
    """Use one program as a person would; the first opening of a screen, which loads it, stands in a row of its own.

    *Busy* is the processor time of the same opening, which the machine's other work does not touch.
    """
    with tempfile.TemporaryDirectory() as home:
        command(["-m", "coach", "setup", "--yes"], home)()
        fill(home, YEARS)
        command(["-m", "coach", "check-in", "--walking", "1", "--none-of-the-signs"], home)()
        small = Terminal(["-m", "coach"], home, *SMALL)
        yield from _keys(small, "Today", TODAY_KEYS, 16.0)
        small.close()
        screen = Terminal(["-m", "coach"], home)
        try:
            for name, key in SCREENS.items():
                first, *more = [_opened(screen, key) for _ in range(TIMES)]
                yield from _opening(name, [statistics.median(values) for values in zip(*more, strict=True)])
                yield from _opening(f"{name}, the first time", first)
            screen.open("c")
            screen.open("1")
            yield from _keys(screen, "a check-in", FORM_KEYS, 50.0)
        finally:
            screen.close()


def _keys(screen: Terminal, where: str, keys: tuple[str, ...], goal: float) -> Iterator[Row]:
    with suppress(TimeoutError):  # on some days the whole page stands there, and no key moves it
        taken = statistics.median(screen.press(key) for key in keys * KEYS)
        yield Row(f"key to paint in {where}", taken, goal, "ms", "≤ 1", "asked for")


def _opening(what: str, taken: Iterable[float]) -> Iterator[Row]:
    for how, ms in zip(("", ", busy"), taken, strict=True):
        yield Row(f"opening {what}{how}", ms, 100.0, "ms", "≤ 1", "asked for")


def _opened(screen: Terminal, key: str) -> tuple[float, float]:
    taken = screen.open(key)
    screen.open(ESCAPE)
    return taken
