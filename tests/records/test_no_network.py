"""No network, ever: the program in real use, with every socket but local ones refused and noted."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers import ROOT

WATCH = """
import os, socket, sys

def watch(event, values):
    if event == "socket.getaddrinfo" or event == "socket.gethostbyname":
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
"""

REAL_USE = (
    ("setup", "--yes", "--region", "jp", "--context", "diabetes"),
    ("today",),
    ("check-in", "--walking", "3", "--none-of-the-signs"),
    ("status", "--json"),
    ("hurts",),
    ("history",),
    ("summary", "-o", "page.html"),
    ("summary", "--format", "fhir", "-o", "page.json"),
    ("export", "all.json"),
    ("import", "all.json"),
    ("routines", "list"),
    ("habit",),
    ("ice", "status"),
    ("self-test",),
    ("erase", "--yes"),
)


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Return the command, watched, in every process that it starts."""
    (tmp_path / "sitecustomize.py").write_text(WATCH)

    def command(*words: str, code: str = "") -> "subprocess.CompletedProcess[str]":
        start = ["-c", code] if code else ["-m", "coach", *words]
        env = {**os.environ, "PYTHONPATH": f"{tmp_path}:{ROOT}", "NOTED": str(tmp_path / "noted")}
        return subprocess.run(
            [sys.executable, *start], check=False, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=60
        )

    return command


@pytest.mark.slow
def test_in_real_use_no_other_machine_is_ever_called(
    run: Callable[..., "subprocess.CompletedProcess[str]"], tmp_path: Path
) -> None:
    """From set-up to erasing: no name is looked up and no socket but a local one is opened."""
    for words in REAL_USE:
        ran = run(*words)
        assert "refused by the test" not in ran.stderr, words
        assert "Traceback" not in ran.stderr, words
    assert not (tmp_path / "noted").exists()


def test_the_watch_would_see_a_call(run: Callable[..., "subprocess.CompletedProcess[str]"], tmp_path: Path) -> None:
    """What this file proves would fail if the program did call."""
    run(code="import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')")
    assert (tmp_path / "noted").read_text()
