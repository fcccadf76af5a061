"""One JSON object in one file: the settings, and the small documents that must outlive the process."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from coach import clock
from coach.errors import CoachError
from coach.records.file_format import (
    NewerError,
    Readable,
    Values,
    check_schema,
    decode_object,
    decode_readable,
    with_schema,
)
from coach.records.repair import Damage, DamageKind, DamageLog, set_aside
from coach.records.safe_file import (
    DamagedError,
    copy_path,
    encoding_errors,
    read_private,
    read_with_copy,
    write_with_copy,
)  # fmt: skip

Repair = Callable[[Values, Values], Values]
"""From what could be read of a damaged file and of its copy (either may be empty), make what is kept."""


class JsonDocument:
    """One object. ``check`` raises ``DamagedError`` for one that is not right; ``repair`` makes a right one of it."""

    def __init__(
        self,
        path: Path,
        log: DamageLog,
        check: Callable[[Values], object],
        repair: Repair,
        names: tuple[str, ...] = (),
    ) -> None:
        """Read nothing yet; ``names`` are the keys whose loss is worth telling."""
        self._names = names
        self.path = path
        self._log = log
        self._check = check
        self._repair = repair
        self._sound = b""
        """What was read last and is right: the same again is not checked again."""

    def read(self) -> Values:
        """Return the object, empty where there is none; raises ``DamagedError``."""
        data = read_with_copy(self.path)
        if data is None:
            return {}
        values = decode_object(data)
        if data != self._sound:
            check_schema(values.get("schema"))
            self._check(values)
            self._sound = data
        return with_schema(values)

    def write(self, values: Values) -> None:
        """Keep the object for good; the caller holds the lock."""
        with encoding_errors():
            data = json.dumps(with_schema(values), ensure_ascii=False, indent=1).encode() + b"\n"
        try:  # what nobody could read again must not take the place of what is good
            self._check(decode_object(data))
        except DamagedError as error:
            raise CoachError("records.error.unreadable", detail=str(error)) from error
        write_with_copy(self.path, data)

    def mend(self) -> Values:
        """Set a damaged object aside, keep what is good of it, and return that; the caller holds the lock.

        Raises ``ForeignFileError`` for another program's file, which is left alone.
        """
        try:
            return self.read()
        except DamagedError as error:
            self._log.refuse_foreign(self.path)
            what: DamageKind = "newer" if isinstance(error, NewerError) else "damaged"
        values, lost = self._good()
        aside = set_aside(self.path)
        if aside is None:
            what = "missing"
        count = int(values.get("contexts_known", True) is not False)
        damage = Damage(self.path.name, what, clock.now(), aside, count, lost)
        self._log.note(damage, lost=count == 0)
        self.write(values)
        return values

    def good(self) -> Values:
        """Return what is good of a damaged object and its copy, writing nothing."""
        return self._good()[0]

    def _good(self) -> tuple[Values, tuple[str, ...]]:
        """Return what is good of both, and the names of what is lost in whole or in part."""
        damaged, copy = _readable(self.path), _readable(copy_path(self.path))
        if copy.to_the_end and not damaged.to_the_end:
            damaged, copy = copy, damaged  # what breaks off somewhere may be wrong elsewhere too
        values = self._repair(damaged.values, copy.values)
        there = {**copy.values, **damaged.values}
        to_the_end = damaged.to_the_end or copy.to_the_end
        lost = tuple(name for name in self._names if name not in values and (name in there or not to_the_end))
        # Half a list is better than none, but no better than a whole one of an hour ago.
        torn = {**copy.torn, **damaged.torn}
        missing = {name: entries for name, entries in torn.items() if name not in values}
        return with_schema(self._repair({**values, **missing}, {}) if missing else values), lost


def _readable(path: Path) -> Readable:
    with suppress(DamagedError, CoachError):
        return decode_readable(read_private(path) or b"")
    return Readable({}, {})
