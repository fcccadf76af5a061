"""Popups with buttons by the desktop's own notification server, over D-Bus."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Literal, get_args

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, message_bus, new_method_call

from coach.remind.bus import Bus, BusError, NoAnswerError, answer
from coach.remind.channels import APP, Action, Popup, ServerEvent, ShowResult, escape_markup, not_delivered
from coach.remind.channels.do_not_disturb import DoNotDisturb
from coach.words.shown import shown

NAME = "org.freedesktop.Notifications"
SERVER = DBusAddress("/org/freedesktop/Notifications", bus_name=NAME, interface=NAME)
ASK_S = 2.0
"""How long a question beside the popup itself may take."""
SHORT_MS = 120_000
"""How long a popup stays that need not wait for an answer."""
NORMAL, CRITICAL = 1, 2
"""The protocol's urgencies; servers show a critical one also where they are set not to disturb, and keep it."""


class DesktopChannel:
    """The desktop's notification server; it may come, go, restart or hang at any time."""

    name: Literal["desktop"] = "desktop"

    def __init__(self) -> None:
        """Connect when first needed."""
        self._bus: Bus | None = None
        self.lost = False
        self._bus_id = ""
        self._owner = ""
        """The connection that owns the server's name: signals of any other are not the server's."""
        self._capabilities: frozenset[str] | None = None
        self._do_not_disturb: DoNotDisturb | None = None
        self._events: list[ServerEvent] = []

    def show(self, popup: Popup) -> ShowResult:
        """Show ``popup``; one that is not urgent is held where the server is set not to disturb."""
        try:
            bus = self._connected()
            message = self._message(popup)
            # A server that holds popups back takes them all the same: it must be asked before, or they count as shown.
            held = self._held(bus)
            if held and not popup.urgent:
                return ShowResult(why="do-not-disturb")
            number = _number(bus.call(message))
        except NoAnswerError as late:
            return ShowResult(why="no-answer", detail="no answer from the notification server", serial=late.serial)
        except BusError as error:
            self._read()
            return not_delivered(error)
        seen = held is False
        return ShowResult(channel="desktop", number=number, server=self.server(), why=None if seen else "handed-over")

    def check(self) -> ShowResult:
        """Tell whether a popup would come, by asking the server what it can."""
        try:
            self.capabilities()
            held = self._held(self._connected())
        except BusError as error:
            self._read()
            return not_delivered(error)
        return ShowResult(channel="desktop", why="do-not-disturb" if held else None)

    def close(self, number: int) -> None:
        """Take a popup from the screen; what cannot be taken stays."""
        if self._bus is not None and number:
            with suppress(BusError):
                # Sent and not waited for: a server that hangs must not hold up what comes next.
                self._bus.send(new_method_call(SERVER, "CloseNotification", "u", (number,)))

    def disconnect(self) -> None:
        """Leave the bus; the next popup connects anew."""
        if self._bus is not None:
            self._bus.close()
        self._bus, self._owner = None, ""
        self._forget_server()

    def fileno(self) -> int:
        """Return the descriptor to watch, -1 where not connected."""
        return self._bus.fileno() if self._bus is not None else -1

    def events(self) -> Iterator[ServerEvent]:
        """Yield what the server told since the last look."""
        self._read()
        while self._events:
            yield self._events.pop(0)

    def server(self) -> str:
        """Return which server is there now, by bus and connection; empty where there is none."""
        with suppress(BusError):
            self._connected()
        return f"{self._bus_id}{self._owner}" if self._owner else ""

    def capabilities(self) -> frozenset[str]:
        """Return what the server says it can; raises ``BusError`` where there is none."""
        bus = self._connected()
        if self._capabilities is None:
            try:
                (names,) = bus.call(new_method_call(SERVER, "GetCapabilities"), ASK_S)
                self._capabilities = frozenset(map(str, names))
            except NoAnswerError:
                return frozenset({"actions"})  # every server of a desktop has buttons; a slow one is asked again
            except (TypeError, ValueError) as error:
                raise BusError("an answer that is none") from error
        return self._capabilities

    def _connected(self) -> Bus:
        self._read()  # what waits unread may say that the server changed
        if self._bus is None:
            bus = Bus()
            # Listening before the first popup: its button may be pressed while the answer is still on its way.
            bus.listen(MatchRule(type="signal", interface=NAME, path=SERVER.object_path))
            owner = MatchRule(type="signal", sender=message_bus.bus_name, member="NameOwnerChanged")
            owner.add_arg_condition(0, NAME)
            bus.listen(owner)
            self.lost = False
            self._bus, self._bus_id, self._owner = bus, bus.bus_id(), bus.owner_of(NAME)
        return self._bus

    def _held(self, bus: Bus) -> bool | None:
        """Tell whether the person set the desktop not to disturb; None where its own switch cannot be read."""
        if self._do_not_disturb is None:
            try:
                (name, *_) = bus.call(new_method_call(SERVER, "GetServerInformation"), ASK_S)
            except (BusError, ValueError):
                name = ""
            self._do_not_disturb = DoNotDisturb(str(name))
        return self._do_not_disturb.read(bus)

    def _message(self, popup: Popup) -> Message:
        capabilities = self.capabilities()
        body = shown(popup.body if "actions" in capabilities else popup.whole_body, keep="\n")
        if "body-markup" in capabilities:
            body = escape_markup(body)
        buttons = _actions(popup) if "actions" in capabilities else []
        urgency = CRITICAL if popup.urgent else NORMAL
        hints: dict[str, tuple[str, Any]] = {"urgency": ("y", urgency), "category": ("s", "reminder")}
        if not popup.sound:
            hints["suppress-sound"] = ("b", True)
        elif "sound" in capabilities:
            hints["sound-name"] = ("s", "message-new-instant")
        # 0: until it is answered. Left to the server's own default, many take a popup away after five seconds.
        expires = 0 if popup.stays else SHORT_MS
        content = (APP, popup.replaces, "", shown(popup.title), body, buttons, hints, expires)
        return new_method_call(SERVER, "Notify", "susssasa{sv}i", content)

    def _event(self, message: Message) -> Iterator[ServerEvent]:
        fields, body = message.header.fields, message.body
        if message.header.message_type is MessageType.method_return:
            self._forget_server()  # it answers again: what it did not answer before may be asked anew
            with suppress(BusError):
                serial = int(fields[HeaderFields.reply_serial])
                yield ServerEvent("delivered", _number(answer(message)), serial=serial)
            return
        sender = fields.get(HeaderFields.sender)
        match fields.get(HeaderFields.member), body:
            case "NameOwnerChanged", (str(name), str(before), str(after)) if (
                name == NAME and sender == message_bus.bus_name
            ):
                self._forget_server()
                self._owner = after
                if before:  # else the server came up just now, for the popup that is being shown
                    yield ServerEvent("server-gone")
            case "ActionInvoked", (int(number), str(key)) if sender == self._owner and (action := _action(key)):
                yield ServerEvent("pressed", number, action)
            case "NotificationClosed", (int(number), int(reason)) if sender == self._owner:
                yield ServerEvent("closed", number, reason=reason)
            case _:
                pass

    def _forget_server(self) -> None:
        self._capabilities = None
        self._do_not_disturb = None

    def _read(self) -> None:
        """Take in what has come; leave a connection that broke, so that the next popup begins with a new one."""
        if self._bus is None:
            return
        try:
            for message in self._bus.messages():
                self._events += self._event(message)
        except BusError:
            self.disconnect()
            self.lost = True
            self._events.append(ServerEvent("server-gone"))


def _number(body: tuple[Any, ...]) -> int:
    """Return the number of a popup that a server answered with; ``BusError`` where it is none."""
    match body:
        case (int(number),) if number > 0:
            return number
        case _:
            raise BusError("an answer that is none")


def _actions(popup: Popup) -> list[str]:
    """Return keys and labels; where there is a start, a click on the popup itself starts too."""
    # Without a label: XFCE's server makes a button of every action that has one, and there would be two to start.
    default = [("default", "") for action, _ in popup.buttons if action == "start"]
    return [text for pair in (*default, *popup.buttons) for text in pair]


def _action(key: str) -> Action | None:
    return "start" if key == "default" else next((action for action in get_args(Action) if action == key), None)
