"""One name for one thing, over the catalogue and all content, in every language."""

import fnmatch
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from coach.words import LANGUAGES
from tests.content.corpus import Sentence, sentences

TERMS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "glossary.toml").read_text(encoding="utf-8"))[
    "terms"
]
EVERYTHING = sentences()


def synonyms(term: dict[str, Any], texts: tuple[Sentence, ...]) -> list[str]:
    """Return where something is called otherwise than by its name."""
    return [
        f"{sentence.place} ({sentence.language}): {sentence.text!r} has {pattern!r}: say {term[sentence.language]!r}"
        for sentence in texts
        for pattern in term.get(f"not_{sentence.language}", ())
        if re.search(pattern, sentence.text, re.IGNORECASE)
        and not any(fnmatch.fnmatch(sentence.place, glob) for glob in term.get("except", ()))
    ]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: str(term["id"]))
def test_a_thing_has_one_name(term: dict[str, Any]) -> None:
    """Nobody wonders whether two words mean two things."""
    assert synonyms(term, EVERYTHING) == []


@pytest.mark.parametrize("term", TERMS, ids=lambda term: str(term["id"]))
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_name_is_in_use(term: dict[str, Any], language: str) -> None:
    """The glossary holds what people read, and nothing that went away."""
    assert language in term, f"glossary.toml says nothing of {term['id']!r} in {language}"
    assert any(
        term[language].lower() in sentence.text.lower() for sentence in EVERYTHING if sentence.language == language
    )


def test_a_synonym_is_caught() -> None:
    """A second name, put among the others, is found; else the test above would prove nothing."""
    wrong = (Sentence("words/today.new", "en", "Your notification"), Sentence("words/today.new", "ja", "やさしめに"))
    assert len([fault for term in TERMS for fault in synonyms(term, wrong)]) == 2
