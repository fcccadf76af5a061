"""``coach erase``: what the program wrote goes, what others wrote stays, and nothing is said that is not so."""

import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from coach.agent import autostart
from coach.domain.status.history import CheckIn
from coach.domain.triage.answers import Answers, Pain
from coach.errors import CoachError
from coach.home import Home
from coach.records.lock import FileLock, claim
from tests.helpers import Ran, mounted

Coach = Callable[..., Ran]
Spawn = Callable[..., "subprocess.Popen[str]"]
NOW = datetime.fromisoformat("2026-11-22T08:00+09:00")


@pytest.fixture(autouse=True)
def noted(home: Home, at: Callable[[str], datetime], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have one check-in on this machine, and a desktop of one's own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    at(NOW.isoformat())
    home.records.add(CheckIn(id="c", at=NOW, answers=Answers(pain=Pain(walking=3))))


OWN = """id = "mine"
name = "Mine"
position = "seated"
how = ["Sit."]
"""


def test_all_that_the_program_wrote_goes(coach: Coach, home: Home, home_folder: Path, tmp_path: Path) -> None:
    """Records, settings, copies, what was set aside, logs, caches, tones and one's own stretches: no folder is left."""
    coach("setup", "--yes", "--region", "jp")
    coach("status")
    coach("reminders", "skip")
    (tmp_path / "mine.toml").write_text(OWN, encoding="utf-8")
    assert coach("routines", "add", str(tmp_path / "mine.toml")).code == 0
    home.records.keep_state("session", {"step": 1})
    home.records.delivery_log().put({"id": "s", "due": NOW.isoformat(), "outcome": "shown"})
    for damage in (b"{", b"", b"\0" * 20):
        (home_folder / "records-2026-11.json").write_bytes(damage)
        home.records.history()
    for name in ("agent.log", "agent.1.log", ".records-2026-11.json.77-0123abcd.tmp", "state.json.schema-1.bak"):
        (home_folder / name).touch()
    (home_folder / "cache" / "tones").mkdir()
    for name in ("agent.json", "agent-asked", "tones/hold.wav"):
        (home_folder / "cache" / name).write_text('{"trouble":null}', encoding="utf-8")
    for name in ("agent.lock", "session.lock"):
        lock = claim(home_folder / name, "ui", "now")
        assert isinstance(lock, FileLock)
        lock.release()
    ran = coach("erase", "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert not home_folder.exists()
    assert "calendar" in ran.out


FOREIGN = {
    "holiday.json": "{}",
    "build.log": "ok",
    "agent.log": "hello",
    "state.json": '{"version": 4, "serial": 7}',
    "damage.json": '{"roof": "leaks"}',
    "records-2026-10.json": '["Kind of Blue"]',
    "session.lock": "4711",
    ".state.json.swp": "vim",
    "profile.json.orig": "{}",
    "own/thesis.txt": "years of work",
    "own/pyproject.toml": "[project]",
    "cache/precious.db": "db",
    "cache/status.json": '{"build": "green"}',
    "cache/tones/song.wav": "la",
}


def test_what_others_wrote_stays(coach: Coach, home_folder: Path) -> None:
    """``COACH_HOME`` may be any folder: no file of another program goes, whatever its name, and one is told."""
    for name, text in FOREIGN.items():
        (home_folder / name).parent.mkdir(parents=True, exist_ok=True)
        (home_folder / name).write_text(text, encoding="utf-8")
    (home_folder / "records-2025-01.json").mkdir()
    (home_folder / "agent.lock").symlink_to(home_folder / "holiday.json")
    ran = coach("erase", "--yes")
    assert (ran.code, ran.err) == (0, "")
    left = {str(path.relative_to(home_folder)) for path in home_folder.rglob("*") if not path.is_dir()}
    assert left == {*FOREIGN, "agent.lock"}
    assert {name: (home_folder / name).read_text(encoding="utf-8") for name in FOREIGN} == FOREIGN
    assert ran.out.count(" stays, because ") == 4


def test_a_file_that_cannot_be_removed_is_named(
    coach: Coach, home_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 1, and not a word of everything being gone; the next try takes the rest."""
    unlink = Path.unlink

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        if path.name == "records-2026-11.json":
            raise PermissionError(13, "Permission denied", str(path))
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    ran = coach("erase", "--yes")
    assert ran.code == 1
    assert f"{home_folder / 'records-2026-11.json'} couldn't be removed: there is no permission." in ran.err
    assert "1 file is left" in ran.err
    assert "Everything" not in ran.out
    monkeypatch.undo()
    monkeypatch.setenv("COACH_HOME", str(home_folder))
    assert coach("erase", "--yes").code == 0
    assert not home_folder.exists()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a real disk with room for a few homes."""
    with mounted(tmp_path / "disk", "1m") as folder:
        yield folder


def test_on_a_read_only_disk_each_file_is_named(coach: Coach, disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It said that everything was removed."""
    monkeypatch.setenv("COACH_HOME", str(disk / "home"))
    assert coach("check-in", "--walking", "2", "--none-of-the-signs").code == 0
    names = set(os.listdir(disk / "home")) - {"cache"}
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    ran = coach("erase", "--yes")
    assert ran.code == 1
    assert all(str(disk / "home" / name) in ran.err for name in names)
    assert "Everything" not in ran.out + ran.err


def test_no_session_goes_on_over_it(coach: Coach, home: Home, home_folder: Path) -> None:
    """One that is led elsewhere would write its end into a new home: it is named, and nothing is removed."""
    before = sorted(os.listdir(home_folder))
    lock = claim(home.places.session_lock(), "plain", NOW.isoformat())
    assert isinstance(lock, FileLock)
    ran = coach("erase", "--yes")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert str(os.getpid()) in ran.err
    assert home.records.history().check_ins
    lock.release()
    assert sorted({*os.listdir(home_folder)} - {"session.lock"}) == before
    assert coach("erase", "--yes").code == 0


def test_what_was_open_meanwhile_writes_nothing_anew(coach: Coach, home: Home, home_folder: Path) -> None:
    """A screen in another window: its next record is refused in words, and no home comes back by it."""
    other = Home(home.places)
    other.records.keep_state("session", {"step": 1})
    assert coach("erase", "--yes").code == 0
    writes: tuple[Callable[[], object], ...] = (
        lambda: other.records.keep_state("session", {"step": 2}),
        lambda: other.records.add(CheckIn(id="d", at=NOW, answers=Answers())),
        lambda: other.records.change_profile(lambda profile: msgspec.structs.replace(profile, region="jp")),
    )
    for write in writes:
        with pytest.raises(CoachError) as raised:
            write()
        assert raised.value.key == "records.error.erased"
    assert not home_folder.exists()
    assert coach("check-in", "--walking", "2", "--none-of-the-signs").code == 0


def test_the_start_of_a_neighbours_agent_is_left_alone(
    coach: Coach, home_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Erasing ``…/a`` is nothing that happens to ``…/ab``, ``…/a b`` or a folder above."""
    entries = []
    for other in (f"{home_folder}b", f"{home_folder} b", str(home_folder.parent), str(home_folder)):
        monkeypatch.setenv("COACH_HOME", other)
        assert coach("autostart", "enable").code == 0
        entries.append(autostart.file_of())
    assert coach("erase", "--yes").code == 0
    assert [entry.exists() for entry in entries] == [True, True, True, False]


def test_erase_asks_and_does_not_guess_where_it_cannot(coach: Coach, home: Home) -> None:
    """Without a terminal to ask on it refuses."""
    ran = coach("erase")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert home.records.history().check_ins


def test_erase_ends_the_agent_and_its_start_with_the_desktop(
    coach: Coach, spawn: Spawn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing calls any more, nothing writes anew; the start of another home's agent is left alone."""
    assert coach("autostart", "enable").code == 0
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "other"))
    assert coach("erase", "--yes").code == 0
    (entry,) = (tmp_path / ".config" / "autostart").iterdir()
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    agent = spawn("agent", "run")
    assert agent.stderr
    assert agent.stderr.readline()
    assert coach("erase", "--yes").code == 0
    assert agent.wait(10) is not None
    assert not entry.exists()
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("answer", [None, "", "n", "no"])
def test_nothing_goes_without_a_yes(
    coach: Coach, home_folder: Path, monkeypatch: pytest.MonkeyPatch, answer: str | None
) -> None:
    """An empty line, a no, and a terminal that hung up all leave everything as it is."""

    def asked(prompt: str) -> str:
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr("coach.cli.context.CommandContext.at_terminal", lambda self: True)
    monkeypatch.setattr("coach.cli.output.ask", asked)
    before = {path.name for path in home_folder.iterdir()}
    assert coach("erase").code == 1
    assert {path.name for path in home_folder.iterdir()} >= before
