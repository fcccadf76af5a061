"""Second copies of the program's own files, as a carried folder comes to hold them: merged, told once, and removed.

A sign that stands in such a copy alone was told by the person, on another machine. It must be known here before
anything is decided; so whoever reads the records has the copies merged first.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from coach import clock
from coach.domain.profile import Profile, stricter
from coach.errors import CoachError
from coach.places import Places
from coach.records.conflict_copy import CopyFinder, is_settled
from coach.records.file_format import TABLE, Item, Values, decode_days, decode_items, decode_object, decode_readable
from coach.records.ownership import FILES, check_of
from coach.records.repair import Damage, DamageLog, damage_of, salvage, set_aside
from coach.records.safe_file import DamagedError, NotRegularFileError, read_private
from coach.records.settings import profile_of, repair_settings, values_of

_NAMES = r"(?:(records|reminders)-\d{4}-\d\d|(profile)|(state)|(damage))\.json(\.bak)?"
_STRICTER = ("contexts", "contexts_known", "baseline", "onset", "ice_conditions", "person", "set_up", "schema")
"""The settings that are merged; of all others those of the file itself stay."""


MergeItems = Callable[[Iterable[Item]], int]
"""Merges items by id, in any order with the same end; returns how many changed something."""


class Kept(msgspec.Struct, frozen=True):
    """The doors through which what a copy holds is kept; each returns once it is durable."""

    lock: Callable[[], AbstractContextManager[None]]
    items: dict[str, tuple[str, MergeItems]]
    """For files of records and of the log of reminders: the key of an item's time, and what merges items."""
    change_profile: Callable[[Callable[[Profile], Profile]], Profile]
    state: Callable[[Values], None]
    note_unread: Callable[[], None]
    """Notes, before settings change, that what decisions rest on was not looked at with them yet."""


class _ForeignError(Exception):
    """The file has the name of a copy of ours, and is none."""


class _UnsettledError(Exception):
    """The file may still be on its way."""


class Copies:
    """Merges copies as they come; each is read again only when it changed."""

    def __init__(self, where: Places, log: DamageLog, keep: Kept) -> None:
        """Look for copies in the folders of ``where``, and tell ``log`` of each."""
        self._finder = CopyFinder(where.data, where.config)
        self._log = log
        self._keep = keep
        self._passed: set[tuple[str, int, int]] = set()
        """Those that stay: another program's, and those that nothing here can be written for."""

    def take_in(self) -> None:
        """Merge what there is and remove it after that. Raises nothing."""
        for path, original in self._finder.copies():
            self._take(path, original)

    def _take(self, path: Path, original: str) -> None:
        match = re.fullmatch(_NAMES, original)
        if match is None:
            return
        with suppress(OSError):
            status = path.lstat()
            if (state := (str(path), status.st_mtime_ns, status.st_size)) in self._passed:
                return
            kind = next(group for group in match.groups() if group)
            try:
                with self._keep.lock():
                    self._merge(path, kind, is_backup=bool(match[5]))
            except _ForeignError:
                self._passed.add(state)
                self._log.note_once(Damage(path.name, "foreign", clock.now()))
            except _UnsettledError:
                pass
            except CoachError:  # nothing can be written here: what the copy says is unknown, until it can
                self._passed.add(state)
                self._log.remember(Damage(path.name, "unmerged", clock.now()), lost=True)

    def _merge(self, path: Path, kind: str, *, is_backup: bool) -> None:
        try:
            data = read_private(path)
        except NotRegularFileError as error:
            raise _ForeignError from error
        if data is None:  # another process has merged it while this one waited for the lock
            return
        whole = _is_whole(data, path)
        merged, new, leaves_more = self._content(data, kind)
        if not whole and not is_settled(path):
            raise _UnsettledError  # what is whole in it is kept by now; the rest may still come
        aside = set_aside(path) if leaves_more or not whole else None
        if merged or not whole or not is_backup:
            self._log.note(
                Damage(path.name, "copied" if whole else "copy-damaged", clock.now(), aside, new), lost=not whole
            )
        # Not waited for: a copy that a power loss brings back is merged again, and changes nothing.
        path.unlink(missing_ok=True)

    def _content(self, data: bytes, kind: str) -> tuple[bool, int, bool]:
        """Keep what a copy holds; return whether that changed anything, how many entries, and whether more is in it."""
        if kind in self._keep.items:
            time_key, merge = self._keep.items[kind]
            new = merge(_items(data, time_key))
            return new > 0, new, False
        values = decode_readable(data).values
        if kind == "profile":
            return self._settings(values)
        if kind == "damage":
            self._log.take_over(data)
        else:
            self._keep.state(values)
        return False, 0, False

    def _settings(self, values: Values) -> tuple[bool, int, bool]:
        there = profile_of(repair_settings(values, {}))
        before: list[Profile] = []

        def merged(here: Profile) -> Profile:
            before.append(here)
            base = there if there.set_up and not here.set_up else here
            people = [person for person in (here.person, there.person) if person]
            profile = replace(stricter(stricter(base, here), there), person=min(people, default=None))
            if profile != here:
                self._keep.note_unread()
            return profile

        after = self._keep.change_profile(merged)
        ours, theirs = values_of(after, {}), values_of(there, values)
        differs = any(ours.get(name) != value for name, value in theirs.items() if name not in _STRICTER)
        return after != before[0], 0, differs


def _is_whole(data: bytes, path: Path) -> bool:
    """Tell whether a copy is whole; raises ``_ForeignError`` where it is another program's."""
    check = check_of(path.name, FILES)
    if check is None or not check(data):
        raise _ForeignError
    try:
        values = decode_object(data)
    except DamagedError:
        return False
    return "days" not in values or damage_of(data) is None


def _items(data: bytes, time_key: str) -> list[Item]:
    with suppress(DamagedError):
        days: dict[str, dict[str, Any]] = decode_days(data)[TABLE]
        return [
            Item(date.fromisoformat(day), item_id, raw)
            for day, document in days.items()
            for item_id, raw in decode_items(document).items()
        ]
    return salvage(data, time_key)
