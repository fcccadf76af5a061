"""How questions, running text, and the pages around a session lie in a room, without a window around them."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from unittest.mock import PropertyMock, patch

from textual.content import Content

from coach.domain.trends.chart import ChartDay
from coach.domain.trends.pain import PainDay
from coach.ui import charts
from coach.ui.areas import Area, frame_for, page_of, room_of
from coach.ui.charts import Look
from coach.ui.markdown import page_lines, parts_of
from coach.ui.screens.gallery import depth_at
from coach.ui.screens.session import SessionScreen
from coach.ui.text import columns, fit, hang, joined, spread, styled, wrap
from coach.ui.widgets.field import ActionRow, Field, MultiChoice, PainScale
from coach.ui.widgets.lines import Paragraphs
from coach.ui.widgets.pain_weeks import pain_weeks
from coach.ui.widgets.text_input import Label
from tests.drawn.frames import NOW, lived_in, opened
from tests.drawn.screens import MONDAY, WORDS, roles

QUESTION = "Is one leg swollen, warm or red?"
LONG = "Has the pain come up after a fall or a twist, and can you stand on that leg for four steps?"
JAPANESE = "痛みが強くなったら、すぐにやめてください。「ひざの裏」に響くときも同じです。"
TRI = (("no", "no"), ("unsure", "not sure"), ("yes", "yes"))
WHEN = (
    ("stairs", "going down stairs"), ("morning", "in the morning"), ("sitting", "after sitting"), ("walk", "on a walk"),
)  # fmt: skip
WIDTHS = (34, 39, 40, 57, 58, 64, 66, 80, 100)


def read(drawn: Iterable[Content]) -> str:
    """Return lines as they are read, each with the letters of its roles under it where it has any."""
    both = ((line.plain, f":{roles(line)}") for line in drawn)
    return "\n".join(text for lines in both for text in lines if text != ":")


def questions() -> list[Field]:
    """Return a question of every kind, answered and open, with notes and without."""
    return [
        Field("a", QUESTION, TRI, "unsure", note="Last time: yes"),
        Field("b", LONG, TRI),
        Field("c", QUESTION, WHEN[:2], "morning", note=LONG),
        MultiChoice("d", QUESTION, WHEN, ("stairs", "walk"), note="Several may be chosen"),
        MultiChoice("e", QUESTION, [*WHEN, ("long", LONG)], ("long",)),
        PainScale("f", LONG, 10, note="0 is no pain, 10 the worst there is"),
        PainScale("g", QUESTION),
        ActionRow("h", "Enter", QUESTION, "screen.keep", note=LONG),
        ActionRow("i", "m", LONG, "screen.more"),
    ]


def fields() -> Iterator[tuple[str, str]]:
    """Yield every kind of question in rooms of many widths, with the focus and without."""
    for focused, widths in ((False, WIDTHS), (True, WIDTHS[::3])):
        with patch.object(Field, "has_focus", new_callable=PropertyMock, return_value=focused):
            for width in widths:
                for question in questions():
                    yield f"{question.id} in {width}{', in focus' * focused}", read(question.lay(width, 20))
    yield "label", read(Label(LONG, "note").lay(40, 20))
    for above in (0, 1):
        yield f"paragraphs, {above} above", read(Paragraphs(f"{QUESTION}\n{LONG}", "title", above=above).lay(40, 20))
    yield "paragraphs, the rest plain", read(Paragraphs(f"{QUESTION}\n{LONG}", "title", rest="").lay(40, 20))
    yield "no paragraphs", read(Paragraphs("", above=1).lay(40, 20))


PAGE = f"""# A heading that is longer than one line of a narrow window

One **two stressed words** in a paragraph that is broken over lines, *and* one more.

- An item that needs more than one line to be told
- Another

1. First
2. Second, with {JAPANESE}

Last.
"""


def texts() -> Iterator[tuple[str, str]]:
    """Yield running text: broken, hung, spread, in columns, and the areas of a page."""
    for width in (30, 41, 72):
        yield f"page in {width}", read(page_lines(parts_of(PAGE), width))
    for width in (8, 21, 40):
        yield f"wrapped in {width}", read(wrap(LONG, width, "muted", indent=2))
        yield f"Japanese in {width}", read(wrap(JAPANESE, width, indent=4))
        yield f"a long word in {width}", read(wrap(f"see {'https://example.org/' * 3}end", width))
    yield "hung", read(hang(styled("Enter  ", "key"), wrap(LONG, 30)))
    yield "hung, nothing", read(hang(styled("Enter  ", "key"), []))
    for width in (13, 14, 15, 20):
        yield f"spread over {width}", read([spread(styled("evening"), styled("3 min", "muted"), width)])
    yield "fitted", "\n".join(f"[{fit('ひざのうら knee', width)}]" for width in (0, 1, 2, 3, 4, 9, 14, 15, 16, 20))
    yield "columns", read(columns(wrap(LONG, 20), wrap(QUESTION, 12, "muted"), 20))
    yield "columns, the right one longer", read(columns(wrap(QUESTION, 16), wrap(LONG, 22), 16, 1))
    areas = [Area(name, name, [styled("x")] * rows) for name, rows in (("list", 3), ("about", 2), ("more", 4))]
    for width, height in ((59, 20), (60, 15), (60, 16), (91, 30), (92, 8), (92, 30), (121, 30)):
        for shares in ((1, 1), (3, 2)):
            placed = page_of(areas, width, height, wide=92, shares=shares)
            rooms = room_of(width, height, wide=92, shares=shares)
            where = "\n".join(f"{at.area.name:6} {at.x},{at.y} {at.width}x{at.height}" for at in placed)
            yield f"areas {shares} in {width}x{height}", f"{frame_for(width, height)} {rooms}\n{where}"
    yield "one area", str([at[1:] for at in page_of(areas[:1], 120, 30, wide=92)])


def edges() -> Iterator[tuple[str, str]]:
    """Yield charts at the edges of their rules: how long a gap a line goes over, how small bars can be."""
    for days, gaps in ((40, (6, 7, 8)), (182, (13, 14, 15))):
        for gap in gaps:
            noted = {2: 3, 2 + gap: 6, 3 + gap: 6}
            series = [PainDay(MONDAY + timedelta(n), walking=noted.get(n)) for n in range(days)]
            dots = "\n".join(line.plain for line in charts.pain_chart(series, 60, 4, look=Look()))
            yield f"{gap} days between two of {days}", dots
    for days in (31, 32):
        series = [PainDay(MONDAY + timedelta(n), walking=5 if n % 2 else None, rest=n % 7) for n in range(days)]
        yield f"{days} days", "\n".join(line.plain for line in charts.pain_chart(series, 62, 4))
    week = [ChartDay(MONDAY + timedelta(n), n, "go") for n in range(7)]
    for rows in (4, 7, 8, 9):
        yield f"weeks in {rows} rows", read(pain_weeks(week, 40, rows, WORDS))
    yield "weeks without a number", read(pain_weeks([ChartDay(date(2026, 11, 2), None, None)], 24, 9, WORDS))
    yield "pace of a picture", " ".join(f"{depth_at(second / 2):.2f}" for second in range(40))


ROOMS = ((110, 38), (74, 22), (54, 10), (53, 10), (54, 9), (36, 12), (35, 8))


def words_of(drawn: Iterable[Content]) -> str:
    """Return lines without the figure beside them."""
    return read(
        joined(*(" " if "\u2800" <= letter <= "\u28ff" else line[n] for n, letter in enumerate(line.plain)))
        for line in drawn
    )


def around() -> Iterator[tuple[str, str]]:
    """Yield the pages before, within and after a session in several rooms, the figure left out."""
    yield from asyncio.run(_around())


async def _around() -> list[tuple[str, str]]:
    pages: list[tuple[str, str]] = []
    ticks = [1000.0]
    async with opened(lived_in, [NOW]) as ui:

        def page() -> SessionScreen:
            assert isinstance(ui.front, SessionScreen)
            return ui.front

        async def begin() -> None:
            ui.app.to_today()
            ui.app.go("session", routine="desk-toe-pull", ticks=lambda: ticks[0], wall=lambda: ticks[0])
            await ui.pilot.pause()
            pages.extend((f"{page().flow.mode} in {room}", words_of(page().lines(*room))) for room in ROOMS)

        async def press(*keys: str) -> None:
            await ui.press(*keys)
            pages.extend((f"{page().flow.mode} in {room}", words_of(page().lines(*room))) for room in ROOMS)

        def wait(seconds: int) -> None:
            for _ in range(seconds * 2):
                ticks[0] += 0.5
                page().beat()

        await begin()
        await ui.press("enter")
        wait(200)
        await press("up")
        await press("1")
        await begin()
        await ui.press("enter")
        wait(20)
        rooms = [(46, high) for high in range(6, 19, 2)] + [(46, 13), (46, 15), (52, 8), (51, 9)]
        pages.extend((f"run in {room}", words_of(page().lines(*room))) for room in rooms)
        await ui.press("h")
        wait(5)
        await press("4")
        await press("enter", "down")
        await press("enter")
        await press("q")
    return pages
