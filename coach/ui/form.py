"""A screen of questions: up and down go from one to the next, Enter goes on, and what was typed stays until kept."""

import asyncio
from collections.abc import Callable, Iterable
from typing import ClassVar, TypeVar

from textual import events
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.layouts.vertical import VerticalLayout
from textual.widget import Widget

from coach.domain.triage.levels import Headline
from coach.domain.triage.state import STATES, state_of
from coach.ui.commands import Command
from coach.ui.messages import trouble
from coach.ui.screen import CoachScreen
from coach.ui.text import wrap
from coach.ui.widgets.field import Field, MultiChoice
from coach.ui.widgets.lines import Paragraphs
from coach.words.state import headline_text

T = TypeVar("T")
FIELD_KEYS = (
    Command("field-up", "up,shift+tab", "screen.to_field(-1)", footer=False),
    Command("field-down", "down,tab", "screen.to_field(1)", footer=False),
    Command("field-left", "left", "screen.step(-1)", footer=False),
    Command("field-right", "right", "screen.step(1)", footer=False),
    Command("field-take", "space", "screen.take_answer", footer=False),
    Command("page-up", "pageup", "screen.page(-1)", footer=False),
    Command("page-down", "pagedown", "screen.page(1)", footer=False),
)
"""What every form can do beside its own commands."""


FOOT_SIDES, FOOT_BESIDE = 9, 38
"""Cells beside the foot, its frame included, and those of its lines where it stands beside the questions."""
LATE = "-late"
"""The class of what stands beside the questions only together with the foot: till then they have the whole width."""
ALONE = "-alone"
"""The class of the column of the foot while the foot stands alone in it all the same."""
BELOW = "-below"
"""The class of a form while what goes with the questions stands below them."""
LEAST_BELOW = 6
"""Rows, a frame included, that what stands below a few questions has at least; with fewer it is left out."""


class FormBody(VerticalScroll, can_focus=False, inherit_bindings=False):
    """What holds the questions, and scrolls with the focus: up and down are the screen's, also where it is long."""

    _height = 0
    """Rows at the last layout."""

    def on_resize(self, event: events.Resize) -> None:
        """Keep the question in sight when the foot has taken room: only here is the new height known."""
        screen, before = self.screen, self._height
        self._height = event.size.height
        if isinstance(screen, FormScreen) and event.size.height < before:
            self.call_after_refresh(screen.keep_in_sight)


class _Below(VerticalLayout):
    """Gives the questions the rows that they need, and what they leave to the picture below them."""

    name = "below"

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """Return the questions, the foot, and under them the picture, where there are rows enough for it."""
        questions, *others = super().arrange(parent, children, size, greedy)
        picture = next((at for at in others if at.widget.id in ("aside", "below")), None)
        foot = sum(at.region.height for at in others if at is not picture)
        wanted = min(questions.region.height, size.height - foot)
        rest = size.height - foot - wanted
        shown = picture is not None and rest >= LEAST_BELOW and parent.screen.has_class("-framed")
        high = wanted if shown else size.height - foot
        placed, y = [_at(questions, 0, high)], high
        for at in others:
            if at is not picture:
                placed.append(_at(at, y, at.region.height))
                y += at.region.height
        return [*placed, _at(picture, y, size.height - y)] if picture is not None and shown else placed


def _at(placement: WidgetPlacement, y: int, height: int) -> WidgetPlacement:
    x, _, width, _ = placement.region
    return placement._replace(region=Region(x, y, width, height))


class FormRoom(Container):
    """The room of a form: its questions, its foot, and beside or below them what goes with the questions."""

    def __init__(self, *children: Widget, below: bool) -> None:
        """Hold ``children``; ``below`` is whether what goes with the questions stands below them."""
        super().__init__(*children, id="form", classes=BELOW if below else "")
        self._below = _Below()

    @property
    def layout(self) -> Layout:
        """How they are laid out."""
        return self._below if self.has_class(BELOW) else super().layout


class FormScreen(CoachScreen):
    """A screen whose body is questions, with a foot that always shows."""

    ROAMING: ClassVar[bool] = False
    AUTO_FOCUS = ""
    FOCUSES: ClassVar[str] = "Field, TextInput"
    """What may be the first to have the focus; the page still begins at its top."""
    ASIDE_BELOW: ClassVar[bool] = False
    """Whether the questions are few, so that ``aside`` stands below them, as wide as the window."""

    def __init__(self) -> None:
        """Say nothing under the questions yet."""
        super().__init__()
        self._footing: tuple[str, str, Headline | None] = ("", "", None)
        self._sized: Size | None = None

    def attempt(self, keep: Callable[[], T]) -> T | None:
        """Keep what was answered, and return what came of it; None where it could not be kept, and why is said."""
        try:
            return keep()
        except Exception as error:  # noqa: BLE001 -- whatever the reason, the answers stay
            self.say(trouble(error, self.words), "alert")
            return None

    def read_anew(self) -> None:
        """Draw again: what was asked stays as it was read."""
        self.redraw()

    def questions(self) -> Iterable[Widget]:
        """Yield the questions of this moment."""
        raise NotImplementedError

    def body(self) -> Iterable[Widget]:
        """Yield the questions and the foot."""
        foot, aside = Paragraphs("", rest="", id="foot"), list(self.aside())
        beside, below = ([], aside) if self.ASIDE_BELOW else (aside, list(self.below()))
        late = all(widget.has_class(LATE) for widget in beside)
        side = Vertical(foot, *beside, id="beside", classes="" if not beside else LATE if late else "-filled")
        foot.display, side.display = False, not late
        yield FormRoom(FormBody(*self.questions(), id="body"), side, *below, below=self.ASIDE_BELOW)

    def aside(self) -> Iterable[Widget]:
        """Yield what goes with the questions, with the id ``aside``: a picture or a chart that helps to answer.

        It fills the room under the foot where that stands beside the questions, in a wide window; where the questions
        are few, what they leave below them. With the class ``LATE`` it comes with the foot, and not before.
        """
        return ()

    def below(self) -> Iterable[Widget]:
        """Yield what stands below the questions, with the id ``below``, while the form has the class ``BELOW``."""
        return ()

    def _air(self) -> list[Content]:
        """Leave no blank lines where a frame parts the questions from heading and footer."""
        return [] if self.has_class("-framed") else super()._air()

    def on_screen_resume(self) -> None:
        """Begin with the first question."""
        if self.focused is None:
            self.focus_field()

    @property
    def form(self) -> FormBody:
        """What holds the questions."""
        return self.query_one(FormBody)

    async def rebuild(self, focus: str = "") -> None:
        """Ask other questions; the first, or the one named, gets the focus."""
        task = asyncio.current_task()
        if any(widget._task is task for widget in self.form.walk_children()):  # noqa: SLF001 -- nobody else tells
            # A click runs in the task of the row that was clicked, and that cannot wait for its own end.
            self.call_next(self.rebuild, focus)
            return
        await self.form.remove_children()
        await self.form.mount_all(self.questions())
        self.form.scroll_home(animate=False)
        self.call_after_refresh(self.focus_field, focus)

    def focus_field(self, name: str = "") -> None:
        """Give the focus to a question."""
        fields = self.form.query(f"#{name}") if name else self.form.query(self.FOCUSES)
        if fields:
            self.set_focus(fields.first(), scroll_visible=bool(name))
        self.redraw()

    def foot(self, text: str, role: str = "", headline: Headline | None = None) -> None:
        """Say something under the questions, or beside them in a wide window, that stays until it changes.

        Whole paragraphs, the first always. With a ``headline`` the frame has its shape, its word and its colour.
        """
        grown = text or self._footing[0]
        self._footing = (text, role, headline)
        foot = self.query_one("#foot", Paragraphs)
        foot.display = bool(text)
        side = self.query_one("#beside")
        side.display = bool(text) or side.has_class("-filled")
        foot.border_title = Content(headline_text(headline, self.words)) if headline else None
        state = state_of(headline) if headline else None
        for name in STATES:
            foot.set_class(name == state, f"-{name}")
        foot.say(self._room_for(text), role)
        if grown:
            self.call_after_refresh(self.keep_in_sight)

    def _room_for(self, text: str) -> str:
        """Return as many paragraphs as half the screen holds: none is ever cut in its middle.

        In an emergency the headline gives way to whom to call, where both have no room.
        """
        columns, rows = self.app.size
        beside = self.has_class("-broad")
        width = FOOT_BESIDE if beside else columns - FOOT_SIDES
        room = rows - 6 if beside else rows // 2 - 1
        paragraphs = text.split("\n")
        if self._footing[2] == "emergency" and len(paragraphs) > 1 and _rows(paragraphs[:2], width) > room:
            del paragraphs[0]
        while len(paragraphs) > 1 and _rows(paragraphs, width) > room:
            paragraphs.pop()
        return "\n".join(paragraphs)

    def keep_in_sight(self) -> None:
        """Keep the whole question in sight when the foot has grown."""
        focused = self.focused
        if focused is not None and focused in self.form.query("*"):
            for widget in (*self.answering(focused), focused):
                self.form.scroll_to_widget(widget, animate=False)

    def answering(self, focused: Widget) -> Iterable[Widget]:
        """Return what the page says to an answer in the form itself: it is kept in sight as well, where both fit."""
        return ()

    def action_step(self, by: int) -> None:
        """Choose the answer beside, or move to it where several can be chosen."""
        if isinstance(self.focused, Field):
            self.focused.action_step(by)

    def action_take_answer(self) -> None:
        """Take or leave the answer that is marked; where one alone can be chosen, choose the next."""
        if isinstance(self.focused, MultiChoice):
            self.focused.action_take()
        else:
            self.action_step(1)

    def wrong(self, name: str, text: str) -> bool:
        """Say under a question what is wrong with its answer, nothing where ``text`` is empty; True if nothing is."""
        if message := self.form.query(f"#{name}-wrong"):
            message.first(Paragraphs).say(text, "alert")
        elif text:
            self.form.mount(Paragraphs(text, "alert", id=f"{name}-wrong", classes="inner"), after=f"#{name}")
        return not text

    def value(self, name: str) -> str | None:
        """Return the answer of a question; None where it is not asked or not answered."""
        fields = self.form.query(f"#{name}")
        return fields.first(Field).value if fields else None

    def action_to_field(self, by: int) -> None:
        """Go to the question above or below; at the ends, scroll to what stands there."""
        before = self.focused
        chain = [widget for widget in self.form.query("*") if widget.focusable and widget.display]
        if before in chain:
            at = chain.index(before) + by
            if 0 <= at < len(chain):
                self._enter(chain[at], by)
                return
        elif chain:
            self.set_focus(chain[0])
        self.form.scroll_relative(y=2 * by, animate=False)

    def _enter(self, field: Widget, by: int) -> None:
        if isinstance(field, MultiChoice):
            field.begin(by)
        self.set_focus(field)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the question in sight in another size; a page that was just opened begins at its top."""
        self.foot(*self._footing)
        if self._sized not in (None, event.size):
            self.call_after_refresh(self.keep_in_sight)
        self._sized = event.size

    def in_footer(self, command: Command) -> bool:
        """Say how an answer is taken where several can be: Enter alone would go on without it."""
        taking = command.id == "field-take" and isinstance(self.focused, MultiChoice)
        return taking or super().in_footer(command)

    def action_page(self, by: int) -> None:
        """Scroll by a page, and leave the focus where it is."""
        (self.form.scroll_page_down if by > 0 else self.form.scroll_page_up)(animate=False)


def _rows(paragraphs: Iterable[str], width: int) -> int:
    """Return how many rows paragraphs take."""
    return sum(len(wrap(paragraph, width)) for paragraph in paragraphs)
