"""Waiting in real seconds, whatever the clocks do: a moved or fast clock must not cut a wait short."""

import socket
import struct
import sys
import time

_SOCKETS = hasattr(socket, "AF_UNIX") and sys.platform != "win32"


def limit(sock: socket.socket, seconds: float) -> None:
    """Let ``sock`` wait at most ``seconds`` to receive or to send; the system's kernel counts them."""
    if not _SOCKETS:
        sock.settimeout(seconds)
        return
    whole = int(seconds)
    value = struct.pack("ll", whole, int((seconds - whole) * 1_000_000))
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, value)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, value)


def nap(seconds: float) -> None:
    """Wait ``seconds`` of real time."""
    if not _SOCKETS:
        time.sleep(seconds)
        return
    one, other = socket.socketpair()
    with one, other:
        limit(one, seconds)
        try:
            one.recv(1)
        except BlockingIOError:
            return
