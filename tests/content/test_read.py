"""What is wrong with a file of content is said with the file, the line, the key and the reason."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.content import Content, shipped
from coach.content.learn import read_page
from coach.content.lines import line_of
from coach.content.read import read
from coach.domain.exercise.stretch import Stretch
from coach.errors import DataError
from coach.words import LANGUAGES, Words
from tests.helpers import Ran

GOOD = (shipped() / "stretches" / "seated-toe-pull.toml").read_text(encoding="utf-8")


def said(path: Path, language: str = "en") -> str:
    """Return what is said of the stretch at ``path``."""
    with pytest.raises(DataError) as wrong:
        read(path, Stretch)
    assert wrong.value.exit_code == 65
    return Words(language)(wrong.value.key, **wrong.value.values)


def why(path: Path) -> DataError | None:
    """Return what is wrong with the stretch at ``path``; None where nothing is."""
    try:
        read(path, Stretch)
    except DataError as wrong:
        return wrong
    return None


def line_with(text: str, piece: str) -> int:
    """Return the line on which ``piece`` stands."""
    return next(number for number, line in enumerate(text.splitlines(), start=1) if piece in line)


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ('position = "seated"', 'position = "hanging"', "position", "is not among: lying, seated, standing"),
        ('position = "seated"', 'posture = "seated"', "posture", "there is no such key"),
        ('kind = "stretch"', "kind = 3", "kind", "must be text"),
        ("desk = true", 'desk = "yes"', "desk", "must be true or false"),
        ("[avoid]", "[dose]\nhold_s = 90\n[avoid]", "dose.hold_s", "must be <= 60"),
        ("[avoid]", '[dose]\nhold_s = "20"\n[avoid]', "dose.hold_s", "must be a whole number"),
        ("[avoid]", "[dose]\nrest = 1\n[avoid]", "dose.rest", "there is no such key"),
        ('signs = ["bulge-or-pressure"]', 'signs = "bulge-or-pressure"', "avoid.signs", "must be a list"),
        ('name.en = "Seated toe pull"', "name.en = 5", "name.en", "must be text"),
    ],
)
def test_a_wrong_value_is_told_with_line_key_and_reason(
    tmp_path: Path, old: str, new: str, key: str, reason: str
) -> None:
    """Whoever wrote the file is led to the very line, and told what would be right there."""
    broken = GOOD.replace(old, new, 1)
    assert broken != GOOD
    path = tmp_path / "seated-toe-pull.toml"
    path.write_text(broken, encoding="utf-8")
    name = key.rpartition(".")[2]
    line = line_with(broken, name + " =") if name + " =" in broken else line_with(broken, name + ".")
    told = said(path)
    assert told.startswith(f"{path}:{line}: {key}: ")
    assert reason in told


def test_a_missing_key_names_the_table_that_lacks_it(tmp_path: Path) -> None:
    """What is not there has no line; the file and the key are told."""
    path = tmp_path / "seated-toe-pull.toml"
    path.write_text(GOOD.replace('position = "seated"\n', ""), encoding="utf-8")
    assert said(path) == f"{path}:1: position: is missing."


def test_broken_toml_is_told_with_its_line(tmp_path: Path) -> None:
    """A quotation mark that was forgotten is found at once."""
    path = tmp_path / "seated-toe-pull.toml"
    broken = GOOD.replace('position = "seated"', 'position = "seated')
    path.write_text(broken, encoding="utf-8")
    assert said(path).startswith(f"{path}:{line_with(broken, 'position')}: ")


def test_a_broken_head_of_a_page_is_told_with_its_line(tmp_path: Path) -> None:
    """The line is counted in the file, not in the head."""
    path = tmp_path / "causes.md"
    path.write_text('+++\nid = "causes"\ntitle = "Why\n+++\nText.\n', encoding="utf-8")
    with pytest.raises(DataError) as wrong:
        read_page(path)
    assert Words("en")(wrong.value.key, **wrong.value.values).startswith(f"{path}:3: ")


def test_a_file_cut_short_is_told_at_its_end(tmp_path: Path) -> None:
    """A file that was not copied whole is no riddle."""
    path = tmp_path / "seated-toe-pull.toml"
    path.write_text(GOOD[: GOOD.index("[avoid]")] + "[avoid", encoding="utf-8")
    assert "cannot be read as TOML" in said(path)


@pytest.mark.parametrize(
    ("raw", "reason"), [(b'id = "\xff\xfe"', "UTF-8"), (b"x" * 2_000_000, "larger"), (None, "cannot be read")]
)
def test_what_is_no_text_at_all_is_told_too(tmp_path: Path, raw: bytes | None, reason: str) -> None:
    """A picture, a huge file or a folder taken for content is one clear line."""
    path = tmp_path / "seated-toe-pull.toml"
    path.mkdir() if raw is None else path.write_bytes(raw)
    assert reason in said(path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_a_sentence_in_every_language(tmp_path: Path, language: str) -> None:
    """No key of the catalogue shows through."""
    path = tmp_path / "x.toml"
    path.write_text("id = 1", encoding="utf-8")
    assert "content.problem" not in said(path, language)


@given(st.text(max_size=200) | st.sampled_from(GOOD.splitlines()).map(lambda line: GOOD.replace(line, line[:-1], 1)))
def test_no_file_whatever_ends_in_anything_but_a_plain_problem(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    """Any text at all is either read or told; never a traceback."""
    path = tmp_path_factory.mktemp("any") / "seated-toe-pull.toml"
    path.write_text(text, encoding="utf-8", errors="replace")
    if (wrong := why(path)) is not None:
        assert Words("en").has(wrong.key)
        assert 1 <= int(str(wrong.values["line"])) <= max(len(text.splitlines()), 1)


def test_the_line_of_a_key_is_found_in_tables_arrays_and_dotted_keys() -> None:
    """Each way to write a key in TOML leads to its line, or to the nearest above it."""
    text = '# head\na = 1\nb.c = 2\n[t]\nd = 3\n[[u]]\nid = "x"\n[[u]]\nid = "y"\ne.f = [\n  1,\n]\n[u.g]\nh = 4\n'
    lines = {
        ("a",): 2, ("b", "c"): 3, ("t", "d"): 5, ("u", 0, "id"): 7, ("u", 1, "id"): 9, ("u", 1, "e", "f", 0): 10,
        ("u", 1, "g", "h"): 14, ("t", "missing"): 4, ("nowhere",): 1,
    }  # fmt: skip
    assert {path: line_of(text, path) for path in lines} == lines


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a copy of the content that ships, to be broken."""
    return Path(shutil.copytree(shipped(), tmp_path / "routines"))


OPENED: dict[str, Callable[[Content], object]] = {
    "routines.toml": lambda content: content.routines,
    "habits.toml": lambda content: content.habits,
    "icing.toml": lambda content: content.icing,
    "sources.toml": lambda content: content.sources,
    "tips.toml": lambda content: content.tips,
    "care-lines.toml": lambda content: content.care_lines,
    "signs.toml": lambda content: content.rules,
    "rules.toml": lambda content: content.rules,
    "stretches/wall-calf.toml": lambda content: content.stretches["wall-calf"],
    "learn/ja/causes.md": lambda content: content.learn("ja"),
}


@pytest.mark.parametrize("name", OPENED)
def test_each_broken_file_names_itself(copied: Path, name: str) -> None:
    """Whichever file of the content is broken, it is that file that is named, with its line."""
    path = copied / name
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("^(source|read)", "sauce", text, count=1, flags=re.MULTILINE), encoding="utf-8")
    with pytest.raises(DataError) as wrong:
        OPENED[name](Content(copied))
    assert wrong.value.values["file"] == str(path)
    assert wrong.value.values["at"]


def test_a_stretch_under_another_name_than_its_file_s_is_refused(copied: Path) -> None:
    """A copied file that kept its id does not take the place of another."""
    (copied / "stretches" / "mine.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(DataError) as wrong:
        Content(copied).stretches["mine"]
    assert wrong.value.key == "content.problem.not-its-name"


def test_an_id_that_stands_twice_is_refused(copied: Path) -> None:
    """Two habits cannot share a record."""
    path = copied / "habits.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('id = "stance"', 'id = "shoes"'), encoding="utf-8")
    with pytest.raises(DataError) as wrong:
        assert Content(copied).habits
    assert wrong.value.key == "content.problem.twice"


def test_a_stretch_is_read_when_it_is_asked_for_and_not_before(copied: Path) -> None:
    """A one-line command pays for the stretches it names, and a broken one elsewhere does not stop it."""
    (copied / "stretches" / "wall-calf.toml").write_text("broken", encoding="utf-8")
    content = Content(copied)
    assert content.stretches["seated-toe-pull"].id == "seated-toe-pull"
    assert "wall-calf" in content.stretches


def test_every_file_that_ships_is_well(coach: Callable[..., Ran]) -> None:
    """``coach routines validate`` finds nothing wrong with the program's own content."""
    files = [str(path) for path in shipped().rglob("*") if path.suffix in (".toml", ".md")]
    ran = coach("routines", "validate", *files)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("\n") == len(files)
