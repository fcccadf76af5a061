"""Finds the line of a key in a TOML text; asked only once something is wrong, as the TOML reader keeps no lines."""

import re
from collections.abc import Iterator, Sequence

from coach.validation import Key

_HEADER = r"^\s*(\[{1,2})\s*([^\]]+?)\s*\]{1,2}\s*(#.*)?$"
_ENTRY = r"^\s*([A-Za-z0-9_.\"'-]+?)\s*="


def line_of(text: str, path: Sequence[Key]) -> int:
    """Return the line, from 1, of ``path`` (``("how", 1, "en")``), or of the nearest above it."""
    best, depth = 1, 0
    for number, keys in _keys(text):
        shared = min(len(keys), len(path))
        if shared > depth and list(keys[:shared]) == list(path[:shared]):
            best, depth = number, shared
    return best


def _keys(text: str) -> Iterator[tuple[int, tuple[Key, ...]]]:
    """Yield each line that names something with its whole path; arrays of tables count from 0."""
    table: tuple[Key, ...] = ()
    counts: dict[tuple[Key, ...], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(_HEADER, line):
            table = _split(header[2])
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
            table = _counted(table, counts)
            yield number, table
        elif entry := re.match(_ENTRY, line):
            yield number, table + _split(entry[1])


def _split(dotted: str) -> tuple[Key, ...]:
    return tuple(part.strip(" \"'") for part in dotted.split("."))


def _counted(table: tuple[Key, ...], counts: dict[tuple[Key, ...], int]) -> tuple[Key, ...]:
    """Put the index of the present element after each array of tables in ``table``."""
    path: tuple[Key, ...] = ()
    for end in range(1, len(table) + 1):
        path += (table[end - 1],)
        if (index := counts.get(table[:end])) is not None:
            path += (index,)
    return path
