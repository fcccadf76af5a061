"""``coach export``, ``import`` and ``erase`` as a person uses them."""

import csv
import json
import os
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from coach.domain.status.history import CheckIn
from coach.domain.triage.answers import Answers, Pain
from coach.home import Home
from coach.words import Words
from tests.helpers import Ran

Coach = Callable[..., Ran]
NOW = datetime.fromisoformat("2026-11-22T08:00+09:00")


@pytest.fixture(autouse=True)
def noted(home: Home, at: Callable[[str], datetime]) -> None:
    """Have one check-in on this machine."""
    at(NOW.isoformat())
    home.records.add(CheckIn(id="c", at=NOW, answers=Answers(pain=Pain(walking=3)), note="=HYPERLINK(1)"))


def test_an_export_is_private_and_complete_whatever_the_umask(coach: Coach, tmp_path: Path) -> None:
    """What tells of one's health is readable by oneself alone, also where a file stood before."""
    path = tmp_path / "all.json"
    path.touch(0o644)
    before = os.umask(0)
    ran = coach("export", str(path))
    os.umask(before)
    assert ran.code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert '"id": "c"' in path.read_text(encoding="utf-8")
    assert coach("export", "-").json()["records"][0]["kind"] == "check-in"


def test_what_no_import_would_take_is_left_out_of_the_export_and_said(
    coach: Coach, home_folder: Path, tmp_path: Path
) -> None:
    """One slip in a file edited by hand must not make the whole export useless."""
    own = home_folder / "records-2026-11.json"
    own.write_bytes(own.read_bytes().replace(b'"walking":3', b'"walking":"three"'))
    ran = coach("export", str(tmp_path / "all.json"))
    assert ran.code == 0
    assert Words("en")("keep.stayed", n=1) in ran.err.splitlines()
    assert coach("import", str(tmp_path / "all.json")).code == 0


def test_a_table_for_a_spreadsheet_runs_nothing(coach: Coach, tmp_path: Path) -> None:
    """One row an entry, headings in words; a note that begins like a formula is marked as text."""
    path = tmp_path / "all.csv"
    assert coach("export", str(path)).code == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["Id"], row["What"], row["Pain when walking (0–10)"], row["Note"]) == (
        "c",
        "check-in",
        "3",
        "'=HYPERLINK(1)",
    )


def test_a_file_of_any_name_holds_the_json(coach: Coach, tmp_path: Path) -> None:
    """Only ``.csv`` asks for the table; a script may call its backup what it likes."""
    for name in ("backup", "all.bak", "all.json"):
        assert coach("export", str(tmp_path / name)).code == 0
        assert json.loads((tmp_path / name).read_text(encoding="utf-8"))["format"] == "hizaura"
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def test_an_export_goes_nowhere_it_would_do_harm(coach: Coach, home_folder: Path, tmp_path: Path) -> None:
    """A folder that is not there, and the program's own files are refused in a line."""
    own = home_folder / "records-2026-11.json"
    before = own.read_bytes()
    for path, code in ((own, 2), (tmp_path / "no" / "all.json", 1)):
        ran = coach("export", str(path))
        assert (ran.code, ran.err.count("\n")) == (code, 1)
        assert str(path if code == 2 else path.parent) in ran.err
    assert own.read_bytes() == before
    assert not (tmp_path / "no").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_an_export_is_read_in_the_encoding_that_an_editor_gave_it(
    coach: Coach, home: Home, tmp_path: Path, encoding: str
) -> None:
    """With or without a byte-order mark, letters of any language and beyond the first plane whole."""
    coach("check-in", "--walking", "2", "--none-of-the-signs", "--note", "膝の裏 🦵")
    history, path = home.records.history(), tmp_path / "all.json"
    coach("export", str(path))
    path.write_text(path.read_text(encoding="utf-8"), encoding=encoding)
    coach("erase", "--yes")
    assert coach("import", str(path)).code == 0
    assert home.records.history() == history


@pytest.mark.parametrize("broken", [b"\xff\xfe{", b"\xff\xfe{\x00\x00\xd8", b"\xff\xfe", b"\xfe\xff\x00"])
def test_broken_utf_16_is_wrong_data(coach: Coach, tmp_path: Path, broken: bytes) -> None:
    """It is said in one line, and nothing is taken."""
    (tmp_path / "all.json").write_bytes(broken)
    ran = coach("import", str(tmp_path / "all.json"))
    assert (ran.code, ran.err.count("\n")) == (65, 1)


def test_import_after_export_and_erase_brings_everything_back(coach: Coach, home: Home, tmp_path: Path) -> None:
    """Leaving and coming back loses nothing; importing again changes nothing."""
    path = str(tmp_path / "all.json")
    history = home.records.history()
    coach("export", path)
    assert coach("erase", "--yes").code == 0
    assert not home.records.history().check_ins
    assert coach("import", path).code == 0
    assert home.records.history() == history
    assert "New: 0." in coach("import", path).out


@pytest.mark.parametrize("content", ["", "{", "\0" * 50, "[1, 2]", '{"format": "hizaura"}', "\udcff"])
def test_a_wrong_file_is_refused_with_one_line_and_exit_65(coach: Coach, tmp_path: Path, content: str) -> None:
    """Whatever was picked by mistake: it is said where and what, nothing is kept, nothing breaks."""
    path = tmp_path / "wrong.json"
    path.write_text(content, encoding="utf-8", errors="surrogateescape")
    ran = coach("import", str(path))
    assert (ran.code, ran.err.count("\n"), ran.out) == (65, 1, "")


def test_a_file_that_is_not_there_is_said(coach: Coach, tmp_path: Path) -> None:
    """A slip in the name is one line, without a traceback."""
    ran = coach("import", str(tmp_path / "gone.json"))
    assert (ran.code, ran.err.count("\n")) == (1, 1)


def test_an_export_says_where_ones_own_stretches_are(coach: Coach, home: Home, tmp_path: Path) -> None:
    """They are plain files already; one is told not to forget them."""
    assert str(home.places.own_content()) not in coach("export", str(tmp_path / "all.json")).out
    home.places.own_content().mkdir()
    (home.places.own_content() / "calf.toml").touch()
    assert str(home.places.own_content()) in coach("export", str(tmp_path / "all.json")).out
