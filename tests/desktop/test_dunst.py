"""A real notification server on a real (virtual) display: popups, a pressed button, and a person who is away."""

import json
import os
import subprocess
import sys
import time
from typing import Any

import pytest

from tests.desktop.conftest import Machine, wait_for

pytestmark = pytest.mark.desktop


@pytest.fixture
def display(machine: Machine) -> Machine:
    """Return the desktop with a display and dunst on it."""
    number = f":{200 + os.getpid() % 700}"
    screen = subprocess.Popen(["Xvfb", number, "-screen", "0", "800x600x24"], stderr=subprocess.DEVNULL, text=True)
    machine.running.append(screen)
    wait_for(lambda: os.path.exists(f"/tmp/.X11-unix/X{number[1:]}"))
    machine.environment["DISPLAY"] = number
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
        ["dunstctl", *words], env=machine.environment, capture_output=True, text=True, timeout=10, check=False
    )
    return ran.stdout


def on_screen(machine: Machine) -> list[dict[str, Any]]:
    """Return the popups that dunst had and closed, as it tells them."""
    found: list[dict[str, Any]] = json.loads(dunstctl(machine, "history"))["data"][0]
    return found


def test_a_popup_is_really_there(display: Machine) -> None:
    """``test`` says by which channel, and dunst has it on its screen."""
    assert "a popup of the desktop" in display.coach(display.environment, "reminders", "test")
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
    """The first button of the popup begins the break: the next popup says which leg."""
    clock = display.fast("2026-11-23 09:59:30", 30)
    display.coach(clock, "check-in", "--rest", "0", "--walking", "1", "--none-of-the-signs")
    display.only(clock, "--id", "stretch", "--kind", "desk-break", "--every", "1h", "--between", "09:00-18:00")
    display.agent(clock)
    wait_for(lambda: dunstctl(display, "count", "displayed").strip() == "1")
    dunstctl(display, "action", "0")
    wait_for(lambda: any(row["outcome"] == "acted" for row in display.log(clock)))

    def noted() -> bool:
        sessions = json.loads(display.coach(clock, "history", "--json"))["sessions"]
        return [one["by"] for one in sessions] == ["popup"]

    wait_for(noted, 40)


def test_the_displays_own_idle_time(display: Machine) -> None:
    """A touch is seen; before the first one, a display tells nothing of a person."""
    script = (
        "import time; from coach.remind.presence.x11 import X11; x = X11(); print(x(), flush=True); input();"
        "print(x(), flush=True)"
    )
    asking = subprocess.Popen(
        [sys.executable, "-c", script],
        env=display.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert asking.stdout is not None
    assert asking.stdout.readline() == "None\n"
    time.sleep(0.5)
    subprocess.run(["xdotool", "mousemove", "5", "5"], env=display.environment, check=True)
    idle, _ = asking.communicate("\n", timeout=10)
    assert 0 <= float(idle) < 5
