"""README's pictures: a home of its own, a fixed moment, the real app, and its frame as SVG that loads nothing."""

import html
import re
import tempfile
from contextlib import chdir
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import msgspec
from rich.cells import cell_len

from coach import clock
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.triage.answers import Pain
from coach.home import Home
from coach.places import Places
from coach.ui.app import CoachApp
from tests.ui.driver import steady

FOLDER = Path(__file__).parent
SIZE = (100, 30)
CELL = 12.2
"""Width of a cell in Textual's SVG."""
NOW = datetime.fromisoformat("2026-11-23T09:12+09:00")
"""A Monday morning, in Tokyo."""
PICTURES: dict[str, tuple[str, tuple[str, ...]]] = {
    "today-en": ("en", ()),
    "today-ja": ("ja", ()),
    "session-en": ("en", ("enter", "enter")),
    "session-ja": ("ja", ("enter", "enter")),
}
"""Picture to its language and the keys pressed before it is taken."""
POINTS = (4, 3, 4, 3, 0, 2, 3, 0, 2, 1, 0, 1, 1)


def lived_in(folder: Path) -> Home:
    """Return a home with thirteen days noted."""
    home = Home(Places(data=folder, config=folder, cache=folder / "cache", logs=folder))
    home.records.change_profile(
        lambda old: msgspec.structs.replace(old, set_up=True, region="jp", side="right", baseline=3)
    )
    for back, points in zip(range(len(POINTS), 0, -1), POINTS, strict=True):
        given = NewAnswers(pain=Pain(rest=0, walking=points), none_of_the_signs=True)
        save(home, given, NOW - timedelta(days=back))
    return home


async def draw(name: str) -> str:
    """Return the picture ``name`` as SVG."""
    language, keys = PICTURES[name]
    with tempfile.TemporaryDirectory() as folder, patch.object(clock, "now", lambda: NOW), chdir(folder):
        app = CoachApp(lived_in(Path(folder)), language)
        with steady(app):
            async with app.run_test(size=SIZE) as pilot:
                await pilot.pause()
                for key in keys:
                    await pilot.press(key)
                    await pilot.pause()
                return self_contained(app.export_screenshot(title="coach"))


def self_contained(svg: str) -> str:
    """Return the picture without fonts from elsewhere, and with names that do not change from run to run."""
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", "ui-monospace").replace("<!-- Generated with Rich https://www.textualize.io -->", "")
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    return re.sub(
        r'<text class="([^"]+)" x="([^"]+)" y="([^"]+)" textLength="[^"]+"[^>]*>([^<]*)</text>', in_place, svg
    )


def in_place(run: re.Match[str]) -> str:
    """Return one line's run as a text a word, each at its own cell, so that no font can shift it."""
    kind, left, y, text = run[1], float(run[2]), run[3], html.unescape(run[4])
    return "".join(
        f'<text class="{kind}" x="{left + CELL * cell_len(text[: word.start()]):.1f}" y="{y}" '
        f'textLength="{CELL * cell_len(word[0]):.1f}">{html.escape(word[0])}</text>'
        for word in re.finditer(r"[^\s\xa0]+", text)
    )


def words_of(svg: str) -> str:
    """Return the words that a picture shows; what is drawn in braille moves with time, and is left out."""
    found = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    return re.sub(r"[\s\xa0\u2800-\u28ff]", "", html.unescape("".join(found)))
