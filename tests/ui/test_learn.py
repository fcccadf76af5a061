"""Learn: every page can be read whole at any width, found by its words, and says where it comes from."""

import pytest

from coach.content import Content
from coach.figure.anatomy import PARTS
from coach.home import Home
from coach.ui.markdown import Part, page_lines, parts_of, rich_lines
from coach.ui.text import NO_BEGIN
from coach.words import Words
from tests.helpers import beginning
from tests.ui.conftest import Open

CONTENT = Content.open()


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("width", range(36, 80, 7))
def test_markdown_loses_no_letter(language: str, width: int) -> None:
    """Wrapped at any width, a page holds all its letters, in lines that fit and that Japanese allows."""
    for page in CONTENT.learn(language):
        parts = parts_of(page.text)
        lines = page_lines(parts, width)
        assert max(line.cell_length for line in lines) <= width
        whole = "".join(part.sign + part.text.replace("*", "") for part in parts)
        assert "".join("".join(line.plain for line in lines).split()) == "".join(whole.split())
        if language == "ja":
            assert not [line.plain for line in lines if line.plain.strip()[:1] in NO_BEGIN]


def test_emphasis_survives_a_line_break() -> None:
    """The marks go, the weight stays, also where the line breaks within."""
    lines = rich_lines("one **two three** four", 9)
    assert [line.plain for line in lines] == ["one two", "three", "four"]
    assert [line.plain[span.start : span.end] for line in lines for span in line.spans if span.style == ".strong"] == [
        "two",
        "three",
    ]


def test_source_lines_are_joined_as_the_language_does() -> None:
    """English with a space, Japanese without."""
    assert parts_of("one\ntwo\n\n- 膝の\n  裏") == [Part("text", "one two"), Part("item", "膝の裏", "-")]


async def test_a_search_finds_a_passage_and_opens_it(lived_in: Home, open_app: Open) -> None:
    """From the word to the place where it stands, without a mouse."""
    async with open_app(lived_in) as ui:
        await ui.press("l", "slash")
        await ui.type("x-ray")
        assert "seeing someone" in ui.text()
        await ui.press("enter")
        assert "X-ray" in ui.text()
        await ui.press("escape")
        assert "x-ray" in ui.text()


async def test_a_search_matches_word_beginnings_titles_first(lived_in: Home, open_app: Open) -> None:
    """Who looks for ice wants the page on ice, not whoever may notice something."""
    async with open_app(lived_in, (120, 36)) as screen:
        await screen.press("l", "slash")
        await screen.type("ice")
        lines = [line.strip(" │") for line in screen.lines()]
        assert next(line for line in lines if line.startswith("▸")).startswith("▸ Ice or warmth?")
        assert not [line for line in lines if "notice" in line and " ice" not in line.casefold()]


async def test_a_search_without_result_says_so(lived_in: Home, open_app: Open) -> None:
    """An empty list is no riddle; brackets are only letters."""
    async with open_app(lived_in) as ui:
        await ui.press("l", "slash")
        await ui.type("[zz")
        assert beginning("help.none") in ui.text()
        await ui.press("enter")
        assert ui.front.NAME == "learn"


async def test_what_is_beyond_the_article_is_marked(lived_in: Home, open_app: Open) -> None:
    """By a footnote sign at each source, explained once under them; no name of a page carries it."""
    legend = Words("en")("content.legend")
    async with open_app(lived_in, (80, 60)) as ui:
        await ui.press("l")
        assert "†" not in ui.text()
        await ui.click("Ice or warmth?")
        await ui.click("Ice or warmth?")
        assert " ".join(ui.text().replace("│", " ").split()).count(legend) == 1
        assert ui.text().count("†") >= 2


async def test_pages_are_turned_by_keys_and_the_list_is_behind(lived_in: Home, open_app: Open) -> None:
    """Right, left, and back."""
    async with open_app(lived_in, language="ja") as ui:
        await ui.press("l", "down", "enter", "right")
        assert " 2/" in ui.text()
        await ui.press("left")
        assert " 1/" in ui.text()
        await ui.press("left", "escape")
        assert "すべてのページから探す" in ui.text()


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_beside_the_pictures_stands_one(lived_in: Home, open_app: Open, language: str) -> None:
    """The back of the knee with its three names, drawn, not told of; an opened gallery shows the same."""
    names = [Words(language)(f"gallery.part.{part}") for part in PARTS]
    async with open_app(lived_in, (120, 36), language) as ui:
        await ui.press("l")
        assert all(name in ui.text() for name in names)
        rows = sum(any("⠀" < letter <= "⣿" for letter in line) for line in ui.lines())
        assert rows >= 20
        await ui.press("down")
        assert not any(name in "".join(ui.lines()[:8]) for name in names)
