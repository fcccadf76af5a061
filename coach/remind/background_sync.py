"""The synced folder, looked after while reminders are kept: what others wrote comes in, what changed here goes out."""

import logging
import threading
from typing import TYPE_CHECKING

from coach import clock
from coach.errors import CoachError
from coach.home import Home
from coach.records.sync import TARGETS
from coach.remind.wording import words_of

if TYPE_CHECKING:
    from coach.records.sync import SyncTarget

log = logging.getLogger("coach.agent")
LOOK_EVERY_S = 20.0
"""How often to look for files of others: no program tells when it has carried one, on every system."""
AFTER_ERROR_S = 300.0
STOP_S = 1.0
"""How long ending waits for a sync under way; one that is cut off loses nothing."""


class BackgroundSync:
    """Syncs in a thread of its own, made once there is a folder to sync: one that hangs must hold no reminder up."""

    def __init__(self, home: Home) -> None:
        """Sync for the person of ``home``."""
        self._home = Home(home.places)
        self._thread: threading.Thread | None = None
        self._due = threading.Event()
        self._stopping = False
        self._wanted = False
        """Whether there is a folder to sync, as the records said when they changed last."""
        self._next_look = 0.0

    def look(self, monotonic: float, *, changed: bool) -> None:
        """Have the thread look, at a heartbeat: now and then, and where something ``changed`` here."""
        if changed:
            self._wanted = bool(self._home.records.state(TARGETS)) and self._target() is not None
        if not self._wanted or not (changed or monotonic >= self._next_look):
            return
        self._next_look = monotonic + LOOK_EVERY_S
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
            self._thread.start()
        self._due.set()

    def _target(self) -> "SyncTarget | None":
        from coach.actions.sync import sync_target  # most machines sync nothing, and need not hold what does it

        return sync_target(self._home)

    def stop(self) -> None:
        """End the thread."""
        self._stopping = True
        self._due.set()
        if self._thread is not None:
            self._thread.join(STOP_S)

    def _run(self) -> None:
        while True:
            self._due.wait()
            self._due.clear()
            if self._stopping:
                return
            try:
                self._sync()
            except CoachError as error:
                self._next_look += AFTER_ERROR_S  # a folder that is full or gone is so for a while
                log.warning("not synced: %s", error.key)
            except Exception:
                log.exception("not synced")

    def _sync(self) -> None:
        from coach.actions.sync import sync

        target = self._target()
        if target is None:
            return
        synced = sync(self._home, target, clock.now(), words_of(self._home), only_changes=True)
        if synced is not None:
            new = sum(arrival.new for arrival in synced.files)
            skipped = sum(arrival.problem is not None for arrival in synced.files)
            log.info("synced: %d new, %d skipped, %s", new, skipped, "written" if synced.wrote else "not written")
