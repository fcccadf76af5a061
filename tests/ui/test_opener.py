"""A file is opened by the desktop's own program, where there is a desktop that has one."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coach.ui.opener import open_file, opener


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand on a Linux desktop whose program for files is in a folder of its own."""
    program = tmp_path / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o700)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return program


def test_each_system_has_its_own_program(there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of Linux with X or Wayland, macOS, and Windows."""
    assert opener() == [str(there)]
    monkeypatch.delenv("DISPLAY")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert opener() == [str(there)]
    monkeypatch.setattr(sys, "platform", "darwin")
    assert opener() == ["open"]
    monkeypatch.setattr(sys, "platform", "win32")
    assert opener() == ["cmd", "/c", "start", ""]


def test_without_a_desktop_or_its_program_nothing_is_opened(there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a server, and where nothing of a desktop is installed: the path is shown instead."""
    page = there.parent / "page.html"
    with monkeypatch.context() as server:
        server.delenv("DISPLAY")
        assert opener() is None
        assert not open_file(page)
    assert open_file(page)
    there.write_text("no program\n")
    assert not open_file(page)
    there.unlink()
    assert opener() is None


def test_what_is_opened_prints_nothing_into_the_screen(
    there: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Its words would stand across the page; what it is given is the path, whole."""
    there.write_text('#!/bin/sh\necho out; echo err >&2\nprintf %s "$1" > "$0.opened"\n')
    begun: list[Any] = []
    start = subprocess.Popen
    monkeypatch.setattr("subprocess.Popen", lambda *words, **options: begun.append(start(*words, **options)))
    assert open_file(Path("/a page.html"))
    assert begun[0].wait(60) == 0
    assert there.with_name("xdg-open.opened").read_text() == "/a page.html"
    assert capfd.readouterr() == ("", "")
