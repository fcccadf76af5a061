"""Ending the process that holds a lock, after making sure that it is the one: numbers are used again."""

import os
import platform
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

from coach.errors import CoachError
from coach.records.lock import Holder, holders_by_system

_ASK_S = 5.0


def end_holder(path: Path, holder: Holder) -> None:
    """Ask the process that holds the lock at ``path`` to end; raises ``CoachError`` where it cannot be told who does.

    A lock that is empty, foreign, or held in another process namespace (a container that shares the folder) names a
    process that is none of ours, or the number 0 or −1, which mean many.
    """
    if holder.pid <= 1 or not _holds(path, holder.pid):
        raise CoachError("agent.error.not-known", pid=holder.pid, path=str(path))
    with suppress(ProcessLookupError):
        os.kill(holder.pid, signal.SIGTERM)


def _holds(path: Path, pid: int) -> bool:
    system = platform.system()
    if system == "Linux":
        with suppress(OSError):
            return str(pid) in holders_by_system(path)
        return False
    if system == "Windows":
        return "python" in _output("tasklist", "/NH", "/FI", f"PID eq {pid}").casefold()
    return "coach" in _output("ps", "-o", "command=", "-p", str(pid))


def _output(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, timeout=_ASK_S, check=False, text=True).stdout
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return ""
