"""One JSON object in one file: the settings, and the small documents that must outlive the process."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from coach import clock
from coach.errors import CoachError
from coach.records.file_format import NewerError, Values, check_schema, decode_object, decode_readable, with_schema
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

    def __init__(self, path: Path, log: DamageLog, check: Callable[[Values], object], repair: Repair) -> None:
        """Read nothing yet."""
        self.path = path
        self._log = log
        self._check = check
        self._repair = repair

    def read(self) -> Values:
        """Return the object, empty where there is none; raises ``DamagedError``."""
        data = read_with_copy(self.path)
        if data is None:
            return {}
        values = decode_object(data)
        check_schema(values.get("schema"))
        self._check(values)
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
        values = self.good()
        aside = set_aside(self.path)
        if aside is None:
            what = "missing"
        count = int(values.get("contexts_known", True) is not False)
        damage = Damage(self.path.name, what, clock.now(), aside, count)
        self._log.note(damage, lost=count == 0)
        self.write(values)
        return values

    def good(self) -> Values:
        """Return what is good of a damaged object and its copy, writing nothing."""
        return with_schema(self._repair(_readable(self.path), _readable(copy_path(self.path))))


def _readable(path: Path) -> Values:
    with suppress(DamagedError, CoachError):
        return decode_readable(read_private(path) or b"")
    return {}
