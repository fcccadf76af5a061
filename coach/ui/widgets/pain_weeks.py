"""The pain of the last two weeks beside something else: as high as there is room, nothing where there is none."""

from collections.abc import Callable, Sequence
from datetime import date

from textual.content import Content

from coach.domain.trends.chart import ChartDay
from coach.ui.areas import filled
from coach.ui.text import BLANK, wrap
from coach.ui.widgets.chart import Labels, pain_chart
from coach.ui.widgets.lines import Lines, where_readable
from coach.words import Words

LABELS, FEWER = Labels(weekdays=True, dates=True), Labels(dates=True)
"""The lines under the bars, and those in a low room."""
LEAST, MOST = 4, 20
"""Rows of the bars at least and at most; with fewer than the least, the weekdays make room for a row of them."""

EMPTY = 6
"""Rows from which the chart is drawn before anything was noted."""


def pain_weeks(
    days: Sequence[ChartDay], width: int, rows: int, words: Words, chosen: date | None = None
) -> list[Content]:
    """Return the chart of ``days`` in ``rows`` lines, its labels among them, the ``chosen`` day marked."""
    if all(day.points is None for day in days):
        return no_pain_yet(days, width, rows, words)
    labels = LABELS if rows - LABELS.rows >= LEAST else FEWER
    return pain_chart(days, width, max(rows - labels.rows, 1), words, labels, chosen)


def no_pain_yet(days: Sequence[ChartDay], width: int, rows: int, words: Words) -> list[Content]:
    """Return that nothing was noted, under the days that the chart will have where there is room for them."""
    text = wrap(words("today.pain.none"), width, "muted")
    labels = Labels(numbers=False, weekdays=True, dates=True)
    high = rows - labels.rows - len(text) - 1
    if high < EMPTY:
        return filled(text, rows)
    return [*pain_chart(days, width, high, words, labels), BLANK, *text]


class PainWeeks(Lines):
    """A chart of days that are read when it is first drawn."""

    def __init__(self, words: Words, read: Callable[[], Sequence[ChartDay]], *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        """Draw the days that ``read`` returns."""
        super().__init__(id=id)
        self._words = words
        self._read = read
        self._days: Sequence[ChartDay] | None = None
        self.border_title = Content(words("today.pain.what"))

    def lay(self, width: int, height: int) -> list[Content]:
        """Return the chart."""
        return where_readable(lambda: self._chart(width, height)) if height >= LEAST else []

    def _chart(self, width: int, height: int) -> list[Content]:
        if self._days is None:
            self._days = self._read()
        return pain_weeks(self._days, width, min(height, MOST + LABELS.rows), self._words)
