"""The pain of a period as one SVG picture: lines told apart by dashes and marks, so that a black printer is enough."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from xml.etree.ElementTree import Element

import msgspec

from coach.domain.trends.care import CareDay
from coach.domain.trends.chart import chart_points, columns_of, columns_under_medicine, each_of
from coach.domain.trends.pain import COMPARED, View, views_of
from coach.domain.triage.state import STATES, State
from coach.figure.svg import element, picture
from coach.report.data import SummaryData
from coach.report.measure import ems
from coach.words import Words
from coach.words.dates import long_day, short_day

WIDTH, HEIGHT = 720, 188
LEFT, RIGHT, TOP, BOTTOM = 24, 712, 24, 108
"""The plot, in units of the picture; 10 points lie at ``TOP``, none at ``BOTTOM``."""
STRIP, ROW = BOTTOM + 9, 9
"""Where the marks of a day stand: its state, sessions, icing, *it hurts*, a row each."""
DATES = BOTTOM + 49
STATE_LEGEND, LEGEND = HEIGHT - 21, HEIGHT - 8
BESIDE_NAME = 40
"""What the mark of an entry of the key and the gap after its name take."""
MOST_DATES = 7
MOST_MARKED = 62
"""Points up to which each has a mark of its own; beyond it, lines and lone points alone."""

INK, ACCENT, RUST, QUIET, FAINT = "#1a1a1a", "#0b5d66", "#8a4413", "#5a5a5a", "#d9d9d9"
Point = tuple[float, float]


class LineStyle(msgspec.Struct, frozen=True):
    """How the line of one view is drawn: told apart without colour by its dashes and its mark."""

    view: View
    colour: str
    dashes: str
    mark: Element
    """A shape around (0, 0)."""
    width: float = 1.6


STYLES = (
    LineStyle("walking", ACCENT, "none", element("circle", r=3.4, fill=ACCENT), 2.2),
    LineStyle(
        "rest",
        INK,
        "6 3",
        element("rect", x=-3, y=-3, width=6, height=6, fill="#fff", stroke=INK, stroke_width=1.3),
    ),
    LineStyle("left", ACCENT, "none", element("circle", r=3.4, fill=ACCENT), 2.2),
    LineStyle("right", RUST, "8 2.5", element("path", d="M0-4.2 4.2 0 0 4.2-4.2 0z", fill=RUST), 2.2),
    LineStyle("either", INK, "none", element("circle", r=3.2, fill="#fff", stroke=INK, stroke_width=1.4), 1.2),
    LineStyle("morning", QUIET, "1.5 3", element("path", d="M0-4 3.7 3h-7.4z", fill="#fff", stroke=QUIET)),
)
SESSION = element("rect", x=-1.6, y=-5, width=3.2, height=10, fill=INK)
ICE = element("path", d="M0-5 4 0 0 5-4 0z", fill="#fff", stroke=INK, stroke_width=1.2)
MEDICINE = element("circle", r=6.2, fill="none", stroke=INK, stroke_width=0.9)
"""Around a number that was told under a painkiller."""
HURT = element("path", d="M-3.5-3.5 3.5 3.5M-3.5 3.5 3.5-3.5", stroke=INK, stroke_width=1.6)
STATE_SHAPES: Mapping[State, Element] = {
    "go": element("circle", r=3.3, fill="#1d6b3a"),
    "gentle": element(
        "g",
        element("circle", r=3, fill="#fff", stroke="#7a5200", stroke_width=1.2),
        element("path", d="M0-3A3 3 0 0 0 0 3z", fill="#7a5200"),
    ),
    "rest": element("rect", x=-3, y=-3, width=6, height=6, fill="#3f4684"),
    "see": element("path", d="M0-4 4 3.2h-8z", fill="#9c1c1c"),
}
"""The shapes of the screens (``domain.triage.state.SHAPES``), drawn: no font need have them."""
PAUSE = element("rect", x=-7, y=-6, width=14, height=12, fill="url(#rest)", stroke=FAINT)
HATCH = element(
    "pattern",
    element("path", d="M0 0V6", stroke=FAINT, stroke_width=3),
    id="rest",
    width=6,
    height=6,
    patternUnits="userSpaceOnUse",
    patternTransform="rotate(45)",
)


def chart(data: SummaryData, languages: Sequence[Words]) -> str:
    """Return the picture as an SVG document; its words stand in each of ``languages``."""
    label = " / ".join(_description(data, words) for words in languages)
    drawn = [*_grid(), *_pauses(data), *_lines(data), *_marks_of_care(data), *_dates(data, languages)]
    if not data.strengths:
        drawn.append(
            _text((LEFT + RIGHT) / 2, (TOP + BOTTOM) / 2, _said("report.strength.none", languages), "middle", 13)
        )
    legend = _legend(data, languages)
    return picture((0, 0, WIDTH, HEIGHT), element("defs", HATCH), *drawn, *legend, label=label, font_size=11)


def _word(name: str, languages: Sequence[Words]) -> str:
    return _said(f"report.chart.{name}", languages)


def _said(key: str, languages: Sequence[Words]) -> str:
    return " / ".join(words(key) for words in languages)


def _description(data: SummaryData, words: Words) -> str:
    first, last = long_day(data.first, words), long_day(data.last, words)
    return words("report.chart.about", first=first, last=last, noted=data.noted, days=data.days)


def _x(data: SummaryData, day: date) -> float:
    return _x_at(data, (day - data.first).days)


def _x_at(data: SummaryData, index: float) -> float:
    """Return the middle of the column of a day by its place in the period."""
    return LEFT + (RIGHT - LEFT) * (index + 0.5) / data.days


def _y(points: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * points / 10


def _grid() -> Iterator[Element]:
    for points in (0, 2, 4, 6, 8, 10):
        yield element("path", d=f"M{LEFT} {_y(points):g}H{RIGHT}", stroke=FAINT, stroke_width=1 if points else 1.6)
        yield _text(LEFT - 6, _y(points) + 4, str(points), "end")


def _pauses(data: SummaryData) -> Iterator[Element]:
    wide = (RIGHT - LEFT) / data.days
    for day in data.care:
        if day.paused:
            x = _x(data, day.day) - wide / 2
            yield element("rect", x=x, y=TOP, width=wide, height=BOTTOM - TOP, fill="url(#rest)")


def _lines(data: SummaryData) -> Iterator[Element]:
    """Yield the line of each view: neighbouring days joined, days further apart by a hair only, and the marks."""
    step = each_of(data.pain)
    shown = views_of(data.walking, COMPARED)
    for style in reversed(STYLES):  # the worst pain when walking lies on top
        if style.view not in shown:
            continue
        runs = list(_runs(data, style.view))
        if len(runs) > 1:
            yield _stroke([point for run in runs for point in run], style, 0.5)
        for run in runs:
            if len(run) > 1:
                yield _stroke(run, style, style.width)
            if len(run) == 1 or data.days <= MOST_MARKED * step:
                yield from (_at(x, y, style.mark) for x, y in run)
    yield from _medicines(data, step)


def _medicines(data: SummaryData, step: int) -> Iterator[Element]:
    """Yield a ring around each point when walking in which a number was told under a painkiller."""
    size = min(1.0, max(0.5, 60 / data.days * step))
    for view in data.walking:
        under = columns_under_medicine(data.pain, view, step)
        for index, points in chart_points(data.pain, view):
            if int(index) // step in under:
                yield _at(_x_at(data, index), _y(points), MEDICINE, size)


def _stroke(points: Sequence[Point], style: LineStyle, width: float) -> Element:
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    line = {"stroke_dasharray": style.dashes, "stroke_linejoin": "round"}
    return element("path", d=path, fill="none", stroke=style.colour, stroke_width=width, **line)


def _runs(data: SummaryData, view: View) -> Iterator[list[Point]]:
    """Yield neighbouring points of a view together."""
    run: list[Point] = []
    last = 0.0
    for index, value in chart_points(data.pain, view):
        if run and index - last > each_of(data.pain):
            yield run
            run = []
        run.append((_x_at(data, index), _y(value)))
        last = index
    if run:
        yield run


def _marks_of_care(data: SummaryData) -> Iterator[Element]:
    """Yield the states, and what was done, a row for each kind; the marks are smaller where the days are narrow."""
    size = min(1.0, max(0.4, (RIGHT - LEFT) / data.days / 9))
    yield from _states(data)
    for day in data.care:
        for row, mark in enumerate(_done(day), 1):
            if mark is not None:
                yield _at(_x(data, day.day), STRIP + ROW * row, mark, size)


def _states(data: SummaryData) -> Iterator[Element]:
    """Yield the state of each day; where a point of the course is a week, the strictest of the week."""
    each = each_of(data.pain)
    for part in columns_of(len(data.pain), each):
        days = data.pain[part]
        if states := [data.states[day.day] for day in days if day.day in data.states]:
            middle = (_x(data, days[0].day) + _x(data, days[-1].day)) / 2
            yield _at(middle, STRIP, STATE_SHAPES[max(states, key=STATES.index)], min(1.0, 80 / data.days * each))


def _done(day: CareDay) -> tuple[Element | None, ...]:
    return SESSION if day.sessions else None, ICE if day.ices else None, HURT if day.hurts else None


def _dates(data: SummaryData, languages: Sequence[Words]) -> Iterator[Element]:
    every = max(1, -(-data.days // MOST_DATES))
    for day in (pain.day for pain in data.pain[::every]):
        yield _text(_x(data, day), DATES, short_day(day, languages[0]), "middle")


def _legend(data: SummaryData, languages: Sequence[Words]) -> list[Element]:
    """Return the key: the lines above the plot, what was done below it; what the picture has not is left out."""
    views = {strength.view for strength in data.strengths}
    lines = [(_sample(style), _word(f"view.{style.view}", languages)) for style in STYLES if style.view in views]
    done = [
        (mark, _word(name, languages))
        for mark, name, shown in (
            (PAUSE, "pause", any(day.paused for day in data.care)),
            (SESSION, "session", any(day.sessions for day in data.care)),
            (ICE, "ice", any(day.ices for day in data.care)),
            (HURT, "hurt", any(day.hurts for day in data.care)),
            (MEDICINE, "medicine", any(columns_under_medicine(data.pain, view, 1) for view in data.walking)),
        )
        if shown
    ]
    told = set(data.states.values())
    states = [
        (STATE_SHAPES[state], " / ".join(words(f"state.{state}") for words in languages))
        for state in STATES
        if state in told
    ]
    return [*_key(lines, 9), *_key(states, STATE_LEGEND), *_key(done, LEGEND)]


def _sample(style: LineStyle) -> Element:
    return element("g", _stroke([(-13, 0), (13, 0)], style, style.width), style.mark)


def _key(entries: Sequence[tuple[Element, str]], y: float) -> Iterator[Element]:
    even = (RIGHT - LEFT) / max(4, len(entries))
    letters = [ems(name) for _, name in entries]
    size = 11.0
    widths = [even] * len(entries)
    if any(BESIDE_NAME + size * wide > even for wide in letters):  # the names share the row, smaller where they must
        size = min(size, (RIGHT - LEFT - BESIDE_NAME * len(entries)) / sum(letters))
        widths = [BESIDE_NAME + size * wide for wide in letters]
    x = float(LEFT)
    for (mark, name), wide in zip(entries, widths, strict=True):
        yield _at(x + 14, y, mark)
        yield _text(x + 32, y + 4, name, "start", size)
        x += wide


def _at(x: float, y: float, shape: Element, size: float = 1) -> Element:
    scale = f" scale({size:.2f})" if size != 1 else ""
    return element("g", shape, transform=f"translate({x:.1f} {y:.1f}){scale}")


def _text(x: float, y: float, text: str, anchor: str, size: float = 11) -> Element:
    return element("text", text, x=x, y=y, text_anchor=anchor, font_size=size, fill=INK)
