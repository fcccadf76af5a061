"""Changing the diary: an entry changed, taken out, or brought back; each is a record of its own."""

import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from msgspec.structs import replace

from coach.actions.status.current import note_merged, recent
from coach.actions.triage.check_in import NewAnswers, with_own_words
from coach.domain.goals import tidy
from coach.domain.ice import Icing, icings
from coach.domain.status.diary import Entry, entries, shown
from coach.domain.status.history import (
    Background,
    Change,
    CheckIn,
    Deleted,
    Edited,
    HabitDay,
    History,
    Ice,
    IceEnd,
    Missed,
    PainName,
    Record,
    Seen,
    Undone,
)
from coach.domain.status.status import Status, current_status
from coach.domain.triage.answers import Answers, Tri, side_of
from coach.errors import CoachError, UsageError
from coach.home import Home, exclusive
from coach.words.shown import shown as printable

DAYS_BACK = 60
"""How far back a check-in may tell of another day: what lies longer ago is told from memory of a memory."""
READ_BEFORE = 90
"""Days before those asked for that are read too."""
_NO_TIME = datetime.max.replace(tzinfo=UTC)
YESTERDAY, TODAY = "yesterday", "today"


class DiaryChange(msgspec.Struct, frozen=True):
    """What was done to the diary, and how things stand with it."""

    record: Edited | Deleted | Undone
    entry: Record | None
    """The entry as it is shown now; None: taken out."""
    status: Status
    from_words: tuple[str, ...] = ()
    """The signs that a new note names, and that count as unsure."""


def day_of(word: str, today: date, earliest: date | None = None) -> date:
    """Return the day that ``word`` names: ``yesterday``, ``today`` or a date; UsageError where none can be told of."""
    text = unicodedata.normalize("NFKC", word).strip().casefold()
    try:
        day = {YESTERDAY: today - timedelta(days=1), TODAY: today}.get(text) or date.fromisoformat(text)
    except ValueError as error:
        raise UsageError("diary.error.no-day", day=printable(word)) from error
    if day > today:
        raise UsageError("diary.error.future", day=day)
    if day < (earliest or today - timedelta(days=DAYS_BACK)):
        raise UsageError("diary.error.too-old", day=day, n=DAYS_BACK)
    return day


class DayEntry(msgspec.Struct, frozen=True):
    """One entry of a day, as the diary shows it; also one that was taken out, so that it can be brought back."""

    id: str
    record: Record | Icing
    """A check-in is as it is now."""
    at: datetime | None
    """When it was; None for a day that was told of later."""
    edited: bool = False
    deleted: bool = False


def day_entries(home: Home, day: date) -> tuple[DayEntry, ...]:
    """Return the entries of one day in order of time."""
    # A check-in of the time before may have been moved to this day.
    history = home.records.history(day - timedelta(days=READ_BEFORE))
    there = {record.id for record in shown(history).records()}
    day_list = [
        DayEntry(entry.id, now, None if now.day else now.at, entry.edited, entry.deleted)
        for entry in entries(history)
        if (now := entry.current).at.date() == day
    ]
    icing = {each.ice.id: each for each in icings(history)}
    for record in _others(history):
        told_of = record.day if isinstance(record, HabitDay | Missed) else record.at.date()
        if told_of == day and (not isinstance(record, Ice) or record.id in icing):
            at = record.at if record.at.date() == day else None
            day_list.append(DayEntry(record.id, icing.get(record.id, record), at, deleted=record.id not in there))
    return tuple(sorted(day_list, key=lambda entry: (entry.at is None, entry.at or _NO_TIME, entry.id)))


def find(home: Home, entry_id: str) -> Record:
    """Return the entry of an id as the diary shows it; CoachError where there is none, or where it was taken out."""
    history = home.records.history()
    entry = _entry(history, entry_id)
    if entry is not None:
        if entry.deleted:
            raise CoachError("diary.error.deleted", id=printable(entry_id))
        return entry.current
    record = next((record for record in _others(shown(history)) if record.id == entry_id), None)
    if record is None:
        gone = any(record.id == entry_id for record in _others(history))
        raise CoachError("diary.error.deleted" if gone else "diary.error.no-such", id=printable(entry_id))
    return record


@exclusive
def edit(home: Home, entry_id: str, new: NewAnswers, taken_back: tuple[PainName, ...], now: datetime) -> DiaryChange:
    """Change what ``new`` names in a check-in of any age; ``taken_back`` are numbers that were never meant."""
    from coach.records import new_id

    check_in = find(home, entry_id)
    if not isinstance(check_in, CheckIn):
        raise UsageError("diary.error.no-check-in", id=printable(entry_id))
    if new == NewAnswers() and not taken_back:
        raise UsageError("diary.error.nothing")
    new = with_own_words(new, home.content)
    unsure = tuple(sign for sign in new.from_words if check_in.answers.signs.get(sign) != "yes")
    signs = _signs(home, new, unsure)
    of_none = new.none_of_the_signs
    record = Edited(
        id=new_id(),
        at=now,
        of=check_in.id,
        answers=Answers(
            pain=replace(new.pain, baseline=None),
            quality=new.quality,
            when=new.when,
            sharp=new.sharp or ("no" if of_none else None),
            hot=new.hot or ("no" if of_none else None),
            signs=signs,
            context=new.context or (),
            side=new.side or side_of(new.knees),
            knees=new.knees,
        ),
        asked=tuple(signs),
        taken_back=taken_back,
        note=new.note,
        medicine=None if new.medicine is None else tidy(new.medicine),
        goals=new.goals,
        day=new.day,
    )
    return _saved(home, record, now, new.from_words)


def _signs(home: Home, new: NewAnswers, unsure: tuple[str, ...]) -> dict[str, Tri]:
    """Return the signs that a change names, those of its words and of an answer for all among them."""
    book = home.content.rules
    listed: dict[str, Tri] = {}
    if answer := "no" if new.none_of_the_signs else new.other_signs:
        listed = {sign: answer for sign in book.signs if answer != "no" or sign not in book.yearly}
    return {**listed, **dict.fromkeys(unsure, "unsure"), **new.signs}


@exclusive
def delete(home: Home, entry_id: str, now: datetime) -> DiaryChange:
    """Take one entry out of the diary."""
    from coach.records import new_id

    entry = find(home, entry_id)
    if isinstance(entry, Seen) and entry.baseline is not None:
        _lower_baseline(home, entry)
    return _saved(home, Deleted(id=new_id(), at=now, of=entry.id), now)


def _lower_baseline(home: Home, visit: Seen) -> None:
    """Take back the usual pain that a visit raised: without the visit, the lower of then and now counts."""
    before = [noted.baseline for noted in home.records.history().backgrounds if noted.at < visit.at]
    baselines = [points for points in (*before[-1:], home.profile.baseline) if points is not None]
    home.records.change_profile(lambda old: replace(old, baseline=min(baselines, default=None)))


@exclusive
def undo(home: Home, changed_id: str, now: datetime) -> DiaryChange:
    """Take back the last change of an entry, named by the id of either; CoachError where there is none."""
    from coach.records import new_id

    history = home.records.history()
    undone = {undone.of for undone in history.undos}
    entry = _entry(history, changed_id)
    names = entry.ids if entry else {changed_id}
    changes: list[Edited | Deleted] = [*history.edits, *history.deletions]
    changes = [change for change in changes if change.id not in undone and not names.isdisjoint((change.id, change.of))]
    if not changes:
        raise CoachError("diary.error.nothing-to-undo", id=printable(changed_id))
    latest = max(changes, key=lambda change: (change.at, change.id))
    visit = next((visit for visit in history.seens if visit.id == latest.of and visit.baseline is not None), None)
    if visit is not None and visit is history.seens[-1]:
        home.records.change_profile(lambda old: replace(old, baseline=visit.baseline))
    return _saved(home, Undone(id=new_id(), at=now, of=latest.id), now)


def _saved(
    home: Home, record: Edited | Deleted | Undone, now: datetime, from_words: tuple[str, ...] = ()
) -> DiaryChange:
    home.records.add(record)
    # An entry of any age may have changed: what it begins must be read on, however old it is.
    note_merged(home, now)
    status = current_status(recent(home, now), home.profile, home.content.rules, now)
    return DiaryChange(record, _entry_now(home, record), status, from_words)


def _entry_now(home: Home, record: Edited | Deleted | Undone) -> Record | None:
    history = home.records.history()
    changes: list[Edited | Deleted] = [*history.edits, *history.deletions]
    undone = next((change for change in changes if change.id == record.of), None)
    entry_id = undone.of if undone else record.of
    try:
        return find(home, entry_id)
    except CoachError:
        return None


def _entry(history: History, entry_id: str) -> Entry | None:
    return next((entry for entry in entries(history) if entry_id in entry.ids), None)


def _others(history: History) -> list[Record]:
    """Return the records that stand in the diary as entries, without the check-ins."""
    kinds: Any = CheckIn | Background | IceEnd | Change
    return [record for record in history.records() if not isinstance(record, kinds)]
