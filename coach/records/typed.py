"""From what is kept to typed records; what does not fit the types stays on the disk, and is counted."""

from datetime import datetime
from typing import Any, get_args

import msgspec

from coach.domain.status.history import Record
from coach.records.shape import DECODING, items_of, read

_day = msgspec.json.Decoder(list[Record])
_one = msgspec.json.Decoder(Record)
KINDS: dict[str, type] = {str(kind.__struct_config__.tag): kind for kind in get_args(Record)}
"""The kinds that this version knows, and their types."""
FIRST_YEAR, LAST_YEAR = 1970, 2200


def is_sound(moment: datetime) -> bool:
    """Tell whether a moment is one that people live in: with an offset, and no year that breaks reckoning with it."""
    return moment.tzinfo is not None and FIRST_YEAR <= moment.year <= LAST_YEAR


class Typed:
    """Makes records of days, and counts those of a known kind that it could not read."""

    def __init__(self) -> None:
        """Nothing counted yet."""
        self.unfit: list[str] = []

    def records(self, document: dict[str, Any]) -> list[Record]:
        """Return the records of one day; raises ``DamagedError`` where the day is no list of items."""
        try:
            found = _day.decode(document["items"])
        except (KeyError, *DECODING):
            found = [record for name, raw in items_of(document).items() if (record := self._record(name, raw))]
        return [record for record in found if self._is_sound(record)]

    def _record(self, name: str, raw: msgspec.Raw) -> Record | None:
        kind = read(raw).get("kind")
        try:
            record: Record = _one.decode(raw)
        except DECODING:
            if not isinstance(kind, str) or kind in KINDS:
                self.unfit.append(name)
            return None
        return record

    def _is_sound(self, record: Record) -> bool:
        sound = is_sound(record.at)
        if not sound:
            self.unfit.append(record.id)
        return sound
