"""Items by day: one TinyDB document a day, one file a month, so that ten years cost what one day costs."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from msgspec import Raw
from tinydb import TinyDB
from tinydb.table import Document, Table

from coach import clock
from coach.errors import CoachError
from coach.records.damage import Damage, DamageLog
from coach.records.mend import mend, rebuilt
from coach.records.safe_file import told_plainly
from coach.records.salvage import Item
from coach.records.schema import DamagedError
from coach.records.shape import TABLE, items_of, list_of
from coach.records.storage import DayStorage

T = TypeVar("T")
Convert = Callable[[Document], T]
Choose = Callable[[Raw, Raw], Raw]
"""From what is kept and what comes, both of one id, choose what is kept from now on."""


def newest(kept: Raw, given: Raw) -> Raw:
    """Choose what comes."""
    return given


class MonthlyStore:
    """All items of one name. Whoever calls ``put`` holds the lock; reading needs none."""

    def __init__(
        self,
        folder: Path,
        name: str,
        *,
        moment: str,
        lock: Callable[[], AbstractContextManager[None]],
        log: DamageLog,
    ) -> None:
        """Keep items in ``folder/name-2026-11.json``.

        ``moment`` is the key of an item that holds its time; ``lock`` is taken to mend what a reader finds damaged.
        """
        self._folder = folder
        self._name = name
        self._moment = moment
        self._lock = lock
        self._log = log
        self._pattern = re.compile(rf"({re.escape(name)}-\d{{4}}-\d\d\.json)(?:\.bak)?")

    def put(self, items: Iterable[Item], choose: Choose = newest) -> int:
        """Keep ``items``, for good on return; where an id is known, keep what ``choose`` says. Return the changes."""
        by_file = groupby(sorted(items, key=lambda item: item.day), key=lambda item: self._path(item.day))
        return sum(self._put(path, list(group), choose) for path, group in by_file)

    def merge(self, items: Iterable[Item], choose: Choose) -> int:
        """Keep ``items`` by id alone: one that another day has under the same id is weighed against that.

        What loses to an item of another day is dropped there, after the other is kept. Return the changes.
        """
        best: dict[str, Item] = {}
        kept = [item for day in self.collect(self._items) for item in day]
        for item in (*kept, *items):
            rival = best.get(item.id)
            best[item.id] = item if rival is None or choose(rival.raw, item.raw) is item.raw else rival
        known = {(item.day, item.id): item.raw for item in kept}
        changed = [item for item in best.values() if known.get((item.day, item.id)) is not item.raw]
        self.put(changed)
        for item in kept:
            if best[item.id].day != item.day:
                _drop(self._path(item.day), item)
        return len(changed)

    @staticmethod
    def _items(document: Document) -> list[Item]:
        return [Item(day_of(document), name, raw) for name, raw in items_of(document).items()]

    def collect(self, convert: Convert[T], since: date | None = None) -> list[T]:
        """Return each day's document on or after ``since``, oldest first, as ``convert`` makes it.

        ``convert`` may raise ``DamagedError``: the file is then mended, and read again.
        """
        first = _number(since) if since else 0
        return [found for path in self._paths(since) for found in self._converted(path, convert, first)]

    def latest(self, convert: Convert[T | None]) -> T | None:
        """Return what ``convert`` makes of the last day of which it makes something; the newest file is read first."""
        for path in reversed(self._paths(None)):
            for found in reversed(self._converted(path, convert, 0)):
                if found is not None:
                    return found
        return None

    def earliest(self, convert: Convert[T | None]) -> T | None:
        """Return what ``convert`` makes of the first day of which it makes something; the oldest file is read first."""
        days = (found for path in self._paths(None) for found in self._converted(path, convert, 0))
        return next((found for found in days if found is not None), None)

    def reaches_to(self, day: date) -> bool:
        """Tell whether there is a file of the month of ``day``, or of an earlier one."""
        return any(path <= self._path(day) for path in self._paths(None)[:1])

    def _put(self, path: Path, items: list[Item], choose: Choose) -> int:
        try:
            return _merge(path, items, choose)
        except DamagedError:
            mend(path, self._moment, self._log)
            return _merge(path, items, choose)

    def _converted(self, path: Path, convert: Convert[T], first: int) -> list[T]:
        try:
            return _read(path, convert, first)
        except DamagedError:
            pass
        try:
            with self._lock():
                mend(path, self._moment, self._log)
            return _read(path, convert, first)
        except CoachError:  # nothing can be written here: show what is good, and mend another time
            tables, kept = rebuilt(path, self._moment)
            self._log.remember(Damage(path.name, "unmended", clock.now(), None, kept))
            days = tables[TABLE]
            return [convert(Document(one, int(number))) for number, one in days.items() if int(number) >= first]

    def _path(self, day: date) -> Path:
        return self._folder / f"{self._name}-{day.isoformat()[:7]}.json"

    def _paths(self, since: date | None) -> list[Path]:
        """Return the files there are, oldest first; those that only their copy is left of, too."""
        with told_plainly(self._folder):
            try:
                entries = os.listdir(self._folder)
            except FileNotFoundError:
                return []
        names = {found[1] for entry in entries if (found := self._pattern.fullmatch(entry))}
        first = self._path(since).name if since else ""
        return [self._folder / name for name in sorted(names) if name >= first]


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Table, DayStorage]]:
    with TinyDB(path, storage=DayStorage) as db:
        storage = db.storage
        assert isinstance(storage, DayStorage)
        yield db.table(TABLE), storage


def _read(path: Path, convert: Convert[T], first: int) -> list[T]:
    with _opened(path) as (table, _):
        documents = sorted((one for one in table if one.doc_id >= first), key=lambda one: one.doc_id)
        return [convert(document) for document in documents]


def _merge(path: Path, items: list[Item], choose: Choose) -> int:
    with _opened(path) as (table, storage):
        changed = sum(
            _merge_day(table, day, list(group), choose) for day, group in groupby(items, key=lambda item: item.day)
        )
        storage.commit()
    return changed


def _merge_day(table: Table, day: date, items: list[Item], choose: Choose) -> int:
    document = table.get(doc_id=_number(day))
    kept = items_of(document) if isinstance(document, Document) else {}
    changed = 0
    for item in items:
        raw = choose(kept[item.id], item.raw) if item.id in kept else item.raw
        changed += item.id not in kept or bytes(raw) != bytes(kept[item.id])
        kept[item.id] = raw
    if changed:
        table.upsert(Document({"items": list_of(kept)}, _number(day)))
    return changed


def _drop(path: Path, item: Item) -> None:
    with _opened(path) as (table, storage):
        document = table.get(doc_id=_number(item.day))
        kept = items_of(document) if isinstance(document, Document) else {}
        kept.pop(item.id, None)
        table.upsert(Document({"items": list_of(kept)}, _number(item.day)))
        storage.commit()


def day_of(document: Document) -> date:
    """Return the day of a document."""
    return date.fromisoformat(str(document.doc_id))


def _number(day: date) -> int:
    """Return a day as TinyDB's document number: 20261122."""
    return day.year * 10_000 + day.month * 100 + day.day
