"""Whether the desktop is set not to disturb, as its notification server can be asked; each has a way of its own.

What is shown to a server that holds popups back is taken without a word and never seen: it must be asked before.
"""

import shutil
import subprocess
from collections.abc import Callable, Mapping

from jeepney import DBusAddress, new_method_call

from coach.remind.bus import Bus, BusError, NoAnswerError, without_start

ASK_S = 2.0
"""How long a question may take."""
_PATH, _NAME = "/org/freedesktop/Notifications", "org.freedesktop.Notifications"
_SERVER = DBusAddress(_PATH, bus_name=_NAME, interface=_NAME)
_DUNST = DBusAddress(_PATH, bus_name=_NAME, interface="org.dunstproject.cmd0")
_MAKO = DBusAddress("/fr/emersion/Mako", bus_name=_NAME, interface="fr.emersion.Mako")
_XFCONF = DBusAddress("/org/xfce/Xfconf", bus_name="org.xfce.Xfconf", interface="org.xfce.Xfconf")
_MAKO_SILENT = frozenset({"do-not-disturb", "dnd"})
"""The names of modes that mako's manual and most settings use; what another mode hides, its settings alone know."""


class DoNotDisturb:
    """The switch of one server, asked before each popup."""

    def __init__(self, server: str) -> None:
        """Ask the server that calls itself ``server``."""
        self._own_switch = _SWITCHES.get(server.casefold())
        self._property_known = True

    def read(self, bus: Bus) -> bool | None:
        """Tell whether popups are held back; None where this server has a switch that cannot be read now."""
        if (inhibited := self._inhibited(bus)) is not None and (inhibited or self._own_switch is None):
            return inhibited
        return self._own_switch(bus) if self._own_switch else False

    def _inhibited(self, bus: Bus) -> bool | None:
        """Return the property of the specification, which KDE's server and some others have; None: not known."""
        if not self._property_known:
            return None
        try:
            return bool(bus.get(_SERVER, "Inhibited", ASK_S))
        except (BusError, LookupError, TypeError):
            self._property_known = False  # a popup must not wait for it each time; one that was late is asked again
            return None


def _dunst(bus: Bus) -> bool | None:
    try:
        return bool(bus.get(_DUNST, "paused", ASK_S))
    except (BusError, LookupError, TypeError):
        return None


def _mako(bus: Bus) -> bool | None:
    try:
        (modes,) = bus.method(_MAKO, "ListModes", ASK_S)
        modes = frozenset(map(str, modes))
    except (BusError, ValueError, TypeError):
        return None
    if modes & _MAKO_SILENT:
        return True
    return False if modes <= {"default"} else None


def _xfce(bus: Bus) -> bool | None:
    # Its notification daemon brings the settings daemon up itself: one that is not there cannot hold anything back.
    call = new_method_call(_XFCONF, "GetProperty", "ss", ("xfce4-notifyd", "/do-not-disturb"))
    try:
        return bool(bus.call(without_start(call), ASK_S)[0][1])
    except NoAnswerError:
        return None
    except (BusError, LookupError, TypeError) as error:
        return False if "PropertyNotFound" in str(error) or "does not exist" in str(error) else None


def _setting(schema: str, key: str, silent: str) -> Callable[[Bus], bool | None]:
    """Return how a desktop is asked that keeps its switch in GSettings, where only its own program can read it."""

    def read(bus: Bus) -> bool | None:
        program = shutil.which("gsettings")
        if program is None:
            return None
        try:
            output = subprocess.run(
                [program, "get", schema, key], capture_output=True, timeout=ASK_S, check=True, text=True
            ).stdout
        except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
            return None
        return output.strip() == silent

    return read


_SWITCHES: Mapping[str, Callable[[Bus], bool | None]] = {
    "dunst": _dunst,
    "mako": _mako,
    "xfce notify daemon": _xfce,
    "gnome-shell": _setting("org.gnome.desktop.notifications", "show-banners", "false"),
    "cinnamon": _setting("org.cinnamon.desktop.notifications", "display-notifications", "false"),
    "notification daemon": _setting("org.mate.NotificationDaemon", "do-not-disturb", "true"),
}
