"""What a moving session costs: its share of a core over a whole side, its still pages, and from a key to its paint."""

import os
import pty
import select
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from fcntl import ioctl

from tests.bench.measure import Row, command, environment

SIDE_S = 40.0
"""Ready, ease in, hold and ease out of one side."""
KEYS = 20


class Session:
    """A real ``coach start`` on a terminal of a size."""

    def __init__(self, home: str, columns: int, rows: int) -> None:
        """Open it, and wait for its first page."""
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            env = {**environment(home), "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
            os.execve(sys.executable, [sys.executable, "-m", "coach", "start"], env)
        ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.read(4.0)

    def read(self, seconds: float) -> None:
        """Let ``seconds`` pass, reading what is drawn."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if select.select([self.terminal], [], [], left)[0]:
                os.read(self.terminal, 65536)

    def share(self, seconds: float) -> float:
        """Return the percentage of a core that it takes over ``seconds``."""
        before = self._cpu()
        self.read(seconds)
        return (self._cpu() - before) / seconds * 100

    def press(self, key: str) -> float:
        """Press ``key`` and return the milliseconds until something is drawn."""
        while select.select([self.terminal], [], [], 0.03)[0]:
            os.read(self.terminal, 65536)
        began = time.perf_counter()
        os.write(self.terminal, key.encode())
        select.select([self.terminal], [], [], 5)
        return (time.perf_counter() - began) * 1000

    def close(self) -> None:
        """End it."""
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)

    def _cpu(self) -> float:
        with open(f"/proc/{self.pid}/stat", encoding="ascii") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rows() -> Iterator[Row]:
    """Measure at the usual size and at a large one."""
    for columns, lines in ((80, 24), (120, 36)):
        with tempfile.TemporaryDirectory() as home:
            calm = ["check-in", "--rest", "0", "--walking", "1", "--during", "0", "--none-of-the-signs"]
            command(["-m", "coach", *calm], home)()
            session = Session(home, columns, lines)
            session.press("\r")
            size = f"{columns} x {lines}"
            yield Row(f"session that moves, {size}", session.share(SIDE_S), 5.0, "%", "≤ 1", "of a core")
            keys = statistics.median(session.press(" ") for _ in range(KEYS))
            yield Row(f"key to paint, {size}", keys, 50.0, "ms", "≤ 1", "asked for")
            session.press(" ")
            yield Row(f"session that is paused, {size}", session.share(5.0), 5.0, "%", "0", "of a core")
            session.close()
