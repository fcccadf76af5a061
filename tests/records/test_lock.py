"""Screen, agent and commands write at once: nothing is lost, nothing is stale, and nobody waits for the dead."""

import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from coach.domain.status.history import Hurt
from coach.errors import CoachError
from coach.home import Home
from coach.records import lock
from coach.records.lock import locked
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
    for words, name in ((["coach", "seen", "--by", "Dr. Mori"], "coach seen"), (["coach", "Ärger"], "coach")):
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


@pytest.mark.parametrize("signature", ['{"pid":0,"by":"agent"}', '{"pid":-1,"by":"agent"}', "", "coach (0)", "[]"])
def test_a_lock_that_names_no_process_is_no_process(tmp_path: Path, signature: str) -> None:
    """0 and −1 mean many processes to the system; a lock that names them names nobody."""
    path = tmp_path / "records.lock"
    path.write_text(signature, encoding="utf-8")
    assert not is_running(0)
    assert not is_running(-1)
    assert lock.holder_text(path) == "?"
