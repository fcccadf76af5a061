"""The page for a doctor as HTML: one file, no script, nothing loaded, one A4 sheet from any browser.

Two things keep it on one sheet. The style sheet gives the sheet its height in millimetres: the warning signs, the chart
and the limits take what they need, the sections between share the rest, and where they need more than that the page
itself says so. And ``fit`` picks the size of type and the length of each list so that this does not happen, whatever
face the browser has.
"""

from collections.abc import Iterable, Sequence
from itertools import product

from coach.report.chart import HEIGHT as CHART_HEIGHT
from coach.report.chart import WIDTH as CHART_WIDTH
from coach.report.chart import chart
from coach.report.data import SummaryData
from coach.report.limits import AMPLE, BRIEF, SHORT, TIGHT
from coach.report.measure import BOLD, line_count
from coach.report.render import render
from coach.report.sections import Section, period, sections, title
from coach.words import Words
from coach.words.dates import long_day
from coach.words.shown import shown

FOUR_POINTS = ("since", "movement", "strength", "tried")
"""What a consultation asks first; each carries its number."""
SEPARATOR = " · "
"""Between the sentences of a section that is one paragraph."""
URGENT, SMALL = ("signs",), ("not-asked", "limits")
"""At the top, and at the foot; neither is ever cut."""
SIZES = (9.4, 9.0, 8.6, 8.2, 7.8, 7.4, 7.0)
"""Sizes of type, in points; the largest in which everything fits is taken."""
MM = 72 / 25.4
"""Points."""
HEIGHT, WIDTH, COLUMN, INDENT, GAP = 276 * MM, 186 * MM, 90 * MM, 2.6 * MM, 2 * MM
"""Points of the sheet, of one of two columns, of what stands before a line, and between two sections."""
LEADING = 1.36
"""Points of a line, for each point of type."""
TITLE, SMALLER, OVERFLOW = 1.3, 0.9, 2
"""Size of the title, of the foot, and height of the line that says that there is more, in ems."""

Row = tuple[Section, ...]
"""One section in each language of the page."""


def html(data: SummaryData, languages: Sequence[Words]) -> str:
    """Return the page in one language, or in two side by side."""
    from markupsafe import Markup

    rows, size = fit(data, languages)
    return render(
        "summary.html.jinja",
        languages=languages,
        size=size,
        title=title(languages[0]),
        heads=[_head(data, words) for words in languages],
        name=shown(data.name) if data.name else "",
        name_label=_in_each("report.name", languages),
        birth_label=_in_each("report.date-of-birth", languages),
        any_sign=bool(data.signs),
        urgent=_of(rows, URGENT),
        main=[row for row in rows if row[0].key not in URGENT + SMALL],
        small=_of(rows, SMALL),
        numbers={key: n for n, key in enumerate(FOUR_POINTS, 1)},
        chart=Markup(chart(data, languages)),  # noqa: S704  (made by an XML library)
        overflow=_in_each("report.overflow", languages),
    )


def _head(data: SummaryData, words: Words) -> dict[str, str]:
    made = words("report.made", date=long_day(data.made_at.date(), words))
    return {"language": words.language, "title": title(words), "period": period(data, words), "made": made}


def _in_each(key: str, languages: Sequence[Words]) -> str:
    return " / ".join(words(key) for words in languages)


def _of(rows: Iterable[Row], keys: Sequence[str]) -> list[Row]:
    return [row for row in rows if row[0].key in keys]


def fit(data: SummaryData, languages: Sequence[Words]) -> tuple[list[Row], float]:
    """Return the sections and the size of type, in points, in which they fit the sheet: the fullest that do."""
    heads = [_head(data, words) for words in languages]
    for room, size in product((AMPLE, SHORT, BRIEF, TIGHT), SIZES):
        rows = list(zip(*(sections(data, words, room) for words in languages), strict=True))
        if _head_height(heads, size) + _height(rows, size) <= HEIGHT:
            break
    return rows, size


def _head_height(heads: Sequence[dict[str, str]], size: float) -> float:
    """Return the points that the heading, the chart and the last line take."""
    width = WIDTH if len(heads) == 1 else COLUMN
    lines = max(
        TITLE * 1.25 / LEADING * line_count(head["title"], width / (TITLE * size * BOLD))
        + line_count(head["period"], width / size)
        + SMALLER * line_count(head["made"], width / (SMALLER * size))
        for head in heads
    )
    return (lines + 1) * size * LEADING + 4.1 * MM + 1.6 + (4.4 * MM + WIDTH * CHART_HEIGHT / CHART_WIDTH)


def _height(rows: Sequence[Row], size: float) -> float:
    """Return the points that all sections take."""
    width = WIDTH if len(rows[0]) == 1 else COLUMN
    urgent = sum(_row_height(row, size, width) for row in _of(rows, URGENT)) + 2 * MM
    small = sum(_row_height(row, SMALLER * size, width) for row in _of(rows, SMALL))
    main = [_row_height(row, size, COLUMN) for row in rows if row[0].key not in URGENT + SMALL]
    between = sum(main) if len(rows[0]) > 1 else _in_two_columns(main)
    return urgent + between + OVERFLOW * size + small


def _in_two_columns(heights: Sequence[float]) -> float:
    """Return the height of whole sections in order, in two columns as even as a browser makes them."""
    return min(max(sum(heights[:n]), sum(heights[n:])) for n in range(len(heights)))


def _row_height(row: Row, size: float, width: float) -> float:
    return max(_section_height(section, size, width) for section in row) + GAP


def _section_height(section: Section, size: float, width: float) -> float:
    heading = 1.04 * line_count("0 " + section.title, width / (1.04 * size * BOLD))
    if section.run_in:
        lines = line_count(SEPARATOR.join(section.lines), width / size)
    else:
        lines = sum(line_count(line, (width - INDENT) / size) for line in section.lines)
    return (heading + lines) * size * LEADING + 0.6 * MM + 0.5
