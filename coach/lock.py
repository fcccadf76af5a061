"""The system's lock on a file: one holder over processes and threads, and dropped when that holder dies."""

import os
import sys
from contextlib import suppress
from pathlib import Path

_FAR = 1 << 30
"""Where Windows locks: beyond the content, so that a waiting process can read who holds it."""


def open_lock(path: Path) -> int:
    """Return the lock file at ``path``, open, made for its owner alone where it is new."""
    return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)


if sys.platform == "win32":
    import msvcrt

    def try_lock(opened: int) -> bool:
        """Take the lock if it is free; tell whether it was."""
        os.lseek(opened, _FAR, os.SEEK_SET)
        with suppress(OSError):
            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
            return True
        return False

else:
    import fcntl

    def try_lock(opened: int) -> bool:
        """Take the lock if it is free; tell whether it was."""
        with suppress(BlockingIOError):
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False


def still_there(opened: int, path: Path) -> bool:
    """Tell whether the file that was locked is the one at ``path``: erasing everything removes locks too."""
    with suppress(FileNotFoundError, NotADirectoryError):
        return os.path.samestat(os.fstat(opened), os.stat(path))
    return False
