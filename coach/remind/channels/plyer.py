"""Popups by plyer, in a process of its own: what it prints or hangs on stays there, and its exit tells the truth."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from typing import Literal

import msgspec

from coach.agent.own_command import environment, module_command
from coach.remind.channels import Popup, ShowResult, escape_markup, not_delivered
from coach.words.shown import shown

WAIT_S = 10.0
WINDOWS_TITLE, WINDOWS_BODY = 64, 256
"""What Windows takes at most; more would raise in a thread of its own."""


class PlyerChannel:
    """The system's own way of showing a popup; it has no buttons."""

    name: Literal["plyer"] = "plyer"

    def show(self, popup: Popup) -> ShowResult:
        """Show ``popup``; delivered only where a server is there, and the program that shows it ended well."""
        server, markup = _server()
        if server.channel is None or (server.why and not popup.urgent):
            return ShowResult(why=server.why, detail=server.detail)
        return _show_in_child(document(popup, markup=markup))

    def check(self) -> ShowResult:
        """Tell whether there is a server, and on Linux a program that speaks to it."""
        server, _ = _server()
        if server.channel and sys.platform.startswith("linux"):
            if not (shutil.which("notify-send") or os.path.isdir("/app") or find_spec("dbus")):
                return not_delivered("no notify-send")
        return server


def _server() -> tuple[ShowResult, bool]:
    """Return how the server behind this channel is, and whether it reads markup; other systems than Linux have theirs.

    plyer itself would call a popup delivered that no server took.
    """
    if not sys.platform.startswith("linux"):
        return ShowResult(channel="plyer"), False
    from coach.remind.bus import BusError
    from coach.remind.channels.desktop import DesktopChannel

    desktop = DesktopChannel()
    try:
        result = desktop.check()
        if result.channel is None:
            return result, False
        return ShowResult(channel="plyer", why=result.why), "body-markup" in desktop.capabilities()
    except BusError as error:
        return not_delivered(error), False
    finally:
        desktop.disconnect()


def document(popup: Popup, *, markup: bool, system: str = sys.platform) -> dict[str, str]:
    """Return title and message as plyer may be given them on ``system``."""
    title, body = shown(popup.title), shown(popup.whole_body, keep="\n")
    if system == "win32":
        title, body = _cut(title, WINDOWS_TITLE), _cut(body, WINDOWS_BODY)
    return {"title": title, "message": escape_markup(body) if markup else body}


def _cut(text: str, most: int) -> str:
    """Return ``text`` in at most ``most`` - 1 UTF-16 units, as Windows counts."""
    while len(text.encode("utf-16-le")) // 2 >= most:
        text = f"{text[:-2]}…"
    return text


def _show_in_child(text: dict[str, str]) -> ShowResult:
    # In a process of its own: plyer prints, hangs, and changes the subprocess module of whoever imports it.
    command = module_command("coach.remind.channels.plyer_child")
    try:
        child = subprocess.run(
            command, input=msgspec.json.encode(text), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=WAIT_S, check=False, env=environment(),
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        return not_delivered(type(error).__name__)
    if child.returncode == 0:
        return ShowResult(channel="plyer")
    lines = child.stdout.decode(errors="replace").strip().splitlines()
    return not_delivered(lines[-1] if lines else f"exit {child.returncode}")
