"""What was found damaged: set aside under a clear name, noted, and told to the person once."""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from coach import clock
from coach.errors import CoachError
from coach.records.safe_file import flush_folder, told_plainly, write_private

What = Literal["damaged", "newer", "missing", "unfit", "unmended"]


class Damage(msgspec.Struct, frozen=True):
    """One file that was not as this program left it, and what became of it."""

    file: str
    """The file's name."""
    what: What
    """``newer``: written by a newer version; ``missing``: gone, and brought back from its copy; ``unmended``: damaged,
    where nothing can be written; ``unfit``: nothing is wrong with the file, but ``kept`` entries in it cannot be
    understood, and stay there unused."""
    at: datetime
    aside: str | None
    """The path where the damaged file lies now; None where there was no file."""
    kept: int
    """How many entries were kept; for settings 0 where the person's conditions were lost, else 1."""


class _Log(msgspec.Struct, frozen=True):
    damages: tuple[Damage, ...] = ()
    lost_at: datetime | None = None


class DamageLog:
    """The damages not told yet, in ``damage.json``, and in memory where that cannot be written."""

    def __init__(self, folder: Path) -> None:
        """Keep the log in ``folder``."""
        self._path = folder / "damage.json"
        self._unsaved: tuple[Damage, ...] = ()

    def note(self, damage: Damage, *, lost: bool = False) -> None:
        """Add one damage, for good before anything is mended; ``lost`` where records may be gone with it."""
        before = self._read()
        log = _Log((*before.damages, damage), damage.at if lost else before.lost_at)
        try:
            write_private(self._path, msgspec.json.encode(log))
        except CoachError:
            self.remember(damage)

    def remember(self, damage: Damage) -> None:
        """Add one damage for as long as this process lives: where nothing can be written."""
        self._unsaved = tuple(dict.fromkeys((*self._unsaved, damage)))

    def untold(self) -> tuple[Damage, ...]:
        """Return what the person was not told yet."""
        return tuple(dict.fromkeys((*self._read().damages, *self._unsaved)))

    def lost_at(self) -> datetime | None:
        """Return when records were last lost: with a damaged file that had no whole copy, or as they cannot be read."""
        return self._read().lost_at

    def told(self) -> None:
        """Forget what was told."""
        self._unsaved = ()
        with suppress(CoachError, OSError):
            if lost_at := self.lost_at():
                write_private(self._path, msgspec.json.encode(_Log(lost_at=lost_at)))
            else:
                self._path.unlink(missing_ok=True)

    def _read(self) -> _Log:
        """Return the log; one that is damaged itself has nothing left to say."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=_Log)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return _Log()


def copy_path(path: Path) -> Path:
    """Return where the last good copy of ``path`` is."""
    return path.with_name(f"{path.name}.bak")


def write_with_copy(path: Path, data: bytes) -> None:
    """Keep ``data`` at ``path`` for good, and then a second time as its last good copy.

    The copy is whole data and not a link, so that no one can damage both in place. It does not wait for the disk:
    what it guards against happens later than that, and the file itself is already safe.
    """
    write_private(path, data)
    with suppress(CoachError):  # what was asked for is kept; a disk too full for a second copy does not undo that
        write_private(copy_path(path), data, durable=False)


def set_aside(path: Path) -> Path | None:
    """Give what is at ``path`` a second name ``*.damaged-<time>``; None where nothing is there.

    The first name stays until its replacement is written over it, so that a kill in between loses nothing.
    """
    if not os.path.lexists(path):
        return None
    aside = _free(path.with_name(f"{path.name}.damaged-{clock.now():%Y%m%dT%H%M%S}"))
    with told_plainly(path):
        if path.is_symlink() or not path.is_file():
            os.rename(path, aside)
        else:
            _second_name(path, aside)
        flush_folder(path.parent)
    return aside


def _second_name(path: Path, aside: Path) -> None:
    try:
        os.link(path, aside)
        os.chmod(aside, 0o600)
    except OSError:  # a file system without hard links
        import shutil

        shutil.copyfile(path, aside)
        os.chmod(aside, 0o600)


def _free(path: Path) -> Path:
    number = 1
    free = path
    while os.path.lexists(free):
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free
