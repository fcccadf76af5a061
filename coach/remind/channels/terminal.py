"""Popups by the terminal itself: the bell, and the escape sequence that this terminal understands."""

import os
from collections.abc import Callable, Mapping
from typing import Literal

from coach.remind.channels import Popup, ShowResult, not_delivered
from coach.words.shown import shown

Ring = Callable[[Popup], bool]
"""Shows a popup in an open terminal; False where it could not."""


class TerminalChannel:
    """The terminal that the screen, or an agent in the foreground, runs in."""

    name: Literal["terminal"] = "terminal"

    def __init__(self, ring: Ring | None) -> None:
        """Show by ``ring``; None: no terminal is open."""
        self._ring = ring

    def show(self, popup: Popup) -> ShowResult:
        """Show ``popup`` where a terminal is open."""
        if self._ring is None:
            return self.check()
        try:
            if self._ring(popup):
                return ShowResult(channel="terminal")
        except (OSError, RuntimeError, ValueError) as error:
            return not_delivered(error)
        return not_delivered("the terminal is closed")

    def check(self) -> ShowResult:
        """Tell whether a terminal is open."""
        return not_delivered("no open terminal") if self._ring is None else ShowResult(channel="terminal")


def sequence(popup: Popup, environ: Mapping[str, str] = os.environ) -> str:
    """Return what makes this terminal call: one notification of the kind it understands, and the bell."""
    # A semicolon parts the fields of these sequences, and whatever a terminal would obey is made visible.
    title, body = (shown(text).replace(";", ",") for text in (popup.title, popup.body))
    both = f"{title}: {body}" if body else title
    bell = "\a" if popup.sound else ""
    if environ.get("TMUX") or environ.get("STY"):
        return bell  # they pass no notification on to the terminal behind them
    if environ.get("KITTY_WINDOW_ID") or environ.get("TERM") == "xterm-kitty":
        return f"\x1b]99;i=coach:d=0;{title}\x1b\\\x1b]99;i=coach:p=body;{body}\x1b\\{bell}"
    if environ.get("VTE_VERSION") or environ.get("TERM", "").startswith(("foot", "rxvt")):
        return f"\x1b]777;notify;{title};{body}\x1b\\{bell}"
    if environ.get("TERM_PROGRAM") in ("iTerm.app", "WezTerm", "ghostty") or environ.get("WT_SESSION"):
        return f"\x1b]9;{both}\x1b\\{bell}"
    return bell
