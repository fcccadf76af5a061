"""A real notification server on a real (virtual) display: popups, a pressed button, and a person who is away."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.desktop.conftest import PATIENCE_S, Machine, wait_for
from tests.helpers import beginning

pytestmark = pytest.mark.desktop


@pytest.fixture
def display(machine: Machine) -> Machine:
    """Return the desktop with a display and dunst on it."""
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    machine.running.append(screen)
    assert screen.stdout is not None
    machine.environment["DISPLAY"] = f":{screen.stdout.readline().strip()}"
    wait_for(lambda: _started(machine))
    return machine


def _started(machine: Machine) -> bool:
    """Start dunst; it leaves at once where the display is not ready yet."""
    dunst = subprocess.Popen(
        ["dunst", "-config", "/dev/null"], env=machine.environment, stderr=subprocess.DEVNULL, text=True
    )
    machine.running.append(dunst)
    while dunst.poll() is None:
        if dunstctl(machine, "count", "displayed").strip().isdigit():
            return True
    return False


def dunstctl(machine: Machine, *words: str) -> str:
    """Return what dunst says to ``words``."""
    ran = subprocess.run(
        ["dunstctl", *words], env=machine.environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    return ran.stdout


def on_screen(machine: Machine) -> list[dict[str, Any]]:
    """Return the popups that dunst had and closed, as it tells them."""
    found: list[dict[str, Any]] = json.loads(dunstctl(machine, "history"))["data"][0]
    return found


def test_a_popup_is_really_there(display: Machine) -> None:
    """``test`` says by which channel, and dunst has it on its screen."""
    assert beginning("reminders.channel.desktop") in display.coach(display.environment, "reminders", "test")
    wait_for(lambda: dunstctl(display, "count", "displayed").strip() == "1")


def test_dunst_paused_holds(display: Machine) -> None:
    """A paused dunst suppresses: nothing is called delivered."""
    dunstctl(display, "set-paused", "true")
    assert "Not shown" not in display.coach(display.environment, "reminders", "test", code=1)


def test_plyer_shows_where_it_is_asked_to(display: Machine) -> None:
    """plyer's own way, notify-send, shows a text that begins with a dash and holds markup."""
    plyer = display.environment | {"COACH_NOTIFY": "plyer"}
    assert "system's own program" in display.coach(plyer, "reminders", "test")
    wait_for(lambda: dunstctl(display, "count", "displayed").strip() == "1")


def test_a_button_pressed_for_real(display: Machine) -> None:
    """The first button of the popup begins the break, and its end is noted."""
    display.at("2026-11-23 09:56:00")
    clock = display.lived()
    display.coach(clock, "check-in", "--rest", "0", "--walking", "1", "--none-of-the-signs")
    display.only(clock, "--id", "stretch", "--kind", "desk-break", "--every", "1h", "--between", "09:00-18:00")
    display.agent(clock)
    display.at("2026-11-23 10:00:05")
    wait_for(lambda: dunstctl(display, "count", "displayed").strip() == "1")
    dunstctl(display, "action", "0")
    display.until_logged(clock, "acted")
    display.later(120)

    def noted() -> bool:
        sessions = json.loads(display.coach(clock, "history", "--json"))["sessions"]
        return [one["by"] for one in sessions] == ["popup"]

    wait_for(noted)


def test_the_displays_own_idle_time(display: Machine) -> None:
    """A touch is seen; before the first one, a display tells nothing of a person."""
    script = "from coach.remind.presence.x11 import X11Idle; x = X11Idle()\nwhile input(): print(x(), flush=True)"
    asking = subprocess.Popen(
        [sys.executable, "-c", script],
        env=display.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    display.running.append(asking)

    def answer() -> str:
        assert asking.stdin is not None
        assert asking.stdout is not None
        asking.stdin.write("ask\n")
        asking.stdin.flush()
        return asking.stdout.readline().strip()

    def touched() -> bool:
        subprocess.run(["xdotool", "mousemove_relative", "1", "1"], env=display.environment, check=True)
        return answer() != "None"

    assert [answer() for _ in range(3)] == ["None"] * 3
    wait_for(touched)
    assert 0 <= float(answer()) < PATIENCE_S
