"""Whether the person is in a call or shows something, so that a break waits: asked only when a break is due."""

import shutil
import subprocess
from contextlib import closing

import msgspec
from jeepney import DBusAddress, new_method_call

from coach.remind.bus import Bus, BusError, without_start
from coach.remind.presence.x11 import is_full_screen

ASK_S = 1.0
DUMP_S = 3.0
IDLE_INHIBITED = 8
"""The flag of the session manager's protocol for programs that keep the session from going idle."""
_SESSION = DBusAddress(
    "/org/gnome/SessionManager", bus_name="org.gnome.SessionManager", interface="org.gnome.SessionManager"
)
"""GNOME's, which MATE and Cinnamon answer to as well."""
_POWER = DBusAddress(
    "/org/freedesktop/PowerManagement/Inhibit",
    bus_name="org.freedesktop.PowerManagement",
    interface="org.freedesktop.PowerManagement.Inhibit",
)
"""KDE's and XFCE's."""
_CAPTURES = ("Stream/Input/Audio", "Stream/Input/Video")
"""A microphone or a camera in use, or a screen that is shared."""


class _Info(msgspec.Struct):
    state: str = ""
    props: dict[str, msgspec.Raw] = {}


class _Object(msgspec.Struct):
    """What is read of one of PipeWire's objects."""

    info: _Info | None = None


def is_busy() -> bool:
    """Tell whether a window fills the screen, a program keeps the session from going idle, or something is captured."""
    # From the cheapest to the dearest: a few bytes of the display, a call or two, a child process.
    return is_full_screen() or _is_idle_inhibited() or _is_captured()


def _is_idle_inhibited() -> bool:
    try:
        with closing(Bus()) as bus:
            return _says_yes(bus, new_method_call(_SESSION, "IsInhibited", "u", (IDLE_INHIBITED,))) or _says_yes(
                bus, new_method_call(_POWER, "HasInhibit")
            )
    except BusError:
        return False


def _says_yes(bus: Bus, question: object) -> bool:
    try:
        (answer,) = bus.call(without_start(question), ASK_S)
    except (BusError, ValueError):
        return False
    return answer is True


def _is_captured() -> bool:
    """Tell whether PipeWire has a stream from a microphone, a camera or a screen that runs."""
    # Its own program, not its library: the protocol is private, and a break is due twice an hour.
    program = shutil.which("pw-dump")
    if program is None:
        return False
    try:
        dump = subprocess.run([program], capture_output=True, timeout=DUMP_S, check=True).stdout
        objects = msgspec.json.decode(dump, type=list[_Object])
    except (OSError, subprocess.SubprocessError, msgspec.DecodeError):
        return False
    return any(each.info and each.info.state == "running" and _is_capture(each.info.props) for each in objects)


def _is_capture(props: dict[str, msgspec.Raw]) -> bool:
    """Tell whether a stream takes in what a person says or shows; a level meter only watches."""
    values = {name: bytes(props[name]).strip(b'"').decode() for name in props if name in _PROPERTIES}
    return values.get("media.class") in _CAPTURES and values.get("stream.monitor", "false") in ("false", "0")


_PROPERTIES = ("media.class", "stream.monitor")
