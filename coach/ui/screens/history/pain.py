"""The pain of a period: its chart, and under it the numbers in columns, with what was done."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from coach.domain.trends.care import CareDay
from coach.domain.trends.chart import columns_of
from coach.domain.trends.pain import View
from coach.report.look_back import LookBack
from coach.ui import charts
from coach.ui.text import fit, joined, styled
from coach.words import Words

WIDEST_DATE = 5
"""Cells of ``12/31``."""
LABEL = 13
"""Cells before the columns of the table."""
NARROWEST = 3
"""Cells of a column of the table at least, and always one more than its widest number, so that no two can be read as
one; where not all columns have room, the last ones are shown, by twos as a date needs two."""


class TableRow(NamedTuple):
    """A row of the table of a period: what it is of, and what stands in each column."""

    name: str
    cells: Sequence[str]
    role: str = ""


class PainPeriod(NamedTuple):
    """The days that are shown, and how."""

    seen: LookBack
    each: int
    """Days of a column."""
    walking: tuple[View, ...]
    """How the worst when walking is told apart: as one, or by knee."""
    chosen: date
    """The day that stands out."""
    words: Words

    def fitted(self, width: int) -> "PainPeriod":
        """Return the last columns of these, as many as have room in ``width`` cells."""
        widest = max((cell_len(cell) for row in self._rows() for cell in row.cells), default=0)
        return self._replace(seen=self.seen.of((width - LABEL) // max(NARROWEST, widest + 1) // 2 * 2 * self.each))

    def lines(self, width: int, rows: int) -> list[Content]:
        """Return the chart in ``rows`` lines, and the table."""
        series = self.seen.pain
        columns = -(-len(series) // self.each)
        wide = (width - LABEL) // columns
        look = charts.Look(self.seen.states, self.seen.paused, self.walking)
        chart = charts.pain_chart(series, wide * columns, rows, look) if rows else []
        tops = {0: "10", rows // 2: "5", rows - 1: "0"}
        drawn = [joined(styled(f"{tops.get(n, ''):>{LABEL - 2}}  ", "muted"), line) for n, line in enumerate(chart)]
        return [*drawn, *self._table(wide)]

    def _table(self, wide: int) -> list[Content]:
        """Return the days, the numbers of each view, and what was done; a row with nothing in it is left out."""
        lines = [*([self._weekdays(wide)] if self.each == 1 else []), self._heads(wide)]
        rows = self._rows(wide)
        return lines + [
            charts.row(self.words(f"history.row.{row.name}"), row.cells, wide, LABEL, row.role) for row in rows
        ]

    def _rows(self, wide: int = NARROWEST) -> Iterator[TableRow]:
        """Yield the rows of the table, whose columns have ``wide`` cells."""
        for curve in charts.curves_of(self.walking):
            numbers = charts.number_row(self.seen.pain, self.each, curve.view, wide, signs=curve.view in self.walking)
            if curve.view in self.walking or set(numbers) != {".."}:
                yield TableRow(curve.view, numbers, curve.role)
        parts = columns_of(len(self.seen.pain), self.each)
        counts = {"medicine": [sum(bool(day.medicines) for day in self.seen.pain[part]) for part in parts]}
        counts |= {name: [sum(map(value, self.seen.care[part])) for part in parts] for name, value in DONE.items()}
        for name, of_columns in counts.items():
            if any(of_columns):
                yield TableRow(name, [str(n) if n else ".." for n in of_columns])

    def _weekdays(self, wide: int) -> Content:
        names = (self.words(f"dates.weekday.{day.day.isoweekday()}") for day in self.seen.pain)
        return charts.row(
            "", [name[: max(1, (wide - 1) // cell_len(name[:1]))] for name in names], wide, LABEL, "muted"
        )

    def _heads(self, wide: int) -> Content:
        """Return the first day of each column; the one with the chosen day stands out, and each can be clicked."""
        heads = [styled(fit(self.words("history.row.from" if self.each > 1 else "history.row.day"), LABEL), "muted")]
        parts = columns_of(len(self.seen.pain), self.each)
        together = 1 if self.each == 1 or wide > WIDEST_DATE else 2
        for index in range(-(len(parts) % together), len(parts), together):  # a date needs two: the first has no other
            group = parts[max(index, 0) : index + together]
            days = [day.day for part in group for day in self.seen.pain[part]]
            name = str(days[0].day) if self.each == 1 else f"{days[0].month}/{days[0].day}"
            role = "focus" if self.chosen in days else "muted"
            name = name if len(group) == together or len(name) < wide else ""
            text = fit(charts.middle(name, wide) if len(name) < wide else name, wide * len(group))
            heads.append(styled(text, role, f"screen.choose('{days[-1]}')"))
        return joined(*heads)


DONE: dict[str, Callable[[CareDay], int]] = {
    "sessions": lambda day: day.sessions,
    "ices": lambda day: day.ices,
    "hurts": lambda day: day.hurts,
    "habit": lambda day: int(bool(day.habit)),
    "paused": lambda day: int(day.paused),
}
"""The rows of what was done, and how a day counts in each."""
