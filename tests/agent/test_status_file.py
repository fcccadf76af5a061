"""How the agent tells of itself, is asked, started, and ended; as each system does it."""

import os
import plistlib
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from coach.agent import autostart, control, holder, launch
from coach.agent.control import ensure_agent, make_way, start_agent, stop_agent
from coach.agent.holder import end_holder
from coach.agent.liveness import Liveness, liveness
from coach.agent.screen import ScreenRequests, open_on_screen
from coach.agent.status import AgentStatus, StatusDocument, StatusFile, agent_status, ask_agent
from coach.errors import CoachError
from coach.home import Home
from coach.records.lock import FileLock, Holder, claim
from tests.helpers import ROOT

REAL_LAUNCH = launch.launch
"""Every other test is kept from starting an agent."""


def lock_of(home: Home, by: str = "agent") -> FileLock:
    lock = claim(home.places.agent_lock(), by, "2026-11-22T08:00:00+09:00")
    assert isinstance(lock, FileLock)
    return lock


def ask(home: Home, question: str) -> None:
    home.places.cache.mkdir(parents=True, exist_ok=True)
    (home.places.cache / "agent-asked").write_text(question, encoding="ascii")


@pytest.mark.parametrize(
    ("question", "wanted"),
    [("check 1", "check"), ("show 1", "show"), ("break 1", "break"), ("shows 1", "check"), ("dance 1", "check")],
)
def test_a_question_is_answered_once(home: Home, question: str, wanted: str) -> None:
    """What a later version asks is taken for the question whether a popup would come."""
    status = StatusFile(home.places)
    assert status.asked() is None
    ask(home, question)
    assert status.asked() == wanted
    assert status.asked() is None
    status.write(StatusDocument())
    assert f'"answered":"{question}"' in home.places.agent_status().read_text(encoding="utf-8")


def test_a_question_to_an_earlier_owner_needs_no_answer(home: Home) -> None:
    """Nobody waits for it any more."""
    ask(home, "show 1")
    assert StatusFile(home.places).asked() is None


def test_it_writes_only_what_changed(home: Home) -> None:
    """And again where it could not be written before."""
    status = StatusFile(home.places)
    status.write(StatusDocument(channel="desktop"))
    before = home.places.agent_status().stat()
    status.write(StatusDocument(channel="desktop"))
    assert home.places.agent_status().stat() == before
    home.places.agent_status().unlink()
    home.places.agent_status().mkdir()
    status.write(StatusDocument(channel="terminal"))
    home.places.agent_status().rmdir()
    status.write(StatusDocument(channel="terminal"))
    lock = lock_of(home)
    assert agent_status(home.places).channel == "terminal"
    lock.release()


def test_another_programs_file_of_that_name_is_not_written_on(home: Home) -> None:
    """The folder may be shared: what is theirs stays as it is."""
    path = home.places.agent_status()
    path.parent.mkdir(parents=True)
    path.write_text('{"build": "green"}', encoding="utf-8")
    StatusFile(home.places).write(StatusDocument(channel="desktop"))
    assert path.read_text(encoding="utf-8") == '{"build": "green"}'


def test_all_that_the_owner_wrote_is_told(home: Home) -> None:
    """With who it is and since when; nothing of an owner that is gone."""
    document = StatusDocument(
        trouble="t", channel="desktop", reaches="desktop", held="do-not-disturb", sound=True, test_channel="terminal",
        test_why="no-answer", led_by="popups",
    )  # fmt: skip
    StatusFile(home.places).write(document)
    nobody = agent_status(home.places)
    assert nobody == AgentStatus(running=False)
    assert (nobody.calls, nobody.sound) == (False, False)
    lock = lock_of(home)
    assert agent_status(home.places) == AgentStatus(
        running=True, pid=os.getpid(), by="agent", since="2026-11-22T08:00:00+09:00", channel="desktop", trouble="t",
        reaches="desktop", held="do-not-disturb", sound=True, test_channel="terminal", test_why="no-answer",
        led_by="popups",
    )  # fmt: skip
    assert agent_status(home.places).calls
    silent = ask_agent(home.places, wait_s=0.0)
    assert (silent.reaches, silent.sound, silent.test_channel, silent.led_by) == (None, False, None, None)
    assert (silent.running, silent.calls, silent.trouble) == (True, False, "agent.no-answer")
    lock.release()


@pytest.mark.parametrize(
    ("text", "calls"),
    [('{"reaches": "desktop"}', True), ('{"reaches": null}', False), ("{}", False), ("[]", False), ("{", False)],
)
def test_a_status_bar_learns_whether_anybody_calls(home: Home, text: str, calls: bool) -> None:
    """From whatever stands in the file; nobody calls where nobody holds the lock."""
    home.places.cache.mkdir(parents=True)
    home.places.agent_status().write_text(text, encoding="utf-8")
    assert liveness(home.places) == Liveness(agent=False, calls=False)
    lock = lock_of(home)
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    for _ in range(3):
        assert liveness(home.places) == Liveness(agent=True, calls=calls)
    assert not before or len(os.listdir("/proc/self/fd")) == before
    lock.release()
    assert liveness(home.places) == Liveness(agent=False, calls=False)


def test_one_that_does_not_stop_is_said_not_to(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was asked to, and waited for; the screen is not asked."""
    ended: list[int] = []
    monkeypatch.setattr(control, "end_holder", lambda path, who: ended.append(who.pid))
    monkeypatch.setattr(control, "STOP_S", 0.1)
    lock = lock_of(home)
    began = time.monotonic()
    with pytest.raises(CoachError, match="not-stopped"):
        stop_agent(home.places)
    assert ended == [os.getpid()]
    assert 0.1 <= time.monotonic() - began < 5
    lock.release()
    assert stop_agent(home.places) is None
    make_way(home.places)


@pytest.mark.parametrize(
    ("output", "why"),
    [(b"", "?"), (b"\n", "?"), (b"a\nb\n", "b"), (b"x" * 400, "x" * 300), (b"not up\n", "not up"), (b"\xff", "\ufffd")],
)
def test_why_it_did_not_come_up_is_its_last_line(
    home: Home, monkeypatch: pytest.MonkeyPatch, output: bytes, why: str
) -> None:
    """Cut, and with the log where more stands."""
    monkeypatch.setattr(launch, "launch", lambda: output)
    with pytest.raises(CoachError) as raised:
        start_agent(home.places)
    assert raised.value.values == {"why": why, "log": str(home.places.agent_log())}


def test_one_that_another_command_started_meanwhile_is_no_error(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody keeps the reminders, which is all that was wanted."""
    locks: list[FileLock] = []

    def late() -> bytes:
        locks.append(lock_of(home))
        return b"owned\n"

    monkeypatch.setattr(launch, "launch", late)
    assert ensure_agent(home.places) is None
    locks[0].release()
    monkeypatch.setattr(launch, "launch", lambda: launch.UP)
    assert start_agent(home.places) == Holder(0, "agent")


@pytest.mark.skipif(sys.platform == "win32", reason="sockets are handed down as on POSIX")
def test_a_start_that_hangs_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it has said by then is told; it is a session of its own, in no folder of the starter's."""
    started: list[Any] = []
    real = subprocess.Popen

    def popen(command: list[str], **options: Any) -> Any:
        started.append(options)
        child = real(["/bin/sh", "-c", "echo hm; sleep 20"], **options)
        started.append(child)
        return child

    monkeypatch.setattr("coach.agent.launch.subprocess.Popen", popen)
    monkeypatch.setattr(launch, "UP_S", 0.3)
    assert REAL_LAUNCH() == b"hm\n"
    options, child = started
    assert (options["cwd"], options["start_new_session"]) == ("/", True)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    started.clear()
    monkeypatch.setattr(launch, "UP_S", 20.0)
    code = ["/bin/sh", "-c", "printf u; sleep 0.1; echo p; exec sleep 20"]
    monkeypatch.setattr(
        "coach.agent.launch.subprocess.Popen", lambda command, **options: started.append(real(code, **options))
    )
    assert REAL_LAUNCH().startswith(launch.UP)
    os.killpg(started[0].pid, signal.SIGKILL)
    started[0].wait()


def test_one_that_is_up_parts_from_its_starter_for_good() -> None:
    """Its starter learns that it is up, and hears no more; nothing that a library prints reaches the terminal."""
    code = (
        "import sys, time; from coach.agent.launch import let_go; let_go(); print('noise', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        assert child.stdout is not None
        assert child.stdout.read() == launch.UP, "read to its end, although it lives on"
        assert child.poll() is None
    finally:
        child.kill()
        child.communicate()


@pytest.mark.parametrize(
    ("system", "said", "is_ours"),
    [
        ("Windows", "Python.EXE  4711 Console", True), ("Windows", "INFO: none", False),
        ("Darwin", "/usr/bin/python -m coach agent run", True), ("Darwin", "vim", False),
    ],
)  # fmt: skip
def test_a_process_is_looked_at_before_it_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, said: str, is_ours: bool
) -> None:
    """Numbers are used again: only one that is ours is asked to end, and one that is gone is no error."""
    ended: list[tuple[int, int]] = []

    def kill(pid: int, number: int) -> None:
        ended.append((pid, number))
        raise ProcessLookupError

    monkeypatch.setattr("coach.agent.holder.platform.system", lambda: system)
    commands = {"Windows": "tasklist /NH /FI PID eq 4711", "Darwin": "ps -o command= -p 4711"}
    monkeypatch.setattr(holder, "_output", lambda *command: said if " ".join(command) == commands[system] else "")
    monkeypatch.setattr("coach.agent.holder.os.kill", kill)
    if is_ours:
        end_holder(tmp_path / "agent.lock", Holder(4711, "agent"))
    else:
        with pytest.raises(CoachError, match="not-known"):
            end_holder(tmp_path / "agent.lock", Holder(4711, "agent"))
    assert ended == ([(4711, signal.SIGTERM)] if is_ours else [])


def test_what_a_system_says_of_a_process_is_read() -> None:
    """And nothing where its program is missing."""
    assert str(os.getpid()) in holder._output("/bin/sh", "-c", f"echo {os.getpid()}")
    assert holder._output("/no/such/program") == ""


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_an_entry_that_starts_nothing_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    """Its program is gone, or nothing of it can be read; without one there is no obstacle."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    path = autostart.file_of(system)
    assert autostart.obstacle(system) is None
    path.parent.mkdir(parents=True)
    for program, why in ((sys.executable, None), ("/nowhere/my python 100%", "no-program")):
        words = [program, "-m", "coach"]
        for needs in ({}, {"COACH_HOME": "/home/a b=c 100%"}):
            path.write_bytes(autostart.content(system, words, needs))
            assert autostart.obstacle(system) == why
    for broken in (b"\xff", b"", b"[Desktop Entry]\n", plistlib.dumps({}), plistlib.dumps({"ProgramArguments": []})):
        path.write_bytes(broken)
        assert autostart.obstacle(system) == "unreadable"


@pytest.mark.parametrize("name", ['a "b"', "a $c", "a `d`", "a\\e", "a'f", "plain", "50 %"])
def test_whatever_a_folder_is_called_its_program_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Quotes, dollars and backslashes reach the program as they are, and it is found by them."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    program = tmp_path / name / "python"
    program.parent.mkdir()
    program.touch(0o700)
    path = autostart.file_of("linux")
    path.parent.mkdir(parents=True)
    path.write_bytes(autostart.content("linux", [str(program), "-m", "coach"], {"COACH_HOME": str(program.parent)}))
    assert autostart.obstacle("linux") is None
    program.unlink()
    assert autostart.obstacle("linux") == "no-program"


@pytest.mark.parametrize(
    ("line", "is_off"),
    [
        ("Hidden=true", True), ("hidden = TRUE", True), ("X-MATE-Autostart-enabled=false", True),
        ("Hidden=false", False), ("X-GNOME-Autostart-enabled=true", False), ("Comment=Hidden=true", False),
    ],
)  # fmt: skip
def test_a_desktop_that_switched_it_off_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, is_off: bool
) -> None:
    """By whichever key; a launch agent knows none of them."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    path = autostart.file_of("linux")
    path.parent.mkdir(parents=True)
    path.write_text(f"[Desktop Entry]\nExec={sys.executable} -m coach\n{line}\n", encoding="utf-8")
    assert autostart.obstacle("linux") == ("switched-off" if is_off else None)
    job = autostart.file_of("darwin")
    job.parent.mkdir(parents=True)
    job.write_bytes(plistlib.dumps({"ProgramArguments": [sys.executable], "Note": f"\n{line}\n"}))
    assert autostart.obstacle("darwin") is None


def test_only_the_screen_that_holds_the_lock_answers(home: Home) -> None:
    """A second one is not asked; a question of before it opened is not answered, and each is answered once."""
    first, opened = ScreenRequests(home.places), list[str]()
    second = ScreenRequests(home.places)

    def open_for(kind: str) -> bool:
        opened.append(kind)
        return True

    first.serve(open_for)
    assert not open_on_screen(home.places, "routine", wait_s=0.0)
    second.serve(open_for)
    assert opened == []
    for _ in range(2):
        first.serve(open_for)
    assert opened == ["routine"]
    answer = (home.places.cache / "screen-answered").read_text(encoding="ascii")
    assert answer.endswith(" yes")
    first.close()
    first.close()
    third = ScreenRequests(home.places)
    third.serve(open_for)
    assert opened == ["routine"]
    second.close()
    third.close()
