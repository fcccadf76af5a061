"""A screen of questions: up and down go from one to the next, Enter goes on, and what was typed stays until kept."""

from collections.abc import Iterable
from typing import ClassVar

from textual.containers import VerticalScroll
from textual.widget import Widget

from coach.ui.commands import Command
from coach.ui.screen import CoachScreen
from coach.ui.widgets.drawn import Prose
from coach.ui.widgets.field import Field, Many

FIELD_KEYS = (
    Command("field-up", "up,shift+tab", "screen.to_field(-1)", footer=False),
    Command("field-down", "down,tab", "screen.to_field(1)", footer=False),
    Command("field-left", "left", "screen.step(-1)", footer=False),
    Command("field-right", "right", "screen.step(1)", footer=False),
    Command("field-take", "space", "screen.take_answer", footer=False),
)
"""What every form can do beside its own commands."""


class FormBody(VerticalScroll, can_focus=False, inherit_bindings=False):
    """What holds the questions, and scrolls with the focus: up and down are the screen's, also where it is long."""


class FormScreen(CoachScreen):
    """A screen whose body is questions, with a foot that always shows."""

    ROAMING: ClassVar[bool] = False
    AUTO_FOCUS = ""
    FOCUSES: ClassVar[str] = "Field, Entry"
    """What may be the first to have the focus; the page still begins at its top."""

    def questions(self) -> Iterable[Widget]:
        """Yield the questions of this moment."""
        raise NotImplementedError

    def body(self) -> Iterable[Widget]:
        """Yield the questions and the foot."""
        yield FormBody(*self.questions(), id="body")
        foot = Prose("", rest="", id="foot")
        foot.display = False
        yield foot

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
        await self.form.remove_children()
        await self.form.mount_all(self.questions())
        self.form.scroll_home(animate=False)
        self.call_after_refresh(self.focus_field, focus)

    def focus_field(self, name: str = "") -> None:
        """Give the focus to a question."""
        found = self.form.query(f"#{name}") if name else self.form.query(self.FOCUSES)
        if found:
            self.set_focus(found.first(), scroll_visible=bool(name))
        self.redraw()

    def foot(self, text: str, role: str = "") -> None:
        """Say something under the questions that stays until it changes."""
        foot = self.query_one("#foot", Prose)
        foot.display = bool(text)
        foot.say(text, role)

    def action_step(self, by: int) -> None:
        """Choose the answer beside, or move to it where several can be chosen."""
        if isinstance(self.focused, Field):
            self.focused.action_step(by)

    def action_take_answer(self) -> None:
        """Take or leave the answer that is marked; where one alone can be chosen, choose the next."""
        if isinstance(self.focused, Many):
            self.focused.action_take()
        else:
            self.action_step(1)

    def value(self, name: str) -> str | None:
        """Return the answer of a question; None where it is not asked or not answered."""
        found = self.form.query(f"#{name}")
        return found.first(Field).value if found else None

    def action_to_field(self, by: int) -> None:
        """Go to the question above or below; at the ends, scroll to what stands there."""
        before = self.focused
        chain = [widget for widget in self.form.query("*") if widget.focusable]
        if before in chain:
            at = chain.index(before) + by
            if 0 <= at < len(chain):
                self.set_focus(chain[at])
                return
        elif chain:
            self.set_focus(chain[0])
        self.form.scroll_relative(y=2 * by, animate=False)
