"""What a one-line command may load: a person waits for every module."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import ROOT

COMMANDS = ("status", "today", "check-in --walking 2 --none-of-the-signs", "snooze 10m", "hurts", "habit", "history")
HEAVY = ("textual", "rich", "apscheduler", "plyer", "icalendar", "jeepney")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_loads_no_screen_and_no_scheduler(command: str, tmp_path: Path) -> None:
    """Neither Textual nor APScheduler, nor anything else that only the screen, the agent or a calendar needs."""
    code = (
        "import sys; from unittest.mock import patch; from coach.cli import main\n"
        "with patch('coach.remind.launch.launch', lambda: b'not in a test'): main(sys.argv[1:])\n"
        f"print('loaded:', *(name for name in {HEAVY!r} if name in sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *command.split()], capture_output=True, text=True, cwd=ROOT, check=True,
        env={**os.environ, "COACH_HOME": str(tmp_path)},
    )  # fmt: skip
    assert ran.stdout.splitlines()[-1] == "loaded:"
