"""The catalogue and the code name the same sentences: none that is asked for is missing, none lies unused."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from coach.words import FALLBACK, Words, area
from coach.words.__main__ import areas
from tests.helpers import ROOT

AREAS = areas(FALLBACK)
ENGLISH = Words(FALLBACK)


def texts(path: Path) -> Iterator[str]:
    """Yield every text in the code of ``path``; what is worked out within an f-string is ``*``."""
    inside: set[int] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            inside.update(id(part) for part in node.values)
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.value


WIDE = re.compile(r"[a-z_*-]+\.\*")
"""A pattern that leaves all but the area open: what it stands for must itself be written somewhere in the code."""
LOOKED_UP = ("argparse",)
"""Areas that are looked up whole, by the English words of what argparse says."""
FILES = ("bak", "jinja", "json", "lock", "log", "tcss")
"""Endings of names of files, which look like keys."""


class Code(NamedTuple):
    """What the code says of keys."""

    asked: frozenset[str]
    """Every key, or pattern of keys, that stands in it."""
    literals: frozenset[str]

    @property
    def plain(self) -> list[str]:
        """Every key that is written whole."""
        return sorted(key for key in self.asked if "*" not in key and key.rpartition(".")[2] not in FILES)


@cache
def code() -> Code:
    """Read all of it, once, and not where tests are only collected."""
    literals = frozenset(text for path in (ROOT / "coach").rglob("*.py") for text in texts(path))
    key = re.compile(rf"(?:{'|'.join(AREAS)}|\*)\.[a-z0-9_.*-]+")
    return Code(frozenset(filter(key.fullmatch, literals)), literals)


def is_sentence(key: str) -> bool:
    """Tell whether ``key`` is a sentence, or a table of them."""
    name, _, rest = key.partition(".")
    return ENGLISH.has(key) or any(known.startswith(f"{rest.rstrip('.')}.") for known in area(FALLBACK, name))


def test_there_are_keys_to_look_at() -> None:
    """The walk over the code finds what it is for."""
    assert {"cli.about", "content.legend"} <= set(code().plain)
    assert len(code().plain) > 100


def test_every_key_that_the_code_asks_for_is_a_sentence() -> None:
    """Nobody reads ``today.title`` where a title should stand."""
    assert [key for key in code().plain if not is_sentence(key)] == []


def test_no_sentence_lies_unused() -> None:
    """A translator translates nothing that nobody reads."""
    asked, literals = code()
    patterns = [_matching(key) for key in asked if "*" in key and not WIDE.fullmatch(key)]
    left_open = {key.partition(".")[0] for key in asked if WIDE.fullmatch(key)}
    tails = [_matching(text) for text in literals if re.fullmatch(r"[a-z][a-z0-9_*-]+", text)]
    unused = [
        key
        for name in AREAS
        if name not in LOOKED_UP
        for key in (f"{name}.{rest}" for rest in area(FALLBACK, name))
        if key not in asked
        and not any(pattern.fullmatch(key) for pattern in patterns)
        and not any(key.startswith(f"{table}.") for table in asked)
        and not (name in left_open and any(tail.fullmatch(key.partition(".")[2]) for tail in tails))
    ]
    assert unused == []


def _matching(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*", ".+"))
