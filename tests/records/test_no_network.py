"""No network, ever: the program in real use, with every socket but local ones refused and noted."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="opens the screen on a terminal as on POSIX")

WATCH = """
import os, socket, sys

def watch(event, values):
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        called = values[0]
    elif event == "socket.__new__" and values[1] in (socket.AF_INET, socket.AF_INET6):
        called = "an internet socket"
    elif event in ("socket.connect", "socket.bind", "socket.sendto") and not isinstance(values[1], (str, bytes)):
        called = values[1]
    else:
        return
    with open(os.environ["NOTED"], "a") as noted:
        noted.write(f"{sys.argv}: {event} {called}\\n")
    raise OSError("refused by the test")

sys.addaudithook(watch)
with open(os.environ["NOTED"] + "-watched", "a") as watched:
    watched.write(f"{sys.argv}\\n")
"""

REAL_USE = (
    ("setup", "--yes", "--region", "jp", "--context", "diabetes"),
    ("today",),
    ("check-in", "--walking", "1", "--none-of-the-signs"),
    ("assess", "/dev/null"),
    ("status", "--json"),
    ("history",),
    ("reminders", "list"),
    ("reminders", "next", "--count", "3"),
    ("reminders", "test"),
    ("reminders", "export", "reminders.ics"),
    ("summary", "-o", "page.html"),
    ("summary", "--format", "fhir", "-o", "page.json"),
    ("export", "all.json"),
    ("import", "all.json"),
    ("routines", "list"),
    ("habit",),
    ("ice", "status"),
    ("seen", "--by", "Dr. Mori"),
    ("hurts",),
    ("self-test",),
)
AWHILE_S = 3.0
QUIET_S = 0.3
"""After so long without anything drawn the next key is pressed; one that comes early only waits its turn."""

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Return the command, watched, in every process that it starts."""
    (tmp_path / "sitecustomize.py").write_text(WATCH)

    def command(*words: str, **options: object) -> "subprocess.Popen[str]":
        env = {
            **os.environ,
            "PYTHONPATH": f"{tmp_path}:{ROOT}",
            "NOTED": str(tmp_path / "noted"),
            "HOME": str(tmp_path),
            "TERM": "xterm-256color",
        }
        given = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "stdin": subprocess.DEVNULL, **options}
        return subprocess.Popen([sys.executable, *words], env=env, cwd=tmp_path, text=True, **given)  # type: ignore[call-overload,no-any-return]

    return command


def for_a_while(*processes: "subprocess.Popen[str]") -> None:
    """Let programs that do not end by themselves live for some seconds, beside each other."""
    time.sleep(AWHILE_S)
    for process in processes:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)


def on_a_terminal(start: Start, keys: str) -> None:
    """Open the screen on a real terminal, press ``keys`` one after the other, the last of which leave it."""
    ours, theirs = os.openpty()
    screen = start("-m", "coach", stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    begun = b""
    while b"\x1b[?1049h" not in begun:
        begun += os.read(ours, 65536)
    for key in ("", *keys):
        os.write(ours, key.encode())
        while select.select([ours], [], [], QUIET_S)[0] and screen.poll() is None:
            try:
                os.read(ours, 65536)
            except OSError:  # it closed the terminal
                break
    assert screen.wait(120) == 0
    os.close(ours)


def test_in_real_use_no_other_machine_is_ever_called(start: Start, tmp_path: Path) -> None:
    """Commands, screen, agent and a session: no name is looked up and no socket but a local one is opened."""
    for words in REAL_USE:
        said = start("-m", "coach", *words).communicate(timeout=120)[0]
        assert "Traceback" not in said, said
    for_a_while(start("-m", "coach", "agent", "run"), start("-m", "coach", "start", "--plain"))
    on_a_terminal(start, "c1\r\x11g")
    start("-m", "coach", "erase", "--yes").communicate(timeout=120)
    assert not (tmp_path / "noted").exists(), (tmp_path / "noted").read_text()
    assert len((tmp_path / "noted-watched").read_text().splitlines()) > len(REAL_USE)


def test_the_watch_would_see_a_call(start: Start, tmp_path: Path) -> None:
    """What this file proves would fail if the program did call."""
    start("-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')").communicate(timeout=120)
    assert (tmp_path / "noted").read_text()
