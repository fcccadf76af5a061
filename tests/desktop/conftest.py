"""A desktop of the tests' own: a message bus, a notification server that records, and the real agent in it."""

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import ROOT

NEEDED = ("dbus-daemon", "faketime", "dunst", "dunstctl", "Xvfb", "notify-send")
HERE = Path(__file__).parent
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy>
</busconfig>"""


@pytest.fixture(autouse=True)
def programs() -> None:
    """Skip where the desktop's programs are not installed; in CI that is a failure."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"not installed: {', '.join(missing)}")
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


class Server:
    """The recording server, run as a process: what it was asked to show, and what it shall do."""

    def __init__(self, environment: dict[str, str], names: tuple[str, ...] = ()) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "recorder.py"), *names],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.said: list[dict[str, Any]] = []
        self._lines: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.until(lambda one: "ready" in one)

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(json.loads(line))

    @property
    def shown(self) -> list[dict[str, Any]]:
        """Every popup so far."""
        self._drain()
        return [one for one in self.said if "title" in one]

    def _drain(self) -> None:
        while not self._lines.empty():
            self.said.append(self._lines.get_nowait())

    def until(self, wanted: Callable[[dict[str, Any]], bool], seconds: float = 20) -> dict[str, Any]:
        """Wait for the next thing it says that is ``wanted``."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                one = self._lines.get(timeout=left)
            except queue.Empty:
                break
            self.said.append(one)
            if wanted(one):
                return one
        raise AssertionError(f"the server never said it; it said {self.said}")

    def popup(self, title: str = "", seconds: float = 20) -> dict[str, Any]:
        """Wait for the next popup whose title or body holds ``title``."""
        return self.until(lambda one: "title" in one and title in one["title"] + one["body"], seconds)

    def tell(self, words: str) -> None:
        """Have it do something, and wait until it is done."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{words}\n")
        self.process.stdin.flush()
        self.until(lambda one: one.get("done") == words.split())

    def stop(self) -> None:
        """End it, however it is."""
        self.process.kill()
        self.process.communicate()


class Machine:
    """One person's desktop: a home, a bus, a wall clock that can be moved, and what runs in it."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.home = home
        self.zone = "UTC"
        self.clock: str | None = None
        self.environment = {
            key: value for key, value in os.environ.items() if key not in ("DISPLAY", "XAUTHORITY", "COACH_NOTIFY")
        } | {"COACH_HOME": str(home), "PYTHONPATH": str(ROOT)}  # fmt: skip
        self.running: list[subprocess.Popen[str]] = []
        self.servers: list[Server] = []
        self._bus: subprocess.Popen[str] | None = None

    def bus(self) -> None:
        """Start the message bus."""
        socket, config = self.folder / "bus", self.folder / "bus.conf"
        socket.unlink(missing_ok=True)
        config.write_text(_BUS.format(socket=socket))
        self._bus = subprocess.Popen(
            ["dbus-daemon", f"--config-file={config}", "--nofork"], stderr=subprocess.DEVNULL, text=True
        )
        self.running.append(self._bus)
        wait_for(socket.exists)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={socket}"

    def end_bus(self) -> None:
        """End the message bus under everybody."""
        assert self._bus is not None
        self._bus.kill()
        self._bus.wait()

    def server(self, *names: str) -> Server:
        """Start a recording server."""
        server = Server(self.environment, names)
        self.servers.append(server)
        return server

    def at(self, moment: str) -> None:
        """Set the wall clock of everything that runs under ``wall_clock``; the monotonic clock goes on."""
        path = self.folder / "clock"
        fresh = path.with_suffix(".new")
        fresh.write_text(f"@{moment}\n")
        fresh.replace(path)

    def moved(self) -> dict[str, str]:
        """Return the environment of a program whose wall clock ``at`` moves."""
        return self.environment | {
            "TZ": self.zone, "LD_PRELOAD": faketime_library(), "FAKETIME_TIMESTAMP_FILE": str(self.folder / "clock"),
            "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }  # fmt: skip

    def fast(self, moment: str, speed: int) -> dict[str, str]:
        """Return the environment of a program that begins at ``moment`` and lives ``speed`` times as fast."""
        return self.environment | {
            "TZ": self.zone, "LD_PRELOAD": faketime_library(), "FAKETIME": f"@{moment} x{speed}",
        }  # fmt: skip

    def start(self, environment: dict[str, str], *words: str) -> subprocess.Popen[str]:
        """Start ``coach`` with ``words``."""
        process = subprocess.Popen(
            [sys.executable, "-m", "coach", *(words or ("agent", "run"))],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.running.append(process)
        return process

    def agent(self, environment: dict[str, str]) -> subprocess.Popen[str]:
        """Start the real agent and wait until it is up."""
        process = self.start(environment)
        assert process.stderr is not None
        assert "Reminders are being kept" in process.stderr.readline()
        return process

    def coach(self, environment: dict[str, str], *words: str, code: int = 0) -> str:
        """Run ``coach`` with ``words`` and return what it said."""
        ran = subprocess.run(
            [sys.executable, "-m", "coach", *words],
            env=environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert ran.returncode == code, ran.stderr
        return ran.stdout

    def only(self, environment: dict[str, str], *words: str) -> None:
        """Make one reminder the only one there is."""
        for one in ("desk-break", "posture", "check-in", "routine"):
            self.coach(environment, "reminders", "remove", one)
        self.coach(environment, "reminders", "add", *words)

    def log(self, environment: dict[str, str]) -> list[dict[str, Any]]:
        """Return the log of reminders."""
        return list(json.loads(self.coach(environment, "reminders", "log", "--json")))

    def until_logged(self, environment: dict[str, str], outcome: str, seconds: float = 20) -> dict[str, Any]:
        """Wait until a slot has ``outcome``, and return its row."""
        found: list[dict[str, Any]] = []

        def there() -> bool:
            found[:] = [row for row in self.log(environment) if row["outcome"] == outcome]
            return bool(found)

        wait_for(there, seconds)
        return found[-1]

    def end(self) -> None:
        """End all that runs."""
        for server in self.servers:
            server.stop()
        for process in reversed(self.running):
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.wait()
            if process.stderr is not None:
                process.stderr.close()


@pytest.fixture
def machine(tmp_path: Path, home_folder: Path) -> Iterator[Machine]:
    """Return a desktop with a message bus and nobody on it."""
    folder = tmp_path / "machine"
    folder.mkdir()
    found = Machine(folder, home_folder)
    found.bus()
    yield found
    found.end()


def wait_for(true: Callable[[], object], seconds: float = 20) -> None:
    """Wait until ``true``."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)


def faketime_library() -> str:
    """Return the library that moves a program's clocks."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    if not found:
        pytest.skip("no libfaketime")
    return str(found[0])


def minute(moment: str) -> str:
    """Return ``HH:MM`` of a moment in a log."""
    return f"{datetime.fromisoformat(moment):%H:%M}"
