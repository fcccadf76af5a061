"""The ways of showing a popup, best first, and what truly became of one.

A channel that did not deliver says so with its reason; nothing is called delivered on a guess.
"""

import sys
from collections.abc import Callable, Iterator
from typing import Literal, Protocol

import msgspec

from coach.domain.reminders.reminder import CHANNELS, ChannelName
from coach.words.shown import shown

Action = Literal["start", "later", "hurts", "done", "yes", "no"]
ShownReason = Literal["not-delivered", "no-answer", "do-not-disturb", "handed-over"]
LONGEST_DETAIL = 200
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
    urgent: bool = False
    """Whether it comes even where the desktop is set not to disturb."""
    without_buttons: str = ""
    """What the text says besides where there are no buttons: how to start."""
    kind: str = "custom"
    slot: str = ""
    """What it is about, for whoever answers it without a server's number."""

    @property
    def whole_body(self) -> str:
        """The body with what it says besides where there are no buttons."""
        return "\n".join(part for part in (self.body, self.without_buttons) if part)


class ShowResult(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one try: ``channel`` is None where nothing was delivered."""

    channel: ChannelName | None = None
    number: int = 0
    """The server's number of the popup, 0 where it has none."""
    server: str = ""
    """Which server gave that number: no other program's popups have it there."""
    why: ShownReason | None = None
    """Why nothing was delivered; ``handed-over``: the desktop took it, and whether it showed it cannot be known."""
    detail: str | None = None
    serial: int = 0
    """The call that is still unanswered."""


class ServerEvent(msgspec.Struct, frozen=True):
    """What a notification server told by itself."""

    what: Literal["pressed", "closed", "delivered", "server-gone"]
    number: int = 0
    action: Action | None = None
    serial: int = 0
    reason: int = 0
    """Why a popup closed, as the server's protocol counts: 1 expired, 2 by the person, 3 by its program, 4 unknown."""


class Channel(Protocol):
    """One way of showing a popup."""

    @property
    def name(self) -> ChannelName:
        """What the settings call it."""
        ...

    def show(self, popup: Popup) -> ShowResult:
        """Show ``popup`` and tell what truly became of it; never raises."""
        ...

    def check(self) -> ShowResult:
        """Tell what would become of a popup now, as far as can be asked without showing one; never raises."""
        ...


class NotificationServer(Channel, Protocol):
    """A notification server: it also tells what happens to its popups."""

    @property
    def lost(self) -> bool:
        """Whether there was a message bus, and it is gone."""
        ...

    def close(self, number: int) -> None:
        """Take a popup from the screen; what cannot be taken stays."""
        ...

    def fileno(self) -> int:
        """Return the descriptor to watch, -1 where there is none."""
        ...

    def events(self) -> Iterator[ServerEvent]:
        """Yield what the server told since the last look."""
        ...

    def server(self) -> str:
        """Return which server is there now, empty where there is none: another one numbers its popups anew."""
        ...

    def disconnect(self) -> None:
        """Let go of the server; the next popup connects anew."""
        ...


class NoNotificationServer:
    """The notification server of a system that has none of the kind we speak to."""

    name: Literal["desktop"] = "desktop"
    lost = False

    def show(self, popup: Popup) -> ShowResult:
        """Say that nothing was shown."""
        return self.check()

    def check(self) -> ShowResult:
        """Say that nothing would be shown."""
        return not_delivered("no notification server over D-Bus on this system")

    def server(self) -> str:
        """Return that there is none."""
        return ""

    def disconnect(self) -> None:
        """Do nothing."""

    def close(self, number: int) -> None:
        """Do nothing."""

    def fileno(self) -> int:
        """Return -1."""
        return -1

    def events(self) -> Iterator[ServerEvent]:
        """Yield nothing."""
        yield from ()


def not_delivered(detail: object) -> ShowResult:
    """Return that nothing was delivered, with what a program or library said of it: cut, and on one line."""
    return ShowResult(why="not-delivered", detail=shown(str(detail))[:LONGEST_DETAIL])


def escape_markup(text: str) -> str:
    """Return ``text`` so that a server that reads markup shows it as it is; ``html`` would cost half a megabyte."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def channel_order(setting: str) -> tuple[ChannelName, ...]:
    """Return the channels to try for the setting ``auto``, or the one that was named."""
    if setting in CHANNELS:
        return tuple(name for name in CHANNELS if name == setting)
    # Elsewhere there is no notification server over D-Bus, and asking for one would be the reason that is told.
    return CHANNELS if sys.platform.startswith("linux") else CHANNELS[1:]


def show_by(channels: dict[ChannelName, Channel], setting: str, popup: Popup) -> ShowResult:
    """Show ``popup`` by the first channel that delivers; the result tells why the earlier ones did not.

    Where the desktop holds popups back, or took one without an answer, no other way is tried: it would come twice.
    """
    return _first(channels, setting, lambda channel: channel.show(popup))


def check_by(channels: dict[ChannelName, Channel], setting: str) -> ShowResult:
    """Tell what would become of a popup now, by the first channel that would deliver."""
    return _first(channels, setting, lambda channel: channel.check())


def _first(channels: dict[ChannelName, Channel], setting: str, use: Callable[[Channel], ShowResult]) -> ShowResult:
    failures: list[str] = []
    for name in channel_order(setting):
        if name not in channels:
            continue
        result = use(channels[name])
        if result.channel or result.why != "not-delivered":
            return result
        failures.append(f"{name}: {result.detail}")
    return ShowResult(why="not-delivered", detail="; ".join(failures) or "no channel")
