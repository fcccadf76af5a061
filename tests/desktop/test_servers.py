"""Notification servers of real desktops: what they do with a popup while they are set not to disturb."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.desktop.conftest import Machine, needs, wait_for
from tests.remind.bus_daemon import Daemon, NotificationServer

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


def test_mates_do_not_disturb_holds(machine: Machine, display: str) -> None:
    """MATE's daemon takes popups without a word; its switch is a setting that its own program reads."""
    program = "/usr/lib/mate-notification-daemon/mate-notification-daemon"
    needs("gsettings", program)
    environment = _settings(machine) | {"DISPLAY": display}
    machine.running.append(subprocess.Popen([program], env=environment, stderr=subprocess.PIPE, text=True))
    wait_for(lambda: _shown(machine, environment) == 0)
    _set(environment, "org.mate.NotificationDaemon", "do-not-disturb", "true")
    assert "disturb" in machine.coach(environment, "reminders", "test", "--json", code=1)
    _set(environment, "org.mate.NotificationDaemon", "do-not-disturb", "false")
    machine.coach(environment, "reminders", "test", "--json")


@pytest.fixture
def wayland() -> Iterator[dict[str, str]]:
    """Yield what leads to a compositor without a screen; sway will not run as root, and then runs as nobody."""
    needs("sway", "mako", "makoctl", "setpriv")
    with TemporaryDirectory() as name:
        folder, nobody = Path(name), 65534
        environment = {"XDG_RUNTIME_DIR": name, "HOME": name}
        headless = {"WLR_BACKENDS": "headless", "WLR_LIBINPUT_NO_DEVICES": "1", "WLR_RENDERER": "pixman"}
        sway = ["sway", "--unsupported-gpu", "--config", "/dev/null"]
        if os.getuid() == 0:
            os.chown(folder, nobody, nobody)
            sway = ["setpriv", f"--reuid={nobody}", f"--regid={nobody}", "--clear-groups", *sway]
        compositor = subprocess.Popen(sway, env=os.environ | environment | headless, stderr=subprocess.DEVNULL)
        wait_for(lambda: [*folder.glob("wayland-?")] or compositor.poll() is not None)
        if compositor.poll() is not None:
            pytest.skip("no compositor runs here")
        yield environment | {"WAYLAND_DISPLAY": next(folder.glob("wayland-?")).name}
        compositor.kill()
        compositor.wait()


def test_makos_mode_holds(machine: Machine, wayland: dict[str, str]) -> None:
    """On a compositor without a screen: what mako's mode hides is not called shown."""
    settings = machine.folder / "mako"
    settings.write_text("[mode=do-not-disturb]\ninvisible=1\n", encoding="utf-8")
    environment = machine.environment | wayland
    mako = ["mako", "--config", str(settings)]
    machine.running.append(subprocess.Popen(mako, env=environment, stderr=subprocess.PIPE, text=True))
    wait_for(lambda: _shown(machine, environment) == 0)
    subprocess.run(["makoctl", "mode", "-a", "do-not-disturb"], env=environment, check=True, capture_output=True)
    assert "disturb" in machine.coach(environment, "reminders", "test", "--json", code=1)
    subprocess.run(["makoctl", "mode", "-r", "do-not-disturb"], env=environment, check=True, capture_output=True)
    machine.coach(environment, "reminders", "test", "--json")


SWITCHES = (
    ("gnome-shell", "org.gnome.desktop.notifications", "show-banners", "false"),
    ("cinnamon", "org.cinnamon.desktop.notifications", "display-notifications", "false"),
)


@pytest.mark.parametrize(("server", "schema", "key", "silent"), SWITCHES)
def test_the_switch_of_a_desktop_that_keeps_it_in_gsettings_holds(
    machine: Machine, server: str, schema: str, key: str, silent: str
) -> None:
    """The schema and the program are the desktop's own; the server that bears its name is the tests'."""
    needs("gsettings")
    with ExitStack() as after:
        bus = Daemon(machine.folder / "own-bus")
        after.callback(bus.stop)
        environment = _settings(machine) | {"DBUS_SESSION_BUS_ADDRESS": bus.address}
        recording = NotificationServer(name=server)
        del recording.properties["Inhibited"]
        bus.add(recording)
        _set(environment, schema, key, silent)
        assert "disturb" in machine.coach(environment, "reminders", "test", "--json", code=1)
        assert recording.titles == []
        subprocess.run(["gsettings", "reset", schema, key], env=environment, check=True)
        machine.coach(environment, "reminders", "test", "--json")
        assert len(recording.titles) == 1


def _settings(machine: Machine) -> dict[str, str]:
    """Return an environment whose settings are kept in a file of the test's own."""
    return machine.environment | {"GSETTINGS_BACKEND": "keyfile", "HOME": str(machine.folder)}


def _set(environment: dict[str, str], schema: str, key: str, value: str) -> None:
    """Set a switch; skips where this desktop's schema is not installed."""
    ran = subprocess.run(
        ["gsettings", "set", schema, key, value], env=environment, check=False, capture_output=True, text=True
    )
    if "No such schema" in ran.stderr:
        pytest.skip(f"{schema} is not installed")
    assert ran.returncode == 0, ran.stderr


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
