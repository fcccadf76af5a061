"""The page printed by a real browser: one A4 page, whatever the history, in each language and side by side."""

import shutil
import subprocess
from pathlib import Path

import pytest

from coach.content import Content
from coach.domain.exercise.stretch import Routine
from coach.report.data import SummaryData
from coach.report.page import html
from coach.report.paper import paper
from coach.words import Words
from tests.report import samples

CONTENT = Content.open()
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
LANGUAGES = (("en",), ("ja",), ("en", "ja"))
pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(not (CHROMIUM and shutil.which("pdfinfo")), reason="needs Chromium and poppler-utils"),
]


def printed(text: str, folder: Path) -> dict[str, str]:
    """Print a page and return what pdfinfo says of it."""
    (folder / "page.html").write_text(text, encoding="utf-8")
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [f"--user-data-dir={folder / 'browser'}", f"--print-to-pdf={folder / 'page.pdf'}"]
    subprocess.run([*command, (folder / "page.html").as_uri()], check=True, capture_output=True, timeout=600)
    told = subprocess.run(["pdfinfo", folder / "page.pdf"], check=True, capture_output=True, text=True).stdout
    return {name: value.strip() for name, _, value in (line.partition(":") for line in told.splitlines())}


@pytest.mark.parametrize("languages", LANGUAGES, ids="+".join)
@pytest.mark.parametrize(
    "data", [samples.ordinary(), samples.ordinary(365), samples.fullest(), samples.empty()],
    ids=["fortnight", "year", "fullest", "empty"],
)  # fmt: skip
def test_the_page_prints_on_exactly_one_a4_page(tmp_path: Path, data: SummaryData, languages: tuple[str, ...]) -> None:
    """A doctor gets one sheet; nothing of it is left on a second."""
    told = printed(html(data, [Words(language) for language in languages]), tmp_path)
    assert told["Pages"] == "1"
    assert "A4" in told["Page size"]


@pytest.mark.parametrize("languages", [("ja",), ("en", "ja")], ids="+".join)
@pytest.mark.parametrize("routine", CONTENT.routines.values(), ids=lambda one: one.id)
def test_a_routine_prints_on_exactly_one_page(tmp_path: Path, routine: Routine, languages: tuple[str, ...]) -> None:
    """It hangs on the wall beside the chair."""
    told = printed(paper(routine, CONTENT.stretches, [Words(language) for language in languages]), tmp_path)
    assert told["Pages"] == "1"
