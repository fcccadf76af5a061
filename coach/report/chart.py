"""The pain of a period as one SVG picture: lines told apart by dashes and marks, so that a black printer is enough."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from html import escape

import msgspec

from coach.domain.trends import CareDay, View, chart_points, each_of
from coach.report.data import SummaryData
from coach.words import Words
from coach.words.dates import long_day, short_day

WIDTH, HEIGHT = 720, 206
LEFT, RIGHT, TOP, BOTTOM = 24, 712, 24, 142
"""The plot, in units of the picture; 10 points lie at ``TOP``, none at ``BOTTOM``."""
STRIP, ROW = BOTTOM + 9, 9
"""Where the marks of what was done that day stand: sessions, icing, *it hurts*, a row each."""
DATES = BOTTOM + 41
LEGEND = HEIGHT - 5
MOST_DATES = 7
MOST_MARKED = 62
"""Points up to which each has a mark of its own; beyond it, lines and lone points alone."""

INK, ACCENT, QUIET, FAINT = "#1a1a1a", "#0b5d66", "#5a5a5a", "#d9d9d9"


class Look(msgspec.Struct, frozen=True):
    """How one line is drawn: told apart without colour by its dashes and its mark."""

    view: View
    colour: str
    dashes: str
    mark: str
    """A shape around (0, 0)."""
    width: float = 1.6


LOOKS = (
    Look("walking", ACCENT, "", f'<circle r="3.4" fill="{ACCENT}"/>', 2.2),
    Look(
        "rest", INK, "6 3", f'<rect x="-3" y="-3" width="6" height="6" fill="#fff" stroke="{INK}" stroke-width="1.3"/>'
    ),
    Look("morning", QUIET, "1.5 3", f'<path d="M0-4 3.7 3h-7.4z" fill="#fff" stroke="{QUIET}" stroke-width="1.3"/>'),
)
SESSION = f'<rect x="-1.6" y="-5" width="3.2" height="10" fill="{INK}"/>'
ICE = f'<path d="M0-5 4 0 0 5-4 0z" fill="#fff" stroke="{INK}" stroke-width="1.2"/>'
HURT = f'<path d="M-3.5-3.5 3.5 3.5M-3.5 3.5 3.5-3.5" stroke="{INK}" stroke-width="1.6"/>'
PAUSE = f'<rect x="-7" y="-6" width="14" height="12" fill="url(#rest)" stroke="{FAINT}"/>'


def chart(data: SummaryData, languages: Sequence[Words]) -> str:
    """Return the picture; its words stand in each of ``languages``."""
    say = _sayer(languages)
    about = " / ".join(_about(data, words) for words in languages)
    inside = "".join((_grid(), _pauses(data), _lines(data), _strip(data), _dates(data, languages), _legend(data, say)))
    empty = "" if data.strengths else _text((LEFT + RIGHT) / 2, (TOP + BOTTOM) / 2, say("nothing"), "middle", 13)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-size="11">'
        f"<title>{escape(about)}</title>{_HATCH}{inside}{empty}</svg>"
    )


_HATCH = (
    '<defs><pattern id="rest" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<path d="M0 0V6" stroke="{FAINT}" stroke-width="3"/></pattern></defs>'
)


def _sayer(languages: Sequence[Words]) -> Callable[[str], str]:
    return lambda name: " / ".join(words(f"report.chart.{name}") for words in languages)


def _about(data: SummaryData, words: Words) -> str:
    first, last = long_day(data.first, words), long_day(data.last, words)
    return words("report.chart.about", first=first, last=last, noted=data.noted, days=data.days)


def _x(data: SummaryData, day: date) -> float:
    """Return the middle of a day's column."""
    return _across(data, (day - data.first).days)


def _across(data: SummaryData, index: float) -> float:
    """Return the middle of the column of a day by its place in the period."""
    return LEFT + (RIGHT - LEFT) * (index + 0.5) / data.days


def _y(points: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * points / 10


def _grid() -> str:
    rows = (
        f'<path d="M{LEFT} {_y(points):g}H{RIGHT}" stroke="{FAINT}" stroke-width="{1 if points else 1.6}"/>'
        + _text(LEFT - 6, _y(points) + 4, str(points), "end")
        for points in (0, 2, 4, 6, 8, 10)
    )
    return "".join(rows)


def _pauses(data: SummaryData) -> str:
    wide = (RIGHT - LEFT) / data.days
    return "".join(
        f'<rect x="{_x(data, day.day) - wide / 2:.1f}" y="{TOP}" width="{wide:.2f}" height="{BOTTOM - TOP}" '
        f'fill="url(#rest)"/>'
        for day in data.care
        if day.paused
    )


def _lines(data: SummaryData) -> str:
    return "".join(part for look in reversed(LOOKS) for part in _line(data, look))


def _line(data: SummaryData, look: Look) -> Iterator[str]:
    """Yield one view: neighbouring days joined, days that are further apart by a hair only, and the marks."""
    runs = list(_runs(data, look.view))
    if len(runs) > 1:
        yield _stroke(_path([point for run in runs for point in run]), look, 0.5)
    for run in runs:
        if len(run) > 1:
            yield _stroke(_path(run), look, look.width)
        if len(run) == 1 or data.days <= MOST_MARKED * each_of(data.pain):
            yield from (_at(x, y, look.mark) for x, y in run)


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _stroke(path: str, look: Look, width: float) -> str:
    dashes = f' stroke-dasharray="{look.dashes}"' if look.dashes else ""
    return (
        f'<path d="{path}" fill="none" stroke="{look.colour}" stroke-width="{width}" stroke-linejoin="round"{dashes}/>'
    )


def _runs(data: SummaryData, view: View) -> Iterator[list[tuple[float, float]]]:
    """Yield neighbouring points of a view together."""
    run: list[tuple[float, float]] = []
    last = 0.0
    for index, value in chart_points(data.pain, view):
        if run and index - last > each_of(data.pain):
            yield run
            run = []
        run.append((_across(data, index), _y(value)))
        last = index
    if run:
        yield run


def _strip(data: SummaryData) -> str:
    """Return what was done, a row for each kind; the marks are smaller where the days are narrow."""
    size = min(1.0, max(0.4, (RIGHT - LEFT) / data.days / 9))
    return "".join(
        _at(_x(data, day.day), STRIP + ROW * row, mark, size) for day in data.care for row, mark in _done(day)
    )


def _done(day: CareDay) -> Iterator[tuple[int, str]]:
    if day.sessions:
        yield 0, SESSION
    if day.ices:
        yield 1, ICE
    if day.hurts:
        yield 2, HURT


def _dates(data: SummaryData, languages: Sequence[Words]) -> str:
    every = max(1, -(-data.days // MOST_DATES))
    numeric = len(languages) > 1
    shown = (day.day for day in data.pain[::every])
    return "".join(
        _text(_x(data, day), DATES, f"{day.month}/{day.day}" if numeric else short_day(day, languages[0]), "middle")
        for day in shown
    )


def _legend(data: SummaryData, say: Callable[[str], str]) -> str:
    """Return the key: the lines that the picture has on top, what was done at the bottom."""
    lines = [(look, say_view) for look in LOOKS if (say_view := _view(data, look, say))]
    top = _key([(_sample(look), name) for look, name in lines], 9)
    done = [
        (PAUSE, say("pause"), any(day.paused for day in data.care)),
        (SESSION, say("session"), any(day.sessions for day in data.care)),
        (ICE, say("ice"), any(day.ices for day in data.care)),
        (HURT, say("hurt"), any(day.hurts for day in data.care)),
    ]
    return top + _key([(mark, name) for mark, name, there in done if there], LEGEND - 3)


def _view(data: SummaryData, look: Look, say: Callable[[str], str]) -> str:
    return say(f"view.{look.view}") if any(one.view == look.view for one in data.strengths) else ""


def _sample(look: Look) -> str:
    return _stroke("M-13 0H13", look, look.width) + look.mark


def _key(entries: list[tuple[str, str]], y: float) -> str:
    wide = (RIGHT - LEFT) / max(4, len(entries))
    return "".join(
        _at(LEFT + 14 + wide * n, y, mark) + _text(LEFT + 32 + wide * n, y + 4, name, "start")
        for n, (mark, name) in enumerate(entries)
    )


def _at(x: float, y: float, shape: str, size: float = 1) -> str:
    scale = f" scale({size:.2f})" if size != 1 else ""
    return f'<g transform="translate({x:.1f} {y:.1f}){scale}">{shape}</g>'


def _text(x: float, y: float, text: str, anchor: str, size: float = 11) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{INK}">{escape(text)}</text>'
