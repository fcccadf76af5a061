"""A message bus in this process: real sockets and the real wire format, and services that a test speaks for.

It does what the agent asks of a bus: greeting, names with owners, signals to whoever asked for them.
"""

import re
import selectors
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageFlag,
    MessageType,
    Parser,
    new_error,
    new_method_return,
    new_signal,
)

BUS = "org.freedesktop.DBus"
POPUPS = "org.freedesktop.Notifications"
ERROR = "org.freedesktop.DBus.Error"
Answer = tuple[str, tuple[Any, ...]]
"""Signature and body of an answer."""


class Refused(Exception):  # noqa: N818 -- it is what a service says
    """A service answers with this error: its name and its text."""

    def __init__(self, name: str, text: str = "") -> None:
        super().__init__(text)
        self.name = name


class Service:
    """A service on the bus: it answers calls, those of ``silent`` only once it is told to."""

    names: tuple[str, ...] = ()

    def __init__(self) -> None:
        self.silent: set[str] = set()
        """Names of methods that it does what is asked of, and does not answer."""
        self._late: list[Callable[[], None]] = []
        self.calls: list[str] = []
        self.unique_name = ""
        self.bus: Daemon

    def answer(self, member: str, body: tuple[Any, ...]) -> Answer:
        """Answer a call; ``Refused`` for what it does not know."""
        raise Refused(f"{ERROR}.UnknownMethod", member)

    def answer_late(self) -> None:
        """Answer what was left unanswered, and everything from now on."""
        self.silent.clear()
        late, self._late = self._late, []
        for answer in late:
            answer()


class Daemon:
    """The bus: a thread that serves every connection until it is stopped."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.address = f"unix:path={path}"
        self.owners: dict[str, Service] = {}
        self._numbers = iter(range(1, 1_000_000))
        self._lock = threading.RLock()
        self._serve()

    def _serve(self) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.path))
        self._listener.listen()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._wake, waker = socket.socketpair()
        self._selector.register(waker, selectors.EVENT_READ)
        self._clients: dict[socket.socket, _Client] = {}
        self._stopped = False
        self._thread = threading.Thread(target=self._loop, daemon=True)
        self._thread.start()

    def add(self, service: Service) -> None:
        """Let ``service`` own its names, in place of whoever had them."""
        with self._lock:
            service.bus = self
            service.unique_name = f":2.{next(self._numbers)}"
            for name in service.names:
                before = self.owners.get(name)
                self.owners[name] = service
                self._owner_changed(name, before.unique_name if before else "", service.unique_name)

    def remove(self, service: Service) -> None:
        """Let ``service`` leave the bus."""
        with self._lock:
            for name in service.names:
                del self.owners[name]
                self._owner_changed(name, service.unique_name, "")

    def signal(self, sender: str, source: DBusAddress, member: str, signature: str, body: tuple[Any, ...]) -> None:
        """Send a signal to all who listen."""
        message = new_signal(source, member, signature, body)
        message.header.fields[HeaderFields.sender] = sender
        with self._lock:
            for client in self._clients.values():
                if any(_matches(rule, message) for rule in client.rules):
                    client.send(message)

    def send_to_all(self, message: Message) -> None:
        """Send a message to every connection, whether or not it asked for it."""
        with self._lock:
            for client in self._clients.values():
                client.send(message)

    def stop(self) -> None:
        """End the bus under everybody."""
        self._stopped = True
        for connection in list(self._clients):
            with suppress(OSError):  # its thread may wait for one that reads no more
                connection.shutdown(socket.SHUT_RDWR)
        with suppress(BrokenPipeError):  # it saw by itself that it shall end
            self._wake.send(b"!")
        self._thread.join()
        with self._lock:
            for client in list(self._clients):
                client.close()
            self._listener.close()
            self._wake.close()
            self.path.unlink(missing_ok=True)

    def start_again(self) -> None:
        """Come back after a stop, with no service on it."""
        self.owners.clear()
        self._serve()

    def _owner_changed(self, name: str, before: str, after: str) -> None:
        self.signal(
            BUS, DBusAddress("/org/freedesktop/DBus", interface=BUS), "NameOwnerChanged", "sss", (name, before, after)
        )

    def _loop(self) -> None:
        while not self._stopped:
            for key, _ in self._selector.select():
                if key.fileobj is self._listener:
                    accepted, _ = self._listener.accept()
                    self._clients[accepted] = _Client(accepted, f":1.{next(self._numbers)}")
                    self._selector.register(accepted, selectors.EVENT_READ)
                elif key.fileobj in self._clients:
                    self._read(key.fileobj)
        self._selector.close()

    def _read(self, connection: socket.socket) -> None:
        try:
            data = connection.recv(65536)
        except OSError:
            data = b""
        with self._lock:
            client = self._clients[connection]
            if not data:
                self._selector.unregister(connection)
                del self._clients[connection]
                connection.close()
                return
            for call in client.calls(data):
                self._answer(client, call)

    def _answer(self, client: "_Client", call: Message) -> None:
        fields = call.header.fields
        name, member = fields.get(HeaderFields.destination), fields[HeaderFields.member]
        try:
            if name == BUS:
                signature, body = self._own(client, member, call.body)
                reply = new_method_return(call, signature, body)
            elif (service := self.owners.get(str(name))) is None:
                reply = new_error(call, f"{ERROR}.ServiceUnknown", "s", (f"The name {name} was not provided",))
            else:
                service.calls.append(str(member))
                signature, body = service.answer(str(member), call.body)
                reply = new_method_return(call, signature, body)
                reply.header.fields[HeaderFields.sender] = service.unique_name
                if member in service.silent:
                    service._late.append(lambda: client.send(reply))
                    return
        except Refused as refused:
            reply = new_error(call, refused.name, "s", (str(refused),))
        if not call.header.flags & MessageFlag.no_reply_expected:
            client.send(reply)

    def _own(self, client: "_Client", member: str, body: tuple[Any, ...]) -> Answer:
        """Answer what the bus itself is asked."""
        match member:
            case "Hello":
                return "s", (client.name,)
            case "AddMatch":
                client.rules.append(dict(re.findall(r"(\w+)='([^']*)'", body[0])))
                return "", ()
            case "GetNameOwner":
                if (service := self.owners.get(body[0])) is None:
                    raise Refused(f"{ERROR}.NameHasNoOwner", f"Could not get owner of name '{body[0]}'")
                return "s", (service.unique_name,)
            case "GetId":
                return "s", (f"{id(self._listener):032x}",)
            case _:
                raise Refused(f"{ERROR}.UnknownMethod", member)


class _Client:
    """One connection to the bus."""

    def __init__(self, connection: socket.socket, name: str) -> None:
        self.connection, self.name = connection, name
        self.rules: list[dict[str, str]] = []
        self._parser: Parser | None = None
        self._greeting = b""
        self._serials = iter(range(1, 1_000_000_000))

    def calls(self, data: bytes) -> list[Message]:
        """Return the calls in ``data``, once the greeting is over."""
        if self._parser is None:
            data = self._greet(data)
        return [] if self._parser is None else self._parser.feed(data)

    def send(self, message: Message) -> None:
        """Send a message; one who does not listen any more is no matter."""
        try:
            self.connection.sendall(message.serialise(serial=next(self._serials)))
        except OSError:
            return

    def _greet(self, data: bytes) -> bytes:
        """Answer the lines of the greeting; return what follows its end."""
        self._greeting += data
        while b"\r\n" in self._greeting:
            line, self._greeting = self._greeting.split(b"\r\n", 1)
            step = line.lstrip(b"\0")
            # GLib asks first which ways there are, then says who it is only when asked, and last asks for descriptors.
            if step == b"AUTH":
                self.connection.sendall(b"REJECTED EXTERNAL\r\n")
            elif step == b"AUTH EXTERNAL":
                self.connection.sendall(b"DATA\r\n")
            elif step.startswith((b"AUTH EXTERNAL ", b"DATA")):
                self.connection.sendall(b"OK 0123456789abcdef0123456789abcdef\r\n")
            elif step == b"NEGOTIATE_UNIX_FD":
                self.connection.sendall(b"ERROR\r\n")
            elif step == b"BEGIN":
                self._parser = Parser()
                return self._greeting
        return b""


def _matches(rule: dict[str, str], message: Message) -> bool:
    fields = message.header.fields
    for name, wanted in rule.items():
        if name == "type":
            fits = message.header.message_type is MessageType[wanted]
        elif name == "arg0":
            fits = bool(message.body) and message.body[0] == wanted
        elif name == "sender" and not wanted.startswith(":"):
            fits = True  # a name stands for its owner
        else:
            fits = fields.get(HeaderFields[name]) == wanted
        if not fits:
            return False
    return True


class NotificationServer(Service):
    """A notification server that records what it was asked to show."""

    names = (POPUPS,)
    path = "/org/freedesktop/Notifications"

    def __init__(self, *capabilities: str, name: str = "recorder") -> None:
        super().__init__()
        self.name = name
        self.capabilities = capabilities or ("actions", "body", "body-markup", "sound")
        self.popups: list[dict[str, Any]] = []
        self.closed: list[int] = []
        self.properties: dict[str, tuple[str, Any]] = {"Inhibited": ("b", False)}
        self.number_of: Callable[[int], Answer] = lambda number: ("u", (number,))

    def answer(self, member: str, body: tuple[Any, ...]) -> Answer:
        match member:
            case "Notify":
                return self._notify(body)
            case "CloseNotification":
                self.closed.append(body[0])
                return "", ()
            case "GetCapabilities":
                return "as", (list(self.capabilities),)
            case "GetServerInformation":
                return "ssss", (self.name, "tests", "1", "1.2")
            case "Get" if body[1] in self.properties:
                return "v", (self.properties[body[1]],)
            case _:
                return super().answer(member, body)

    def _notify(self, body: tuple[Any, ...]) -> Answer:
        app, replaces, _, title, text, actions, hints, expires = body
        number = replaces or len(self.popups) + 1
        self.popups.append({
            "number": number, "app": app, "title": title, "body": text, "hints": hints, "expires": expires,
            "buttons": dict(zip(actions[::2], actions[1::2], strict=True)),
        })  # fmt: skip
        return self.number_of(number)

    @property
    def titles(self) -> list[str]:
        """The titles of all popups, in order."""
        return [popup["title"] for popup in self.popups]

    def press(self, key: str, number: int | None = None) -> None:
        """Press a button of the last popup, or of ``number``."""
        self._tell("ActionInvoked", "us", (number or self.popups[-1]["number"], key))

    def close(self, number: int | None = None, reason: int = 2) -> None:
        """Tell that the last popup, or ``number``, is closed."""
        self._tell("NotificationClosed", "uu", (number or self.popups[-1]["number"], reason))

    def _tell(self, member: str, signature: str, body: tuple[Any, ...]) -> None:
        self.bus.signal(self.unique_name, DBusAddress(self.path, interface=POPUPS), member, signature, body)


class PropertyService(Service):
    """A service of methods without arguments, and of properties."""

    def __init__(self, *names: str, answers: dict[str, Answer] | None = None) -> None:
        super().__init__()
        self.names = names
        self.answers = answers or {}

    def answer(self, member: str, body: tuple[Any, ...]) -> Answer:
        key = body[1] if member == "Get" else member
        if key not in self.answers:
            return super().answer(member, body)
        signature, values = self.answers[key]
        return ("v", ((signature, values[0]),)) if member == "Get" else (signature, values)
