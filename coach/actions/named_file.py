"""Files that a person names: read whole but not without end, and written so that nobody else's comes to harm."""

import os
import stat
import sys
from pathlib import Path

from coach.actions.erase import is_own
from coach.errors import CoachError, UsageError
from coach.places import Places
from coach.records import system_errors, write_private

STREAM = "-"
"""Stands for standard input or output where a file could stand."""
MAX_BYTES = 200_000_000
"""Ten times ten busy years; what goes on longer is a device, or another file."""


def read_named(name: str) -> bytes:
    """Return what the file, pipe or device ``name`` gives, or standard input for ``-`` (nothing where it is closed).

    Raises ``CoachError`` where it is not there or has no end, ``UsageError`` for a name that no file can have.
    """
    path = named_path(name)
    if name == STREAM:
        data = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
    elif not _exists(path):
        raise CoachError("keep.error.no-file", path=str(path))
    else:
        with system_errors(path), path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise CoachError("keep.error.too-large", path=str(path), most=MAX_BYTES)
    return data


def write_named(places: Places, path: Path, data: bytes, *, new_folder: bool = True) -> None:
    """Write ``data`` to ``path``, whole and for its owner alone; into a pipe or a device as it comes.

    Raises ``UsageError`` for one of the program's own files, ``CoachError`` where there is no such folder and none is
    to be made (``new_folder``).
    """
    # Where a link leads, so that it is not the link that is replaced.
    target = Path(os.path.realpath(path))
    if is_own(target, places):
        raise UsageError("keep.error.own", path=str(path))
    if not new_folder and not target.parent.is_dir():
        raise CoachError("keep.error.no-folder", path=str(path.parent))
    with system_errors(path):
        if not _exists(target) or stat.S_ISREG(os.stat(target).st_mode):
            write_private(target, data)
            return
        opened = os.open(target, os.O_WRONLY | getattr(os, "O_NOCTTY", 0))
        with os.fdopen(opened, "wb") as stream:
            stream.write(data)


def named_path(name: str) -> Path:
    """Return the path that a person named; a ``~`` of nobody's is a name like any other.

    Raises ``UsageError`` for an empty name: an unset variable of a script, which would mean the current folder.
    """
    if not name:
        raise UsageError("keep.error.no-name")
    try:
        return Path(name).expanduser()
    except RuntimeError:
        return Path(name)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except ValueError as error:  # a zero byte, which no shell can give and a file of arguments can
        raise UsageError("records.error.letters") from error
