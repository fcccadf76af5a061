"""A desk of the tests' own in this process: a message bus, a clock that a test moves, and the real service on them."""

import os
import time
import tracemalloc  # noqa: F401 -- pytest loads it when something is left open, at worst in two threads at once
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from coach import clock
from coach.actions.reminders.log import read_rows
from coach.actions.reminders.settings import add, all_reminders, remove
from coach.domain.reminders.due import Delivery
from coach.domain.reminders.reminder import Reminder
from coach.home import Home
from coach.remind.presence import Presence
from coach.remind.service import Service
from tests.remind.bus_daemon import Daemon, NotificationServer

PATIENCE_S = 20.0
"""How long to wait for another thread: far longer than it takes."""


class Desk:
    """A person at a desk: the service, what it shows, and a clock that moves as the test says."""

    def __init__(self, home: Home, bus: Daemon, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self.bus = home, bus
        self.idle_s: float | None = None
        self.server = NotificationServer()
        self.monotonic = 1000.0
        self.wall = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
        monkeypatch.setattr(clock, "now", lambda: self.wall)
        times = SimpleNamespace(time=self._time, monotonic=lambda: self.monotonic)
        for module in ("service", "clock_watch"):
            monkeypatch.setattr(f"coach.remind.{module}.time", times)
        # The scheduler's clock too: by that of this machine each job of ours would be long overdue, and run at once.
        monkeypatch.setattr("apscheduler.schedulers.base.datetime", _clock_of(self))
        self._service: Service | None = None
        self.made: dict[str, Any] = {}
        """What the service is made with."""

    def _time(self) -> float:
        return self.wall.timestamp()

    @property
    def service(self) -> Service:
        """The service, begun when first asked for."""
        if self._service is None:
            self._service = Service(self.home, presence=Presence([lambda: self.idle_s]), **self.made)
            self._service._scheduler.start()
            self._service._begin()
            self._service.beat()
        return self._service

    def restart(self) -> None:
        """Let another process take the reminders over."""
        self.end()
        self._service = None

    def only(self, reminder_id: str, kind: str = "custom", **fields: Any) -> None:
        """Make one reminder the only one there is, from now on."""
        for reminder in all_reminders(self.home):
            remove(self.home, reminder.id)
        add(self.home, Reminder(id=reminder_id, kind=kind, **fields), self.wall)  # type: ignore[arg-type]

    def at(self, when: str) -> None:
        """Let time pass until ``HH:MM[:SS]`` (or a whole moment), heartbeat by heartbeat as far as it matters."""
        self.service  # noqa: B018 -- it begins before the time passes
        moment = datetime.fromisoformat(when) if "T" in when else self._today(when)
        self.passed((moment - self.wall).total_seconds())

    def passed(self, seconds: float) -> None:
        """Let ``seconds`` pass, in which the machine was awake."""
        self.service  # noqa: B018
        self.wall += timedelta(seconds=seconds)
        self.monotonic += seconds
        if self.idle_s is not None and self.idle_s >= 60:
            self.idle_s += seconds
        self.beat()

    def slept(self, seconds: float) -> None:
        """Let the machine sleep, or its clock be set."""
        self.service  # noqa: B018
        self.wall += timedelta(seconds=seconds)
        self.beat()

    def beat(self) -> None:
        """One heartbeat, and one more where the first asks for it."""
        self.service.beat()
        if self.service._due:
            self.service.beat()

    def until(self, true: Callable[[], object]) -> None:
        """Have heartbeats until ``true``: the bus is another thread."""
        deadline = time.monotonic() + PATIENCE_S
        while not true():
            assert time.monotonic() < deadline, f"it never came true; shown: {self.server.titles}, log: {self.rows()}"
            self.beat()
            time.sleep(0.005)

    def rows(self) -> list[Delivery]:
        """Return the log, oldest first."""
        return sorted(read_rows(self.home).values(), key=lambda row: row.due)

    def outcomes(self) -> list[tuple[str, str, str | None]]:
        """Return time, outcome and why of each row."""
        return [(f"{row.due:%H:%M}", row.outcome, row.why) for row in self.rows()]

    def end(self) -> None:
        """End the service."""
        if self._service is not None:
            self._service._scheduler.shutdown(wait=False)
            self._service._waker.close()
            self._service._sounds.close()
            if (bus := getattr(self._service._delivery.desktop, "_bus", None)) is not None:
                bus.close()

    def _today(self, when: str) -> datetime:
        hour, minute, second = (*map(int, when.split(":")), 0)[:3]
        return self.wall.replace(hour=hour, minute=minute, second=second, microsecond=0)


def _clock_of(desk: Desk) -> type[datetime]:
    """Return a class of moments whose *now* is the desk's."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            wall = desk.wall.astimezone(tz)
            return cls.combine(wall.date(), wall.timetz())

    return Clock


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Daemon]:
    """Return a session bus with nobody on it; there is no system bus."""
    daemon = Daemon(tmp_path / "bus")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.address)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    monkeypatch.delenv("DISPLAY", raising=False)
    yield daemon
    daemon.stop()


@pytest.fixture
def bare_desk(home: Home, bus: Daemon, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Return a desk without a notification server."""
    desk = Desk(home, bus, monkeypatch)
    yield desk
    desk.end()


@pytest.fixture
def desk(bare_desk: Desk) -> Desk:
    """Return a desk whose notification server records."""
    bare_desk.bus.add(bare_desk.server)
    return bare_desk


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Give the machine a player of sounds; return what tells which tones were played so far."""
    player, log = tmp_path / "bin" / "pw-play", tmp_path / "heard"
    player.parent.mkdir()
    player.write_text(f'#!/bin/sh\nbasename "$1" .wav >> {log}\n')
    player.chmod(0o700)
    monkeypatch.setenv("PATH", f"{player.parent}:{os.environ['PATH']}")
    return lambda: log.read_text().split() if log.exists() else []
