"""Charts, shapes and the stage of a session in a terminal, each with the roles that colour it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from msgspec.structs import replace
from textual.content import Content

from coach.content import Content as Guidance
from coach.domain.exercise.dose import Step
from coach.domain.exercise.session import SessionRun
from coach.domain.reminders.time_line import MarkState, TimeMark, time_line
from coach.domain.trends.care import CareDay
from coach.domain.trends.chart import ChartDay
from coach.domain.trends.pain import PainDay
from coach.domain.triage.state import STATES, State
from coach.ui import charts
from coach.ui.figure_lines import anatomy
from coach.ui.stage import Stage, Style, skyline
from coach.ui.widgets import chart
from coach.ui.widgets.shape import ring, sign
from coach.ui.widgets.time_line import line_of_day
from coach.words import Words
from tests.helpers import Keys

LETTER = {
    "accent": "a", "alert": "!", "band": "b", "care": "c", "chosen": "C", "focus": "f", "go": "g", "gentle": "n",
    "grid": ".", "key": "k", "mark": ">", "muscle": "m", "muted": "u", "rest": "r", "see": "s", "strong": "S",
    "title": "T",
}  # fmt: skip
"""How a role is written."""
MONDAY = date(2026, 11, 2)
WORDS = Words("en")


def lines(drawn: Iterable[Content]) -> str:
    """Return lines as they are read, and below them the roles of their letters."""
    drawn = list(drawn)
    return "\n".join([*(line.plain for line in drawn), *map(roles, drawn)])


def roles(line: Content) -> str:
    """Return the role of each letter of a line by its letter; a place that can be clicked is no role."""
    letters = [" "] * len(line.plain)
    for span in line.spans:
        if name := LETTER["focus"] if "reverse" in str(span.style) else LETTER.get(str(span.style).removeprefix(".")):
            letters[span.start : span.end] = name * (span.end - span.start)
    return "".join(letters).rstrip()


def clicks(line: Content) -> list[str]:
    """Return what the places of a line do when they are clicked, from the left."""
    metas = [span.style.meta for span in line.spans if not isinstance(span.style, str)]
    return [str(meta["@click"]) for meta in metas if "@click" in meta]


def state_of(points: int | None) -> State | None:
    """Return a state that goes with a number."""
    return None if points is None else STATES[min(points // 3, 3)]


POINTS = (0, 1, None, 2, 3, 5, None, None, 8, 10, 9, 4, 4, 2)
BARS = [
    ChartDay(MONDAY + timedelta(n), points, state_of(points), paused=7 <= n <= 10, medicine=n in (4, 9))
    for n, points in enumerate(POINTS)
]
KNEES = [
    ChartDay(day.day, day.points, day.state, knees=(day.points, None if n % 2 else 1), medicine=day.medicine)
    for n, day in enumerate(BARS)
]


def bars() -> Iterator[tuple[str, str]]:
    """Yield the chart of Today in several rooms."""
    whole = chart.Labels(weekdays=True, dates=True)
    for width, rows in ((76, 9), (76, 7), (60, 6), (45, 3), (31, 2)):
        yield f"{width} by {rows}", lines(chart.pain_chart(BARS, width, rows, WORDS, whole))
    yield "each knee", lines(chart.pain_chart(KNEES, 101, 8, WORDS, whole))
    yield "each knee, narrow", lines(chart.pain_chart(KNEES, 60, 4, WORDS, chart.Labels()))
    yield "a week, later", lines(chart.pain_chart(BARS[3:10], 60, 4, WORDS, whole))
    yield "no labels", lines(chart.pain_chart(BARS[:3], 12, 4, WORDS, chart.Labels(numbers=False)))
    yield "no days", lines(chart.pain_chart([], 20, 3, WORDS, chart.Labels()))


def series(days: int) -> list[PainDay]:
    """Return a course in which some days were not noted, for a week even none."""
    noted = [n for n in range(days) if n % 5 != 3 and not 16 <= n % 40 < 27]
    return [
        PainDay(
            MONDAY + timedelta(n), walking=(n * 3 + 7) % 11, rest=n % 4, morning=n % 6 or None,
            left=(n * 2) % 11, right=n % 3 or None, either=5 if n % 3 == 0 else None,
        ) if n in noted else PainDay(MONDAY + timedelta(n))
        for n in range(days)
    ]  # fmt: skip


def care(days: int) -> list[CareDay]:
    """Return what was done on the same days."""
    return [
        CareDay(MONDAY + timedelta(n), n % 3 // 2, 60.0, int(n % 4 == 1), habit=n % 7 == 0 or None, paused=n % 9 > 5)
        for n in range(days)
    ]


def curves() -> Iterator[tuple[str, str]]:
    """Yield the charts of History: two weeks, three months, a year; of one knee and of two."""
    for days, width in ((14, 60), (31, 40), (32, 40), (91, 70), (364, 70)):
        course = series(days)
        states = {day.day: state for day in course if (state := state_of(day.walking))}
        paused = frozenset(day.day for day in course[3:6])
        yield f"{days} days", lines(charts.pain_chart(course, width, look=charts.Look(states, paused)))
    course = series(14)
    two = charts.Look(walking=("left", "right", "either"), paused=frozenset([course[-1].day]))
    yield "each knee", lines(charts.pain_chart(course, 60, 9, two))
    yield "numbers alone", lines(charts.pain_chart(course, 30))
    yield "nothing", lines(charts.pain_chart([PainDay(MONDAY)], 10, look=charts.Look(paused=frozenset([MONDAY]))))
    yield "a row", lines([charts.row("walking", charts.number_row(course, 2, "walking"), 5, 12, "strong")])


def years() -> Iterator[tuple[str, str]]:
    """Yield the calendar of a year, wide and narrow, and what its days do when they are clicked."""
    for days, width in ((364, 120), (364, 58), (364, 40), (20, 40)):
        course, done = series(days), care(days)
        states = {day.day: state for day in course if (state := state_of(day.walking))}
        drawn = charts.calendar(course, done, WORDS, MONDAY + timedelta(days - 8), width, states)
        yield f"{days} days in {width}", lines(drawn)
    yield "clicks", "\n".join(", ".join(clicks(line)) for line in drawn)


def shapes() -> Iterator[tuple[str, str]]:
    """Yield the shapes of the states, the day as a line, and the back of the knee with its names."""
    for height in (3, 5, 8):
        yield from ((f"{state} {height}", "\n".join(sign(state, height))) for state in STATES)
        yield f"ring {height}", "\n".join(ring(height))
    morning = datetime(2026, 11, 2, 9, 20)
    states: tuple[MarkState, ...] = ("coming", "coming", "held", "coming")
    marks = [
        TimeMark(morning + timedelta(minutes=90 * n), "desk-break", state) for n, state in enumerate(states, start=1)
    ] + [
        TimeMark(morning - timedelta(minutes=70), "desk-break", "done"),
        TimeMark(morning - timedelta(minutes=25), "ice-end", "held"),
    ]
    line = time_line(marks, morning)
    for width in (99, 100, 40, 16):
        yield f"a day in {width}", lines(line_of_day(line, width, hours=True))
    yield "without hours", lines(line_of_day(line, 30, hours=False))
    yield "the back of the knee", lines(anatomy(Keys(), 60, 12))


STRETCHES = Guidance.open().stretches
PLAN = [
    Step("seated-toe-pull", "right", 20, 2),
    Step("seated-toe-pull", "left", 40, 1),
    Step("ankle-pumps", "left", 2, 10),
]
RUN = SessionRun.of(PLAN, STRETCHES).start(0.0)
ROOMS = ((96, 28), (76, 20), (56, 16), (52, 10), (40, 22), (36, 10), (82, 24))


def run_to(second: int) -> tuple[SessionRun, float]:
    """Return the session after so many seconds."""
    run = RUN
    for half in range(2 * second + 1):
        run = run.tick(half / 2)
    return run, float(second)


def stage() -> Iterator[tuple[str, str]]:
    """Yield a session at its moments, in several rooms and styles."""
    calm, plain, large = Style(motion=False), Style(plain=True), Style(large=True)
    for second, room in zip((2, 12, 21, 33, 41, 55, 14), ROOMS, strict=True):
        yield f"{second} s", lines(Stage(Keys(), STRETCHES, Style()).lines(*run_to(second), *room))
    for name, style, room in (
        ("no motion", calm, (76, 20)),
        ("plain", plain, (60, 14)),
        ("large", large, (112, 30)),
        ("large, narrow", large, (92, 30)),
    ):
        yield name, lines(Stage(Keys(), STRETCHES, style).lines(*run_to(24), *room))
    run, now = run_to(24)
    for name, stopped in (("paused", run.pause(now)), ("hurts", run.hurt(now))):
        yield name, lines(Stage(Keys(), STRETCHES, Style()).lines(stopped, now + 1, 76, 20))
    yield "the way", "\n".join(skyline(RUN.phases, width)[0] for width in (112, 60, 24))
    for at in (0, 9):
        yield (
            f"the whole way, {at} phases on",
            lines(Stage(Keys(), STRETCHES, Style()).hills(replace(RUN, at=at), 60, 5)),
        )
