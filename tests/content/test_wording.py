"""What no sentence of the program says, in the catalogue and in all content, in every language."""

import fnmatch
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from coach.content import shipped
from coach.words import LANGUAGES
from tests.content.corpus import Sentence, sentences

LISTS: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "forbidden.toml").read_text(encoding="utf-8"))
EVERYTHING = sentences()
PLACEHOLDER = re.compile(r"\{[a-z_]*\}")


def faults(kind: str, said: tuple[Sentence, ...]) -> list[str]:
    """Return where ``said`` holds what the list ``kind`` forbids."""
    rule = LISTS[kind]
    free = rule.get("except", ())
    return [
        f"{one.place} ({one.language}): {one.text!r} has {pattern!r}"
        for one in said
        for pattern in rule.get(one.language, ())
        if re.search(pattern, one.text, re.IGNORECASE) and not any(fnmatch.fnmatch(one.place, glob) for glob in free)
    ]


@pytest.mark.parametrize("kind", LISTS)
def test_no_sentence_says_what_none_may(kind: str) -> None:
    """Nobody reads a diagnosis, a promise, a reproach, an order, or the name of a disease beside their answers."""
    assert faults(kind, EVERYTHING) == []


@pytest.mark.parametrize(
    ("kind", "language", "text"),
    [
        ("diagnosing", "en", "You probably have a cyst."),
        ("diagnosing", "ja", "あなたは膝の炎症です。"),
        ("promising", "en", "This stretch prevents pain."),
        ("promising", "ja", "続ければ治ります。"),
        ("blaming", "en", "You missed three days and broke your streak."),
        ("blaming", "ja", "昨日はさぼりました。"),
        ("commanding", "en", "You must see a doctor."),
        ("commanding", "ja", "整形外科を受診してください。"),
        ("disease", "en", "It may be a deep vein thrombosis."),
        ("disease", "ja", "ベーカー嚢腫かもしれません。"),
        ("unsaid", "en", "As long as no number is known for today, a gentle day is asked for."),
        ("unsaid", "en", "Talking it over with a professional soon is worth weighing."),
        ("unsaid", "en", "Worst pain in walking, of 10"),
        ("unsaid", "en", "A session broke off a little while ago."),
        ("unsaid", "ja", "少なくとも12月1日(火) 00:00までは休みます。"),
        ("unsaid", "ja", "歩くときの一番の痛み(10段階)"),
    ],
)
def test_the_lists_catch_what_they_are_for(kind: str, language: str, text: str) -> None:
    """A sentence of each forbidden sort, put among the others, is found; else the test above would prove nothing."""
    assert faults(kind, (Sentence("words/today.new", language, text),))


def test_the_lists_read_everything() -> None:
    """Catalogue, stretches, lists and pages are all among what is read, in both languages."""
    places = {(one.place.split(".")[0].split(":")[0], one.language) for one in EVERYTHING}
    for language in ("en", "ja"):
        assert {("words/cli", language), ("stretches/seated-toe-pull", language), ("tips", language)} <= places
        assert (f"learn/{language}/causes", language) in places


def test_every_sentence_of_the_content_is_there_in_every_language() -> None:
    """Nobody meets a blank: where one language speaks, so do the others, with the same placeholders."""
    by_place: dict[str, dict[str, str]] = {}
    for one in EVERYTHING:
        if not one.place.startswith(("words/", "learn/")):
            by_place.setdefault(one.place, {})[one.language] = one.text
    assert by_place
    for place, said in by_place.items():
        assert set(said) == set(LANGUAGES), place
        assert all(text.strip() == text != "" for text in said.values()), place
        found = {language: sorted(PLACEHOLDER.findall(text)) for language, text in said.items()}
        assert all(names == found["en"] for names in found.values()), place


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_there_in_every_language(language: str) -> None:
    """A page that a language lacks would be missing from Learn, and nobody would be told."""
    english, here = ({path.name for path in (shipped() / "learn" / one).glob("*.md")} for one in ("en", language))
    assert here == english
