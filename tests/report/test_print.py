"""The pages printed by a real browser: one A4 sheet, whatever the history, language and fonts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.content import Content
from coach.domain.exercise.stretch import Routine
from coach.report.data import SummaryData
from coach.report.page import html
from coach.report.paper import paper
from coach.report.sections import sections
from coach.words import Words
from tests.report import samples
from tests.report.printing import PLAUSIBLE, WIDER, Print, Printer, need_a_printer

CONTENT = Content.open()
LANGUAGES = (("en",), ("ja",), ("en", "ja"))
SAMPLES = {
    "nothing": samples.empty(),
    "fortnight": samples.ordinary(14),
    "fullest": samples.fullest(),
}
pytestmark = pytest.mark.desktop


@pytest.fixture(scope="module")
def printer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Printer]:
    """Return a printer; skip where this machine has none."""
    need_a_printer()
    printer = Printer(tmp_path_factory.mktemp("printer"))
    yield printer
    printer.close()


def page(printer: Printer, data: SummaryData, languages: tuple[str, ...], folder: Path, face: str) -> Print:
    """Print the page for a doctor."""
    return printer.printed(html(data, [Words(language) for language in languages]), folder, face)


def is_overfull(sheet: Print) -> bool:
    """Tell whether the sheet says that there is more than it holds."""
    return any(sheet.is_visible(word) for word in sheet.words() if word.text == "md")


def missing(sheet: Print, data: SummaryData, languages: tuple[str, ...]) -> list[str]:
    """Return what is not on the sheet of that which must never be cut: urgent signs, what was not asked, the limits."""
    needed = [line.sign.text[language] for language in languages for line in data.signs if line.group in samples.URGENT]
    for language in languages:
        foot = [part for part in sections(data, Words(language)) if part.key in ("not-asked", "limits")]
        needed += [line for part in foot for line in part.lines]
    text = sheet.text()
    return [line for line in needed if "".join(line.split()) not in text]


@pytest.mark.parametrize("face", PLAUSIBLE)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_page_side_by_side_is_one_sheet(printer: Printer, tmp_path: Path, name: str, face: str) -> None:
    """The page in two languages is the fullest; nothing of it is left on a second sheet, or cut off."""
    sheet = page(printer, SAMPLES[name], ("en", "ja"), tmp_path, face)
    assert sheet.pages == 1
    assert "A4" in sheet.size
    assert not is_overfull(sheet)
    assert missing(sheet, SAMPLES[name], ("en", "ja")) == []


@pytest.mark.heavy
@pytest.mark.parametrize("face", PLAUSIBLE)
@pytest.mark.parametrize("languages", LANGUAGES, ids="+".join)
@pytest.mark.parametrize("days", [1, 7, 28, 91, 182, 365])
def test_every_period_is_one_sheet(
    printer: Printer, tmp_path: Path, days: int, languages: tuple[str, ...], face: str
) -> None:
    """From the first day to a year, in each language and side by side."""
    for data in (samples.ordinary(days), samples.fullest(days)):
        sheet = page(printer, data, languages, tmp_path, face)
        assert sheet.pages == 1
        assert not is_overfull(sheet)
        assert missing(sheet, data, languages) == []


def test_in_a_face_wider_than_any_the_sheet_says_that_there_is_more(printer: Printer, tmp_path: Path) -> None:
    """Still one sheet, still every urgent sign; what does not fit is not left out in silence."""
    data = samples.fullest()
    sheet = page(printer, data, ("en", "ja"), tmp_path, WIDER)
    assert sheet.pages == 1
    assert missing(sheet, data, ("en", "ja")) == []
    assert is_overfull(sheet)


@pytest.mark.parametrize("face", [PLAUSIBLE[0], pytest.param(PLAUSIBLE[1], marks=pytest.mark.heavy)])
@pytest.mark.parametrize("routine", CONTENT.routines.values(), ids=lambda routine: routine.id)
def test_a_routine_prints_on_exactly_one_page(printer: Printer, tmp_path: Path, routine: Routine, face: str) -> None:
    """It hangs on the wall beside the chair, with every caution."""
    sheet = printer.printed(paper(routine, CONTENT.stretches, [Words("en"), Words("ja")]), tmp_path, face)
    text = sheet.text()
    assert sheet.pages == 1
    for name in routine.stretches:
        for caution in CONTENT.stretches[name].cautions:
            assert all("".join(caution[language].split()) in text for language in ("en", "ja"))
