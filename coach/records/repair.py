"""Damage: found, set aside under a clear name, mended from what is good and the last good copy, and told once."""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NoReturn

import msgspec

from coach import clock
from coach.errors import CoachError
from coach.records.file_format import (
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
from coach.records.safe_file import (
    DamagedError,
    copy_path,
    flush_folder,
    read_private,
    system_errors,
    write_private,
    write_with_copy,
)  # fmt: skip

DamageKind = Literal["damaged", "newer", "missing", "unfit", "unmended"]


class Damage(msgspec.Struct, frozen=True):
    """One file that was not as this program left it, and what became of it."""

    file: str
    """The file's name."""
    what: DamageKind
    """``newer``: written by a newer version; ``missing``: gone, and brought back from its copy; ``unmended``: damaged,
    where nothing can be written; ``unfit``: nothing is wrong with the file, but ``kept`` entries in it cannot be
    understood, and stay there unused."""
    at: datetime
    aside: str | None
    """The path where the damaged file lies now; None where there was no file."""
    kept: int
    """How many entries were kept; for settings 0 where the person's conditions were lost, else 1."""


class _LoggedDamage(msgspec.Struct, frozen=True):
    damages: tuple[Damage, ...] = ()
    lost_at: datetime | None = None


class DamageLog:
    """The damage not told yet, in ``damage.json``, and in memory where that cannot be written."""

    def __init__(self, folder: Path) -> None:
        """Keep the log in ``folder``."""
        self._path = folder / "damage.json"
        self._unsaved: tuple[Damage, ...] = ()

    def note(self, damage: Damage, *, lost: bool = False) -> None:
        """Add one damage, for good before anything is mended; ``lost`` where records may be gone with it."""
        before = self._read()
        after = _LoggedDamage((*before.damages, damage), damage.at if lost else before.lost_at)
        try:
            write_private(self._path, msgspec.json.encode(after))
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

    def mark_told(self) -> None:
        """Forget what was told."""
        self._unsaved = ()
        with suppress(CoachError, OSError):
            # When records were lost outlives the telling: the signs are asked again after it, however late.
            if lost_at := self.lost_at():
                write_private(self._path, msgspec.json.encode(_LoggedDamage(lost_at=lost_at)))
            else:
                self._path.unlink(missing_ok=True)

    def _read(self) -> _LoggedDamage:
        """Return the log; one that is damaged itself has nothing left to say."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=_LoggedDamage)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return _LoggedDamage()


def mend_days(path: Path, time_key: str, log: DamageLog) -> None:
    """Put a good file of day documents at ``path`` again; the caller holds the lock.

    Does nothing where another process just did. ``time_key`` is the key of an item that holds its time.
    """
    data = _read(path)
    damage = damage_of(data)
    if damage is None:
        return
    tables, count = rebuild_days(path, time_key)
    aside = set_aside(path)
    copy = _read(copy_path(path))
    no_copy = damage_of(copy) is not None
    if no_copy and copy is not None:
        set_aside(copy_path(path))
    # Noted before the mended file is written: a kill in between must not leave a loss that nobody is told of.
    log.note(Damage(path.name, damage, clock.now(), str(aside) if aside else None, count), lost=no_copy)
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


def salvage(data: bytes, time_key: str) -> Iterator[Item]:
    """Yield every whole item in ``data``, wherever it stands."""
    text = data.decode("utf-8", "surrogateescape")
    scan = json.JSONDecoder(parse_constant=_refuse_constant).raw_decode
    position = 0
    while (start := text.find("{", position)) >= 0:
        try:
            value, position = scan(text, start)
        except (ValueError, RecursionError):
            position = start + 1
            continue
        yield from _items_in(value, time_key)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and its like are no JSON


def _items_in(value: Any, time_key: str) -> Iterator[Item]:
    if isinstance(value, dict) and (item := item_of(value, time_key)):
        yield item
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _items_in(inner, time_key)


def set_aside(path: Path) -> Path | None:
    """Give what is at ``path`` a second name ``*.damaged-<time>``; None where nothing is there.

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
    return aside


def _link(path: Path, aside: Path) -> None:
    try:
        os.link(path, aside)
        os.chmod(aside, 0o600)
    except OSError:  # a file system without hard links
        import shutil

        shutil.copyfile(path, aside)
        os.chmod(aside, 0o600)


def _free_name(path: Path) -> Path:
    number = 1
    free = path
    while os.path.lexists(free):
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free
