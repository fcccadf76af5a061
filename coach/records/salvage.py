"""What is still good in a damaged file: every whole item that can be found in it, wherever it stands."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NoReturn

import msgspec
from msgspec import Raw

from coach.records.shape import read


class Item(msgspec.Struct, frozen=True):
    """One thing to keep: the day it belongs to, its id, and the JSON object itself."""

    day: date
    id: str
    raw: Raw


def salvage(data: bytes, moment: str) -> Iterator[Item]:
    """Yield the whole items in ``data``; ``moment`` is the key of an item that holds its time."""
    text = data.decode("utf-8", "surrogateescape")
    scan = json.JSONDecoder(parse_constant=_no_number).raw_decode
    position = 0
    while (start := text.find("{", position)) >= 0:
        try:
            found, position = scan(text, start)
        except (ValueError, RecursionError):
            position = start + 1
            continue
        yield from _items(found, moment)


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and its like are no JSON


def _items(found: Any, moment: str) -> Iterator[Item]:
    if isinstance(found, dict) and (item := item_of(found, moment)):
        yield item
    elif isinstance(found, dict | list):
        for inner in found.values() if isinstance(found, dict) else found:
            yield from _items(inner, moment)


def item_of(found: dict[str, Any], moment: str) -> Item | None:
    """Return ``found`` as an item, None where it has no id, no time, or letters that no file can hold."""
    name = found.get("id")
    try:
        day = datetime.fromisoformat(found[moment]).date()
        raw = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    return Item(day, name, Raw(raw)) if isinstance(name, str) and name else None


def canonical(raw: Raw) -> bytes:
    """Return an item in one spelling, by which two can be compared whoever wrote them."""
    return json.dumps(read(raw), sort_keys=True).encode()
