"""Starting with the desktop: the file each system reads, parsed as that system does, and removed without trace."""

import configparser
import os
import plistlib
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.agent import autostart
from coach.agent.own_command import command, environment
from tests.helpers import Ran

Coach = Callable[..., Ran]
WORDS = ["/opt/my python/bin/python", "-m", "coach", "agent", "run"]
NEEDS = {"COACH_HOME": "/home/me/knee 100%"}


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.mark.parametrize(
    ("system", "path"),
    [
        ("linux", "/home/me/.config/autostart/coach-reminders.desktop"),
        ("darwin", "/home/me/Library/LaunchAgents/hizaura.coach.plist"),
    ],
)
def test_where_each_system_looks(system: str, path: str) -> None:
    """The file stands where the session's own programs look for it."""
    assert str(autostart.file_of(system, {"HOME": "/home/me"})) == path


def test_where_windows_looks() -> None:
    """The start-up folder of the person's own menu."""
    found = autostart.file_of("win32", {"APPDATA": "/Users/me/AppData/Roaming", "HOME": "/Users/me"})
    assert found.parts[-4:] == ("Start Menu", "Programs", "Startup", "coach-reminders.cmd")


def test_the_desktop_entry_runs_what_it_should() -> None:
    """Blanks and per cent signs in a path reach the program as they are."""
    entry = configparser.RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read_string(autostart.content("linux", WORDS, NEEDS).decode())
    said = dict(entry["Desktop Entry"])
    assert said["Type"] == "Application"
    assert said["Terminal"] == "false"
    words = [word.replace("%%", "%") for word in shlex.split(said["Exec"])]
    assert words == ["env", "COACH_HOME=/home/me/knee 100%", *WORDS]
    assert said["TryExec"] == WORDS[0]
    assert said["Path"] == "/"
    assert "Version" not in said  # MATE and Cinnamon refuse one that is later than they know


FOLDERS = ("a=b", "=", "100%", "%f", "a b", "$HOME", 'a"b', "a\\b", "`a`", "a'b", "a;b&c", "~", "a\tb")
"""Names that a desktop entry, a shell or ``env`` could read as something else."""


@pytest.mark.skipif(shutil.which("gio") is None, reason="needs GLib's own starter of desktop entries")
@pytest.mark.parametrize("needs", [{}, {"COACH_HOME": "/home/me/a=b 100%"}], ids=["installed", "own home"])
@pytest.mark.parametrize(
    "folder", ["a=b", "=", "100%", "%f", "a b", "$HOME", 'a"b', "a\\b", "`a`", "a'b", "a;b&c", "~", "a\tb"]
)
def test_a_desktop_starts_a_program_of_any_path(tmp_path: Path, folder: str, needs: dict[str, str]) -> None:
    """Whatever the letters of its path, a real desktop's library runs it, with its words and its home as they are."""
    program, ran = tmp_path / folder / "python", tmp_path / "ran"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$0" "$@" "$COACH_HOME" > "{ran}.new"\nmv "{ran}.new" "{ran}"\n')
    program.chmod(0o755)
    words = [str(program), "-m", "coach", "x=y", "100%"]
    entry = tmp_path / "coach.desktop"
    entry.write_bytes(autostart.content("linux", words, needs))
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", entry], check=True)
    subprocess.run(["gio", "launch", entry], check=True, env={**os.environ, "COACH_HOME": ""})
    deadline = time.monotonic() + 30
    while not ran.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert ran.read_text() == "|".join((*words, needs.get("COACH_HOME", ""), ""))


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_program_of_any_path_is_found_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: str) -> None:
    """`coach autostart status` looks for the program that will be started, not for a word beside it."""
    program = tmp_path / folder / "python"
    program.parent.mkdir()
    program.write_text("")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    autostart.enable()
    assert autostart.obstacle("linux") is None
    program.unlink()
    assert autostart.obstacle("linux") == "no-program"


def test_the_launch_agent_runs_what_it_should() -> None:
    """launchd reads a property list."""
    job = plistlib.loads(autostart.content("darwin", WORDS, NEEDS))
    assert job["ProgramArguments"] == WORDS
    assert job["EnvironmentVariables"] == NEEDS
    assert job["RunAtLoad"] is True


def test_the_batch_file_runs_what_it_should() -> None:
    """Windows starts it without a window, with per cent signs doubled."""
    lines = autostart.content("win32", ["C:\\py\\python.exe", "-m", "coach"], NEEDS).decode().split("\r\n")
    assert 'set "COACH_HOME=/home/me/knee 100%%"' in lines
    assert 'start "" /b "C:\\py\\pythonw.exe" "-m" "coach"' in lines


def test_enabled_and_removed_without_trace(coach: Callable[..., Ran], tmp_path: Path) -> None:
    """On, it says where; off, nothing is left, and off twice is no error."""
    assert coach("autostart", "status").out.startswith("Off")
    path = Path(coach("autostart", "enable").out.rsplit(": ", 1)[1].strip())
    assert path.stat().st_mode & 0o077 == 0
    assert str(path) in coach("autostart", "status").out
    assert coach("autostart", "disable").code == coach("autostart", "disable").code == 0
    assert not path.parent.exists()


def test_two_homes_start_two_agents(coach: Coach, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The entry of a second home leaves the first's alone, and is switched off alone."""
    for name in ("a", "ab"):
        monkeypatch.setenv("COACH_HOME", str(tmp_path / name))
        coach("autostart", "enable")
    entries = sorted((tmp_path / "config" / "autostart").iterdir())
    assert len(entries) == 2
    assert coach("erase", "--yes").code == 0
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "a"))
    assert coach("autostart", "status").out.startswith("On")
    assert len(list((tmp_path / "config" / "autostart").iterdir())) == 1


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("Terminal=false", "Hidden=true", "own settings"),
        ("X-GNOME-Autostart-enabled=true", "X-GNOME-Autostart-enabled=false", "own settings"),
        (sys.executable, "/nowhere/python", "gone"),
        ("Exec=", "Exek=", "can't be read"),
    ],
)
def test_on_is_said_only_of_what_will_start(coach: Coach, before: str, after: str, why: str) -> None:
    """Switched off by the desktop, the interpreter gone, or broken: off, why, and what to do."""
    coach("autostart", "enable")
    path = autostart.file_of()
    path.write_text(path.read_text().replace(before, after))
    said = coach("autostart", "status").out
    assert said.startswith("Off")
    assert why in said
    assert "coach autostart enable" in said
    coach("autostart", "enable")
    assert coach("autostart", "status").out.startswith("On")


def test_nothing_of_the_current_folder_runs(tmp_path: Path) -> None:
    """A module of a library's name beside the person's own files is not run by what the program starts."""
    (tmp_path / "msgspec.py").write_text("raise SystemExit('run')")
    (tmp_path / "queue.py").write_text("raise SystemExit('run')")
    ran = subprocess.run(
        command("--version"), cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
