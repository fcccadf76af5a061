"""The catalogue: every sentence of the program, by key, in each language.

A key is ``area.name``: the sentence ``name`` (dots make tables) in ``coach/words/<language>/<area>.toml``. An area is
read when first asked for, so that a one-line command pays only for the few sentences it says. What commands, screens
and papers say alike (answers, sides, minutes) stands once, in ``common``. A sentence may be a table of ``one`` and
``other``, chosen by the value ``n``. Placeholders are named: ``"{n} minutes"``. What a person typed is only ever a
value, never a pattern.
"""

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from coach.way_in import named

FOLDER = Path(__file__).parent
LANGUAGES = tuple(sorted(entry.name for entry in os.scandir(FOLDER) if entry.is_dir() and entry.name.isalpha()))
"""The languages that ship: the folders beside this file. A new language is a new folder."""
FALLBACK = "en"
"""What a language that lacks a sentence falls back to."""


def locale_language(environ: Mapping[str, str] = os.environ) -> str:
    """Return the language that the locale asks for, English where it asks for none that ships."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            code = value.replace("-", "_").split("_")[0].split(".")[0].lower()
            return code if code in LANGUAGES else FALLBACK
    return FALLBACK


def locale_territory(environ: Mapping[str, str] = os.environ) -> str:
    """Return the territory that the locale names, such as ``JP``; Japan's for Japanese, empty where it names none."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            language, _, territory = value.split(".")[0].partition("_")
            return territory[:2].upper() or ("JP" if language == "ja" else "")
    return ""


@cache
def area(language: str, name: str) -> Mapping[str, Any]:
    """Return the sentences of one area, flat (``{"title.short": …}``); empty where the language has none."""
    try:
        text = (FOLDER / language / f"{name}.toml").read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    return dict(_flat(tomli.loads(text)))


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict) and not value.keys() <= {"one", "other"}:
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _reachable(sentence: Any) -> Any:
    """Return a sentence, or each of its forms, with commands that can be typed as they stand."""
    if isinstance(sentence, dict):
        return {form: _reachable(text) for form, text in sentence.items()}
    return named(str(sentence), is_pattern=True)


class Words:
    """The sentences of one language: ``words("common.minutes", n=5)``."""

    def __init__(self, language: str, region: str = "other") -> None:
        """Speak ``language``, with days written as in ``region``; a language that does not ship is English."""
        self.region = region.lower()
        self.language = language if (FOLDER / language).is_dir() else FALLBACK
        self._said: dict[str, Any] = {}

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the sentence with its values; the key itself where no language has it.

        A value that is a text of the content, in several languages, is said in this one.
        """
        values = {name: self.pick(value) if isinstance(value, dict) else value for name, value in values.items()}
        pattern = self._said.get(key) or self._pattern(key)
        if isinstance(pattern, dict):
            pattern = pattern["one" if values.get("n") == 1 and "one" in pattern else "other"]
        return str(pattern).format_map(values) if values else str(pattern)

    def has(self, key: str) -> bool:
        """Tell whether any language has the sentence."""
        return self._find(key) is not None

    def pick(self, localized: Mapping[str, str]) -> str:
        """Return this language's text of a piece of content that holds several."""
        return named(localized.get(self.language) or localized.get(FALLBACK) or next(iter(localized.values()), ""))

    def _pattern(self, key: str) -> Any:
        sentence = self._find(key)
        self._said[key] = key if sentence is None else _reachable(sentence)
        return self._said[key]

    def _find(self, key: str) -> Any:
        name, _, rest = key.partition(".")
        sentence = area(self.language, name).get(rest)
        return area(FALLBACK, name).get(rest) if sentence is None else sentence
