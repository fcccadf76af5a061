"""Entries that were changed, taken out, or told of another day: what the diary shows, and what decisions rest on.

A change is a record of its own (``Edited``, ``Deleted``, ``Undone``) that names another, so that machines come to the
same in whatever order they merge. What is **shown** has every change. What **decides** has a change only as a
correction, within 24 hours of the first record of the entry. Later nothing that was told is taken away; then, and for
another day, what was said is taken as if it had been said at its time, but only as far as it makes today stricter:

- an entry changed later counts as it was, and a second time as it is now, only where that is stricter;
- an entry taken out later softens nothing any more (no calm check-in, no visit), and its pauses and bars stay;
- a check-in that tells of another day never answers, never calms, and ends nothing.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

import msgspec
from msgspec.structs import replace

from coach.domain.status.carried_answers import CORRECTABLE, Chain, EffectiveCheckIn, applied, chains
from coach.domain.status.history import Change, CheckIn, Deleted, Edited, History, Record, Undone
from coach.domain.status.wall_clock import resolve

_END_OF_DAY = time(23, 59)
"""When a day is told of that was named without a time: after all that was said on it."""


class Deciding(msgspec.Struct, frozen=True):
    """The records that decide: the stricter of both readings counts."""

    as_told: History
    """As it was told, with corrections of the first 24 hours."""
    cautious: History | None
    """With all that was changed later or told of another day, as far as it is stricter; None: there is nothing such."""


class Entry(msgspec.Struct, frozen=True):
    """One check-in of the diary, with all that was said of it."""

    id: str
    """Of its first record, which no change alters."""
    made_at: datetime
    """When it was told first; a check-in of another day is shown on that day."""
    versions: tuple[CheckIn, ...]
    """As it was told, and after each change, those taken back too; the last is what is shown."""
    ids: frozenset[str]
    """The ids of all its records."""
    edited: bool = False
    """Whether it was changed otherwise than by a correction."""
    deleted: bool = False

    @property
    def current(self) -> CheckIn:
        """Return the check-in as it is shown."""
        return self.versions[-1]


def moment_of(check_in: CheckIn, now: datetime | None = None) -> datetime:
    """Return the moment that a check-in tells of: when it was made, or the end of the day that it names.

    With ``now`` a moment that lies on that day in this place too.
    """
    if not tells_of_another_day(check_in) or check_in.day is None:
        return check_in.at
    end = datetime.combine(check_in.day, _END_OF_DAY)
    told_in = end.replace(tzinfo=check_in.at.tzinfo)
    # A day before a change of the clocks has another offset than the day on which it was told of: of both ends the
    # earlier, as the later may be the next day here.
    return told_in if now is None else min(told_in, resolve(end, now.tzinfo))


def tells_of_another_day(check_in: CheckIn) -> bool:
    """Tell whether a check-in names another day than that on which it was made."""
    return check_in.day is not None and check_in.day != check_in.at.date()


def there_now(history: History, now: datetime) -> Iterator[EffectiveCheckIn]:
    """Yield the check-ins that were not taken out, with corrections and changes applied."""
    undone = {undo.of for undo in history.undos}
    deleted = {deletion.of for deletion in history.deletions if deletion.id not in undone}
    edits = [edit for edit in history.edits if edit.id not in undone]
    for chain in chains(history.check_ins, now, history.dated_ahead, edits).values():
        if deleted.isdisjoint(record.id for record in chain):
            yield applied(chain)


def entries(history: History) -> Iterator[Entry]:
    """Yield every check-in with its corrections and changes, those taken out too."""
    undone = {undo.of for undo in history.undos}
    deleted = {deletion.of for deletion in history.deletions if deletion.id not in undone}
    for root_id, chain in chains(history.check_ins, edits=history.edits).items():
        ids = frozenset(record.id for record in chain)
        versions = tuple(_as_shown(version, root_id) for version in _versions(chain, history.undos))
        edited = any(isinstance(record, Edited) and record.id not in undone for record in chain)
        yield Entry(root_id, chain[0].at, versions, ids, edited, deleted=not deleted.isdisjoint(ids))


def _versions(chain: Chain, undos: Iterable[Undone]) -> Iterator[EffectiveCheckIn]:
    """Yield a check-in as it was told, and after each correction, change and undoing, in order of time."""
    of_chain = {record.id for record in chain}
    points: list[CheckIn | Edited | Undone] = [*chain[1:], *(undo for undo in undos if undo.of in of_chain)]
    there, undone = chain[:1], set[str]()
    yield applied(there)
    for point in sorted(points, key=_place):
        if isinstance(point, Undone):
            undone.add(point.of)
        else:
            there.append(point)
        yield applied([record for record in there if record.id not in undone])


def _as_shown(version: EffectiveCheckIn, root_id: str) -> CheckIn:
    check_in = replace(version.check_in, id=root_id, at=version.at, corrects=None)
    if not tells_of_another_day(check_in):
        return check_in
    return replace(check_in, at=moment_of(check_in), told=None)  # on that day, nothing was told


def shown(history: History) -> History:
    """Return what the diary shows: every change made, what was taken out left out, each check-in on its day."""
    if not _has_changes(history):
        return history
    undone = {undo.of for undo in history.undos}
    gone = {deletion.of for deletion in history.deletions if deletion.id not in undone}
    check_ins = (entry.current for entry in entries(history) if not entry.deleted)
    others = (record for record in history.records() if not isinstance(record, CheckIn | Change))
    return _with_records(history, [*check_ins, *(record for record in others if record.id not in gone)])


def _has_changes(history: History) -> bool:
    changes = history.edits or history.deletions or history.undos
    return bool(changes) or any(check_in.day is not None for check_in in history.check_ins)


def _with_records(history: History, records: Iterable[Record]) -> History:
    return replace(History.of(records), lost_at=history.lost_at, dated_ahead=history.dated_ahead)


def deciding(history: History, now: datetime) -> Deciding:
    """Return the records that decide at ``now``."""
    return _Reading(history, now).result() if _has_changes(history) else Deciding(history, None)


class _Reading:
    """Reads the changes of one history."""

    def __init__(self, history: History, now: datetime) -> None:
        self._history = history
        self._now = now
        self._undos: dict[str, list[Undone]] = {}
        for undo in history.undos:
            if not self._is_ahead(undo):
                self._undos.setdefault(undo.of, []).append(undo)
        self._deletions: dict[str, list[Deleted]] = {}
        for deletion in history.deletions:
            if deletion.id not in self._undos:
                self._deletions.setdefault(deletion.of, []).append(deletion)
        self._told: list[Record] = []
        self._later: list[CheckIn] = []
        """What was said later, each as a check-in of its own at its time."""
        self._softens_not: set[str] = set()

    def result(self) -> Deciding:
        """Return both readings."""
        self._read_check_ins()
        self._read_others()
        as_told = _with_records(self._history, self._told)
        if not self._later and not self._softens_not:
            return Deciding(as_told, None)
        only_stricter = self._softens_not | {check_in.id for check_in in self._later}
        cautious = _with_records(self._history, [*self._told, *self._later])
        return Deciding(as_told, replace(cautious, only_stricter=frozenset(only_stricter)))

    def _read_check_ins(self) -> None:
        history = self._history
        edits: dict[str, list[Edited]] = {}
        by_root = chains(history.check_ins, self._now, history.dated_ahead)
        root_of = {record.id: root_id for root_id, chain in by_root.items() for record in chain}
        for edit in history.edits:
            # What it changes may still be on another machine, and come with the next sync.
            if edit.of in root_of:
                edits.setdefault(root_of[edit.of], []).append(edit)
        for root_id, chain in by_root.items():
            self._read_entry(chain, edits.get(root_id, []))

    def _read_entry(self, chain: Chain, edits: list[Edited]) -> None:
        root = chain[0]
        early = [edit for edit in edits if self._in_time(edit, root) and not self._undone_in_time(edit, root)]
        as_told = applied(_in_order([*chain, *early]))
        deletions = [deletion for record in (*chain, *edits) for deletion in self._deletions.get(record.id, ())]
        removals = [_place(deletion) for deletion in deletions if self._in_time(deletion, root)]
        self._later += self._later_versions(chain, edits, early, root)
        if removals:
            if max(map(_place, (*chain, *early))) > min(removals):  # said on another machine after it was taken out
                self._later.append(_at_its_time(as_told.check_in, as_told.check_in.id, as_told.at, self._now))
        elif tells_of_another_day(replace(as_told.check_in, at=as_told.at)):
            # Said afterwards, it may tighten what stands now; what was decided on that day it cannot mend.
            self._later.append(_at_its_time(as_told.check_in, as_told.check_in.id, as_told.at, self._now))
        else:
            self._told += (*chain, *early)
            self._softens_not |= as_told.ids if deletions else set()

    def _later_versions(
        self, chain: Chain, edits: list[Edited], early: list[Edited], root: CheckIn | Edited
    ) -> Iterator[CheckIn]:
        """Yield the entry after each change that came too late to be a correction."""
        # A change taken back at once was a slip of the hand, and tells nothing of the knee.
        late = [edit for edit in edits if not self._in_time(edit, root) and not self._undone_soon(edit)]
        undos = [undo for edit in early for undo in self._undos.get(edit.id, ())]
        points: list[Edited | Undone] = [*late, *undos]
        for point in sorted(points, key=_place):
            undone = {undo.of for undo in undos if _place(undo) <= _place(point)}
            there = [edit for edit in early if edit.id not in undone]
            there += [edit for edit in late if _place(edit) <= _place(point)]
            version = applied(_in_order([*chain, *there]))
            yield _at_its_time(version.check_in, point.id, version.at, self._now)

    def _read_others(self) -> None:
        for record in self._history.records():
            if isinstance(record, CheckIn | Change):
                continue
            deletions = self._deletions.get(record.id, ())
            if not any(self._in_time(deletion, record) for deletion in deletions):
                self._told.append(record)
                self._softens_not |= {record.id} if deletions else set()

    def _in_time(self, change: Change, first: Record) -> bool:
        """Tell whether a change counts as a correction of an entry that begins with ``first``."""
        if self._is_ahead(change):
            return False
        if self._is_ahead(first) and change.at < first.at:
            return True  # a wrong date can be mended before its time, as by a correction
        return timedelta(0) <= change.at - first.at <= CORRECTABLE

    def _undone_in_time(self, edit: Edited, first: Record) -> bool:
        return any(self._in_time(undo, first) for undo in self._undos.get(edit.id, ()))

    def _undone_soon(self, edit: Edited) -> bool:
        """Tell whether a late change was itself a slip, taken back within 24 hours."""
        return any(undo.at - edit.at <= CORRECTABLE for undo in self._undos.get(edit.id, ()))

    def _is_ahead(self, record: Record) -> bool:
        return record.at > self._now or record.id in self._history.dated_ahead


def _at_its_time(check_in: CheckIn, record_id: str, at: datetime, now: datetime) -> CheckIn:
    """Return a check-in as one that nothing corrects, at the moment that it tells of."""
    alone = replace(check_in, id=record_id, at=at, corrects=None)
    return replace(alone, at=moment_of(alone, now), day=None)


def _in_order(chain: Chain) -> Chain:
    """Return the first record, then what corrects and changes it, in order of time."""
    # The first stays first: a date in the future is mended by a record with an earlier one.
    return [chain[0], *sorted(chain[1:], key=_place)]


def _place(record: Record) -> tuple[datetime, str]:
    # Machines may write in the same second: the id decides, and everywhere alike.
    return record.at, record.id
