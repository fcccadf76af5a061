"""The reminders while the screen is open: kept by a thread of this program, unless an agent keeps them already."""

import threading
from typing import TYPE_CHECKING

from coach import clock
from coach.errors import CoachError
from coach.home import Home
from coach.owner import Held, take
from coach.remind.channels import Popup
from coach.remind.channels.terminal import sequence
from coach.remind.service import Service

if TYPE_CHECKING:
    from coach.ui.app import CoachApp

STOP_S = 3.0
"""How long leaving waits for the thread; a notification server that hangs must not hold a person up."""


class Reminding:
    """The thread, and the lock that makes this program the one owner of reminders."""

    def __init__(self, app: "CoachApp") -> None:
        """Serve the person of ``app``; nothing runs before ``begin``."""
        self._app = app
        self._held: Held | None = None
        self._service: Service | None = None
        self._thread: threading.Thread | None = None

    @property
    def owns(self) -> bool:
        """Whether the reminders come from here now."""
        return self._thread is not None and self._thread.is_alive()

    def begin(self) -> None:
        """Take over, if nobody keeps the reminders; where the folder lets nobody, say so and go on without."""
        if self.owns:
            return
        try:
            held = take(self._app.home.places, "ui", clock.now().isoformat())
        except (OSError, CoachError):
            self._app.say(self._app.words("ui.no-reminders", folder=str(self._app.home.places.data)))
            return
        if not isinstance(held, Held):
            return
        self._held = held
        self._service = Service(
            Home(self._app.home.places), "ui", ring=self.ring, opens=self._opens, status=held.status
        )
        self._thread = threading.Thread(target=self._service.run, name="reminders", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop, and let another own the reminders."""
        if self._service and self._thread:
            self._service.stop()
            self._thread.join(STOP_S)
        if self._held:
            self._held.release()
        self._service = self._thread = self._held = None

    def ring(self, popup: Popup) -> bool:
        """Show a popup in this terminal, and on the screen in whole lines."""
        self._app.call_from_thread(self._app.call_out, f"{popup.title}\n{popup.body}".strip(), sequence(popup))
        return True

    def _opens(self, kind: str) -> bool:
        """Open what a reminder is about, where the person is not in the middle of something."""
        return bool(self._app.call_from_thread(self._app.open_for, kind))
