"""An X11 display in this process, in the display's own protocol: idle time, and a window that fills the screen."""

import os
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.remind.presence.x11 import X11Idle, is_full_screen

ROOT, WINDOW = 0x123, 0x400001
SAVER = 140
"""The number of the screen saver extension."""


class Display:
    """A display that answers what the program asks; ``say_no`` makes every answer an error."""

    def __init__(self, number: int) -> None:
        self.idle_ms = 0
        self.cookie = b""
        self.has_saver = True
        self.say_no = False
        self.atoms = {"_NET_ACTIVE_WINDOW": 300, "_NET_WM_STATE": 301, "_NET_WM_STATE_FULLSCREEN": 302}
        self.properties: dict[tuple[int, int], tuple[int, ...]] = {(ROOT, 300): (WINDOW,), (WINDOW, 301): ()}
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(f"\0/tmp/.X11-unix/X{number}")
        self._listener.listen()
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)  # ends the wait of the thread, which else keeps the address
        self._listener.close()
        self._thread.join()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client:
            name_length, data_length = struct.unpack_from("<HH", self._take(client, 12), 6)
            auth = self._take(client, name_length + -name_length % 4 + data_length + -data_length % 4)
            cookie = auth[name_length + -name_length % 4 :][:data_length]
            if cookie != self.cookie:
                client.sendall(struct.pack("<BBHHH", 0, 0, 11, 0, 0))
                return
            vendor = b"tests"
            setup = struct.pack("<IIIIHHBB", 0, 0, 0, 0, len(vendor), 65535, 1, 1) + bytes(10) + vendor + bytes(3)
            setup += bytes(8) + struct.pack("<I", ROOT) + bytes(36)
            client.sendall(struct.pack("<BBHHH", 1, 0, 11, 0, len(setup) // 4) + setup)
            client.sendall(struct.pack("<B31x", 2))  # an event that nobody asked for
            while header := client.recv(4, socket.MSG_WAITALL):
                opcode, _, length = struct.unpack("<BBH", header)
                client.sendall(self._answer(opcode, self._take(client, length * 4 - 4)))

    def _answer(self, opcode: int, body: bytes) -> bytes:
        if self.say_no:
            return struct.pack("<B31x", 0)
        if opcode == 98:
            return struct.pack("<BxHIBB22x", 1, 0, 0, self.has_saver, SAVER)
        if opcode == SAVER:
            return struct.pack("<BxHIIIII8x", 1, 0, 0, 0, 0, self.idle_ms, 0)
        if opcode == 16:
            (length,) = struct.unpack_from("<H", body)
            return struct.pack("<BxHII20x", 1, 0, 0, self.atoms.get(body[4 : 4 + length].decode(), 0))
        window, atom = struct.unpack_from("<II", body)
        numbers = self.properties.get((window, atom), ())
        head = struct.pack("<BBHIIII12x", 1, 32 if numbers else 0, 0, len(numbers), 4, 0, len(numbers))
        return head + struct.pack(f"<{len(numbers)}I", *numbers)

    def _take(self, client: socket.socket, count: int) -> bytes:
        return client.recv(count, socket.MSG_WAITALL) if count else b""


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Display]:
    """Return a display, and point the program to it."""
    number = 7000 + os.getpid() % 1000
    monkeypatch.setenv("DISPLAY", f":{number}.0")
    monkeypatch.setenv("XAUTHORITY", str(tmp_path / "authority"))
    made = Display(number)
    yield made
    made.close()


def test_idle_time_counts_from_the_first_touch_seen(display: Display) -> None:
    """A display that nobody ever touched tells nothing of a person."""
    idle = X11Idle()
    display.idle_ms = 5000
    assert idle() is None
    display.idle_ms = 7000
    assert idle() is None
    display.idle_ms = 1000
    assert idle() == 1.0
    display.idle_ms = 90_000
    assert idle() == 90.0


def test_a_display_that_fails_or_goes_is_unknown_and_found_again(display: Display) -> None:
    """No idle time is made up; when it answers again, so does the program."""
    idle = X11Idle()
    idle()
    display.say_no = True
    assert idle() is None
    display.say_no, display.has_saver = False, False
    assert idle() is None
    display.has_saver, display.idle_ms = True, 9000
    idle()
    display.idle_ms = 10
    assert idle() == 0.01


def test_the_cookie_of_the_display_is_given(display: Display, tmp_path: Path) -> None:
    """From the authority file, the entry of this display; without it we are refused."""
    display.cookie = b"0123456789abcdef"
    assert X11Idle()() is None
    number = os.environ["DISPLAY"].removeprefix(":").removesuffix(".0").encode()
    entries = [(256, b"host", b"1", b"OTHER", b"x"), (256, b"host", number, b"MIT-MAGIC-COOKIE-1", display.cookie)]
    packed = b"".join(
        struct.pack(">H", family) + b"".join(struct.pack(">H", len(part)) + part for part in parts)
        for family, *parts in entries
    )
    (tmp_path / "authority").write_bytes(packed)
    idle, display.idle_ms = X11Idle(), 100
    idle()
    display.idle_ms = 10
    assert idle() == 0.01


@pytest.mark.parametrize("name", ["", "other:0", ":7999"])
def test_no_display_here_is_unknown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """None set, one of another machine, and one that is gone."""
    monkeypatch.setenv("DISPLAY", name)
    assert X11Idle()() is None
    assert not is_full_screen()


def test_a_window_that_fills_the_screen(display: Display) -> None:
    """The one in front, as its window manager says."""
    assert not is_full_screen()
    display.properties[WINDOW, 301] = (5, 302)
    assert is_full_screen()
    display.properties[ROOT, 300] = (0,)
    assert not is_full_screen()
    display.atoms = {}
    assert not is_full_screen()
