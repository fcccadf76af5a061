"""An X11 display in this process, in the display's own protocol: idle time, and a window that fills the screen."""

import os
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.remind.presence import Presence
from coach.remind.presence.busy import is_busy
from coach.remind.presence.x11 import X11Idle, is_full_screen
from tests.remind.bus_daemon import Daemon

ROOT, WINDOW = 0x123, 0x400001
SAVER = 140
"""The number of the screen saver extension."""


class Display:
    """A display as strict as a real one: a question put wrongly is an error, and so is any with ``say_no``."""

    def __init__(self, number: int) -> None:
        self.idle_ms = 0
        self.cookie = b""
        self.has_saver = True
        self.say_no = False
        self.refusal = 0
        """How somebody without the cookie is turned away: 0, or 2, where more would have to be said."""
        self.sizes: dict[int, int] = {}
        """Bits of the numbers of a property, 32 where it is not named."""
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
            order, *version, name_length, data_length = struct.unpack("<BxHHHHxx", self._take(client, 12))
            auth = self._take(client, name_length + -name_length % 4 + data_length + -data_length % 4)
            cookie = auth[name_length + -name_length % 4 :][:data_length]
            name = b"MIT-MAGIC-COOKIE-1" if cookie else b""
            if (order, version, auth[:name_length], cookie) != (ord("l"), [11, 0], name, self.cookie):
                client.sendall(struct.pack("<BBHHH", self.refusal, 0, 11, 0, 2) + b"go away!")
                return
            vendor = b"tests"
            setup = struct.pack("<IIIIHHBB", 0, 0, 0, 0, len(vendor), 65535, 1, 1) + bytes(10) + vendor + bytes(3)
            setup += bytes(8) + struct.pack("<I", ROOT) + bytes(36)
            client.sendall(struct.pack("<BBHHH", 1, 0, 11, 0, len(setup) // 4) + setup)
            client.sendall(struct.pack("<B31x", 2))  # an event that nobody asked for
            while header := client.recv(4, socket.MSG_WAITALL):
                opcode, detail, length = struct.unpack("<BBH", header)
                reply = self._answer(opcode, detail, self._take(client, length * 4 - 4))
                client.sendall(struct.pack("<B31x", 0) if self.say_no or reply is None else reply)

    def _answer(self, opcode: int, detail: int, body: bytes) -> bytes | None:
        if opcode == 98 and self._name(body) == b"MIT-SCREEN-SAVER":
            return struct.pack("<BxHIBB22x", 1, 0, 0, self.has_saver, SAVER)
        if opcode == SAVER and (detail, body) == (1, struct.pack("<I", ROOT)):
            return struct.pack("<BxHIIIII8x", 1, 0, 0, 0, 0, self.idle_ms, 0)
        if opcode == 16 and detail == 1:  # else it would make the name
            return struct.pack("<BxHII20x", 1, 0, 0, self.atoms.get(self._name(body).decode(), 0))
        if opcode == 20 and detail == 0:  # else it would take the property away
            window, atom, kind, begin, most = struct.unpack("<IIIII", body)
            numbers = self.properties.get((window, atom), ())
            if kind or begin:
                return None
            sent = numbers[:most]
            size = self.sizes.get(atom, 32) if numbers else 0
            head = struct.pack("<BBHIIII12x", 1, size, 0, len(sent), 4, (len(numbers) - len(sent)) * 4, len(sent))
            return head + struct.pack(f"<{len(sent)}I", *sent)
        return None

    def _name(self, body: bytes) -> bytes:
        """Return the name in a question that is as long as it says, and not a byte longer than it must be."""
        (length,) = struct.unpack_from("<H", body)
        return body[4 : 4 + length] if len(body) == 4 + length + -length % 4 else b""

    def _take(self, client: socket.socket, count: int) -> bytes:
        return client.recv(count, socket.MSG_WAITALL) if count else b""


@pytest.fixture
def display(bus: Daemon, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Display]:
    """Return a display beside an empty bus, and point the program to it."""
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


def test_a_machine_with_a_display_alone_is_asked_by_it(display: Display) -> None:
    """No desktop that tells over D-Bus: the display's own count is what there is."""
    presence = Presence()
    display.idle_ms = 5000
    assert presence.look(0) is None
    display.idle_ms = 1000
    assert presence.look(0) == 1.0


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
    for display.refusal in (0, 2):
        assert not is_welcome(display)
    number = os.environ["DISPLAY"].removeprefix(":").removesuffix(".0").encode()
    name = b"MIT-MAGIC-COOKIE-1"
    others = [
        (256, b"host", b"1", name, b"x"),
        (256, b"host", number, b"OTHER", b"x"),
        (0, b"host", number, name, b"x"),
    ]
    for entry, welcome in (
        ((256, b"host", number, name, display.cookie), True),
        ((65535, b"", b"", name, display.cookie), True),
        ((256, b"host", number, name, b"another"), False),
    ):
        (tmp_path / "authority").write_bytes(authority(*others, entry))
        assert is_welcome(display) is welcome
    (tmp_path / "authority").write_bytes(authority(*others, entry)[:-3])
    assert not is_welcome(display)
    display.cookie = b""
    (tmp_path / "authority").write_bytes(authority(others[1]) + b"\1")
    assert is_welcome(display)


def authority(*entries: tuple[int, bytes, bytes, bytes, bytes]) -> bytes:
    """Return an authority file: family, host, number of the display, name and content of a cookie."""
    return b"".join(
        struct.pack(">H", family) + b"".join(struct.pack(">H", len(part)) + part for part in parts)
        for family, *parts in entries
    )


def is_welcome(display: Display) -> bool:
    """Tell whether the display answers us."""
    idle, display.idle_ms = X11Idle(), 100
    idle()
    display.idle_ms = 10
    return idle() == 0.01


@pytest.mark.parametrize("name", ["", "other:0", ":7999"])
def test_no_display_here_is_unknown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """None set, one of another machine, and one that is gone."""
    monkeypatch.setenv("DISPLAY", name)
    assert X11Idle()() is None
    assert not is_full_screen()


def test_a_window_that_fills_the_screen(display: Display) -> None:
    """The one in front, as its window manager says."""
    assert not is_full_screen()
    assert not is_busy()
    display.properties[WINDOW, 301] = (5, 302)
    assert is_full_screen()
    assert is_busy()
    display.properties[WINDOW, 301] = (*range(400, 431), 302)  # a window has few states: as many are read
    assert is_full_screen()
    display.sizes = {301: 8}
    assert not is_full_screen()
    display.sizes = {}
    display.properties[ROOT, 300] = (0,)
    display.properties[0, 301] = (302,)
    assert not is_full_screen()
    display.properties[ROOT, 300] = (WINDOW,)
    display.atoms = {}
    assert not is_full_screen()
