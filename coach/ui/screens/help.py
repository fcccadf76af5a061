"""Help and command palette in one: all commands that work here, to read, to search, and to do."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.widget import Widget

from coach.full_width import narrow
from coach.ui.commands import Command, first_key
from coach.ui.list_page import ListPage
from coach.ui.text import fit, hang, indent, joined, styled, wrap
from coach.ui.widgets.text_input import TextInput

KEY_WIDTH = 10
LEAST_TIP = 20
"""Cells that a tip needs beside its key and name; with less it stands under them."""


class Help(ListPage[Command]):
    """The list of commands of the screen below, with a field that narrows it."""

    NAME = "help"
    ROAMING: ClassVar[bool] = False
    AUTO_FOCUS = "TextInput"
    ONE_CLICK: ClassVar[bool] = True
    WIDE: ClassVar[int] = 999  # a line tells all that there is about a command
    OFFERS = (Command("run", "enter", area="help"),)
    _names = 0
    _key_width = KEY_WIDTH
    """Cells of the widest name that is listed."""

    def body(self) -> Iterable[Widget]:
        """Yield the field and the list."""
        yield TextInput(placeholder=self.words("help.search"), id="search")
        yield from super().body()

    def entries(self) -> Sequence[Command]:
        """Return the commands of the screen below that hold what was typed, its own first."""
        stack = self.app.open_screens
        below = stack[stack.index(self) - 1] if self in stack[1:] else None
        sought = narrow(self.query_one(TextInput).value).casefold().split()
        commands = below.offered() if below else []
        return [command for command in commands if all(word in self._text(command) for word in sought)]

    def _text(self, command: Command) -> str:
        return f"{command.id} {self.words(command.name)} {self.words(command.tip)}".casefold()

    def listed(self, width: int, height: int) -> tuple[str, list[Content]]:
        """Return a line a command: key, name, and what it does."""
        keys = (self.app.key_name(first_key(self.app.keys_of(command))) for command in self.entries())
        self._key_width = max([KEY_WIDTH, *(cell_len(key) + 2 for key in keys)])
        self._names = max((cell_len(self.words(command.name)) for command in self.entries()), default=0) + 2
        lines = self.list_lines(width) or [styled(self.words("help.none"), "muted")]
        return self.words("help.found", n=len(self.entries())), lines

    def entry_lines(self, index: int, entry: Command, width: int) -> list[Content]:
        """Return a command: its key and name, and what it does beside them or under them."""
        click = f"screen.pick({index})"
        key = self.app.key_name(first_key(self.app.keys_of(entry)))
        lead = joined(self.mark_of(index), styled(fit(key, self._key_width), "key", click))
        role = "strong" if index == self.marked else ""
        beside = width - lead.cell_length - self._names
        if beside < LEAST_TIP:
            name = wrap(self.words(entry.name), width - lead.cell_length, role, action=click)
            return [*hang(lead, name), *indent(wrap(self.words(entry.tip), width - 4, "muted", action=click), 4)]
        head = lead + styled(fit(self.words(entry.name), self._names), role, click)
        return hang(head, wrap(self.words(entry.tip), beside, "muted", action=click))

    @on(TextInput.Changed)
    def narrow(self) -> None:
        """Show what holds the words."""
        self.marked = 0
        self.page.redraw()

    def action_run(self) -> None:
        """Do what is marked, on the screen below."""
        self.take()

    def take(self) -> None:
        """Close the list, and do what is marked."""
        if command := self.marked_entry:
            self.app.back()
            self.app.call_next(self.app.perform, command)
