"""The records and the settings of one person, kept so that nothing acknowledged is ever lost.

Every file is replaced whole, at once and for good; one writer at a time; each file has its last good copy beside it;
what is damaged is set aside and mended. TinyDB holds the records, a plain JSON document a day.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from coach import clock
from coach.clock import whole_minutes
from coach.domain.profile import Profile
from coach.domain.status.history import Background, CheckIn, History, Record
from coach.errors import CoachError
from coach.places import Places
from coach.plain import plain
from coach.records.copies import Copies, Kept, MergeItems
from coach.records.delivery_log import DeliveryLog, more_told
from coach.records.file_format import Item, Values, canonical, decode_items, decode_object, item_of
from coach.records.json_document import JsonDocument
from coach.records.lock import WriteLock
from coach.records.monthly_store import MonthlyStore
from coach.records.ownership import ForeignFileError
from coach.records.record_reader import RecordReader, read_back, with_whole_minutes
from coach.records.repair import Damage, DamageLog
from coach.records.safe_file import DamagedError, encoding_errors, make_folder, system_errors, write_private
from coach.records.settings import profile_of, repair_settings, values_of

__all__ = [
    "REACH", "Damage", "DeliveryLog", "Records", "encoding_errors", "make_folder", "new_id", "system_errors",
    "write_private",
]  # fmt: skip

T = TypeVar("T")
_UNFIT = "unfit"
"""The small document with the ids of records that cannot be understood."""
_AHEAD = "dated-ahead"
"""The small document with the ids of records that were dated in the future when they were first seen."""
REACH = "reach"
"""The small document that says: read everything, as a pause or a way back came from elsewhere."""
_MONTHS = "months"
"""The small document with the names of the files of records: one that is gone, with its copy, is a loss."""
_SETTINGS_FILES = 4
"""How many of the newest files of records are searched for the conditions that lost settings had."""


class _Ids(msgspec.Struct, frozen=True):
    ids: tuple[str, ...] = ()


def new_id() -> str:
    """Return a new opaque record id."""
    return os.urandom(8).hex()


class Records:
    """The one door to what is kept; every call reads and writes the files as they are now."""

    def __init__(self, where: Places) -> None:
        """Open nothing yet."""
        self.where = where
        self._log = DamageLog(where.data)
        self._write_lock = WriteLock(where.records_lock())
        self.has_kept = False
        """Whether something that the person entered was kept by this process."""
        self.write_failed = False
        """Whether the last attempt to write failed."""
        self._settings = JsonDocument(
            where.profile(), self._log, profile_of, repair_settings, Profile.__struct_fields__
        )
        self._state = JsonDocument(where.data / "state.json", self._log, _check_state, _repair_state)

    def locked(self) -> AbstractContextManager[None]:
        """Keep everybody else from writing: what is read within is still so when it is decided on and written."""
        return self._write_lock.held()

    @contextmanager
    def _writing(self, *, entered: bool = False) -> Iterator[None]:
        """Hold the lock while something is written; note how that went, and whether the person ``entered`` it."""
        self.write_failed = True
        with self.locked():
            yield
            self.write_failed = False
            self.has_kept |= entered

    def add(self, *records: Record) -> None:
        """Keep ``records``; on return they survive a kill and a power loss."""
        items = [_item(record) for record in records]
        with self._writing(entered=True):
            self._monthly.put(items)
        self._note_months()

    def take_in_copies(self) -> None:
        """Merge the second copies of our files that a program which carries folders left in them (``records.copies``).

        Where records came by it, whoever works out the status next looks through all of them: ``REACH`` says so, and
        before they are kept. A kill in between would leave them merged, the copy gone, and an old pause unread.
        """
        self._copies.take_in()

    def history(self, since: date | None = None) -> History:
        """Return what was recorded on or after ``since`` (None: all); only the months needed are read."""
        self.profile()  # takes in copies, and notes a loss of the settings before it is told when something was lost
        self._note_gone()
        reader = RecordReader()
        days = self._monthly.collect(reader.records, since)
        self._note_unreadable(reader.unreadable)
        history = History.of(record for day in days for record in day)
        ahead = self.state_as(_AHEAD, _Ids) or _Ids()
        return msgspec.structs.replace(history, lost_at=self._log.lost_at(), dated_ahead=frozenset(ahead.ids))

    def note_dated_ahead(self, ids: Iterable[str]) -> None:
        """Note for good that these records were dated in the future when they were first seen."""
        noted = self.state_as(_AHEAD, _Ids) or _Ids()
        self.keep_state(_AHEAD, {"ids": sorted({*noted.ids, *ids})})

    def recent(self, days: int, now: datetime) -> History:
        """Return the records of the last ``days`` days.

        Where there is no check-in in them, reach back to the ``days`` before the last one, and all the way where there
        never was one: an absence must not hide what was said before it.
        """
        history = self.history(now.date() - timedelta(days=days))
        if history.check_ins:
            return history
        # From the newest file back: most people's last check-in is in one of the first that are opened.
        last_day = self._monthly.latest(_check_in_day)
        return self.history(last_day and last_day - timedelta(days=days))

    def reach_to(self, day: date) -> bool:
        """Tell whether there are records of the month of ``day``, or of an earlier one; nothing is read."""
        return self._monthly.reaches_to(day)

    def first_day(self) -> date | None:
        """Return the day of the first check-in of all; None where there is none."""
        return self._monthly.earliest(_check_in_day)

    def everything(self) -> list[dict[str, Any]]:
        """Return every record of every kind, day by day, also those that this version does not know."""
        self.take_in_copies()
        days = self._monthly.collect(
            lambda document: [with_whole_minutes(decode_object(raw)) for raw in decode_items(document).values()]
        )
        return [record for day in days for record in day]

    def raw_records(self) -> list[bytes]:
        """Return every record as it stands in its file, undecoded."""
        self.take_in_copies()
        return self._monthly.raws()

    def merge(self, records: Iterable[dict[str, Any]]) -> int:
        """Keep another machine's records beside one's own; return how many were new or changed something.

        Where an id is known with another content, the end is the same whichever came first.
        """
        items = [item for record in records if (item := item_of(record, "at"))]
        return self._merge_items(items)

    def _merge_items(self, items: Iterable[Item], before: Callable[[], None] = lambda: None) -> int:
        def begin() -> None:
            before()
            self.write_failed = True  # until all of this is written, whatever else was meanwhile

        with self._writing():
            changed = self._monthly.merge(items, lambda old, new: max(old, new, key=canonical), begin)
        self._note_months()
        return changed

    def settings(self) -> dict[str, Any]:
        """Return the settings as they are kept, with what a newer version put there."""
        return values_of(self.profile(), self._values(self._settings))

    def replace_settings(self, values: dict[str, Any]) -> None:
        """Keep ``values`` as the settings, with what a newer version put there."""
        with self._writing():
            self._settings.write(values)

    def profile(self) -> Profile:
        """Return the settings; the defaults where none were made."""
        self.take_in_copies()
        values = self._values(self._settings)
        restored = self._restored(values)
        if restored is not values:
            with suppress(CoachError), self.locked():
                self._settings.write(restored)
        return profile_of(restored)

    def change_profile(self, change: Callable[[Profile], Profile]) -> Profile:
        """Read, change and keep the settings under the lock; return them as kept."""
        with self._writing(entered=True):
            # Read anew under the lock: what another window changed a moment ago stays.
            before = self._restored(self._settings.mend())
            profile = change(profile_of(before))
            self._settings.write(values_of(profile, before))
        return profile

    def state(self, name: str) -> dict[str, Any] | None:
        """Return the small document ``name`` (a session in progress, a pause of the reminders), None where none is."""
        document: dict[str, Any] | None = self._values(self._state).get(name)
        return document

    def state_as(self, name: str, kind: type[T]) -> T | None:
        """Return the small document ``name`` as a ``kind``; None where there is none, or another one.

        One of another kind was made by hand, or by a newer version: it is as if it had never been kept.
        """
        document = self.state(name)
        try:
            return None if document is None else msgspec.convert(document, kind)
        except msgspec.ValidationError:
            return None

    def keep_state(self, name: str, document: dict[str, Any]) -> None:
        """Keep the small document ``name``, for good on return."""
        with self._writing():
            # Read under the lock: another process may have kept another document since.
            self._state.write({**self._state.mend(), name: document})

    def clear_state(self, name: str) -> None:
        """Remove the small document ``name``."""
        with self._writing():
            before = self._state.mend()
            if before.pop(name, None) is not None:
                self._state.write(before)

    def delivery_log(self) -> DeliveryLog:
        """Return the log of reminders."""
        self.take_in_copies()
        return DeliveryLog(self._reminders, self.locked)

    def damage(self) -> tuple[Damage, ...]:
        """Return what was found damaged and not told yet."""
        return self._log.untold()

    def damage_told(self) -> None:
        """Note that the person was told."""
        self._log.mark_told()

    @cached_property
    def _copies(self) -> Copies:
        items: dict[str, tuple[str, MergeItems]] = {
            "records": ("at", lambda items: self._merge_items(items, self._note_unread)),
            "reminders": ("due", lambda items: self._reminders.merge(items, choose=more_told)),
        }
        doors = Kept(self.locked, items, self.change_profile, self._take_over_state, self._note_unread)
        return Copies(self.where, self._log, doors)

    def _note_unread(self) -> None:
        """Note that records come which nobody has looked through yet."""
        self.keep_state(REACH, {"noted": clock.now().isoformat(), "unread": True})

    def _take_over_state(self, values: Values) -> None:
        """Keep what another machine's small documents say that makes the status stricter, and where that one syncs.

        The rest is of its hour.
        """
        from coach.records.sync import TARGETS

        with suppress(msgspec.ValidationError):
            self.note_dated_ahead(msgspec.convert(values.get(_AHEAD, {}), _Ids).ids)
        if isinstance(targets := values.get(TARGETS), dict):
            self.keep_state(TARGETS, {**targets, **(self.state(TARGETS) or {})})

    @cached_property
    def _monthly(self) -> MonthlyStore:
        return MonthlyStore(self.where.data, "records", time_key="at", lock=self.locked, log=self._log)

    @cached_property
    def _reminders(self) -> MonthlyStore:
        return MonthlyStore(self.where.data, "reminders", time_key="due", lock=self.locked, log=self._log)

    def _restored(self, values: Values) -> Values:
        """Return settings that are gone as the records still know them; settings that were never made as they are.

        Whoever once told a condition has it in the records; what else was set is lost, and is asked again.
        """
        if "contexts" in values:
            return values
        background = self._monthly.latest(_background, most_files=_SETTINGS_FILES)
        if background is None:
            return values
        lost = Profile(
            contexts=background.contexts,
            contexts_known=False,
            baseline=background.baseline,
            side=background.side or "both",
        )
        file = self.where.profile().name
        if not any(damage.file == file for damage in self._log.untold()):  # what was damaged before was told in full
            restored = ("contexts", "baseline", *(("side",) if background.side else ()))
            fields = tuple(name for name in Profile.__struct_fields__ if name not in restored)
            self._log.note(Damage(file, "gone", clock.now(), lost=fields), lost=True)
        return values_of(lost, values)

    def _note_months(self) -> None:
        names = self._monthly.names()
        if (self.state_as(_MONTHS, _Ids) or _Ids()).ids != names:
            with suppress(CoachError):  # what was to be kept is kept; the next record notes this again
                self.keep_state(_MONTHS, {"ids": list(names)})

    def _note_gone(self) -> None:
        """Note, to be told once, that a file of records is gone with its copy: what it said is unknown."""
        before = (self.state_as(_MONTHS, _Ids) or _Ids()).ids
        names = self._monthly.names() if before else ()
        for name in before:
            if name not in names:
                self._log.note(Damage(name, "gone", clock.now()), lost=True)
        if not set(before) <= set(names):
            with suppress(CoachError):
                self.keep_state(_MONTHS, {"ids": list(names)})

    def _note_unreadable(self, ids: list[str]) -> None:
        """Note, to be told once, that these records could not be read: what they say is unknown."""
        noted = self.state_as(_UNFIT, _Ids) or _Ids()
        if set(ids) <= set(noted.ids):
            return
        with suppress(CoachError):
            self.keep_state(_UNFIT, {"ids": ids})
        self._log.note(Damage("records", "unfit", clock.now(), kept=len(ids)), lost=True)

    def _values(self, document: JsonDocument) -> Values:
        try:
            return document.read()
        except DamagedError:
            pass
        try:
            with self.locked():
                return document.mend()
        except ForeignFileError:
            raise
        except CoachError:  # nothing can be written here: go on with what is good, and mend another time
            return document.good()


def _item(record: Record) -> Item:
    """Return a record as it is kept; CoachError where nobody could read it again."""
    with encoding_errors():
        raw = msgspec.Raw(msgspec.json.encode(plain(record)))
    # What is acknowledged can be read: a sign that nobody reads again would be overlooked.
    if read_back(raw) != record:
        raise CoachError("records.error.unreadable", detail=f"{record.at} {record.id}")
    return Item(whole_minutes(record.at).date(), record.id, raw)


def _background(document: Values) -> Background | None:
    if b'"background"' not in bytes(document.get("items", b"")):
        return None
    records = RecordReader().records(document)
    return next((record for record in reversed(records) if isinstance(record, Background)), None)


def _check_in_day(document: Values) -> date | None:
    if b'"check-in"' not in bytes(document.get("items", b"")):
        return None  # the quick no, for most days of most years
    records = RecordReader().records(document)
    return max((record.at.date() for record in records if isinstance(record, CheckIn)), default=None)


def _check_state(values: Values) -> None:
    if not all(isinstance(document, dict) for name, document in values.items() if name != "schema"):
        raise DamagedError("a document is not an object")


def _repair_state(damaged: Values, copy: Values) -> Values:
    return {name: document for name, document in (*copy.items(), *damaged.items()) if isinstance(document, dict)}
