"""Text laid out for the room there is: a ``Static`` whose lines are broken by us, as Japanese and a measure need it."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TypeVar

from rich.style import Style
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from coach.errors import CoachError
from coach.ui.text import BLANK, wrap

T = TypeVar("T")
Draw = Callable[[int, int], list[Content]]
"""Makes lines for a width and a height in cells."""


def if_readable(read: Callable[[], T]) -> T | None:
    """Return what only stands beside something; None where it can't be read, and the rest stands without it."""
    try:
        return read()
    except (CoachError, OSError):
        return None


def read_when_shown(read: Callable[[], T]) -> Callable[[], T | None]:
    """Return what reads once, when it is first asked: no screen opens later for what it has no room to show."""
    return cache(lambda: if_readable(read))


def where_readable(draw: Callable[[], list[Content]]) -> list[Content]:
    """Return the lines of a picture beside something; none where what it shows can't be read.

    It is read while the library draws, where an error would end the program, and with it the reminders.
    """
    return if_readable(draw) or []


class Lines(Static):
    """Lines made by ``draw(width, height)``; text is selected, copied and clicked as the library has it."""

    def __init__(self, draw: Draw | None = None, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 -- Textual's name
        """Draw with ``draw``; a subclass may override ``lay`` instead."""
        super().__init__(id=id, classes=classes)
        self._draw = draw
        self._measured = Size()
        """The room for which the height was asked last: where it follows the lines, they are for this room."""
        self._laid: tuple[Size | None, list[Content]] = (None, [])

    def lay(self, width: int, height: int) -> list[Content]:
        """Return the lines for a room."""
        return self._draw(width, height) if self._draw else []

    @property
    def lines(self) -> list[Content]:
        """The lines as drawn."""
        return self._lines_for(self._room)

    @property
    def _room(self) -> Size:
        return self._measured if self.styles.is_auto_height else self.size

    def _lines_for(self, room: Size) -> list[Content]:
        """Return the lines for a room, made once."""
        if self._laid[0] != room:
            self._laid = (room, self.lay(room.width, room.height) if room.width else [])
        return self._laid[1]

    def redraw(self) -> bool:
        """Make the lines again; draw them, and return True, if any differs."""
        before, room = self._laid[1], self._room
        self._laid = (None, [])
        after = self._lines_for(room)
        if len(after) == len(before) and all(map(Content.is_same, after, before)):
            return False
        self.refresh(layout=len(after) != len(before))
        return True

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines at this width, beside which ``container`` has so much height."""
        self._measured = Size(width, container.height)
        return len(self._lines_for(self._measured))

    def render(self) -> Content:
        """Return the lines as one text."""
        return Content("\n").join(self.lines)

    @property
    def link_style(self) -> Style:
        """What can be clicked looks as its role says; only under the mouse it is marked."""
        return Style()


class Block(Lines):
    """Lines that are given: a heading, a footer."""

    def __init__(self, lines: Sequence[Content] = (), *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        """Show ``lines``."""
        super().__init__(id=id)
        self._shown = list(lines)

    def lay(self, width: int, height: int) -> list[Content]:
        """Return the lines."""
        return self._shown

    def show(self, lines: Iterable[Content]) -> None:
        """Show other lines, if they are other."""
        self._shown = list(lines)
        self.redraw()


class Paragraphs(Lines):
    """A text in whole lines, with ``above`` blank lines before it."""

    def __init__(
        self,
        text: str,
        role: str = "",
        *,
        above: int = 0,
        rest: str | None = None,
        id: str | None = None,  # noqa: A002 -- Textual's name
        classes: str | None = None,
    ) -> None:
        """Show ``text``; each of its lines is a paragraph, those after the first in the role ``rest`` where given."""
        super().__init__(id=id, classes=classes)
        self.text = text
        self._role = role
        self._rest = rest
        self._above = above

    def say(self, text: str, role: str = "") -> None:
        """Say something else."""
        if (text, role) != (self.text, self._role):
            self.text, self._role = text, role
            self.redraw()

    def lay(self, width: int, height: int) -> list[Content]:
        """Wrap the text; an empty one takes no room."""
        first, _, rest = self.text.partition("\n")
        lines = wrap(first, width, self._role) if self.text else []
        lines += wrap(rest, width, self._rest if self._rest is not None else self._role) if rest else []
        return [*([BLANK] * self._above if lines else []), *lines]
