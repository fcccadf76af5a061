"""A field for a line of text, plain: what is typed is data, and is kept as written."""

from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from coach.ui.text import BLANK, hang, styled, wrap
from coach.ui.widgets.field import MARK
from coach.ui.widgets.lines import Paragraphs
from coach.words.shown import shown


class Label(Paragraphs):
    """The question over a field that is typed in; it bears the mark while that field has the focus."""

    def __init__(self, text: str, of: str) -> None:
        """Stand over the field with the id ``of``."""
        super().__init__(text, above=1, id=f"{of}-label")
        self._marked = False

    def mark(self, on: bool) -> None:
        """Show or hide the mark."""
        self._marked = on
        self.redraw()

    def lay(self, width: int, height: int) -> list[Content]:
        """Wrap the question, the mark before it."""
        lines = wrap(self.text, width - 2, "strong" if self._marked else "")
        return [BLANK, *hang(styled(MARK if self._marked else "  ", "mark"), lines)]


class TextInput(Input):
    """Textual's input with its look, none of its surprises: no validation while typing, no markup, no select-all."""

    TAKES_LETTERS: ClassVar[bool] = True
    LINE_BREAK: ClassVar[str] = " "
    """What stands for the end of a line that was pasted: nothing after the first line is lost."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        """Begin with ``value``."""
        super().__init__(value, placeholder=placeholder, id=id, select_on_focus=False, validate_on=())

    def validate_value(self, value: str) -> str:
        """Return what was typed or pasted with control characters as signs: none may reach the terminal."""
        return shown(value)

    def _on_paste(self, event: events.Paste) -> None:
        """Insert all of what is pasted; Textual takes its first line alone."""
        self.replace(self.LINE_BREAK.join(event.text.splitlines()), *sorted(self.selection))
        event.stop()
        event.prevent_default()

    async def action_submit(self) -> None:
        """Leave Enter to the screen, whose footer says what it does."""
        raise SkipAction

    def watch_has_focus(self, has_focus: bool) -> None:
        """Mark the question over it, or take the mark away."""
        super().watch_has_focus(has_focus)
        for label in self.screen.query(f"#{self.id}-label").results(Label):
            label.mark(has_focus)


class NoteInput(TextInput):
    """A field for a person's own words: their line breaks are kept, each shown as a sign, as Enter goes on."""

    LINE_BREAK: ClassVar[str] = "↵"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+j", "break_line", show=False)]

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        """Begin with ``text``."""
        super().__init__(self.LINE_BREAK.join(text.splitlines()), placeholder=placeholder, id=id)

    @property
    def text(self) -> str:
        """What was typed or pasted, with its line breaks."""
        return self.value.replace(self.LINE_BREAK, "\n")

    def action_break_line(self) -> None:
        """Begin another line."""
        self.insert_text_at_cursor(self.LINE_BREAK)
