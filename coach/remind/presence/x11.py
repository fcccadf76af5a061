"""Idle time of an X11 display, asked in its own protocol: no library that would end the process with the display."""

import os
import re
import socket
import struct
from pathlib import Path

ASK_S = 1.0
_NAME = b"MIT-SCREEN-SAVER"
_COOKIE = b"MIT-MAGIC-COOKIE-1"
_FAMILY_LOCAL, _FAMILY_WILD = 256, 65535


class X11Idle:
    """The display of ``DISPLAY``, on this machine.

    A display that never saw a touch (a virtual one) tells nothing of a person: it counts from the first touch seen.
    """

    def __init__(self) -> None:
        """Connect when first asked."""
        self._socket: socket.socket | None = None
        self._opcode = 0
        self._root = 0
        self._last: float | None = None
        self._touched = False

    def __call__(self) -> float | None:
        """Return the seconds since the last touch, None where there is no display or it was never touched."""
        try:
            if self._socket is None:
                self._open()
            idle = self._ask()
        except (OSError, struct.error, IndexError):
            self._close()
            return None
        self._touched = self._touched or (self._last is not None and idle < self._last)
        self._last = idle
        return idle if self._touched else None

    def _open(self) -> None:
        display = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", os.environ.get("DISPLAY", ""))
        if display is None:
            raise OSError("no display on this machine")
        self._socket = _connected(display[1])
        self._root = self._greet(display[1])
        request = struct.pack("<BxHHxx", 98, 2 + len(_NAME) // 4, len(_NAME)) + _NAME
        present, opcode = struct.unpack_from("<BB", self._answer(request), 8)
        if not present:
            raise OSError("the display has no screen saver extension")
        self._opcode = opcode

    def _greet(self, display: str) -> int:
        """Introduce ourselves and return the root window."""
        assert self._socket is not None
        cookie = _cookie(display)
        name = _COOKIE if cookie else b""
        padded = name + bytes(-len(name) % 4) + cookie + bytes(-len(cookie) % 4)
        self._socket.sendall(struct.pack("<BxHHHHxx", 0x6C, 11, 0, len(name), len(cookie)) + padded)
        status, _, _, _, length = struct.unpack("<BBHHH", self._exactly(8))
        setup = self._exactly(length * 4)
        if status != 1:
            raise OSError("the display refused us")
        vendor, formats = struct.unpack_from("<H", setup, 16)[0], setup[21]
        (root,) = struct.unpack_from("<I", setup, 32 + vendor + -vendor % 4 + 8 * formats)
        return int(root)

    def _ask(self) -> float:
        reply = self._answer(struct.pack("<BBHI", self._opcode, 1, 2, self._root))
        (milliseconds,) = struct.unpack_from("<I", reply, 16)
        return float(milliseconds) / 1000

    def _answer(self, request: bytes) -> bytes:
        """Send a request and return its reply; events in between are passed over."""
        assert self._socket is not None
        self._socket.sendall(request)
        while True:
            message = self._exactly(32)
            if message[0] == 0:
                raise OSError("the display said no")
            if message[0] == 1:
                (more,) = struct.unpack_from("<I", message, 4)
                return message + self._exactly(more * 4)

    def _exactly(self, count: int) -> bytes:
        assert self._socket is not None
        data = b""
        while len(data) < count:
            part = self._socket.recv(count - len(data))
            if not part:
                raise OSError("the display is gone")
            data += part
        return data

    def _close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket = None
        self._last = None


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
