"""Notification servers of real desktops: what they do with a popup while they are set not to disturb."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.desktop.conftest import Machine, needs, wait_for

pytestmark = pytest.mark.desktop


def test_xfces_do_not_disturb_holds(machine: Machine, display: str) -> None:
    """XFCE takes popups without a word while it is set not to disturb: the switch is read before."""
    environment = machine.environment | {"DISPLAY": display, "HOME": str(machine.folder)}
    for pattern in ("*/xfce4/xfconf/xfconfd", "*/xfce4/notifyd/xfce4-notifyd"):
        program = next((str(path) for path in Path("/usr/lib").glob(pattern)), pattern)
        needs("xfconf-query", program)
        machine.running.append(subprocess.Popen([program], env=environment, stderr=subprocess.PIPE, text=True))
    wait_for(lambda: _shown(machine, environment) == 0)
    switch = ["xfconf-query", "-c", "xfce4-notifyd", "-p", "/do-not-disturb", "-n", "-t", "bool", "-s"]
    subprocess.run([*switch, "true"], env=environment, check=True)
    assert "disturb" in machine.coach(environment, "reminders", "test", "--json", code=1)
    subprocess.run([*switch, "false"], env=environment, check=True)
    machine.coach(environment, "reminders", "test", "--json")


def test_dunsts_pause_holds(machine: Machine, display: str) -> None:
    """dunst keeps what comes while it is paused for later, when its time is over."""
    environment = machine.environment | {"DISPLAY": display, "HOME": str(machine.folder)}
    machine.running.append(subprocess.Popen(["dunst"], env=environment, stderr=subprocess.PIPE, text=True))
    wait_for(lambda: _shown(machine, environment) == 0)
    subprocess.run(["dunstctl", "set-paused", "true"], env=environment, check=True)
    assert "disturb" in machine.coach(environment, "reminders", "test", "--json", code=1)
    subprocess.run(["dunstctl", "set-paused", "false"], env=environment, check=True)
    machine.coach(environment, "reminders", "test", "--json")


def _shown(machine: Machine, environment: dict[str, str]) -> int:
    """Return the exit status of a test popup."""
    process = machine.start(environment, "reminders", "test")
    return process.wait(60)


def test_a_full_screen_window_is_seen(machine: Machine, display: str) -> None:
    """As a window manager tells of it on a real display: the window in front, and that it fills the screen."""
    needs("xprop", "xwininfo")
    environment = machine.environment | {"DISPLAY": display}
    code = "from coach.remind.presence.x11 import is_full_screen; print(is_full_screen())"

    def seen() -> str:
        command = [sys.executable, "-c", code]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()

    def tell(*words: str) -> None:
        subprocess.run(["xprop", "-root", "-f", *words], env=environment, check=True)

    assert seen() == "False"
    info = subprocess.run(["xwininfo", "-root"], env=environment, capture_output=True, text=True, check=True).stdout
    tell("_NET_ACTIVE_WINDOW", "32x", "-set", "_NET_ACTIVE_WINDOW", info.split("Window id: ")[1].split()[0])
    assert seen() == "False"
    tell("_NET_WM_STATE", "32a", "-set", "_NET_WM_STATE", "_NET_WM_STATE_FULLSCREEN")
    assert seen() == "True"
    tell("_NET_WM_STATE", "32a", "-set", "_NET_WM_STATE", "_NET_WM_STATE_ABOVE")
    assert seen() == "False"
