"""The log of reminders: what was due, what became of it, each slot once. One file a month."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Raw

from coach.records.daybook import DayBook
from coach.records.salvage import Item, item_of
from coach.records.shape import DamagedError

Entry = dict[str, Any]


class Ledger:
    """Entries ``{"id": …, "due": …, …}``; ``due`` is ISO 8601 with its offset, and stays what it was first."""

    def __init__(self, book: DayBook, lock: Callable[[], AbstractContextManager[None]]) -> None:
        """Keep the entries in ``book``."""
        self._book = book
        self._lock = lock

    def claim(self, entry: Entry) -> bool:
        """Keep ``entry`` and return True where none with its id was there; durable, and one winner over processes."""
        with self._lock():
            return self._book.put([_item(entry)], choose=lambda kept, given: kept) == 1

    def put(self, *entries: Entry) -> None:
        """Keep ``entries``; where an id is known, the given fields are laid over the kept ones."""
        with self._lock():
            self._book.put(map(_item, entries), choose=_laid_over)

    def entries(self, since: datetime | None = None) -> list[Entry]:
        """Return the entries due at or after ``since`` (None: all), in order of ``due``."""
        found = [entry for day in self._book.collect(_entries, since and since.date()) for entry in day]
        moments = [(datetime.fromisoformat(entry["due"]), index) for index, entry in enumerate(found)]
        return [found[index] for moment, index in sorted(moments) if since is None or moment >= since]


def _item(entry: Entry) -> Item:
    item = item_of(entry, "due")
    if item is None:
        raise ValueError(entry)
    return item


def _laid_over(kept: Raw, given: Raw) -> Raw:
    return Raw(msgspec.json.encode({**msgspec.json.decode(kept), **msgspec.json.decode(given)}))


def _entries(document: dict[str, Any]) -> list[Entry]:
    try:
        return [entry for entry in msgspec.json.decode(document["items"], type=list[Entry]) if _is_sound(entry)]
    except (KeyError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DamagedError(str(error)) from error


def _is_sound(entry: Entry) -> bool:
    try:
        return datetime.fromisoformat(entry["due"]).tzinfo is not None
    except (KeyError, TypeError, ValueError):
        return False
