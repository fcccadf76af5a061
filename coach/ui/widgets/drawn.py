"""What all drawn widgets share: from lines of bits to strips of the terminal."""

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from coach.ui.text import BLANK, Line, wrap
from coach.ui.themes import role_style
from coach.words.shown import shown


class Drawn(Widget):
    """What a widget whose content is lines inherits beside its own base."""

    def strip(self, line: Line, width: int) -> Strip:
        """Return ``line`` as a strip of exactly ``width`` cells; no control character passes, whoever wrote it."""
        base = self.rich_style
        segments = [Segment(shown(bit.text), self._style(bit.role, bit.action, base)) for bit in line if bit.text]
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, role: str, action: str, base: Style) -> Style:
        style = base + role_style(self.app.current_theme, role) if role else base
        return style + Style(meta={"@click": action}) if action else style


class Block(Drawn):
    """Lines that always show whole: a heading, a footer, a banner. Its height is the number of its lines."""

    def __init__(self, lines: Sequence[Line] = (), *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        """Show ``lines``."""
        super().__init__(id=id)
        self._lines = list(lines)

    @property
    def lines(self) -> list[Line]:
        """The lines as drawn."""
        return self._lines

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines, if they are other."""
        if list(lines) != self._lines:
            relayout = len(lines) != len(self._lines)
            self._lines = list(lines)
            self.refresh(layout=relayout)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines."""
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        """Draw line ``y`` of the content."""
        line = self._lines[y] if y < len(self._lines) else BLANK
        return self.strip(line, self.size.width)


class Laid(Drawn):
    """Lines that are laid out for the width there is, and show whole."""

    _laid: tuple[int, list[Line]] = (-1, [])

    def lay(self, width: int) -> list[Line]:
        """Return the lines for ``width`` cells."""
        raise NotImplementedError

    def laid(self, width: int) -> list[Line]:
        """Return the lines for a width, laid out once."""
        if self._laid[0] != width:
            self._laid = (width, self.lay(width))
        return self._laid[1]

    def relay(self) -> None:
        """Lay it out and draw it again."""
        before = len(self._laid[1])
        self._laid = (-1, [])
        width = self.size.width
        self.refresh(layout=not width or len(self.laid(width)) != before)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines at this width."""
        return len(self.laid(width))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        lines = self.laid(self.size.width)
        return self.strip(lines[y] if y < len(lines) else BLANK, self.size.width)


class Prose(Laid):
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
            self.relay()

    def lay(self, width: int) -> list[Line]:
        """Wrap the text; an empty one takes no room."""
        first, _, rest = self.text.partition("\n")
        lines = wrap(first, width, self._role) if self.text else []
        lines += wrap(rest, width, self._rest if self._rest is not None else self._role) if rest else []
        return [*([BLANK] * self._above if lines else []), *lines]
