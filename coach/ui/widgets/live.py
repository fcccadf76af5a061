"""A page that draws again only the lines that changed: for what moves."""

from coach.ui.widgets.page import Page


class LivePage(Page):
    """A page of which a few lines change many times a second."""

    def redraw(self) -> bool:
        """Make the lines again; draw those that differ, and return True, if any does."""
        before = self._page
        room = self.scrollable_content_region.size
        page = self._draw(min(room.width, self._measure), room.height)
        if len(page) != len(before) or self.virtual_size.width != room.width:
            return super().redraw()
        changed = [index for index, (one, other) in enumerate(zip(before, page, strict=True)) if one != other]
        self._page = page
        for index in changed:
            self.refresh_line(index)
        return bool(changed)
