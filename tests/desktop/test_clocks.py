"""The real agent over clock changes, journeys, kills at any moment, and an icing that outlives it."""

import json
import random
import signal
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.desktop.conftest import IDLE, PATIENCE_S, POPUPS, Machine, minute
from tests.helpers import beginning

pytestmark = pytest.mark.desktop
MONDAY = "2026-11-23"


@pytest.mark.parametrize(
    ("zone", "start", "dues"),
    [
        ("Europe/Berlin", "2026-10-25 01:20:00", ["01:30", "02:00", "02:30", "03:00", "03:30"]),
        ("America/New_York", "2026-03-08 01:20:00", ["01:30", "03:00", "03:30"]),
        ("Australia/Lord_Howe", "2026-10-04 01:20:00", ["01:30", "02:30", "03:00", "03:30"]),
    ],
)
def test_the_night_the_clocks_change(machine: Machine, zone: str, start: str, dues: list[str]) -> None:
    """A repeated hour rings once; what is skipped comes at the first moment after; each slot once."""
    machine.zone = zone
    server = machine.server(POPUPS, IDLE)
    machine.at(start)
    machine.only(
        machine.lived(),
        *("--id", "tea", "--kind", "custom", "--every", "30m", "--between", "01:00-04:00", "--text", "Tea"),
    )
    agent = machine.agent(machine.lived())
    evening = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    for minutes in range(10, 241, 10):
        machine.at(evening + timedelta(minutes=minutes, seconds=5))
        machine.looks(server)
    agent.send_signal(signal.SIGTERM)
    agent.wait(PATIENCE_S)
    rows = machine.log(machine.lived())
    assert [(minute(row["due"]), row["outcome"]) for row in rows] == [(due, "shown") for due in dues]
    assert len(server.shown) == len(dues)


def test_a_journey_moves_the_slots_with_the_person(machine: Machine) -> None:
    """Shown at noon in Tokyo; the laptop wakes in Berlin, and calls at noon there."""
    server = machine.server()
    machine.zone = "Asia/Tokyo"
    machine.at(f"{MONDAY} 11:56:00")
    machine.only(machine.moved(), "--id", "tea", "--kind", "custom", "--at", "12:00", "--text", "Tea")
    agent = machine.agent(machine.moved())
    machine.at(f"{MONDAY} 12:00:05")
    server.popup("Tea")
    machine.until_logged(machine.moved(), "shown")
    agent.kill()
    agent.wait()
    machine.zone = "Europe/Berlin"
    machine.at(f"{MONDAY} 11:56:00")
    machine.agent(machine.moved())
    machine.at(f"{MONDAY} 12:00:05")
    server.popup("Tea")
    machine.until(lambda: [row["outcome"] for row in machine.log(machine.moved())] == ["shown", "shown"])


@pytest.mark.heavy
def test_killed_at_any_moment_no_slot_comes_twice_or_is_lost(machine: Machine) -> None:
    """Ten kills within a second of each slot: every minute has one row, and as many popups as rows that may be one."""
    server = machine.server()
    machine.at(f"{MONDAY} 10:00:01")
    machine.only(
        machine.moved(), "--id", "tea", "--kind", "custom", "--every", "1m", "--between", "10:00-12:00", "--text", "Tea"
    )
    chance = random.Random(2026)
    for passed in range(1, 11):
        machine.at(f"{MONDAY} 10:{passed:02}:00")
        agent = machine.agent(machine.moved())
        time.sleep(chance.uniform(0, 0.25))
        agent.kill()
        agent.wait()
    machine.at(f"{MONDAY} 10:11:00")
    machine.agent(machine.moved())
    machine.until(lambda: len(machine.log(machine.moved())) >= 11)
    rows = machine.log(machine.moved())
    assert [minute(row["due"]) for row in rows] == [f"10:{passed:02}" for passed in range(1, 12)]
    seen = [row for row in rows if row["outcome"] == "shown"]
    perhaps = [row for row in rows if row["outcome"] == "failed"]
    assert len(seen) <= len(server.shown) <= len(seen) + len(perhaps)


def test_the_end_of_an_icing_outlives_agent_and_sleep(machine: Machine) -> None:
    """A look at the skin at five minutes; the agent is killed, the laptop sleeps: the end comes all the same."""
    server = machine.server()
    machine.at(f"{MONDAY} 10:00:00")
    agent = machine.agent(machine.moved())
    machine.coach(machine.moved(), "check-in", "--rest", "0", "--walking", "1", "--none-of-the-signs")
    machine.coach(machine.moved(), "ice", "start", "15", "--none-of-the-conditions")
    machine.at(f"{MONDAY} 10:06:00")
    server.popup(beginning("popup.ice.check-neutral"))
    machine.until_logged(machine.moved(), "shown")
    agent.kill()
    agent.wait()
    machine.agent(machine.moved())
    machine.at(f"{MONDAY} 10:40:00")
    server.popup("take it off now")
    machine.until(lambda: not json.loads(machine.coach(machine.moved(), "ice", "status", "--json"))["running"])
    rows = [row for row in machine.log(machine.moved()) if row["id"] == "ice"]
    assert [row["outcome"] for row in rows] == ["shown", "missed", "shown"]
