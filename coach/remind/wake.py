"""What wakes the owner of reminders: APScheduler's next job, a message, or the heartbeat, whichever is first.

APScheduler sleeps on a timer that a suspended machine or a moved clock makes wrong (its issue 794). Here it has no
sleep of its own: it says how long to wait, and the loop waits no longer than one heartbeat before it asks again.
"""

import logging
import select
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from apscheduler.executors.debug import DebugExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.date import DateTrigger

HEARTBEAT_S = 2.0
"""The heartbeat: after a sleep of the machine, what is due comes within it."""
_JOB = "next"


class LoopScheduler(BaseScheduler):  # type: ignore[misc]  # it ships no types
    """APScheduler in a loop of ours: one thread, one job, nothing ever dropped for being late."""

    def __init__(self) -> None:
        """Begin without a job."""
        # Its warnings go to stderr where no logging is set up: into the middle of an open screen.
        logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
        super().__init__(
            jobstores={"default": MemoryJobStore()},
            executors={"default": DebugExecutor()},
            # By default a job that is a second late is dropped, and one of a single time deleted with it.
            job_defaults={"misfire_grace_time": None, "coalesce": True},
            timezone=UTC,  # moments come from our own slots: its local times fire twice when the clocks go back
        )

    def wakeup(self) -> None:
        """Do nothing: the loop, which alone changes the job, asks how long to wait after that."""

    def shutdown(self, wait: bool = True) -> None:
        """Let go of the job."""
        super().shutdown(wait)

    def run_due(self) -> float | None:
        """Run what is due and return the seconds to the next job, None where there is none."""
        # The scheduler tells how long to wait only by doing what is due.
        wait: float | None = self._process_jobs()
        return wait

    def call_at(self, moment: datetime | None, call: Callable[[], Any]) -> None:
        """Call ``call`` at ``moment``, in place of what was to be called before."""
        if moment is not None:
            self.add_job(call, DateTrigger(moment), id=_JOB, replace_existing=True)
        elif self.get_job(_JOB):
            self.remove_job(_JOB)


class Waker:
    """Waits for descriptors, or until another thread or a signal wakes it."""

    def __init__(self) -> None:
        """Make the pair of sockets that wakes it; unlike a pipe, every system can wait for one."""
        self._receiver, self._sender = socket.socketpair()
        self._receiver.setblocking(False)
        self._sender.setblocking(False)

    def wake(self) -> None:
        """End the wait, from anywhere."""
        with suppress(OSError):  # full: it is awake already; closed: there is nobody to wake
            self._sender.send(b"!")

    def wait(self, seconds: float, descriptors: Iterable[int] = ()) -> None:
        """Wait at most ``seconds``."""
        watched = [self._receiver.fileno(), *(descriptor for descriptor in descriptors if descriptor >= 0)]
        # select, not a selector: two descriptors, one of which changes with every reconnection.
        select.select(watched, [], [], max(seconds, 0.0))
        with suppress(BlockingIOError):
            self._receiver.recv(1024)

    def close(self) -> None:
        """Close both ends."""
        self._receiver.close()
        self._sender.close()
