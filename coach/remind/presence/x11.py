"""An X11 display, asked in its own protocol: no library that would end the process with the display."""

import os
import re
import socket
import struct
from contextlib import closing
from pathlib import Path

ASK_S = 1.0
_SCREEN_SAVER = b"MIT-SCREEN-SAVER"
_COOKIE = b"MIT-MAGIC-COOKIE-1"
_FAMILY_LOCAL, _FAMILY_WILD = 256, 65535
_BROKEN = (OSError, struct.error, IndexError)
"""What comes of a display that is not there, goes, or says what cannot be read."""


class X11Idle:
    """The idle time of the display of ``DISPLAY``, on this machine.

    A display that never saw a touch (a virtual one) tells nothing of a person: it counts from the first touch seen.
    """

    def __init__(self) -> None:
        """Connect when first asked."""
        self._display: X11Display | None = None
        self._opcode = 0
        self._last: float | None = None
        self._touched = False

    def __call__(self) -> float | None:
        """Return the seconds since the last touch, None where there is no display or it was never touched."""
        try:
            if self._display is None:
                self._display = X11Display()
                self._opcode = self._display.extension(_SCREEN_SAVER)
            reply = self._display.answer(struct.pack("<BBHI", self._opcode, 1, 2, self._display.root))
            idle = float(struct.unpack_from("<I", reply, 16)[0]) / 1000
        except _BROKEN:
            if self._display is not None:
                self._display.close()
            self._display = self._last = None
            return None
        # The count of a display begins at its start: only one that went down tells of a hand.
        self._touched = self._touched or (self._last is not None and idle < self._last)
        self._last = idle
        return idle if self._touched else None


def is_full_screen() -> bool:
    """Tell whether the window in front fills the whole screen, as its window manager says."""
    try:
        with closing(X11Display()) as display:
            active = display.numbers(display.root, "_NET_ACTIVE_WINDOW")
            states = display.numbers(active[0], "_NET_WM_STATE") if active and active[0] else ()
            return display.atom("_NET_WM_STATE_FULLSCREEN") in states
    except _BROKEN:
        return False


class X11Display:
    """A connection to the display; whatever is wrong with it is one of ``_BROKEN``."""

    def __init__(self) -> None:
        """Connect and introduce ourselves."""
        display = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", os.environ.get("DISPLAY", ""))
        if display is None:
            raise OSError("no display on this machine")
        self._socket = _connected(display[1])
        try:
            self.root = self._greet(display[1])
        except _BROKEN:
            self._socket.close()
            raise

    def close(self) -> None:
        """Leave the display."""
        self._socket.close()

    def extension(self, name: bytes) -> int:
        """Return the number by which an extension is called."""
        # 98: QueryExtension; the number differs from display to display.
        request = struct.pack("<BxHHxx", 98, 2 + (len(name) + 3) // 4, len(name)) + name + bytes(-len(name) % 4)
        present, opcode = struct.unpack_from("<BB", self.answer(request), 8)
        if not present:
            raise OSError("the display has no such extension")
        return int(opcode)

    def atom(self, name: str) -> int:
        """Return the number of a name, 0 where nobody has used it."""
        data = name.encode()
        # 16: InternAtom, only if it exists: a question must not make names on the display.
        request = struct.pack("<BBHHxx", 16, 1, 2 + (len(data) + 3) // 4, len(data)) + data + bytes(-len(data) % 4)
        return int(struct.unpack_from("<I", self.answer(request), 8)[0])

    def numbers(self, window: int, name: str) -> tuple[int, ...]:
        """Return a property of a window as numbers; empty where it has none."""
        if not (atom := self.atom(name)):
            return ()
        # 20: GetProperty, of any type, 32 numbers at most: a window has few states.
        reply = self.answer(struct.pack("<BBHIIIII", 20, 0, 6, window, atom, 0, 0, 32))
        (count,) = struct.unpack_from("<I", reply, 16)
        return struct.unpack_from(f"<{count}I", reply, 32) if reply[1] == 32 else ()

    def _greet(self, display: str) -> int:
        """Introduce ourselves and return the root window."""
        cookie = _cookie(display)
        name = _COOKIE if cookie else b""
        padded = name + bytes(-len(name) % 4) + cookie + bytes(-len(cookie) % 4)
        self._socket.sendall(struct.pack("<BxHHHHxx", 0x6C, 11, 0, len(name), len(cookie)) + padded)
        # Setup: eight bytes that say whether we are welcome, then a block that ends with the screens.
        status, _, _, _, length = struct.unpack("<BBHHH", self._exactly(8))
        setup = self._exactly(length * 4)
        if status != 1:
            raise OSError("the display refused us")
        vendor, formats = struct.unpack_from("<H", setup, 16)[0], setup[21]
        (root,) = struct.unpack_from("<I", setup, 32 + vendor + -vendor % 4 + 8 * formats)
        return int(root)

    def answer(self, request: bytes) -> bytes:
        """Send a request and return its reply; events in between are passed over."""
        self._socket.sendall(request)
        while True:
            message = self._exactly(32)
            if message[0] == 0:
                raise OSError("the display said no")
            if message[0] == 1:
                (more,) = struct.unpack_from("<I", message, 4)
                return message + self._exactly(more * 4)

    def _exactly(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            part = self._socket.recv(count - len(data))
            if not part:
                raise OSError("the display is gone")
            data += part
        return data


def _connected(display: str) -> socket.socket:
    path = f"/tmp/.X11-unix/X{display}"  # noqa: S108 -- where X11 has its sockets
    for address in (path, f"\0{path}"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(ASK_S)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
        else:
            return connection
    raise OSError("no display")


def _cookie(display: str) -> bytes:
    """Return the display's cookie from the authority file, empty where there is none."""
    path = Path(os.environ.get("XAUTHORITY") or Path.home() / ".Xauthority")
    try:
        data = path.read_bytes()
    except OSError:
        return b""
    at = 0
    while at + 2 <= len(data):
        (family,) = struct.unpack_from(">H", data, at)
        at += 2
        parts: list[bytes] = []
        for _ in range(4):
            (length,) = struct.unpack_from(">H", data, at)
            parts.append(data[at + 2 : at + 2 + length])
            at += 2 + length
        _, number, name, cookie = parts
        if name == _COOKIE and family in (_FAMILY_LOCAL, _FAMILY_WILD) and number in (b"", display.encode()):
            return cookie
    return b""
