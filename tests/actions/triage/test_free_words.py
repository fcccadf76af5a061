"""A person's own words become suggestions in either language, and what is denied is not suggested."""

import pytest

from coach.actions.triage.free_words import Suggestion, suggest
from coach.content import Content

CONTENT = Content.open()


def said(text: str) -> Suggestion:
    return suggest(text, "en", CONTENT)


@pytest.mark.parametrize("text", ["ズキッ、階段だけ", "stabs, only on the stairs"])
def test_the_same_words_suggest_the_same_in_both_languages(text: str) -> None:
    """A stab on the stairs alone is a sharp quality, a movement, and a thing to keep an eye on."""
    found = said(text)
    assert found.quality == ("sharp",)
    assert "stairs-down" in found.when
    assert found.signs == ("stairs-only",)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("片足だけ腫れて熱い", "one-leg-swollen-warm"),
        ("I am short of breath since this morning", "chest-or-breath"),
        ("膝がガクッとする", "gives-way"),
        ("there's like a ball in there", "bulge-or-pressure"),
        ("夜中に痛くて目が覚める", "night-waking"),
        ("my knee gave way and I fell", "gave-way-and-fell"),
    ],
)
def test_a_sign_in_free_words_is_asked(text: str, sign: str) -> None:
    """What people write without meaning it as an answer is not overheard."""
    assert sign in said(text).signs


@pytest.mark.parametrize(
    "text", ["not swollen, no numbness", "腫れはない。しびれもありません", "hotel stairs were fine, notably"]
)
def test_what_is_denied_or_only_looks_alike_is_not_suggested(text: str) -> None:
    """ "No swelling" suggests no swelling, and a hotel is not hot."""
    found = said(text)
    assert found.signs == ()
    assert found.hot is None


def test_nothing_said_suggests_nothing() -> None:
    """Silence, and text with odd characters, are answered with silence."""
    assert said("") == said("[/b] \x1b[31m 🙂") == Suggestion()


def test_every_sign_of_the_phrases_is_one_that_there_is() -> None:
    """A phrase never points at a sign that nobody asks."""
    phrases = CONTENT.phrases
    assert {sign for entry in phrases.words for sign in entry.signs} <= CONTENT.rules.signs.keys()
