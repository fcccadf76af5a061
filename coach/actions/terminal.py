"""What the terminal in front of the person can do, found by asking it."""

import os
import re
import select
import time
from collections.abc import Mapping
from typing import Literal

ANSWER_S = 0.5
"""How long a terminal may take to answer; one over a slow line answers within this."""

Colours = Literal["none", "16", "256", "16 million"]


def colours(environ: Mapping[str, str] = os.environ) -> Colours:
    """Return how many colours the terminal says that it has, and the person wants."""
    term = environ.get("TERM", "")
    if environ.get("NO_COLOR") or term in ("", "dumb"):
        return "none"
    if environ.get("COLORTERM") in ("truecolor", "24bit"):
        return "16 million"
    return "256" if "256" in term else "16"


def cells_of(text: str, device: str = "/dev/tty") -> int | None:
    """Write ``text``, ask where the cursor is, take it away again; return its width in cells, None without an answer.

    That an answer comes also shows that what is typed reaches the program.
    """
    try:
        import termios
        import tty

        terminal = os.open(device, os.O_RDWR | os.O_NOCTTY)
    except (ImportError, OSError):
        return None
    try:
        before = termios.tcgetattr(terminal)
        try:
            tty.setcbreak(terminal)
            os.write(terminal, b"\r" + text.encode() + b"\x1b[6n")
            column = _column(terminal)
        finally:
            os.write(terminal, b"\r\x1b[K")
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)
    except (OSError, termios.error):
        return None
    finally:
        os.close(terminal)
    return None if column is None else column - 1


def _column(terminal: int) -> int | None:
    """Return the column of the cursor position report that comes on ``terminal``."""
    answer, until = b"", time.monotonic() + ANSWER_S
    while (left := until - time.monotonic()) > 0 and select.select([terminal], [], [], left)[0]:
        answer += os.read(terminal, 64)
        if report := re.search(rb"\x1b\[\d+;(\d+)R", answer):
            return int(report[1])
    return None
