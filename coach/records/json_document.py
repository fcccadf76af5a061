"""One JSON object in one file: the settings, and the small documents that must outlive the process."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from coach import clock
from coach.errors import CoachError
from coach.records.damage import Damage, DamageLog, What, copy_path, set_aside, write_with_copy
from coach.records.safe_file import NotPlainError, own_folder, read_private, told_letters, told_plainly
from coach.records.schema import SHEET_STEPS, DamagedError, NewerError, Older, Values, brought_up, stamped
from coach.records.shape import BOM, DECODING

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
        self._older = Older(path)

    def read(self) -> Values:
        """Return the object, empty where there is none; raises ``DamagedError``."""
        data = _content(self.path)
        if data is None:
            if copy_path(self.path).exists():
                raise DamagedError("gone, but its copy is there")
            return {}
        found = _values(data)
        values = brought_up(found, found.get("schema"), SHEET_STEPS)
        self._check(values)
        self._older.saw(data, found.get("schema"))
        return values

    def write(self, values: Values) -> None:
        """Keep the object for good; the caller holds the lock."""
        with told_plainly(self.path):
            own_folder(self.path.parent)
        with told_letters():
            data = json.dumps(stamped(values), ensure_ascii=False, indent=1).encode() + b"\n"
        self._older.keep()
        write_with_copy(self.path, data)

    def mend(self) -> Values:
        """Set a damaged object aside, keep what is good of it, and return that; the caller holds the lock."""
        try:
            return self.read()
        except DamagedError as error:
            what: What = "newer" if isinstance(error, NewerError) else "damaged"
        values = self.good()
        aside = set_aside(self.path)
        kept = int(values.get("contexts_known", True) is not False)
        self._log.note(
            Damage(self.path.name, what if aside else "missing", clock.now(), str(aside) if aside else None, kept)
        )
        self.write(values)
        return values

    def good(self) -> Values:
        """Return what is good of a damaged object and its copy, writing nothing."""
        return stamped(self._repair(_leniently(self.path), _leniently(copy_path(self.path))))


def _content(path: Path) -> bytes | None:
    try:
        return read_private(path)
    except NotPlainError as error:
        raise DamagedError("not a plain file") from error


def _values(data: bytes) -> Values:
    try:
        return msgspec.json.decode(data.removeprefix(BOM), type=Values)
    except DECODING as error:
        raise DamagedError(str(error)) from error


def _leniently(path: Path) -> Values:
    with suppress(DamagedError, CoachError):
        return _values(_content(path) or b"")
    return {}
