"""Help and command palette in one: all commands that work here, to read, to search, and to do."""

from collections.abc import Iterable
from typing import Any, ClassVar

from textual import on
from textual.widget import Widget

from coach.ui.commands import Command
from coach.ui.screen import PageScreen
from coach.ui.text import BLANK, Bit, Line, fit, width_of, wrap
from coach.ui.widgets.entry import Entry
from coach.ui.widgets.page import MARK

KEY_WIDTH = 10
LEAST_TIP = 20
"""Cells that a tip needs beside its key and name; with less it stands under them."""


class Help(PageScreen):
    """The list of commands of the screen below, with a field that narrows it."""

    NAME = "help"
    ROAMING: ClassVar[bool] = False
    AUTO_FOCUS = "Entry"
    OFFERS = (
        Command("run", "enter", area="help"),
        Command("up", "up", area="help", footer=False),
        Command("down", "down", area="help", footer=False),
    )

    def __init__(self, marked: int = 0) -> None:
        """Mark one line."""
        super().__init__()
        self._marked = marked

    def body(self) -> Iterable[Widget]:
        """Yield the field and the list."""
        yield Entry(placeholder=self.words("help.search"), id="search")
        yield from super().body()

    def again(self) -> dict[str, Any]:
        """Keep the mark."""
        return {"marked": self._marked}

    def found(self) -> list[Command]:
        """Return the commands of the screen below that hold what was typed, its own first."""
        stack = self.app.open_screens
        below = stack[stack.index(self) - 1] if self in stack[1:] else None
        sought = self.query_one(Entry).value.casefold().split()
        commands = below.offered() if below else []
        return [one for one in commands if all(word in self._text(one) for word in sought)]

    def _text(self, command: Command) -> str:
        return f"{command.id} {self.words(command.name)} {self.words(command.tip)}".casefold()

    def lines(self, width: int, height: int) -> list[Line]:
        """Return a line a command: key, name, and what it does."""
        found = self.found()
        self._marked = max(0, min(self._marked, len(found) - 1))
        if not found:
            return [BLANK, (Bit(self.words("help.none"), "muted"),)]
        names = max(width_of(self.words(one.name)) for one in found) + 2
        lines: list[Line] = []
        for index, command in enumerate(found):
            lines += self._entry(command, names, width, marked=index == self._marked, index=index)
        return lines

    def _entry(self, command: Command, names: int, width: int, *, marked: bool, index: int) -> list[Line]:
        act = f"screen.choose({index})"
        sign = MARK if marked else "  "
        key = self.app.key_name(command.first_key) if command.key else ""
        head = (
            Bit(sign, "accent"),
            Bit(fit(key, KEY_WIDTH), "key", act),
            Bit(fit(self.words(command.name), names), "strong" if marked else "", act),
        )
        beside = width - width_of(head)
        if beside < LEAST_TIP:
            under = wrap(self.words(command.tip), width - 4, "muted", action=act)
            return [head, *((Bit("    "), *line) for line in under)]
        tip = wrap(self.words(command.tip), beside, "muted", action=act)
        pad = Bit(" " * width_of(head))
        return [(*head, *tip[0]), *((pad, *line) for line in tip[1:])]

    @on(Entry.Changed)
    def narrow(self) -> None:
        """Show what holds the words."""
        self._marked = 0
        self.page.redraw()

    def action_up(self) -> None:
        """Mark the line above."""
        self._marked -= 1
        self._follow()

    def action_down(self) -> None:
        """Mark the line below."""
        self._marked += 1
        self._follow()

    def _follow(self) -> None:
        self.page.redraw()
        self.page.show_marked()

    def action_run(self) -> None:
        """Do what is marked, on the screen below."""
        found = self.found()
        if found:
            self.action_choose(self._marked)

    def action_choose(self, index: int) -> None:
        """Do one of the commands that are listed."""
        command = self.found()[index]
        self.app.back()
        self.app.call_next(self.app.perform, command)
