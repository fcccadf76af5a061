"""Whose program it is at the other end of a connection over loopback, as Linux tells it."""

import os
import socket
import sys
from pathlib import Path

TABLE = Path("/proc/net/tcp")
"""Every IPv4 connection of this machine with the user it belongs to, since Linux 2.2 (``proc_net_tcp.txt``)."""
ROOT_USER = 0
"""May do anything here anyway, and relays connections, such as those of a browser outside WSL."""


def owner_of(connection: tuple[str, int], here: tuple[str, int]) -> int | None:
    """Return the user id behind ``connection``, which reached our socket ``here``; None where nobody tells."""
    if sys.platform != "linux":
        return None
    ends = f"{_written(connection)} {_written(here)}"
    try:
        lines = TABLE.read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return None
    for line in lines:
        columns = line.split()
        if f"{columns[1]} {columns[2]}" == ends:
            return int(columns[7])
    return None


def is_stranger(owner: int | None) -> bool:
    """Tell whether a user id is known to be neither ours nor that of the administrator."""
    return owner is not None and owner not in (os.getuid(), ROOT_USER)


def _written(end: tuple[str, int]) -> str:
    """Return an address as the table writes it: the four bytes as the machine orders an integer, then the port."""
    return f"{int.from_bytes(socket.inet_aton(end[0]), sys.byteorder):08X}:{end[1]:04X}"
