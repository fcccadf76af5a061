"""A disk that is full, read-only or gone: said in a line with what to do; what was kept stays; the next try works."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from coach import clock
from coach.domain.status.history import Seen
from coach.home import Home
from coach.places import Places
from coach.records import Records
from coach.words import Words

Spawn = Callable[..., "subprocess.Popen[str]"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="disks are mounted and rights are set as on POSIX")
CHECK_IN = ("check-in", "--walking", "3", "--none-of-the-signs")


def ended(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Return the exit status and what was said on stderr."""
    _, err = process.communicate(timeout=120)
    return process.returncode, err


def records_of(folder: Path) -> Records:
    return Records(Places(data=folder, config=folder, cache=folder / "cache", logs=folder))


def check_ins(folder: Path) -> int:
    return len(records_of(folder).history().check_ins)


def damage(folder: Path) -> None:
    for path in folder.glob("records-*.json"):
        path.write_bytes(b"{")


def test_a_record_is_on_the_disk_before_anybody_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its content before it takes its name, then the name: a power loss leaves the old file or the new one, whole."""
    home.records.add(Seen(id="a", at=clock.now(), by="Dr Mori"))
    order: list[str] = []
    replace = os.replace

    def synced(opened: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(opened).st_mode) else "content")

    def renamed(source: Path, target: Path) -> None:
        order.append("copy" if target.suffix == ".bak" else "name")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", renamed)
    home.records.add(Seen(id="b", at=clock.now(), by="Dr Mori"))
    assert order[:3] == ["content", "name", "folder"]


def test_a_full_disk_keeps_what_was_there_and_the_next_try_works(spawn: Spawn, disk: Path) -> None:
    """The check-in is not lost in silence: exit 1, one line; with space again it is kept."""
    env = {"COACH_HOME": str(disk)}
    assert ended(spawn(*CHECK_IN, env=env))[0] == 0
    filler = disk / "film"
    with filler.open("wb", buffering=0) as film, suppress(OSError):
        while film.write(b"\0" * 4096):
            pass
    code, err = ended(spawn(*CHECK_IN, env=env))
    assert (code, err.count("\n")) == (1, 1)
    assert "the disk is full" in err
    assert check_ins(disk) == 1
    assert not [path for path in disk.iterdir() if path.name.endswith(".tmp")]
    filler.unlink()
    assert ended(spawn(*CHECK_IN, env=env))[0] == 0
    assert check_ins(disk) == 2


def test_on_a_read_only_disk_damage_hides_no_day(spawn: Spawn, disk: Path) -> None:
    """It cannot be mended there; what is whole is read all the same, from the day asked for on, that day too."""
    assert ended(spawn(*CHECK_IN, env={"COACH_HOME": str(disk)}))[0] == 0
    (check_in,) = records_of(disk).history().check_ins
    damage(disk)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    assert records_of(disk).history(check_in.at.date()).check_ins == (check_in,)
    assert records_of(disk).history(check_in.at.date() + timedelta(days=1)).check_ins == ()


def test_on_a_read_only_disk_one_reads_and_is_told_what_to_do(spawn: Spawn, disk: Path) -> None:
    """Today can be read, damage and all; a check-in says why it cannot be kept."""
    env = {"COACH_HOME": str(disk)}
    assert ended(spawn(*CHECK_IN, env=env))[0] == 0
    damage(disk)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    assert ended(spawn("today", env=env))[0] == 0
    code, err = ended(spawn(*CHECK_IN, env=env))
    assert code == 1
    assert "COACH_HOME" in err
    assert "Traceback" not in err
    assert check_ins(disk) == 1


def test_a_file_that_may_not_grow_is_a_full_disk_too(spawn: Spawn, home: Home) -> None:
    """A quota cuts a write in its middle: the file that was there stays whole."""
    assert ended(spawn(*CHECK_IN))[0] == 0
    kept = [path.read_bytes() for path in home.places.data.glob("records-*.json")]
    size = len(kept[0]) + 50

    def quota() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    code, err = ended(spawn(*CHECK_IN, preexec_fn=quota, env={"PYTHONDONTWRITEBYTECODE": "1"}))
    assert (code, err.count("\n")) == (1, 1)
    assert [path.read_bytes() for path in home.places.data.glob("records-*.json")] == kept
    assert not [path for path in home.places.data.iterdir() if path.name.endswith(".tmp")]
    assert ended(spawn(*CHECK_IN))[0] == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_without_rights_the_line_names_the_folder(spawn: Spawn, home_folder: Path) -> None:
    """Someone else's folder, or one made by root once: it is said, and what to do."""
    home_folder.mkdir(mode=0o500)
    code, err = ended(spawn(*CHECK_IN))
    assert (code, err.count("\n")) == (1, 1)
    assert str(home_folder) in err


@pytest.mark.parametrize("place", ["/dev/null/home", "/proc/nowhere/home"])
def test_a_home_that_cannot_be_is_said_in_a_line(spawn: Spawn, place: str) -> None:
    """A slip in ``COACH_HOME``, or a network folder that went away, is no traceback."""
    code, err = ended(spawn(*CHECK_IN, env={"COACH_HOME": place}))
    assert (code, err.count("\n")) == (1, 1)
    assert place in err


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
def test_every_file_is_its_owners_alone_whatever_the_umask(spawn: Spawn, home_folder: Path, umask: int) -> None:
    """Folder 0700, files 0600: records, settings, copies, what was set aside, the lock."""
    assert ended(spawn(*CHECK_IN, umask=umask))[0] == 0
    damage(home_folder)
    assert ended(spawn(*CHECK_IN, umask=umask))[0] == 0
    paths = list(home_folder.iterdir())
    assert {path.name.partition(".")[2].partition("-")[0] for path in paths} >= {
        "json",
        "json.bak",
        "json.damaged",
        "lock",
    }
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_file()} == {0o600}
    assert stat.S_IMODE(home_folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o755, 0o775, 0o1777])
def test_a_folder_that_was_there_keeps_its_rights(home: Home, mode: int) -> None:
    """It may be shared for other files; what is written into it is its owner's alone all the same."""
    home.places.data.mkdir()
    home.places.data.chmod(mode)
    home.records.keep_state("session", {})
    home.records.change_profile(lambda profile: profile)
    assert stat.S_IMODE(home.places.data.stat().st_mode) == mode
    assert {stat.S_IMODE(path.stat().st_mode) for path in home.places.data.iterdir()} == {0o600}


def test_every_reason_has_its_sentence() -> None:
    """A person never reads the key of a sentence, nor only a number."""
    for language in ("en", "ja"):
        for reason in ("no-space", "no-rights", "no-folder", "is-folder", "gone", "other", "locked"):
            assert Words(language).has(f"records.error.{reason}")
