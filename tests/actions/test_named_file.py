"""Other people's files and devices: written to or refused, never replaced, and read only as far as makes sense."""

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.home import Home
from tests.helpers import Ran

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and links as on POSIX")
Coach = Callable[..., Ran]
WRITERS = {
    "export": ("export", "{}"),
    "summary": ("summary", "-o", "{}"),
    "calendar": ("reminders", "export", "{}"),
    "paper": ("routines", "show", "wall-calf", "-o", "{}"),
}
writers = pytest.mark.parametrize("writer", WRITERS)


def words(writer: str, path: Path) -> list[str]:
    return [word.format(path) for word in WRITERS[writer]]


@pytest.fixture
def noted(calm: Home) -> Home:
    """Return a home with a check-in, settings and a stretch of one's own."""
    calm.records.change_profile(lambda profile: profile)
    calm.places.own_content().mkdir()
    (calm.places.own_content() / "mine.toml").write_text('id = "mine"', encoding="utf-8")
    return calm


@writers
def test_none_of_the_programs_own_files_is_written_over(coach: Coach, noted: Home, tmp_path: Path, writer: str) -> None:
    """A record of a month to come is refused as well, and a way round by a link."""
    data = noted.places.data
    (tmp_path / "link").symlink_to(data / "profile.json")
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    names = ("records-2031-01.json", "profile.json", "state.json.bak", "agent.lock", "agent.log", "own/mine.toml")
    for path in (*(data / name for name in names), tmp_path / "link"):
        ran = coach(*words(writer, path))
        assert (ran.code, ran.err.count("\n")) == (2, 1), ran.err
        assert str(path) in ran.err
    assert {path: path.read_bytes() for path in before} == before


@writers
def test_a_pipe_is_written_to_and_stays_a_pipe(coach: Coach, noted: Home, tmp_path: Path, writer: str) -> None:
    """It was replaced by a file, and whoever listened heard nothing."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[bytes] = []
    listener = threading.Thread(target=lambda: heard.append(pipe.read_bytes()))
    listener.start()
    assert coach(*words(writer, pipe)).code == 0
    listener.join(20)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert len(heard[0]) > 100


@writers
def test_a_link_stays_and_its_target_is_written(coach: Coach, noted: Home, tmp_path: Path, writer: str) -> None:
    """A document that is kept elsewhere is kept there."""
    target, link = tmp_path / "real.txt", tmp_path / "link.txt"
    link.symlink_to(target)
    assert coach(*words(writer, link)).code == 0
    assert link.is_symlink()
    assert target.stat().st_size > 100
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@writers
def test_where_nothing_can_be_written_one_line_says_so(coach: Coach, noted: Home, tmp_path: Path, writer: str) -> None:
    """A folder is no file, a file is no folder, and a device says what is wrong with it."""
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "file" / "page.html", Path("/dev/full")):
        ran = coach(*words(writer, path))
        assert (ran.code, ran.err.count("\n")) == (1, 1), ran.err


READERS = (("import",), ("assess",), ("check-in", "--answers"))


@pytest.mark.parametrize("reader", READERS, ids=" ".join)
def test_a_device_without_an_end_is_refused(reader: tuple[str, ...]) -> None:
    """It filled the memory."""
    ran = subprocess.run(
        [sys.executable, "-m", "coach", *reader, "/dev/zero"], capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode in (1, 65)
    assert ran.stderr.count("\n") == 1
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("reader", READERS, ids=" ".join)
def test_a_pipe_can_be_read(reader: tuple[str, ...], coach: Coach, tmp_path: Path) -> None:
    """``coach assess <(jq …)`` gives a pipe."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    document = '{"format":"hizaura","version":1,"records":[]}' if reader[0] == "import" else '{"pain":{"walking":2}}'
    threading.Thread(target=lambda: pipe.write_text(document, encoding="utf-8")).start()
    assert coach(*reader, str(pipe)).code == 0


def test_a_pipe_among_ones_own_stretches_holds_nobody_up(coach: Coach, home: Home) -> None:
    """It is left out and told, as any file that cannot be read."""
    home.places.own_content().mkdir(parents=True)
    os.mkfifo(home.places.own_content() / "x.toml")
    ran = coach("today")
    assert ran.code == 0
    assert "x.toml" in ran.err


def test_a_number_of_thousands_of_digits_is_a_slip_of_a_file(coach: Coach, tmp_path: Path) -> None:
    """Python itself refuses to read it, which is no reason for a traceback."""
    path = tmp_path / "x.toml"
    path.write_text(f'id = "x"\nhold = {"9" * 5000}\n', encoding="utf-8")
    for verb in ("validate", "add"):
        ran = coach("routines", verb, str(path))
        assert (ran.code, ran.err.count("\n")) == (65, 1)
