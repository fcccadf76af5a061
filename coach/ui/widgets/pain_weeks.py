"""The pain of the last two weeks beside something else: as high as there is room, nothing where there is none."""

from collections.abc import Callable, Sequence

from textual.content import Content

from coach.domain.trends import ChartDay
from coach.ui.text import wrap
from coach.ui.widgets.chart import Labels, pain_chart
from coach.ui.widgets.lines import Lines
from coach.words import Words

LABELS = Labels(weekdays=True, dates=True)
LEAST, MOST = 4, 20
"""Rows of the bars at least and at most."""


def pain_weeks(days: Sequence[ChartDay], width: int, rows: int, words: Words) -> list[Content]:
    """Return the chart of ``days`` in ``rows`` lines, its labels among them; a sentence where no number was told."""
    if all(day.points is None for day in days):
        return wrap(words("today.pain.none"), width, "muted")
    return pain_chart(days, width, rows - LABELS.rows, words, LABELS)


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
        if height < LEAST + LABELS.rows:
            return []
        if self._days is None:
            self._days = self._read()
        return pain_weeks(self._days, width, min(height, MOST + LABELS.rows), self._words)
