"""Whether somebody is at the desk: how long nothing was touched, where the machine can tell; unknown stays unknown."""

import sys
from collections.abc import Callable, Sequence

Idle = Callable[[], float | None]
"""Returns the seconds since the last touch, None where this way cannot tell; may raise ``OSError``."""

LOOK_S = 30.0
"""How often to look while somebody is there; while they may be away, every heartbeat."""
TOUCHED_S = 60.0
BACK_OFF_S = 60.0
LONGEST_BACK_OFF_S = 1800.0


class Presence:
    """Asks the ways of this machine in turn, stays with the one that answers, and backs off where none does."""

    def __init__(self, ways: Sequence[Idle] | None = None) -> None:
        """Look by ``ways``; by default, by all that this system has."""
        self._ways = list(ways_here() if ways is None else ways)
        self._next = 0.0
        self._back_off = BACK_OFF_S
        self.idle_s: float | None = None
        """What was seen last."""

    def due(self, mono: float) -> bool:
        """Tell whether it is time to look again."""
        return mono >= self._next

    def look(self, mono: float) -> float | None:
        """Look, and return the seconds since the last touch, None where nobody can tell."""
        for way in list(self._ways):
            try:
                idle = way()
            except OSError:
                idle = None
            if idle is not None:
                self._ways.sort(key=lambda one: one is not way)
                self._back_off = BACK_OFF_S
                self._next = mono + (LOOK_S if idle < TOUCHED_S else 0.0)
                self.idle_s = idle
                return idle
        self._next = mono + self._back_off
        self._back_off = min(self._back_off * 2, LONGEST_BACK_OFF_S)
        self.idle_s = None
        return None


def ways_here() -> tuple[Idle, ...]:
    """Return the ways of this system, best first."""
    if sys.platform == "darwin":
        from coach.remind.presence.systems import mac_idle

        return (mac_idle,)
    if sys.platform == "win32":
        from coach.remind.presence.systems import windows_idle

        return (windows_idle,)
    from coach.remind.presence.desktop import Gnome, Logind, ScreenSaver
    from coach.remind.presence.x11 import X11

    return (Gnome(), ScreenSaver(), X11(), Logind())
