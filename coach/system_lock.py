"""The system's own lock on an open file: dropped by the system when its process ends, whatever ended it.

A module of its own, as a status bar asks every few seconds whether the agent runs, and reads as little as it can.
"""

import os
import sys
from contextlib import suppress

_WINDOWS_OFFSET = 1 << 30
"""Where Windows locks: beyond the content, so that a waiting process can read who holds it."""

if sys.platform == "win32":
    import msvcrt

    def try_lock(opened: int) -> bool:
        """Take the lock on an open file if it is free; tell whether it was."""
        os.lseek(opened, _WINDOWS_OFFSET, os.SEEK_SET)
        with suppress(OSError):
            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
            return True
        return False

else:
    import fcntl

    def try_lock(opened: int) -> bool:
        """Take the lock on an open file if it is free; tell whether it was."""
        with suppress(BlockingIOError):
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False
