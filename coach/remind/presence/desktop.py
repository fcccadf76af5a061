"""Idle time over D-Bus: GNOME's idle monitor, the screen saver of KDE and others, and logind's hints."""

import time
from typing import Literal

from jeepney import DBusAddress

from coach.remind.bus import Bus, BusError

ASK_S = 1.0
_GNOME = DBusAddress(
    "/org/gnome/Mutter/IdleMonitor/Core",
    bus_name="org.gnome.Mutter.IdleMonitor",
    interface="org.gnome.Mutter.IdleMonitor",
)
_SAVER = DBusAddress(
    "/org/freedesktop/ScreenSaver",
    bus_name="org.freedesktop.ScreenSaver",
    interface="org.freedesktop.ScreenSaver",
)
_SESSION = DBusAddress(
    "/org/freedesktop/login1/session/auto",
    bus_name="org.freedesktop.login1",
    interface="org.freedesktop.login1.Session",
)
_MILLISECONDS_FROM = 100.0


class _BusIdleSource:
    """A service on a bus, asked over a connection that is kept while it answers."""

    bus_name: Literal["SESSION", "SYSTEM"] = "SESSION"

    def __init__(self) -> None:
        self._bus: Bus | None = None

    def __call__(self) -> float | None:
        """Return the seconds since the last touch, None where the service cannot tell."""
        try:
            if self._bus is None:
                self._bus = Bus(self.bus_name)
            return self.ask(self._bus)
        except (BusError, TypeError, ValueError, IndexError):
            if self._bus is not None:
                self._bus.close()
            self._bus = None  # connected anew at the next look, which backs off by itself
            return None

    def ask(self, bus: Bus) -> float | None:
        """Ask over ``bus``."""
        raise NotImplementedError


class GnomeIdle(_BusIdleSource):
    """GNOME's idle monitor, in milliseconds."""

    def ask(self, bus: Bus) -> float | None:
        """Return the idle time."""
        return float(bus.method(_GNOME, "GetIdletime", ASK_S)[0]) / 1000


class ScreenSaverIdle(_BusIdleSource):
    """The session's screen saver. Some count seconds, some milliseconds: which, the second look tells."""

    def __init__(self) -> None:
        """Know neither the unit nor a first count."""
        super().__init__()
        self._unit: float | None = None
        self._before: tuple[float, float] | None = None

    def ask(self, bus: Bus) -> float | None:
        """Return the idle time, None while its unit is not known."""
        # The specification has milliseconds, several desktops count seconds: only the rate of a count tells them apart.
        count, monotonic = float(bus.method(_SAVER, "GetSessionIdleTime", ASK_S)[0]), time.monotonic()
        if self._unit is None and self._before and monotonic - self._before[1] > 0.5:
            rate = (count - self._before[0]) / (monotonic - self._before[1])
            if rate > 0:
                self._unit = 0.001 if rate > _MILLISECONDS_FROM else 1.0
        if self._unit is None:
            # A count that stands still is that of a locked or just touched session: nothing to scale.
            unchanged = self._before is not None and self._before[0] == count
            self._before = (count, monotonic)
            return count if unchanged or count == 0 else None
        return count * self._unit


class LogindIdle(_BusIdleSource):
    """The login session's own hints: locked, or idle since."""

    bus_name = "SYSTEM"

    def __init__(self) -> None:
        """Not seen locked yet."""
        super().__init__()
        self._locked_since: float | None = None

    def ask(self, bus: Bus) -> float | None:
        """Return the time since the session was locked, or went idle; None where it gives no hint."""
        if bool(bus.get(_SESSION, "LockedHint", ASK_S)):
            # logind does not tell since when it is locked: since it was first seen so.
            self._locked_since = self._locked_since or time.time()
            return time.time() - self._locked_since
        self._locked_since = None
        if bool(bus.get(_SESSION, "IdleHint", ASK_S)):
            return max(time.time() - int(bus.get(_SESSION, "IdleSinceHint", ASK_S)) / 1_000_000, 0.0)
        return None
