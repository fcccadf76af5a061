"""The catalogue: what it says, what it falls back to, and what it never does with a person's text."""

import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach import words
from coach.domain.profile import REGIONS, regions_for
from coach.words import FALLBACK, LANGUAGES, Words, area, locale_language, locale_territory
from coach.words.__main__ import areas, main, missing, untranslated

EVERY_AREA = [(language, name) for language in LANGUAGES for name in areas(language)]


def placeholders(pattern: object) -> set[str]:
    """Return the names that a sentence, or any form of it, asks for."""
    forms = pattern.values() if isinstance(pattern, dict) else (pattern,)
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(str(form)) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_lacks_a_sentence(language: str) -> None:
    """Nobody meets a sentence in another language than their own."""
    assert missing(language) == []


@pytest.mark.parametrize(("language", "name"), EVERY_AREA)
def test_languages_hold_the_same_sentences_with_the_same_values(language: str, name: str) -> None:
    """A translation neither adds a sentence that nobody says nor drops a number from one."""
    english = area(FALLBACK, name)
    for key, pattern in area(language, name).items():
        assert key in english, f"{name}.{key}"
        assert placeholders(pattern) == placeholders(english[key]), f"{name}.{key}"


def test_what_a_person_typed_is_a_value_and_never_a_pattern() -> None:
    """Braces, brackets and percent signs in a person's words come out as they went in."""
    typed = "{0} {verb!r} [b]%s[/b]"
    assert typed in Words("en")("cli.usage", prog="coach", message=typed, help="x")


def test_a_language_that_does_not_ship_is_english() -> None:
    """A locale that nobody has translated is answered in English, not with an error."""
    assert locale_language({"LANG": "tlh_QX.UTF-8"}) == "en"
    assert Words("tlh")("cli.about") == Words("en")("cli.about")


@pytest.mark.parametrize(
    ("environ", "language"),
    [({"LANG": "ja_JP.UTF-8"}, "ja"), ({"LC_ALL": "C", "LANG": "ja_JP"}, "en"), ({}, "en"), ({"LANG": ""}, "en")],
)
def test_the_locale_chooses_the_language(environ: dict[str, str], language: str) -> None:
    """The most particular setting of the locale wins, as in any program."""
    assert locale_language(environ) == language


@pytest.fixture
def half_translated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give a language that has translated one sentence of the door alone."""
    folder = tmp_path / "words"
    for name in (*LANGUAGES, "eo"):
        (folder / name).mkdir(parents=True)
        for path in (words.FOLDER / name).glob("*.toml"):
            (folder / name / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "eo" / "cli.toml").write_text('about = "Trankvila helpanto."', encoding="utf-8")
    monkeypatch.setattr(words, "FOLDER", folder)
    area.cache_clear()
    yield
    area.cache_clear()


def test_a_third_language_falls_back_sentence_by_sentence(half_translated: None) -> None:
    """A translator sees their first sentence at once, and English where there is none yet."""
    esperanto = Words("eo")
    assert esperanto("cli.about") == "Trankvila helpanto."
    assert esperanto("cli.verb.today") == Words("en")("cli.verb.today")
    assert "cli.about" not in missing("eo")
    assert "cli.verb.today" in missing("eo")


def test_a_copied_sentence_is_told_to_the_translator(half_translated: None, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever copies the folder of English finds what is still to be translated; names and single words are let be."""
    english = (words.FOLDER / "en" / "cli.toml").read_text(encoding="utf-8")
    (words.FOLDER / "eo" / "cli.toml").write_text(english.replace("the language", "la lingvo"), encoding="utf-8")
    area.cache_clear()
    assert "cli.about" in untranslated("eo")
    assert "cli.lang" not in untranslated("eo")
    assert "summary.title" not in untranslated("ja")
    assert main(["eo"]) == 1
    assert "eo: cli.about (still in English)" in capsys.readouterr().out


def test_a_table_with_a_sentence_named_other_is_no_plural() -> None:
    """``records.error.other`` stands beside other errors; only one and other together are a plural."""
    assert Words("en")("records.error.is-folder", path="/x").startswith("/x is a folder")


@pytest.mark.parametrize(
    ("environ", "first"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "jp"),
        ({"LANG": "ja"}, "jp"),
        ({"LANG": "en_GB.UTF-8"}, "gb"),
        ({"LC_ALL": "en_US", "LANG": "ja_JP.UTF-8"}, "us"),
        ({"LANG": "C.UTF-8"}, REGIONS[0]),
        ({}, REGIONS[0]),
    ],
)
def test_the_locale_orders_the_regions_and_chooses_none(environ: dict[str, str], first: str) -> None:
    """The likeliest stands first; all are there, and the question is still asked."""
    ordered = regions_for(locale_territory(environ))
    assert ordered[0] == first
    assert sorted(ordered) == sorted(REGIONS)
