"""Learn: the pages to read, a search through all of them, and where each fact comes from."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.content import Content
from textual.widget import Widget

from coach.domain.guidance import Page
from coach.full_width import narrow
from coach.ui.areas import FRAMED, MEASURE, Area, Placed, page_of, room_of
from coach.ui.commands import Command
from coach.ui.figure_lines import anatomy
from coach.ui.list_page import ListPage
from coach.ui.markdown import page_lines, parts_of, unmarked
from coach.ui.text import BLANK, hang, indent, styled, wrap
from coach.ui.widgets.text_input import TextInput
from coach.way_in import named
from coach.words.stretch import legend, source_titles

TWO_COLUMNS, PAGE = 104, (2, 1)
"""Columns from which the sources stand beside a page, and how the two share the width."""
LARGEST, LEAST_DRAWN = (76, 30), 8
"""Cells of the picture at most, and rows below which it cannot be told."""
SEARCH = 2
"""Rows of the field above the list."""
PICTURES = -1
MOST_FOUND = 40
AROUND = 90
"""Letters of a found passage that are shown."""


class Passage(NamedTuple):
    """A page, or a passage of one, that can be opened."""

    page: int
    """Its index; ``PICTURES`` for the gallery."""
    part: int | None
    text: str


class Learn(ListPage[Passage]):
    """The list of pages, narrowed by a search; or one page."""

    NAME = "learn"
    ONE_CLICK: ClassVar[bool] = True
    SHARES: ClassVar[tuple[int, int]] = (2, 3)
    OFFERS = (
        Command("open", "enter", area="learn"),
        Command("search", "slash", area="learn"),
        Command("before", "left", "screen.turn(-1)", area="learn"),
        Command("after", "right", "screen.turn(1)", area="learn"),
    )

    def __init__(self, page: str = "", part: int | None = None, sought: str = "", marked: int = 0) -> None:
        """Show the page ``page``, at its part ``part``; without one the list, narrowed by ``sought``."""
        super().__init__(marked)
        self._page_id, self._part, self._sought = page, part, sought

    def again(self) -> dict[str, Any]:
        """Keep the page, or the search."""
        return {"page": self._page_id, "part": self._part, "sought": self._sought, "marked": self.marked}

    def body(self) -> Iterable[Widget]:
        """Yield the field, unless this is a page, and the lines."""
        if not self._page_id:
            yield TextInput(self._sought, placeholder=self.words("learn.search"), id="search")
        yield from super().body()

    @property
    def pages(self) -> tuple[Page, ...]:
        """All pages in the language that is spoken."""
        return self.home.content.learn(self.words.language)

    @property
    def opened(self) -> Page | None:
        """The page that is open; None where this is the list."""
        return next((page for page in self.pages if page.id == self._page_id), None)

    def heading(self) -> tuple[str, str]:
        """Return the title of the page, or of the list."""
        page = self.opened
        return (page.title, self._place(page)) if page else (self.words("learn.title"), "")

    def _place(self, page: Page) -> str:
        return self.words("learn.place", n=self.pages.index(page) + 1, of=len(self.pages))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what fits the list, or the page."""
        listing = not self._page_id
        if action == "turn":
            return not listing and self._neighbour(parameters[0]) is not None if parameters else not listing
        return listing if action in ("open", "search", "move") else True

    def areas(self, width: int, height: int) -> list[Placed]:
        """Return the page, its sources beside it where there is room; or the list."""
        page = self.opened
        if page is None:
            return super().areas(width, height)
        first, second = room_of(width, height, wide=TWO_COLUMNS, shares=PAGE)
        sources = Area("about", self.words("learn.sources"), self._sources(page, second))
        text = Area("list", page.title, self._whole(page, min(first, MEASURE)))
        return page_of([text, sources], width, height, wide=TWO_COLUMNS, shares=PAGE)

    def listed(self, width: int, height: int) -> tuple[str, list[Content]]:
        """Return the pages, or the passages that were found."""
        lines = self.list_lines(width) or wrap(self.words("help.none"), width, "muted")
        return self.words("learn.found" if self._sought else "learn.pages", n=len(self.entries())), lines

    def about(self, width: int, height: int) -> list[Area]:
        """Return the page that is marked, as far as it has room: Enter opens it whole."""
        if (passage := self.marked_entry) is None:
            return []
        if passage.page == PICTURES:
            text = wrap(self.words("learn.pictures-about"), min(width, MEASURE), "muted")
            rows = min(height - FRAMED.rows - SEARCH - len(text) - 1, LARGEST[1])
            if rows >= LEAST_DRAWN:
                text = [*anatomy(self.words, min(width, LARGEST[0]), rows), BLANK, *text]
            return [Area("about", self.words("gallery.title"), text, action="screen.open")]
        page = self.pages[passage.page]
        room = max(height - FRAMED.rows - SEARCH, 1)
        lines = self._whole(page, min(width, MEASURE))
        more = [styled("...", "muted")] if len(lines) > room else []
        return [Area("about", page.title, [*lines[: room - len(more)], *more], action="screen.open")]

    def _whole(self, page: Page, width: int) -> list[Content]:
        return page_lines(parts_of(named(page.text)), width)

    def _sources(self, page: Page, width: int) -> list[Content]:
        """Return where it comes from, and what the footnote sign beside a source means."""
        titles = source_titles(page.sources, self.words, self.home.content)
        texts = [*(f"- {title}" for title in titles), *legend(titles, self.words)]
        return [line for text in texts for line in wrap(text, width, "muted", indent=2 if text[0] == "-" else 0)]

    def entry_lines(self, index: int, entry: Passage, width: int) -> list[Content]:
        """Return the title of a page, and under it the passage that was found."""
        click = f"screen.pick({index})"
        name = self.words("gallery.title") if entry.page == PICTURES else self.pages[entry.page].title
        title = wrap(name, width - 2, "chosen" if index == self.marked else "", action=click)
        text = wrap(entry.text, width - 4, "muted", action=click) if entry.text else []
        return [*hang(self.mark_of(index), title), *indent(text, 4)]

    def entries(self) -> list[Passage]:
        """Return all pages; where something is sought, the passages that hold all its words."""
        words = [_beginning(word) for word in narrow(self._sought).split()]
        if not words:
            return [Passage(n, None, "") for n in (PICTURES, *range(len(self.pages)))]
        return list(islice(self._hits(words), MOST_FOUND))

    def _hits(self, words: list[re.Pattern[str]]) -> Iterator[Passage]:
        """Yield the pages whose title holds all the words, then the passages that do."""
        yield from (Passage(n, None, "") for n, page in enumerate(self.pages) if _holds(page.title, words))
        for n, page in enumerate(self.pages):
            for index, part in enumerate(parts_of(named(page.text))):
                text = unmarked(part.text)
                if _holds(text, words) and (first := words[0].search(text)):
                    yield Passage(n, index, _around(text, first.start()))

    @on(TextInput.Changed)
    def narrow(self, event: TextInput.Changed) -> None:
        """Show what holds the words."""
        if event.value != self._sought:
            self._sought, self.marked = event.value, 0
            self.redraw()

    @on(TextInput.Submitted)
    def open_marked(self) -> None:
        """Open what is marked, from the field as well."""
        self.action_open()

    def on_screen_resume(self) -> None:
        """Go to the passage that was found."""
        if self._part is not None:
            self.call_after_refresh(self._to_part)

    def _to_part(self) -> None:
        page = self.opened
        if page and self._part is not None:
            width, height = self.page.scrollable_content_region.size
            room, _ = room_of(width, height, wide=TWO_COLUMNS, shares=PAGE)
            before = page_lines(parts_of(named(page.text))[: self._part], min(room, MEASURE))
            self.page.scroll_to(y=max(0, len(before)), animate=False)

    def action_search(self) -> None:
        """Go to the field."""
        self.set_focus(self.query_one(TextInput))

    def action_open(self) -> None:
        """Open what is marked."""
        self.take()

    def take(self) -> None:
        """Open the page that is marked, at its passage."""
        passage = self.marked_entry
        if passage and passage.page == PICTURES:
            self.app.push_screen(self.app.make("gallery"))
        elif passage:
            self.app.push_screen(self.app.make("learn", page=self.pages[passage.page].id, part=passage.part))

    def _neighbour(self, by: object) -> str | None:
        page = self.opened
        at = self.pages.index(page) + int(str(by)) if page else -1
        return self.pages[at].id if 0 <= at < len(self.pages) else None

    def action_turn(self, by: int) -> None:
        """Turn to the page before or after."""
        other = self._neighbour(by)
        if other:
            self.app.switch_screen(self.app.make("learn", page=other))


def _beginning(word: str) -> re.Pattern[str]:
    """Return what finds ``word``: a Latin one at the beginning of a word ("ice" is not in "notice")."""
    return re.compile((r"\b" if word[0].isascii() and word[0].isalnum() else "") + re.escape(word), re.IGNORECASE)


def _holds(text: str, words: list[re.Pattern[str]]) -> bool:
    return all(word.search(text) for word in words)


def _around(text: str, at: int) -> str:
    """Return the piece of a passage around what was found, with dots where it is cut, between words if it has any."""
    first = max(0, at - AROUND // 3)
    last = first + AROUND
    piece = text[first:last]
    if first and (space := piece.find(" ", 0, at - first)) >= 0:
        piece = piece[space:]
    if last < len(text) and (space := piece.rfind(" ", len(piece) // 2)) >= 0:
        piece = piece[:space]
    return ("..." if first else "") + piece.strip() + ("..." if last < len(text) else "")
