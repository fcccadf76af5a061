"""Pictures: every stretch as it moves, one at a time, and the back of the knee with the names of its muscles."""

import math
from typing import Any, ClassVar

from textual import constants
from textual.content import Content

from coach.domain.exercise.stretch import Stretch
from coach.domain.guidance import Figure
from coach.figure import Drawing
from coach.ui.areas import MEASURE, Area, Placed, page_of, room_of
from coach.ui.commands import Command
from coach.ui.figure_lines import anatomy, coloured
from coach.ui.list_page import ListPage
from coach.ui.text import BLANK, hang, styled, wrap
from coach.words.stretch import stretch_lines

ANATOMY, ICE = "anatomy", "ice"
"""What is opened, or listed first and last, beside the ids of the stretches."""
TWO_COLUMNS, PAGE = 92, (3, 2)
"""Columns from which the words stand beside the picture, and how the two share the width."""
LARGEST = (76, 30)
"""Cells of a picture at most."""
FRAME = 4
"""Rows that the frame and the words under a picture take."""
FRAME_S = 0.125
INTO_S, HELD_S, OUT_S, REST_S = 2.0, 2.0, 2.0, 1.0
"""Seconds of the way into a stretch, in it, out of it, and at ease, as the pictures show them."""


class Gallery(ListPage[str]):
    """The list with the picture of what is marked; or the page of one."""

    NAME = "gallery"
    WIDE: ClassVar[int] = 72
    SHARES: ClassVar[tuple[int, int]] = (2, 3)
    OFFERS = (
        Command("open", "enter", area="gallery"),
        Command("before", "left", "screen.turn(-1)", area="gallery"),
        Command("after", "right", "screen.turn(1)", area="gallery"),
    )

    def __init__(self, shown: str = "", marked: int = 0) -> None:
        """Show the page of ``shown``, the id of a stretch or ``ANATOMY``; without one, the list."""
        super().__init__(marked)
        self._shown = shown
        self._drawing: tuple[tuple[str, int, int], Drawing] | None = None
        self._seconds = 0.0
        self._moves: bool

    def again(self) -> dict[str, Any]:
        """Keep the page, and the mark."""
        return {"shown": self._shown, "marked": self.marked}

    def prepare(self) -> None:
        """Read whether pictures move."""
        self._moves = self.home.profile.motion and constants.TEXTUAL_ANIMATIONS != "none"

    def on_mount(self) -> None:
        """Let the picture move, where a person wants that."""
        if self._moves:
            self.set_interval(FRAME_S, self._move)
        else:
            self._seconds = INTO_S

    def _move(self) -> None:
        if self.is_current:
            before = depth_at(self._seconds)
            self._seconds += FRAME_S
            if depth_at(self._seconds) != before:
                self.page.redraw()

    def entries(self) -> list[str]:
        """Return the back of the knee, then every stretch that is drawn, and how one lies with ice."""
        return [name for name in (ANATOMY, *self.home.content.stretches, ICE) if name == ANATOMY or self._figure(name)]

    def heading(self) -> tuple[str, str]:
        """Return the title of the page, or of the list."""
        if not self._shown:
            return super().heading()
        place = self.words("learn.place", n=self.entries().index(self._shown) + 1, of=len(self.entries()))
        return self._called(self._shown), place

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what fits the list, or the page."""
        if action == "turn":
            return bool(self._shown and self._neighbour(parameters[0])) if parameters else bool(self._shown)
        return not self._shown if action in ("open", "move") else True

    # -- the list -----------------------------------------------------------------------------------------------

    def listed(self, width: int, height: int) -> tuple[str, list[Content]]:
        """Return all that there is a picture of."""
        return self.words("gallery.list", n=len(self.entries())), self.list_lines(width)

    def entry_lines(self, index: int, entry: str, width: int) -> list[Content]:
        """Return the name of an entry."""
        role = "chosen" if index == self.marked else ""
        return hang(self.mark_of(index), wrap(self._called(entry), width - 2, role, action=f"screen.pick({index})"))

    def about(self, width: int, height: int) -> list[Area]:
        """Return the picture of what is marked."""
        name = self.entries()[self.marked]
        lines = [*self._picture(name, width, height - FRAME), *self._felt(name, width)]
        return [Area("about", self._called(name), lines, action="screen.open")]

    def action_open(self) -> None:
        """Open what is marked."""
        self.take()

    def take(self) -> None:
        """Open the page of what is marked."""
        if name := self.marked_entry:
            self.app.push_screen(self.app.make("gallery", shown=name, marked=self.marked))

    # -- a page -------------------------------------------------------------------------------------------------

    def areas(self, width: int, height: int) -> list[Placed]:
        """Return the list; or the picture, its words beside it where there is room."""
        if not self._shown:
            return super().areas(width, height)
        first, second = room_of(width, height, wide=TWO_COLUMNS, shares=PAGE)
        rows = height - FRAME if width >= TWO_COLUMNS else max(height // 2, 10)
        drawn = Area("list", "", self._picture(self._shown, first, rows))
        words = Area("about", self._called(self._shown), self._words(self._shown, min(second, MEASURE)))
        return page_of([drawn, words], width, height, wide=TWO_COLUMNS, shares=PAGE)

    def _words(self, name: str, width: int) -> list[Content]:
        if name == ANATOMY:
            texts = [
                self.words(f"gallery.about.{part}") for part in ("view", "hamstrings", "gastrocnemius", "popliteus")
            ]
            return [line for text in texts for line in (*wrap(text, width), BLANK)]
        if name == ICE:
            rules = [self.words.pick(rule.text) for rule in self.home.content.icing.rules]
            return [
                *wrap(self.words("gallery.about.ice"), width),
                BLANK,
                *(line for text in rules for line in hang(styled("· ", "muted"), wrap(text, width - 2))),
            ]
        lines = stretch_lines(self.home.content.stretches[name], self.words, self.home.content)[1:]
        return [line for text in lines for line in (wrap(text, width) if text else [BLANK])]

    def _neighbour(self, by: object) -> str | None:
        names = self.entries()
        at = names.index(self._shown) + int(str(by))
        return names[at] if 0 <= at < len(names) else None

    def action_turn(self, by: int) -> None:
        """Turn to the picture before or after."""
        if other := self._neighbour(by):
            self.app.switch_screen(self.app.make("gallery", shown=other, marked=self.entries().index(other)))

    # -- pictures -----------------------------------------------------------------------------------------------

    def _called(self, name: str) -> str:
        return self.words(f"gallery.{name}") if name in (ANATOMY, ICE) else self.words.pick(self._stretch(name).name)

    def _stretch(self, name: str) -> Stretch:
        return self.home.content.stretches[name]

    def _figure(self, name: str) -> Figure | None:
        content = self.home.content
        return content.icing.figure if name == ICE else content.stretches[name].figure

    def _felt(self, name: str, width: int) -> list[Content]:
        """Return where it is felt, or what there is to see, in a line or two."""
        about = {ANATOMY: "gallery.about.view", ICE: "gallery.about.ice"}.get(name)
        text = self.words(about) if about else self.words.pick(self._stretch(name).feel)
        return wrap(text, width, "muted")[:2]

    def _picture(self, name: str, width: int, height: int) -> list[Content]:
        """Return what there is to see at this moment, as large as the room, and as the largest picture, allows."""
        columns, rows = min(width, LARGEST[0]), max(min(height, LARGEST[1]), 4)
        if name == ANATOMY:
            return anatomy(self.words, columns, rows)
        figure = self._figure(name)
        assert figure is not None
        key = (name, columns, rows)
        if self._drawing is None or self._drawing[0] != key:
            self._drawing = key, Drawing(figure, columns, rows)
        return [coloured(row) for row in self._drawing[1].cells(depth_at(self._seconds))]


def depth_at(seconds: float) -> float:
    """Return how far into a stretch (0 to 1) a picture is after so many seconds: in, held, out, at ease, and again."""
    at = seconds % (INTO_S + HELD_S + OUT_S + REST_S)
    if at < INTO_S:
        return _eased(at / INTO_S)
    if at < INTO_S + HELD_S:
        return 1.0
    return _eased(max(0.0, 1.0 - (at - INTO_S - HELD_S) / OUT_S))


def _eased(share: float) -> float:
    return 0.5 - 0.5 * math.cos(math.pi * share)
