"""A real ``python`` on a real terminal, as benchmarks press its keys and watch it draw."""

import os
import pty
import select
import struct
import sys
import termios
import time
from collections.abc import Sequence
from fcntl import ioctl

from tests.bench.measure import environment

QUIET_S = 0.1
"""A picture is complete when nothing more was drawn for this long."""
PATIENCE_S = 10
"""A key that has drawn nothing by then draws nothing."""


class Terminal:
    """A command on a terminal of its own."""

    def __init__(self, words: Sequence[str], home: str, columns: int = 80, rows: int = 24, **more: str) -> None:
        """Start it, with ``more`` in its environment, and wait until its first page stands still."""
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            env = {**environment(home), "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **more}
            os.execve(sys.executable, [sys.executable, *words], env)
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
        began = self._pressed(key)
        return (time.perf_counter() - began) * 1000

    def open(self, key: str) -> tuple[float, float]:
        """Press ``key``; return the milliseconds until the last of what it draws, and those of processor time."""
        self._settle()
        used = self._busy_ms()
        began = self._pressed(key)
        last = time.perf_counter()
        while select.select([self.terminal], [], [], QUIET_S)[0]:
            os.read(self.terminal, 65536)
            last = time.perf_counter()
        return (last - began) * 1000, self._busy_ms() - used

    def _pressed(self, key: str) -> float:
        """Press ``key``, wait until something is drawn, and return the moment of the press."""
        self._settle()
        began = time.perf_counter()
        os.write(self.terminal, key.encode())
        if not select.select([self.terminal], [], [], PATIENCE_S)[0]:
            raise TimeoutError(f"{key!r} draws nothing")
        return began

    def close(self) -> None:
        """End it."""
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)

    def _settle(self) -> None:
        while select.select([self.terminal], [], [], 0.03)[0]:
            os.read(self.terminal, 65536)

    def _busy_ms(self) -> float:
        """Return the processor time of its main thread so far."""
        with open(f"/proc/{self.pid}/schedstat", encoding="ascii") as file:
            return int(file.read().split()[0]) / 1e6

    def _cpu(self) -> float:
        with open(f"/proc/{self.pid}/stat", encoding="ascii") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
