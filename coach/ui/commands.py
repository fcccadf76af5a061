"""Every command of the UI as one row, from which its key, footer, palette entry and help line are all made."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from textual.binding import Binding, BindingsMap

from coach.words import Words


class Command(NamedTuple):
    """One thing that a person can do.

    Its name and tooltip are the sentences ``AREA.command.ID.name`` and ``AREA.command.ID.tip``.
    """

    id: str
    key: str
    """One or several Textual key names, comma between; the first is the one that is shown. Empty: palette only."""
    action: str = ""
    """The Textual action; empty: ``ID`` with underscores, on the screen."""
    area: str = "ui"
    footer: bool = True
    """Whether it stands in the footer, where there is room; help and palette show it always."""
    opens: str = ""
    """The screen that it opens, where that is all it does."""
    urgent: bool = False
    """Whether every other key gives way to it in the footer, help and the way back too."""

    @property
    def does(self) -> str:
        """Return the whole action name."""
        if self.opens:
            return f"app.go('{self.opens}')"
        return self.action or f"screen.{self.id.replace('-', '_')}"

    @property
    def binding_id(self) -> str:
        """Return the id of its binding, by which a keymap gives it other keys."""
        return f"{self.area}.{self.id}"

    def binding(self) -> Binding:
        """Return its binding; what it is called follows with the language (``describe``)."""
        return Binding(self.key, self.does, id=self.binding_id, show=self.footer)

    @property
    def name(self) -> str:
        """Return the catalogue key of its name."""
        return f"{self.area}.command.{self.id}.name"

    @property
    def tip(self) -> str:
        """Return the catalogue key of its tooltip."""
        return f"{self.area}.command.{self.id}.tip"


def describe(bindings: BindingsMap, commands: Iterable[Command], words: Words) -> None:
    """Give the bindings of ``commands`` their description and tooltip in a language."""
    by_id = {command.binding_id: command for command in commands}
    for key, bound in bindings.key_to_bindings.items():
        bindings.key_to_bindings[key] = [
            replace(binding, description=words(by_id[binding.id].name), tooltip=words(by_id[binding.id].tip))
            if binding.id in by_id
            else binding
            for binding in bound
        ]


def first_key(keys: str, *, typing: bool = False) -> str:
    """Return the first of several keys that works now, which none may: while ``typing``, letters are text."""
    return next((key for key in keys.split(",") if key and not (typing and is_letter(key))), "")


def is_letter(key: str) -> bool:
    """Tell whether a key puts a letter into a field for text."""
    return len(key) == 1 or key in ("question_mark", "slash", "space", "plus", "minus")


BACK = Command("back", "escape", "app.back")
GLOBAL: tuple[Command, ...] = (
    Command("check-in", "c", opens="check-in"),
    Command("hurts", "x", "app.hurts"),
    Command("ice", "i", opens="ice"),
    Command("habit", "b", opens="habit"),
    Command("reminders", "r", opens="reminders"),
    Command("history", "h", opens="history"),
    Command("learn", "l", opens="learn"),
    Command("summary", "d", opens="summary"),
    Command("seen", "v", opens="seen", footer=False),
    Command("settings", "s", opens="settings"),
    Command("today", "t", "app.go('today')", footer=False),
    Command("language", "f2", "app.next_language", footer=False),
    Command("help", "question_mark,f1", opens="help"),
    Command("palette", "ctrl+p", "app.command_palette", footer=False),
    Command("theme", "f4", "app.change_theme", footer=False),
    Command("sync", "", "app.sync_now", footer=False),
    Command("suspend", "ctrl+z", "app.suspend_process", footer=False),
    Command("leave", "q,ctrl+q,ctrl+c", "app.leave"),
)
"""What can be done from (almost) anywhere, in the order of the footer."""
