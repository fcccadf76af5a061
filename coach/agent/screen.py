"""Opening something on the screen of this person's open UI, from the agent: a popup's *Start* belongs there.

The agent asks by a small file, and the UI answers by another, as neither may wait for a socket of the other.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from coach.errors import CoachError
from coach.places import Places
from coach.records.lock import FileLock, claim, holder_of
from coach.regular_file import read_regular

WAIT_S = 3.0
"""How long the agent waits for the screen, before it leads a break by popups."""
_POLL_S = 0.05


def open_on_screen(places: Places, kind: str, wait_s: float = WAIT_S) -> bool:
    """Open what a kind of reminder is about on the open screen; False where none is open, or it is in the middle."""
    from coach.records import new_id, write_private

    if holder_of(places.ui_lock()) is None:
        return False
    question = new_id()
    with suppress(CoachError):
        write_private(_question(places), f"{question} {kind}".encode(), durable=False)
        until = time.monotonic() + wait_s
        while time.monotonic() < until:
            answered, _, answer = _read(_answer(places)).partition(" ")
            if answered == question:
                return answer == "yes"
            time.sleep(_POLL_S)
    return False


class ScreenRequests:
    """The open UI's side: what the agent asks to be opened."""

    def __init__(self, places: Places) -> None:
        """Be the screen that is asked, unless another is open already."""
        self._places = places
        lock = claim(places.ui_lock(), "ui", "")
        self._lock = lock if isinstance(lock, FileLock) else None
        self._last = _read(_question(places))

    def serve(self, open_for: Callable[[str], bool]) -> None:
        """Open what is asked for, and answer whether that could be done."""
        from coach.records import write_private

        asked = _read(_question(self._places))
        if self._lock is None or asked in ("", self._last):
            return
        self._last = asked
        question, _, kind = asked.partition(" ")
        answer = "yes" if open_for(kind) else "no"
        with suppress(CoachError):
            write_private(_answer(self._places), f"{question} {answer}".encode(), durable=False)

    def close(self) -> None:
        """Be asked no more."""
        if self._lock:
            self._lock.release()
            self._lock = None


def _read(path: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        return read_regular(path).decode("ascii")
    return ""


def _question(places: Places) -> Path:
    return places.cache / "screen-asked"


def _answer(places: Places) -> Path:
    return places.cache / "screen-answered"
