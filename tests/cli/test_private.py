"""What is said of one's health stands in no list of processes, for whoever does not want it there."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.home import Home
from tests.helpers import ROOT, Ran

Coach = Callable[..., Ran]
Spawn = Callable[..., "subprocess.Popen[str]"]


def typed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Let ``data`` stand on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def test_a_note_of_several_lines_is_read_from_standard_input(
    coach: Coach, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it was pasted, with the mark that some editors put in front of a text left out."""
    typed(monkeypatch, "\ufeff膝の裏が\n  きつい\n🦵\n".encode())
    assert coach("check-in", "--walking", "2", "--none-of-the-signs", "--note", "-").code == 0
    assert home.records.history().check_ins[0].note == "膝の裏が\n  きつい\n🦵"


def test_a_name_is_read_from_standard_input_too(coach: Coach, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has seen it, and whose page it is."""
    typed(monkeypatch, b"Dr Mori\n")
    assert coach("seen", "--by", "-").code == 0
    assert home.records.history().seens[0].by == "Dr Mori"
    typed(monkeypatch, b"Kei Tanaka\n")
    assert "Kei Tanaka" in coach("summary", "--name", "-").out


def test_a_painkiller_is_read_from_standard_input_too(
    coach: Coach, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When it is told, and when an entry is changed."""
    typed(monkeypatch, "イブ\n".encode())
    check_in = coach("check-in", "--walking", "2", "--none-of-the-signs", "--medicine", "-", "--json").json()
    assert (check_in["medicine"], home.records.history().check_ins[0].medicine) == ("イブ", "イブ")
    typed(monkeypatch, b"ibuprofen\n")
    assert coach("history", "edit", check_in["id"], "--medicine", "-").code == 0
    assert coach("history", "--json").json()["check_ins"][0]["medicine"] == "ibuprofen"


@pytest.mark.parametrize("both", [("--answers", "--note"), ("--answers", "--medicine"), ("--note", "--medicine")])
def test_one_stream_is_one_text(coach: Coach, monkeypatch: pytest.MonkeyPatch, both: tuple[str, str]) -> None:
    """A note and a document cannot both come from it; bytes that are no letters are said to be none."""
    ran = coach("check-in", both[0], "-", both[1], "-")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    typed(monkeypatch, b"\xff\xfe")
    ran = coach("check-in", "--walking", "2", "--none-of-the-signs", "--note", "-")
    assert (ran.code, ran.err.count("\n")) == (2, 1)


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks at the list of processes of Linux")
def test_no_process_shows_what_is_noted(home_folder: Path) -> None:
    """Neither the command nor what it starts has the note in its arguments or its environment."""
    with subprocess.Popen(
        [sys.executable, "-m", "coach", "check-in", "--walking", "2", "--none-of-the-signs", "--note", "-"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        assert process.stdin
        process.stdin.write(b"behind the left knee")
        process.stdin.flush()
        shown = [Path(f"/proc/{process.pid}/{name}").read_bytes() for name in ("cmdline", "environ")]
        process.stdin.close()
        assert process.wait(60) == 0
    assert all(b"left knee" not in text for text in shown)
