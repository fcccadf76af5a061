"""From what is kept to typed records; what does not fit the types stays on the disk, and is counted."""

from datetime import datetime
from typing import get_args

import msgspec

from coach.clock import whole_minutes
from coach.domain.status.history import Record
from coach.records.file_format import DECODE_ERRORS, Values, decode_items, decode_object, is_plausible

_day_decoder = msgspec.json.Decoder(list[Record])
KINDS: dict[str, type] = {str(kind.__struct_config__.tag): kind for kind in get_args(Record)}
"""The kinds that this version knows, and their types."""
_ANSWERING = frozenset(("answers", "signs"))
"""The fields of a record that hold a person's answers."""


def read_back(raw: msgspec.Raw) -> Record | None:
    """Return what the next reader will make of a record that is about to be kept; None where it could not read it."""
    return next(iter(RecordReader().records({"items": msgspec.Raw(b"[%s]" % bytes(raw))})), None)


class RecordReader:
    """Makes records of days, and notes the ids of those of a known kind that it could not read."""

    def __init__(self) -> None:
        """Nothing read yet."""
        self.unreadable: list[str] = []

    def records(self, document: Values) -> list[Record]:
        """Return the records of one day; raises ``DamagedError`` where the day is no list of items."""
        try:  # a whole day at once costs a third of one record after the other, and nearly every day is right
            records = _day_decoder.decode(document["items"])
        except (KeyError, *DECODE_ERRORS):
            by_one = (self._record(item_id, raw) for item_id, raw in decode_items(document).items())
            records = [record for record in by_one if record is not None]
        return [record for record in records if self._is_plausible(record)]

    def _record(self, item_id: str, raw: msgspec.Raw) -> Record | None:
        values = decode_object(raw)
        kind = values.get("kind")
        try:
            record: Record = msgspec.convert(with_whole_minutes(values), Record)
        except msgspec.ValidationError:
            # Another kind is a newer version's, and no damage; but answers under whatever name may hold a sign.
            if not isinstance(kind, str) or kind in KINDS or not _ANSWERING.isdisjoint(values):
                self.unreadable.append(item_id)
            return None
        return record

    def _is_plausible(self, record: Record) -> bool:
        plausible = is_plausible(record.at)
        if not plausible:
            self.unreadable.append(record.id)
        return plausible


def with_whole_minutes(values: Values) -> Values:
    """Return a record with its moment as RFC 3339 has it: earlier versions wrote offsets with seconds."""
    try:
        return {**values, "at": whole_minutes(datetime.fromisoformat(values["at"])).isoformat()}
    except (KeyError, TypeError, ValueError, OverflowError):
        return values
