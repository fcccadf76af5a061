"""What the files hold: JSON with a schema number, and for records one document a day.

::

    {"schema":1,
    "days":{
    "20261122":{"items":[{"kind":"check-in","id":"…","at":"…", …},
    {"kind":"session", …}]},
    …}}

A document's items stay undecoded (``msgspec.Raw``) until someone asks for that day, so that a month costs a scan and a
copy, not a parse; and what this version does not understand goes through it untouched.
"""

import json
import re
from contextlib import suppress
from datetime import date, datetime
from typing import Any, NamedTuple

import msgspec
from msgspec import Raw

from coach.records.safe_file import DamagedError

SCHEMA = 1
"""The schema that this version writes, in each file; a higher one was written by a newer version."""
TABLE = "days"

Values = dict[str, Any]
Tables = dict[str, Any]
"""``{"schema": 1, "days": {"20261122": {"items": Raw}}}``, and whatever else the file holds, as Raw."""

FIRST_YEAR, LAST_YEAR = 1970, 2200
MAX_DEPTH = 32
"""How deep objects and lists may lie in each other; what this program writes is 7 deep."""
MAX_ITEM_BYTES = 100_000
"""No record is larger: a note of the person's own words may be long, but is no book."""
_BOM = b"\xef\xbb\xbf"
"""What some editors put in front of a text."""
DECODE_ERRORS = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding raises for what is no JSON, or not the JSON that it should be."""


# Compiled when something is damaged, or lies deep, and not at every start.
_STRING = rb'"(?:[^"\\]|\\.)*"?'
_KEY = r'[\s,]*("(?:[^"\\\n]|\\.)*")\s*:\s*'
_BRACKET = rb"[][{}]"
_SCANNER = json.JSONDecoder()


class NewerError(DamagedError):
    """A newer version of the program wrote it."""


class Item(msgspec.Struct, frozen=True):
    """One thing to keep: the day it belongs to, its id, and the JSON object itself."""

    day: date
    id: str
    raw: Raw


class _Identified(msgspec.Struct):
    id: str


_file_decoder = msgspec.json.Decoder(dict[str, Raw])
_days_decoder = msgspec.json.Decoder(dict[str, dict[str, Raw]])
_items_decoder = msgspec.json.Decoder(list[Raw])
_id_decoder = msgspec.json.Decoder(_Identified)


def decode_object(data: bytes | Raw) -> Values:
    """Return the JSON object in ``data``; raises ``DamagedError``."""
    if isinstance(data, bytes):
        data = data.removeprefix(_BOM)
    check_depth(bytes(data))  # before: the decoder's own limit is a RecursionError, at another depth in each thread
    try:
        return msgspec.json.decode(data, type=Values)
    except DECODE_ERRORS as error:
        raise DamagedError(str(error)) from error


def is_plausible(moment: datetime) -> bool:
    """Tell whether a moment is one that people live in: with an offset, and no year that breaks reckoning with it."""
    return moment.tzinfo is not None and FIRST_YEAR <= moment.year <= LAST_YEAR


class Readable(NamedTuple):
    """What of a damaged JSON object can be read."""

    values: Values
    """Key by key, each whole."""
    torn: Values
    """The list in whose middle the object breaks off, with the entries before that."""
    to_the_end: bool = False
    """Whether the object can be read to its end: a key that is not there was not there before either."""


def decode_readable(data: bytes) -> Readable:
    """Return what of a JSON object can be read: all of it, or what stands before the place where it breaks off."""
    data = data.removeprefix(_BOM)
    try:
        raws = _file_decoder.decode(data)
    except DECODE_ERRORS:
        return _before_the_break(data.decode(errors="replace"))
    values = {name: value for name, raw in raws.items() for value in _whole(bytes(raw))}
    return Readable(values, {}, to_the_end=True)


def _before_the_break(text: str) -> Readable:
    values: Values = {}
    at = text.find("{") + 1
    key_pattern = re.compile(_KEY)
    while at and (key := key_pattern.match(text, at)):
        at = key.end()
        try:
            name = json.loads(key[1])
            _, end = _SCANNER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return Readable(values, {key[1][1:-1]: _entries(text, at)} if text.startswith("[", at) else {})
        for value in _whole(text[at:end].encode()):
            values[name] = value
        at = end
    return Readable(values, {})


def _entries(text: str, at: int) -> list[Any]:
    """Return the whole entries of the list that begins at ``at`` and has no end."""
    entries: list[Any] = []
    with suppress(ValueError, RecursionError):
        while True:
            start = len(text) - len(text[at + 1 :].lstrip(" \n\r\t"))
            _, at = _SCANNER.raw_decode(text, start)
            entries += _whole(text[start:at].encode())
    return entries


def _whole(raw: bytes) -> list[Any]:
    """Return a value alone in a list; an empty one for what this program never keeps."""
    with suppress(DamagedError):
        return [decode_object(b'{"value":%s}' % raw)["value"]]
    return []


def check_depth(data: bytes) -> None:
    """Raise ``DamagedError`` for JSON that lies deeper than ``MAX_DEPTH``.

    Every decoder has a depth of its own at which it gives up, which depends on who calls it: what one command could
    write, another could not read.
    """
    # The quick yes: nearly everything has fewer brackets in all than may lie in each other.
    if data.count(b"{") + data.count(b"[") <= MAX_DEPTH:
        return
    depth = 0
    for bracket in re.findall(_BRACKET, re.sub(_STRING, b"", data)):  # a bracket in a note is a letter
        depth += 1 if bracket in b"{[" else -1
        if depth > MAX_DEPTH:
            raise DamagedError("nested too deeply")


def check_schema(schema: object) -> None:
    """Raise ``DamagedError`` for a schema that this version does not read."""
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:  # to Python, True is an int
        raise DamagedError("no schema number")
    if schema > SCHEMA:
        raise NewerError(f"schema {schema}")


def with_schema(values: Values) -> Values:
    """Return ``values`` with this version's schema number in front."""
    return {"schema": SCHEMA, **{key: value for key, value in values.items() if key != "schema"}}


def decode_days(data: bytes) -> Tables:
    """Return the content of a file of day documents; raises ``DamagedError``."""
    try:
        tables: Tables = dict(_file_decoder.decode(data.removeprefix(_BOM)))
        check_schema(msgspec.json.decode(tables.get("schema", b"0")))
        days = _days_decoder.decode(tables.get(TABLE, b"0"))
    except DECODE_ERRORS as error:
        raise DamagedError(str(error)) from error
    if not all(map(_is_day, days)):
        raise DamagedError("the name of a day is no date")
    return with_schema({**tables, TABLE: days})


def _is_day(name: str) -> bool:
    if len(name) != 8 or not name.isdecimal() or not name.isascii():
        return False
    try:
        return FIRST_YEAR <= date.fromisoformat(name).year <= LAST_YEAR
    except ValueError:
        return False


def encode_days(tables: Tables) -> bytes:
    """Return the file's content: one item a line, for people who open, search or compare it."""
    # Keys beside the days are of a newer version, and go through untouched.
    head = msgspec.json.encode(with_schema({key: value for key, value in tables.items() if key != TABLE}))
    days = (b'"%s":%s' % (day.encode(), msgspec.json.encode(doc)) for day, doc in sorted(tables[TABLE].items()))
    return b'%s,\n"%s":{\n%s\n}}\n' % (head[:-1], TABLE.encode(), b",\n".join(days))


def decode_items(document: Values) -> dict[str, Raw]:
    """Return the items of one day by id, each as it stands in the file; raises ``DamagedError``."""
    try:
        items = _items_decoder.decode(document.get("items", Raw(b"0")))
        return {_id_decoder.decode(item).id: item for item in items}
    except DECODE_ERRORS as error:
        raise DamagedError(str(error)) from error


def encode_items(items: dict[str, Raw]) -> Raw:
    """Return the items of a day as its document holds them."""
    return Raw(b"[%s]" % b",\n".join(bytes(item) for item in items.values()))


def item_of(values: Values, time_key: str) -> Item | None:
    """Return an object as an item, None where it has no id, no time at ``time_key``, or is none to keep."""
    item_id = values.get("id")
    try:
        # The day on the person's own clock: what they noted late at night belongs to that day wherever it is read.
        day = datetime.fromisoformat(values[time_key]).date()
        raw = json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    if not (isinstance(item_id, str) and item_id and FIRST_YEAR <= day.year <= LAST_YEAR) or len(raw) > MAX_ITEM_BYTES:
        return None
    return Item(day, item_id, Raw(raw))


def canonical(raw: Raw) -> bytes:
    """Return an item in one spelling, by which two can be compared whoever wrote them."""
    return json.dumps(decode_object(raw), sort_keys=True).encode()
