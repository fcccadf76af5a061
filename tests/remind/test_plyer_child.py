"""What shows a popup by plyer: it ends well only where the program that shows it did."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from coach.remind.channels import plyer, plyer_child

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="notify-send is of Linux")


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the machine a ``notify-send`` that writes down what it is given, and the child a popup to show."""
    program, log = tmp_path / "bin" / "notify-send", tmp_path / "shown"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nfor word; do echo "$word" >> {log}; done\nexit $(cat {tmp_path}/status)\n')
    program.chmod(0o700)
    (tmp_path / "status").write_text("0")
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    for name in ("call", "run"):  # as plyer's own is changed for the whole process
        monkeypatch.setattr(subprocess, name, getattr(subprocess, name))
    popup = {"title": "--help", "message": "It's tea"}
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(popup).encode())))
    return log


def test_a_title_that_looks_like_an_option_is_a_title(shown: Path) -> None:
    """And what was shown is said to be shown."""
    assert plyer_child.main() == 0
    words = shown.read_text(encoding="utf-8").splitlines()
    assert words[-3:] == ["--", "--help", "It's tea"]


def test_a_popup_that_nobody_took_is_an_error(shown: Path, tmp_path: Path) -> None:
    """plyer itself would call it shown."""
    (tmp_path / "status").write_text("1")
    with pytest.raises(subprocess.CalledProcessError):
        plyer_child.main()


def test_what_a_program_says_of_itself_is_looked_at(tmp_path: Path, shown: Path) -> None:
    """Its exit status is what the caller gets."""
    assert plyer_child._checked(["notify-send", "title", "message", "-a", "coach"]) == 0
    assert shown.read_text(encoding="utf-8").split() == ["-a", "coach", "--", "title", "message"]


@pytest.mark.parametrize("status", [0, 1])
def test_the_child_shows_it_before_it_says_so(shown: Path, tmp_path: Path, status: int) -> None:
    """As a process of its own: nothing is called delivered that no program was given."""
    (tmp_path / "status").write_text(str(status))
    result = plyer._show_in_child({"title": "Tea", "message": "now"})
    assert result.channel == (None if status else "plyer")
    assert shown.read_text(encoding="utf-8").split()[-2:] == ["Tea", "now"]
