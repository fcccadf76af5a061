"""The background agent: one process that keeps the reminders, started, stopped and found by the other commands."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress

from coach import clock
from coach.errors import CoachError
from coach.home import Home
from coach.places import Places
from coach.remind.channels import Popup
from coach.remind.lock import Held, Owner, owner, take
from coach.remind.patience import limit, nap
from coach.remind.start import command, environment
from coach.words import Words

UP_S = 20.0
"""How long a start may take."""
STOP_S = 15.0
"""How long an agent may take to stop: it may be waiting for an answer of the notification server."""
_STEP_S = 0.05
_UP = b"up\n"


def run_agent(home: Home, ring: Callable[[Popup], bool] | None = None, tell: Callable[[str], object] = print) -> None:
    """Keep the reminders in this process until a signal ends it; raises ``CoachError`` where another does already."""
    held = take(home.places, "agent", clock.now().isoformat())
    if not isinstance(held, Held):
        raise CoachError("agent.error.owned", pid=held.pid if held else "?", by=_by(held))
    try:
        _serve(home, held, ring, tell)
    finally:
        held.release()


def _serve(home: Home, held: Held, ring: Callable[[Popup], bool] | None, tell: Callable[[str], object]) -> None:
    from coach.remind.service import Service

    service = Service(home, "agent", ring=ring, stands=held.stands)
    for number in _endings():
        signal.signal(number, lambda *_: service.stop())
    service.run(up=lambda: tell("up"))


def _endings() -> list[signal.Signals]:
    names = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")
    return [signal.Signals[name] for name in names if name in signal.Signals.__members__]


def _by(who: Owner | None) -> str:
    return who.by if who else "agent"


def start_agent(places: Places) -> Owner:
    """Start the agent in the background and return it once it is up; raises ``CoachError`` that says why not.

    It has a session of its own, so that it outlives the terminal; what it says before its log is open comes here.
    """
    if (who := owner(places)) is not None:
        raise CoachError("agent.error.owned", pid=who.pid, by=_by(who))
    said = _launch()
    if not said.startswith(_UP):
        lines = said.decode(errors="replace").strip().splitlines()
        raise CoachError("agent.error.not-up", why=lines[-1][:300] if lines else "?", log=str(places.agent_log()))
    return owner(places) or Owner(0, "agent", "")


if sys.platform == "win32":

    def _launch() -> bytes:
        """Start the agent and return what it says first."""
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        child = subprocess.Popen(
            command("agent", "run", "--detached"), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env=environment(), creationflags=flags,
        )  # fmt: skip
        assert child.stdout is not None
        return child.stdout.readline()

else:

    def _launch() -> bytes:
        """Start the agent and return what it says first."""
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                subprocess.Popen(
                    command("agent", "run", "--detached"), stdin=subprocess.DEVNULL, stdout=theirs.fileno(),
                    stderr=theirs.fileno(), env=environment(), cwd="/", start_new_session=True,
                )  # fmt: skip
            limit(ours, UP_S)
            said = b""
            with suppress(BlockingIOError):
                while not said.startswith(_UP) and (part := ours.recv(4096)):
                    said += part
            return said


def let_go() -> None:
    """Tell the starter that the agent is up, and part from its terminal for good."""
    with suppress(OSError):
        os.write(1, _UP)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def stop_agent(places: Places) -> Owner | None:
    """Stop the agent and wait until it has ended; None where none runs. The screen is not stopped from here."""
    who = owner(places)
    if who is None:
        return None
    if who.by == "ui":
        raise CoachError("agent.error.in-screen", pid=who.pid)
    with suppress(ProcessLookupError):
        os.kill(who.pid, signal.SIGTERM)
    for _ in range(int(STOP_S / _STEP_S)):
        if (now := owner(places)) is None or now.pid != who.pid:
            return who
        nap(_STEP_S)
    raise CoachError("agent.error.not-stopped", pid=who.pid)


def ensure_agent(places: Places, words: Words) -> str | None:
    """See to it that somebody keeps the reminders; return why nobody does, None where all is well."""
    if owner(places) is not None:
        return None
    try:
        start_agent(places)
    except CoachError as error:
        return words(error.key, **error.values) if owner(places) is None else None
    return None
