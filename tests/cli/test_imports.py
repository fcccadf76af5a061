"""What a command loads is what a person waits for: the import contracts, looked at in a process that ran."""

import subprocess
import sys

import pytest

from tests.helpers import ROOT

HEAVY = ("textual", "rich", "apscheduler", "plyer", "jeepney", "icalendar", "statistics")
"""Libraries of the screen, the agent, the calendar and the page, none of which a line of text needs."""


@pytest.mark.parametrize(
    "words",
    [
        ["status"],
        ["today"],
        ["today", "--json"],
        ["check-in", "--walking", "2", "--none-of-the-signs"],
        ["hurts"],
        ["ice"],
        ["habit"],
        ["history"],
        ["seen", "--by", "Dr Sato"],
        ["snooze"],
        ["pause", "2h"],
        ["reminders", "list"],
        ["reminders", "log"],
        ["agent", "status"],
        ["routines", "show", "wall-calf"],
        ["export", "-"],
    ],
    ids=" ".join,
)
def test_a_command_loads_no_screen_and_no_scheduler(words: list[str]) -> None:
    """A line of text comes at once."""
    code = (
        "import sys; from coach.cli import main; from coach.agent import launch;"
        f"launch.launch = lambda: b'not in a test'; main({words!r}); print();"
        f"print(*(name for name in {HEAVY!r} if name in sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout.splitlines()[-1] == ""


def test_the_agent_that_serves_never_loads_what_it_does_not_need() -> None:
    """Textual costs more than the whole agent, and OpenSSL a seventh of it; whoever needs that later finds it."""
    code = (
        "import signal, sys; from coach.home import Home; from coach.remind.run_agent import run_agent;"
        "run_agent(Home(), tell=lambda _: signal.raise_signal(signal.SIGTERM));"
        "never = ('textual', 'rich', 'plyer', 'ssl', '_ssl', '_hashlib');"
        "print(*(name for name in never if name in sys.modules));"
        "import ssl; print(ssl.OPENSSL_VERSION_INFO >= (1, 1))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout.splitlines() == ["", "True"]


def test_the_screen_opens_without_openssl() -> None:
    """The first picture waits for nothing that speaks to a network; whoever needs that later finds it."""
    code = (
        "import sys, coach.ui; from coach.home import Home;"
        "coach.ui.shutil.get_terminal_size = lambda: sys.exit('_ssl' in sys.modules or 'ssl' in sys.modules);"
        "coach.ui.run(Home(), 'en')"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
