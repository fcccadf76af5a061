"""Logging in, with a session program of a real desktop."""

import json
import os
import subprocess

import pytest

from tests.desktop.conftest import Machine, needs, wait_for

pytestmark = pytest.mark.desktop


def test_mate_starts_the_agent(machine: Machine, display: str) -> None:
    """The entry that we write is one that MATE's own session program reads, accepts and runs."""
    needs("mate-session")
    person = machine.folder / "person"
    (person / "run").mkdir(parents=True, mode=0o700)
    environment = machine.environment | {
        "HOME": str(person), "XDG_CONFIG_HOME": str(person / "config"), "XDG_RUNTIME_DIR": str(person / "run"),
        "DISPLAY": display, "XDG_CURRENT_DESKTOP": "MATE",
    }  # fmt: skip
    machine.coach(environment, "autostart", "enable")
    session = subprocess.Popen(
        ["mate-session"], env=environment, cwd=machine.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        wait_for(lambda: json.loads(machine.coach(environment, "status", "--json"))["agent"])
        machine.coach(environment, "agent", "stop")
    finally:
        os.killpg(session.pid, 9)
        session.wait()
