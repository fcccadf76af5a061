"""The background agent: one process that keeps the reminders, started, stopped and found by the other commands."""

import gc
import os
import signal
from collections.abc import Callable
from contextlib import suppress

from coach import clock
from coach.errors import CoachError
from coach.home import Home
from coach.owner import Held, Owner, owner, take
from coach.places import Places
from coach.remind.channels import Popup
from coach.words import Words

STOP_S = 15.0
"""How long an agent may take to stop: it may be waiting for an answer of the notification server."""
OFTEN = (700, 10, 10)
"""How often rubbish is looked for: what lives for weeks lets nothing lie about, unlike a short command."""
_STEP_S = 0.05


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

    gc.freeze()
    gc.set_threshold(*OFTEN)
    service = Service(home, "agent", ring=ring, status=held.status)
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
    from coach.remind.launch import UP, launch

    said = launch()
    if not said.startswith(UP):
        lines = said.decode(errors="replace").strip().splitlines()
        raise CoachError("agent.error.not-up", why=lines[-1][:300] if lines else "?", log=str(places.agent_log()))
    return owner(places) or Owner(0, "agent", "")


def stop_agent(places: Places) -> Owner | None:
    """Stop the agent and wait until it has ended; None where none runs. The screen is not stopped from here."""
    who = owner(places)
    if who is None:
        return None
    if who.by == "ui":
        raise CoachError("agent.error.in-screen", pid=who.pid)
    with suppress(ProcessLookupError):
        os.kill(who.pid, signal.SIGTERM)
    from coach.patience import nap

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
