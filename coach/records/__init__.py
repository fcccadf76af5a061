"""The records and the settings of one person, kept so that nothing acknowledged is ever lost.

Every file is replaced whole, at once and for good; one writer at a time; each file has its last good copy beside it;
what is damaged is set aside and mended. TinyDB holds the records, a plain JSON document a day.
"""

import os
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

import msgspec

from coach import clock
from coach.domain.profile import Profile
from coach.domain.status.history import CheckIn, History, Record
from coach.errors import CoachError
from coach.places import Places
from coach.plain import plain
from coach.records.damage import Damage, DamageLog
from coach.records.delivery_log import DeliveryLog
from coach.records.json_document import JsonDocument
from coach.records.lock import locked
from coach.records.monthly_store import MonthlyStore
from coach.records.safe_file import make_folder, told_letters, told_plainly, write_private
from coach.records.salvage import Item, canonical, item_of
from coach.records.schema import DamagedError
from coach.records.settings import profile_of, repair, values_of
from coach.records.shape import items_of, read
from coach.records.typed import Typed

__all__ = ["Damage", "Ledger", "Records", "make_folder", "new_id", "told_plainly", "write_private"]

_UNFIT = "unfit"


def new_id() -> str:
    """Return a new opaque record id."""
    return os.urandom(8).hex()


class Records:
    """The one door to what is kept; every call reads and writes the files as they are now."""

    def __init__(self, where: Places) -> None:
        """Open nothing yet."""
        self.where = where
        self._log = DamageLog(where.data)
        self._settings = JsonDocument(where.profile(), self._log, profile_of, repair)
        self._state = JsonDocument(where.data / "state.json", self._log, _check_state, _repair_state)

    def add(self, *records: Record) -> None:
        """Keep ``records``; on return they survive a kill and a power loss."""
        with told_letters():
            items = [
                Item(record.at.date(), record.id, msgspec.Raw(msgspec.json.encode(plain(record)))) for record in records
            ]
        with self._lock():
            self._book.put(items)

    def history(self, since: date | None = None) -> History:
        """Return what was recorded on or after ``since`` (None: all); only the months needed are read."""
        typed = Typed()
        days = self._book.collect(typed.records, since)
        self._note_unfit(typed.unfit)
        history = History.of(record for day in days for record in day)
        return msgspec.structs.replace(history, lost_at=self._log.lost_at())

    def recent(self, days: int, now: datetime) -> History:
        """Return the records of the last ``days`` days.

        Where there is no check-in in them, reach back to the ``days`` before the last one, and all the way where there
        never was one: an absence must not hide what was said before it.
        """
        history = self.history(now.date() - timedelta(days=days))
        if history.check_ins:
            return history
        last = self._book.latest(_check_in_day)
        return self.history(last and last - timedelta(days=days))

    def reach_to(self, day: date) -> bool:
        """Tell whether there are records of the month of ``day``, or of an earlier one; nothing is read."""
        return self._book.reaches_to(day)

    def first_day(self) -> date | None:
        """Return the day of the first check-in of all; None where there is none."""
        return self._book.earliest(_check_in_day)

    def everything(self) -> list[dict[str, Any]]:
        """Return every record of every kind as it is kept, day by day."""
        days = self._book.collect(lambda document: [read(raw) for raw in items_of(document).values()])
        return [record for day in days for record in day]

    def merge(self, records: Iterable[dict[str, Any]]) -> int:
        """Keep another machine's records beside one's own; return how many were new or changed something.

        Where an id is known with another content, the end is the same whichever came first.
        """
        items = [item for record in records if (item := item_of(record, "at"))]
        with self._lock():
            return self._book.merge(items, choose=lambda kept, given: max(kept, given, key=canonical))

    def settings(self) -> dict[str, Any]:
        """Return the settings as they are kept, with what a newer version put there."""
        return values_of(self.profile(), self._values(self._settings))

    def take_settings(self, values: dict[str, Any]) -> None:
        """Keep ``values`` as the settings, with what a newer version put there."""
        with self._lock():
            self._settings.write(values)

    def profile(self) -> Profile:
        """Return the settings; the defaults where none were made."""
        return profile_of(self._values(self._settings))

    def change_profile(self, change: Callable[[Profile], Profile]) -> Profile:
        """Read, change and keep the settings under the lock; return them as kept."""
        with self._lock():
            before = self._settings.mend()
            profile = change(profile_of(before))
            self._settings.write(values_of(profile, before))
            return profile

    def state(self, name: str) -> dict[str, Any] | None:
        """Return the small document ``name`` (a session in progress, a pause of the reminders), None where none is."""
        found: dict[str, Any] | None = self._values(self._state).get(name)
        return found

    def keep_state(self, name: str, document: dict[str, Any]) -> None:
        """Keep the small document ``name``, for good on return."""
        with self._lock():
            self._state.write({**self._state.mend(), name: document})

    def clear_state(self, name: str) -> None:
        """Let go of the small document ``name``."""
        with self._lock():
            before = self._state.mend()
            if before.pop(name, None) is not None:
                self._state.write(before)

    def ledger(self) -> DeliveryLog:
        """Return the log of reminders."""
        return DeliveryLog(self._reminders, self._lock)

    def damage(self) -> tuple[Damage, ...]:
        """Return what was found damaged and not told yet."""
        return self._log.untold()

    def damage_told(self) -> None:
        """Note that the person was told."""
        self._log.told()

    @cached_property
    def _book(self) -> MonthlyStore:
        return MonthlyStore(self.where.data, "records", moment="at", lock=self._lock, log=self._log)

    @cached_property
    def _reminders(self) -> MonthlyStore:
        return MonthlyStore(self.where.data, "reminders", moment="due", lock=self._lock, log=self._log)

    def _lock(self) -> AbstractContextManager[None]:
        return locked(self.where.data / "records.lock")

    def _note_unfit(self, ids: list[str]) -> None:
        """Note, to be told once, that these records could not be read: what they say is unknown."""
        if not ids or set(ids) <= set((known := self._values(self._state).get(_UNFIT, {})).get("ids", ())):
            return
        with suppress(CoachError):
            self.keep_state(_UNFIT, {**known, "ids": ids})
        self._log.note(Damage("records", "unfit", clock.now(), None, len(ids)), lost=True)

    def _values(self, sheet: JsonDocument) -> dict[str, Any]:
        try:
            return sheet.read()
        except DamagedError:
            pass
        try:
            with self._lock():
                return sheet.mend()
        except CoachError:  # nothing can be written here: go on with what is good, and mend another time
            return sheet.good()


def _check_in_day(document: dict[str, Any]) -> date | None:
    if b'"check-in"' not in bytes(document.get("items", b"")):
        return None  # the quick no, for most days of most years
    return max((one.at.date() for one in Typed().records(document) if isinstance(one, CheckIn)), default=None)


def _check_state(values: dict[str, Any]) -> None:
    if not all(isinstance(document, dict) for name, document in values.items() if name != "schema"):
        raise DamagedError("a document is not an object")


def _repair_state(found: dict[str, Any], copy: dict[str, Any]) -> dict[str, Any]:
    return {name: document for name, document in (*copy.items(), *found.items()) if isinstance(document, dict)}
