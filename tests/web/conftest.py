"""What the tests of the browser screen share: a server as a process of its own, and a real browser."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.browser import BROWSER, PATIENCE_S, Browser

Serve = Callable[..., "Served"]


class Served(NamedTuple):
    """A running ``coach web``."""

    process: "subprocess.Popen[str]"
    address: str
    """With the secret."""

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(re.findall(r":(\d+)/", self.address)[0])

    def tabs(self) -> list[int]:
        """Return the processes that it started and that are there, or that it has yet to see end."""
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.fixture
def serve(spawn: Callable[..., "subprocess.Popen[str]"]) -> Serve:
    """Return what starts ``coach web`` and waits until it says its address; it is ended with the test."""
    if find_spec("textual_serve") is None:
        pytest.skip("not installed: the extra web")

    def start(*words: str, **environment: str) -> Served:
        before = words[:2] if words[:1] == ("--lang",) else ()
        process = spawn(*before, "web", *words[len(before) :], env={"COACH_NOTIFY": "terminal", **environment})
        assert process.stdout is not None
        line = process.stdout.readline()
        address = re.search(r"http://\S+", line)
        assert address, (line, process.communicate(timeout=20))
        return Served(process, address[0])

    return start


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    """Return a real Chromium."""
    if BROWSER is None:
        pytest.skip("not installed: chromium")
    chromium = Browser(tmp_path)
    yield chromium
    chromium.close()


def wait_for(true: Callable[[], object]) -> None:
    """Wait until ``true``."""
    until = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < until, "it never came true"
        time.sleep(0.05)


def interrupt(process: "subprocess.Popen[str]") -> int:
    """Press Ctrl+C, and return the exit status."""
    os.kill(process.pid, signal.SIGINT)
    return process.wait(30)
