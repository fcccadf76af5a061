"""What shows a popup by plyer: it ends well only where the program that shows it did."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coach.remind.channels import Popup, ShowResult, plyer, plyer_child
from coach.remind.channels.plyer import PlyerChannel
from tests.remind.bus_daemon import Daemon, NotificationServer

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


def test_in_a_flatpak_its_portal_shows_it(shown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what plyer glues into a command changed so that a person's text can end no string of it; else an error."""
    (tmp_path / "bin" / "notify-send").rename(tmp_path / "bin" / "gdbus")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    (tmp_path / "bin" / "gdbus").write_text(
        (tmp_path / "bin" / "gdbus").read_text(encoding="utf-8").replace("cat", "/bin/cat"), encoding="utf-8"
    )
    monkeypatch.setattr(os.path, "isdir", lambda path: path == "/app")
    plyer_child._linux({"title": "Tea", "message": "It's \\ now"})
    assert shown.read_text(encoding="utf-8").splitlines()[-1] == "{'title': <'Tea'>, 'body': <'It’s ⧵ now'>}"
    (tmp_path / "status").write_text("1")
    with pytest.raises(subprocess.CalledProcessError):
        plyer_child._linux({"title": "Tea", "message": "now"})


def test_a_child_that_hangs_or_cannot_begin_delivered_nothing(shown: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not waited for without end, and the next channel has its turn."""
    monkeypatch.setattr(plyer, "WAIT_S", 0.01)
    result = plyer._show_in_child({"title": "Tea", "message": "now"})
    assert (result.channel, result.why, result.detail) == (None, "not-delivered", "TimeoutExpired")
    monkeypatch.setattr(plyer, "module_command", lambda module: ["/nonexistent"])
    result = plyer._show_in_child({"title": "Tea", "message": "now"})
    assert (result.channel, result.why) == (None, "not-delivered")


@pytest.mark.parametrize(("urgent", "held"), [(False, False), (True, False), (False, True), (True, True)])
def test_it_shows_where_a_server_is_there_and_lets_through(shown: Path, bus: Daemon, urgent: bool, held: bool) -> None:
    """plyer would call it shown without any server; one set not to disturb holds what is not urgent, here as there."""
    channel, popup = PlyerChannel(), Popup(title="Tea", body="a < b", urgent=urgent)
    for result in (channel.show(popup), channel.check()):
        assert (result.channel, result.why) == (None, "not-delivered")
    assert not shown.exists()
    server = NotificationServer()
    server.properties["Inhibited"] = ("b", held)
    bus.add(server)
    assert channel.check() == ShowResult(channel="plyer", why="do-not-disturb" if held else None)
    result = channel.show(popup)
    if held and not urgent:
        assert (result.channel, result.why) == (None, "do-not-disturb")
        assert not shown.exists()
    else:
        assert result == ShowResult(channel="plyer")
        assert shown.read_text(encoding="utf-8").splitlines()[-2:] == ["Tea", "a &lt; b"]


def test_a_server_without_markup_gets_the_text_as_it_is(shown: Path, bus: Daemon) -> None:
    """And how to start, as plyer has no buttons."""
    bus.add(NotificationServer("actions", "body"))
    assert PlyerChannel().show(Popup(title="Tea", body="a < b", without_buttons="coach break")).channel == "plyer"
    assert shown.read_text(encoding="utf-8").splitlines()[-3:] == ["Tea", "a < b", "coach break"]


def test_without_a_program_that_speaks_to_the_server_it_would_not_come(
    bus: Daemon, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """``agent status`` says so before anything is due."""
    bus.add(NotificationServer())
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(plyer, "find_spec", lambda name: None)
    monkeypatch.setattr(os.path, "isdir", lambda path: False)
    assert PlyerChannel().check() == ShowResult(why="not-delivered", detail="no notify-send")
    monkeypatch.setattr(os.path, "isdir", lambda path: path == "/app")
    assert PlyerChannel().check().channel == "plyer"
    monkeypatch.setattr(os.path, "isdir", lambda path: False)
    monkeypatch.setattr(plyer, "find_spec", lambda name: name == "dbus" or None)
    assert PlyerChannel().check().channel == "plyer"


@pytest.mark.parametrize("status", [0, 1])
def test_the_child_shows_it_before_it_says_so(shown: Path, tmp_path: Path, status: int) -> None:
    """As a process of its own: nothing is called delivered that no program was given."""
    (tmp_path / "status").write_text(str(status))
    result = plyer._show_in_child({"title": "Tea", "message": "now"})
    assert result.channel == (None if status else "plyer")
    assert shown.read_text(encoding="utf-8").split()[-2:] == ["Tea", "now"]
