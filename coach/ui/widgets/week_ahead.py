"""The days ahead as lines, one below the other, with a mark for each reminder: seen beside what changes them."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual.content import Content

from coach.domain.reminders.time_line import MarkState, TimeLine
from coach.ui.text import BLANK, fit, joined, styled, wrap
from coach.ui.widgets.lines import Lines, where_readable
from coach.ui.widgets.time_line import MARKS, line_of_day
from coach.words import Words
from coach.words.dates import week_day


def week_lines(
    days: Sequence[TimeLine],
    width: int,
    rows: int,
    words: Words,
    marks: tuple[MarkState, MarkState] = ("coming", "held"),
) -> list[Content]:
    """Return a line for each of ``days``, the hours under them, and what ``marks`` mean, in ``rows`` at most.

    Where not all have room, what the marks mean is left out first, then the last days.
    """
    days = days[: max(rows - 1, 1)]
    names = [week_day(line.start.date(), words) for line in days]
    first = max(map(cell_len, names)) + 2
    air = [BLANK] if rows >= 2 * len(days) + 1 else []
    drawn: list[Content] = []
    for line, name in zip(days, names, strict=True):
        day, hours = line_of_day(line, width - first, hours=True)
        drawn += [joined(styled(fit(name, first), "muted"), day), *air]
    signs = {state: MARKS[state][0] for state in marks}
    legend = wrap(words(f"remindscreen.legend-{marks[0]}", **signs), width, "muted")
    return [*drawn, joined(" " * first, hours), *air, *legend][:rows]


class WeekAhead(Lines):
    """The days ahead, read when they are first drawn, and again when ``redraw`` is asked for."""

    def __init__(self, words: Words, read: Callable[[], Sequence[TimeLine]], *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        """Draw the days that ``read`` returns."""
        super().__init__(id=id)
        self._words = words
        self._read = read
        self._days: Sequence[TimeLine] = ()
        self.border_title = Content(words("remindscreen.week"))

    def lay(self, width: int, height: int) -> list[Content]:
        """Return the days, in as many rows as there are."""
        return where_readable(lambda: self._week(width, height))

    def _week(self, width: int, height: int) -> list[Content]:
        self._days = self._days or self._read()
        return week_lines(self._days, width, height, self._words)

    def redraw(self) -> bool:
        """Read the days again, and draw what changed."""
        self._days = ()
        return super().redraw()
