"""No drawing changes unseen."""

from itertools import zip_longest

import pytest

from tests.drawn.pages import FOLDER, PAGES, page
from tests.helpers import heavy_but

SAME = 4
"""Dots by which a figure may differ from one machine to the next, where a dot lies on an edge."""
EXACT = (
    "bars", "curves", "years", "edges", "fields", "texts", "around", "doctor", "doctor-chart", "printed", "said",
    "commands", "session",
)  # fmt: skip
"""What is made of whole numbers alone."""
LONG = {"screens-in-use", "screens-lived-in", "session-in-lines", "around-a-session"}
"""Those of many frames, which take as long as all others together."""


@pytest.mark.parametrize("name", heavy_but(PAGES.keys() - LONG, PAGES))
def test_a_drawing_is_as_it_was_looked_at(name: str) -> None:
    """To change one, draw it anew by `python -m tests.drawn`, and look at what git shows."""
    seen, now = (FOLDER / f"{name}.txt").read_text(encoding="utf-8"), page(name)
    assert apart(seen, now) <= (0 if name.startswith(EXACT) else SAME), now


def test_every_page_is_of_something() -> None:
    """What is no longer drawn is not kept."""
    assert {file.stem for file in FOLDER.iterdir()} == set(PAGES)


def apart(seen: str, now: str) -> int:
    """Return by how many dots two pages differ; a letter that is no dots counts for many."""
    lines = zip_longest(seen.splitlines(), now.splitlines(), fillvalue="")
    cells = (pair for before, after in lines for pair in zip_longest(before, after, fillvalue=" "))
    return sum((_bits(before) ^ _bits(after)).bit_count() for before, after in cells if before != after)


def _bits(cell: str) -> int:
    return ord(cell) - 0x2800 if "\u2800" <= cell <= "\u28ff" else 0 if cell == " " else 0x1FF00 | ord(cell)
