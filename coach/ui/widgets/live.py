"""Lines that draw again only where they changed: for what moves."""

from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.visual import Visual

from coach.ui.widgets.lines import Lines


class LiveLines(Lines):
    """Lines of which a few change many times a second: only those are rendered, and written to the terminal."""

    ALLOW_SELECT = False
    auto_links = False  # a figure that moves under the mouse has nothing to mark

    def redraw(self) -> bool:
        """Make the lines again; draw those that differ, and return True, if any does."""
        before, room = self._laid[1], self._room
        self._laid = (None, [])
        after = self._lines_for(room)
        if len(after) != len(before):
            self.refresh(layout=True)
            return True
        changed = [y for y, line in enumerate(after) if not line.is_same(before[y])]
        if changed:
            self.refresh(*(Region(0, y, room.width, 1) for y in changed))
        return bool(changed)

    def render_line(self, y: int) -> Strip:
        """Render one line; the others keep what was rendered."""
        lines = self.lines
        line = lines[y] if y < len(lines) else Content("")
        (strip,) = Visual.to_strips(self, line, self.size.width, 1, self.visual_style, pad=True)
        return strip
