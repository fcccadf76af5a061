"""The one lock: one holder over processes and threads, and dropped by the system when that holder dies.

Writing takes it for a moment (``locked``); who keeps the reminders or leads a session holds it for as long as that
lasts (``claim``). Own code, although filelock is well kept: that costs 35 to 55 ms of import in every one-line command,
and cannot name the holder.
"""

import os
import re
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from coach.errors import CoachError
from coach.records.safe_file import (
    DamagedError,
    is_running,
    make_folder,
    read_private,
    system_errors,
)  # fmt: skip
from coach.regular_file import NO_FOLLOW, NO_WAIT
from coach.system_lock import try_lock

WAIT_S = 5.0
"""How long a writer waits for another before it says who holds the lock."""
CLAIM_S = 0.5
"""A look at the lock (``holder_of``) holds it for a moment: a claim is tried a little longer than that."""
_POLL_S = 0.002
_SIGNATURE_LENGTH = 160
_OPEN = os.O_RDWR | os.O_CREAT | NO_FOLLOW | NO_WAIT
"""Never through a link, and never waiting: where a pipe stands at the place of a lock, nobody would ever answer."""


class Holder(msgspec.Struct, frozen=True):
    """Who has a lock, as its holder wrote it there."""

    pid: int
    by: str
    """``agent``, ``ui``, ``plain`` or ``popup``; of a writer the command, such as ``coach today``."""
    since: str = ""
    """ISO 8601; empty for a writer."""
    home: str = ""
    """Made with the file, and kept by all who sign it: a file of another home is not this one carried here anew."""


class FileLock:
    """A lock that this process has, until ``release`` or its end."""

    def __init__(self, opened: int, path: Path) -> None:
        """Hold the open file ``opened``, which lies at ``path``."""
        self._opened: int | None = opened
        self._path = path

    def in_place(self) -> bool:
        """Tell whether the lock still keeps others out; it does not once everything was erased."""
        if self._opened is None:
            return False
        return _is_at(self._opened, self._path) or self._move()

    def _move(self) -> bool:
        """Take the lock on a file that a carrier of folders put in the place of the first; tell whether that worked."""
        with suppress(OSError):
            if self._opened is None or not _is_carried(self._opened, self._path):
                return False
            opened = os.open(self._path, os.O_RDWR | NO_FOLLOW)
            if try_lock(opened):
                self.release()
                self._opened = opened
                return True
            os.close(opened)
        return False

    def release(self) -> None:
        """Let another have it; twice does no harm."""
        opened, self._opened = self._opened, None
        if opened is not None:
            with suppress(OSError):  # the system drops the lock whatever closing says
                os.close(opened)


@contextmanager
def locked(path: Path, wait_s: float = WAIT_S) -> Iterator[None]:
    """Hold the lock at ``path``; raises ``CoachError`` that names the holder when it is not free after ``wait_s``."""
    with system_errors(path):
        make_folder(path.parent)
        lock = _acquire(path, Holder(os.getpid(), _command_name()), wait_s)
    if lock is None:
        raise CoachError("records.error.locked", holder=holder_text(path), path=str(path))
    try:
        yield
    finally:
        lock.release()


class WriteLock:
    """The lock for writing to one home, which notices that this home was erased since it was first written to."""

    def __init__(self, path: Path) -> None:
        """Use the lock at ``path``; nothing is opened yet."""
        self._path = path
        self._first: int | None = None
        self._thread: int | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; raises ``CoachError`` where everything was erased meanwhile, or as ``locked`` does.

        Who holds it may hold it again: an action that decides under the lock writes by what takes it itself.
        """
        thread = threading.get_ident()
        if self._thread == thread:
            yield
            return
        self._check()
        with locked(self._path):
            self._check()
            self._thread = thread
            try:
                yield
            finally:
                self._thread = None

    def _check(self) -> None:
        # A screen that stayed open, or a session under way, must not write anew what a person had removed. The first
        # lock file stays open for that: the number of a file is used again as soon as nobody has it open.
        if os.name != "posix":
            return
        with system_errors(self._path):
            if self._first is None:
                if self._path.exists():
                    self._first = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK)
                    weakref.finalize(self, os.close, self._first)
            # Another file of this same home is another machine's lock, which came over a carried folder.
            elif not _is_at(self._first, self._path) and not _is_carried(self._first, self._path):
                raise CoachError("records.error.erased")


def claim(path: Path, by: str, since: str) -> FileLock | Holder | None:
    """Take the lock at ``path``, or return who has it (None: somebody who left no name); OSError where none can be."""
    make_folder(path.parent)
    return _acquire(path, Holder(os.getpid(), by, since), CLAIM_S) or _signature(path)


def holder_of(path: Path) -> Holder | None:
    """Return who has the lock at ``path`` now, None where nobody has."""
    try:
        opened = os.open(path, os.O_RDWR)
    except OSError:
        return None
    try:
        return None if try_lock(opened) else _signature(path) or Holder(_pid_of(opened), "agent")
    finally:
        os.close(opened)


def holder_text(path: Path) -> str:
    """Return who holds the lock at ``path``, as ``name (process number)``; ``?`` where it cannot be told."""
    with suppress(OSError):
        holder = _signature(path)
        if holder and (os.name != "posix" or is_running(holder.pid)):
            return f"{holder.by} ({holder.pid})"
        for pid in holders_by_system(path):  # another program took it, without signing it
            return f"{Path('/proc', pid, 'comm').read_text().strip()} ({pid})"
    return "?"


def _acquire(path: Path, holder: Holder, wait_s: float) -> FileLock | None:
    until = time.monotonic() + wait_s
    while True:
        opened = os.open(path, _OPEN, 0o600)
        lock = FileLock(opened, path)
        try:
            # Erasing everything removes locks too: one on a file that is gone would keep nobody out.
            if try_lock(opened) and _is_at(opened, path):
                _sign(opened, holder)
                return lock
        except BaseException:
            lock.release()  # a screen that lives on must not keep out everybody, itself included
            raise
        lock.release()
        if time.monotonic() >= until:
            return None
        time.sleep(_POLL_S)


def _is_at(opened: int, path: Path) -> bool:
    with suppress(FileNotFoundError, NotADirectoryError):
        return os.path.samestat(os.fstat(opened), os.stat(path))
    return False


def _is_carried(opened: int, path: Path) -> bool:
    """Tell whether the file at ``path``, which is not the one that is open, is of the same home all the same."""
    os.lseek(opened, 0, os.SEEK_SET)
    before, now = _decoded(os.read(opened, _SIGNATURE_LENGTH)), _signature(path)
    return before is not None and now is not None and bool(now.home) and before.home == now.home


def _sign(opened: int, holder: Holder) -> None:
    """Leave the holder's name in the lock; a full disk must not matter here.

    Always of one length, as cutting a file costs more than the rest of a write (2 ms on ext4).
    """
    with suppress(OSError):
        os.lseek(opened, 0, os.SEEK_SET)  # fails on a pipe, which nobody writes into: reading it would never end
        text = os.read(opened, 2 * _SIGNATURE_LENGTH)
        if not is_signature(text):
            return  # another program's file of this name keeps others out as well, and keeps what stands in it
        if os.name == "posix":
            os.fchmod(opened, 0o600)
        before = _decoded(text)
        signed = msgspec.structs.replace(holder, home=before.home if before and before.home else os.urandom(6).hex())
        os.lseek(opened, 0, os.SEEK_SET)
        os.write(opened, msgspec.json.encode(signed).ljust(_SIGNATURE_LENGTH))


def _signature(path: Path) -> Holder | None:
    with suppress(DamagedError, CoachError):  # another program's pipe of this name must hold nobody up
        return _decoded(read_private(path) or b"")
    return None


def _pid_of(opened: int) -> int:
    """Return which process has the lock on an open file, as Linux tells; 0 where nobody does.

    On a full disk a lock stays without a name, and only the system knows who has to be stopped.
    """
    with suppress(OSError, ValueError):
        status = os.fstat(opened)
        # By its device as well: whom this names may be ended, and on another one a file may have the same number.
        device = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}"
        return next((int(pid) for pid, place in _flocks(status.st_ino) if place == device), 0)
    return 0


def _decoded(data: bytes) -> Holder | None:
    with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return msgspec.json.decode(data, type=Holder)
    return None


def is_signature(data: bytes) -> bool:
    """Tell whether ``data`` is what stands in a lock of this program, or of an earlier version."""
    return (
        not data.strip(b"\0 \r\n") or _decoded(data) is not None or bool(re.match(rb"coach[ a-z-]{0,30} \(\d+\)", data))
    )


def _command_name() -> str:
    """Return the command that runs here by its verb alone: what was typed after it is nobody's business."""
    verb = sys.argv[1] if len(sys.argv) > 1 else ""
    return f"coach {verb}" if re.fullmatch(r"[a-z][a-z-]{1,20}", verb) else "coach"


def holders_by_system(path: Path) -> list[str]:
    """Return the numbers of the processes that Linux itself names as holders of the lock at ``path``; or OSError.

    Of whatever device: some file systems, such as btrfs, give the list of locks another one than the file has.
    """
    return [pid for pid, _ in _flocks(path.stat().st_ino)]


def _flocks(inode: int) -> list[tuple[str, str]]:
    """Return who has a lock on a file of the number ``inode``, by process and device; or OSError."""
    pattern = rf"^\d+: FLOCK +\S+ +\S+ +(\d+) (\S+):{inode} "
    return re.findall(pattern, Path("/proc/locks").read_text("ascii"), re.MULTILINE)
