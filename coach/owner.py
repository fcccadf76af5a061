"""One owner at a time, of the reminders or of a session: a lock that the system drops when its process dies.

It is signed by its holder.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from coach.lock import open_lock, still_there, try_lock
from coach.places import Places

By = Literal["agent", "ui", "plain", "popup"]
REMINDERS = "agent.lock"
_TRIES = 25
_TRY_S = 0.02
"""A look at the lock holds it for a moment: taking it is tried a little longer than that."""


class Owner(msgspec.Struct, frozen=True):
    """Who keeps the reminders, or leads the session."""

    pid: int
    by: By
    since: str
    """ISO 8601."""


class Held:
    """The lock, held until ``release`` or the end of the process."""

    def __init__(self, opened: int, path: Path) -> None:
        """Hold the open file ``opened``, which lies at ``path``."""
        self._opened: int | None = opened
        self._path = path

    def status(self) -> bool:
        """Tell whether the lock is still in place; it is not once everything was erased."""
        return self._opened is not None and still_there(self._opened, self._path)

    def release(self) -> None:
        """Let another have it; twice does no harm."""
        if self._opened is not None:
            with suppress(OSError):
                os.ftruncate(self._opened, 0)
            os.close(self._opened)
            self._opened = None


def take(places: Places, by: By, since: str, name: str = REMINDERS) -> Held | Owner | None:
    """Take the lock, or return who has it (None: somebody who left no name)."""
    from coach.patience import nap
    from coach.records import make_folder

    path = places.data / name
    make_folder(path.parent)
    for _ in range(_TRIES):
        opened = open_lock(path)
        if try_lock(opened) and still_there(opened, path):
            _sign(opened, Owner(os.getpid(), by, since))
            return Held(opened, path)
        os.close(opened)
        nap(_TRY_S)
    return _signed(path)


def owner(places: Places, name: str = REMINDERS) -> Owner | None:
    """Return who has the lock now, None where nobody has."""
    path = places.data / name
    try:
        opened = os.open(path, os.O_RDWR)
    except OSError:
        return None
    try:
        if try_lock(opened):
            return None
        return _signed(path) or Owner(0, "agent", "")
    finally:
        os.close(opened)


def _sign(opened: int, who: Owner) -> None:
    with suppress(OSError):  # a full disk must not matter here
        os.ftruncate(opened, 0)
        os.lseek(opened, 0, os.SEEK_SET)
        os.write(opened, msgspec.json.encode(who))


def _signed(path: Path) -> Owner | None:
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode(path.read_bytes(), type=Owner)
    return None
