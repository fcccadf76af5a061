"""Mending a damaged file of day documents: set aside, rebuilt from what is good and from the last good copy, noted."""

from pathlib import Path

from coach import clock
from coach.errors import CoachError
from coach.records.damage import Damage, DamageLog, What, copy_path, set_aside, write_with_copy
from coach.records.safe_file import NotPlainError, read_private
from coach.records.salvage import Item, salvage
from coach.records.schema import DamagedError, NewerError
from coach.records.shape import TABLE, Tables, data_of, items_of, list_of, read, tables_of


def mend(path: Path, moment: str, log: DamageLog) -> None:
    """Put a good file at ``path`` again; the caller holds the lock. Does nothing where another process just did."""
    data = _read(path)
    what = ailment(data)
    if what is None:
        return
    tables, kept = rebuilt(path, moment)
    aside = set_aside(path)
    no_copy = ailment(copy := _read(copy_path(path))) is not None
    if no_copy and copy is not None:
        set_aside(copy_path(path))
    log.note(Damage(path.name, what, clock.now(), str(aside) if aside else None, kept), lost=no_copy)
    write_with_copy(path, data_of(tables))


def ailment(data: bytes | None) -> What | None:
    """Return what is wrong with the content of a file, read to the bottom; None where nothing is."""
    if data is None:
        return "missing"
    try:
        for document in tables_of(data)[0][TABLE].values():
            for raw in items_of(document).values():
                read(raw)
    except NewerError:
        return "newer"
    except DamagedError:
        return "damaged"
    return None


def rebuilt(path: Path, moment: str) -> tuple[Tables, int]:
    """Return the tables that can be made of the file at ``path`` and its copy, and how many items they hold.

    Where both have an item, the copy's counts: it is known to be whole.
    """
    found: dict[str, Item] = {}
    for source in (path, copy_path(path)):
        found |= {item.id: item for item in salvage(_read(source) or b"", moment)}
    days: dict[str, dict[str, object]] = {}
    for day in sorted({item.day for item in found.values()}):
        days[f"{day:%Y%m%d}"] = {"items": list_of({i.id: i.raw for i in found.values() if i.day == day})}
    return {TABLE: days}, len(found)


def _read(path: Path) -> bytes | None:
    """Return the content of ``path``; nothing, but not None, where something stands there that cannot be read."""
    try:
        return read_private(path)
    except (NotPlainError, CoachError):
        return b""
