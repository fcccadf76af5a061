"""TinyDB's storage, made safe: one read and one write a transaction, and the file is never touched in place."""

from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from coach.records.damage import copy_path, write_with_copy
from coach.records.safe_file import NotPlainError, read_private
from coach.records.schema import DamagedError, Older
from coach.records.shape import Tables, data_of, tables_of


class DayStorage(Storage):
    """One file of day documents, for as long as one transaction lasts.

    The file is read once, afresh; TinyDB's writes gather in memory, and ``commit`` puts them on the disk at once.
    Between read and commit the caller holds the lock.
    """

    def __init__(self, path: Path) -> None:
        """Read nothing yet."""
        self._path = path
        self._older = Older(path)
        self._tables: Tables | None = None
        self._changed = False

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return the tables, None where the file does not exist; raises ``DamagedError``."""
        if self._tables is None and (data := read_days(self._path)) is not None:
            self._tables, schema = tables_of(data)
            self._older.saw(data, schema)
        return self._tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Take the tables over, to be committed."""
        self._tables = data
        self._changed = True

    def commit(self) -> None:
        """Put what was written on the disk; on return it survives a kill and a power loss."""
        if not self._changed or self._tables is None:
            return
        self._older.keep()
        write_with_copy(self._path, data_of(self._tables))
        self._changed = False


def read_days(path: Path) -> bytes | None:
    """Return the file's content, None where it never was; raises ``DamagedError`` where it is gone or no file."""
    try:
        data = read_private(path)
    except NotPlainError as error:
        raise DamagedError("not a plain file") from error
    if data is None and copy_path(path).exists():
        raise DamagedError("gone, but its copy is there")
    return data
