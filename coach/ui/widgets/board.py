"""A page of framed areas: a panel of Textual for each, with border and title, put where ``coach.ui.areas`` says."""

from collections.abc import Callable, Mapping, Sequence

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from coach.ui.areas import THIN, WHOLE, Placed, frame_for
from coach.ui.widgets.lines import Lines
from coach.ui.widgets.page import ScrollingPage, marked_row

Arrange = Callable[[int, int], list[Placed]]
"""Makes the areas for a width and a height in cells."""


AROUND = (4, 2)
"""Columns and rows of a terminal that are beside a page: its padding and bar, the heading and the footer."""


class Panel(Lines):
    """One framed area; text is selected, copied and clicked within it."""

    def __init__(self, name: str) -> None:
        """Show nothing yet."""
        super().__init__(id=f"area-{name}", classes="panel")
        self._shown: Sequence[Content] = ()
        self._look = ("", "", False, "", "")
        self._action = ""

    @property
    def lines(self) -> list[Content]:
        """The lines of the area, broken for its width before it was placed."""
        return list(self._shown)

    def show(self, placed: Placed, *, thin: bool, key: str) -> bool:
        """Show an area, and on its frame the ``key`` that opens what it is about.

        Draw it, and return True, as far as it is another than before.
        """
        area = placed.area
        self._action = area.action
        look = (area.title, area.role, thin, area.action, key)
        if look != self._look:
            before, self._look = self._look, look
            self.border_title = Content(area.title) if area.title else None
            self.border_subtitle = Content(key) if key else None
            wanted = {f"-{area.role}": bool(area.role), "-thin": thin, "-opens": bool(area.action)}
            for name, applies in {f"-{before[1]}": False, **wanted}.items():
                if self.has_class(name) != applies:
                    self.set_class(applies, name, update=self.is_attached)
        lines = area.lines
        if len(lines) == len(self._shown) and all(map(Content.is_same, lines, self._shown)):
            return False
        self._shown = lines
        self.refresh()
        return True

    async def on_click(self, event: events.Click) -> None:
        """Open what the area is about; a click on a word that does something, or the end of a selection, does not."""
        if self._action and "@click" not in event.style.meta and not self.screen.get_selected_text():
            await self.run_action(self._action)


class _Places(Layout):
    """Puts each panel where its area is."""

    name = "areas"

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """Return the panels of this room; those that have no area in it are not shown."""
        assert isinstance(parent, Board)
        places = {placed.area.name: placed for placed in parent.placed(size)}
        return [
            WidgetPlacement(Region(at.x, at.y, at.width, at.height), NULL_OFFSET, NULL_SPACING, panel)
            for panel in children
            if (at := places.get((panel.id or "").removeprefix("area-")))
        ]


class Board(ScrollingPage):
    """The areas of a page; it scrolls where they need more room than there is."""

    def __init__(self, arrange: Arrange, names: Sequence[str], keys: Callable[[], Mapping[str, str]]) -> None:
        """Arrange the areas by ``arrange``; ``names`` are all that there can be, in the order of reading.

        ``keys`` returns the names of the keys that work now, by what they do: one that does what a click on an area
        does stands on its frame.
        """
        super().__init__(id="body")
        self._arrange_areas = arrange
        self._keys = keys
        self.panels = {name: Panel(name) for name in (*names, WHOLE)}
        self._placed: tuple[Size | None, list[Placed]] = (None, [])
        self._places = _Places()

    def compose(self) -> ComposeResult:
        """Yield the panels, each with its look of the size that the page will have, so that none is styled twice."""
        columns, rows = self.app.size
        self.placed(Size(columns - AROUND[0], rows - AROUND[1]))
        yield from self.panels.values()

    @property
    def layout(self) -> Layout:
        """How the panels are laid out."""
        return self._places

    @property
    def lines(self) -> list[Content]:
        """The lines of all areas, as drawn."""
        return [line for placed in self._placed[1] for line in placed.area.lines]

    def placed(self, size: Size) -> list[Placed]:
        """Return the areas for a room, made once, and show them in their panels."""
        if self._placed[0] != size:
            self._placed = (size, self._arrange_areas(size.width, size.height))
            self._show()
        return self._placed[1]

    def redraw(self) -> bool:
        """Make the areas again; draw those that differ, and return True, if any does."""
        size, before = self._placed
        if size is None:
            return False
        self._placed = (size, self._arrange_areas(size.width, size.height))
        shown = self._show()
        if [_where(at) for at in before] != [_where(at) for at in self._placed[1]]:
            # Of a panel, as that makes its parent forget where the panels were.
            next(iter(self.panels.values())).refresh(layout=True)
            return True
        return shown

    def row_of_mark(self) -> int | None:
        """Return the row of the marked entry; None where none is marked."""
        size, places = self._placed
        rows = 0 if size is None else frame_for(*size).rows // 2 or 1
        marks = ((at, marked_row(at.area.lines)) for at in places)
        return next((at.y + rows + row for at, row in marks if row is not None), None)

    def _show(self) -> bool:
        size, places = self._placed
        thin = size is not None and frame_for(*size) is THIN
        keys = self._keys() if any(at.area.action for at in places) else {}
        drawn = [self.panels[at.area.name].show(at, thin=thin, key=keys.get(at.area.action, "")) for at in places]
        return any(drawn)


def _where(at: Placed) -> tuple[object, ...]:
    return (at.area.name, *at[1:])
