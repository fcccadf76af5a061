"""One JSON object in one file: the settings, and the small documents that must outlive the process."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from coach import clock
from coach.errors import CoachError
from coach.records.damage import Damage, DamageLog, What, copy_path, set_aside, write_with_copy
from coach.records.files import NotPlainError, own_folder, read_private, told_plainly
from coach.records.shape import SCHEMA, DamagedError, NewerError, checked_schema

Values = dict[str, Any]
Repair = Callable[[Values, Values], Values]
"""From what could be read of a damaged file and of its copy (either may be empty), make what is kept."""


class Sheet:
    """One object. ``check`` raises ``DamagedError`` for one that is not right; ``repair`` makes a right one of it."""

    def __init__(self, path: Path, log: DamageLog, check: Callable[[Values], object], repair: Repair) -> None:
        """Read nothing yet."""
        self.path = path
        self._log = log
        self._check = check
        self._repair = repair

    def read(self) -> Values:
        """Return the object, empty where there is none; raises ``DamagedError``."""
        values = _values(self.path)
        if values is None:
            if copy_path(self.path).exists():
                raise DamagedError("gone, but its copy is there")
            return {}
        checked_schema(values.get("schema"))
        self._check(values)
        return values

    def write(self, values: Values) -> None:
        """Keep the object for good; the caller holds the lock."""
        with told_plainly(self.path):
            own_folder(self.path.parent)
        write_with_copy(self.path, _data(values))

    def mend(self) -> Values:
        """Set a damaged object aside, keep what is good of it, and return that; the caller holds the lock."""
        try:
            return self.read()
        except DamagedError as error:
            what: What = "newer" if isinstance(error, NewerError) else "damaged"
        values = self.good()
        aside = set_aside(self.path)
        self.write(values)
        kept = int(values.get("contexts_known", True) is not False)
        self._log.note(
            Damage(self.path.name, what if aside else "missing", clock.now(), str(aside) if aside else None, kept)
        )
        return values

    def good(self) -> Values:
        """Return what is good of a damaged object and its copy, writing nothing."""
        return {**self._repair(_leniently(self.path), _leniently(copy_path(self.path))), "schema": SCHEMA}


def _values(path: Path) -> Values | None:
    try:
        data = read_private(path)
        return None if data is None else msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=Values)
    except (NotPlainError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DamagedError(str(error)) from error


def _leniently(path: Path) -> Values:
    with suppress(DamagedError, CoachError):
        return _values(path) or {}
    return {}


def _data(values: Values) -> bytes:
    return msgspec.json.format(msgspec.json.encode({"schema": SCHEMA, **values}), indent=1) + b"\n"
