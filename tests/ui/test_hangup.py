"""A terminal that is closed ends the screen; one that stays is given back as it was."""

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers import ROOT

pty = pytest.importorskip("pty")


@pytest.mark.usefixtures("lived_in")
def test_the_program_ends_when_its_terminal_closes(home_folder: Path) -> None:
    """As under ``nohup`` no SIGHUP comes: it must not read on for ever, as fast as it can, with nobody there."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "COACH_HOME": str(home_folder), "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
    screen = subprocess.Popen(
        [sys.executable, "-m", "coach", "--lang", "en"], env=env, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    drawn = b""
    while b"all keys" not in drawn:
        drawn += os.read(ours, 65536)
    os.close(ours)
    try:
        assert screen.wait(20) != 0
    finally:
        screen.kill()
        screen.wait()


GIVEN_BACK = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?1006l")
"""The first screen, a cursor, and no mouse."""
PATIENCE_S = 60.0


class Terminal:
    """The program on a terminal of its own, as a shell starts it."""

    def __init__(self, folder: Path, *words: str) -> None:
        """Start ``coach`` with ``words``."""
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            env = {**os.environ, "COACH_HOME": str(folder), "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
            os.execve(sys.executable, [sys.executable, "-m", "coach", "--lang", "en", *words], env)

    def read_until(self, true: Callable[[bytes], bool]) -> bytes:
        """Return what is written until it says what is waited for, or the program ends."""
        written, end = b"", time.monotonic() + PATIENCE_S
        while not true(written) and time.monotonic() < end:
            if select.select([self.terminal], [], [], 1.0)[0]:
                try:
                    written += os.read(self.terminal, 65536)
                except OSError:
                    break
        assert true(written), written[-2000:]
        return written

    def close(self) -> int:
        """Return the exit status."""
        status = os.waitpid(self.pid, 0)[1]
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(status)


def given_back(written: bytes) -> bool:
    """Tell whether the terminal is as it was."""
    return all(sequence in written for sequence in GIVEN_BACK)


@pytest.mark.usefixtures("lived_in")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_asked_to_end_it_gives_the_terminal_back(home_folder: Path, number: signal.Signals) -> None:
    """No second screen, no hidden cursor and no mouse reports are left behind in the shell."""
    program = Terminal(home_folder)
    program.read_until(lambda written: b"all keys" in written)
    time.sleep(1)
    os.kill(program.pid, number)
    program.read_until(given_back)
    assert program.close() == 128 + number


@pytest.mark.usefixtures("lived_in")
def test_a_running_stretch_waits_while_the_program_is_suspended(home_folder: Path) -> None:
    """Ctrl+Z gives the terminal back to the shell; ``fg`` finds the session paused, its seconds kept."""
    program = Terminal(home_folder, "start")
    program.read_until(lambda written: b"Easy stretches" in written and b"Enter" in written)
    os.write(program.terminal, b"\r")
    program.read_until(lambda written: b"Get ready" in written)
    os.write(program.terminal, b"\x1a")
    program.read_until(given_back)
    assert os.WIFSTOPPED(os.waitpid(program.pid, os.WUNTRACED)[1])
    os.kill(program.pid, signal.SIGCONT)
    program.read_until(
        lambda written: b"\x1b[?1049h" in written and b"Paused" in re.sub(rb"\x1b\[[0-9;]*m", b"", written)
    )
    os.kill(program.pid, signal.SIGTERM)
    assert program.close() == 128 + signal.SIGTERM
