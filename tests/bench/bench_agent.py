"""The agent at rest beside an idle script with the libraries that it is made of."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Row, command
from tests.bench.years import fill
from tests.helpers import ROOT

IDLE = """
import time
import jeepney.io.blocking, plyer, tinydb
from apscheduler.schedulers.background import BackgroundScheduler
BackgroundScheduler().start()
print("up", flush=True)
time.sleep(600)
"""
REST_S = 60.0
SETTLED_S = 6.0
"""After so long an agent has looked at all that changed."""
YEARS = 10


def rows() -> Iterator[Row]:
    """Measure resident memory after a check-in by another process, then the processor time of a minute at rest."""
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as old:
        fill(old, YEARS)
        for one in (home, old):
            command(["-m", "coach", "setup", "--yes"], one)()
        idle, *agents = (
            _start(["-c", IDLE], home),
            *(_start(["-m", "coach", "agent", "run"], one) for one in (home, old)),
        )
        try:
            time.sleep(SETTLED_S)
            for one in (home, old):
                command(["-m", "coach", "check-in", "--walking", "1", "--none-of-the-signs"], one)()
            time.sleep(SETTLED_S)
            agent, aged = agents
            yield Row("agent, resident memory", _resident(agent), _resident(idle), "MB", "≤ 1.25", "idle script")
            yield Row(
                f"agent, resident memory, {YEARS} years", _resident(aged), _resident(agent), "MB", "≤ 1.05", "first day"
            )
            before = _used(agent)
            time.sleep(REST_S)
            share = (_used(agent) - before) / REST_S * 100
            yield Row("agent, share of a core at rest", share, 0.1, "%", "≤ 1", "0.1 %")
        finally:
            for process in (idle, *agents):
                process.send_signal(signal.SIGKILL)
                process.communicate()


def _start(words: list[str], home: str) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "COACH_HOME": home, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, *words], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _resident(process: "subprocess.Popen[bytes]") -> float:
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _used(process: "subprocess.Popen[bytes]") -> float:
    """Return the processor seconds used so far."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
