"""A routine, or one stretch, on one A4 page: figures, sides, holds and cautions, its languages beside each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

import msgspec

from coach.domain.exercise.stretch import Routine, Stretch
from coach.report.measure import BOLD, line_count
from coach.report.page import HEIGHT, LEADING, MM, TITLE, WIDTH
from coach.report.render import render
from coach.words import Words
from coach.words.shown import shown

SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
"""Sizes of type, in points; the largest in which everything fits is taken."""
FIGURE_WIDTH = 36
"""Millimetres for the figures of a stretch, beside its text."""
ANATOMY_HEIGHT = 60
"""Millimetres of the picture of the back of the knee."""
MOST_PAIRS = 4
"""Stretches up to which each is drawn twice: as it begins, and in its hold."""


class StretchCard(msgspec.Struct, frozen=True):
    """One stretch in one language, as paragraphs."""

    name: str
    dose: str
    how: tuple[str, ...]
    feel: str
    cautions: tuple[str, ...]

    def height(self, size: float, width: float) -> float:
        """Return the points that it takes in type of a size, in a column of a width."""
        heading = 1.1 * line_count(self.name, width / (1.1 * size * BOLD)) + line_count(
            self.dose, width / (size * BOLD)
        )
        steps = sum(line_count(step, (width - 4.5 * MM) / size) for step in self.how)
        plain = line_count(self.feel, width / size) if self.feel else 0
        cautions = sum(line_count(text, (width - 2.8 * MM) / size) for text in self.cautions)
        return (heading + steps + plain + cautions) * size * LEADING + 0.8 * MM * len(self.cautions)


def paper(content: Routine | Stretch, stretches: Mapping[str, Stretch], languages: Sequence[Words]) -> str:
    """Return the page as HTML: one file, no script, nothing loaded."""
    if isinstance(content, Routine):
        shown_stretches = [stretches[name] for name in content.stretches if name in stretches]
        reps, abouts = content.reps, [_text(content.about, words) for words in languages]
    else:
        shown_stretches, reps = [content], None
        abouts = [words("report.paper.one") for words in languages]
    size, brief = fit(shown_stretches, reps, languages)
    names = [_text(content.name, words) for words in languages]
    number = len(shown_stretches)
    return render(
        "paper.html.jinja",
        languages=languages,
        size=size,
        title=names[0],
        names=names,
        abouts=abouts,
        feet=[_foot(shown_stretches, words) for words in languages],
        anatomy=_anatomy(languages) if isinstance(content, Stretch) else "",
        anatomy_height=ANATOMY_HEIGHT,
        figure_width=FIGURE_WIDTH,
        figure_height=round(_figure_height(number), 1),
        stretches=[
            (
                list(_figures(stretch, number, languages[0])),
                [card(stretch, reps, words, brief=brief) for words in languages],
            )
            for stretch in shown_stretches
        ],
    )


def fit(stretches: Sequence[Stretch], reps: int | None, languages: Sequence[Words]) -> tuple[float, bool]:
    """Return the largest size of type that fits, and whether the steps are left out for it: cautions never are."""
    figures = _figures_each(len(stretches)) * (_figure_height(len(stretches)) + 2) * MM
    width = (WIDTH - (FIGURE_WIDTH + 5) * MM - 6 * MM * (len(languages) - 1)) / len(languages)
    for brief, size in product((False, True), SIZES):
        cards = ([card(stretch, reps, words, brief=brief) for words in languages] for stretch in stretches)
        rows = (max(figures, *(text.height(size, width) for text in row)) + 5 * MM + 0.5 for row in cards)
        if _edges(size, stretches, languages) + sum(rows) <= HEIGHT:
            break
    return size, brief


def _foot(stretches: Iterable[Stretch], words: Words) -> str:
    """Return what stands under all of it; what the footnote sign means where one has it."""
    foot = words("report.paper.foot")
    if any(stretch.beyond for stretch in stretches):
        foot += words("report.next-sentence") + words("content.legend")
    return foot


def _edges(size: float, stretches: Sequence[Stretch], languages: Sequence[Words]) -> float:
    """Return the points of heading and foot."""
    width = (WIDTH - 6 * MM * (len(languages) - 1)) / len(languages)
    foot = max(line_count(_foot(stretches, words), width / (0.9 * size)) for words in languages)
    # a name or a description may take a second line
    return (2 * TITLE + 2 + 0.9 * foot) * size * LEADING + 7.1 * MM + 1.6


def _figures_each(number: int) -> int:
    return 2 if number <= MOST_PAIRS else 1


def _figure_height(number: int) -> float:
    """Return how tall a figure is, in millimetres: smaller where there are many stretches."""
    return min(32.0, 150 / max(number, 1) / _figures_each(number))


def card(stretch: Stretch, reps: int | None, words: Words, *, brief: bool = False) -> StretchCard:
    """Return what the page says of a stretch in one language."""
    amount = dose(stretch, reps, words)
    return StretchCard(
        _text(stretch.name, words),
        words("content.footnote", text=amount) if stretch.beyond else amount,
        () if brief else tuple(_text(step, words) for step in stretch.how),
        "" if brief else _text(stretch.feel, words),
        tuple(shown(caution) for caution in _cautions(stretch, words)),
    )


def _cautions(stretch: Stretch, words: Words) -> Iterator[str]:
    """Yield what a therapist said never to do, then the cautions."""
    yield from (words("content.never-this", text=words.pick(never)) for never in stretch.never)
    yield from (words.pick(caution) for caution in stretch.cautions)


def dose(stretch: Stretch, reps: int | None, words: Words) -> str:
    """Return how often and how long, a side where there are two."""
    times = min(stretch.dose.reps, reps or stretch.dose.reps)
    kind = "held" if stretch.kind == "stretch" else "counted"
    sides = words(f"report.paper.sides.{stretch.sides if stretch.side == 'both' else stretch.side}")
    return words(f"report.paper.{kind}", sides=sides, n=times, seconds=stretch.dose.hold_s)


def _figures(stretch: Stretch, number: int, words: Words) -> Iterator[str]:
    """Yield the figure in its beginning and in its hold, or in its hold alone where there are many stretches."""
    from markupsafe import Markup

    from coach.figure.svg import svg

    if stretch.figure is not None:
        for depth in (0.0, 1.0) if _figures_each(number) > 1 else (1.0,):
            yield Markup(svg(stretch.figure, depth, label=words.pick(stretch.name)))  # noqa: S704  (made by an XML library)


def _anatomy(languages: Sequence[Words]) -> str:
    """Return the back of the knee with the names of its muscles: a page of one stretch has room for it."""
    from markupsafe import Markup

    from coach.figure.anatomy import PARTS
    from coach.figure.svg import anatomy_svg

    names = {part: [words(f"gallery.part.{part}") for words in languages] for part in PARTS}
    return Markup(anatomy_svg(names, label=languages[0]("gallery.anatomy")))  # noqa: S704  (made by an XML library)


def _text(text: Mapping[str, str], words: Words) -> str:
    return shown(words.pick(text))
