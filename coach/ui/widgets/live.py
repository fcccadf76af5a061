"""A page that draws again only the lines that changed: for what moves."""

from coach.ui.widgets.page import LinePage


class LivePage(LinePage):
    """A page of which a few lines change many times a second."""

    def redraw(self) -> bool:
        """Make the lines again; draw those that differ, and return True, if any does."""
        before, room = self._page, self._room
        self._lay()
        if (len(self._page), self._room) != (len(before), room):
            self._measured()
            self.refresh()
            return True
        changed = [index for index, (old, new) in enumerate(zip(before, self._page, strict=True)) if old != new]
        for index in changed:
            self.refresh_line(index)
        return bool(changed)
