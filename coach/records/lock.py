"""One writer at a time: waits for the lock a little, and names who holds it.

Own code, although filelock is well kept: it costs 35 to 55 ms of import in every one-line command, and cannot name
the holder.
"""

import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coach.errors import CoachError
from coach.lock import open_lock, still_there, try_lock
from coach.records.safe_file import alive, own_folder, told_plainly

WAIT_S = 5.0
"""How long a writer waits for another before it says who holds the lock."""
_POLL_S = 0.002
_SIGNED = 40


@contextmanager
def locked(path: Path, wait_s: float = WAIT_S) -> Iterator[None]:
    """Hold the lock at ``path``; raises ``CoachError`` that names the holder when it is not free after ``wait_s``."""
    with told_plainly(path):
        own_folder(path.parent)
        opened = _acquire(path, time.monotonic() + wait_s)
    try:
        _sign(opened)
        yield
    finally:
        with suppress(OSError):  # the lock is gone either way, and what was written under it is safe already
            os.close(opened)


def _acquire(path: Path, until: float) -> int:
    while True:
        opened = open_lock(path)
        if try_lock(opened) and still_there(opened, path):
            if os.name == "posix":
                os.fchmod(opened, 0o600)
            return opened
        os.close(opened)
        if time.monotonic() >= until:
            raise CoachError("records.error.locked", holder=holder(path), path=str(path))
        time.sleep(_POLL_S)


def _sign(opened: int) -> None:
    """Leave this process's name and number in the lock; a full disk must not matter here.

    Always of one length, as cutting a file costs more than the rest of a write (2 ms on ext4).
    """
    with suppress(OSError):
        os.lseek(opened, 0, os.SEEK_SET)
        os.write(opened, f"{_own_name()} ({os.getpid()})".ljust(_SIGNED).encode() + b"\n")


def _own_name() -> str:
    """Return the command that runs here by its verb alone: what was typed after it is nobody's business."""
    verb = sys.argv[1] if len(sys.argv) > 1 else ""
    return f"coach {verb}" if re.fullmatch(r"[a-z][a-z-]{1,20}", verb) else "coach"


def holder(path: Path) -> str:
    """Return who holds the lock at ``path``, as ``name (process number)``; ``?`` where it cannot be told."""
    with suppress(OSError):
        signed = path.read_bytes()[:_SIGNED].decode(errors="replace")
        name = "".join(letter for letter in signed if letter.isprintable()).strip()
        if os.name != "posix" or ((found := re.search(r"\((\d+)\)$", name)) and alive(int(found[1]))):
            return name or "?"
        return _known_to_system(path.stat().st_ino)
    return "?"


def _known_to_system(inode: int) -> str:
    """Return whom Linux names as the holder of a lock that another program took, without signing it."""
    for line in Path("/proc/locks").read_text().splitlines():
        fields = line.split()
        if len(fields) > 5 and fields[1] == "FLOCK" and fields[5].endswith(f":{inode}"):
            return f"{Path('/proc', fields[4], 'comm').read_text().strip()} ({fields[4]})"
    return "?"
