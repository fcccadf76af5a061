"""What each screen reads, in the language of keys: which sentence, which value, in which order and place."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, chdir
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from msgspec.structs import replace
from textual.widget import Widget

from coach import clock
from coach.actions.goals import add as add_goal
from coach.actions.reminders.log import write_rows
from coach.actions.reminders.settings import add as add_reminder
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.reminders.due import Delivery
from coach.domain.reminders.reminder import Reminder
from coach.domain.reminders.slots import slot_id
from coach.domain.status.history import DoneStep, HabitChoice, HabitDay, Hurt, Ice, IceEnd, Seen, Session
from coach.domain.triage.answers import KneePain, Knees, Pain
from coach.home import Home
from coach.places import Places
from coach.ui.app import CoachApp
from coach.ui.areas import Placed
from coach.ui.screen import BoardScreen, CoachScreen
from coach.ui.widgets.lines import Lines
from tests.helpers import Keys
from tests.ui.driver import Screen, steady

NOW = datetime.fromisoformat("2026-11-23T09:12+09:00")
"""A Monday morning, in Tokyo."""
WIDE, NARROW = (110, 40), (46, 60)

Frames = Iterator[tuple[str, str]]
Fill = Callable[[Home], None]


class Step(NamedTuple):
    """One thing done at the keyboard before a frame is taken: a screen opened, then keys."""

    opens: str
    keys: tuple[str, ...] = ()


def ago(days: float, hours: float = 0) -> datetime:
    """Return a moment before now."""
    return NOW - timedelta(days=days, hours=hours)


def lived_in(home: Home) -> None:
    """Fill two weeks with everything that can be noted."""
    calm = NewAnswers(none_of_the_signs=True)
    for back, points in zip(range(13, 0, -1), (2, 1, 2, 3, 2, 1, 7, 2, 1, 2, 0, 2, 1), strict=True):
        save(home, replace(calm, pain=Pain(rest=points // 2, walking=points)), ago(back))
    knees = Knees(KneePain(2), KneePain(1))
    save(home, replace(calm, knees=knees, medicine="ibuprofen", note="[b] 階段\nafter work"), ago(2, 3))
    steps = (DoneStep("seated-toe-pull", "right", 20, 2), DoneStep("wall-calf", "left", 20, 1))
    home.records.add(
        Session(id="s1", at=ago(5), routine="evening", steps=steps, seconds=300, comfort="pleasant"),
        Session(id="s2", at=ago(1), routine="desk-break", steps=steps[:1], seconds=40, outcome="stopped"),
        Hurt(id="h1", at=ago(8), stretch="soft-knee-hinge", pain=4, where="calf"),
        Ice(id="i1", at=ago(3), minutes=15),
        IceEnd(id="e1", at=ago(3, -0.2), ice="i1", outcome="stopped"),
        Seen(id="v1", at=ago(4), by="Dr Sato", cleared=("gives-way",)),
        HabitChoice(id="c1", at=ago(6), habit="crossed-legs"),
        *(HabitDay(id=f"d{n}", at=ago(n), habit="crossed-legs", day=ago(n).date(), kept=n != 3) for n in (2, 3, 4)),
    )
    add_goal(home, "walk to the station", ago(20))
    add_goal(home, "stairs", ago(10))
    add_reminder(home, Reminder(id="", kind="custom", at="14:30", text="a glass of water"), NOW)
    rows = ((1, "acted", None), (2, "snoozed", None), (3, "held", "busy"), (9, "skipped", None))
    for days, outcome, why in rows:
        due = ago(days)
        name = slot_id("desk-break", due)
        write_rows(
            home,
            Delivery(id=name, reminder="desk-break", kind="desk-break", due=due, noted=due, outcome=outcome, why=why),  # type: ignore[arg-type]
        )


def paused(home: Home) -> None:
    """Fill a week that ends in a pause, with a sign to have looked at."""
    for back, points in ((6, 2), (5, 1), (4, 2)):
        save(home, NewAnswers(pain=Pain(walking=points), none_of_the_signs=True), ago(back))
    save(home, NewAnswers(pain=Pain(rest=6, walking=8), signs={"locked-knee": "yes", "foot-weak": "yes"}), ago(2))


def alarmed(home: Home) -> None:
    """Fill a morning on which a leg is swollen and warm."""
    save(home, NewAnswers(pain=Pain(walking=3), signs={"one-leg-swollen-warm": "yes"}), ago(0, 1))


def nothing(home: Home) -> None:
    """Leave the home as it is after set-up."""


SCREENS: dict[str, tuple[Fill, tuple[Step, ...]]] = {
    "lived-in": (
        lived_in,
        (
            Step("today"),
            Step("history"),
            Step("history", ("2",)),
            Step("history", ("3", "left", "left")),
            Step("day", ("left", "down")),
            Step("check-in"),
            Step("check-in", ("4", "enter")),
            Step("check-in", ("4", "enter", "enter")),
            Step("check-in", ("m",)),
            Step("decision"),
            Step("seen"),
            Step("followup"),
            Step("hurts"),
            Step("settings"),
            Step("help"),
            Step("reminders", ("down",)),
            Step("reminder"),
            Step("habit"),
            Step("habit", ("a", "down")),
            Step("ice"),
            Step("gallery", ("down", "down")),
            Step("learn"),
            Step("learn", ("down", "enter")),
            Step("ice-conditions"),
            Step("summary"),
            Step("session"),
        ),
    ),
    "in-use": (
        lived_in,
        (
            Step("habit", ("a", "up")),
            Step("habit", ("y",)),
            Step("habit", ("n",)),
            Step("reminders", ("w",)),
            Step("reminders", ("down", "space")),
            Step("reminders", ("down", "down", "enter")),
            Step("history", ("up",)),
            Step("history", ("right", "e")),
            Step("day", ("left", "left", "enter")),
            Step("day", ("left", "left", "d")),
            Step("day", ("left", "left", "u")),
            Step("summary", ("p", "w", "f")),
            Step("gallery", ("down", "enter", "right")),
            Step("settings", ("tab", "tab")),
            Step("settings", ("tab", "right", "right")),
            Step("hurts", ("6", "tab")),
            Step("check-in", ("minus",)),
            Step("check-in", ("p", "3")),
            Step("check-in", ("e",)),
            Step("ice", ("enter",)),
            Step("ice", ("enter", "n")),
            Step("ice", ("right",)),
            Step("ice", ("enter",)),
            Step("ice", ("o",)),
            Step("followup", ("4", "down", "7", "enter")),
            Step("seen", ("D", "r", "enter")),
            Step("check-in", ("2", "enter")),
            Step("decision", ("w",)),
            Step("hurts", ("6", "enter")),
            Step("today"),
            Step("check-in", ("8", "enter", "enter", "enter")),
            Step("leave"),
        ),
    ),
    "paused": (
        paused,
        tuple(map(Step, ("today", "decision", "check-in", "seen", "history", "reminders", "habit", "session", "help"))),
    ),
    "alarmed": (alarmed, tuple(map(Step, ("today", "decision", "ice", "help")))),
    "fresh": (nothing, tuple(map(Step, ("today", "history", "check-in", "reminders", "habit", "summary", "settings")))),
}


SMALL = (
    "today",
    "history",
    "check-in",
    "decision",
    "reminders",
    "reminder",
    "habit",
    "ice",
    "gallery",
    "learn",
    "summary",
)
"""Screens that are read in a narrow window, too."""


PLACED = ("lived-in", "in-use", "paused")
"""Homes whose pages are laid out in many rooms."""
ROOMS = (
    (36, 10), (42, 28), (59, 30), (60, 15), (60, 16), (62, 28), (76, 22), (91, 28), (92, 27), (92, 28), (94, 28),
    (103, 34), (104, 34), (108, 34), (116, 34), (146, 48),
)  # fmt: skip
"""Columns and rows of a page, without heading and footer."""
UNSEEN = ("muted", "band", "grid")
"""Roles of most of a page: what has them is not listed."""
LEAST = 16
"""Letters by which a text is known again."""


@asynccontextmanager
async def opened(fill: Fill, at: list[datetime]) -> AsyncIterator[Screen]:
    """Open the program in a home of its own, at the moment that ``at`` holds."""
    with tempfile.TemporaryDirectory() as name, chdir(name):
        folder = Path(name)
        given = {"COACH_HOME": name, "LC_ALL": "en_GB.UTF-8"}
        with (
            patch.dict(os.environ, given),
            patch.object(clock, "now", lambda: at[0]),
            patch("coach.ui.navigator.Words", Keys),
            patch("coach.report.formats.Words", Keys),
        ):
            home = Home(Places(data=folder, config=folder, cache=folder / "cache", logs=folder))
            home.records.change_profile(
                lambda old: replace(old, set_up=True, region="jp", side="right", baseline=3, motion=False)
            )
            fill(home)
            app = CoachApp(home, "en")
            with steady(app):
                async with app.run_test(size=WIDE) as pilot:
                    await pilot.pause()
                    yield Screen(app, pilot)


async def read(name: str, size: tuple[int, int]) -> list[tuple[str, str]]:
    """Return what the screens of a home read in a terminal of a size."""
    fill, steps = SCREENS[name]
    frames, at = [], [NOW]
    async with opened(fill, at) as ui:
        await ui.resize(*size)
        for opens, keys in steps if size == WIDE else map(Step, SMALL):
            at[0] += timedelta(seconds=10)  # of two entries of one moment none is the later one
            ui.app.to_today()
            ui.app.go(opens)
            await ui.pilot.pause()
            await ui.press(*keys)
            read = [filled(ui.lines()), *((offers(ui.front), *looks(ui.front)) if size == WIDE else ())]
            rooms = places(ui.front) if name in PLACED and size == WIDE and isinstance(ui.front, BoardScreen) else ()
            frames.append((" ".join((opens, *keys)), "\n".join((*read, *rooms))))
    return frames


def offers(screen: CoachScreen) -> str:
    """Return what can be done on a screen now, in brackets what stands not in the footer, however wide it is."""
    names = (command.id if screen.in_footer(command) else f"({command.id})" for command in screen.offered())
    return f": offers: {' '.join(names)}"


def looks(screen: CoachScreen) -> Iterator[str]:
    """Yield each role on a screen with the beginnings of what has it."""
    texts: dict[str, list[str]] = {}
    for part in screen.walk_children(Lines):
        for line in part.lines if part.is_on_screen else ():
            for span in line.spans:
                text = "".join(
                    letter for letter in line.plain[span.start : span.end] if not "\u2800" <= letter <= "\u28ff"
                )
                role = "focus" if "reverse" in str(span.style) else str(span.style).removeprefix(".")
                if text.strip() and not getattr(span.style, "meta", {}) and role not in UNSEEN:
                    texts.setdefault(role, []).append(text.strip()[:LEAST])
    return (f": {role}: {' · '.join(texts[role])}" for role in sorted(texts))


def places(screen: BoardScreen) -> Iterator[str]:
    """Yield where the areas of a page are in rooms of many sizes: place, size, lines, and the widest of these."""
    for room in ROOMS:
        areas = (
            f"{at.area.name} {at.x},{at.y} {at.width}x{at.height} {len(at.area.lines)}/{widest(at)}"
            for at in screen.areas(*room)
        )
        yield f": {room[0]}x{room[1]}: {' · '.join(areas)}"


def widest(placed: Placed) -> int:
    """Return the cells of the widest line of an area."""
    return max((line.cell_length for line in placed.area.lines), default=0)


SCROLL_BAR = str.maketrans(dict.fromkeys("▁▂▃▄▅▆▇█", " "))


def filled(lines: list[str]) -> str:
    """Return a frame without its scroll bars; of lines on which nothing stands, how many there are."""
    parts: list[str] = []
    for blank, group in groupby((line.translate(SCROLL_BAR) for line in lines), lambda line: not line.strip(" │")):
        same = list(group)
        parts += [f"~{len(same)}"] if blank else same
    return "\n".join(parts)


SIZES = ((40, 12), (46, 30), (60, 20), (66, 30), (80, 24), (84, 40), (100, 30), (110, 24), (120, 36), (150, 50))


async def todays(name: str) -> list[tuple[str, str]]:
    """Return what Today, History and the decision of a home read in terminals of many sizes."""
    frames = []
    async with opened(SCREENS[name][0], [NOW]) as ui:
        for opens in ("today", "history", "decision"):
            ui.app.to_today()
            ui.app.go(opens)
            for size in SIZES if opens == "today" else SIZES[2:8:2]:
                await ui.resize(*size)
                frames.append((f"{name}: {opens} {size[0]} by {size[1]}", filled(ui.lines())))
    return frames


EDGES = ((40, 12), (63, 20), (64, 19), (64, 20), (80, 17), (80, 31), (103, 24), (104, 23), (104, 24))
"""Columns and rows at which a form is laid out otherwise."""


async def formed() -> list[tuple[str, str]]:
    """Return a check-in in windows of many sizes, with the places of its parts."""
    frames = []
    async with opened(lived_in, [NOW]) as ui:
        ui.app.go("check-in")
        await ui.pilot.pause()
        await ui.press("4")
        for columns, rows in EDGES:
            await ui.resize(columns, rows)
            frames.append((f"{columns} by {rows}", "\n".join([filled(ui.lines()), *map(place_of, seen(ui.front))])))
    return frames


def seen(screen: CoachScreen) -> Iterator[Widget]:
    """Yield the parts of a form that have a name and are seen."""
    yield from (part for part in screen.walk_children(Widget) if part.id and part.is_on_screen)


def place_of(part: Widget) -> str:
    """Return where a part is in the window: column, row, and size."""
    return f": {part.id} {part.region.x},{part.region.y} {part.region.width}x{part.region.height}"


def forms() -> Frames:
    """Yield a form in many sizes."""
    yield from asyncio.run(formed())


def today() -> Frames:
    """Yield Today of several homes in many sizes."""
    for name in ("lived-in", "paused"):
        yield from asyncio.run(todays(name))


def frames(name: str, size: tuple[int, int] = WIDE) -> Frames:
    """Yield the screens of a home."""
    yield from asyncio.run(read(name, size))
