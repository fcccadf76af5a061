"""A language that nobody wrote: every letter changed and every sentence longer, so that what is fixed in code shows."""

import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from coach import words
from coach.home import Home
from coach.words import FALLBACK, Words, area
from tests.helpers import heavy_but
from tests.ui.conftest import Open
from tests.ui.test_every_screen import HIGH, SIZES, THERE, WIDTHS, open_screen

LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "äƀçđëƒğħïĵķĺmñöþqŕšŧüvŵxýžÄƁÇĐËƑĞĦÏĴĶĹMÑÖÞQŔŠŦÜVŴXÝŽ"
)
KEPT = {
    "hizaura",
    "coach",
    "home",
    "auto",
    "plyer",
    "english",
    "enter",
    "desktop",
    "terminal",
    "html",
    "json",
    "fhir",
} | {"daily"}
"""Plain words that are names: of the program, of files and settings, of a language in itself, of days as typed."""


def pseudo(sentence: str) -> str:
    """Return ``sentence`` with its letters changed and two fifths longer; placeholders and commands stay."""
    parts = re.split(r"(\{[^}]*\}|`[^`]*`)", sentence)
    changed = "".join(part if part[:1] in ("{", "`") else part.translate(LETTERS) for part in parts)
    return changed + "~" * (len(sentence) * 2 // 5 if len(sentence) > 5 else 0)


def pseudo_table(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table of sentences changed throughout."""
    return {key: pseudo_table(one) if isinstance(one, dict) else pseudo(one) for key, one in table.items()}


def toml(table: Mapping[str, Any], name: str = "") -> str:
    """Write a table of sentences as TOML; JSON's strings are TOML's."""
    flat = [f'"{key}" = {msgspec.json.encode(one).decode()}' for key, one in table.items() if isinstance(one, str)]
    deep = [toml(one, f'{name}."{key}"'.lstrip(".")) for key, one in table.items() if isinstance(one, dict)]
    return "\n".join([f"[{name}]" if name else "", *flat, *deep])


OWN_NAME = {"settings": "language-is", "summary": "language"}
"""Where each language has its own name: the second step of CONTRIBUTING."""


@pytest.fixture(scope="session")
def three_languages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a catalogue with a folder more, made once."""
    folder = tmp_path_factory.mktemp("three-languages") / "words"
    shutil.copytree(words.FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for path in (folder / FALLBACK).glob("*.toml"):
        table = pseudo_table(tomllib.loads(path.read_text(encoding="utf-8")))
        if path.stem in OWN_NAME:
            table[OWN_NAME[path.stem]]["xx"] = "xx"
        text = toml(table)
        (folder / "xx").mkdir(exist_ok=True)
        (folder / "xx" / path.name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def third_language(three_languages: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Ship one language more, by nothing but a folder."""
    pick = Words.pick
    monkeypatch.setattr(words, "FOLDER", three_languages)
    monkeypatch.setattr(Words, "pick", lambda self, said: pseudo(pick(self, said)))
    area.cache_clear()
    yield "xx"
    area.cache_clear()


def plain_words(frame: str) -> set[str]:
    """Return the words of a frame that came past the catalogue."""
    return {word for word in re.findall(r"(?<![\w`./-])[A-Za-z]{4,}(?![\w`.-])", frame) if word.lower() not in KEPT}


@pytest.mark.parametrize("name", heavy_but(["today", "check-in", "settings"], THERE))
async def test_no_sentence_is_hard_coded_and_longer_ones_fit(
    name: str, third_language: str, lived_in: Home, open_app: Open
) -> None:
    """A translator who fills one folder is read on every screen, at every size, whole, though their words are longer.

    The pages to learn from are content: a file a language.
    """
    async with open_app(lived_in, SIZES[0], third_language) as ui:
        await open_screen(ui, name)
        for size in SIZES:
            await ui.resize(*size)
            assert name == "learn" or plain_words(ui.text()) == set(), ui.text()
            assert max(len(line.rstrip()) for line in ui.lines()) <= size[0]
        for width in WIDTHS:
            await ui.resize(width, HIGH)
            assert ui.cut() == [], width
