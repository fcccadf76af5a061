"""The page for a doctor as Markdown, readable as plain text too."""

import re
from collections.abc import Iterator, Sequence

from coach.domain.trends.pain import COMPARED, views_of
from coach.report.data import SummaryData
from coach.report.limits import WHOLE
from coach.report.sections import Section, period, sections, title
from coach.words import Words
from coach.words.dates import long_day
from coach.words.shown import shown

_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>#|~&])")
_BLOCK = re.compile(r"^(\s*\d*)([-+=.)])")
"""What would begin a list, or make the line before it a heading."""


def markdown(data: SummaryData, languages: Sequence[Words]) -> str:
    """Return the page, one language after the other, the numbers of each day last as a table."""
    parts = [line for words in languages for line in (*_page(data, words), "", "---", "")]
    return "\n".join([*parts, *_table(data, languages), ""])


def _page(data: SummaryData, words: Words) -> Iterator[str]:
    yield f"# {escape(title(words))}"
    yield ""
    yield escape(period(data, words)) + "  "
    yield escape(words("report.made", date=long_day(data.made_at.date(), words)))
    if data.name:
        yield f"\n{escape(words('report.name'))}: {escape(shown(data.name))}"
    for section in sections(data, words, WHOLE):
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield ""
    yield f"## {escape(section.title)}"
    yield ""
    yield from (f"- {_lines(line)}" for line in section.lines)


def _lines(text: str) -> str:
    """Return a text of one line or more as one entry of a list: a note keeps the lines it was written in."""
    first, *others = map(escape, text.split("\n"))
    return "  \n  ".join([first, *(_BLOCK.sub(r"\1\\\2", line) for line in others)])


def _table(data: SummaryData, languages: Sequence[Words]) -> Iterator[str]:
    """Yield the numbers of each noted day; nothing where there is none."""
    views = views_of(data.walking, COMPARED)
    columns = [[_cell(day.of(view)) for view in views] for day in data.pain if day.noted]
    heads = [_in_each(f"report.chart.view.{view}", languages) for view in views]
    if data.medicines:
        heads.append(_in_each("report.chart.medicine", languages))
        for cells, day in zip(columns, (day for day in data.pain if day.noted), strict=True):
            cells.append(escape(", ".join(map(shown, day.medicines))))
    days = (day.day for day in data.pain if day.noted)
    rows = [f"| {day} | " + " | ".join(cells) + " |" for day, cells in zip(days, columns, strict=True)]
    if rows:
        yield "| | " + " | ".join(heads) + " |"
        yield "|---|" + "---:|" * len(heads)
        yield from rows


def _in_each(key: str, languages: Sequence[Words]) -> str:
    return " / ".join(words(key) for words in languages)


def _cell(points: int | None) -> str:
    return "" if points is None else str(points)


def escape(text: str) -> str:
    """Return a text as Markdown that shows it as it is."""
    return _MEANS_SOMETHING.sub(r"\\\1", text)
