"""No screen leaves a third of the window empty: where questions are few, what helps to answer them stands below."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

import pytest
from rich.cells import cell_len

from coach.actions.reminders.settings import add, all_reminders
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.reminders.reminder import Reminder
from coach.domain.triage.answers import Pain, Tri
from coach.home import Home
from coach.ui.screens.reminder import NEW
from coach.ui.widgets.text_input import TextInput
from coach.ui.widgets.week_ahead import WeekAhead
from coach.words import LANGUAGES
from tests.helpers import heavy_but
from tests.ui.conftest import NOW, Open
from tests.ui.test_every_screen import OPENED, open_screen

WINDOWS = ((80, 24), (120, 36))
ANSWERS = {"a calm day": Pain(rest=0, walking=1), "a day of rest": Pain(rest=3, walking=7)}
ALONE = ("frequency",)
"""Screens that nothing opens on such a day."""


def emptiness(lines: Sequence[str]) -> float:
    """Return the largest rectangle in which nothing is drawn, frames neither, as a share of the window."""
    rows = [[letter for letter in line for _ in range(cell_len(letter))] for line in lines]
    columns = len(rows[0])
    heights, largest = [0] * columns, 0
    for row in rows:
        heights = [height + 1 if letter == " " else 0 for height, letter in zip(heights, row, strict=True)]
        for left in range(columns):
            lowest = heights[left]
            for right in range(left, columns):
                lowest = min(lowest, heights[right])
                if not lowest:
                    break
                largest = max(largest, lowest * (right - left + 1))
    return largest / (columns * len(rows))


@pytest.mark.parametrize("day", heavy_but(["a calm day"], ANSWERS))
@pytest.mark.parametrize("name", [name for name in OPENED if name not in ALONE])
async def test_no_third_of_a_window_is_empty(
    name: str, day: str, lived_in: Home, open_app: Open, now: datetime
) -> None:
    """At the usual size and in a large window, on a calm day and on one of rest."""
    save(lived_in, NewAnswers(pain=ANSWERS[day], none_of_the_signs=True), now)
    for size in WINDOWS:
        async with open_app(lived_in, size) as ui:
            await open_screen(ui, name)
            assert emptiness(ui.lines()) < 1 / 3, ui.text()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answer", ["yes", "unsure"])
@pytest.mark.parametrize("sign", ["one-leg-swollen-warm", "numb-or-spreading"])
async def test_where_ice_is_refused_no_third_of_a_window_is_empty(
    sign: str, answer: Tri, language: str, lived_in: Home, open_app: Open, now: datetime
) -> None:
    """Below the refusal stand what ends it and the pain that it is about."""
    save(lived_in, NewAnswers(pain=Pain(rest=0, walking=3), signs={sign: answer}), now)
    for size in WINDOWS:
        async with open_app(lived_in, size, language) as ui:
            await ui.press("i")
            assert emptiness(ui.lines()) < 1 / 3, ui.text()


async def test_a_small_window_keeps_to_the_questions(lived_in: Home, open_app: Open) -> None:
    """The picture below a few questions gives way to them, and comes back with the room."""
    async with open_app(lived_in, (80, 24)) as ui:
        await ui.press("x")
        part = ui.front.words("gallery.part.popliteus")
        assert part in ui.text()
        for size in ((60, 20), (40, 12), (80, 15)):
            await ui.resize(*size)
            assert part not in ui.text()
            assert ui.front.words("hurts.stop")[:20] in ui.text()
        await ui.resize(120, 36)
        assert part in ui.text()


async def test_the_days_ahead_follow_what_is_typed_of_a_reminder(lived_in: Home, open_app: Open) -> None:
    """The reminder is seen where it would come, before it is kept; what means nothing yet changes nothing else."""
    async with open_app(lived_in, (120, 36)) as ui:
        ui.app.go("reminder")
        await ui.pilot.pause()

        async def marks(name: str, typed: str) -> int:
            ui.front.query_one(f"#{name}", TextInput).value = typed
            await ui.pilot.pause()
            return sum(line.plain.count("┼") for line in ui.front.query_one(WeekAhead).lines)

        without = await marks("at", "now and then")
        assert await marks("at", "21:00") == without + 7
        assert await marks("days", "sat,sun") == without + 2
        await ui.click("once, on a day")
        assert await marks("on", "tomorrow") == without + 1
    assert not any(reminder.at == "21:00" for reminder in all_reminders(lived_in))


async def test_a_new_reminder_hides_none_of_the_days_ahead(lived_in: Home, open_app: Open) -> None:
    """Whatever the id of a kept one is: a new one is not yet one of them."""
    add(lived_in, Reminder(id=NEW.id, kind="custom", at="20:30", text="Tea"), NOW)
    async with open_app(lived_in, (120, 36)) as ui:
        ui.app.go("reminder")
        await ui.pilot.pause()
        beside = ui.front.query_one(WeekAhead)
        ui.front.query_one("#at", TextInput).value = "now and then"
        await ui.pilot.pause()
        without = sum(line.plain.count("┼") for line in beside.lines)
        ui.front.query_one("#at", TextInput).value = "21:30"
        await ui.pilot.pause()
        assert sum(line.plain.count("┼") for line in beside.lines) == without + 7


async def test_what_is_wrong_with_a_reminder_is_said_between_questions_and_picture(
    lived_in: Home, open_app: Open
) -> None:
    """Neither covers the other."""
    async with open_app(lived_in, (120, 36)) as ui:
        ui.app.go("reminder")
        await ui.pilot.pause()
        ui.front.set_focus(ui.front.query_one("#days"))
        await ui.type("x")
        await ui.press("enter")
        regions = [ui.front.query_one(f"#{part}").region for part in ("body", "foot", "aside")]
        assert all(region.height > 2 for region in regions)
        assert [region.y for region in regions] == sorted(region.y for region in regions)
        assert not any(first.overlaps(second) for first, second in pairwise(regions))
