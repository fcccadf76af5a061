"""The routine on paper: what to do and what to mind, in both languages, on one page."""

import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.content import Content
from coach.domain.exercise.stretch import Routine
from coach.figure.anatomy import PARTS
from coach.report.paper import paper
from coach.words import Words
from tests.helpers import Ran, beginning

CONTENT = Content.open()


@pytest.mark.parametrize("routine", CONTENT.routines.values(), ids=lambda routine: routine.id)
def test_every_caution_stands_on_the_page_in_both_languages(routine: Routine) -> None:
    """However small the type: nothing that one should mind is left out."""
    text = paper(routine, CONTENT.stretches, [Words("en"), Words("ja")])
    for name in routine.stretches:
        stretch = CONTENT.stretches[name]
        for localized in (stretch.name, *stretch.cautions):
            assert localized["en"].replace("'", "&#39;") in text
            assert localized["ja"] in text
    assert beginning("report.paper.foot") in text
    assert "しびれ、鋭い痛み" in text


def test_each_stretch_is_drawn_with_its_sides_and_holds() -> None:
    """The page is enough to do it by."""
    text = paper(CONTENT.routines["evening"], CONTENT.stretches, [Words("en")])
    assert text.count("<svg") == 4
    assert text.count("Each side: hold 20 seconds, 2 times") == 2


def test_the_page_of_one_stretch_shows_where_it_is_felt() -> None:
    """The muscles behind the knee, named in both languages, from the drawing that the screen shows."""
    text = paper(CONTENT.stretches["wall-calf"], CONTENT.stretches, [Words("en"), Words("ja")])
    for part in PARTS:
        for language in ("en", "ja"):
            assert f">{Words(language)(f'gallery.part.{part}')}</text>" in text
    assert "gallery" not in text


def test_the_page_is_one_file(coach: Callable[..., Ran], tmp_path: Path) -> None:
    """Nothing is loaded, nothing runs, and it is its owner's alone."""
    target = tmp_path / "evening.html"
    ran = coach("--lang", "ja", "routines", "show", "evening", "-o", str(target))
    text = target.read_text(encoding="utf-8")
    assert (ran.code, ran.out) == (0, "")
    assert text.index("ゆったりストレッチ") < text.index("Easy stretches")
    assert "<script" not in text
    assert set(re.findall(r"https?://[^\"' <]+", text)) <= {"http://www.w3.org/2000/svg"}
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_name_from_an_own_file_is_text() -> None:
    """Markup in a therapist's own words shows as written."""
    own = Routine(id="mine", slot="evening", name={"en": "<b>Mine\x1b"}, about={"en": "&"}, stretches=(), source=())
    text = paper(own, CONTENT.stretches, [Words("en")])
    assert "&lt;b&gt;Mine\u241b" in text
