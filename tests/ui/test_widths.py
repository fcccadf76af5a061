"""Japanese over many widths: no letter lost, no line that begins with a closing mark, nothing over the edge."""

from itertools import accumulate

import budoux
import pytest
from rich.cells import cell_len

from coach.actions.habit import choose_habit
from coach.actions.ice import answer_conditions, start_ice
from coach.home import Home
from coach.ui.text import NO_BEGIN, wrap_text
from tests.content.corpus import sentences
from tests.helpers import heavy_but
from tests.ui.conftest import NOW, Open

WHOLE = {
    "history": "14日のうち12日に記録があります。",
    "summary": "メモは載せない",
    "learn": "すべてのページから探す",
    "ice": "氷と肌の間には必ず布を。",
    "habit": "2週間たったら、痛みを比べます。",
    "reminders": "小休憩",
}
"""A sentence of each screen that must stand there whole."""


def letters_of_areas(lines: list[str]) -> list[str]:
    """Return the letters of each area by itself, without blanks and drawings: beside one another they are no text."""
    areas: dict[tuple[int, int], str] = {}
    for line in lines:
        begin = 0
        for part in line.split("│"):
            end = begin + cell_len(part)
            drawn = "".join(letter for letter in part if letter != " " and not "\u2800" <= letter <= "\u28ff")
            areas[begin, end] = areas.get((begin, end), "") + drawn
            begin = end + 1
    return list(areas.values())


@pytest.mark.parametrize("name", heavy_but(["history"], WHOLE))
async def test_japanese_is_wrapped_correctly_at_every_width(name: str, lived_in: Home, open_app: Open) -> None:
    """While the window is drawn smaller and larger, as hands do."""
    choose_habit(lived_in, "one-leg-standing", NOW)
    answer_conditions(lived_in, "no")
    start_ice(lived_in, 15, now=NOW)
    async with open_app(lived_in, (120, 70), "ja") as ui:
        ui.app.go(name)
        await ui.pilot.pause()
        for width in (*range(120, 40, -7), 40, 61, 93):
            await ui.resize(width, 70)
            lines = ui.lines()
            assert {cell_len(line) for line in lines} == {width}
            begun = [line.strip() for line in lines[:-1] if line.strip()[:1] in NO_BEGIN - set(".")]
            assert not begun, f"{width}: {begun}"
            areas = letters_of_areas(lines)
            assert any(WHOLE[name] in area for area in areas), f"{width}: {areas}"


@pytest.mark.parametrize("width", [38, 58, 78])
def test_japanese_breaks_between_phrases(width: int) -> None:
    """Every sentence of the program, at every width: no phrase that has room on a line is parted."""
    phrases = budoux.load_default_japanese_parser()
    torn = []
    japanese = (sentence for sentence in sentences() if sentence.language == "ja")
    for text in {line for sentence in japanese for line in sentence.text.splitlines()}:
        at, ends = 0, {len(text[:index].replace(" ", "")) for index, letter in enumerate(text) if letter == " "}
        for phrase in phrases.parse(text):
            letters = len(phrase.replace(" ", ""))
            ends |= {at + letters} if cell_len(phrase) <= width else set(range(at, at + letters + 1))
            at += letters
        begun = accumulate(len(line.replace(" ", "")) for line in wrap_text(text, width)[:-1])
        torn += [(text, at) for at in begun if at not in ends]
    assert torn == []
