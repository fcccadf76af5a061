"""People's stories and the written cuts, against the rules: what a physiotherapist would read first."""

import re

import pytest

from tests.domain.triage.documents import BOOK, CUTS, SIGNS, STORIES, slips


def test_every_story_and_every_line_of_the_safety_table_is_decided_as_written() -> None:
    """Each story of ``tests/scenarios`` has its decision and its rule, and each cut lies where it must."""
    assert list(slips(BOOK)) == []


def test_there_are_sixty_stories_at_least() -> None:
    """Enough of them that a reader sees the whole of what people say."""
    assert len(STORIES) >= 60


@pytest.mark.parametrize("name", STORIES)
def test_each_story_is_told_in_both_languages(name: str) -> None:
    """A story is a sentence that a person would say, in English and in Japanese."""
    story = STORIES[name]["story"]
    assert story["en"].endswith((".", "!"))
    assert re.search(r"[ぁ-ん]", story["ja"])
    assert set(STORIES[name]["expect"]) == {"headline", "activity", "advice", "rule"}


def test_each_rule_and_each_sign_stands_in_the_second_table() -> None:
    """A new rule or sign comes with its line in the table, so that no cut is written down only once."""
    in_the_program_alone = {"not-asked"}
    assert {cut["id"] for cut in CUTS} == BOOK.written.keys() - in_the_program_alone
    for group, table in SIGNS.items():
        assert tuple(table["signs"]) == BOOK.ids(group)  # type: ignore[arg-type]


def test_each_sign_has_a_story() -> None:
    """Every sign is told once as a person would tell it."""
    told = {story["expect"]["rule"] for story in STORIES.values()}
    assert BOOK.signs.keys() <= told
