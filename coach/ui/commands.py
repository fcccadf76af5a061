"""Every command of the UI as one row, from which its key, footer, palette entry and help line are all made."""

from typing import NamedTuple


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

    @property
    def does(self) -> str:
        """Return the whole action name."""
        if self.opens:
            return f"app.go('{self.opens}')"
        return self.action or f"screen.{self.id.replace('-', '_')}"

    @property
    def first_key(self) -> str:
        """Return the key that is shown."""
        return self.key.partition(",")[0]

    def shown_key(self, *, typing: bool) -> str:
        """Return the first key that works now, which none may: while ``typing``, letters are text."""
        keys = [key for key in self.key.split(",") if key and not (typing and is_letter(key))]
        return keys[0] if keys else ""

    @property
    def name(self) -> str:
        """Return the catalogue key of its name."""
        return f"{self.area}.command.{self.id}.name"

    @property
    def tip(self) -> str:
        """Return the catalogue key of its tooltip."""
        return f"{self.area}.command.{self.id}.tip"


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
    Command("help", "question_mark,f1,ctrl+p", opens="help"),
    Command("leave", "q,ctrl+q,ctrl+c", "app.leave"),
)
"""What can be done from (almost) anywhere, in the order of the footer."""
