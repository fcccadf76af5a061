"""The page for a doctor as HTML: one file, no script, nothing loaded, one A4 page from any browser."""

from collections.abc import Sequence
from html import escape
from itertools import product
from math import ceil
from pathlib import Path
from unicodedata import east_asian_width

from coach.report.chart import chart
from coach.report.data import SummaryData
from coach.report.sections import AMPLE, BRIEF, Section, period, sections, title
from coach.words import Words
from coach.words.dates import long_day
from coach.words.shown import shown

TELL = ("since", "movement", "strength", "tried")
"""The four that a consultation asks first; they carry their number."""
SMALL = ("not-asked", "limits")
SEALED = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    '\n<meta name="referrer" content="no-referrer">'
)
"""Tells the browser to run nothing and to load nothing, whatever stands in the page."""
SIZES = (9.4, 9.0, 8.6, 8.2, 7.8, 7.4, 7.0)
"""Sizes of type, in points; the largest in which everything fits is taken."""
LAST_RESORT = (6.6, 6.2, 5.8)
"""Sizes for a page on which every sign there is was noted, in two languages: all of them on one page comes first."""
HEIGHT, GAP, LEADING = 600, 7, 1.36
"""Points that the page has for heading and sections beside the chart, between two sections, and of one line a point."""
HEAD = 5.2
"""The lines of the heading, in sizes of type."""
COLUMN, ACROSS = 248, 518
"""Points of half the width, and of the whole."""


def html(data: SummaryData, languages: Sequence[Words]) -> str:
    """Return the page in one language, or in two side by side."""
    texts, size = fit(data, languages)
    body = _beside(texts, languages) if len(languages) > 1 else _columns(texts[0])
    return (
        f'<!doctype html>\n<html lang="{languages[0].language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n{SEALED}\n'
        f"<title>{escape(title(languages[0]))}</title>\n<style>\n{_style()}</style>\n</head>\n"
        f'<body style="font-size:{size}pt">\n{_header(data, languages)}'
        f"<figure>{chart(data, languages)}</figure>\n{body}</body>\n</html>\n"
    )


Texts = list[tuple[Section, ...]]


def fit(data: SummaryData, languages: Sequence[Words]) -> tuple[Texts, float]:
    """Return the sections of each language and the size of type in which they fit one page, the fullest that does."""
    tries = [*product((AMPLE, BRIEF), SIZES), *product((BRIEF,), LAST_RESORT)]
    for room, size in tries:
        texts = [sections(data, words, room) for words in languages]
        if HEAD * size + _height(texts, size) <= HEIGHT:
            break
    return texts, size


def _height(texts: Texts, size: float) -> float:
    """Return the points that the sections take, a little more rather than less."""
    if len(texts) > 1:
        rows = zip(*texts, strict=True)
        return sum(max(_tall(section, size, COLUMN) for section in row) + GAP for row in rows)
    left, right = _halves(texts[0])
    across = [one for one in texts[0] if one.key in SMALL]
    return max(_stack(left, size, COLUMN), _stack(right, size, COLUMN)) + _stack(across, size, ACROSS)


def _halves(found: Sequence[Section]) -> tuple[Sequence[Section], Sequence[Section]]:
    """Return the sections for the left and the right of the page, in order, as even as whole sections allow."""
    main = [one for one in found if one.key not in SMALL]
    cuts = ((main[:n], main[n:]) for n in range(1, len(main)))
    return min(cuts, key=lambda cut: max(_stack(half, 9, COLUMN) for half in cut))


def _stack(found: Sequence[Section], size: float, width: float) -> float:
    return sum(_tall(one, size, width) + GAP for one in found)


def _tall(section: Section, size: float, width: float) -> float:
    letter = size * (0.9 if section.key in SMALL else 1)
    lines = sum(ceil(ems(line) * letter / (width - 8)) for line in section.lines)
    return (1.3 * size + lines * letter) * LEADING


_NARROW = frozenset("iljtfrI1 .,:;'!|()[]·")


def ems(text: str) -> float:
    """Return about the width of a line in ems: wide letters one, narrow ones a third, others somewhat over half."""
    return sum(1 if east_asian_width(letter) in "WFA" else 0.3 if letter in _NARROW else 0.56 for letter in text)


def _style() -> str:
    return (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


def _header(data: SummaryData, languages: Sequence[Words]) -> str:
    heads = "".join(
        f'<div lang="{words.language}"><h1>{escape(title(words))}</h1><p>{escape(period(data, words))}</p>'
        f'<p class="small">{escape(words("report.made", date=long_day(data.made_at.date(), words)))}</p></div>\n'
        for words in languages
    )
    name = f"<b>{escape(shown(data.name))}</b>" if data.name else ""
    blanks = (_joined("report.name", languages) + name, _joined("report.date-of-birth", languages))
    return (
        f'<header>\n<div class="heads">{heads}</div>\n<div class="who">'
        + "".join(f"<span>{blank}</span>" for blank in blanks)
        + "</div>\n</header>\n"
    )


def _joined(key: str, languages: Sequence[Words]) -> str:
    return escape(" / ".join(words(key) for words in languages))


def _columns(found: Sequence[Section]) -> str:
    """Return the sections of one language in two columns, the small ones across the page."""
    halves = "".join(f"<div>\n{''.join(map(_section, half))}</div>\n" for half in _halves(found))
    across = "".join(_section(one) for one in found if one.key in SMALL)
    return f"<main>\n{halves}</main>\n<footer>\n{across}</footer>\n"


def _beside(texts: Sequence[Sequence[Section]], languages: Sequence[Words]) -> str:
    """Return each section in all languages beside each other."""
    rows = zip(*texts, strict=True)
    cells = (_section(one, words.language) for row in rows for one, words in zip(row, languages, strict=True))
    return f"<main>\n{''.join(cells)}</main>\n"


def _section(section: Section, lang: str = "") -> str:
    number = f' data-n="{TELL.index(section.key) + 1}"' if section.key in TELL else ""
    kind = "tell" if section.key in TELL else "small" if section.key in SMALL else ""
    attributes = (f' class="{kind}"' if kind else "") + (f' lang="{lang}"' if lang else "")
    lines = "".join(f"<li>{escape(line)}</li>" for line in section.lines)
    return f"<section{attributes}><h2{number}>{escape(section.title)}</h2><ul>{lines}</ul></section>\n"
