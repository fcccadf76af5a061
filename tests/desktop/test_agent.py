"""The real agent against a server that records: each slot once, and the truth about each in the log."""

import json
import signal
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.desktop.conftest import IDLE, PATIENCE_S, POPUPS, Machine, minute, wait_for
from tests.helpers import beginning

pytestmark = pytest.mark.desktop
MONDAY = "2026-11-23"
SOON = f"{MONDAY} 09:56:00"
"""Time enough to set up what calls at ten o'clock; from here to there is no absence."""
BREAKS = ["09:50", "10:40", "11:30", "12:20", "13:10", "14:00", "14:50", "15:40", "16:30", "17:20"]
TEN_MINUTES = timedelta(minutes=10)
EVENING = ["19:30", "20:00"]


@pytest.mark.heavy
def test_a_work_week_has_every_slot_once_and_nothing_else(machine: Machine) -> None:
    """Seven days with the default reminders, switched on in the morning: each at its time, once, and in the log."""
    server = machine.server(POPUPS, IDLE)
    machine.at(f"{MONDAY} 07:59:00")
    machine.coach(machine.lived(), "setup", "--yes")
    wanted: list[str] = []
    for number in range(7):
        day, works = f"2026-11-{23 + number}", number < 5
        wanted += [f"{day} {at}" for at in (*([*BREAKS, "12:00", "15:00"] if works else ()), *EVENING)]
        begin, end = (datetime.fromisoformat(f"{day} {at}:05") for at in ("09:40" if works else "19:20", "20:20"))
        machine.at(begin)
        agent = machine.agent(machine.lived())
        for tens in range(1, (end - begin) // TEN_MINUTES + 1):
            machine.at(begin + tens * TEN_MINUTES)
            machine.looks(server)
        agent.send_signal(signal.SIGTERM)
        assert agent.wait(PATIENCE_S) == 0
        assert len(server.shown) == len(wanted)
    rows = machine.log(machine.lived())
    assert sorted(row["due"][:16].replace("T", " ") for row in rows) == sorted(wanted)
    assert {(row["outcome"], row["channel"]) for row in rows} == {("shown", "desktop")}
    assert {row["shown_at"][:15] == row["due"][:15] for row in rows} == {True}
    assert len(rows) == 74


def test_a_popup_has_its_buttons_and_says_nothing_of_health(machine: Machine) -> None:
    """On a shared screen: the name coach, neutral words, and a third button that says nothing of pain."""
    server = machine.server()
    told = json.loads(machine.coach(machine.environment, "reminders", "test", "--json"))
    assert told == {"delivered": True, "channel": "desktop", "why": None}
    popup = server.popup()
    assert popup["app"] == "coach"
    assert popup["labels"][-3:] == ["Start", "In 10 minutes", "Stop exercises today"]


def test_a_persons_text_comes_as_it_was_given(machine: Machine) -> None:
    """Markup, a dash in front, brackets and other letters are text; what a terminal would obey is made visible."""
    server = machine.server()
    text = "-<b>Tee & [x]</b> 膝 ☕ \x1b[31m"
    machine.at(SOON)
    machine.only(machine.moved(), "--id", "tea", "--kind", "custom", "--at", "10:00", "--text", text)
    machine.agent(machine.moved())
    machine.at(f"{MONDAY} 10:00:05")
    assert server.popup()["title"] == text.replace("\x1b", "␛")


def test_plyer_gives_a_text_as_it_is_too(machine: Machine) -> None:
    """By plyer and notify-send, a dash in front is no option, and markup in the body is text."""
    server = machine.server()
    long = "-<b>Tea</b> & " + "膝" * 100
    machine.at(SOON)
    clock = machine.moved() | {"COACH_NOTIFY": "plyer"}
    machine.only(clock, "--id", "tea", "--kind", "custom", "--at", "10:00", "--text", "--<b>Tea</b> & 膝")
    machine.coach(clock, "reminders", "add", "--kind", "custom", "--at", "10:01", "--text", long)
    machine.agent(clock)
    machine.at(f"{MONDAY} 10:00:05")
    assert server.popup()["title"] == "--<b>Tea</b> & 膝"
    machine.at(f"{MONDAY} 10:01:05")
    assert server.popup()["body"] == long.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    machine.until(lambda: {row["channel"] for row in machine.log(clock)} == {"plyer"})


def test_a_failing_notify_send_is_not_called_delivered(machine: Machine) -> None:
    """plyer itself would not notice; the log says failed, and what was said."""
    machine.server()
    programs = machine.folder / "bin"
    programs.mkdir()
    (programs / "notify-send").write_text("#!/bin/sh\necho 'no luck' >&2\nexit 1\n")
    (programs / "notify-send").chmod(0o755)
    broken = machine.environment | {"COACH_NOTIFY": "plyer", "PATH": f"{programs}:{machine.environment['PATH']}"}
    machine.coach(broken, "reminders", "test", code=1)


@pytest.mark.parametrize("hours", [3, 13])
def test_after_a_sleep_one_popup_comes_at_once_and_tells_of_the_missed(machine: Machine, hours: int) -> None:
    """Woken, the last slot within its grace comes by itself; the others are missed, told in one line."""
    server = machine.server()
    machine.at(f"{MONDAY} 09:00:00")
    machine.only(
        machine.moved(), "--id", "tea", "--kind", "custom", "--every", "1h", "--between", "00:00-24:00", "--text", "Tea"
    )
    machine.agent(machine.moved())
    machine.at(f"{MONDAY} {9 + hours:02}:05:00")
    assert "earlier reminders couldn't be shown" in server.popup("Tea")["body"]
    machine.until_logged(machine.moved(), "shown")
    rows = machine.log(machine.moved())
    assert [row["outcome"] for row in rows] == ["missed"] * (hours - 1) + ["shown"]
    assert len(server.shown) == 1


def test_after_two_weeks_a_reminder_has_one_row(machine: Machine) -> None:
    """A holiday is one line a reminder, not a hundred."""
    machine.server()
    machine.at(f"{MONDAY} 09:00:00")
    machine.only(machine.moved(), "--id", "tea", "--kind", "custom", "--every", "1h", "--between", "08:00-18:00")
    machine.agent(machine.moved())
    machine.at("2026-12-09 21:00:00")
    row = machine.until_logged(machine.moved(), "missed")
    assert "in all" in row["why"]
    assert len(machine.log(machine.moved())) == 1


def test_a_clock_that_leapt_forward_and_back_loses_nothing(machine: Machine) -> None:
    """Slots marked missed in a future that the clock then left are due again, at their time."""
    server = machine.server()
    machine.at(f"{MONDAY} 09:00:00")
    machine.only(
        machine.moved(), "--id", "tea", "--kind", "custom", "--every", "1h", "--between", "09:00-14:00", "--text", "Tea"
    )
    machine.agent(machine.moved())
    machine.at(f"{MONDAY} 23:00:00")
    machine.until_logged(machine.moved(), "missed")
    machine.at(f"{MONDAY} 10:00:01")
    server.popup("Tea")
    machine.at(f"{MONDAY} 11:00:01")
    server.popup("Tea")

    def shown() -> list[str]:
        return [minute(row["due"]) for row in machine.log(machine.moved()) if row["outcome"] == "shown"]

    machine.until(lambda: shown() == ["10:00", "11:00"])


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM])
def test_killed_and_started_again_nothing_comes_twice(machine: Machine, blow: signal.Signals) -> None:
    """However it ended, the next agent knows what was shown."""
    server = machine.server(POPUPS, IDLE)
    machine.at(SOON)
    machine.only(machine.moved(), "--id", "tea", "--kind", "custom", "--at", "10:00", "--text", "Tea")
    agent = machine.agent(machine.moved())
    machine.at(f"{MONDAY} 10:00:05")
    server.popup("Tea")
    agent.send_signal(blow)
    agent.wait(PATIENCE_S)
    machine.agent(machine.lived())
    machine.later(300)
    machine.looks(server)
    machine.until(lambda: machine.log(machine.moved()))
    assert {row["outcome"] for row in machine.log(machine.moved())} <= {"shown", "failed"}
    assert len(server.shown) == 1


def test_two_agents_started_at_once_are_one(machine: Machine) -> None:
    """The second leaves, with status 1, and names the one that stays."""
    both = [machine.start(machine.environment) for _ in range(2)]
    wait_for(lambda: any(one.poll() is not None for one in both))
    gone, stays = sorted(both, key=lambda one: one.poll() is None)
    assert gone.returncode == 1
    assert gone.stderr is not None
    assert str(stays.pid) in gone.stderr.read()
    assert json.loads(machine.coach(machine.environment, "agent", "status", "--json"))["pid"] == stays.pid


def test_do_not_disturb_holds_and_then_lets_through(machine: Machine) -> None:
    """While the desktop is set not to disturb nothing is shown, and the log says so; then it still comes."""
    server = machine.server()
    server.tell("inhibit yes")
    machine.at(SOON)
    machine.only(machine.moved(), "--id", "tea", "--kind", "custom", "--at", "10:00", "--text", "Tea")
    machine.agent(machine.moved())
    machine.at(f"{MONDAY} 10:00:05")
    assert "disturb" in machine.until_logged(machine.moved(), "held")["why"]
    assert server.shown == []
    server.tell("inhibit no")
    machine.at(f"{MONDAY} 10:04:00")
    server.popup("Tea")
    assert machine.until_logged(machine.moved(), "shown")["channel"] == "desktop"


def test_without_a_server_it_fails_honestly_and_tries_again(machine: Machine) -> None:
    """Nobody to show it: the log says failed, and why; the server comes up within the grace, and it is shown."""
    machine.at(SOON)
    machine.only(machine.moved(), "--id", "tea", "--kind", "custom", "--at", "10:00", "--text", "Tea")
    machine.agent(machine.moved())
    machine.at(f"{MONDAY} 10:00:05")
    assert "desktop" in machine.until_logged(machine.moved(), "failed")["why"]
    server = machine.server()
    machine.at(f"{MONDAY} 10:05:00")
    server.popup("Tea")
    machine.until_logged(machine.moved(), "shown")
    assert len(machine.log(machine.moved())) == 1


def test_a_server_that_restarts_is_found_again(machine: Machine) -> None:
    """The second popup comes by the second server."""
    first = machine.server()
    machine.at(SOON)
    machine.only(
        machine.moved(), "--id", "tea", "--kind", "custom", "--every", "1h", "--between", "09:00-13:00", "--text", "Tea"
    )
    machine.agent(machine.moved())
    machine.at(f"{MONDAY} 10:00:05")
    first.popup("Tea")
    first.stop()
    second = machine.server()
    machine.at(f"{MONDAY} 11:00:05")
    second.popup("Tea")


def test_a_server_that_hangs_gets_no_second_popup(machine: Machine) -> None:
    """It took the popup and does not answer: the agent goes on; when it wakes, the popup counts as shown, once."""
    server = machine.server()
    machine.at(SOON)
    machine.only(machine.moved(), "--id", "tea", "--kind", "custom", "--at", "10:00", "--text", "Tea")
    machine.agent(machine.moved())
    server.process.send_signal(signal.SIGSTOP)
    machine.at(f"{MONDAY} 10:00:05")
    assert "answer" in machine.until_logged(machine.moved(), "failed")["why"]
    machine.at(f"{MONDAY} 10:02:00")
    server.process.send_signal(signal.SIGCONT)
    server.popup("Tea")
    machine.until_logged(machine.moved(), "shown")
    assert len(server.shown) == 1


def test_a_bus_that_goes_and_comes_is_found_again(machine: Machine) -> None:
    """Without a bus the agent goes on; with a new one, popups come again."""
    machine.server()
    machine.at(f"{MONDAY} 09:30:00")
    machine.only(machine.moved(), "--id", "tea", "--kind", "custom", "--at", "10:00", "--text", "Tea")
    agent = machine.agent(machine.moved())
    machine.coach(
        machine.moved(), "reminders", "add", "--id", "one", "--kind", "custom", "--at", "09:31", "--text", "One"
    )
    machine.at(f"{MONDAY} 09:31:05")
    machine.until_logged(machine.moved(), "shown")
    machine.end_bus()
    machine.bus()
    server = machine.server()
    machine.at(f"{MONDAY} 10:00:05")
    server.popup("Tea")
    assert agent.poll() is None


def test_an_absence_is_the_break(machine: Machine) -> None:
    """Away for seventeen minutes over a slot: it is held, and the next break is counted from the return."""
    server = machine.server(POPUPS, IDLE)
    machine.at(f"{MONDAY} 09:38:00")
    machine.only(
        machine.lived(),
        *("--id", "stretch", "--kind", "desk-break", "--every", "50m", "--between", "09:00-18:00", "--text", "Up"),
    )
    server.tell("idle 700000")
    machine.agent(machine.lived())
    machine.at(f"{MONDAY} 09:50:05")
    machine.looks(server, idle_s=700)
    row = machine.until_logged(machine.lived(), "held")
    assert (minute(row["due"]), row["why"]) == ("09:50", "you were away")
    machine.at(f"{MONDAY} 09:55:05")
    machine.looks(server)

    def coming() -> str:
        return minute(json.loads(machine.coach(machine.lived(), "reminders", "next", "--json"))[0]["due"])

    machine.until(lambda: coming() != "10:40")
    assert "10:45" <= coming() < "10:50"
    assert server.shown == []


def test_snooze_from_the_popup_outlives_the_agent(machine: Machine) -> None:
    """*In 10 minutes*, and the agent is killed: the next one calls at that time, with the same words."""
    server = machine.server()
    machine.at(SOON)
    machine.only(machine.moved(), "--id", "tea", "--kind", "custom", "--at", "10:00", "--text", "Tea")
    agent = machine.agent(machine.moved())
    machine.at(f"{MONDAY} 10:00:05")
    server.tell(f"press {server.popup('Tea')['number']} later")
    machine.until_logged(machine.moved(), "snoozed")
    agent.kill()
    agent.wait()
    machine.agent(machine.moved())
    machine.at(f"{MONDAY} 10:12:00")
    server.popup("Tea")
    machine.until_logged(machine.moved(), "shown")
    assert [row["outcome"] for row in machine.log(machine.moved())] == ["snoozed", "shown"]


def test_it_hurts_from_the_popup_stops_the_day(machine: Machine) -> None:
    """The button asks back; with a yes it is noted, answered with what comes next, and the routine rests today."""
    server = machine.server()
    machine.at(SOON)
    clock = machine.moved()
    machine.coach(clock, "check-in", "--rest", "0", "--walking", "1", "--none-of-the-signs")
    machine.only(clock, "--id", "up", "--kind", "desk-break", "--at", "10:00")
    machine.agent(clock)
    machine.at(f"{MONDAY} 10:00:05")
    server.tell(f"press {server.popup('break')['number']} hurts")
    question = server.popup("Stop exercises today?")
    assert json.loads(machine.coach(clock, "today", "--json"))["activity"] != "pause"
    server.tell(f"press {question['number']} yes")
    server.popup("Stopped for today")
    today = json.loads(machine.coach(clock, "today", "--json"))
    assert today["activity"] == "pause"
    assert today["routine"] is None


def test_start_leads_both_sides_and_notes_it_as_done(machine: Machine, tmp_path: Path) -> None:
    """A minute by popups and sounds: both legs, the same holds, and a session in the history that says so."""
    server = machine.server(POPUPS, IDLE)
    player, heard = tmp_path / "bin" / "pw-play", tmp_path / "heard"
    player.parent.mkdir()
    player.write_text(f'#!/bin/sh\nbasename "$1" >> {heard}\n')
    player.chmod(0o700)
    heard.touch()
    machine.environment["PATH"] = f"{player.parent}:{machine.environment['PATH']}"
    machine.at(SOON)
    machine.coach(machine.lived(), "check-in", "--rest", "0", "--walking", "1", "--none-of-the-signs")
    machine.only(
        machine.lived(), "--id", "stretch", "--kind", "desk-break", "--every", "1h", "--between", "09:00-18:00"
    )
    machine.agent(machine.lived())
    server.tell("idle 6000")  # at the desk, and not in the middle of typing, which a break would wait for
    machine.at(f"{MONDAY} 10:00:05")
    number = server.popup("break")["number"]
    server.tell("idle 90000")
    machine.later(60)
    machine.looks(server, idle_s=90)
    server.tell(f"press {number} start")
    while beginning("popup.lead.done") not in (said := " ".join(one["title"] for one in server.shown)):
        machine.later(1)
        machine.looks(server, idle_s=90)
        wait_for(lambda: len(heard.read_text().split()) == len(server.shown) - 1)
    assert "Left leg" in said
    assert "Right leg" in said
    assert "Change sides" in said
    sessions = json.loads(machine.coach(machine.lived(), "history", "--json"))["sessions"]
    assert [(one["by"], one["outcome"]) for one in sessions] == [("popup", "done")]
    assert {"begin.wav", "hold.wav", "change.wav"} <= set(heard.read_text().split())
    assert heard.read_text().endswith("end.wav\n")


def test_start_before_the_first_questions_asks_for_them(machine: Machine) -> None:
    """Where the emergency list was never answered nothing is led; the popup says what comes first."""
    server = machine.server()
    machine.at(SOON)
    machine.only(
        machine.moved(), "--id", "stretch", "--kind", "desk-break", "--every", "1h", "--between", "09:00-18:00"
    )
    machine.agent(machine.moved())
    machine.at(f"{MONDAY} 10:00:05")
    server.tell(f"press {server.popup('break')['number']} start")
    server.popup(beginning("popup.after.first"))


def test_a_new_reminder_is_seen_at_once(machine: Machine) -> None:
    """What is added while the agent runs comes without a restart."""
    server = machine.server()
    machine.at(SOON)
    machine.only(machine.moved(), "--id", "tea", "--kind", "custom", "--at", "23:00")
    machine.agent(machine.moved())
    machine.coach(machine.moved(), "reminders", "add", "--kind", "custom", "--at", "10:00", "--text", "New")
    machine.at(f"{MONDAY} 10:00:01")
    server.popup("New")


@pytest.mark.parametrize("words", [("agent", "stop"), ("erase", "--yes")])
def test_the_agent_ends_when_it_is_told_to(machine: Machine, words: tuple[str, ...]) -> None:
    """``stop`` waits for the end; after ``erase`` there is nothing left to keep."""
    agent = machine.agent(machine.environment)
    machine.coach(machine.environment, *words)
    assert agent.wait(PATIENCE_S) == 0


def test_start_detaches_and_says_who(machine: Machine) -> None:
    """After ``start`` the agent is up, in a session of its own, and ``start`` again names it."""
    machine.server()
    machine.coach(machine.environment, "agent", "start")
    pid = json.loads(machine.coach(machine.environment, "agent", "status", "--json"))["pid"]
    session = subprocess.run(["ps", "-o", "sid=", "-p", str(pid)], capture_output=True, text=True, check=True).stdout
    assert int(session) == pid
    machine.coach(machine.environment, "agent", "start", code=1)
    machine.coach(machine.environment, "agent", "stop")


@pytest.mark.heavy
def test_an_agent_of_an_earlier_session_gives_way(machine: Machine) -> None:
    """Its bus is gone and it can show nothing: the start of the next session ends it and takes over."""
    machine.server()
    machine.coach(machine.environment, "agent", "start")
    first = json.loads(machine.coach(machine.environment, "agent", "status", "--json"))
    assert first["reaches"] == "desktop"
    machine.end_bus()
    machine.folder = machine.folder / "second"
    machine.folder.mkdir()
    machine.bus()
    server = machine.server()
    assert json.loads(machine.coach(machine.environment, "status", "--json"))["agent"]
    machine.coach(machine.environment, "agent", "start")
    second = json.loads(machine.coach(machine.environment, "agent", "status", "--json"))
    assert second["reaches"] == "desktop"
    assert second["pid"] != first["pid"]
    machine.coach(machine.environment, "reminders", "test")
    server.popup("This is a test")
    machine.coach(machine.environment, "agent", "stop")
