"""The agent at rest on a desktop, beside the other break reminders: the row of ours in their table.

Measured on one machine under Xvfb and dunst: Workrave 42 MB and 5.7 wake-ups a second, Safe Eyes 114 MB, RSIBreak 96 MB
and 3.7, Sane Break 49 MB and 11.4, GNOME Pomodoro 49 MB and 9.2, GNOME Break Timer 20.6 MB and 1.0.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.bench.measure import Row
from tests.helpers import ROOT

SETTLED_S = 8.0
REST_S = 60.0
BEFORE = {"resident": 30.8, "proportional": 20.7, "wake-ups": 0.6}
"""What the agent took before it asked desktops for their switches; nothing may add 1 MB or 0.2 wake-ups a second."""


def rows() -> Iterator[Row]:
    """Measure the agent for a minute on a desktop of its own; nothing where its programs are not installed."""
    if missing := [name for name in ("Xvfb", "dbus-daemon", "dunst") if shutil.which(name) is None]:
        print(f"agent on a desktop: not measured, as not installed: {', '.join(missing)}")
        return
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory())
        environment = {**os.environ, "COACH_HOME": home, "PYTHONPATH": str(ROOT)}

        def start(*words: str, says: int = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
            process = subprocess.Popen(words, env=environment, stdout=says, stderr=subprocess.DEVNULL)
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process

        def first_line(process: "subprocess.Popen[bytes]") -> str:
            assert process.stdout is not None
            return process.stdout.readline().decode().strip()

        display = start("Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24", says=subprocess.PIPE)
        environment["DISPLAY"] = f":{first_line(display)}"
        bus = start("dbus-daemon", "--session", "--nofork", "--print-address", says=subprocess.PIPE)
        environment["DBUS_SESSION_BUS_ADDRESS"] = first_line(bus)
        start("dunst")
        command = (sys.executable, "-m", "coach")
        subprocess.run([*command, "setup", "--yes"], env=environment, stdout=subprocess.DEVNULL, check=True)
        agent = start(*command, "agent", "run")
        time.sleep(SETTLED_S)
        before = _wake_ups(agent.pid), _used_s(agent.pid)
        time.sleep(REST_S)
        wake_ups, used_s = (_wake_ups(agent.pid) - before[0]) / REST_S, _used_s(agent.pid) - before[1]
        memory = _memory_mb(agent.pid)
    yield Row("agent on a desktop, resident", memory["Rss"], BEFORE["resident"], "MB", "+ 1 MB", "before")
    yield Row("agent on a desktop, proportional", memory["Pss"], BEFORE["proportional"], "MB", "+ 1 MB", "before")
    yield Row("agent on a desktop, wake-ups", wake_ups, BEFORE["wake-ups"], "/s", "+ 0.2 /s", "before")
    yield Row("agent on a desktop, share of a core", used_s / REST_S * 100, 0.02, "%", "≤ 1 %", "before")


def _memory_mb(pid: int) -> dict[str, float]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    return {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}


def _wake_ups(pid: int) -> int:
    """Return how often its threads were put to sleep and woken so far."""
    states = (task.joinpath("status").read_text() for task in Path(f"/proc/{pid}/task").iterdir())
    return sum(int(state.split("\nvoluntary_ctxt_switches:")[1].split()[0]) for state in states)


def _used_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
