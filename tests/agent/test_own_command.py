"""Nothing that lies in the folder where a command is typed is run by it, nor by what it starts."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.agent.own_command import environment, module_command
from tests.helpers import ROOT

Spawn = Callable[..., "subprocess.Popen[str]"]
MODULES = ("msgspec", "queue", "json", "socket", "plyer", "jeepney", "apscheduler", "coach", "tinydb", "sitecustomize")


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """Return a folder in which every module that the program reads lies ready, and would leave a trace."""
    folder = tmp_path / "evil"
    folder.mkdir()
    for module in MODULES:
        code = f"open({str(tmp_path / 'trace')!r}, 'a').write('{module} ')\n"
        (folder / f"{module}.py").write_text(code, encoding="utf-8")
    return folder


COMMANDS = (("self-test",), ("reminders", "test"), ("agent", "status"))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_runs_no_code_of_the_current_folder(trap: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Neither itself nor a popup's child does, also where the path of Python names the current folder."""
    code = f"import sys; sys.argv = ['coach', *{words!r}]; from coach.__main__ import run; sys.exit(run())"
    env = {**os.environ, "PYTHONPATH": str(ROOT), "COACH_NOTIFY": "plyer"}
    subprocess.run([sys.executable, "-P", "-c", code], cwd=trap, env=env, check=False, capture_output=True, timeout=120)
    assert not (tmp_path / "trace").exists()


def test_a_child_finds_this_program_and_no_other(trap: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty or relative entry of PYTHONPATH means the current folder, and is not handed on."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(("", ".", "lib", str(tmp_path))))
    child = subprocess.run(
        module_command("coach", "--version"), cwd=trap, env=environment(), check=True, capture_output=True, text=True
    )
    assert child.stdout.startswith("hizaura ")
    assert not (tmp_path / "trace").exists()
    paths = environment()["PYTHONPATH"].split(os.pathsep)
    assert all(os.path.isabs(path) for path in paths)
    assert str(tmp_path) in paths
