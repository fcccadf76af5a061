"""``coach routines``: what there is, what each is, and the rule book to argue with."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coach.content import Content
from coach.domain.exercise.stretch import Routine, Stretch
from coach.words import LANGUAGES, Words
from tests.helpers import ROOT, Ran

Coach = Callable[..., Ran]
CONTENT = Content.open()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_has_every_routine_and_stretch(coach: Coach, language: str) -> None:
    """One line each, with its id and its name in the language asked for."""
    out = coach("--lang", language, "routines", "list").out
    every: list[Routine | Stretch] = [*CONTENT.routines.values(), *CONTENT.stretches.values()]
    for one in every:
        assert any(one.id in line and one.name[language] in line for line in out.splitlines()), one.id


def test_the_list_as_json_is_one_document(coach: Coach) -> None:
    """A script finds every stretch with its dose and its easier version."""
    found = coach("routines", "list", "--json").json()
    pull = next(one for one in found["stretches"] if one["id"] == "seated-toe-pull")
    assert pull["dose"]["hold_s"] == 20
    assert pull["easier"] == "seated-toe-pull-soft"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stretch", list(CONTENT.stretches))
def test_a_stretch_is_shown_whole_with_its_figure(coach: Coach, language: str, stretch: str) -> None:
    """How, feel, cautions, sources and drawing; what is beyond the article has a footnote, explained once."""
    one = CONTENT.stretches[stretch]
    out = coach("--lang", language, "routines", "show", one.id).out
    for said in (one.name, one.feel, *one.how, *one.cautions):
        assert said[language] in out
    legend = Words(language)("content.legend")
    elsewhere = any(not source.startswith("article:") for source in one.source)
    assert out.count(legend) == elsewhere >= one.beyond
    assert "†" not in out.splitlines()[0]
    assert any("\u2800" < letter < "\u2900" for letter in out)


def test_an_exercise_that_is_counted_says_so(coach: Coach) -> None:
    """Nobody holds an ankle pump for ten seconds."""
    assert "10 times, slowly" in coach("routines", "show", "ankle-pumps").out


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_rule_book_can_be_read(coach: Coach, language: str) -> None:
    """Every rule and every sign, each with its source and whether anyone published it."""
    out = coach("--lang", language, "routines", "show", "rules").out
    assert all(rule in out for rule in CONTENT.rules.written)
    assert all(sign in out for sign in CONTENT.rules.signs)
    assert Words(language)("rulebook.basis.proposal") in out


def test_the_signs_can_be_read_alone(coach: Coach) -> None:
    """Whoever mistyped a sign finds them all."""
    out = coach("routines", "show", "signs").out
    assert all(sign in out for sign in CONTENT.rules.signs)
    assert "rest-8" not in out


def test_an_unknown_id_is_one_line(coach: Coach) -> None:
    """What, and where to look; control characters do not reach the terminal."""
    ran = coach("routines", "show", "moon\x1b[31m")
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert "\x1b" not in ran.err
    assert "coach routines list" in ran.err


def test_what_is_added_is_said_by_its_name(coach: Coach, tmp_path: Path) -> None:
    """In the language of the one who adds it; a second time, that it replaces the first; a tip has but an id."""
    shipped = (ROOT / "routines" / "stretches" / "wall-calf.toml").read_text(encoding="utf-8")
    stretch = CONTENT.stretches["wall-calf"]
    file = tmp_path / "x.toml"
    file.write_text(shipped.replace('"wall-calf"', '"my-calf"'), encoding="utf-8")
    for language in LANGUAGES:
        words = Words(language)
        key = "content.kept" if language == LANGUAGES[0] else "content.replaced"
        ran = coach("--lang", language, "routines", "add", str(file))
        assert (ran.code, ran.out) == (0, f"{words(key, name=words.pick(stretch.name))}\n")
    file.write_text('kind = "tip"\nid = "my-tip"\ntext = "Breathe."\n', encoding="utf-8")
    ran = coach("routines", "add", str(file))
    assert (ran.code, ran.out) == (0, f"{Words('en')('content.kept', name='my-tip')}\n")


def test_several_files_are_checked_each_by_a_line(coach: Coach) -> None:
    """One missing file among good ones: all are looked at, and the exit status says so."""
    good = str(CONTENT.folder / "tips.toml")
    ran = coach("routines", "validate", good, "/nowhere/at-all.toml", good)
    assert ran.code == 1
    assert ran.out.count("\n") == 2
    assert ran.err.startswith("/nowhere/at-all.toml:")


def test_a_file_that_is_not_there_is_not_called_wrong(coach: Coach, tmp_path: Path) -> None:
    """A missing file is exit 1, as everywhere; a wrong one beside it still is 65."""
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("x = [", encoding="utf-8")
    missing = str(tmp_path / "no.toml")
    for verb in ("validate", "add"):
        ran = coach("routines", verb, missing)
        assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert coach("routines", "validate", str(wrong), missing).code == 65
