"""The one way to read and write a file: private, durable, whole, and a reason for each way in which it can fail."""

import errno
import os
import socket
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.errors import CoachError
from coach.records.lock import FileLock, Holder, WriteLock, claim, holder_of, locked
from coach.records.safe_file import (
    DamagedError,
    NotRegularFileError,
    copy_path,
    flush_folder,
    is_running,
    make_folder,
    read_private,
    read_with_copy,
    system_errors,
    write_private,
    write_with_copy,
)  # fmt: skip
from coach.system_lock import try_lock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights, links and pipes are as on POSIX")
REASONS = {
    "no-space": ("ENOSPC", "EDQUOT", "EFBIG"),
    "no-rights": ("EROFS", "EACCES", "EPERM"),
    "no-folder": ("ENOTDIR", "EEXIST"),
    "is-folder": ("EISDIR",),
    "gone": ("ENOENT", "EIO", "ETIMEDOUT", "ENOTCONN", "ESTALE"),
    "other": ("EMFILE", "EBUSY"),
}


@pytest.mark.parametrize(("reason", "name"), [(reason, name) for reason, names in REASONS.items() for name in names])
def test_what_the_system_says_becomes_what_one_can_do(reason: str, name: str) -> None:
    """A full disk, a folder of somebody else, a drive that was pulled out: each is told by its own sentence."""
    number = getattr(errno, name)
    with pytest.raises(CoachError) as raised, system_errors(Path("/x")):
        raise OSError(number, os.strerror(number))
    assert (raised.value.key, raised.value.values["path"]) == (f"records.error.{reason}", "/x")
    assert raised.value.values["reason"] == os.strerror(number)


def test_an_error_without_a_number_is_told_in_its_own_words() -> None:
    """Nothing is guessed from it."""
    with pytest.raises(CoachError) as raised, system_errors(Path("/x")):
        raise OSError("the dog ate it")
    assert (raised.value.key, raised.value.values["reason"]) == ("records.error.other", "the dog ate it")


@pytest.fixture
def umask() -> Iterator[None]:
    """Take all rights from what is made."""
    before = os.umask(0o777)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_each_new_folder_and_file_is_its_owners_alone(tmp_path: Path) -> None:
    """Whatever the umask takes away."""
    write_private(tmp_path / "a" / "b" / "records.json", b"{}")
    for folder in (tmp_path / "a", tmp_path / "a" / "b"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "a" / "b" / "records.json").stat().st_mode) == 0o600


def test_a_file_in_the_place_of_a_folder_is_said_to_be_one(tmp_path: Path) -> None:
    """The person made it, and it stays."""
    (tmp_path / "home").write_text("mine", encoding="utf-8")
    with pytest.raises(NotADirectoryError):
        make_folder(tmp_path / "home")
    with pytest.raises(CoachError) as raised:
        write_private(tmp_path / "home" / "records.json", b"{}")
    assert raised.value.key == "records.error.no-folder"
    assert (tmp_path / "home").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("what", ["folder", "link", "pipe", "socket"])
def test_only_a_plain_file_is_read(tmp_path: Path, what: str) -> None:
    """Nothing else holds anybody up, or leads out of the folder."""
    path = tmp_path / "records.json"
    if what == "folder":
        path.mkdir()
    elif what == "link":
        (tmp_path / "other").write_text("{}", encoding="utf-8")
        path.symlink_to("other")
    elif what == "pipe":
        os.mkfifo(path)
    else:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(path))
    with pytest.raises(NotRegularFileError):
        read_private(path)
    assert read_private(tmp_path / "none") is None


@pytest.mark.parametrize(("error", "reason"), [(errno.EIO, "gone"), (errno.EACCES, "no-rights")])
def test_what_cannot_be_read_is_not_taken_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int, reason: str
) -> None:
    """A drive that fails holds records all the same: an empty start would hide them."""

    def broken(path: Path) -> bytes:
        raise OSError(error, os.strerror(error), str(path))

    monkeypatch.setattr("coach.records.safe_file.read_regular", broken)
    with pytest.raises(CoachError) as raised:
        read_private(tmp_path / "records.json")
    assert raised.value.key == f"records.error.{reason}"


class Disk:
    """Counts what waits for the disk, and fails where it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.flushed: list[str] = []
        self.synced = 0
        self.error: int | None = None
        monkeypatch.setattr(os, "fsync", self.fsync)
        monkeypatch.setattr(os, "sync", self.sync)

    def fsync(self, opened: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(opened).st_mode)
        if is_folder and self.error:
            raise OSError(self.error, os.strerror(self.error))
        self.flushed.append("folder" if is_folder else "file")

    def sync(self) -> None:
        self.synced += 1


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def test_what_is_kept_is_on_the_disk_before_it_is_said_to_be(tmp_path: Path, disk: Disk) -> None:
    """The file, then its name; its copy, and what can be made again, do not wait."""
    write_private(tmp_path / "a", b"1")
    assert disk.flushed == ["file", "folder"]
    write_with_copy(tmp_path / "b", b"2")
    assert disk.flushed == ["file", "folder"] * 2
    write_private(tmp_path / "c", b"3", durable=False)
    assert disk.flushed == ["file", "folder"] * 2
    make_folder(tmp_path / "new")
    assert disk.flushed == [*["file", "folder"] * 2, "folder"]
    assert [path.read_bytes() for path in sorted(tmp_path.glob("?*")) if path.is_file()] == [b"1", b"2", b"2", b"3"]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux lists what is open")
def test_a_life_of_writes_leaves_nothing_open(tmp_path: Path) -> None:
    """An agent lives for weeks: each file, folder and lock is let go."""
    (tmp_path / f".a.{2**22 + 7}-0123abcd.tmp").touch()
    before = len(os.listdir("/proc/self/fd"))
    for number in range(20):
        write_with_copy(tmp_path / "a", str(number).encode())
        read_private(tmp_path / "a")
        make_folder(tmp_path / str(number))
        with WriteLock(tmp_path / "records.lock").held():
            holder_of(tmp_path / "records.lock")
            with pytest.raises(CoachError), locked(tmp_path / "records.lock", wait_s=0.0):
                pass
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize(("error", "everything"), [(errno.EINVAL, 0), (errno.EROFS, 0), (errno.EIO, 1)])
def test_a_folder_that_cannot_be_flushed_undoes_nothing(
    tmp_path: Path, disk: Disk, error: int, everything: int
) -> None:
    """Some network folders cannot; where it fails otherwise, the whole disk is waited for."""
    disk.error = error
    write_private(tmp_path / "a", b"1")
    assert (tmp_path / "a").read_bytes() == b"1"
    assert disk.synced == everything
    if everything:
        with pytest.raises(OSError, match=os.strerror(error)):
            flush_folder(tmp_path)


def test_where_it_cannot_be_put_in_its_place_nothing_is_left(tmp_path: Path) -> None:
    """A folder stands there: it is told, and no half-made file stays beside it."""
    (tmp_path / "records.json").mkdir()
    with pytest.raises(CoachError) as raised:
        write_private(tmp_path / "records.json", b"{}")
    assert raised.value.key == "records.error.is-folder"
    assert [path.name for path in tmp_path.iterdir()] == ["records.json"]


class Windows:
    """Windows as the writer meets it: a file that somebody reads cannot be replaced, and no process can be asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.refusals = 0
        self.waited_s: list[float] = []
        self._replace = os.replace
        monkeypatch.setattr(os, "name", "nt")
        monkeypatch.setattr(os, "replace", self.replace)
        monkeypatch.setattr("time.sleep", self.waited_s.append)

    def replace(self, source: Path, target: Path) -> None:
        if self.refusals:
            self.refusals -= 1
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
        self._replace(source, target)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Windows:
    return Windows(monkeypatch)


@pytest.mark.parametrize("refusals", range(6))
def test_on_windows_a_short_look_at_a_file_stops_no_write(tmp_path: Path, windows: Windows, refusals: int) -> None:
    """A scanner or another reader has it open for some milliseconds; who holds it for long is told of."""
    path = tmp_path / "records.json"
    path.write_bytes(b"1")
    windows.refusals = refusals
    if refusals < 5:
        write_private(path, b"2")
    else:
        with pytest.raises(CoachError, match="no-rights"):
            write_private(path, b"2")
    assert path.read_bytes() == (b"2" if refusals < 5 else b"1")
    assert len(windows.waited_s) == min(refusals, 4)
    assert sum(windows.waited_s) < 1
    assert [each.name for each in tmp_path.iterdir()] == ["records.json"]


def test_elsewhere_a_refusal_is_told_at_once(tmp_path: Path, windows: Windows, monkeypatch: pytest.MonkeyPatch) -> None:
    """There it is no matter of patience."""
    monkeypatch.setattr(os, "name", "posix")
    windows.refusals = 1
    with pytest.raises(CoachError, match="no-rights"):
        write_private(tmp_path / "records.json", b"2")
    assert windows.waited_s == []


@pytest.mark.usefixtures("windows")
def test_on_windows_what_was_left_half_written_goes_after_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not sooner: it may still be written, and no process can be asked about."""
    now = 1_795_000_000.0
    monkeypatch.setattr(time, "time", lambda: now)
    for name, age_s in (("a", 0), ("b", 86_400), ("c", 86_401)):
        left = tmp_path / f".records.json.{os.getpid()}-0000000{name}.tmp"
        left.touch()
        os.utime(left, (now - age_s, now - age_s))
    write_private(tmp_path / "records.json", b"2")
    assert {each.name[-5] for each in tmp_path.glob(".*")} == {"a", "b"}


def test_where_only_the_copy_is_left_it_is_damage_and_no_empty_start(tmp_path: Path) -> None:
    """Neither the file nor its copy: nothing was ever there."""
    path = tmp_path / "records.json"
    assert read_with_copy(path) is None
    write_with_copy(path, b"{}")
    path.unlink()
    with pytest.raises(DamagedError):
        read_with_copy(path)
    assert copy_path(path).read_bytes() == b"{}"


def test_which_processes_run() -> None:
    """This one and the first of all; not one with a number that there cannot be."""
    assert is_running(os.getpid())
    assert is_running(1)
    assert not is_running(0)
    assert not is_running(2**70)


def test_who_has_a_lock_is_named_and_nobody_where_it_is_free(tmp_path: Path) -> None:
    """One that never was, one that was let go, and one that another program holds without a name."""
    path = tmp_path / "agent.lock"
    assert holder_of(path) is None
    lock = claim(path, "agent", "2026-11-22T08:00:00+09:00")
    assert isinstance(lock, FileLock)
    holder = holder_of(path)
    assert holder is not None
    assert (holder.pid, holder.by, holder.since) == (os.getpid(), "agent", "2026-11-22T08:00:00+09:00")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    lock.release()
    lock.release()
    assert holder_of(path) is None
    assert not lock.in_place()
    unsigned = tmp_path / "other.lock"
    unsigned.touch()
    opened = os.open(unsigned, os.O_RDWR)
    assert try_lock(opened)
    assert holder_of(unsigned) == Holder(os.getpid() if sys.platform == "linux" else 0, "agent")
    os.close(opened)


class Clock:
    """A clock that only waiting moves on."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def sleep(self, seconds: float) -> None:
        assert 0 < seconds < 0.1, "who waits is there soon after the lock is free"
        self.now_s += seconds


def test_a_writer_waits_five_seconds_and_a_claim_half_a_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long enough for whoever writes just now, and no longer than a person's patience."""
    path = tmp_path / "records.lock"
    lock = claim(path, "agent", "now")
    assert isinstance(lock, FileLock)
    clock = Clock()
    monkeypatch.setattr("time.monotonic", lambda: clock.now_s)
    monkeypatch.setattr("time.sleep", clock.sleep)
    with pytest.raises(CoachError, match="locked"), locked(path):
        pass
    assert clock.now_s == pytest.approx(5, abs=0.1)
    clock.now_s = 100.0
    assert isinstance(claim(path, "ui", "now"), Holder)
    assert clock.now_s == pytest.approx(100.5, abs=0.1)
    lock.release()
    with locked(path):
        assert clock.now_s == pytest.approx(100.5, abs=0.1)


def test_a_lock_keeps_the_name_of_its_home_whoever_signs_it(tmp_path: Path) -> None:
    """By it a lock that was carried here anew is told from one of another home; all signatures are of one length."""
    path = tmp_path / "records.lock"
    homes, sizes = set(), set()
    for by in ("agent", "ui"):
        lock = claim(path, by, "now")
        assert isinstance(lock, FileLock)
        holder = holder_of(path)
        assert holder is not None
        homes.add(holder.home)
        sizes.add(path.stat().st_size)
        lock.release()
    with locked(path):
        sizes.add(path.stat().st_size)
    (home,) = homes
    assert len(home) == 12
    assert sizes == {160}


def test_another_programs_lock_keeps_what_stands_in_it(tmp_path: Path) -> None:
    """It keeps others out as any lock does."""
    path = tmp_path / "records.lock"
    path.write_text("4711 is my number", encoding="utf-8")
    with locked(path):
        assert path.read_text(encoding="utf-8") == "4711 is my number"
        with pytest.raises(CoachError, match="locked"), locked(path, wait_s=0.01):
            pass
