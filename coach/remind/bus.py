"""One connection to a D-Bus bus: calls that end in real seconds, and messages that come by themselves."""

import itertools
import os
import socket
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Literal

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageFlag,
    MessageType,
    Parser,
    Properties,
    message_bus,
    new_method_call,
)
from jeepney.auth import BEGIN, AuthenticationError, Authenticator
from jeepney.bus import get_bus

from coach.patience import limit

WAIT_S = 5.0
"""How long a call waits for its answer."""
_CHUNK = 16_384


class BusError(Exception):
    """There is no bus, or it said no."""


class NoAnswer(BusError):  # noqa: N818 -- it is what happened
    """A call was sent, and nobody answered in time."""

    def __init__(self, serial: int) -> None:
        """Keep the call's number: its answer may still come."""
        super().__init__("no answer")
        self.serial = serial


class Bus:
    """A connection; any trouble with it is a ``BusError``, after which it is of no more use."""

    def __init__(self, name: Literal["SESSION", "SYSTEM"] = "SESSION") -> None:
        """Connect, or raise ``BusError``."""
        self._serials = itertools.count(1)
        self._parser = Parser()
        self._inbox: deque[Message] = deque()
        self._socket = socket.socket(socket.AF_UNIX)
        try:
            limit(self._socket, WAIT_S)
            self._socket.connect(_address(name))
            self._greet()
            self.call(message_bus.Hello())
        except BusError:
            self.close()
            raise
        except (OSError, RuntimeError, AuthenticationError) as error:
            self.close()
            raise BusError(str(error)) from error

    def fileno(self) -> int:
        """Return the descriptor to watch for messages."""
        return self._socket.fileno()

    def close(self) -> None:
        """Leave the bus."""
        self._socket.close()

    def send(self, message: Message) -> int:
        """Send ``message`` and return its number."""
        serial = next(self._serials)
        try:
            self._socket.sendall(message.serialise(serial=serial))
        except (OSError, ValueError) as error:
            raise BusError(str(error)) from error
        return serial

    def call(self, message: Message, wait_s: float = WAIT_S) -> tuple[Any, ...]:
        """Return what ``message`` is answered with; ``NoAnswer`` where nothing comes in ``wait_s`` real seconds."""
        serial = self.send(message)
        with suppress(OSError):
            limit(self._socket, wait_s)
        found: Message | None = None
        while found is None:
            for come in self._read(serial):
                if come.header.fields.get(HeaderFields.reply_serial) == serial:
                    found = come
                else:
                    self._inbox.append(come)
        return answer(found)

    def get(self, address: DBusAddress, name: str, wait_s: float = WAIT_S) -> Any:
        """Return a property."""
        return self.call(quiet(Properties(address).get(name)), wait_s)[0][1]

    def method(self, address: DBusAddress, name: str, wait_s: float = WAIT_S) -> tuple[Any, ...]:
        """Call a method without arguments, of a service that runs already."""
        return self.call(quiet(new_method_call(address, name)), wait_s)

    def listen(self, rule: MatchRule) -> None:
        """Ask for the signals of ``rule``."""
        self.call(message_bus.AddMatch(rule))

    def messages(self) -> Iterator[Message]:
        """Yield what has come by itself, without waiting."""
        while True:
            while self._inbox:
                yield self._inbox.popleft()
            try:
                data = self._socket.recv(_CHUNK, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return
            except OSError as error:
                raise BusError(str(error)) from error
            if not data:
                raise BusError("the bus is gone")
            self._inbox.extend(self._parsed(data))

    def _greet(self) -> None:
        greeting = Authenticator(inc_null_byte=False)
        self._socket.sendall(b"\0")
        for line in greeting:
            self._socket.sendall(line)
            greeting.feed(self._received())
        self._socket.sendall(BEGIN)

    def _received(self) -> bytes:
        data = self._socket.recv(_CHUNK)
        if not data:
            raise BusError("the bus is gone")
        return data

    def _read(self, serial: int) -> Iterator[Message]:
        try:
            yield from self._parsed(self._received())
        except BlockingIOError:
            raise NoAnswer(serial) from None
        except OSError as error:
            raise BusError(str(error)) from error

    def _parsed(self, data: bytes) -> Iterator[Message]:
        self._parser.add_data(data)
        while (message := self._parser.get_next_message()) is not None:
            yield message


def answer(reply: Message) -> tuple[Any, ...]:
    """Return the content of an answer; an error among answers is raised."""
    body = reply.body if isinstance(reply.body, tuple) else (reply.body,)
    if reply.header.message_type is MessageType.error:
        raise BusError(str(body[0]) if body else str(reply.header.fields.get(HeaderFields.error_name)))
    return body


def quiet(message: Message) -> Message:
    """Return ``message`` so that it does not start a service."""
    message.header.flags |= MessageFlag.no_auto_start
    return message


def _address(name: Literal["SESSION", "SYSTEM"]) -> str | bytes:
    """Return the address of a bus; an agent started outside the desktop looks where the session's own stands."""
    if name == "SESSION" and not os.environ.get("DBUS_SESSION_BUS_ADDRESS") and hasattr(os, "getuid"):
        own = f"/run/user/{os.getuid()}/bus"
        if not os.path.exists(own):
            raise BusError("no session bus")
        return own
    try:
        found: str | bytes = get_bus(name)
    except (KeyError, RuntimeError, ValueError) as error:
        raise BusError("no session bus") from error
    return found
