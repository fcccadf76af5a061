"""A slip in content is told before it ships: a name that nobody knows, or a text that a language lacks."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.content import Content, shipped
from coach.content.check import check_file
from coach.errors import DataError
from coach.words import Words
from coach.words.system import error_text
from tests.helpers import Ran

SLIPS = [
    ("stretches/seated-toe-pull.toml", '"article:', '"article:no.such.', "no-such-source"),
    ("stretches/wall-calf.toml", "signs = [", 'signs = ["swolen-knee", ', "no-such-sign"),
    ("stretches/wall-calf.toml", "[figure.poses.ready]", "[figure.poses.redy]", "unknown"),
    ("stretches/wall-calf.toml", "torso =", "trunk =", "unknown"),
    ("stretches/wall-calf.toml", "name.ja =", "name.jp =", "no-language"),
    ("stretches/wall-calf.toml", 'id = "wall-calf"', 'id = "seated-hinge"', "not-its-name"),
    ("stretches/wall-calf.toml", "hand = [52, 124]", 'hand = "nose"', "choice"),
    ("stretches/wall-calf.toml", "torso = 84", 'torso = "upright"', "type-other"),
    ("stretches/wall-calf.toml", "ankle = [-32, 8]", "ankle = [-32]", "size"),
    ("stretches/wall-calf.toml", "ankle = [-37, 8]", "shank = -60", "beside"),
    ("stretches/wall-calf.toml", "hip = [8, 79]", "hip = [8e9, 79]", "bound"),
    ("stretches/wall-calf.toml", "[figure.poses.ready]", "[figure.poses.lean]", "missing"),
    ("stretches/wall-calf.toml", "muscle =", 'marks = ["strides"]\nmuscle =', "choice"),
    ("stretches/wall-calf.toml", "muscle =", "camera = [0, 0, 0, 9]\nmuscle =", "bound"),
    ("stretches/wall-calf.toml", 'name.en = "Calf stretch at the wall"', 'name.en = " "', "no-language"),
    ("rules.toml", '"{at_least} or more', '"{at_lest} or more', "choice"),
    ("rules.toml", '"{at_least} or more', '"{at_least or more', "unclear"),
    ("rules.toml", "at_least = 6, at_most = 7", "at_least = 6, at_most = 5", "bound"),
    ("rules.toml", 'of = ["pain.rest"]', 'of = ["pain.rset"]', "choice"),
    ("rules.toml", 'has = ["recent-surgery"]', 'has = ["surgery"]', "choice"),
    ("rules.toml", 'id = "rest-8"', 'id = "locked-knee"', "taken"),
    ("rules.toml", 'activity = "go"', "", "missing"),
    ("habits.toml", "source = [", 'source = ["nobody", ', "no-such-source"),
    ("signs.toml", "text.ja =", "text.xx =", "no-language"),
    ("tips.toml", "text.en =", "text.fr =", "no-language"),
    ("freewords.toml", 'signs = ["chest-or-breath"]', 'signs = ["chest-or-breth"]', "no-such-sign"),
    ("freewords.toml", "it/leg + stuck", "it/leg + stuk", "no-such-name"),
    ("freewords.toml", "words.ja =", "words.xx =", "no-language"),
    ("freewords.toml", 'ja = "今朝から', 'ja = ""  # 今朝から', "bound"),
    ("freewords.toml", "numb | numbs |", "numb | num{bs |", "phrase"),
    ("learn/en/care.md", '"article:care.when"', '"article:care.whenever"', "no-such-source"),
]


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """Return a copy of what ships, to be spoiled."""
    shutil.copytree(shipped(), tmp_path / "routines")
    return Content(tmp_path / "routines")


def refused(path: Path, content: Content) -> list[DataError]:
    """Return all that is wrong with a file."""
    with pytest.raises(DataError) as caught:
        check_file(path, content)
    return [caught.value, *caught.value.more]


@pytest.mark.parametrize(("file", "right", "wrong", "reason"), SLIPS)
def test_a_name_that_nobody_knows_is_refused_with_its_line(
    content: Content, file: str, right: str, wrong: str, reason: str
) -> None:
    """Who misspells a source, a sign, a pose or a joint, or forgets a language, is led to the line."""
    path = content.folder / file
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    errors = refused(path, content)
    assert [error.key for error in errors] == [f"content.problem.{reason}"]
    assert error_text(errors[0], Words("en")).startswith(f"{path}:")
    if file.endswith(".toml") and reason != "missing":
        lines = path.read_text(encoding="utf-8").splitlines()
        line = int(str(errors[0].values["line"]))
        assert any(wrong.split(maxsplit=1)[0] in near or "[figure.poses" in near for near in lines[line - 1 : line + 1])


@pytest.mark.parametrize("added", ["cue", "cues"])
def test_a_new_language_is_asked_for_everywhere_in_the_phrases(content: Content, added: str) -> None:
    """Its words alone are not enough: what is denied would be taken for told."""
    (content.folder / "learn" / "tlh").mkdir()
    path = content.folder / "freewords.toml"
    text = re.sub(r"(?m)^((?:words\.)?)en = ", r'\1tlh = "qIv"\n\1en = ', path.read_text(encoding="utf-8"))
    if added == "cues":
        text += '\n[[cues]]\nmeans = "denied"\nlanguage = "tlh"\nwords = "be"\n'
    path.write_text(re.sub(r"(?m)(\[gaps\]\n)tlh = .*", r"\1tlh = 4", text), encoding="utf-8")
    if added == "cue":
        assert [error.key for error in refused(path, content)] == ["content.problem.no-cue"]
    else:
        check_file(path, content)


def test_everything_that_ships_is_right(content: Content) -> None:
    """Each file of content passes the check that its editors are told to run."""
    for path in sorted(content.folder.rglob("*.*")):
        check_file(path, content)


def test_all_that_is_wrong_is_told_at_once(content: Content) -> None:
    """Nobody mends one line to be told of the next."""
    path = content.folder / "stretches" / "seated-toe-pull.toml"
    text = path.read_text(encoding="utf-8")
    spoiled = text.replace("name.ja =", "name.jp =", 1).replace('"article:', '"article:no.such.', 1)
    path.write_text(spoiled.replace("signs = [", 'signs = ["swolen-knee", ', 1), encoding="utf-8")
    reasons = {error.key.rpartition(".")[2] for error in refused(path, content)}
    assert reasons == {"no-language", "no-such-source", "no-such-sign"}


def test_a_sign_misspelt_by_a_therapist_is_told(coach: Callable[..., Ran], tmp_path: Path) -> None:
    """It would never leave the stretch out; the source of one's own file is free."""
    path = tmp_path / "mine.toml"
    path.write_text(
        'id = "mine"\nname = "Mine"\nlike = "wall-calf"\nsource = ["Ms Tanaka"]\n[avoid]\nsigns = ["swolen-knee"]\n',
        encoding="utf-8",
    )
    ran = coach("routines", "validate", str(path))
    assert ran.code == 65
    assert "mine.toml:6: avoid.signs[1]: 'swolen-knee'" in ran.err
    assert len(ran.err.splitlines()) == 1
