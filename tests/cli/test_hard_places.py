"""Where nothing is as it should be, a command still answers in a line: homes, streams, pipes, keys and crashes."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.__main__ import run
from coach.agent.own_command import environment
from coach.home import Home
from coach.ui.app import CoachApp
from tests.helpers import ROOT, Ran

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders, streams and signals as on POSIX")
Coach = Callable[..., Ran]
CHECK_IN = ("check-in", "--walking", "2", "--none-of-the-signs")
COMMANDS = (
    ("today",), ("today", "--json"), ("status",), CHECK_IN, ("history",), ("ice",), ("habit",), ("hurts",),
    ("reminders", "list"), ("reminders", "log"), ("summary",), ("export", "-"), ("agent", "status"),
    ("autostart", "enable"), ("autostart", "status"), ("self-test",), ("erase", "--yes"),
)  # fmt: skip


def test_a_home_of_nobody_is_said_in_a_line(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    """``~nosuch`` names no person of this machine."""
    monkeypatch.setenv("COACH_HOME", "~nosuch/x")
    for words in COMMANDS:
        ran = coach(*words)
        assert (ran.code, ran.err.count("\n"), ran.out) == (1, 1, "")
        assert "~nosuch/x" in ran.err


def test_a_folder_that_is_gone_is_said_in_a_line(coach: Coach, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A relative home in a folder that was removed meanwhile."""
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    monkeypatch.setenv("COACH_HOME", "home")
    ran = coach("today")
    assert (ran.code, ran.err.count("\n")) == (1, 1)


def test_a_home_whose_name_is_no_utf_8_is_a_home(coach: Coach, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Old disks have such names: all works but what a desktop must read, and that is said."""
    home = os.fsencode(tmp_path) + b"/caf\xe9"
    monkeypatch.setenv("COACH_HOME", os.fsdecode(home))
    monkeypatch.setenv("HOME", str(tmp_path))
    for words in COMMANDS:
        ran = coach(*words)
        assert ran.code in (0, 1, 2), ran.err
        assert "Traceback" not in ran.err
    assert not os.path.exists(home)
    assert coach(*CHECK_IN).code == 0
    for name in os.listdir(home):
        if name.endswith(b".json"):
            Path(os.fsdecode(home + b"/" + name)).write_text("{", encoding="utf-8")
    ran = coach("today")
    assert ran.code == 0
    assert "damaged" in ran.err


def test_a_relative_home_is_the_same_to_a_child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The agent starts in another folder, and served another home."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_HOME", "here")
    assert environment()["COACH_HOME"] == str(tmp_path / "here")


@pytest.mark.parametrize("columns", ["²", "٣", "1", "-4", "1e3", "9" * 30, ""])
def test_a_width_that_is_none_is_passed_over(coach: Coach, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    """Whatever a shell exports."""
    with monkeypatch.context() as shell:  # pytest writes its own lines by this width as well
        shell.setenv("COLUMNS", columns)
        ran = coach("today", "--help")
    assert ran.code == 0


@pytest.mark.parametrize(("columns", "terminal", "wide"), [("60", 90, 58), ("", 90, 88), ("", None, 78)])
def test_help_is_as_wide_as_the_terminal(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, columns: str, terminal: int | None, wide: int
) -> None:
    """Less two columns; what the shell says comes first, and in a pipe it is as wide as ever."""

    def size(descriptor: int) -> os.terminal_size:
        if terminal is None:
            raise OSError
        return os.terminal_size((terminal, 24))

    with monkeypatch.context() as shell:
        shell.setenv("COLUMNS", columns)
        shell.setattr(os, "get_terminal_size", size)
        ran = coach("check-in", "--help")
    widest = max(map(len, ran.out.splitlines()))
    assert wide - 6 <= widest <= wide


@pytest.mark.parametrize("words", [*COMMANDS, ("assess",), ("import", "-"), ("setup",), ("start", "--plain")])
def test_a_closed_standard_input_is_an_empty_one(words: tuple[str, ...], home_folder: Path) -> None:
    """As a service starts programs."""
    command = " ".join([f'exec "{sys.executable}" -m coach', *words, "<&-"])
    ran = subprocess.run(["/bin/sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert "Traceback" not in ran.stderr
    assert ran.returncode in (0, 1, 2, 65)


PIPES = (
    "profile.json", "state.json", "records-2026-11.json", "reminders-2026-11.json", "damage.json", "records.lock",
    "agent.lock", "session.lock", "ui.lock", "cache/status.json", "cache/agent.json", "cache/agent-asked",
    "cache/screen-asked", "own/x.toml", "agent.log", "profile.json.bak",
)  # fmt: skip


@pytest.mark.parametrize("name", PIPES)
def test_a_pipe_at_the_place_of_a_file_holds_nobody_up(
    coach: Coach, at: Callable[[str], object], home_folder: Path, name: str
) -> None:
    """Nobody writes into it: whoever would wait for that waits for ever."""
    at("2026-11-22T08:00+09:00")
    (home_folder / name).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(home_folder / name)
    done = threading.Event()

    def release() -> None:  # lets a reader that waits go on, so that this test fails and does not hang
        if not done.wait(60):
            os.close(os.open(home_folder / name, os.O_WRONLY))

    watch = threading.Thread(target=release)
    watch.start()
    for words in COMMANDS[:13]:
        ran = coach(*words)
        assert "Traceback" not in ran.err
        assert ran.code in (0, 1), ran.err
    done.set()
    watch.join()


INTERRUPTING = """
import builtins, os, signal, sys
left, real = {number}, builtins.__import__

def interrupting(*args, **values):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGINT)
    return real(*args, **values)

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.argv = ["coach", "today"]
from coach.__main__ import run
builtins.__import__ = interrupting
sys.exit(run())
"""


@pytest.mark.parametrize("number", [1, 2, 5, 20, 60, 150, 400, 800, 1200])
def test_ctrl_c_while_a_command_starts_is_no_traceback(home_folder: Path, number: int) -> None:
    """At the n-th module that is read, or in the middle of the work: nothing is said, and the status says it."""
    code = INTERRUPTING.replace("{number}", str(number))
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert "Traceback" not in ran.stderr
    assert "KeyboardInterrupt" not in ran.stderr
    assert ran.returncode in (0, 130, -signal.SIGINT)


def test_ctrl_c_in_the_middle_of_a_class_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.11 makes an error of the class out of it, which was shown with a traceback as the screen opened."""

    class Interrupting:
        def __set_name__(self, owner: type, name: str) -> None:
            raise KeyboardInterrupt

    def main() -> int:
        type("Screen", (), {"title": Interrupting()})
        return 0

    monkeypatch.setattr("coach.cli.main", main)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr("gc.set_threshold", lambda *levels: None)
    try:
        assert run() == 130
    except KeyboardInterrupt:  # later Pythons hand it on as it is, to the same end
        pytest.fail("it was not caught")


async def test_a_crash_of_the_screen_tells_nothing_that_was_written(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The values of its variables are notes, names and answers: where it broke is enough to mend it."""
    secret = "my knee and Dr Mori"

    def crash(*args: object) -> None:
        note = secret
        raise RuntimeError(note)

    async def use(app: CoachApp) -> None:
        async with app.run_test() as pilot:
            await pilot.pause()
            app.call_later(crash)
            await pilot.pause()

    app = CoachApp(home)
    with pytest.raises(RuntimeError):
        await use(app)
    app._print_error_renderables()
    out, err = capsys.readouterr()
    assert secret not in out + err
    assert "RuntimeError" in out + err
