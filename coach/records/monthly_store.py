"""Items by day: one TinyDB document a day, one file a month, so that ten years cost what one day costs."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Raw
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from coach import clock
from coach.errors import CoachError
from coach.records.file_format import TABLE, Item, Tables, decode_days, decode_items, encode_days, encode_items
from coach.records.ownership import ForeignFileError
from coach.records.repair import Damage, DamageLog, mend_days, rebuild_days
from coach.records.safe_file import DamagedError, read_with_copy, system_errors, write_with_copy

T = TypeVar("T")
Convert = Callable[[Document], T]
Choose = Callable[[Raw, Raw], Raw]
"""From the kept item and the new one, both of one id, choose what is kept from now on."""


def choose_new(old: Raw, new: Raw) -> Raw:
    """Choose the new item."""
    return new


class MonthlyStore:
    """All items of one name. Whoever calls ``put`` holds the lock; reading needs none."""

    def __init__(
        self,
        folder: Path,
        name: str,
        *,
        time_key: str,
        lock: Callable[[], AbstractContextManager[None]],
        log: DamageLog,
    ) -> None:
        """Keep items in ``folder/name-2026-11.json``.

        ``time_key`` is the key of an item that holds its time; ``lock`` is taken to mend what a reader finds damaged.
        """
        self._folder = folder
        self._name = name
        self._time_key = time_key
        self._lock = lock
        self._log = log
        self._pattern = re.compile(rf"{re.escape(name)}-\d{{4}}-\d\d\.json")

    def put(self, items: Iterable[Item], choose: Choose = choose_new) -> int:
        """Keep ``items``, for good on return; where an id is known, keep what ``choose`` says. Return the changes."""
        # Sorted, as groupby joins neighbours alone: each file is opened and written once.
        by_file = groupby(sorted(items, key=lambda item: item.day), key=lambda item: self._path(item.day))
        return sum(self._put(path, list(group), choose) for path, group in by_file)

    def merge(self, items: Iterable[Item], choose: Choose, before: Callable[[], None] = lambda: None) -> int:
        """Keep ``items`` by id alone: one that another day has under the same id is weighed against that.

        What loses to an item of another day is dropped there, after the other is kept. ``before`` is called where
        something will change, first. Return the changes.
        """
        best: dict[str, Item] = {}
        own = [item for day in self.collect(self._items) for item in day]
        for item in (*own, *items):
            rival = best.get(item.id)
            if rival is not None and rival.day == item.day and bytes(rival.raw) == bytes(item.raw):
                continue  # the same again, as nearly all of another machine's are
            best[item.id] = item if rival is None or choose(rival.raw, item.raw) is item.raw else rival
        there = {(item.day, item.id): item.raw for item in own}
        changed = [item for item in best.values() if there.get((item.day, item.id)) is not item.raw]
        if changed:
            before()
        self.put(changed)  # first: a kill before the drops leaves an item twice, after them not at all
        for item in own:
            if best[item.id].day != item.day:
                _drop(self._path(item.day), item)
        return len(changed)

    @staticmethod
    def _items(document: Document) -> list[Item]:
        return [Item(day_of(document), item_id, raw) for item_id, raw in decode_items(document).items()]

    def raws(self) -> list[bytes]:
        """Return every item as it stands in its file, day by day."""
        return [bytes(raw) for day in self.collect(decode_items) for raw in day.values()]

    def collect(self, convert: Convert[T], since: date | None = None) -> list[T]:
        """Return each day's document on or after ``since``, oldest first, as ``convert`` makes it.

        ``convert`` may raise ``DamagedError``: the file is then mended, and read again.
        """
        first = _number(since) if since else 0
        return [day for path in self._paths(since) for day in self._converted(path, convert, first)]

    def names(self) -> tuple[str, ...]:
        """Return the names of the files there are, oldest first; those that only their copy is left of, too."""
        with system_errors(self._folder):
            try:
                entries = os.listdir(self._folder)
            except FileNotFoundError:  # nothing was ever kept here, which is no fault
                return ()
        own = {entry.removesuffix(".bak") for entry in entries if entry.startswith(self._name)}
        return tuple(sorted(filter(self._pattern.fullmatch, own)))

    def latest(self, convert: Convert[T | None], most_files: int | None = None) -> T | None:
        """Return what ``convert`` makes of the last day of which it makes something; the newest file is read first.

        No more than ``most_files`` are read.
        """
        for path in [*reversed(self._paths(None))][:most_files]:
            for day in reversed(self._converted(path, convert, 0)):
                if day is not None:
                    return day
        return None

    def earliest(self, convert: Convert[T | None]) -> T | None:
        """Return what ``convert`` makes of the first day of which it makes something; the oldest file is read first."""
        days = (day for path in self._paths(None) for day in self._converted(path, convert, 0))
        return next((day for day in days if day is not None), None)

    def reaches_to(self, day: date) -> bool:
        """Tell whether there is a file of the month of ``day``, or of an earlier one."""
        return any(path <= self._path(day) for path in self._paths(None))

    def _put(self, path: Path, items: list[Item], choose: Choose) -> int:
        try:
            return _merge(path, items, choose)
        except DamagedError:
            # Mended first: what is new must not be all that is left of a month.
            mend_days(path, self._time_key, self._log)
            return _merge(path, items, choose)

    def _converted(self, path: Path, convert: Convert[T], first: int) -> list[T]:
        # Without the lock, as a file is replaced whole: a reader has the one before or the one after.
        try:
            return _read(path, convert, first)
        except DamagedError:
            pass
        try:
            with self._lock():
                mend_days(path, self._time_key, self._log)
            return _read(path, convert, first)
        except ForeignFileError:
            raise
        except CoachError:  # nothing can be written here: show what is good, and mend another time
            tables, count = rebuild_days(path, self._time_key)
            self._log.remember(Damage(path.name, "unmended", clock.now(), kept=count))
            days = [Document(document, int(number)) for number, document in tables[TABLE].items()]
            return [convert(document) for document in days if document.doc_id >= first]

    def _path(self, day: date) -> Path:
        return self._folder / f"{self._name}-{day.isoformat()[:7]}.json"

    def _paths(self, since: date | None) -> list[Path]:
        """Return the files there are, oldest first."""
        first = self._path(since).name if since else ""
        return [self._folder / name for name in self.names() if name >= first]


class DayStorage(Storage):
    """One file of day documents, for as long as one transaction lasts.

    TinyDB's own storage writes in place, at every call: a kill in between would leave half a file. Here the file is
    read once, afresh; TinyDB's writes gather in memory, and ``commit`` puts them on the disk at once. Between read and
    commit the caller holds the lock.
    """

    def __init__(self, path: Path) -> None:
        """Read nothing yet."""
        self._path = path
        self._tables: Tables | None = None
        self._changed = False

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return the tables, None where the file does not exist; raises ``DamagedError``."""
        if self._tables is None and (data := read_with_copy(self._path)) is not None:
            self._tables = decode_days(data)
        return self._tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Take the tables over, to be committed."""
        self._tables = data
        self._changed = True

    def commit(self) -> None:
        """Put what was written on the disk; on return it survives a kill and a power loss."""
        if self._changed and self._tables is not None:  # the same again is no write: a disk wears, and sync carries it
            write_with_copy(self._path, encode_days(self._tables))


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Table, DayStorage]]:
    with TinyDB(path, storage=DayStorage) as db:
        storage = db.storage
        assert isinstance(storage, DayStorage)
        yield db.table(TABLE), storage


def _read(path: Path, convert: Convert[T], first: int) -> list[T]:
    with _opened(path) as (table, _):
        documents = sorted((day for day in table if day.doc_id >= first), key=lambda day: day.doc_id)
        return [convert(document) for document in documents]


def _merge(path: Path, items: list[Item], choose: Choose) -> int:
    with _opened(path) as (table, storage):
        changed = sum(
            _merge_day(table, day, list(group), choose) for day, group in groupby(items, key=lambda item: item.day)
        )
        storage.commit()
    return changed


def _merge_day(table: Table, day: date, items: list[Item], choose: Choose) -> int:
    raws = _raws_of(table, day)
    changed = 0
    for item in items:
        raw = choose(raws[item.id], item.raw) if item.id in raws else item.raw
        changed += item.id not in raws or bytes(raw) != bytes(raws[item.id])
        raws[item.id] = raw
    if changed:
        table.upsert(Document({"items": encode_items(raws)}, _number(day)))
    return changed


def _drop(path: Path, item: Item) -> None:
    with _opened(path) as (table, storage):
        raws = _raws_of(table, item.day)
        raws.pop(item.id, None)
        table.upsert(Document({"items": encode_items(raws)}, _number(item.day)))
        storage.commit()


def _raws_of(table: Table, day: date) -> dict[str, Raw]:
    document = table.get(doc_id=_number(day))
    return decode_items(document) if isinstance(document, Document) else {}


def day_of(document: Document) -> date:
    """Return the day of a document."""
    return date.fromisoformat(str(document.doc_id))


def _number(day: date) -> int:
    """Return a day as TinyDB's document number: 20261122."""
    return day.year * 10_000 + day.month * 100 + day.day
