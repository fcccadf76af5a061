"""Screen, agent and commands write at once: nothing is lost, nothing is stale, and nobody waits for the dead."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

import pytest

from coach.domain.status.history import Hurt
from coach.errors import CoachError
from coach.home import Home
from coach.records import lock
from coach.records.lock import FileLock, Holder, WriteLock, claim, holder_of, is_signature, locked
from coach.records.safe_file import is_running, write_private
from coach.system_lock import try_lock
from tests.helpers import ROOT

HOLDER = """
import sys
from pathlib import Path
from coach.system_lock import try_lock
from coach.records.lock import locked
sys.argv = ["coach", "agent", "run"]
with locked(Path({path!r})):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize(("programs", "each"), [(4, 50), pytest.param(8, 500, marks=pytest.mark.heavy)])
def test_programs_that_write_at_once_keep_every_record(home: Home, programs: int, each: int) -> None:
    """All of them are there, each was there for its writer as soon as it was written, and nothing was damaged."""
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.records.crowd", str(home.places.data), f"writer{number}", str(each)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for number in range(programs)
    ]
    said = [writer.communicate(timeout=800)[0] for writer in writers]
    assert said == [""] * programs
    assert len({hurt.id for hurt in home.records.history().hurts}) == programs * each
    assert not home.records.damage()
    assert not [path for path in home.places.data.iterdir() if path.name.endswith(".tmp")]


@pytest.fixture
def held(home: Home) -> "subprocess.Popen[str]":
    """Return another process that holds the lock of the records."""
    code = HOLDER.format(path=str(home.places.data / "records.lock"))
    holder = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    return holder


def test_a_lock_that_is_held_says_by_whom(home: Home, held: "subprocess.Popen[str]") -> None:
    """After five seconds one learns which command holds it, by name and process number; nothing was written."""
    with pytest.raises(CoachError) as raised:
        home.records.add(Hurt(id="a", at=datetime.fromisoformat("2026-11-22T08:00+09:00")))
    assert raised.value.key == "records.error.locked"
    assert raised.value.values["holder"] == f"coach agent ({held.pid})"
    assert not home.records.history().hurts
    held.communicate("")


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="only Linux tells who holds a lock")
def test_a_holder_that_did_not_sign_is_named_by_the_system(tmp_path: Path) -> None:
    """The one who signed last is gone, and a backup program holds the file: it is that one who is named."""
    path = tmp_path / "records.lock"
    path.write_text('{"pid":4194305,"by":"coach today"}')
    code = "import fcntl, sys; f = open(sys.argv[1]); fcntl.flock(f, 2); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with pytest.raises(CoachError) as raised, locked(path, wait_s=0.02):
            pass
        other.kill()
    assert str(raised.value.values["holder"]).endswith(f" ({other.pid})")


def test_nobody_waits_for_a_dead_holder(home: Home, held: "subprocess.Popen[str]") -> None:
    """A lock dies with its process, however that ends."""
    held.kill()
    held.communicate()
    with locked(home.places.data / "records.lock", wait_s=0.0):
        pass
    home.records.add(Hurt(id="a", at=datetime.fromisoformat("2026-11-22T08:00+09:00")))
    assert home.records.history().hurts


def test_a_lock_that_was_erased_while_one_reached_for_it_is_taken_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two programs can never both believe that they alone write, also when one erases everything at that moment."""
    path = tmp_path / "records.lock"
    erased: list[Path] = []

    def try_late(opened: int) -> bool:
        if not erased:
            path.unlink()
            erased.append(path)
        return try_lock(opened)

    monkeypatch.setattr(lock, "try_lock", try_late)
    with locked(path), pytest.raises(CoachError), locked(path, wait_s=0.02):
        pass
    assert erased


def test_what_was_typed_after_a_verb_is_in_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock names the command alone; health belongs in no file that others might list."""
    path = tmp_path / "records.lock"
    for words, name in (
        (["coach", "seen", "--by", "Dr. Mori"], "coach seen"), (["coach", "Ärger"], "coach"), (["coach"], "coach"),
    ):  # fmt: skip
        monkeypatch.setattr(sys, "argv", words)
        with locked(path):
            assert re.fullmatch(rf"{name} \({os.getpid()}\)", lock.holder_text(path))


NOBODY = 4_194_304
"""A process number above the highest that Linux gives."""


def test_what_a_killed_writer_left_is_removed_and_what_others_write_is_not(tmp_path: Path) -> None:
    """Its own, also of another month; not another program's, not that of a writer in a container who still writes."""
    ours = [f".records-2026-{month}.json.{NOBODY}-0123abcd.tmp" for month in ("10", "11")]
    others = [
        f".movie.iso.{NOBODY}-0123abcd.tmp", f".records-2026-11.json.{os.getpid()}-0123abcd.tmp", ".x.0-0123abcd.tmp"
    ]  # fmt: skip
    for name in (*ours, *others):
        (tmp_path / name).touch()
    written = tmp_path / f".records-2026-11.json.{NOBODY}-ffffffff.tmp"
    with written.open("w") as file:
        assert try_lock(file.fileno())
        write_private(tmp_path / "records-2026-11.json", b"{}")
        assert written.exists()
    assert {path.name for path in tmp_path.iterdir()} == {*others, written.name, "records-2026-11.json"}
    write_private(tmp_path / "records-2026-11.json", b"{}")
    assert not written.exists()


def test_what_any_writer_leaves_has_a_name_that_the_next_one_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before its file took its place: that stays under the name it was written by, and goes with the next."""
    path, real = tmp_path / "records-2026-11.json", os.replace
    left: list[Path] = []

    def killed_there(source: Path, target: Path) -> None:
        left.append(source.with_name(source.name.replace(str(os.getpid()), str(NOBODY))))
        shutil.copyfile(source, left[-1])
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", killed_there)
        write_private(path, b"1")
    assert left[0].exists()
    write_private(path, b"2")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_link_among_what_writers_left_is_not_followed(tmp_path: Path) -> None:
    """Nobody left it half-written: it stays, with what it leads to."""
    (tmp_path / "theirs").touch()
    link = tmp_path / f".records.json.{NOBODY}-0123abcd.tmp"
    link.symlink_to("theirs")
    write_private(tmp_path / "records.json", b"{}")
    assert link.is_symlink()
    assert (tmp_path / "theirs").exists()


@pytest.mark.parametrize("signature", ['{"pid":0,"by":"agent"}', '{"pid":-1,"by":"agent"}', "", "coach (0)", "[]"])
def test_a_lock_that_names_no_process_is_no_process(tmp_path: Path, signature: str) -> None:
    """0 and −1 mean many processes to the system; a lock that names them names nobody."""
    path = tmp_path / "records.lock"
    path.write_text(signature, encoding="utf-8")
    assert not is_running(0)
    assert not is_running(-1)
    assert lock.holder_text(path) == "?"


# -- a lock whose file was erased, or carried here anew ----------------------------------------------------------------


def signature(**values: object) -> bytes:
    return json.dumps({"pid": 1, "by": "agent", **values}).encode()


def put(path: Path, text: bytes) -> None:
    """Have another file at ``path``, as a carrier of folders puts it there."""
    other = path.with_name("carried")
    other.write_bytes(text)
    other.replace(path)


@pytest.fixture
def kept_lock(tmp_path: Path) -> FileLock:
    """Return a lock that this process has, of the home *abc*."""
    path = tmp_path / "agent.lock"
    path.write_bytes(signature(home="abc"))
    lock = claim(path, "agent", "now")
    assert isinstance(lock, FileLock)
    return lock


def test_a_lock_that_was_carried_here_anew_is_kept(tmp_path: Path, kept_lock: FileLock) -> None:
    """The file at its place is another one, of the same home: this one keeps others out by it, as before."""
    path, before = tmp_path / "agent.lock", len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    assert kept_lock.in_place()
    for _ in range(3):
        put(path, signature(home="abc"))
        assert kept_lock.in_place()
        assert isinstance(claim(path, "ui", "now"), Holder)
    assert not before or len(os.listdir("/proc/self/fd")) == before
    kept_lock.release()
    assert isinstance(claim(path, "ui", "now"), FileLock)


@pytest.mark.parametrize(
    "text", [None, signature(home="xyz"), signature(home=""), signature(), b"", b"4711"],
    ids=["gone", "another home", "no home", "an older version's", "empty", "another program's"],
)  # fmt: skip
def test_a_lock_that_was_erased_is_lost(tmp_path: Path, kept_lock: FileLock, text: bytes | None) -> None:
    """Whatever lies there now is not the same home: whoever kept the reminders ends."""
    path = tmp_path / "agent.lock"
    if text is None:
        path.unlink()
    else:
        put(path, text)
    assert not kept_lock.in_place()
    assert not kept_lock.in_place()


def test_a_lock_that_another_took_first_is_lost(tmp_path: Path, kept_lock: FileLock) -> None:
    """The carried file is that one's: two never both keep the reminders; and nothing is left open."""
    path = tmp_path / "agent.lock"
    put(path, signature(home="abc"))
    other = claim(path, "ui", "now")
    assert isinstance(other, FileLock)
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    assert not kept_lock.in_place()
    assert other.in_place()
    assert not before or len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (signature(home="abc"), signature(home="abc"), True), (signature(home="abc"), signature(home="xyz"), False),
        (signature(home="abc"), b"4711", False), (b"4711", b"4712", False), (b"4711", signature(home="abc"), False),
    ],
    ids=["the same", "another", "no more", "never", "now"],
)  # fmt: skip
def test_a_home_that_was_erased_is_not_written_anew(
    home: Home, home_folder: Path, before: bytes, after: bytes, same: bool
) -> None:
    """A screen that stayed open keeps nothing of what a person had removed; a home carried here anew goes on."""
    path = home_folder / "records.lock"
    home_folder.mkdir()
    path.write_bytes(before)
    home.records.keep_state("x", {"n": 1})
    for number in (2, 3):
        put(path, after)
        if same:
            home.records.keep_state("x", {"n": number})
            continue
        with pytest.raises(CoachError, match="erased"):
            home.records.keep_state("x", {"n": number})
    assert Home(home.places).records.state("x") == {"n": 3 if same else 1}


def test_of_an_erased_home_not_even_a_lock_comes_back(home: Home, home_folder: Path) -> None:
    """Nothing at all is left, however often the open screen tries."""
    home.records.keep_state("x", {"n": 1})
    shutil.rmtree(home_folder)
    for _ in range(2):
        with pytest.raises(CoachError, match="erased"):
            home.records.keep_state("x", {"n": 2})
    assert not home_folder.exists()


def test_what_is_erased_while_one_waits_for_the_lock_stays_erased(
    home: Home, home_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one who erases has the lock; who comes after it finds an empty home, and leaves it so."""
    home.records.keep_state("x", {"n": 1})
    real = lock.locked

    def after_the_other(path: Path) -> AbstractContextManager[None]:
        shutil.rmtree(home_folder)
        return real(path)

    monkeypatch.setattr(lock, "locked", after_the_other)
    with pytest.raises(CoachError, match="erased"):
        home.records.keep_state("x", {"n": 2})
    assert [path.name for path in home_folder.iterdir()] == ["records.lock"]


def test_who_has_the_lock_may_take_it_again_and_nobody_else(tmp_path: Path) -> None:
    """An action that decides under the lock writes by what takes it itself; another thread waits for its turn."""
    path = tmp_path / "records.lock"
    write_lock = WriteLock(path)
    order: list[str] = []

    def other() -> None:
        with write_lock.held():
            order.append("other")

    thread = threading.Thread(target=other)
    with write_lock.held():
        with write_lock.held():
            thread.start()
        thread.join(0.05)
        order.append("first")
        assert isinstance(claim(path, "ui", "now"), Holder)
    thread.join(30)
    assert order == ["first", "other"]
    assert holder_of(path) is None
    with write_lock.held():
        assert holder_of(path) is not None


def test_a_claim_that_is_broken_off_keeps_nobody_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C at that very moment: a screen that lives on lets others in, itself included."""
    path = tmp_path / "agent.lock"

    def interrupted(opened: int, holder: Holder) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(lock, "_sign", interrupted)
        with pytest.raises(KeyboardInterrupt):
            claim(path, "agent", "now")
    assert isinstance(claim(path, "agent", "now"), FileLock)


def test_a_lock_that_others_could_read_is_ones_own_again(tmp_path: Path) -> None:
    """Carried here with other rights; one that holds more than a name is another program's, and stays."""
    path, theirs = tmp_path / "records.lock", tmp_path / "agent.lock"
    path.write_bytes(signature(home="abc"))
    theirs.write_bytes(signature().ljust(160) + b"and the rest")
    for each in (path, theirs):
        each.chmod(0o644)
        with locked(each):
            pass
    assert path.stat().st_mode & 0o777 == 0o600
    assert theirs.read_bytes() == signature().ljust(160) + b"and the rest"


@pytest.mark.parametrize(
    ("text", "is_ours"),
    [
        (b"", True), (b"\0\0 \n", True), (signature(), True), (b"coach agent run (4711)", True), (b"coach (7)", True),
        (b"coach (x)", False), (b"a coach (7)", False), (b"4711", False), (b"[]", False), (b"\xff", False),
    ],
)  # fmt: skip
def test_a_lock_is_ours_by_what_stands_in_it(text: bytes, is_ours: bool) -> None:
    """Also one of an earlier version: erasing takes these, and leaves another program's."""
    assert is_signature(text) is is_ours


@pytest.mark.parametrize("what", ["pipe", "link", "folder"])
def test_what_is_no_file_at_the_place_of_a_lock_holds_nobody_up(home: Home, home_folder: Path, what: str) -> None:
    """A pipe locks as well as a file; a link is not followed, and a folder is said to be one."""
    path, victim = home_folder / "records.lock", home_folder / "victim"
    home_folder.mkdir()
    victim.write_bytes(b"")
    make: dict[str, Callable[[], None]] = {
        "pipe": lambda: os.mkfifo(path), "link": lambda: path.symlink_to(victim), "folder": path.mkdir,
    }  # fmt: skip
    make[what]()
    if what == "pipe":
        for number in (1, 2):
            home.records.keep_state("x", {"n": number})
        assert home.records.state("x") == {"n": 2}
    else:
        with pytest.raises(CoachError):
            home.records.keep_state("x", {"n": 1})
    assert victim.read_bytes() == b""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell")
def test_a_lock_without_a_name_is_told_by_the_system(tmp_path: Path) -> None:
    """On a full disk nothing can be written into it; whoever has to stop the agent still learns which process it is."""
    path = tmp_path / "agent.lock"
    code = (
        "import os, sys; from coach.system_lock import try_lock;"
        f"print(try_lock(os.open({str(path)!r}, os.O_RDWR | os.O_CREAT)), flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout
        assert child.stdout.readline() == "True\n"
        holder = holder_of(path)
        child.communicate()
    assert holder is not None
    assert (holder.pid, holder.by) == (child.pid, "agent")
    assert holder_of(path) is None
