"""The one way to write a file: whole or absent, private, durable, and never through a symbolic link.

What must not be lost is written twice: the second file, ``NAME.bak``, is its last good copy.
"""

import errno
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coach.errors import CoachError, UsageError
from coach.regular_file import BINARY, NO_FOLLOW, NO_WAIT, read_regular
from coach.system_lock import try_lock

_STALE_S = 86_400
"""Where no process can be asked about, a temporary file is left over once it is a day old."""
_REASONS = {
    errno.ENOSPC: "no-space",
    errno.EDQUOT: "no-space",
    errno.EFBIG: "no-space",
    errno.EROFS: "no-rights",
    errno.EACCES: "no-rights",
    errno.EPERM: "no-rights",
    errno.ENOTDIR: "no-folder",
    errno.EEXIST: "no-folder",
    errno.EISDIR: "is-folder",
    errno.ENOENT: "gone",
    errno.EIO: "gone",
    errno.ETIMEDOUT: "gone",
    errno.ENOTCONN: "gone",
    getattr(errno, "ESTALE", errno.EIO): "gone",
}


class DamagedError(Exception):
    """The file is not what this program writes."""


class NotRegularFileError(DamagedError):
    """What stands at the path is a link, a folder or a device: nothing that this program would have written."""


@contextmanager
def system_errors(path: Path) -> Iterator[None]:
    """Turn what the system says about ``path`` into an error that a person can act on."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, "other")
        raise CoachError(f"records.error.{reason}", path=str(path), reason=error.strerror or str(error)) from error


@contextmanager
def encoding_errors() -> Iterator[None]:
    """Turn text that no file can hold (bytes of a command line that are no UTF-8) into an error that says so."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise UsageError("records.error.letters") from error


def read_private(path: Path) -> bytes | None:
    """Return the content of ``path``, None where there is no such file.

    Raises ``NotRegularFileError`` for anything but a plain file, and ``CoachError`` where it cannot be read.
    """
    with system_errors(path):
        try:
            return read_regular(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            # A link (ELOOP), a socket (ENXIO), a folder, or a device of any kind.
            if error.errno in (errno.ELOOP, errno.ENXIO, errno.EINVAL) or path.is_dir():
                raise NotRegularFileError(path) from error
            raise


def write_private(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Put ``data`` at ``path`` at once and for good: after a kill or a power loss it is all there or not at all.

    Readable by its owner alone, whatever the umask. ``durable=False`` leaves out the wait for the disk, for what can
    be made again. Raises ``CoachError`` where it cannot be done; what was at ``path`` is then untouched.
    """
    with system_errors(path):
        make_folder(path.parent)
        _sweep(path)
        temporary = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}.tmp")
        try:
            _fill(temporary, data, durable=durable)
            _replace(temporary, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        if durable:
            try:
                flush_folder(path.parent)
            except OSError:
                # It is in its place, and what was there before is not: saying that it could not be kept would be wrong.
                os.sync()


def copy_path(path: Path) -> Path:
    """Return where the last good copy of ``path`` is."""
    return path.with_name(f"{path.name}.bak")


def read_with_copy(path: Path) -> bytes | None:
    """Return the content of ``path``, None where it never was.

    Raises ``DamagedError`` where it is no regular file, or where only its copy is left.
    """
    data = read_private(path)
    if data is None and copy_path(path).exists():
        raise DamagedError("gone, but its copy is there")
    return data


def write_with_copy(path: Path, data: bytes) -> None:
    """Keep ``data`` at ``path`` for good, and then a second time as its last good copy.

    The copy is whole data and not a link, so that no one can damage both in place. It does not wait for the disk:
    what it guards against happens later than that, and the file itself is already safe.
    """
    write_private(path, data)
    with suppress(CoachError):  # what was asked for is kept; a disk too full for a second copy does not undo that
        write_private(copy_path(path), data, durable=False)


def _replace(temporary: Path, path: Path) -> None:
    for wait_s in (0.01, 0.03, 0.1, 0.3):
        try:
            return os.replace(temporary, path)
        except PermissionError:
            if os.name == "posix":
                raise
            time.sleep(wait_s)  # Windows refuses while somebody reads the file, which takes no longer than this
    return os.replace(temporary, path)


def _fill(path: Path, data: bytes, *, durable: bool) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, 0o600)  # no link either
    with os.fdopen(opened, "wb", buffering=0) as file:
        if os.name == "posix":
            try_lock(opened)  # says to whoever sweeps that this is being written, wherever they count processes
            os.fchmod(opened, 0o600)
        left = memoryview(data)
        while left:
            left = left[file.write(left) or 0 :]
        if durable:
            os.fsync(opened)


def flush_folder(folder: Path) -> None:
    """Wait until the names in ``folder`` are on the disk; where the system knows no such thing, do nothing."""
    if os.name != "posix" or not os.access(folder, os.R_OK):
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EROFS):  # some network folders cannot flush a folder
            raise
    finally:
        os.close(opened)


def make_folder(folder: Path) -> None:
    """Make ``folder`` with its parents, for its owner alone where it is new."""
    if not folder.is_dir():
        make_folder(folder.parent)
        with suppress(FileExistsError):
            os.mkdir(folder, 0o700)
            os.chmod(folder, 0o700)  # whatever the umask took away
            flush_folder(folder.parent)
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def _sweep(path: Path) -> None:
    """Remove what writers of ``path`` that were killed half-way left beside it; those of other files are not ours."""
    # Digits are any digits: nobody writes to the file of last month any more, and cleans up after its last writer.
    series = re.sub(r"\d", r"\\d", re.escape(path.name))
    name = re.compile(rf"\.{series}\.(\d+)-[0-9a-f]{{8}}\.tmp")
    with suppress(OSError):
        for entry in os.scandir(path.parent):
            if (match := name.fullmatch(entry.name)) and _is_left_over(entry, writer=int(match[1])):
                os.unlink(entry.path)


def _is_left_over(entry: os.DirEntry[str], writer: int) -> bool:
    if os.name != "posix":
        return time.time() - entry.stat(follow_symlinks=False).st_mtime > _STALE_S
    if is_running(writer):
        return False
    # A number that is nobody's here may be somebody's in a container that shares the folder: the lock knows.
    opened = os.open(entry.path, os.O_RDWR | NO_FOLLOW | NO_WAIT)
    try:
        return try_lock(opened)
    finally:
        os.close(opened)


def is_running(pid: int) -> bool:
    """Tell whether a process ``pid`` runs on this (POSIX) machine; 0 and less are none, but groups of them."""
    if pid < 1:
        return False
    try:
        with suppress(PermissionError):  # somebody else's
            os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    return True
