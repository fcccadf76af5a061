"""Whether somebody is at the desk: how long nothing was touched, where the machine can tell; unknown stays unknown."""

import sys
from collections.abc import Callable, Sequence

IdleSource = Callable[[], float | None]
"""Returns the seconds since the last touch, None where this source cannot tell; may raise ``OSError``."""

LOOK_EVERY_S = 30.0
"""How often to look while somebody is there; while they may be away, every heartbeat."""
TOUCHED_S = 60.0
BACK_OFF_S = 60.0
LONGEST_BACK_OFF_S = 1800.0


class Presence:
    """Asks the sources of this machine in turn, stays with the one that answers, and backs off where none does."""

    def __init__(self, sources: Sequence[IdleSource] | None = None) -> None:
        """Look by ``sources``; by default, by all that this system has."""
        self._sources = list(idle_sources() if sources is None else sources)
        self._next = 0.0
        self._back_off = BACK_OFF_S

    def due(self, monotonic: float) -> bool:
        """Tell whether it is time to look again."""
        return monotonic >= self._next

    def look(self, monotonic: float) -> float | None:
        """Look, and return the seconds since the last touch, None where nobody can tell."""
        for source in list(self._sources):  # a copy: the one that answers comes to the front
            try:
                idle = source()
            except OSError:
                idle = None
            if idle is not None:
                # Asked first from now on: each of the others costs a connection to find that it cannot tell.
                self._sources.sort(key=lambda other: other is not source)
                self._back_off = BACK_OFF_S
                # Perhaps away: whoever touches something again is to be seen within a heartbeat.
                self._next = monotonic + (LOOK_EVERY_S if idle < TOUCHED_S else 0.0)
                return idle
        self._next = monotonic + self._back_off
        # A desktop that tells nothing today will hardly do so in a minute; one that is still coming up may.
        self._back_off = min(self._back_off * 2, LONGEST_BACK_OFF_S)
        return None


def idle_sources() -> tuple[IdleSource, ...]:
    """Return the sources of this system, best first."""
    if sys.platform == "darwin":
        from coach.remind.presence.systems import mac_idle

        return (mac_idle,)
    if sys.platform == "win32":
        from coach.remind.presence.systems import windows_idle

        return (windows_idle,)
    from coach.remind.presence.desktop import GnomeIdle, LogindIdle, ScreenSaverIdle
    from coach.remind.presence.x11 import X11Idle

    return (GnomeIdle(), ScreenSaverIdle(), X11Idle(), LogindIdle())
