"""Reading a file of the program's own, and nothing else that may stand at its name; and whether it changed since.

A module of its own, as a status bar asks every few seconds, and reads as little as it can.
"""

import errno
import os
import stat
from pathlib import Path

NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
NO_WAIT = getattr(os, "O_NONBLOCK", 0)
BINARY = getattr(os, "O_BINARY", 0)
"""Never through a link, never waiting for a pipe, and byte by byte: each as far as the system knows it."""


def read_regular(path: Path) -> bytes:
    """Return the content of the file at ``path``; OSError for anything but a regular file.

    A link is not followed, and a pipe holds nobody up.
    """
    opened = os.open(path, os.O_RDONLY | NO_FOLLOW | NO_WAIT | BINARY)
    try:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        with os.fdopen(opened, "rb", buffering=0, closefd=False) as file:
            return file.read()
    finally:
        os.close(opened)


def file_state(status: os.stat_result) -> str:
    """Return what is another text once a file was written again: by its time, its size or its number."""
    return f"{status.st_mtime_ns} {status.st_size} {status.st_ino}"
