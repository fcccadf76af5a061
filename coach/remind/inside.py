"""The owner of reminders inside the screen: a thread, when no agent has them, that ends with the screen."""

import threading
from contextlib import suppress

from coach import clock
from coach.errors import CoachError
from coach.home import Home
from coach.remind.channels.terminal import Ring
from coach.remind.lock import Held, take
from coach.remind.pressing import Opens
from coach.remind.service import Service

END_S = 12.0
"""How long the thread may take to end: it may be waiting for the notification server."""


class Inside:
    """The reminders of an open screen."""

    def __init__(self, home: Home, ring: Ring, opens: Opens) -> None:
        """Show by ``ring`` and start by ``opens``; both are called from another thread."""
        self._home = home
        self._ring = ring
        self._opens = opens
        self._held: Held | None = None
        self._service: Service | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> bool:
        """Take the reminders if nobody has them; tell whether they are kept here now."""
        if self._held is not None:
            return True
        with suppress(OSError, CoachError):
            held = take(self._home.places, "ui", clock.now().isoformat())
            if isinstance(held, Held):
                self._held = held
                home = Home(self._home.places)
                self._service = Service(home, "ui", ring=self._ring, opens=self._opens, stands=held.stands)
                self._thread = threading.Thread(target=self._service.run, name="reminders", daemon=True)
                self._thread.start()
        return self._held is not None

    @property
    def owns(self) -> bool:
        """Whether the reminders are kept here."""
        return self._held is not None

    def poke(self) -> None:
        """Look at once: something changed."""
        if self._service:
            self._service.poke()

    def stop(self) -> None:
        """Let go of the reminders; another may take them at once."""
        if self._service and self._thread:
            self._service.stop()
            self._thread.join(END_S)
        if self._held:
            self._held.release()
        self._held = self._service = self._thread = None

    def hand_over(self) -> None:
        """Let the background agent go on; raises ``CoachError`` where it does not come up."""
        from coach.remind.agent import start_agent

        self.stop()
        start_agent(self._home.places)
