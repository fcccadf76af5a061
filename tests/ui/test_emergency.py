"""The emergency page: the number, one sentence and the way back; nothing of the routine beside it."""

from datetime import datetime

import msgspec
import pytest

from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.triage.answers import Pain
from coach.figure.forms import digit_width
from coach.home import Home
from coach.ui.emergency import digits_of
from coach.words import Words
from tests.ui.conftest import Open

SIZES = [(40, 12), (60, 20), (80, 24), (120, 36)]


def in_emergency(home: Home, now: datetime, region: str = "jp") -> Home:
    """Return the home of a person who has just answered yes to an emergency sign."""
    home.records.change_profile(lambda old: msgspec.structs.replace(old, region=region))
    save(home, NewAnswers(pain=Pain(walking=2), signs={"chest-or-breath": "yes"}, none_of_the_signs=True), now)
    return home


def letters(text: str) -> str:
    """Return a frame without blanks and drawings."""
    return "".join(letter for letter in text if not letter.isspace() and not "\u2800" <= letter <= "\u28ff")


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("size", SIZES)
async def test_today_shows_the_number_and_one_sentence(
    lived_in: Home, open_app: Open, now: datetime, size: tuple[int, int], language: str
) -> None:
    """Above the footer there is the number in large digits and whom to call, nothing else."""
    async with open_app(in_emergency(lived_in, now), size, language) as ui:
        lines = ui.lines()
        assert letters("".join(lines[:-1])) == letters(Words(language)("emergency.call", number="119"))
        assert sum(any("\u2800" < letter <= "\u28ff" for letter in line) for line in lines) >= size[1] // 3


async def test_after_the_answer_the_page_shows_only_the_way_back(lived_in: Home, open_app: Open, now: datetime) -> None:
    """The check-in leads to the same page; its footer names Esc, and the reasons are one key away."""
    async with open_app(in_emergency(lived_in, now)) as ui:
        ui.app.go("decision")
        await ui.pilot.pause()
        assert letters("".join(ui.lines())) == letters(Words("en")("emergency.call", number="119")) + "Escback"
        await ui.press("w")
        assert "chest-or-breath" in ui.text()
        await ui.press("escape")
        assert ui.front.NAME == "today"


@pytest.mark.parametrize(("region", "sentence"), [("nz", "Call 111 now"), ("other", "local emergency number")])
async def test_the_number_is_that_of_the_region(
    lived_in: Home, open_app: Open, now: datetime, region: str, sentence: str
) -> None:
    """By region, never by language; where no number is known none is guessed."""
    async with open_app(in_emergency(lived_in, now, region)) as ui:
        assert sentence in ui.text()


@pytest.mark.parametrize(("width", "height"), [(36, 6), (76, 16), (116, 30), (190, 60)])
def test_the_digits_are_as_large_as_there_is_room(width: int, height: int) -> None:
    """One row more would not fit."""
    rows = len(digits_of("119", width, height))
    assert rows == height or 3 * digit_width(rows + 1) > width


async def test_before_the_region_was_asked_every_number_is_named(home: Home, open_app: Open, now: datetime) -> None:
    """In the first run nobody knows yet where the person is."""
    async with open_app(home) as ui:
        await ui.press("right", "right", "right")
        for _ in range(6):
            if ui.front.NAME != "first-run":
                break
            await ui.press("enter")
        assert "Japan 119" in " ".join(ui.text().split())
