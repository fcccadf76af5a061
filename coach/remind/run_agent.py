"""The agent's own process: it holds the lock, serves until a signal ends it, and lets go."""

import gc
import logging
import signal
from collections.abc import Callable
from functools import partial

from coach import clock
from coach.agent.screen import open_on_screen
from coach.errors import CoachError
from coach.home import Home
from coach.records.lock import FileLock, claim
from coach.records.ownership import ForeignFileError
from coach.remind.channels import Popup
from coach.without import without

log = logging.getLogger("coach.agent")
GC_THRESHOLDS = (700, 10, 10)
"""Python's own defaults, which a short command raises: a process that lives for weeks has to collect its garbage."""


def run_agent(home: Home, ring: Callable[[Popup], bool] | None = None, tell: Callable[[str], object] = print) -> None:
    """Keep the reminders in this process until a signal ends it; raises ``CoachError`` where another does already."""
    lock = claim(home.places.agent_lock(), "agent", clock.now().isoformat())
    if not isinstance(lock, FileLock):
        raise CoachError("agent.error.owned", pid=lock.pid if lock else "?", by=lock.by if lock else "agent")
    try:
        _serve(home, lock, ring, tell)
    finally:
        lock.release()


def _serve(home: Home, lock: FileLock, ring: Callable[[Popup], bool] | None, tell: Callable[[str], object]) -> None:
    with without("ssl"):
        from coach.remind.service import Service

    _refuse_foreign(home)
    # What was imported lives as long as the process: collections need not walk through it, and its pages stay shared.
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
    service = Service(
        home,
        "agent",
        ring=ring,
        holds_lock=lock.in_place,
        with_session=ring is None,
        open_screen=partial(open_on_screen, home.places),
    )
    # A handler, as a signal must end the heartbeat at hand and not the write it is in the middle of.
    for number in _endings():
        signal.signal(number, lambda *_: service.stop())
    service.run(up=lambda: tell("up"))


def _refuse_foreign(home: Home) -> None:
    """Raise ``ForeignFileError`` where another program's files stand in the place of ours, which no waiting mends."""
    try:
        home.records.profile()
        home.records.state("reminders")
    except ForeignFileError:
        raise
    except CoachError:
        log.warning("something cannot be read yet")  # a disk that is gone may come back: the service tries again


def _endings() -> list[signal.Signals]:
    """Return the signals of this system that ask a program to end."""
    names = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")
    return [signal.Signals[name] for name in names if name in signal.Signals.__members__]
