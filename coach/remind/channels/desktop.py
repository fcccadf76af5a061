"""Popups with buttons by the desktop's own notification server, over D-Bus."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Literal, get_args

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, message_bus, new_method_call

from coach.remind.bus import Bus, BusError, NoAnswerError, answer
from coach.remind.channels import APP, Action, Popup, ServerEvent, ShowResult, escape_markup
from coach.words.shown import shown

NAME = "org.freedesktop.Notifications"
SERVER = DBusAddress("/org/freedesktop/Notifications", bus_name=NAME, interface=NAME)
_DUNST = DBusAddress("/org/freedesktop/Notifications", bus_name=NAME, interface="org.dunstproject.cmd0")
ASK_S = 2.0
"""How long a question beside the popup itself may take."""
SHORT_MS = 120_000
"""How long a popup stays that need not wait for an answer."""
_NO_SERVER = ("ServiceUnknown", "NameHasNoOwner", "Spawn", "activatable", "provided by any .service")


class DesktopChannel:
    """The desktop's notification server; it may come, go, restart or hang at any time."""

    name: Literal["desktop"] = "desktop"

    def __init__(self) -> None:
        """Connect when first needed."""
        self._bus: Bus | None = None
        self._capabilities: frozenset[str] | None = None
        self._unsupported: set[str] = set()
        """Properties that this server was asked for in vain."""
        self._events: list[ServerEvent] = []

    def show(self, popup: Popup) -> ShowResult:
        """Show ``popup``; held where the server is set not to disturb."""
        try:
            bus = self._connected()
            message = self._message(popup)
            # A server that holds popups back takes them all the same: it must be asked before, or they count as shown.
            if self._do_not_disturb(bus):
                return ShowResult(why="do-not-disturb")
            number = bus.call(message)[0]
        except NoAnswerError as late:
            return ShowResult(why="no-answer", detail="no answer from the notification server", serial=late.serial)
        except BusError as error:
            self._read()
            return ShowResult(why="not-delivered", detail=str(error))
        return ShowResult(channel="desktop", number=int(number))

    def close(self, number: int) -> None:
        """Take a popup from the screen; what cannot be taken stays."""
        if self._bus is not None and number:
            with suppress(BusError):
                self._bus.send(new_method_call(SERVER, "CloseNotification", "u", (number,)))

    def fileno(self) -> int:
        """Return the descriptor to watch, -1 where not connected."""
        return self._bus.fileno() if self._bus is not None else -1

    def events(self) -> Iterator[ServerEvent]:
        """Yield what the server told since the last look."""
        self._read()
        while self._events:
            yield self._events.pop(0)

    def capabilities(self) -> frozenset[str]:
        """Return what the server says it can; raises ``BusError`` where there is none."""
        bus = self._connected()
        if self._capabilities is None:
            try:
                self._capabilities = frozenset(bus.call(new_method_call(SERVER, "GetCapabilities"), ASK_S)[0])
            except NoAnswerError:
                return frozenset({"actions"})  # every server of a desktop has buttons; a slow one is asked again
        return self._capabilities

    def _connected(self) -> Bus:
        self._read()  # what waits unread may say that the server changed
        if self._bus is None:
            bus = Bus()
            bus.listen(MatchRule(type="signal", interface=NAME, path=SERVER.object_path))
            owner = MatchRule(type="signal", sender=message_bus.bus_name, member="NameOwnerChanged")
            owner.add_arg_condition(0, NAME)
            bus.listen(owner)
            self._bus = bus
        return self._bus

    def _do_not_disturb(self, bus: Bus) -> bool:
        """Tell whether the person asked the desktop not to disturb; a server that cannot tell is not asked again."""
        for address, name in ((SERVER, "Inhibited"), (_DUNST, "paused")):
            if name in self._unsupported:
                continue
            try:
                if bool(bus.get(address, name, ASK_S)):
                    return True
            except NoAnswerError:
                self._unsupported.add(name)
                return False
            except BusError as error:
                if not any(sign in str(error) for sign in _NO_SERVER):
                    self._unsupported.add(name)
        return False

    def _message(self, popup: Popup) -> Message:
        capabilities = self.capabilities()
        body = shown(popup.body, keep="\n")
        if "body-markup" in capabilities:
            body = escape_markup(body)
        buttons = _actions(popup) if "actions" in capabilities else []
        hints: dict[str, tuple[str, Any]] = {"urgency": ("y", 1), "category": ("s", "reminder")}
        if not popup.sound:
            hints["suppress-sound"] = ("b", True)
        elif "sound" in capabilities:
            hints["sound-name"] = ("s", "message-new-instant")
        expires = 0 if popup.stays else SHORT_MS
        content = (APP, popup.replaces, "", shown(popup.title), body, buttons, hints, expires)
        return new_method_call(SERVER, "Notify", "susssasa{sv}i", content)

    def _event(self, message: Message) -> Iterator[ServerEvent]:
        fields, body = message.header.fields, message.body
        if message.header.message_type is MessageType.method_return:
            self._unsupported.clear()  # it answers again
            with suppress(BusError, TypeError, ValueError, IndexError):
                yield ServerEvent("delivered", int(answer(message)[0]), serial=int(fields[HeaderFields.reply_serial]))
            return
        match fields.get(HeaderFields.member), body:
            case "NameOwnerChanged", (str(name), *_) if name == NAME:
                self._capabilities = None
                self._unsupported.clear()
                yield ServerEvent("server-gone")
            case "ActionInvoked", (int(number), str(key)) if (action := _action(key)) is not None:
                yield ServerEvent("pressed", number, action)
            case "NotificationClosed", (int(number), *_):
                yield ServerEvent("closed", number)
            case _:
                pass

    def _read(self) -> None:
        """Take in what has come; leave a connection that broke, so that the next popup begins with a new one."""
        if self._bus is None:
            return
        try:
            for message in self._bus.messages():
                self._events += self._event(message)
        except BusError:
            self._bus.close()
            self._bus = None
            self._capabilities = None
            self._unsupported.clear()
            self._events.append(ServerEvent("server-gone"))


def _actions(popup: Popup) -> list[str]:
    """Return keys and labels; where there is a start, a click on the popup itself starts too."""
    default = [("default", label) for action, label in popup.buttons if action == "start"]
    return [text for pair in (*default, *popup.buttons) for text in pair]


def _action(key: str) -> Action | None:
    return "start" if key == "default" else next((action for action in get_args(Action) if action == key), None)
