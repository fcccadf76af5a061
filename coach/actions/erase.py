"""Removing all that the program keeps, and nothing else: a folder of one's own may hold other people's files too."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from coach.places import Places
from coach.records.lock import locked

_KEPT = r"((records|reminders)-\d{4}-\d{2}|profile|state|damage|agent)\.(json|toml)"
_OWN = re.compile(
    rf"{_KEPT}(\.bak|\.schema-\d+\.bak|\.damaged-.*|\.bak\.damaged-.*)?|\..+\.tmp|(records|agent|session|ui)\.lock|[a-z]+(\.\d+)?\.log(\.\d+)?"
)
"""The names of the files that the program makes in its folders."""
NAME = "hizaura"
"""What systems call the folders of this program."""
_FOLDERS = ("own",)
"""The folders that it makes in them."""

Left = tuple[Path, str]
"""What could not be removed, and why."""


def is_own(path: Path, where: Places) -> bool:
    """Tell whether ``path`` is one of the program's own files, which no export may be written over."""
    folders = {os.path.realpath(folder) for folder in where.all()}
    return os.path.realpath(path.parent) in folders and bool(_OWN.fullmatch(path.name))


def roots(where: Places) -> list[Path]:
    """Return the folders that hold all of it, none that lies in another."""
    folders = where.all()
    return [folder for folder in folders if not any(other in folder.parents for other in folders)]


def erase(where: Places) -> list[Left]:
    """End the reminders and remove everything; return what is left.

    Copies go first, so that nothing half-removed is taken for damaged. Raises ``CoachError`` where a screen is open
    or the agent does not end: it would only write anew.
    """
    _end_reminders(where)
    if not any(folder.exists() for folder in where.all()):
        return []
    left: list[Left] = []
    with locked(where.records_lock()):
        for path in sorted(_found(where), key=lambda path: (not path.name.endswith(".bak"), path)):
            left += _remove(path)
    for folder in where.all():
        _remove_empty(folder)
    return left


def _remove_empty(folder: Path) -> None:
    """Remove ``folder`` where nothing else is in it, and the one above where that is the program's too."""
    with suppress(OSError):
        folder.rmdir()
        if folder.parent.name == NAME:
            folder.parent.rmdir()


def _end_reminders(where: Places) -> None:
    from coach.agent import autostart
    from coach.agent.control import stop_agent

    stop_agent(where)
    autostart.disable()


def _found(where: Places) -> Iterator[Path]:
    for folder in where.all():
        if folder == where.cache:
            yield folder
        elif folder.is_dir():
            yield from (path for path in folder.iterdir() if _OWN.fullmatch(path.name) or path.name in _FOLDERS)


def _remove(path: Path) -> Iterator[Left]:
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        yield path, error.strerror or str(error)
