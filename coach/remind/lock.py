"""One owner of reminders at a time: a lock that the system drops when its process dies, signed by its holder."""

import os
import sys
from contextlib import suppress
from typing import Literal

import msgspec

from coach.places import Places

By = Literal["agent", "ui"]
_TRIES = 25
_TRY_S = 0.02
"""A look at the lock holds it for a moment: taking it is tried a little longer than that."""
_FAR = 1 << 30


class Owner(msgspec.Struct, frozen=True):
    """Who keeps the reminders."""

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

    def __init__(self, opened: int, places: Places) -> None:
        """Hold the open file ``opened``."""
        self._opened: int | None = opened
        self._places = places

    def stands(self) -> bool:
        """Tell whether the lock is still in place; it is not once everything was erased."""
        return self._opened is not None and _still_there(self._opened, self._places)

    def release(self) -> None:
        """Let another own the reminders; twice does no harm."""
        if self._opened is not None:
            with suppress(OSError):
                os.ftruncate(self._opened, 0)
            os.close(self._opened)
            self._opened = None


def take(places: Places, by: By, since: str) -> Held | Owner | None:
    """Take the lock, or return who has it (None: somebody who left no name)."""
    from coach.records.files import make_folder
    from coach.remind.patience import nap

    path = places.data / "agent.lock"
    make_folder(path.parent)
    for _ in range(_TRIES):
        opened = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        if _try(opened) and _still_there(opened, places):
            _sign(opened, Owner(os.getpid(), by, since))
            return Held(opened, places)
        os.close(opened)
        nap(_TRY_S)
    return _signed(places)


def owner(places: Places) -> Owner | None:
    """Return who keeps the reminders now, None where nobody does."""
    try:
        opened = os.open(places.data / "agent.lock", os.O_RDWR)
    except OSError:
        return None
    try:
        if _try(opened):
            return None
        return _signed(places) or Owner(0, "agent", "")
    finally:
        os.close(opened)


def _still_there(opened: int, places: Places) -> bool:
    """Tell whether the file that was locked is the one in place: erasing everything removes locks too."""
    with suppress(FileNotFoundError, NotADirectoryError):
        return os.path.samestat(os.fstat(opened), os.stat(places.data / "agent.lock"))
    return False


def _sign(opened: int, who: Owner) -> None:
    with suppress(OSError):  # a full disk must not matter here
        os.ftruncate(opened, 0)
        os.lseek(opened, 0, os.SEEK_SET)
        os.write(opened, msgspec.json.encode(who))


def _signed(places: Places) -> Owner | None:
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode((places.data / "agent.lock").read_bytes(), type=Owner)
    return None
