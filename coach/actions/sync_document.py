"""The file of one machine in the folder that machines share: everything, a record a line; written, and read."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Raw

from coach.actions.export import AHEAD, FORMAT, REMINDER, VERSION, Check, place
from coach.home import Home
from coach.records.file_format import decode_object
from coach.records.record_reader import with_whole_minutes
from coach.records.sync import SyncFolder
from coach.words import Words


class _Slot(msgspec.Struct, frozen=True):
    """What an entry of the log of reminders is known by."""

    id: str
    due: str


def document_of(home: Home, folder: SyncFolder, now: datetime) -> bytes:
    """Return everything in a document of one record a line, which a carrier sends in parts that stay the same."""
    written = frozenset(line.removesuffix(b",") for line in folder.lines())
    lines = [line for raw in _lines_here(home) if (line := raw if raw in written else _checked(raw, now))]
    placed = sorted((place(msgspec.json.decode(line)), line) for line in lines)
    # A line that was written once is right for good but in one thing: the clock may have been put back since. With one
    # record of the future, others refuse the whole file.
    latest = (now + AHEAD).timestamp()
    lines = [line for (at, *_), line in placed if at <= latest]
    head = json.dumps({"format": FORMAT, "version": VERSION, "profile": home.records.settings()}, ensure_ascii=False)
    return b'%s, "records": [\n%s\n]}\n' % (head[:-1].encode(), b",\n".join(lines))


def _lines_here(home: Home) -> Iterator[bytes]:
    """Yield each record as a line of the document, as far as it is kept as one is written."""
    yield from home.records.raw_records()
    for raw in home.records.delivery_log().raw_entries():
        with suppress(msgspec.DecodeError):
            slot = msgspec.json.decode(raw, type=_Slot)
            head = {"id": slot.id, "kind": REMINDER, "at": slot.due}
            yield b'%s,"entry":%s}' % (_line(head)[:-1], raw)


def _checked(raw: bytes, now: datetime) -> bytes | None:
    """Return a record as a line; None for one that no import would take, because of a slip of somebody's hand."""
    record = with_whole_minutes(decode_object(raw))
    return _line(record) if Check(now, Words("en")).is_right(record) else None


def _line(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def decoded(home: Home, data: bytes) -> tuple[dict[str, Any] | None, int]:
    """Return the document that a file holds, of its records those alone that do not stand here, and how many do.

    None for what is no JSON, or not all of it.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        raws = _decode_raws(data)
        document = {name: msgspec.json.decode(raw) for name, raw in raws.items() if name != "records"}
        if document.get("format") != FORMAT or "records" not in raws:
            return document, 0
        try:
            lines = msgspec.json.decode(raws["records"], type=list[Raw])
        except msgspec.ValidationError:
            return {**document, "records": None}, 0
        # Of ten busy years nearly all is here: what is the same to the byte needs no second look.
        here = set(_lines_here(home))
        records = [msgspec.json.decode(line) for line in lines if bytes(line) not in here]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None, 0
    return {**document, "records": records}, len(lines) - len(records)


def _decode_raws(data: bytes) -> dict[str, Raw]:
    """Return the values of a JSON object undecoded; an empty one for JSON that is none."""
    try:
        return msgspec.json.decode(data, type=dict[str, Raw])
    except msgspec.ValidationError:
        msgspec.json.decode(data)  # which tells whether it is JSON at all
        return {}
