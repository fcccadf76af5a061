"""``coach sync``: begun, told, stopped and erased, by real processes over one folder."""

import json
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.helpers import Ran, beginning

Coach = Callable[..., Ran]
Spawn = Callable[..., "subprocess.Popen[str]"]
CHECK_IN = ("check-in", "--walking", "2", "--none-of-the-signs")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder that is carried."""
    path = tmp_path / "carried"
    path.mkdir()
    return path


@pytest.fixture
def on(coach: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Return the command on one of several machines: ``on("a", "sync", …)``."""

    def run(machine: str, *words: str) -> Ran:
        monkeypatch.setenv("COACH_HOME", str(tmp_path / machine))
        return coach(*words)

    return run


def test_what_came_is_said_a_line_a_file(on: Callable[..., Ran], folder: Path) -> None:
    """And by ``--json``, with nothing else on stdout."""
    on("a", *CHECK_IN)
    alone = on("a", "sync", str(folder))
    assert (alone.code, alone.err) == (0, "")
    assert beginning("sync.alone") in alone.out
    ran = on("b", "sync", str(folder), "--json")
    (own,) = [path.name for path in folder.iterdir() if path.name == ran.json()["file"]]
    assert ran.json()["files"] == [
        {"file": next(path.name for path in folder.iterdir() if path.name != own), "outcome": "merged", "new": 1,
         "held": 1, "settings": False, "problem": None}
    ]  # fmt: skip
    assert (ran.json()["folder"], ran.json()["wrote"]) == (str(folder), True)
    assert len(on("b", "history", "--json").json()["check_ins"]) == 1
    assert "nothing new" in on("b", "sync").out


def test_a_damaged_file_is_told_in_one_line_and_the_rest_goes_on(on: Callable[..., Ran], folder: Path) -> None:
    """On stderr, with exit 0: it is tried again with the next sync."""
    (folder / "hizaura-other-01234567.json").write_text('{"format": "hiz', encoding="utf-8")
    ran = on("a", "sync", str(folder), "--json")
    assert ran.code == 0
    assert ran.err.count("\n") == 1
    assert "not all here yet" in ran.err
    assert ran.json()["files"][0]["outcome"] == "skipped"


def test_wrong_usage_is_told(on: Callable[..., Ran], folder: Path, tmp_path: Path) -> None:
    """No folder yet; a folder that is not there; one that is the program's own; a folder with ``--stop``."""
    assert on("a", "sync").code == 2
    on("a", *CHECK_IN)
    assert on("a", "sync", str(tmp_path / "nowhere")).code == 1
    assert on("a", "sync", str(tmp_path / "a")).code == 2
    assert on("a", "sync", "--stop", str(folder)).code == 2
    assert list(folder.iterdir()) == []


def test_stop_ends_it_and_says_what_stays(on: Callable[..., Ran], folder: Path) -> None:
    """A second time there is nothing to end."""
    on("a", "sync", str(folder))
    ran = on("a", "sync", "--stop")
    assert (ran.code, str(folder) in ran.out) == (0, True)
    assert len(list(folder.iterdir())) == 1
    assert beginning("sync.was-none") in on("a", "sync", "--stop").out
    assert on("a", "sync").code == 2
    assert on("a", "sync", "--stop", "--json").json()["folder"] is None


def test_erasing_removes_ones_own_file_with_its_copies_and_tells_of_the_others(
    on: Callable[..., Ran], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those are for the other machines to remove; another program's file stays."""
    monkeypatch.setenv("HOME", str(tmp_path))
    on("a", *CHECK_IN)
    own = folder / on("a", "sync", str(folder), "--json").json()["file"]
    other = folder / on("b", "sync", str(folder), "--json").json()["file"]
    copy = folder / f"{own.stem}.sync-conflict-20261122-080000-ABCDEF2.json"
    copy.write_bytes(b"{")
    (folder / "holiday.json").write_text("{}", encoding="utf-8")
    ran = on("a", "erase", "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert str(folder) in ran.out
    assert {path.name for path in folder.iterdir()} == {other.name, "holiday.json"}
    assert not (tmp_path / "a").exists()


def test_where_the_folder_is_gone_erasing_does_not_claim_to_have_removed_its_file(
    on: Callable[..., Ran], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A drive that is not connected keeps it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    on("a", "sync", str(folder))
    folder.rename(tmp_path / "unplugged")
    ran = on("a", "erase", "--yes")
    assert ran.code == 1
    assert str(folder) in ran.err


def test_two_processes_at_once_lose_nothing(spawn: Spawn, folder: Path, tmp_path: Path) -> None:
    """Six check-ins on two machines, each synced as it is noted, all at the same time."""
    for _ in range(3):
        begun = [
            spawn(*words, env={"COACH_HOME": str(tmp_path / machine)})
            for machine in ("a", "b") for words in (CHECK_IN, ("sync", str(folder)))
        ]  # fmt: skip
        for process in begun:
            assert process.wait(120) == 0, process.communicate()
    for machine in ("a", "b", "a"):
        process = spawn("sync", env={"COACH_HOME": str(tmp_path / machine)})
        assert process.wait(120) == 0
    held = [
        {record["id"] for record in json.loads(path.read_text("utf-8"))["records"] if record["kind"] == "check-in"}
        for path in folder.glob("hizaura-*.json")
    ]
    assert [len(ids) for ids in held] == [6, 6]
    assert held[0] == held[1]


def test_a_full_folder_is_told_and_what_came_is_kept(on: Callable[..., Ran], disk: Path) -> None:
    """The file of before stays whole; with space again the next sync writes."""
    on("b", *CHECK_IN)
    on("b", "sync", str(disk))
    own = disk / on("a", "sync", str(disk), "--json").json()["file"]
    on("b", *CHECK_IN)
    on("b", "sync")
    before = own.read_bytes()
    with (disk / "film").open("wb", buffering=0) as film, suppress(OSError):
        while film.write(b"\0" * 512):
            pass
    ran = on("a", "sync")
    assert (ran.code, "disk is full" in ran.err) == (1, True)
    assert own.read_bytes() == before
    assert len(on("a", "history", "--json").json()["check_ins"]) == 2
    (disk / "film").unlink()
    assert on("a", "sync").code == 0
    assert own.read_bytes() != before
