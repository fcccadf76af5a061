"""The catalogue and the code name the same sentences: none that is asked for is missing, none lies unused."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

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


LITERALS = frozenset(text for path in (ROOT / "coach").rglob("*.py") for text in texts(path))
ASKED = {text for text in LITERALS if re.fullmatch(rf"(?:{'|'.join(AREAS)}|\*)\.[a-z0-9_.*-]+", text)}
"""Every key, or pattern of keys, that stands in the code."""
WIDE = re.compile(r"[a-z_*-]+\.\*")
"""A pattern that leaves all but the area open: what it stands for must itself be written somewhere in the code."""
PATTERNS = [re.compile(re.escape(key).replace(r"\*", ".+")) for key in ASKED if "*" in key and not WIDE.fullmatch(key)]
OPEN = {key.partition(".")[0] for key in ASKED if WIDE.fullmatch(key)}
TAILS = [
    re.compile(re.escape(text).replace(r"\*", ".+")) for text in LITERALS if re.fullmatch(r"[a-z][a-z0-9_*-]+", text)
]
LOOKED_UP = ("argparse",)
"""Areas that are looked up whole, by the English words of what argparse says."""
FILES = ("bak", "jinja", "json", "lock", "log", "tcss")
"""Endings of names of files, which look like keys."""
PLAIN = sorted(key for key in ASKED if "*" not in key and key.rpartition(".")[2] not in FILES)


def is_sentence(key: str) -> bool:
    """Tell whether ``key`` is a sentence, or a table of them."""
    name, _, rest = key.partition(".")
    return ENGLISH.has(key) or any(known.startswith(f"{rest.rstrip('.')}.") for known in area(FALLBACK, name))


def test_there_are_keys_to_look_at() -> None:
    """The walk over the code finds what it is for."""
    assert {"cli.about", "content.legend"} <= set(PLAIN)
    assert len(PLAIN) > 100


def test_every_key_that_the_code_asks_for_is_a_sentence() -> None:
    """Nobody reads ``today.title`` where a title should stand."""
    assert [key for key in PLAIN if not is_sentence(key)] == []


def test_no_sentence_lies_unused() -> None:
    """A translator translates nothing that nobody reads."""
    unused = [
        key
        for name in AREAS
        if name not in LOOKED_UP
        for key in (f"{name}.{rest}" for rest in area(FALLBACK, name))
        if key not in ASKED
        and not any(pattern.fullmatch(key) for pattern in PATTERNS)
        and not any(key.startswith(f"{asked}.") for asked in ASKED)
        and not (name in OPEN and any(tail.fullmatch(key.partition(".")[2]) for tail in TAILS))
    ]
    assert unused == []
