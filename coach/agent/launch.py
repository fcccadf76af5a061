"""How the agent is started in the background, and how it parts from its starter.

A module of its own, as sockets and child processes cost 5 ms of import that a command which finds it running saves.
"""

import os
import socket
import subprocess
import sys
from contextlib import suppress

from coach.agent.own_command import command, environment

UP_S = 20.0
"""How long a start may take."""
UP = b"up\n"
"""What the agent says first."""

if sys.platform == "win32":

    def launch() -> bytes:
        """Start the agent and return what it says first."""
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        child = subprocess.Popen(
            command("agent", "run", "--detached"), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env=environment(), creationflags=flags,
        )  # fmt: skip
        assert child.stdout is not None
        return child.stdout.readline()

else:

    def launch() -> bytes:
        """Start the agent and return what it says first."""
        # A socket pair, not a pipe: its end can be waited for with a limit.
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                subprocess.Popen(
                    command("agent", "run", "--detached"), stdin=subprocess.DEVNULL, stdout=theirs.fileno(),
                    # Not the folder of the starter: it could not be unmounted or removed for weeks.
                    stderr=theirs.fileno(), env=environment(), cwd="/", start_new_session=True,
                )  # fmt: skip
            ours.settimeout(UP_S)
            output = b""
            with suppress(TimeoutError):
                while not output.startswith(UP) and (part := ours.recv(4096)):
                    output += part
            return output


def let_go() -> None:
    """Tell the starter that the agent is up, and part from its terminal for good."""
    with suppress(OSError):
        os.write(1, UP)
    nowhere = os.open(os.devnull, os.O_RDWR)
    # Closed they would be given to the next files that are opened, which libraries then print into.
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
