"""The log of reminders: what was due, what became of it, each slot once. One file a month."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from msgspec import Raw

from coach.records.monthly_store import MonthlyStore
from coach.records.salvage import Item, canonical, item_of
from coach.records.shape import items_of, read
from coach.records.typed import is_sound

Entry = dict[str, Any]
_OUTCOMES = ("missed", "failed", "held", "shown", "skipped", "snoozed", "acted")
"""What can become of a reminder, from the least to the most."""


class DeliveryLog:
    """Entries ``{"id": …, "due": …, …}``; ``due`` is ISO 8601 with its offset, and stays what it was first."""

    def __init__(self, book: MonthlyStore, lock: Callable[[], AbstractContextManager[None]]) -> None:
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

    def merge(self, entries: Iterable[Entry]) -> int:
        """Lay another machine's entries in, in any order with the same end; return how many changed something."""
        with self._lock():
            return self._book.merge(map(_item, entries), choose=_further)

    def entries(self, since: datetime | None = None) -> list[Entry]:
        """Return the entries due at or after ``since`` (None: all), in order of ``due``, then of id."""
        found = [entry for day in self._book.collect(_entries, since and _day_before(since)) for entry in day]
        found.sort(key=lambda entry: (_due(entry), str(entry["id"])))
        return [entry for entry in found if since is None or _due(entry) >= since]


def _item(entry: Entry) -> Item:
    item = item_of(entry, "due")
    if item is None:
        raise ValueError(entry)
    return item


def _laid_over(kept: Raw, given: Raw) -> Raw:
    return Raw(msgspec.json.encode({**read(kept), **read(given)}))


def _day_before(moment: datetime) -> date:
    """Return a day early enough to hold all that is due from ``moment`` on, whatever the offsets they are told in."""
    return (moment - timedelta(days=1)).date()


def _due(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry["due"])


def _further(kept: Raw, given: Raw) -> Raw:
    """Choose the entry in which more became of the reminder; where it is the same, any, but always the same one."""
    return max(kept, given, key=lambda raw: (_rank(raw), canonical(raw)))


def _rank(raw: Raw) -> int:
    outcome = read(raw).get("outcome")
    return _OUTCOMES.index(outcome) if outcome in _OUTCOMES else -1


def _entries(document: dict[str, Any]) -> list[Entry]:
    found = [read(raw) for raw in items_of(document).values()]
    return [entry for entry in found if _is_sound(entry)]


def _is_sound(entry: Entry) -> bool:
    try:
        return is_sound(_due(entry))
    except (KeyError, TypeError, ValueError):
        return False
