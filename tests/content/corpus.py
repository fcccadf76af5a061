"""Every sentence that a person may read, with its place and language: the catalogue, and all of ``routines/``.

``freewords.toml`` is left out: it lists what people say, not what the program says.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import tomli

from coach.content import shipped
from coach.words import FOLDER, LANGUAGES


class Sentence(NamedTuple):
    """One text in one language; ``place`` is its file and key."""

    place: str
    language: str
    text: str


@cache
def sentences() -> tuple[Sentence, ...]:
    """Return every sentence."""
    return (*_catalogue(), *_content(), *_pages())


def _catalogue() -> Iterator[Sentence]:
    for language in LANGUAGES:
        for path in sorted((FOLDER / language).glob("*.toml")):
            for key, value in leaves(tomli.loads(path.read_text(encoding="utf-8"))):
                yield Sentence(f"words/{path.stem}.{key}", language, str(value))


def _content() -> Iterator[Sentence]:
    for path in sorted(set(shipped().rglob("*.toml")) - {shipped() / "freewords.toml"}):
        for key, value in leaves(tomli.loads(path.read_text(encoding="utf-8"))):
            front, _, language = key.rpartition(".")
            if language in LANGUAGES:
                yield Sentence(f"{path.relative_to(shipped())}:{front}", language, str(value))


def _pages() -> Iterator[Sentence]:
    for path in sorted((shipped() / "learn").rglob("*.md")):
        name = path.relative_to(shipped())
        _, head, text = path.read_text(encoding="utf-8").split("+++\n", 2)
        yield Sentence(f"{name}:title", path.parent.name, tomli.loads(head)["title"])
        for line in text.splitlines():
            yield Sentence(f"{name}:text", path.parent.name, line)


def leaves(found: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value of nested tables and lists with its dotted key; an entry that has an id goes by it."""
    if isinstance(found, dict):
        for name, value in found.items():
            yield from leaves(value, f"{key}.{name}" if key else name)
    elif isinstance(found, list):
        for index, value in enumerate(found):
            name = value.get("id", value.get("advice", index)) if isinstance(value, dict) else index
            yield from leaves(value, f"{key}.{name}")
    else:
        yield key, found
