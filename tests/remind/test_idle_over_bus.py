"""Idle time as desktops tell it over D-Bus: milliseconds, seconds, hints; what cannot be known is not made up."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.remind.presence import Presence
from coach.remind.presence.desktop import GnomeIdle, LogindIdle, ScreenSaverIdle
from coach.remind.presence.x11 import X11Idle
from tests.remind.bus_daemon import Answer, Daemon, PropertyService

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


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("org.gnome.Mutter.IdleMonitor", {"GetIdletime": ("t", (0,))}),
        ("org.freedesktop.ScreenSaver", {"GetSessionIdleTime": ("u", (0,))}),
        ("org.freedesktop.login1", {"LockedHint": ("b", (True,))}),
    ],
)
def test_a_machine_is_asked_in_every_way_that_it_may_have(
    bus: Daemon, system_bus: Daemon, opened: Opened, name: str, answers: dict[str, Answer]
) -> None:
    """Whichever desktop it is: where one of them tells of a touch, an absence is seen; where none does, nobody is."""
    presence = Presence()
    for source in presence._sources:
        if not isinstance(source, X11Idle):
            opened(source)
    assert presence.look(0) is None
    (system_bus if name.endswith("login1") else bus).add(PropertyService(name, answers=answers))
    assert presence.look(0) == pytest.approx(0.0, abs=30)


def test_gnome_counts_milliseconds(bus: Daemon, opened: Opened) -> None:
    """A monitor that comes later is found; one that goes is unknown."""
    idle = opened(GnomeIdle())
    assert idle() is None
    monitor = PropertyService("org.gnome.Mutter.IdleMonitor", answers={"GetIdletime": ("t", (90_500,))})
    bus.add(monitor)
    assert idle() == 90.5
    bus.remove(monitor)
    assert idle() is None


@pytest.mark.parametrize(("per_second", "idle_s"), [(1, 50_100.0), (1000, 51.6)])
def test_a_screen_saver_counts_seconds_or_milliseconds(
    bus: Daemon, opened: Opened, monkeypatch: pytest.MonkeyPatch, per_second: int, idle_s: float
) -> None:
    """Which of the two, only the rate of two counts tells; until then nothing is known."""
    saver = PropertyService("org.freedesktop.ScreenSaver", answers={"GetSessionIdleTime": ("u", (50_000,))})
    bus.add(saver)
    idle, began = opened(ScreenSaverIdle()), time.monotonic()
    assert idle() is None
    monkeypatch.setattr("coach.remind.presence.desktop.time.monotonic", lambda: began + 100 / per_second)
    saver.answers["GetSessionIdleTime"] = ("u", (50_100,))
    if per_second == 1000:  # a count that moved in less than half a second says nothing yet
        assert idle() is None
        monkeypatch.setattr("coach.remind.presence.desktop.time.monotonic", lambda: began + 1.6)
        saver.answers["GetSessionIdleTime"] = ("u", (51_600,))
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
