"""A therapist's own stretch, routine or tip: one small TOML file, written short, read into the same types.

``coach.content.short`` knows the short form. The full form of what ships is read as well.
"""

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from coach.content.figures import figure_problems, undrawable
from coach.content.read import convert, problem, raise_all, read_text, read_toml
from coach.content.short import KINDS, OwnItem, OwnSheet, full
from coach.domain.exercise.stretch import Routine, Stretch
from coach.errors import DataError
from coach.validation import Key

MOST_LETTERS = 600
"""No sentence is longer."""
MOST_PARTS = 20
"""No list is longer."""
MOST_ID = 40
"""No id is longer."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_own(path: Path, shipped: Mapping[str, Stretch], taken: Container[str], *, strict: bool = True) -> OwnItem:
    """Return what ``path`` holds; DataError names line, key and reason.

    ``like`` takes over from a stretch that is ``shipped``; ``taken`` are ids that it cannot have. ``strict`` refuses
    what a drawing says to no effect, too.
    """
    sheet = OwnSheet(path, *read_toml(path))
    kind = sheet.document.get("kind", "stretch")
    if not isinstance(kind, str) or kind not in KINDS:
        raise sheet.wrong("choice", "kind", got=repr(kind), allowed=", ".join(KINDS))
    _check_texts(sheet)
    _check_id(sheet, taken)
    if "own" in sheet.document:
        raise sheet.wrong("unknown", "own")
    item = convert(path, sheet.text, full(sheet, kind, shipped), KINDS[kind])
    if isinstance(item, Stretch) and item.figure and "figure" in sheet.document:
        raise_all((figure_problems if strict else undrawable)(path, sheet.text, item.figure))
    return item


def read_folder(
    folder: Path, shipped: Mapping[str, Stretch], taken: Container[str]
) -> tuple[tuple[OwnItem, ...], tuple[DataError, ...]]:
    """Return what ``folder`` holds, and what of it could not be read: one bad file does not take the others along.

    What is there was added once, perhaps by an earlier version: no exercise is left out for an untidy drawing.
    """
    read: dict[Path, OwnItem] = {}
    whole: list[OwnItem] = []
    problems: list[DataError] = []
    for path in sorted(folder.glob("*.toml")):
        with _gathered(problems):
            read[path] = read_own(path, shipped, taken, strict=False)
    stretch_ids = {*shipped, *(item.id for item in read.values() if isinstance(item, Stretch))}
    for path, item in read.items():
        with _gathered(problems):
            check_references(path, item, stretch_ids)
            whole.append(item)
    return tuple(whole), tuple(problems)


@contextmanager
def _gathered(problems: list[DataError]) -> Iterator[None]:
    try:
        yield
    except DataError as error:
        problems.append(error)


def check_references(path: Path, item: OwnItem, stretch_ids: Container[str]) -> None:
    """Refuse an item that names a stretch which is not ``known``, or itself."""
    for keys, stretch_id in _references(item):
        if stretch_id not in stretch_ids or stretch_id == item.id:
            raise problem(path, read_text(path), "no-such", keys, got=repr(stretch_id))


def _references(item: OwnItem) -> Iterator[tuple[tuple[Key, ...], str]]:
    if isinstance(item, Routine):
        yield from ((("stretches", index), stretch_id) for index, stretch_id in enumerate(item.stretches))
    if isinstance(item, Stretch) and item.easier:
        yield ("easier",), item.easier
    if isinstance(item, Stretch) and item.avoid.instead:
        yield ("avoid", "instead"), item.avoid.instead


def _check_id(sheet: OwnSheet, taken: Container[str]) -> None:
    own_id = sheet.document.get("id")
    if own_id is None:
        raise sheet.wrong("missing", "id")
    if not isinstance(own_id, str) or len(own_id) > MOST_ID or not _ID.fullmatch(own_id):
        raise sheet.wrong("id", "id", got=repr(own_id)[:60])
    if own_id in taken:
        raise sheet.wrong("taken", "id", got=own_id)


def _check_texts(sheet: OwnSheet) -> None:
    """Refuse control characters, endless sentences and endless lists, wherever they stand."""
    for keys, value in _leaves(sheet.document):
        if isinstance(value, list) and len(value) > MOST_PARTS:
            raise sheet.wrong("too-many", *keys, most=MOST_PARTS)
        if isinstance(value, str) and len(value) > MOST_LETTERS:
            raise sheet.wrong("too-long", *keys, most=MOST_LETTERS)
        if isinstance(value, str) and any(unicodedata.category(letter) in ("Cc", "Cf") for letter in value):
            raise sheet.wrong("control", *keys)


def _leaves(value_tree: Any, keys: tuple[Key, ...] = ()) -> Iterator[tuple[tuple[Key, ...], Any]]:
    """Yield every value with its path, lists before what they hold."""
    if isinstance(value_tree, dict):
        for key, value in value_tree.items():
            yield from _leaves(value, (*keys, key))
        return
    yield keys, value_tree
    if isinstance(value_tree, list):
        for index, value in enumerate(value_tree):
            yield from _leaves(value, (*keys, index))
