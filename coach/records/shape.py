"""What a file of day documents looks like, and what is not one.

::

    {"schema":1,
    "days":{
    "20261122":{"items":[{"kind":"check-in","id":"…","at":"…", …},
    {"kind":"session", …}]},
    …}}

A document's fields stay undecoded (``msgspec.Raw``) until someone asks for that day, so that a month costs a scan and a
copy, not a parse; and what this version does not understand goes through it untouched.
"""

from datetime import date
from typing import Any

import msgspec
from msgspec import Raw

from coach.records.schema import DAY_STEPS, DamagedError, brought_up, stamped

TABLE = "days"

Tables = dict[str, Any]
"""``{"schema": 1, "days": {"20261122": {"items": Raw}}}``, and whatever else the file holds, as Raw."""

BOM = b"\xef\xbb\xbf"
"""What some editors put in front of a text."""
DECODING = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding raises for what is no JSON, or not the JSON that it should be."""
_whole = msgspec.json.Decoder(dict[str, Raw])
_days = msgspec.json.Decoder(dict[str, dict[str, Raw]])
_items = msgspec.json.Decoder(list[Raw])


class _Head(msgspec.Struct):
    id: str


_head = msgspec.json.Decoder(_Head)


def tables_of(data: bytes) -> tuple[Tables, int]:
    """Return the content of a file of day documents and the schema it was written in; raises ``DamagedError``."""
    try:
        found: Tables = dict(_whole.decode(data.removeprefix(BOM)))
        schema = msgspec.json.decode(found.pop("schema", b"0"))
        found[TABLE] = _days.decode(found.pop(TABLE, b"0"))
    except DECODING as error:
        raise DamagedError(str(error)) from error
    tables = brought_up(found, schema, DAY_STEPS)
    if not all(map(_is_day, tables[TABLE])):
        raise DamagedError("the name of a day is no date")
    return tables, schema


def _is_day(name: str) -> bool:
    if len(name) != 8 or not name.isdecimal() or not name.isascii():
        return False
    try:
        return bool(date.fromisoformat(name))
    except ValueError:
        return False


def data_of(tables: Tables) -> bytes:
    """Return the file's content: one item a line, for people who open, search or compare it."""
    head = msgspec.json.encode(stamped({key: value for key, value in tables.items() if key != TABLE}))
    days = (b'"%s":%s' % (day.encode(), msgspec.json.encode(doc)) for day, doc in sorted(tables[TABLE].items()))
    return b'%s,\n"%s":{\n%s\n}}\n' % (head[:-1], TABLE.encode(), b",\n".join(days))


def items_of(document: dict[str, Any]) -> dict[str, Raw]:
    """Return the items of one day by id, each as it stands in the file; raises ``DamagedError``."""
    try:
        return {_head.decode(item).id: item for item in _items.decode(document.get("items", Raw(b"0")))}
    except DECODING as error:
        raise DamagedError(str(error)) from error


def read(raw: Raw) -> dict[str, Any]:
    """Return an item as an object; raises ``DamagedError``."""
    try:
        return msgspec.json.decode(raw, type=dict[str, Any])
    except DECODING as error:
        raise DamagedError(str(error)) from error


def list_of(items: dict[str, Raw]) -> Raw:
    """Return the items of a day as its document holds them."""
    return Raw(b"[%s]" % b",\n".join(bytes(item) for item in items.values()))
