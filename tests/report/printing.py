"""Prints a page as a person would, from a real browser, on a machine that has just the fonts that a test names."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.browser import BROWSER, Browser

FONTS = Path("/usr/share/fonts")
FACES = {
    "DejaVu Sans": "truetype/dejavu/DejaVuSans.ttf",
    "Liberation Sans": "truetype/liberation/LiberationSans-Regular.ttf",
    "DejaVu Sans Mono": "truetype/dejavu/DejaVuSansMono.ttf",
    "Noto Sans CJK JP": "opentype/noto/NotoSansCJK-Regular.ttc",
}
"""A file of each face, as Debian's packages place it: fonts-dejavu-core, fonts-liberation, fonts-noto-cjk."""
PLAUSIBLE = ("DejaVu Sans", "Liberation Sans")
"""What a fresh Debian has for sans-serif: the first is about the widest text face in use, the second like Arial."""
WIDER = "DejaVu Sans Mono"
"""Wider than any face that one would set text in."""
_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>{folders}<cachedir>{cache}</cachedir>
<match target="pattern">
<edit name="family" mode="assign" binding="strong"><string>{face}</string><string>Noto Sans CJK JP</string></edit>
</match>
</fontconfig>
"""
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


def need_a_printer() -> None:
    """Skip, with the reason, where this machine cannot print."""
    missing = [name for name in ("pdfinfo", "pdftotext", "pdftoppm") if shutil.which(name) is None]
    missing += [] if BROWSER else ["chromium"]
    missing += [face for face, file in FACES.items() if not (FONTS / file).exists()]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


class Word(NamedTuple):
    """A printed word, and where it stands on the sheet, in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


class Print(NamedTuple):
    """A page on paper."""

    pdf: Path

    @property
    def pages(self) -> int:
        """How many sheets it takes."""
        return int(self._info("Pages"))

    @property
    def size(self) -> str:
        """The paper, as pdfinfo names it."""
        return self._info("Page size")

    def _info(self, name: str) -> str:
        lines = _run("pdfinfo", self.pdf).splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith(f"{name}:"))

    def text(self) -> str:
        """Return all that is printed, without any space: where a line ends does not matter."""
        return "".join(_run("pdftotext", "-raw", self.pdf, "-").split())

    def words(self) -> list[Word]:
        """Return every word with its place."""
        places = _WORD.findall(_run("pdftotext", "-bbox", self.pdf, "-"))
        return [
            Word(float(left), float(top), float(right), float(bottom), text)
            for left, top, right, bottom, text in places
        ]

    def is_visible(self, word: Word) -> bool:
        """Tell whether a word is seen: a word that something white covers is in the file, but not on the sheet."""
        corners = [round(value) for value in (word.left, word.top, word.right - word.left, word.bottom - word.top)]
        x, y, wide, high = map(str, corners)
        command = ("pdftoppm", "-gray", "-r", "72", "-x", x, "-y", y, "-W", wide, "-H", high, str(self.pdf))
        picture = subprocess.run(command, check=True, capture_output=True).stdout
        return min(picture[-int(wide) * int(high) :]) < 128


class Printer:
    """A browser for each face, kept open.

    Starting one for each page would take a second of both cores.
    """

    def __init__(self, folder: Path) -> None:
        """Keep profiles and fonts in ``folder``; start nothing yet."""
        self._folder = folder
        self._browsers: dict[str, Browser] = {}

    def printed(self, html: str, folder: Path, face: str) -> Print:
        """Print ``html`` into ``folder``, where ``face`` is the only one but the Japanese."""
        if face not in self._browsers:
            own = self._folder / face.replace(" ", "-")
            own.mkdir()
            self._browsers[face] = Browser(own, {"FONTCONFIG_FILE": str(_fonts(own, face))})
        page, pdf = folder / "page.html", folder / "page.pdf"
        page.write_text(html, encoding="utf-8")
        tab = self._browsers[face].tab()
        tab.load(page.as_uri())
        pdf.write_bytes(tab.pdf())
        tab.close()
        return Print(pdf)

    def close(self) -> None:
        """End the browsers."""
        for browser in self._browsers.values():
            browser.close()


def _fonts(folder: Path, face: str) -> Path:
    """Write a fontconfig under which every text is set in ``face``."""
    folders = "".join(f"<dir>{FONTS / Path(FACES[name]).parent}</dir>" for name in (face, "Noto Sans CJK JP"))
    file = folder / "fonts.conf"
    file.write_text(_CONFIGURATION.format(folders=folders, cache=folder / "cache", face=face), encoding="utf-8")
    return file


def _run(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
