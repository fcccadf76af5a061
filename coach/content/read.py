"""Reads one file of content into a type. Whatever is wrong is a ``DataError`` of file, line, key and reason."""

import os
import re
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import tomli

from coach import validation
from coach.errors import DataError
from coach.validation import Key, Problem

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
        if not stat.S_ISREG(os.stat(path).st_mode):  # a pipe of this name would hold up every command
            raise problem(path, "", "unreadable", detail="not a plain file")
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise problem(path, "", "too-large", most=MOST_BYTES)
        return raw.removeprefix(b"\xef\xbb\xbf").decode()
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
    except ValueError as error:  # a number of thousands of digits, which Python does not read
        raise problem(path, 1, "syntax", detail="a number is too large") from error


def read(path: Path, kind: type[T]) -> T:
    """Return ``path`` as a ``kind``."""
    text, document = read_toml(path)
    return convert(path, text, document, kind)


def convert(path: Path, text: str, value: Any, kind: type[T], under: Sequence[Key] = ()) -> T:
    """Return ``value``, which ``text`` of ``path`` says at ``under``, as a ``kind``."""

    def refuse(problems: list[Problem]) -> DataError:
        return joined(problem(path, text, wrong.reason, (*under, *wrong.keys), **wrong.texts()) for wrong in problems)

    return validation.convert(value, kind, refuse)


def read_list(path: Path, table: str, kind: type[I]) -> dict[str, I]:
    """Return the ``[[table]]`` entries of ``path`` by id, in their order; no id may stand twice."""
    text, document = read_toml(path)
    if table not in document:
        raise problem(path, text, "missing", (table,))
    for key in document:
        if key != table:
            raise problem(path, text, "unknown", (key,))
    listed: list[I] = convert(path, text, document[table], list[kind], (table,))  # type: ignore[valid-type]
    by_id: dict[str, I] = {}
    for index, item in enumerate(listed):
        if item.id in by_id:
            raise problem(path, text, "twice", (table, index, "id"), got=item.id)
        by_id[item.id] = item
    return by_id


def problem(path: Path, where: str | int, reason: str, keys: Sequence[Key] = (), **values: object) -> DataError:
    """Return the error of ``keys`` in ``path``; ``where`` is its line, or the text in which to find it.

    ``reason`` names a sentence of the catalogue (``content.problem.…``).
    """
    from coach.content.lines import line_of  # here, as most content is right

    line = where if isinstance(where, int) else line_of(where, keys)
    details = {"file": str(path), "line": line, "at": dotted(keys) or path.name, **values}
    return DataError(f"content.problem.{reason}", problems=(), **details)


def joined(errors: Iterable[DataError]) -> DataError:
    """Return the first of ``errors``, which holds the others as ``more``."""
    first, *others = errors
    first.more = tuple(others)
    return first


def raise_all(errors: Iterable[DataError]) -> None:
    """Raise what is wrong, if anything is."""
    if wrong := tuple(errors):
        raise joined(wrong)


def dotted(keys: Sequence[Key]) -> str:
    """Return a path as people write it: ``how[1].en`` (counted from 1)."""
    return "".join(f"[{key + 1}]" if isinstance(key, int) else f".{key}" for key in keys).lstrip(".")


def _syntax(message: str, text: str) -> tuple[str, int]:
    """Return what the TOML reader says without its place, and the line of that place."""
    if match := re.search(r" \(at line (\d+), column \d+\)", message):
        return message[: match.start()], int(match[1])
    return re.sub(r" \(at end of document\)", "", message), len(text.splitlines()) or 1
