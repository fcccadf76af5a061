"""Removing all that the program wrote, and nothing else: a folder of one's own may hold other people's files too."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, get_args

from coach.actions.link import linked
from coach.errors import CoachError
from coach.places import Places
from coach.records.lock import holder_of, locked
from coach.records.ownership import CACHED, FILES, Check, always, check_of
from coach.records.safe_file import DamagedError, read_private

FOLDER_NAME = "hizaura"
"""What systems call the folders of this program."""
_TEMPORARY = re.compile(r"\.(.+)\.\d+-[0-9a-f]{8}(?:\.sync-conflict-[0-9A-Z-]+)?\.tmp")


class Left(NamedTuple):
    """A file of the program that could not be removed, and why."""

    path: Path
    reason: str


class Erased(NamedTuple):
    """What was left when all that can be removed was."""

    left: tuple[Left, ...]
    stays: tuple[Path, ...]
    """Folders that stay, as there are files in them that this program did not write."""
    others: Path | None = None
    """The folder with the files of one's other machines, which are for those to remove."""


_OWN_CONTENT: dict[str, Check] = {r".+\.toml": lambda data: bool(re.search(rb"^\s*id\s*=", data, re.MULTILINE))}


def is_own(path: Path, where: Places) -> bool:
    """Tell whether ``path`` has the name of one of the program's own files, which nothing may be written over."""
    folder = path.parent.resolve()
    if folder == where.own_content().resolve():
        return check_of(path.name, _OWN_CONTENT) is not None
    folders = {own.resolve() for own in where.all()}
    return folder in folders and check_of(path.name, FILES | CACHED) is not None


def roots(where: Places) -> list[Path]:
    """Return the folders that hold all of it, none that lies in another."""
    folders = where.all()
    return [folder for folder in folders if not any(other in folder.parents for other in folders)]


def erase(where: Places) -> Erased:
    """End the reminders and remove everything.

    Raises ``CoachError`` where a screen is open, a session is under way, or the agent does not end: it would only
    write anew.
    """
    entry_left = _end_reminders(where)
    for lock, what in ((where.session_lock(), "session"), (where.ui_lock(), "screen")):
        if holder := holder_of(lock):
            raise CoachError(f"keep.error.{what}", pid=holder.pid)
    if not any(folder.exists() for folder in where.all()):
        return Erased(entry_left, ())
    synced, others = _synced_files(where)
    link = linked(where)
    try:
        with locked(where.records_lock()):
            left = [*_unlinked(synced), *_remove_files(where)]
    except CoachError as error:
        if error.key == "records.error.locked":
            raise
        # Where no lock can be made nothing can be removed either: say so of each file, and not of the lock.
        left = [Left(path, str(error.values.get("reason", error.key))) for path in _own_files(where)]
    folders = {where.cache / "tones", where.own_content(), *where.all()}
    inner_first = sorted(folders, key=lambda folder: (-len(folder.parts), folder))
    stays = tuple(folder for folder in inner_first if not _remove_folder(folder) and not _holds(folder, left))
    return Erased((*entry_left, *left, *_unlinked([link] if link and link.is_symlink() else [])), stays, others)


def _holds(folder: Path, left: list[Left]) -> bool:
    return any(folder in each.path.parents for each in left)


def _remove_files(where: Places) -> Iterator[Left]:
    # Copies go first, so that a kill in between leaves nothing that would be mended from its copy.
    yield from _unlinked(sorted(_own_files(where), key=lambda path: (".bak" not in path.name, path)))


def _unlinked(paths: Iterable[Path]) -> Iterator[Left]:
    """Remove what is at each path; yield what could not be, and why."""
    for path in paths:
        try:
            path.unlink(missing_ok=path.parent.is_dir())
        except OSError as error:
            yield Left(path, error.strerror or str(error))


def _synced_files(where: Places) -> tuple[list[Path], Path | None]:
    """Return this machine's file in the synced folder with its second copies, and the folder where others' are too.

    Where that folder is not there now, such as on a drive, the file is among those that could not be removed.
    """
    from coach.actions.sync import sync_target
    from coach.home import Home
    from coach.records.sync import SyncFolder

    target = None
    with suppress(CoachError):  # another program's state.json: this one has kept nothing there
        target = sync_target(Home(where))
    if target is None:
        return [], None
    folder = SyncFolder(target)
    try:
        waiting = folder.waiting()
    except CoachError:
        return [folder.own], None
    copies = [file.path for file in waiting if file.is_copy]
    return [folder.own, *copies], folder.folder if any(file.is_ours and not file.is_copy for file in waiting) else None


def _own_files(where: Places) -> Iterator[Path]:
    from coach.words.guide import Kind

    for folder in dict.fromkeys((where.data, where.config, where.logs)):
        yield from _of_ours(folder, FILES)
    yield from _of_ours(where.cache, CACHED)
    yield from _of_ours(where.cache / "tones", {rf"({'|'.join(get_args(Kind))})\.wav": always})
    yield from _of_ours(where.own_content(), _OWN_CONTENT)


def _of_ours(folder: Path, names: dict[str, Check]) -> Iterator[Path]:
    """Yield the files in ``folder`` that have one of the names, or were on the way to it, and are the program's."""
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            unfinished = _TEMPORARY.fullmatch(path.name)
            check = check_of(unfinished[1] if unfinished else path.name, names)
            if check is not None and (unfinished or _is_ours(path, check)):
                yield path


def _is_ours(path: Path, is_ours: Check) -> bool:
    try:
        data = read_private(path)
    except DamagedError:  # a folder, a link or a pipe
        return False
    except CoachError:  # the program's by its name, and it cannot be looked at: removing it will say why
        return True
    return data is not None and is_ours(data)


def _remove_folder(folder: Path) -> bool:
    """Remove ``folder`` where nothing is in it, and the program's own one above it; tell whether it is gone."""
    if not folder.is_dir():
        return True
    try:
        folder.rmdir()
    except OSError:
        return False
    if folder.parent.name == FOLDER_NAME:
        with suppress(OSError):
            folder.parent.rmdir()
    return True


def _end_reminders(where: Places) -> tuple[Left, ...]:
    """Stop the agent, and its start with the desktop; return what of that could not be removed."""
    from coach.agent import autostart
    from coach.agent.control import stop_agent

    stop_agent(where)
    try:
        autostart.disable()
    except OSError as error:
        return (Left(autostart.file_of(), error.strerror or str(error)),)
    return ()
