"""A routine, or one stretch, on one A4 page: figures, sides, holds and cautions, its languages beside each other."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import product
from math import ceil
from pathlib import Path

import msgspec

from coach.domain.exercise.stretch import Routine, Stretch
from coach.figure import svg
from coach.report.page import SEALED, ems
from coach.words import Words
from coach.words.shown import shown

SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
"""Sizes of type, in points; the largest in which everything fits is taken."""
WIDTH, HEIGHT = 521, 750
"""Points of the page between its margins, a little less than there are."""
MILLIMETRE = 2.835
"""Points."""
GAP, LEADING, PADDING = 17, 1.38, 16
"""Points between languages, of a line a point of type, and above and below a stretch."""
MOST_PAIRS = 4
"""Stretches up to which each is drawn twice: as it begins, and in its hold."""
SHARE = 0.2
"""Of the width, for the figures."""


class Card(msgspec.Struct, frozen=True):
    """One stretch in one language, as paragraphs."""

    name: str
    dose: str
    how: tuple[str, ...]
    feel: str
    cautions: tuple[str, ...]
    beyond: str

    def lines(self) -> tuple[str, ...]:
        """Return everything that it says."""
        return tuple(filter(None, (self.name, self.dose, *self.how, self.feel, *self.cautions, self.beyond)))


def paper(one: Routine | Stretch, stretches: Mapping[str, Stretch], languages: Sequence[Words]) -> str:
    """Return the page as HTML: one file, no script, nothing loaded."""
    found = [stretches[name] for name in one.stretches if name in stretches] if isinstance(one, Routine) else [one]
    reps = one.reps if isinstance(one, Routine) else None
    size, brief = fit(found, reps, languages)
    articles = "".join(_article(stretch, reps, languages, len(found), brief=brief) for stretch in found)
    style = (Path(__file__).parent / "paper.css").read_text(encoding="utf-8")
    return (
        f'<!doctype html>\n<html lang="{languages[0].language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n{SEALED}\n'
        f"<title>{_pick(one.name, languages[0])}</title>\n<style>\n{style}</style>\n</head>\n"
        f'<body style="font-size:{size}pt">\n{_header(one, languages)}{articles}{_footer(languages)}</body>\n</html>\n'
    )


def fit(found: Sequence[Stretch], reps: int | None, languages: Sequence[Words]) -> tuple[float, bool]:
    """Return the largest size of type that fits, and whether the steps are left out for it: cautions never are."""
    for brief, size in product((False, True), SIZES):
        cards = [[card(one, reps, words, brief=brief) for words in languages] for one in found]
        drawn = _drawn_height(len(found)) * MILLIMETRE
        rows = (max(drawn, *(_tall(each.lines(), size, len(languages)) for each in row)) + PADDING for row in cards)
        if _edges(size, languages) + sum(rows) <= HEIGHT:
            break
    return size, brief


def _tall(lines: Sequence[str], size: float, languages: int, share: float = 1 - SHARE) -> float:
    """Return the height of paragraphs in one of so many columns that have a ``share`` of the width."""
    width = (WIDTH * share - GAP * languages) / languages - 14
    return sum(ceil(ems(line) * size / width) for line in lines) * size * LEADING


def _edges(size: float, languages: Sequence[Words]) -> float:
    """Return the height of heading and foot."""
    feet = (_tall([words("report.paper.foot")], size * 0.92, len(languages), 1) for words in languages)
    return 6 * size + 24 + max(feet)


def _figures_each(number: int) -> int:
    return 2 if number <= MOST_PAIRS else 1


def _drawn_height(number: int) -> float:
    """Return the millimetres that the figures of one stretch take, of so many."""
    each = _figures_each(number)
    return each * _figure_height(number) + 2 * (each - 1)


def _figure_height(number: int) -> float:
    """Return how tall a figure is, in millimetres: smaller where there are many stretches."""
    return min(32.0, 150 / max(number, 1) / _figures_each(number))


def card(stretch: Stretch, reps: int | None, words: Words, *, brief: bool = False) -> Card:
    """Return what the page says of a stretch in one language."""
    return Card(
        shown(words.pick(stretch.name)),
        dose(stretch, reps, words),
        () if brief else tuple(shown(words.pick(step)) for step in stretch.how),
        "" if brief else shown(words.pick(stretch.feel)),
        tuple(shown(one) for one in _cautions(stretch, words)),
        words("report.paper.beyond") if stretch.beyond else "",
    )


def _cautions(stretch: Stretch, words: Words) -> Iterator[str]:
    """Yield what a therapist said never to do, then the cautions."""
    yield from (words("content.never-this", text=words.pick(said)) for said in stretch.never)
    yield from (words.pick(one) for one in stretch.cautions)


def dose(stretch: Stretch, reps: int | None, words: Words) -> str:
    """Return how often and how long, a side where there are two."""
    times = min(stretch.dose.reps, reps or stretch.dose.reps)
    how = "held" if stretch.kind == "stretch" else "counted"
    sides = words(f"report.paper.sides.{stretch.sides if stretch.side == 'both' else stretch.side}")
    return words(f"report.paper.{how}", sides=sides, n=times, seconds=stretch.dose.hold_s)


def _header(one: Routine | Stretch, languages: Sequence[Words]) -> str:
    heads = (
        f'<div lang="{words.language}"><h1>{_pick(one.name, words)}</h1><p>{_about(one, words)}</p></div>'
        for words in languages
    )
    return f"<header>{''.join(heads)}</header>\n"


def _about(one: Routine | Stretch, words: Words) -> str:
    return _pick(one.about, words) if isinstance(one, Routine) else escape(words("report.paper.one"))


def _article(stretch: Stretch, reps: int | None, languages: Sequence[Words], number: int, *, brief: bool) -> str:
    texts = "".join(_text(card(stretch, reps, words, brief=brief), words) for words in languages)
    share = f"grid-template-columns:{SHARE:.0%} 1fr"
    return (
        f'<article style="{share}"><div class="figures">{"".join(_figures(stretch, number, languages[0]))}</div>'
        f'<div class="texts">{texts}</div></article>\n'
    )


def _figures(stretch: Stretch, number: int, words: Words) -> Iterator[str]:
    """Yield the figure in its beginning and in its hold, as large as the number of stretches allows."""
    if stretch.figure is None:
        return
    tall = _figure_height(number)
    for depth in (0.0, 1.0) if _figures_each(number) > 1 else (1.0,):
        yield f'<div style="height:{tall:.1f}mm">{svg(stretch.figure, depth, label=words.pick(stretch.name))}</div>'


def _text(one: Card, words: Words) -> str:
    steps = "".join(f"<li>{escape(step)}</li>" for step in one.how)
    cautions = "".join(f'<p class="caution">{escape(text)}</p>' for text in one.cautions)
    return (
        f'<div lang="{words.language}"><h2>{escape(one.name)}</h2><p class="dose">{escape(one.dose)}</p>'
        + (f"<ol>{steps}</ol>" if steps else "")
        + (f'<p class="feel">{escape(one.feel)}</p>' if one.feel else "")
        + cautions
        + (f'<p class="beyond">{escape(one.beyond)}</p>' if one.beyond else "")
        + "</div>"
    )


def _footer(languages: Sequence[Words]) -> str:
    feet = (f'<p lang="{words.language}">{escape(words("report.paper.foot"))}</p>' for words in languages)
    return f"<footer>{''.join(feet)}</footer>\n"


def _pick(said: Mapping[str, str], words: Words) -> str:
    return escape(shown(words.pick(said)))
