"""Ending with the terminal, and on request: a screen that nobody sees must not run on, nor keep the reminders.

Closing a terminal sends SIGHUP, which ends the program. Where that is ignored (``nohup``, some wrappers) Textual would
go on reading the terminal that is gone, as fast as it can.
"""

import asyncio
import os
import select
import signal
import sys
import threading
from collections.abc import Callable


def end_with_the_terminal() -> None:
    """End this process when its terminal is closed, as SIGHUP would; nothing that was kept needs a farewell."""
    if hasattr(select, "poll") and sys.__stdin__ is not None:
        threading.Thread(target=_wait, args=(sys.__stdin__.fileno(),), name="hangup", daemon=True).start()


def end_on_request(end: Callable[[int], object]) -> None:
    """Call ``end`` with the exit status when asked to end (SIGTERM, SIGHUP), so that the terminal is given back first.

    By default either signal ends the process at once: without a cursor, on the second screen, with a live mouse.
    """
    if sys.platform != "win32":
        for number in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, end, 128 + number)


def _wait(descriptor: int) -> None:
    poll = select.poll()
    poll.register(descriptor, 0)  # a hang-up is told without being asked for
    if any(event & select.POLLHUP for _, event in poll.poll()):
        os._exit(128 + signal.SIGHUP)
