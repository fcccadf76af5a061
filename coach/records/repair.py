"""Damage: found, set aside under a clear name, mended from what is good and the last good copy, and told once."""

import os
import re
from collections import deque
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec
from msgspec.structs import replace

from coach import clock
from coach.errors import CoachError
from coach.records.file_format import (
    MAX_DEPTH,
    TABLE,
    Item,
    NewerError,
    Tables,
    decode_days,
    decode_items,
    decode_object,
    encode_days,
    encode_items,
    item_of,
)  # fmt: skip
from coach.records.ownership import refuse_foreign
from coach.records.safe_file import (
    DamagedError,
    copy_path,
    flush_folder,
    read_private,
    system_errors,
    write_private,
    write_with_copy,
)  # fmt: skip
from coach.regular_file import read_regular

DamageKind = Literal[
    "damaged", "newer", "missing", "gone", "unfit", "unmended", "copied", "copy-damaged", "foreign", "unmerged"
]


class Damage(msgspec.Struct, frozen=True):
    """One file that was not as this program left it, and what became of it."""

    file: str
    """The file's name."""
    what: DamageKind
    """``newer``: written by a newer version; ``missing``: gone, and brought back from its copy; ``gone``: its copy too;
    ``unmended``: damaged, where nothing can be written; ``unfit``: nothing is wrong with the file, but ``kept`` entries
    in it cannot be understood, and stay there unused. Of second copies (``coach.records.copies``): ``copied``: merged;
    ``copy-damaged``: what was whole in it is; ``foreign``: another program's, which stays; ``unmerged``: not yet, as
    nothing can be written."""
    at: datetime
    aside: str | None = None
    """The path where the damaged file lies now; None where there was no file."""
    kept: int = 0
    """How many entries were kept; for settings 0 where the person's conditions were lost, else 1."""
    lost: tuple[str, ...] = ()
    """Of settings: the fields of ``Profile`` that are as at first again, or have only a part of what they held."""


class _LoggedDamage(msgspec.Struct, frozen=True):
    damages: tuple[Damage, ...] = ()
    lost_at: datetime | None = None
    stays: tuple[str, ...] = ()
    """The names of the files that stay as they are, and were told of."""


class DamageLog:
    """The damage not told yet, in ``damage.json``, and in memory where that cannot be written."""

    def __init__(self, folder: Path) -> None:
        """Keep the log in ``folder``."""
        self._path = folder / "damage.json"
        self._unsaved: tuple[Damage, ...] = ()
        self._unsaved_loss: datetime | None = None

    def refuse_foreign(self, path: Path) -> None:
        """Raise ``ForeignFileError`` before a damaged ``path`` is set aside, where that or the log is not ours.

        What nobody can be told of is not mended: the next command would not know that records were lost.
        """
        for file in (path, self._path):
            refuse_foreign(file)

    def note(self, damage: Damage, *, lost: bool = False) -> None:
        """Add one damage, for good before anything is mended; ``lost`` where records may be gone with it."""
        before = self._read()
        lost_at = damage.at if lost else before.lost_at
        try:
            self._write(replace(before, damages=(*before.damages, damage), lost_at=lost_at))
        except CoachError:
            self.remember(damage, lost=lost)

    def note_once(self, damage: Damage) -> None:
        """Add what stays as it is, such as another program's file, and is told of once in all."""
        before = self._read()
        if damage.file not in before.stays:
            with suppress(CoachError):
                self._write(replace(before, damages=(*before.damages, damage), stays=(*before.stays, damage.file)))

    def remember(self, damage: Damage, *, lost: bool = False) -> None:
        """Add one damage for as long as this process lives: where nothing can be written."""
        self._unsaved = tuple(dict.fromkeys((*self._unsaved, damage)))
        if lost:
            self._unsaved_loss = damage.at

    def take_over(self, data: bytes) -> None:
        """Add what another machine's log says: what is untold, and when records were lost last."""
        with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            there, here = msgspec.json.decode(data, type=_LoggedDamage), self._read()
            losses = [lost_at for lost_at in (here.lost_at, there.lost_at) if lost_at]
            untold = tuple(dict.fromkeys((*here.damages, *there.damages)))
            stays = tuple(dict.fromkeys((*here.stays, *there.stays)))
            self._write(_LoggedDamage(untold, max(losses, default=None), stays))

    def untold(self) -> tuple[Damage, ...]:
        """Return what the person was not told yet."""
        return tuple(dict.fromkeys((*self._read().damages, *self._unsaved)))

    def lost_at(self) -> datetime | None:
        """Return when records were last lost: with a damaged file that had no whole copy, or as they cannot be read."""
        return max((at for at in (self._read().lost_at, self._unsaved_loss) if at), default=None)

    def mark_told(self) -> None:
        """Forget what was told."""
        self._unsaved = ()
        with suppress(CoachError, OSError):
            # When records were lost outlives the telling: the signs are asked again after it, however late.
            lasting = replace(self._read(), damages=())
            if lasting != _LoggedDamage():
                self._write(lasting)
            else:
                refuse_foreign(self._path)
                self._path.unlink()

    def _write(self, log: _LoggedDamage) -> None:
        refuse_foreign(self._path)
        write_private(self._path, msgspec.json.encode(log))

    def _read(self) -> _LoggedDamage:
        """Return the log; one that is damaged itself has nothing left to say."""
        try:
            return msgspec.json.decode(read_regular(self._path), type=_LoggedDamage)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return _LoggedDamage()


def mend_days(path: Path, time_key: str, log: DamageLog) -> None:
    """Put a good file of day documents at ``path`` again; the caller holds the lock.

    Does nothing where another process just did; raises ``ForeignFileError`` for another program's file.
    ``time_key`` is the key of an item that holds its time.
    """
    data = _read(path)
    damage = damage_of(data)
    if damage is None:
        return
    log.refuse_foreign(path)
    tables, count = rebuild_days(path, time_key)
    aside = set_aside(path)
    copy = _read(copy_path(path))
    no_copy = damage_of(copy) is not None
    if no_copy and copy is not None:
        set_aside(copy_path(path))
    # Noted before the mended file is written: a kill in between must not leave a loss that nobody is told of.
    log.note(Damage(path.name, damage, clock.now(), aside, count), lost=no_copy)
    write_with_copy(path, encode_days(tables))


def damage_of(data: bytes | None) -> DamageKind | None:
    """Return what is wrong with the content of a file of day documents, read to the bottom; None where nothing is."""
    if data is None:
        return "missing"
    try:
        for document in decode_days(data)[TABLE].values():
            for raw in decode_items(document).values():
                decode_object(raw)
    except NewerError:
        return "newer"
    except DamagedError:
        return "damaged"
    return None


def rebuild_days(path: Path, time_key: str) -> tuple[Tables, int]:
    """Return the tables that can be made of the file at ``path`` and its copy, and how many items they hold.

    Where both have an item, the copy's counts: it is known to be whole.
    """
    items: dict[str, Item] = {}
    # The copy last, so that its items win: each was whole when it was written.
    for source in (path, copy_path(path)):
        items |= {item.id: item for item in salvage(_read(source) or b"", time_key)}
    days: dict[str, dict[str, object]] = {}
    for day in sorted({item.day for item in items.values()}):
        of_day = {item.id: item.raw for item in items.values() if item.day == day}
        days[f"{day:%Y%m%d}"] = {"items": encode_items(of_day)}
    return {TABLE: days}, len(items)


def _read(path: Path) -> bytes | None:
    """Return the content of ``path``; nothing, but not None, where something stands there that cannot be read."""
    try:
        return read_private(path)
    except (DamagedError, CoachError):
        return b""


def salvage(data: bytes, time_key: str) -> list[Item]:
    """Return every whole item in ``data``, wherever it stands; of one in another, the outer.

    Brackets are matched first and decoded then, so that the time it takes grows with the size alone: to try at each
    bracket took minutes for a megabyte of them.
    """
    names = (b'"id"', f'"{time_key}"'.encode())
    salvaged: list[tuple[int, Item]] = []
    # What lies further out than this is too deep to be an item, and need not be remembered.
    opened: deque[tuple[int, list[bytes]]] = deque(maxlen=MAX_DEPTH)
    for match in re.finditer(_TOKEN, data):
        token = match[0]
        if token == b"{":
            opened.append((match.start(), []))
        elif token == b"}" and opened:
            start, there = opened.pop()
            if len(set(there)) == len(names) and (item := _decoded_item(data[start : match.end()], time_key)):
                while salvaged and salvaged[-1][0] > start:
                    salvaged.pop()
                salvaged.append((start, item))
        elif opened and token in names:
            opened[-1][1].append(token)
    return [item for _, item in salvaged]


# No string of ours goes over the end of a line: a lost quotation mark costs its line and no more.
_TOKEN = rb'"(?:[^"\\\n]|\\.)*"?|[{}]'


def _decoded_item(data: bytes, time_key: str) -> Item | None:
    try:
        return item_of(decode_object(data), time_key)
    except DamagedError:
        return None


def set_aside(path: Path) -> str | None:
    """Give what is at ``path`` a second name ``*.damaged-<time>``, and return that; None where nothing is there.

    The first name stays until its replacement is written over it, so that a kill in between loses nothing.
    """
    if not os.path.lexists(path):
        return None
    aside = _free_name(path.with_name(f"{path.name}.damaged-{clock.now():%Y%m%dT%H%M%S}"))
    with system_errors(path):
        if path.is_symlink() or not path.is_file():
            os.rename(path, aside)
        else:
            _link(path, aside)
        flush_folder(path.parent)
    return os.fsencode(aside).decode(errors="replace")  # the log is UTF-8, and a folder need not be


def _link(path: Path, aside: Path) -> None:
    try:
        os.link(path, aside)
        os.chmod(aside, 0o600)
    except OSError:  # a file system without hard links
        import shutil

        shutil.copyfile(path, aside)
        os.chmod(aside, 0o600)


def _free_name(path: Path) -> Path:
    # Two losses within a second: neither may write over what the other set aside.
    number = 1
    free = path
    while os.path.lexists(free):
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free
