"""Reads one file of content into a type. Whatever is wrong is a ``DataError`` of file, line, key and reason."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec
import tomli

from coach.content.lines import Key, line_of
from coach.errors import DataError

T = TypeVar("T")


class Listed(Protocol):
    """One of many in a file."""

    @property
    def id(self) -> str:
        """Its name among them."""


I = TypeVar("I", bound=Listed)  # noqa: E741 -- as T, one letter

MOST_BYTES = 1_000_000
"""No file of content is larger; what is, is some other file."""


def read_text(path: Path) -> str:
    """Return the text of ``path``; DataError where it cannot be read, is too large, or is not UTF-8."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise problem(path, "", "too-large", most=MOST_BYTES)
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise problem(path, "", "unreadable", detail=error.strerror or "?") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise problem(path, line, "not-text") from error


def read_toml(path: Path) -> tuple[str, dict[str, Any]]:
    """Return the text of ``path`` and what it says."""
    text = read_text(path)
    return text, parse_toml(path, text)


def parse_toml(path: Path, text: str) -> dict[str, Any]:
    """Return what ``text`` of ``path`` says; DataError names the line where it is no TOML."""
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        detail, line = _syntax(str(error), text)
        raise problem(path, line, "syntax", detail=detail) from error
    except RecursionError as error:
        raise problem(path, 1, "syntax", detail="nested too deeply") from error


def read(path: Path, kind: type[T]) -> T:
    """Return ``path`` as a ``kind``."""
    text, found = read_toml(path)
    return convert(path, text, found, kind)


def convert(path: Path, text: str, found: Any, kind: type[T], under: Sequence[Key] = ()) -> T:
    """Return ``found``, which ``text`` of ``path`` says at ``under``, as a ``kind``."""
    try:
        return msgspec.convert(found, kind)
    except msgspec.ValidationError as error:
        keys, reason, values = explain(str(error))
        if reason == "choice":
            values["allowed"] = ", ".join(choices(kind, keys))
        raise problem(path, text, reason, (*under, *keys), **values) from error


def read_list(path: Path, table: str, kind: type[I]) -> dict[str, I]:
    """Return the ``[[table]]`` entries of ``path`` by id, in their order; no id may stand twice."""
    text, found = read_toml(path)
    if table not in found:
        raise problem(path, text, "missing", (table,))
    for key in found:
        if key != table:
            raise problem(path, text, "unknown", (key,))
    listed: list[I] = convert(path, text, found[table], list[kind], (table,))  # type: ignore[valid-type]
    by_id: dict[str, I] = {}
    for index, one in enumerate(listed):
        if one.id in by_id:
            raise problem(path, text, "twice", (table, index, "id"), got=one.id)
        by_id[one.id] = one
    return by_id


def problem(path: Path, where: str | int, reason: str, keys: Sequence[Key] = (), **values: object) -> DataError:
    """Return the error of ``keys`` in ``path``; ``where`` is its line, or the text in which to find it.

    ``reason`` names a sentence of the catalogue (``content.problem.…``).
    """
    line = where if isinstance(where, int) else line_of(where, keys)
    said = {"file": str(path), "line": line, "at": dotted(keys) or path.name, **values}
    return DataError(f"content.problem.{reason}", problems=(), **said)


def dotted(keys: Sequence[Key]) -> str:
    """Return a path as people write it: ``how[1].en`` (counted from 1)."""
    return "".join(f"[{key + 1}]" if isinstance(key, int) else f".{key}" for key in keys).lstrip(".")


_MESSAGES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("missing", re.compile(r"Object missing required field `(?P<field>[^`]+)`")),
    ("unknown", re.compile(r"Object contains unknown field `(?P<field>[^`]+)`")),
    ("choice", re.compile(r"Invalid enum value (?P<got>.+)")),
    ("bound", re.compile(r"Expected `\w+`(?: of length)? (?P<bound>[<>]=? ?-?[\d.]+)")),
    ("type-date", re.compile(r"Invalid RFC3339 encoded date")),
    ("type", re.compile(r"Expected `(?P<wanted>[^`]+)`.*?, got `?[^`]+`?")),
)
_TYPES = {"str": "text", "int": "number", "array": "list", "object": "table", "bool": "bool", "date": "date"}
"""What msgspec calls a type, and the reason (``type-…``) that says it to people."""


def explain(message: str) -> tuple[tuple[Key, ...], str, dict[str, str]]:
    """Return where, which reason, and its values, of a message of msgspec."""
    said, _, path = message.partition(" - at `$")
    keys = _keys(path.rstrip("`"))
    for reason, pattern in _MESSAGES:
        if match := pattern.match(said):
            values = match.groupdict()
            field = values.pop("field", None)
            wanted = values.pop("wanted", "").split(" | ")[0]
            full = f"type-{_TYPES.get(wanted, 'other')}" if wanted else reason
            return (*keys, *((field,) if field else ())), full, values
    return keys, "unclear", {"detail": said}


def choices(kind: Any, keys: Sequence[Key]) -> tuple[str, ...]:
    """Return the words that the type ``kind`` allows at ``keys``; none where it is not such a place."""
    from msgspec import inspect

    here: Any = inspect.type_info(kind)
    for key in keys:
        if isinstance(here, inspect.UnionType):
            here = next(one for one in here.types if not isinstance(one, inspect.NoneType))
        if isinstance(here, inspect.StructType):
            here = next((field.type for field in here.fields if field.encode_name == key), None)
        else:
            here = getattr(here, "value_type" if isinstance(key, str) else "item_type", None)
    return tuple(str(value) for value in here.values) if isinstance(here, inspect.LiteralType) else ()


def _keys(path: str) -> tuple[Key, ...]:
    parts = re.findall(r"\.([^.\[\]]+)|\[(\d+)\]", path)
    return tuple(int(index) if index else name for name, index in parts)


def _syntax(message: str, text: str) -> tuple[str, int]:
    """Return what the TOML reader says without its place, and the line of that place."""
    if match := re.search(r" \(at line (\d+), column \d+\)", message):
        return message[: match.start()], int(match[1])
    return re.sub(r" \(at end of document\)", "", message), len(text.splitlines()) or 1
