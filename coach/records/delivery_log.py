"""The log of reminders: what was due, what became of it, each slot once. One file a month."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from msgspec import Raw

from coach.errors import CoachError
from coach.records.file_format import Item, canonical, decode_items, decode_object, is_plausible, item_of
from coach.records.monthly_store import MonthlyStore

Entry = dict[str, Any]
_OUTCOMES = ("missed", "failed", "held", "shown", "skipped", "snoozed", "acted")
"""What can become of a reminder, from the least to the most."""


class DeliveryLog:
    """Entries ``{"id": …, "due": …, …}``; ``due`` is ISO 8601 with its offset, and stays what it was first."""

    def __init__(self, store: MonthlyStore, lock: Callable[[], AbstractContextManager[None]]) -> None:
        """Keep the entries in ``store``."""
        self._store = store
        self._lock = lock

    def claim(self, entry: Entry) -> bool:
        """Keep ``entry`` and return True where none with its id was there; durable, and one winner over processes."""
        with self._lock():
            # Who came first keeps it; that nothing changed tells the second that the slot is taken.
            return self._store.put([_item(entry)], choose=lambda old, new: old) == 1

    def put(self, *entries: Entry) -> None:
        """Keep ``entries``; where an id is known, the new fields replace those of the same name."""
        with self._lock():
            self._store.put(map(_item, entries), choose=_updated)

    def merge(self, entries: Iterable[Entry]) -> int:
        """Merge another machine's entries, in any order with the same end; return how many changed something."""
        with self._lock():
            return self._store.merge(map(_item, entries), choose=more_told)

    def raw_entries(self) -> list[bytes]:
        """Return every entry as it stands in its file, undecoded."""
        return self._store.raws()

    def entries(self, since: datetime | None = None) -> list[Entry]:
        """Return the entries due at or after ``since`` (None: all), in order of ``due``, then of id."""
        entries = [entry for day in self._store.collect(_entries, since and _day_before(since)) for entry in day]
        # By the moment, as texts with other offsets sort otherwise; then by id, so that the order is always the same.
        entries.sort(key=lambda entry: (_due(entry), str(entry["id"])))
        return [entry for entry in entries if since is None or _due(entry) >= since]


def _item(entry: Entry) -> Item:
    item = item_of(entry, "due")
    if item is None or not _is_plausible(decode_object(item.raw)):
        raise CoachError("records.error.unreadable", detail=f"{entry.get('due')} {entry.get('id')}")
    return item


def _updated(old: Raw, new: Raw) -> Raw:
    # Field by field: what a newer version noted beside ours stays.
    return Raw(msgspec.json.encode({**decode_object(old), **decode_object(new)}))


def _day_before(moment: datetime) -> date:
    """Return a day early enough to hold all that is due from ``moment`` on, whatever the offsets they are told in."""
    return (moment - timedelta(days=1)).date()


def _due(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry["due"])


def more_told(old: Raw, new: Raw) -> Raw:
    """Choose the entry in which more became of the reminder; where it is the same, any, but always the same one."""
    return max(old, new, key=lambda raw: (_rank(raw), canonical(raw)))


def _rank(raw: Raw) -> int:
    outcome = decode_object(raw).get("outcome")
    return _OUTCOMES.index(outcome) if outcome in _OUTCOMES else -1


def _entries(document: dict[str, Any]) -> list[Entry]:
    entries = [decode_object(raw) for raw in decode_items(document).values()]
    return [entry for entry in entries if _is_plausible(entry)]


def _is_plausible(entry: Entry) -> bool:
    try:
        return is_plausible(_due(entry))
    except (KeyError, TypeError, ValueError):
        return False
