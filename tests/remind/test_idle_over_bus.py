"""Idle time as desktops tell it over D-Bus: milliseconds, seconds, hints; what cannot be known is not made up."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.remind.presence.desktop import GnomeIdle, LogindIdle, ScreenSaverIdle
from tests.remind.bus_daemon import Daemon, PropertyService

Opened = Callable[[Any], Any]


@pytest.fixture
def system_bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Daemon]:
    """Return a system bus with nobody on it."""
    daemon = Daemon(tmp_path / "system")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", daemon.address)
    yield daemon
    daemon.stop()


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Return what closes the connection of a source once the test is over."""
    sources: list[GnomeIdle | ScreenSaverIdle | LogindIdle] = []

    def keep(source: Any) -> Any:
        sources.append(source)
        return source

    yield keep
    for source in sources:
        if source._bus is not None:
            source._bus.close()


def test_gnome_counts_milliseconds(bus: Daemon, opened: Opened) -> None:
    """A monitor that comes later is found; one that goes is unknown."""
    idle = opened(GnomeIdle())
    assert idle() is None
    monitor = PropertyService("org.gnome.Mutter.IdleMonitor", answers={"GetIdletime": ("t", (90_500,))})
    bus.add(monitor)
    assert idle() == 90.5
    bus.remove(monitor)
    assert idle() is None


@pytest.mark.parametrize(("per_second", "idle_s"), [(1, 600.0), (1000, 0.6)])
def test_a_screen_saver_counts_seconds_or_milliseconds(
    bus: Daemon, opened: Opened, monkeypatch: pytest.MonkeyPatch, per_second: int, idle_s: float
) -> None:
    """Which of the two, only the rate of two counts tells; until then nothing is known."""
    saver = PropertyService("org.freedesktop.ScreenSaver", answers={"GetSessionIdleTime": ("u", (500,))})
    bus.add(saver)
    idle, began = opened(ScreenSaverIdle()), time.monotonic()
    assert idle() is None
    monkeypatch.setattr("coach.remind.presence.desktop.time.monotonic", lambda: began + 100 / per_second)
    saver.answers["GetSessionIdleTime"] = ("u", (600,))
    if per_second == 1000:  # a count that moved in less than half a second says nothing yet
        assert idle() is None
        monkeypatch.setattr("coach.remind.presence.desktop.time.monotonic", lambda: began + 1.1)
        saver.answers["GetSessionIdleTime"] = ("u", (1600,))
        assert idle() == 1.6
    else:
        assert idle() == idle_s


def test_logind_tells_of_a_lock_and_of_idleness(system_bus: Daemon, opened: Opened) -> None:
    """Locked: since it was first seen. Idle: since when it says. Neither: not known, which is not present."""
    session = PropertyService(
        "org.freedesktop.login1", answers={"LockedHint": ("b", (False,)), "IdleHint": ("b", (False,))}
    )
    system_bus.add(session)
    idle = opened(LogindIdle())
    assert idle() is None
    session.answers["IdleHint"] = ("b", (True,))
    session.answers["IdleSinceHint"] = ("t", (int((time.time() - 100) * 1_000_000),))
    assert 99 < (idle() or 0) < 120
    session.answers["IdleSinceHint"] = ("t", (int((time.time() + 100) * 1_000_000),))  # its clock goes ahead
    assert idle() == 0.0
    session.answers["LockedHint"] = ("b", (True,))
    assert (idle() or 0) < 50
    session.answers["LockedHint"] = ("s", ("what",))
    assert idle() is not None
