"""The printed rule book: every rule and sign, in both languages, from the data that decides."""

import pytest

from coach.content import Content
from coach.words import Words
from coach.words.rule_book import rule_book, sign_book

BOOK = Content.open().rules


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_rule_and_every_sign_is_on_the_page_once(language: str) -> None:
    """Whoever audits the program misses nothing of what it decides by."""
    rows = [line.split(" | ")[0].removeprefix("| ") for line in rule_book(Words(language), BOOK).splitlines()]
    for one in (*BOOK.written, *BOOK.signs):
        assert rows.count(one) == 1, one


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_row_is_whole_and_no_key_shows_through(language: str) -> None:
    """Each rule has a condition, a level, a source and a basis in the reader's words."""
    page = rule_book(Words(language), BOOK)
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    assert all(cell.strip() for row in rows for cell in row.strip("|").split("|"))
    assert "rulebook." not in page
    assert "decision." not in page


def test_a_changed_cut_changes_the_page() -> None:
    """The page cannot say one number while another decides: it names the cut of the data."""
    page = rule_book(Words("en"), BOOK)
    assert "| rest-8 | pain at rest: 8 or more | today | rest |" in page
    assert "| morning-2 | pain the next morning above usual pain when walking by 2 or more | – | rest |" in page


def test_signs_alone_are_the_signs_of_the_page() -> None:
    """The shorter list is the same list."""
    assert sign_book(Words("en"), BOOK) in rule_book(Words("en"), BOOK)
