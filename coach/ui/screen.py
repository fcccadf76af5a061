"""What every screen has: a heading, a footer of keys that work now, a banner, and an apology where there is no room."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from coach import clock
from coach.domain.triage.state import SHAPES, State
from coach.errors import CoachError
from coach.home import Home
from coach.ui.areas import Placed
from coach.ui.commands import BACK, GLOBAL, Command, describe, first_key
from coach.ui.messages import trouble
from coach.ui.navigator import Navigator, OpenScreen
from coach.ui.text import BLANK, joined, spread, styled, wrap
from coach.ui.themes import BEHIND, ROLES
from coach.ui.widgets.board import Board
from coach.ui.widgets.lines import Block
from coach.ui.widgets.page import ScrollingPage
from coach.words import Words

PAGE_KEYS = (
    Command("page-up", "pageup", "screen.scroll(-1)", footer=False),
    Command("page-down", "pagedown", "screen.scroll(1)", footer=False),
    Command("line-up", "up", "screen.scroll_line(-1)", footer=False),
    Command("line-down", "down", "screen.scroll_line(1)", footer=False),
)
"""How a page is scrolled, where a screen has no other use for these keys."""
SMALLEST = (40, 12)
"""Columns and rows below which there is only an apology."""
LOW = 18
"""Rows below which the heading and the footer give up their blank lines."""
APART = "   "
"""What stands between two keys of the footer."""

FRAMED, BROAD = (64, 20), (104, 24)
"""Columns and rows from which a form has a frame, and from which it has something beside it."""
GAP = "  "
"""Between a state and the title after it."""
SHORT = 32
"""Rows below which long lists give up theirs."""


class CoachScreen(OpenScreen):
    """A screen of the coach. See ``coach.ui`` for how one is added."""

    AREA: ClassVar[str] = ""
    """Its area in the catalogue, where that is not its name."""
    OFFERS: ClassVar[tuple[Command, ...]] = ()
    """Its own commands, in the order of the footer; they win over the global ones with the same key."""
    COMPONENT_CLASSES: ClassVar[set[str]] = {*ROLES, *BEHIND}
    TITLE = None
    AUTO_FOCUS = "#body"

    app: Navigator

    def __init__(self) -> None:
        """Begin with the classes of the size that the terminal has now, so that nothing is styled twice."""
        super().__init__()
        describe(self._bindings, self.commands(), self.app.words)
        self._said = ("", "")
        self._had_focus: Widget | None = None
        self._framed_for: Size | None = None
        self._covered = False
        for name, applies in _size_classes(self.app.size).items():
            self.set_class(applies, name, update=False)

    def __init_subclass__(cls, **options: Any) -> None:
        """Make the bindings from the commands."""
        cls.BINDINGS = [command.binding() for command in cls.commands() if command.key]
        super().__init_subclass__(**options)

    @classmethod
    def commands(cls) -> tuple[Command, ...]:
        """Return its own commands, and the way back."""
        return (*cls.OFFERS, BACK)

    def on_screen_suspend(self) -> None:
        """Note that another screen lies over this one."""
        self._covered = True

    @property
    def comes_back(self) -> bool:
        """Whether another screen lay over this one: what it read may be old. As it opens, nothing is."""
        return self._covered

    @property
    def words(self) -> Words:
        """The sentences of the language that is spoken now."""
        return self.app.words

    @property
    def home(self) -> Home:
        """The person's home."""
        return self.app.home

    def now(self) -> datetime:
        """Return this moment."""
        return clock.now()

    def compose(self) -> ComposeResult:
        """Yield the heading, the body and the footer, as they are drawn first."""
        yield Block(self._headed(), id="head")
        yield from self.body()
        yield Block(self._footed(), id="keys")
        self._framed_for = self.app.size

    def body(self) -> Iterable[Widget]:
        """Yield the widgets between heading and footer; one has the id ``body``."""
        return ()

    def heading(self) -> tuple[str, str]:
        """Return the title and what stands at the right of it."""
        return self.words(f"{self.AREA or self.NAME}.title"), ""

    def heading_state(self) -> tuple[State, str] | None:
        """Return the state that stands before the title, and its text; where that has no room, its shape alone does."""
        return None

    def offered(self) -> list[Command]:
        """Return the commands that can be used now, the screen's own first."""
        taken: set[str] = set()
        commands = []
        for command in (*self.commands(), *GLOBAL):
            key = first_key(self.app.keys_of(command))
            if key not in taken and self._allows(command):
                commands.append(command)
                taken |= {key} - {""}
        return commands

    def usable(self) -> list[Command]:
        """Return those of the offered commands whose keys work now: in a field for text, letters are text."""
        return [command for command in self.offered() if self.key_of(command)]

    def key_of(self, command: Command) -> str:
        """Return the key that runs a command now; empty where none does."""
        return first_key(self.app.keys_of(command), typing=self.takes_letters)

    def _allows(self, command: Command) -> bool:
        owner, _, action = command.does.rpartition(".")
        name, _, argument = action.partition("(")
        values = (argument.strip("')"),) if argument else ()
        return self.app.allows(name, values, self) if owner == "app" else bool(self.check_action(name, values))

    @property
    def takes_letters(self) -> bool:
        """Whether a field has the focus that takes letters as text, so that no letter is a command."""
        return getattr(self.focused, "TAKES_LETTERS", False) is True

    def say(self, text: str, role: str = "accent") -> None:
        """Say something in whole lines above the footer, until the next key; an empty text clears it."""
        if (text, role) != self._said:
            self._said = (text, role)
            self.redraw_frame()

    def read_anew(self) -> None:
        """Read again what is shown, and draw it; where it can't be read, say why, and leave what was shown."""
        try:
            self.prepare()
        except (CoachError, OSError) as error:
            self.say(trouble(error, self.words, "ui.not-read"), "alert")
        self.redraw()

    def redraw(self) -> None:
        """Draw what changed."""
        self.redraw_frame()

    def redraw_frame(self) -> None:
        """Draw heading and footer again where they changed."""
        if not self.children:  # a click gave a field the focus, which asks for this, and then closed the screen
            return
        self.redraw_heading()
        self.query_one("#keys", Block).show(self._footed())

    def redraw_heading(self) -> None:
        """Draw the heading again where it changed, or the apology where there is no room."""
        self.query_one("#head", Block).show(self._headed())

    def _headed(self) -> list[Content]:
        width = self.app.size.width - 4
        if _is_tiny(self.app.size):
            return wrap(self.words("ui.too-small", columns=SMALLEST[0], rows=SMALLEST[1]), max(width, 8))
        title, right = self.heading()
        left, end = styled(title, "strong"), styled(right, "muted")
        if told := self.heading_state():
            state, text = told
            whole = joined(styled(text, state), GAP, left)
            short = joined(styled(SHAPES[state], state), GAP, left)
            left = whole if whole.cell_length + len(GAP) + end.cell_length <= width else short
        return [spread(left, end, width), *self._air()]

    def _footed(self) -> list[Content]:
        if _is_tiny(self.app.size):
            return []
        width = self.app.size.width - 4
        text, role = self._said
        message = [BLANK, *wrap(text, width, role)] if text else []
        return [*message, *self._air(), self.footer(width)]

    def _air(self) -> list[Content]:
        return [BLANK] if self.app.size.height >= LOW else []

    def footer(self, width: int) -> Content:
        """Return the keys that work now, as many as fit.

        The last to give way is what is urgent; before it what Enter does here, the way back, help, the screen's own,
        and first the others.
        """
        shown = [command for command in self.usable() if self.in_footer(command)]
        own = [command for command in self.commands() if command in shown]
        weight = {"help": 2, "back": 2, "leave": 4, "today": 6}
        weight |= {command.id: 1 for command in own if first_key(command.key) == "enter"}
        weight |= {command.id: 0 for command in shown if command.urgent}
        spare = sorted(shown, key=lambda command: weight.get(command.id, 3 if command in own else 5))
        keys = {command: self._key(command) for command in shown}
        while len(spare) > 1 and sum(key.cell_length + len(APART) for key in keys.values()) - len(APART) > width:
            del keys[spare.pop()]
        return Content(APART).join(keys.values())

    def in_footer(self, command: Command) -> bool:
        """Whether a command stands in the footer now, where there is room."""
        return command.footer

    def _key(self, command: Command) -> Content:
        key = self.app.key_name(self.key_of(command))
        return styled(f"{key} ", "key", command.does) + styled(self.words(command.name), "", command.does)

    def on_resize(self, event: events.Resize) -> None:
        """Draw for the new size; a page does so by itself."""
        if self.outer_size == event.size:
            event.prevent_default()  # the library tells a screen of its size again once it is laid out for it
        self.update_classes(_size_classes(event.size), animate=False)
        if self._framed_for != event.size:
            self._framed_for = event.size
            self.redraw_frame()
        self.call_after_refresh(self.take_focus)

    def take_focus(self) -> None:
        """Give the focus back where it was lost: a terminal that is too small hides what had it."""
        if self.focused is None and not self.has_class("-tiny") and self._had_focus is not None:
            self.set_focus(self._had_focus, scroll_visible=False)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the keys that work in the field that has the focus now."""
        self._had_focus = event.widget
        self.call_after_refresh(self.redraw_frame)

    def on_key(self, event: events.Key) -> None:
        """Clear what was said; where this key can do nothing, say why."""
        self.say(self.app.why_nothing(event))


def _size_classes(size: Size) -> dict[str, bool]:
    """Return which classes of ``ui.tcss`` a terminal of this size has."""
    return {
        "-tiny": _is_tiny(size),
        "-short": size.height < SHORT,
        "-framed": size.width >= FRAMED[0] and size.height >= FRAMED[1],
        "-broad": size.width >= BROAD[0] and size.height >= BROAD[1],
    }


def _is_tiny(size: Size) -> bool:
    return size.width < SMALLEST[0] or size.height < SMALLEST[1]


class PageScreen(CoachScreen):
    """A screen whose body is one page that scrolls: lines of text."""

    MEASURE: ClassVar[int] = 78
    """Its widest line, in cells."""

    def measure(self) -> int:
        """Return the cells that a line may take."""
        return self.MEASURE

    def lines(self, width: int, height: int) -> list[Content]:
        """Return the lines of the page for this room."""
        raise NotImplementedError

    def body(self) -> Iterable[Widget]:
        """Yield the page."""
        from coach.ui.widgets.line_page import LinePage

        yield LinePage(self.lines, self.measure())

    @classmethod
    def commands(cls) -> tuple[Command, ...]:
        """Return its own commands, how to scroll, and the way back."""
        return (*cls.OFFERS, *PAGE_KEYS, BACK)

    def action_scroll(self, by: int) -> None:
        """Scroll by a page."""
        (self.page.scroll_page_down if by > 0 else self.page.scroll_page_up)(animate=False)

    def action_scroll_line(self, by: int) -> None:
        """Scroll by a line."""
        self.page.scroll_relative(y=by, animate=False)

    @property
    def page(self) -> ScrollingPage:
        """The page."""
        return self.query_one(ScrollingPage)

    def redraw(self) -> None:
        """Draw what changed."""
        super().redraw()
        self.page.redraw()


class BoardScreen(PageScreen):
    """A screen whose page is framed areas."""

    AREAS: ClassVar[tuple[str, ...]] = ()
    """The names of all areas that there can be, in the order of reading."""

    def areas(self, width: int, height: int) -> list[Placed]:
        """Return the areas for this room."""
        raise NotImplementedError

    def body(self) -> Iterable[Widget]:
        """Yield the areas."""
        yield Board(self.areas, self.AREAS, self._key_names)

    def _key_names(self) -> dict[str, str]:
        """Return the names of the keys that work now, by what they do."""
        return {command.does: self.app.key_name(self.key_of(command)) for command in self.usable()}

    def _air(self) -> list[Content]:
        """Leave no blank lines: the frames part the page from its heading and its footer."""
        return []
