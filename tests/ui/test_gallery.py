"""The pictures: all stretches as they move, one at a time, and the back of the knee with its names."""

import asyncio
from itertools import pairwise

import msgspec
import pytest

from coach.home import Home
from coach.ui.screens import gallery
from coach.ui.screens.gallery import FRAME_S, HELD_S, INTO_S, OUT_S, REST_S, Gallery, depth_at
from coach.words import LANGUAGES, Words
from tests.ui.conftest import Open

BRAILLE = {chr(code) for code in range(0x2801, 0x2900)}


@pytest.mark.usefixtures("now")
async def test_learn_leads_to_every_picture_and_each_to_its_page(fresh: Home, open_app: Open) -> None:
    """The first entry of Learn opens the list; what is marked is drawn beside it, and Enter says all about it."""
    async with open_app(fresh, (120, 36)) as ui:
        await ui.press("l")
        await ui.click("Pictures")
        assert "16 pictures" in ui.text()
        for stretch in fresh.content.stretches.values():
            assert stretch.name["en"] in ui.text()
        await ui.press("down")
        assert BRAILLE & set(ui.text())
        await ui.press("enter")
        assert ui.front.again()["shown"] == next(iter(fresh.content.stretches))
        assert "toes" in ui.text()
        await ui.press("right")
        assert ui.front.again()["shown"] == list(fresh.content.stretches)[1]
        await ui.press("escape", *["down"] * len(fresh.content.stretches), "enter")
        assert ui.front.again()["shown"] == gallery.ICE
        assert "cloth" in ui.text()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (40, 12)])
@pytest.mark.usefixtures("now")
async def test_the_muscles_behind_the_knee_are_named(
    fresh: Home, open_app: Open, language: str, size: tuple[int, int]
) -> None:
    """In every language and at every size, each name stands beside its muscle, from the top down."""
    words = Words(language)
    async with open_app(fresh, size, language) as ui:
        ui.app.go("gallery", shown=gallery.ANATOMY)
        await ui.pilot.pause()
        lines = [line.plain for line in ui.front.query_one("#area-list").lines]  # type: ignore[attr-defined]
        named = [
            next(row for row, line in enumerate(lines) if words(f"gallery.part.{part}") in line)
            for part in ("hamstrings", "popliteus", "gastrocnemius")
        ]
        assert named == sorted(set(named))


@pytest.mark.usefixtures("now")
async def test_the_picture_moves_unless_that_is_not_wanted(fresh: Home, open_app: Open) -> None:
    """One picture moves at a time; with motion off it shows the hold."""
    async with open_app(fresh, (120, 36)) as ui:
        ui.app.go("gallery", marked=1)
        await ui.pilot.pause()
        screen = ui.front
        assert isinstance(screen, Gallery)
        before = ui.text()
        screen._seconds = INTO_S - FRAME_S
        screen._move()
        await ui.pilot.pause()
        assert ui.text() != before
    fresh.records.change_profile(lambda old: msgspec.structs.replace(old, motion=False))
    async with open_app(Home(), (120, 36)) as ui:
        ui.app.go("gallery", marked=1)
        await ui.pilot.pause()
        screen = ui.front
        assert isinstance(screen, Gallery)
        await asyncio.sleep(2 * FRAME_S)
        assert depth_at(screen._seconds) == 1.0


def test_a_picture_goes_in_stays_and_comes_back_without_a_jump() -> None:
    """As a person would do it: slowly, and round and round."""
    whole = INTO_S + HELD_S + OUT_S + REST_S
    depths = [depth_at(step * 0.05) for step in range(int(2 * whole / 0.05))]
    assert (min(depths), max(depths)) == (0.0, 1.0)
    assert max(abs(after - before) for before, after in pairwise(depths)) < 0.05
