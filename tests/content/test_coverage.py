"""Every fact of the article is somewhere in the program, or left out for a reason that can be read."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from coach.content import Content, shipped
from tests.content.corpus import leaves

ARTICLE: dict[str, Any] = tomllib.loads((shipped() / "article.toml").read_text(encoding="utf-8"))
KNOWN = set(ARTICLE["ids"])


def cited() -> Iterator[tuple[str, str]]:
    """Yield each file of content with each source that it cites, the heads of its pages included."""
    for path in sorted(shipped().rglob("*.toml")):
        for key, value in leaves(tomllib.loads(path.read_text(encoding="utf-8"))):
            if ".source." in f".{key}":
                yield path.name, value
    for path in sorted((shipped() / "learn").rglob("*.md")):
        head = tomllib.loads(path.read_text(encoding="utf-8").split("+++\n", 2)[1])
        for source in head["sources"]:
            yield path.name, source


CITED = tuple(cited())


@pytest.mark.parametrize("fact", sorted(KNOWN))
def test_every_fact_is_used_or_left_out_with_its_reason(fact: str) -> None:
    """Nothing of the article is lost by oversight."""
    used = any(source == f"article:{fact}" for _, source in CITED)
    assert used != bool(ARTICLE["left_out"].get(fact))


def test_only_what_advertises_is_left_out() -> None:
    """The list of exceptions does not grow unseen."""
    assert set(ARTICLE["left_out"]) == {"clinic.promo"}


@pytest.mark.parametrize("place", sorted({place for place, _ in CITED}))
def test_every_source_that_is_cited_exists(place: str) -> None:
    """A reader who follows a source finds it: a fact of the article, or an entry of ``sources.toml``."""
    sources = Content.open().sources
    for file, source in CITED:
        if file == place:
            fact = source.removeprefix("article:")
            assert fact in KNOWN if fact != source else source in sources, source


def test_what_is_not_in_the_article_is_marked() -> None:
    """Whatever cites no fact of the article is marked as beyond it, wherever it is read."""
    content = Content.open()
    items: list[Any] = [
        *content.stretches.values(),
        *content.routines.values(),
        *content.habits.values(),
        *content.tips.values(),
    ]
    pages = [page for language in ("en", "ja") for page in content.learn(language)]
    assert len(items) > 40
    for item in items:
        assert item.beyond or any(source.startswith("article:") for source in item.source), item.id
    for page in pages:
        assert page.beyond or any(source.startswith("article:") for source in page.sources), page.id
        assert not (page.beyond and all(source.startswith("article:") for source in page.sources)), page.id


def test_every_source_says_whether_it_was_read() -> None:
    """Our own proposals are told from what others published, and what was read from what is remembered."""
    for source in Content.open().sources.values():
        assert (source.kind == "proposal") == (source.read == "none"), source.id
