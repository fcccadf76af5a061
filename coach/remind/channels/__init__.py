"""The ways of showing a popup, best first, and what truly became of one.

A channel that did not deliver says so with its reason; nothing is called delivered on a guess.
"""

import sys
from collections.abc import Iterator
from typing import Literal, Protocol

import msgspec

from coach.domain.reminders.reminder import CHANNELS, ChannelName

Action = Literal["start", "later", "hurts"]
NotShownReason = Literal["not-delivered", "no-answer", "do-not-disturb"]
APP = "coach"


class Popup(msgspec.Struct, frozen=True, kw_only=True):
    """What a popup says; plain text, each channel writes it as its way asks."""

    title: str
    body: str = ""
    buttons: tuple[tuple[Action, str], ...] = ()
    sound: bool = True
    stays: bool = False
    """Whether it waits on the screen until it is answered."""
    replaces: int = 0
    """The number of an earlier popup in whose place this one comes."""
    kind: str = "custom"


class ShowResult(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one try: ``channel`` is None where nothing was delivered."""

    channel: ChannelName | None = None
    number: int = 0
    """The server's number of the popup, 0 where it has none."""
    why: NotShownReason | None = None
    detail: str | None = None
    serial: int = 0
    """The call that is still unanswered."""


class ServerEvent(msgspec.Struct, frozen=True):
    """What a notification server told by itself."""

    what: Literal["pressed", "closed", "delivered", "server-gone"]
    number: int = 0
    action: Action | None = None
    serial: int = 0


class Channel(Protocol):
    """One way of showing a popup."""

    @property
    def name(self) -> ChannelName:
        """What the settings call it."""
        ...

    def show(self, popup: Popup) -> ShowResult:
        """Show ``popup`` and tell what truly became of it; never raises."""
        ...


class NotificationServer(Channel, Protocol):
    """A notification server: it also tells what happens to its popups."""

    def close(self, number: int) -> None:
        """Take a popup from the screen; what cannot be taken stays."""
        ...

    def fileno(self) -> int:
        """Return the descriptor to watch, -1 where there is none."""
        ...

    def events(self) -> Iterator[ServerEvent]:
        """Yield what the server told since the last look."""
        ...


class NoNotificationServer:
    """The notification server of a system that has none of the kind we speak to."""

    name: Literal["desktop"] = "desktop"

    def show(self, popup: Popup) -> ShowResult:
        """Say that nothing was shown."""
        return ShowResult(why="not-delivered", detail="no notification server over D-Bus on this system")

    def close(self, number: int) -> None:
        """Do nothing."""

    def fileno(self) -> int:
        """Return -1."""
        return -1

    def events(self) -> Iterator[ServerEvent]:
        """Yield nothing."""
        yield from ()


def escape_markup(text: str) -> str:
    """Return ``text`` so that a server that reads markup shows it as it is; ``html`` would cost half a megabyte."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def channel_order(setting: str) -> tuple[ChannelName, ...]:
    """Return the channels to try for the setting ``auto``, or the one that was named."""
    if setting in CHANNELS:
        return tuple(name for name in CHANNELS if name == setting)
    return CHANNELS if sys.platform.startswith("linux") else CHANNELS[1:]


def show_by(channels: dict[ChannelName, Channel], setting: str, popup: Popup) -> ShowResult:
    """Show ``popup`` by the first channel that delivers; the result tells why the earlier ones did not.

    Where the desktop holds popups back, or took one without an answer, no other way is tried: it would come twice.
    """
    failures: list[str] = []
    for name in channel_order(setting):
        if name not in channels:
            continue
        result = channels[name].show(popup)
        if result.channel or result.why != "not-delivered":
            return result
        failures.append(f"{name}: {result.detail}")
    return ShowResult(why="not-delivered", detail="; ".join(failures) or "no channel")
