"""From the command to a complete Today screen in a real terminal, beside a Textual app of one Label."""

import os
import pty
import select
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from fcntl import ioctl
from pathlib import Path

from tests.bench.measure import Row, command, environment
from tests.bench.years import fill

ONE_LABEL = """
from textual.app import App, ComposeResult
from textual.widgets import Label

class One(App):
    def compose(self) -> ComposeResult:
        yield Label("one label")

One().run()
"""
RUNS = 9
QUIET_S = 0.5
"""The frame is complete when nothing more was written for this long."""


def first_frame_ms(words: Sequence[str], home: str) -> tuple[float, float]:
    """Start ``python`` with ``words`` on a terminal of 80 × 24; return the milliseconds until its first frame is whole.

    The second figure is the processor time of all its threads until then: other work on the machine hardly touches it.
    """
    began = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        env = {**environment(home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        os.execve(sys.executable, [sys.executable, *words], env)
    ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    last, drawn, busy_ms = began, 0, 0.0
    while select.select([terminal], [], [], QUIET_S if drawn > 600 else 5)[0]:
        drawn += len(os.read(terminal, 65536))
        last, busy_ms = time.perf_counter(), _busy_ms(pid)
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    os.close(terminal)
    return (last - began) * 1000, busy_ms


def _busy_ms(pid: int) -> float:
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e6


def rows() -> Iterator[Row]:
    """Take both in turn, so that both meet the same machine."""
    with tempfile.TemporaryDirectory() as home:
        script = Path(home) / "one_label.py"
        script.write_text(ONE_LABEL)
        command(["-m", "coach", "setup", "--yes"], home)()
        for years in (0, 10):
            fill(home, years)
            label, today = [], []
            for _ in range(RUNS + 1):
                label.append(first_frame_ms([str(script)], home))
                today.append(first_frame_ms(["-m", "coach"], home))
            for at, how in enumerate(("", ", busy")):
                measured, yardstick = (statistics.median(run[at] for run in runs[1:]) for runs in (today, label))
                yield Row(f"first frame of Today, {years} years{how}", measured, yardstick, "ms", "≤ 1.35", "one Label")
