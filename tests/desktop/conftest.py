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
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from coach.actions.reminders import settings
from coach.home import Home
from tests.helpers import ROOT, beginning

NEEDED = ("dbus-daemon", "faketime", "dunst", "dunstctl", "Xvfb", "notify-send", "xdotool")
HERE = Path(__file__).parent
POPUPS, IDLE = "org.freedesktop.Notifications", "org.gnome.Mutter.IdleMonitor"
WAKE = "close 0"
"""A signal about a popup that does not exist: it only ends the wait of an agent that has shown one already."""
PATIENCE_S = 120.0
"""How long to wait for what must come: far longer than it takes, as the machine may be slow or busy."""
_SLEEP = """# Where the wall clock alone is moved, libfaketime has time.sleep fail.
import select
import time

def sleep(seconds):
    select.select([], [], [], seconds)

time.sleep = sleep
"""
_WAITS = """# Where all clocks are moved or run fast, a wait for an answer would be over before it can come.
from coach.remind import bus

MANY = 100_000
call = bus.Bus.call
bus.WAIT_S *= MANY
bus.Bus.call = lambda self, message, wait_s=5.0: call(self, message, wait_s * MANY)
"""
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy>
</busconfig>"""


@pytest.fixture(autouse=True)
def programs() -> None:
    """Skip where the desktop's programs are not installed."""
    needs(*NEEDED)


def needs(*programs: str) -> None:
    """Skip where programs are not installed, given by name or by path."""
    missing = [name for name in programs if shutil.which(name) is None]
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
        self.tell("say all")
        return [one for one in self.said if "title" in one]

    def until(self, wanted: Callable[[dict[str, Any]], bool], nudge: str = "") -> dict[str, Any]:
        """Wait for the next thing it says that is ``wanted``; have it do ``nudge`` now and while nothing comes."""
        deadline = time.monotonic() + PATIENCE_S
        self._write(nudge)
        while time.monotonic() < deadline:
            try:
                one = self._lines.get(timeout=0.05)
            except queue.Empty:
                self._write(nudge)
                continue
            self.said.append(one)
            if wanted(one):
                return one
        raise AssertionError(f"the server never said it; it said {self.said}")

    def popup(self, title: str = "") -> dict[str, Any]:
        """Wait for the next popup whose title or body holds ``title``."""
        return self.until(lambda one: "title" in one and title in one["title"] + one["body"], nudge=WAKE)

    def wake(self) -> None:
        """Have a waiting agent look at its clocks now instead of at its next heartbeat."""
        if self.process.poll() is None:
            self._write(WAKE)

    def tell(self, words: str) -> None:
        """Have it do something, and wait until it is done."""
        self._write(words)
        self.until(lambda one: one.get("done") == words.split())

    def _write(self, words: str) -> None:
        assert self.process.stdin is not None
        if words:
            self.process.stdin.write(f"{words}\n")
            self.process.stdin.flush()

    def stop(self) -> None:
        """End it, however it is."""
        self.process.kill()
        self.process.communicate()


class Machine:
    """One person's desktop: a home, a bus, clocks that can be moved, and what runs in it."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.home = home
        self.zone = "UTC"
        self._ahead_s = 0.0
        self._looks = 0
        for clock, patches in (("moved", _SLEEP), ("lived", _WAITS)):
            (folder / clock).mkdir()
            (folder / clock / "sitecustomize.py").write_text(patches)
        self.environment = {
            key: value for key, value in os.environ.items() if key not in ("DISPLAY", "XAUTHORITY", "COACH_NOTIFY")
        } | {
            "COACH_HOME": str(home), "PYTHONPATH": str(ROOT), "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={folder}/none",
        }  # fmt: skip
        self.running: list[subprocess.Popen[str]] = []
        self.servers: list[Server] = []
        self._bus: subprocess.Popen[str] | None = None

    def bus(self) -> None:
        """Start the message bus, and wait until it listens."""
        socket, config = self.folder / "bus", self.folder / "bus.conf"
        socket.unlink(missing_ok=True)
        config.write_text(_BUS.format(socket=socket))
        self._bus = subprocess.Popen(
            ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self.running.append(self._bus)
        assert self._bus.stdout is not None
        assert self._bus.stdout.readline().startswith("unix:")
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

    def at(self, moment: str | datetime) -> None:
        """Set the clock of all that runs under ``moved`` or ``lived``: one clock, which goes on from there."""
        local = moment if isinstance(moment, datetime) else datetime.fromisoformat(moment)
        when = local if local.tzinfo else local.replace(tzinfo=ZoneInfo(self.zone))
        self._ahead_s = when.timestamp() - time.time()
        self.later(0)

    def later(self, seconds: float) -> None:
        """Have that clock be ``seconds`` later."""
        self._ahead_s += seconds
        self.clock(f"{self._ahead_s:+.6f}")

    def clock(self, says: str) -> None:
        """Set that clock as libfaketime is told to."""
        fresh = self.folder / "clock.new"
        fresh.write_text(f"{says}\n")
        fresh.replace(self.folder / "clock")

    def looks(self, server: Server, idle_s: int = 20) -> None:
        """Wait until the agent has looked at what is due by the clock of now, and has done it.

        Before each look it asks ``server`` for the idle time, so that it is done when it asks again: at once where that
        is a minute or more, else every half minute, which passes here. The signal only wakes it. Three times, as it
        asks once more within a look where a break is due: nobody types here, but it must find that out.
        """
        for _ in range(3):
            self._looks += 1
            now = {"asked": idle_s * 1000 + self._looks}
            server.tell(f"idle {now['asked']}")
            self.later(0 if idle_s >= 60 else 31)
            server.until(now.__eq__, nudge=WAKE)

    def moved(self) -> dict[str, str]:
        """Return the environment of a program to which ``at`` is a sleep, or a clock that somebody set."""
        return self.lived() | {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "PYTHONPATH": f"{self.folder}/moved:{ROOT}"}

    def lived(self) -> dict[str, str]:
        """Return the environment of a program to which ``at`` is time that passed: its monotonic clock moves too."""
        return self.environment | {
            "TZ": self.zone, "LD_PRELOAD": faketime_library(), "FAKETIME_TIMESTAMP_FILE": str(self.folder / "clock"),
            "FAKETIME_NO_CACHE": "1", "PYTHONPATH": f"{self.folder}/lived:{ROOT}",
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
        assert beginning("agent.up") in process.stderr.readline()
        return process

    def coach(self, environment: dict[str, str], *words: str, code: int = 0) -> str:
        """Run ``coach`` with ``words`` and return what it said."""
        ran = subprocess.run(
            [sys.executable, "-m", "coach", *words],
            env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False,
        )  # fmt: skip
        assert ran.returncode == code, ran.stderr
        return ran.stdout

    def only(self, environment: dict[str, str], *words: str) -> None:
        """Make one reminder the only one there is."""
        for name in ("desk-break", "posture", "check-in", "routine"):
            settings.remove(Home(), name)
        self.coach(environment, "reminders", "add", *words)

    def log(self, environment: dict[str, str]) -> list[dict[str, Any]]:
        """Return the log of reminders."""
        return list(json.loads(self.coach(environment, "reminders", "log", "--json")))

    def until_logged(self, environment: dict[str, str], outcome: str) -> dict[str, Any]:
        """Wait until a slot has ``outcome``, and return its row."""
        rows: list[dict[str, Any]] = []

        def there() -> bool:
            rows[:] = [row for row in self.log(environment) if row["outcome"] == outcome]
            return bool(rows)

        self.until(there)
        return rows[-1]

    def until(self, true: Callable[[], object]) -> None:
        """Wait until ``true``, which is asked again when a file of the home has changed."""
        asked_at: object = None

        def changed_to_true() -> bool:
            nonlocal asked_at
            for server in self.servers:
                server.wake()
            before, asked_at = asked_at, self._stamps()
            return before != asked_at and bool(true())

        wait_for(changed_to_true)

    def _stamps(self) -> object:
        with suppress(FileNotFoundError):  # put in its place just now
            return sorted((str(path), path.stat().st_mtime_ns) for path in self.home.rglob("*"))
        return None

    def end(self) -> None:
        """End all that runs."""
        for server in self.servers:
            server.stop()
        for process in reversed(self.running):
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.wait()
            for stream in (process.stdout, process.stderr):
                if stream is not None:
                    stream.close()


@pytest.fixture
def machine(tmp_path: Path, home_folder: Path) -> Iterator[Machine]:
    """Return a desktop with a message bus and nobody on it."""
    folder = tmp_path / "machine"
    folder.mkdir()
    found = Machine(folder, home_folder)
    found.bus()
    yield found
    found.end()


@pytest.fixture
def display() -> Iterator[str]:
    """Return a display of one's own."""
    screen = subprocess.Popen(
        ["Xvfb", "-noreset", "-displayfd", "1", "-screen", "0", "800x600x24"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert screen.stdout is not None
    yield f":{screen.stdout.readline().decode().strip()}"
    screen.kill()
    screen.communicate()


def wait_for(true: Callable[[], object]) -> None:
    """Wait until ``true``."""
    deadline = time.monotonic() + PATIENCE_S
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
