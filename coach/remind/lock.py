"""One owner at a time, of the reminders or of a session: a lock that the system drops when its process dies.

It is signed by its holder.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from coach.places import Places

By = Literal["agent", "ui", "plain", "popup"]
REMINDERS = "agent.lock"
_TRIES = 25
_TRY_S = 0.02
"""A look at the lock holds it for a moment: taking it is tried a little longer than that."""
_FAR = 1 << 30


class Owner(msgspec.Struct, frozen=True):
    """Who keeps the reminders, or leads the session."""

    pid: int
    by: By
    since: str
    """ISO 8601."""


if sys.platform == "win32":
    import msvcrt

    def _try(opened: int) -> bool:
        os.lseek(opened, _FAR, os.SEEK_SET)
        with suppress(OSError):
            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
            return True
        return False

else:
    import fcntl

    def _try(opened: int) -> bool:
        with suppress(BlockingIOError):
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False


class Held:
    """The lock, held until ``release`` or the end of the process."""

    def __init__(self, opened: int, path: Path) -> None:
        """Hold the open file ``opened``, which lies at ``path``."""
        self._opened: int | None = opened
        self._path = path

    def stands(self) -> bool:
        """Tell whether the lock is still in place; it is not once everything was erased."""
        return self._opened is not None and _still_there(self._opened, self._path)

    def release(self) -> None:
        """Let another have it; twice does no harm."""
        if self._opened is not None:
            with suppress(OSError):
                os.ftruncate(self._opened, 0)
            os.close(self._opened)
            self._opened = None


def take(places: Places, by: By, since: str, name: str = REMINDERS) -> Held | Owner | None:
    """Take the lock, or return who has it (None: somebody who left no name)."""
    from coach.records.files import make_folder
    from coach.remind.patience import nap

    path = places.data / name
    make_folder(path.parent)
    for _ in range(_TRIES):
        opened = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        if _try(opened) and _still_there(opened, path):
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
        if _try(opened):
            return None
        return _signed(path) or Owner(0, "agent", "")
    finally:
        os.close(opened)


def _still_there(opened: int, path: Path) -> bool:
    """Tell whether the file that was locked is the one in place: erasing everything removes locks too."""
    with suppress(FileNotFoundError, NotADirectoryError):
        return os.path.samestat(os.fstat(opened), os.stat(path))
    return False


def _sign(opened: int, who: Owner) -> None:
    with suppress(OSError):  # a full disk must not matter here
        os.ftruncate(opened, 0)
        os.lseek(opened, 0, os.SEEK_SET)
        os.write(opened, msgspec.json.encode(who))


def _signed(path: Path) -> Owner | None:
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode(path.read_bytes(), type=Owner)
    return None
