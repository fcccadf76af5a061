"""Starting and stopping the agent from another process."""

import time

from coach.agent.holder import end_holder
from coach.agent.status import ask_agent
from coach.errors import CoachError
from coach.places import Places
from coach.records.lock import Holder, holder_of

STOP_S = 15.0
"""How long an agent may take to stop: it may be waiting for an answer of the notification server."""
_STEP_S = 0.05
_LONGEST_REASON = 300


def start_agent(places: Places) -> Holder:
    """Start the agent in the background and return it once it is up; raises ``CoachError`` that says why not.

    It has a session of its own, so that it outlives the terminal; what it says before its log is open comes here.
    """
    make_way(places)
    from coach.agent.launch import UP, launch  # sockets and child processes: 5 ms that most commands need not wait for

    output = launch()
    if not output.startswith(UP):
        lines = output.decode(errors="replace").strip().splitlines()
        reason = lines[-1][:_LONGEST_REASON] if lines else "?"
        raise CoachError("agent.error.not-up", why=reason, log=str(places.agent_log()))
    return holder_of(places.agent_lock()) or Holder(0, "agent")


def make_way(places: Places) -> None:
    """End an agent that cannot deliver, such as one of an earlier login; raises ``CoachError`` where one is to stay.

    An agent whose desktop session is over holds the lock, and nothing it shows is ever seen.
    """
    running = holder_of(places.agent_lock())
    if running is None:
        return
    if running.by != "agent" or ask_agent(places).calls:
        raise CoachError("agent.error.owned", pid=running.pid, by=running.by)
    stop_agent(places)


def stop_agent(places: Places) -> Holder | None:
    """Stop the agent and wait until it has ended; None where none runs. The screen is not stopped from here."""
    running = holder_of(places.agent_lock())
    if running is None:
        return None
    if running.by == "ui":
        raise CoachError("agent.error.in-screen", pid=running.pid)
    end_holder(places.agent_lock(), running)
    for _ in range(int(STOP_S / _STEP_S)):
        if (current := holder_of(places.agent_lock())) is None or current.pid != running.pid:
            return running
        time.sleep(_STEP_S)
    raise CoachError("agent.error.not-stopped", pid=running.pid)


def ensure_agent(places: Places) -> CoachError | None:
    """See to it that somebody keeps the reminders; return why nobody does, None where all is well."""
    if holder_of(places.agent_lock()) is not None:
        return None
    try:
        start_agent(places)
    except CoachError as error:
        # another command may have started it at the same moment
        return error if holder_of(places.agent_lock()) is None else None
    return None
