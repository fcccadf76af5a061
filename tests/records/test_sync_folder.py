"""The carried folder as one machine sees it: its own file, those of others, and what is none of ours."""

import os
import platform
import re
import time
from pathlib import Path

import pytest

from coach.errors import CoachError
from coach.records import new_id
from coach.records.conflict_copy import CopyFinder, is_settled
from coach.records.ownership import FILES, check_of
from coach.records.safe_file import DamagedError
from coach.records.sync import SyncFolder, SyncTarget, Waiting, machine_id, new_file_name, read_waiting
from tests.helpers import noting

OWN = "hizaura-desk-0123abcd.json"


def folder(path: Path) -> SyncFolder:
    return SyncFolder(SyncTarget(str(path), OWN))


def test_a_machine_has_one_number_and_another_machine_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files are found by it, and known for ours: it has always sixteen signs."""
    here = machine_id()
    assert re.fullmatch(r"[0-9a-f]{16}", here)
    assert machine_id() == here
    assert check_of(f"agent-{here}.json", FILES) is not None
    monkeypatch.setattr(platform, "node", lambda: "another")
    assert machine_id() != here


@pytest.mark.parametrize(
    ("node", "name"),
    [
        ("Desk.local", "desk"), ("Anna's MacBook", "anna-s-macbook"), ("膝", "machine"), ("", "machine"),
        ("a" * 30, "a" * 20),
    ],
)  # fmt: skip
def test_a_person_knows_a_machines_file_by_its_name(monkeypatch: pytest.MonkeyPatch, node: str, name: str) -> None:
    """And no two of them are the same."""
    monkeypatch.setattr(platform, "node", lambda: node)
    assert re.fullmatch(rf"hizaura-{name}-[0-9a-f]{{8}}\.json", new_file_name())
    assert new_file_name() != new_file_name()


def test_no_two_records_have_one_id() -> None:
    """Whichever machine makes them: sixteen signs by chance."""
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(re.fullmatch(r"[0-9a-f]{16}", each) for each in ids)


def test_what_is_waiting_are_whole_files_of_others(tmp_path: Path) -> None:
    """Not one's own, nor what is still being written; second copies of one's own are."""
    names = (OWN, "hizaura-b-1.json", "other.json", ".hizaura-c.json", "~hizaura-c.json", "x.txt")
    copy = OWN.replace(".json", " 2.json")
    for name in (*names, copy):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    waiting = {file.path.name: (file.is_ours, file.is_copy) for file in folder(tmp_path).waiting()}
    assert waiting == {"hizaura-b-1.json": (True, False), "other.json": (False, False), copy: (True, True)}
    assert folder(tmp_path).own_copies() == [tmp_path / copy]
    before = folder(tmp_path).waiting()
    assert folder(tmp_path).waiting() == before
    (tmp_path / "other.json").write_text("{} ", encoding="utf-8")
    assert folder(tmp_path).waiting() != before


def test_what_icloud_has_not_brought_yet_is_named(tmp_path: Path) -> None:
    """By the name that it will have; nothing of others."""
    for name in (".hizaura-b-1.json.icloud", ".film.json.icloud", "hizaura-c.json", ".hizaura-d.txt.icloud"):
        (tmp_path / name).touch()
    assert folder(tmp_path).not_here() == ["hizaura-b-1.json"]


def test_ones_own_file_is_written_once_and_never_where_it_cannot_be(tmp_path: Path) -> None:
    """A drive that is not there is not made up, and what is no plain file is not replaced."""
    mine = folder(tmp_path)
    assert mine.write(b"{}")
    assert not mine.write(b"{}")
    assert mine.own.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CoachError, match="no-folder"):
        folder(tmp_path / "gone").write(b"{}")
    assert not (tmp_path / "gone").exists()
    mine.own.unlink()
    mine.own.mkdir()
    with pytest.raises(CoachError, match="not-plain"):
        mine.write(b"{}")


def test_a_waiting_file_is_read_whole_or_said_to_be_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gone, too large for any life, or a link: none of them is read."""
    path = tmp_path / "hizaura-b-1.json"
    file = Waiting(path, "1", is_ours=True, is_copy=False)
    assert read_waiting(file) is None
    path.write_text("{}", encoding="utf-8")
    assert read_waiting(file) == b"{}"
    os.truncate(path, 200_000_001)
    with pytest.raises(CoachError, match="too-large"):
        read_waiting(file)
    os.truncate(path, 200_000_000)
    with monkeypatch.context() as patched:
        patched.setattr("coach.records.sync.read_private", lambda path: b"as much as that")
        assert read_waiting(file) == b"as much as that"
    path.unlink()
    path.symlink_to("elsewhere")
    with pytest.raises(DamagedError):
        read_waiting(file)


@pytest.mark.parametrize(("seconds", "settled"), [(0, False), (59.5, False), (60, True), (-59.5, False), (-60, True)])
def test_a_file_left_alone_for_a_minute_is_settled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float, settled: bool
) -> None:
    """What is wrong with it will not mend by itself; so is one of a clock that goes ahead. One that is gone is not."""
    path, now = tmp_path / "x", 1_795_000_000.0
    monkeypatch.setattr(time, "time", lambda: now)
    path.touch()
    os.utime(path, (now - seconds, now - seconds))
    assert is_settled(path) is settled
    assert not is_settled(tmp_path / "none")


def test_a_copy_is_seen_however_soon_it_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also within the same second of the folder's clock; what has gone since is not told of."""
    finder = CopyFinder(tmp_path, tmp_path, tmp_path / "none")
    listed: list[str] = []
    monkeypatch.setattr(os, "listdir", noting(listed, os.listdir))
    path, last = tmp_path / "profile 2.json", tmp_path / "state 2.json"
    assert list(finder.copies()) == []
    path.touch()
    assert list(finder.copies()) == [(path, "profile.json")]
    last.touch()
    assert list(finder.copies()) == [(path, "profile.json"), (last, "state.json")]
    long_ago = time.time() - 60
    path.unlink()
    os.utime(tmp_path, (long_ago, long_ago))
    assert list(finder.copies()) == [(last, "state.json")]
    last.unlink()
    os.utime(tmp_path, (long_ago, long_ago))
    assert list(finder.copies()) == []
    now_ns = 1_795_000_000_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: now_ns)
    for age_ns, looks in ((1_000_000_000, 3), (1_000_000_001, 1)):
        os.utime(tmp_path, ns=(now_ns - age_ns, now_ns - age_ns))
        listed.clear()
        for _ in range(3):
            assert list(finder.copies()) == []
        assert listed == [tmp_path.name] * looks, "a folder in which nothing changed is not listed again"
