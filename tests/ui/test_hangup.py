"""A terminal that is closed ends the screen, also where nothing sends the signal that says so."""

import os
import subprocess
import sys
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
