"""A page with a list of which one entry is marked: the arrow keys move the mark, Enter or a click takes the entry."""

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from coach.ui.commands import BACK, Command
from coach.ui.screen import PAGE_KEYS, PageScreen
from coach.ui.text import Bit, Line
from coach.ui.widgets.page import MARK

MARK_KEYS = (
    Command("mark-up", "up", "screen.move(-1)", footer=False),
    Command("mark-down", "down", "screen.move(1)", footer=False),
)
T = TypeVar("T")


class ListPage(PageScreen, Generic[T]):
    """What the lists of commands, pages, habits and reminders share."""

    ONE_CLICK: ClassVar[bool] = False
    """Whether the first click on an entry takes it; else it marks it, and a second one takes it."""
    ROUND: ClassVar[bool] = False
    """Whether the mark goes on from the last entry to the first."""

    def __init__(self, marked: int = 0) -> None:
        """Mark the entry of this index."""
        super().__init__()
        self.marked = marked

    @classmethod
    def commands(cls) -> tuple[Command, ...]:
        """Return its own commands, how to move the mark and to scroll, and the way back."""
        return (*cls.OFFERS, *MARK_KEYS, *PAGE_KEYS, BACK)

    def again(self) -> dict[str, Any]:
        """Keep the mark."""
        return {"marked": self.marked}

    def entries(self) -> Sequence[T]:
        """Return what can be chosen from."""
        raise NotImplementedError

    def entry_lines(self, index: int, entry: T, width: int) -> list[Line]:
        """Return an entry in lines; the first begins with ``mark_of(index)``."""
        raise NotImplementedError

    def take(self) -> None:
        """Do what an entry is for, with the one that is marked."""
        raise NotImplementedError

    @property
    def marked_entry(self) -> T | None:
        """The entry that is marked; None where there is none."""
        entries = self.entries()
        return entries[self.marked] if 0 <= self.marked < len(entries) else None

    def list_lines(self, width: int) -> list[Line]:
        """Return all entries in lines, none where there are none; the mark stays within them."""
        entries = self.entries()
        self.marked = max(0, min(self.marked, len(entries) - 1))
        return [line for index, entry in enumerate(entries) for line in self.entry_lines(index, entry, width)]

    def mark_of(self, index: int) -> Bit:
        """Return what stands before an entry."""
        return Bit(MARK if index == self.marked else "  ", "accent")

    def action_move(self, by: int) -> None:
        """Mark the entry above or below."""
        count = len(self.entries())
        moved = self.marked + by
        self.marked = moved % count if self.ROUND and count else max(0, min(moved, count - 1))
        self.redraw()
        self.page.show_marked()

    def action_pick(self, index: int) -> None:
        """Mark an entry by a click, or take it."""
        takes = self.ONE_CLICK or index == self.marked
        self.marked = index
        if takes:
            self.take()
        self.redraw()
