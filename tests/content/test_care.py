"""Whom to call: right for every region, never guessed, and text that can be read aloud."""

import pytest

from coach.content import Content
from coach.domain.profile import REGIONS
from coach.words import LANGUAGES, Words
from coach.words.care import care_text, region_of

CONTENT = Content.open()
EUROPE = [
    "at", "be", "bg", "cy", "cz", "de", "dk", "ee", "es", "fi", "fr", "gr", "hr", "hu", "ie", "it", "lt", "lu", "lv",
    "mt", "nl", "pl", "pt", "ro", "se", "si", "sk",
]  # fmt: skip


@pytest.mark.parametrize(
    ("region", "number"),
    [("jp", "119"), ("gb", "999"), ("us", "911"), ("nz", "111"), ("au", "000"), ("ca", "911"), ("de", "112")],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ambulance_has_its_number_whatever_the_language(region: str, number: str, language: str) -> None:
    """A Japanese reader in New Zealand is told 111, an English one in Japan 119."""
    text = care_text("emergency", region, Words(language), CONTENT)
    assert number in text
    assert region_of(region, CONTENT).emergency == number


@pytest.mark.parametrize("code", EUROPE)
def test_every_member_of_the_union_has_112(code: str) -> None:
    """One number for all of them."""
    assert region_of(code, CONTENT).id == "eu"


@pytest.mark.parametrize("region", ["other", "zz", ""])
def test_where_the_region_is_not_known_no_number_is_guessed(region: str) -> None:
    """A wrong number would be worse than none."""
    for language in LANGUAGES:
        text = care_text("emergency", region, Words(language), CONTENT)
        assert not any(letter.isdigit() for letter in text)
    assert "your local emergency number" in care_text("emergency", region, Words("en"), CONTENT)


@pytest.mark.parametrize(
    ("region", "number"), [("jp", "#7119"), ("jp", "#8000"), ("gb", "111"), ("au", "1800 022 222")]
)
def test_the_same_day_has_the_line_that_says_where_to_go(region: str, number: str) -> None:
    """Where a country has such a line, it is named."""
    assert number in care_text("today", region, Words("en"), CONTENT)


def test_in_japan_the_right_departments_are_named() -> None:
    """整形外科 for the knee; a leg newly swollen on one side goes elsewhere."""
    today = care_text("today", "jp", Words("ja"), CONTENT)
    assert all(word in today for word in ("整形外科", "循環器内科", "血管外科", "救急外来"))
    assert "整形外科" in care_text("soon", "jp", Words("ja"), CONTENT)


def test_seeing_someone_soon_is_put_as_a_choice() -> None:
    """Only the emergency and the same day tell what to do."""
    for region in CONTENT.care_lines:
        assert "Consider " in care_text("soon", region, Words("en"), CONTENT)
        assert "考えましょう" in care_text("soon", region, Words("ja"), CONTENT)


@pytest.mark.parametrize("region", [*REGIONS, "fr"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_level_can_be_said_everywhere(region: str, language: str) -> None:
    """No placeholder and no key shows through; nothing is said where nothing is advised."""
    words = Words(language)
    assert care_text("none", region, words, CONTENT) == ""
    for level in ("watch", "soon", "today", "emergency"):
        text = care_text(level, region, words, CONTENT)
        assert text
        assert not {"{", "}"} & set(text)
        assert text[-1] in ".。"
