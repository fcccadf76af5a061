"""Waiting in real seconds, whatever the clocks do: a moved or fast clock must not cut a wait short."""

import socket
import struct
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

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


def run(command: Sequence[str], given: bytes, seconds: float, environment: Mapping[str, str]) -> tuple[int, bytes]:
    """Run ``command`` with ``given`` on its stdin, for at most ``seconds``; return its exit status and what it said.

    Raises ``TimeoutError`` when it takes longer; it is then ended.
    """
    if not _SOCKETS:
        ran = subprocess.run(
            command, input=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds, check=False,
            env=environment,
        )  # fmt: skip
        return ran.returncode, ran.stdout
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            child = subprocess.Popen(
                command, stdin=theirs.fileno(), stdout=theirs.fileno(), stderr=theirs.fileno(), env=environment
            )
        try:
            limit(ours, seconds)
            ours.sendall(given)
            ours.shutdown(socket.SHUT_WR)
            said = b"".join(iter(lambda: ours.recv(4096), b""))
        except BlockingIOError:
            child.kill()
            raise TimeoutError from None
        finally:
            child.wait()
    return child.returncode, said


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
