"""What the agent holds after days of life."""

import re

import pytest

from tests.desktop.conftest import Machine, wait_for
from tests.desktop.life import Life, holds

pytestmark = pytest.mark.desktop
FILES = re.compile(
    r"agent\.log|agent-[0-9a-f]{16}\.json|(agent|records|session)\.lock|cache/agent(\.json|-asked)|cache/tones/\w+\.wav"
    r"|(profile|state|(records|reminders)-\d{4}-\d\d)\.json(\.bak)?"
)
ONCE_KB = 768
"""What may come once and late: a table of the interpreter doubles, by half a megabyte. A month is for the bench."""


@pytest.mark.heavy
@pytest.mark.timeout(400)
def test_days_leave_nothing_behind(machine: Machine) -> None:
    """Popups answered, breaks led, absences, commands, changed settings: no memory, descriptor, child or file stays."""
    life = Life(machine)
    _, second, _, last = life.evenings(4)
    assert last.own_kb - second.own_kb < ONCE_KB
    lock, log = machine.home / "agent.lock", machine.home / "agent.log"
    records = machine.home / "records.lock"  # stays open once written to: the agent must notice an erased home
    needed = {"/dev/null": 2, "pipe": 1, "socket": 4, "anon_inode": 2, str(lock): 1, str(log): 1, str(records): 1}

    def at_rest() -> bool:
        now = holds(life.agent.pid, machine.home)
        return (now.descriptors, now.threads, now.children) == (needed, 1, 0) and all(map(FILES.fullmatch, now.files))

    wait_for(at_rest)
    assert {"shown", "acted", "snoozed"} <= {row["outcome"] for row in machine.log(machine.environment)}
