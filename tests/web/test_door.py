"""Who comes in, and who does not: the secret, the host, the page that asks, the user; and how it all ends."""

import http.client
import os
import re
import select
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

from coach.agent.own_command import command
from coach.remind.channels import Popup
from coach.web.peer import owner_of
from coach.words import Words
from tests.helpers import ROOT, Ran, heavy_but
from tests.web.conftest import Serve, Served, interrupt, wait_for

UPGRADE = {
    "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}  # fmt: skip
PAGES = ("", "ws", "icon.svg", "static/css/xterm.css", "static/js/textual.js")
NOBODY = 65534

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")


def ask(served: Served, path: str, **headers: str) -> tuple[int, Mapping[str, str], str]:
    """Ask for a path as a browser that is not one; return status, headers and body."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
    connection.putrequest("GET", path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    body = "" if response.status == 101 else response.read().decode()
    connection.close()
    return response.status, dict(response.headers), body


def under_secret(served: Served) -> str:
    return f"/{served.address.split('/')[3]}/"


def gone(pid: int) -> bool:
    """Wait some seconds until a process is no more."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False


class OpenTab(NamedTuple):
    """A tab that no browser has opened."""

    program: int
    connection: socket.socket


def opened(served: Served) -> OpenTab:
    """Open a tab by hand, and wait until its program has drawn something."""
    connection = socket.create_connection(("127.0.0.1", served.port))
    lines = [f"GET {under_secret(served)}ws?width=80&height=24 HTTP/1.1", f"Host: 127.0.0.1:{served.port}"]
    lines += [f"Origin: http://127.0.0.1:{served.port}", *(f"{name}: {value}" for name, value in UPGRADE.items())]
    connection.sendall("\r\n".join([*lines, "", ""]).encode())
    drawn = b""
    while b"Hizaura" not in drawn:
        assert select.select([connection], [], [], 20)[0], drawn
        some = connection.recv(65536)
        assert some, (drawn, "was closed")
        drawn += some
    return OpenTab(served.tabs()[-1], connection)


def rest(connection: socket.socket) -> bytes:
    """Return all that comes until the other end closes."""
    connection.settimeout(20)
    data = b""
    while some := connection.recv(65536):
        data += some
    return data


@pytest.mark.parametrize("page", PAGES)
def test_without_the_secret_there_is_nothing(serve: Serve, page: str) -> None:
    """The page, its files and its socket: each asks for the secret, and a wrong one learns nothing."""
    served = serve("--no-browser")
    secret = under_secret(served)
    wrong = f"/{'x' * 43}/"
    headers = {**UPGRADE, "Origin": f"http://127.0.0.1:{served.port}"} if page == "ws" else {}
    for path in (f"/{page}", f"{wrong}{page}", f"{secret[:-2]}/{page}", f"//{page}"):
        assert ask(served, path, **headers)[::2] == (404, ""), path
    assert ask(served, secret + page, **headers)[0] == (101 if page == "ws" else 200)


def test_only_this_host_and_our_own_page_are_answered(serve: Serve) -> None:
    """A name that somebody lets point here, or a page of somebody else's, gets nothing, even with the secret."""
    served = serve("--no-browser")
    secret, own = under_secret(served), f"http://127.0.0.1:{served.port}"
    assert ask(served, secret, Host=f"evil.example:{served.port}")[0] == 403
    assert ask(served, secret, Host=f"localhost:{served.port}")[0] == 403
    assert ask(served, secret, Origin="http://evil.example")[0] == 403
    assert ask(served, secret, Origin="null")[0] == 403
    for origin in ({}, {"Origin": "http://evil.example"}, {"Origin": f"https://127.0.0.1:{served.port}"}):
        assert ask(served, f"{secret}ws", **UPGRADE, **origin)[0] == 403
    assert ask(served, f"{secret}ws", **UPGRADE, Origin=own)[0] == 101


def test_only_the_loopback_is_listened_on(serve: Serve) -> None:
    """Nobody in the same network can even knock."""
    served = serve("--no-browser")
    listening = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    mine = [columns[1] for columns in listening if columns[3] == "0A" and columns[1].endswith(f":{served.port:04X}")]
    assert mine == [f"0100007F:{served.port:04X}"]
    assert f":{served.port:04X} " not in Path("/proc/net/tcp6").read_text()


def test_another_user_of_the_machine_is_refused_even_with_the_secret() -> None:
    """The system tells whose a connection is."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        here = listening.getsockname()
        with socket.create_connection(here) as ours:
            assert owner_of(ours.getsockname(), here) == os.getuid()
        assert owner_of(("127.0.0.1", 1), here) is None


@pytest.mark.skipif(os.getuid() != 0, reason="only the administrator can be somebody else")
def test_somebody_else_gets_nothing(serve: Serve) -> None:
    """With the whole address, from a process of another user."""
    served = serve("--no-browser")
    code = (
        "import http.client, sys; connection = http.client.HTTPConnection('127.0.0.1', int(sys.argv[1]));"
        "connection.request('GET', sys.argv[2]); print(connection.getresponse().status)"
    )
    words = ["/usr/bin/python3", "-c", code, str(served.port), under_secret(served)]
    assert subprocess.run(words, user=NOBODY, check=True, capture_output=True, text=True, cwd="/").stdout == "403\n"


def test_the_page_names_no_other_host(serve: Serve) -> None:
    """Nothing that it would load, and no address in its styles, is elsewhere; and its policy would refuse it."""
    served = serve("--no-browser", "--port", "0")
    secret = under_secret(served)
    _, headers, page = ask(served, secret)
    style = re.sub(r"/\*.*?\*/", "", ask(served, f"{secret}static/css/xterm.css")[2], flags=re.DOTALL)
    addresses = re.findall(r"(?:https?|wss?)?://[^\"'\s<>)]+", page + style)
    assert set(addresses) == {f"ws://127.0.0.1:{served.port}{secret}ws"}
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_page_speaks_the_persons_language(serve: Serve, language: str) -> None:
    """What it says while it opens, and when it is closed."""
    served = serve("--lang", language, "--no-browser")
    page = ask(served, under_secret(served))[2]
    assert f'<html lang="{language}">' in page
    assert ("もう一度開く" in page) == (language == "ja")


def test_a_browser_is_given_a_ticket_not_the_secret(serve: Serve, tmp_path: Path) -> None:
    """A command line is read by everybody: what stands there is good once."""
    note = tmp_path / "opened"
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > {note}.new && mv {note}.new {note}\n')
    opener.chmod(opener.stat().st_mode | stat.S_IXUSR)
    served = serve(PATH=f"{tmp_path}:{os.environ['PATH']}", DISPLAY=":99")
    until = time.monotonic() + 10
    while not note.exists():
        assert time.monotonic() < until
        time.sleep(0.05)
    address = note.read_text()
    assert address.startswith(f"http://127.0.0.1:{served.port}/open/")
    assert under_secret(served).strip("/") not in address
    path = address.partition(str(served.port))[2]
    status, headers, _ = ask(served, path)
    assert (status, headers["Location"]) == (302, served.address)
    assert ask(served, path)[0] == 403
    assert ask(served, "/open/nothing")[0] == 403


@pytest.mark.parametrize("number", heavy_but([signal.SIGTERM], [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]))
def test_it_ends_when_told_and_takes_every_tab_with_it(serve: Serve, number: signal.Signals) -> None:
    """Ctrl+C, a closed terminal: status 0, each tab is told that the server goes, and no process stays behind."""
    served = serve("--no-browser")
    tabs = [opened(served), opened(served)]
    assert len({tab.program for tab in tabs}) == 2
    os.kill(served.process.pid, number)
    assert served.process.wait(30) == 0
    assert all(gone(tab.program) for tab in tabs)
    for tab in tabs:
        assert rest(tab.connection).endswith(b"\x88\x02" + (1001).to_bytes(2, "big"))


def test_where_the_server_is_killed_its_tabs_end_too(serve: Serve) -> None:
    """A program that nobody sees does not run on, nor keep the reminders."""
    served = serve("--no-browser")
    tab = opened(served)
    served.process.kill()
    assert gone(tab.program)


def test_a_tab_that_closes_ends_its_program_alone(serve: Serve) -> None:
    """Several tabs are several programs."""
    served = serve("--no-browser")
    first, second = opened(served), opened(served)
    first.connection.close()
    assert gone(first.program)
    wait_for(lambda: served.tabs() == [second.program])
    assert interrupt(served.process) == 0


def test_without_the_extra_it_says_how_to_get_it(coach: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    """The command is there for everybody; what it needs may not be."""
    monkeypatch.setattr("coach.cli.web.find_spec", lambda _: None)
    ran = coach("web")
    assert (ran.code, ran.out) == (1, "")
    assert "pip install textual-serve" in ran.err


@pytest.mark.parametrize("words", [(), ("--until-closed",)])
def test_who_pressed_an_entry_of_a_menu_reads_it_in_a_popup(
    coach: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Nobody sees what a desktop's program writes; at a terminal the line is enough."""
    said: list[object] = []
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    monkeypatch.setattr("coach.cli.web.find_spec", lambda _: None)
    monkeypatch.setattr("coach.remind.delivery.PopupDelivery.send", lambda _, popup: said.append(popup))
    ran = coach("web", *words)
    popup = Popup(title="Hizaura", body=Words("en")("web.missing"), sound=False)
    assert (ran.code, said) == (1, [popup] if words else [])
    assert ran.err.strip() == popup.body


def test_a_port_that_is_none_or_taken_is_explained(coach: Callable[..., Ran]) -> None:
    """Status 2 for the one, 1 for the other, each in a line."""
    pytest.importorskip("textual_serve")
    assert coach("web", "--port", "70000").code == 2
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = coach("web", "--no-browser", "--port", str(taken.getsockname()[1]))
    assert ran.code == 1
    assert str(taken) not in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "opens", "asked", "says"),
    [((), True, 1, False), ((), False, 1, True), (("--no-browser",), False, 0, False)],
    ids=["opened", "cannot", "unwanted"],
)
def test_that_no_browser_opened_is_said_where_one_was_wanted(
    coach: Callable[..., Ran],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    opens: bool,
    asked: int,
    says: bool,
) -> None:
    """The address stands first and the way to end it next, whether or not a browser follows."""
    pytest.importorskip("textual_serve")
    tried: list[object] = []

    async def run(_: object, ready: Callable[[], None]) -> None:
        ready()

    def open_browser(_: object, places: object) -> bool:
        tried.append(places)
        return opens

    monkeypatch.setattr("coach.web.server.ScreenServer.run", run)
    monkeypatch.setattr("coach.web.server.ScreenServer.open_browser", open_browser)
    ran = coach("web", *words)
    assert (ran.code, ran.err, len(tried)) == (0, "", asked)
    address, *said = ran.out.splitlines()
    assert "http://127.0.0.1:" in address
    english = Words("en")
    assert said == [english("web.end"), *([english("web.no-browser")] if says else [])]


async def test_it_ends_a_minute_after_the_last_tab_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was asked to; a tab that is loaded again within that finds it there."""
    pytest.importorskip("textual_serve")
    from coach.web.server import ScreenServer

    server = ScreenServer([], Words("en"), until_closed=True)
    server._listening.close()
    now = 1000.0
    tabs: dict[float, set[Any]] = {1030.0: {"one"}, 1100.0: set(), 1159.0: {"again"}, 1200.0: set()}

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds
        server._tabs = tabs.get(now, server._tabs)

    monkeypatch.setattr("coach.web.server.time.monotonic", lambda: now)
    monkeypatch.setattr("coach.web.server.asyncio.sleep", sleep)
    await server._wait_for_tabs()
    assert server._ended.is_set()
    assert now == pytest.approx(1260, abs=2)


@pytest.mark.parametrize(
    ("typed", "cells"),
    [("", 80), ("120", 120), ("400", 400), ("401", 400), ("99999", 400), ("9" * 5000, 80), ("-5", 80), ("²", 80)],
    ids=lambda value: str(value)[:9],
)
def test_a_tab_is_as_large_as_it_says_within_bounds(typed: str, cells: int) -> None:
    """An address is anybody's text: a screen of a million cells would take the machine's memory."""
    pytest.importorskip("textual_serve")
    from aiohttp.test_utils import make_mocked_request

    from coach.web.server import _cells

    assert _cells(make_mocked_request("GET", f"/?width={quote(typed)}"), "width", 80) == cells


DEAF = """
import signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
sys.stdout.buffer.write(b"__GANGLION__\\n")
sys.stdout.flush()
time.sleep(60)
"""


async def test_a_tab_whose_program_will_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked, waited for, and killed."""
    pytest.importorskip("textual_serve")
    from textual_serve.download_manager import DownloadManager

    from coach.web import tab

    closed: list[bool] = []

    async def nothing(_: object) -> None:
        """Take what is drawn."""

    async def close() -> None:
        closed.append(True)

    program = tab.TabProgram(
        [sys.executable, "-c", DEAF],
        write_bytes=nothing, write_str=nothing, close=close, download_manager=DownloadManager(),
    )  # fmt: skip
    monkeypatch.setattr(tab, "END_S", 0.2)
    await program.start(80, 24)
    assert program._process is not None
    assert program._process.returncode is None
    await program.stop()
    assert program._process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("language", [("--lang", "ja"), ()])
def test_each_tab_speaks_as_the_server_was_asked_to(
    coach: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, language: tuple[str, ...]
) -> None:
    """Where no language was named, each finds the person's own, which may have changed meanwhile."""
    pytest.importorskip("textual_serve")
    started: list[list[str]] = []

    async def run(server: Any, _: object) -> None:
        started.append(server._arguments)

    monkeypatch.setattr("coach.web.server.ScreenServer.run", run)
    assert coach(*language, "web", "--no-browser").code == 0
    assert started == [command(*language)]


def test_under_the_web_driver_the_screen_runs_through_pipes(home_folder: Path) -> None:
    """``textual-serve`` of somebody's own serves it as well; a plain pipe is refused as before."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}
    words = [sys.executable, "-m", "coach"]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, env=env, stdin=pipe, stdout=pipe, stderr=pipe) as screen:
        assert screen.stdout is not None
        assert screen.stdin is not None
        assert screen.stdout.readline() == b"__GANGLION__\n"
        quits = b'{"type": "quit"}'
        screen.stdin.write(b"M" + len(quits).to_bytes(4, "big") + quits)
        screen.stdin.flush()
        screen.stdout.read()
        assert screen.wait(20) == 0
    del env["TEXTUAL_DRIVER"]
    assert subprocess.run(words, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 2
