"""One connection to a D-Bus bus: calls that end by a deadline, and what comes by itself kept until it is asked for.

It is jeepney's blocking connection. What is added: the number of a call whose answer may still come late, one deadline
a call however many signals arrive meanwhile, and a bound on what waits.
"""

import os
import struct
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Literal

from jeepney import (
    DBusAddress,
    DBusErrorResponse,
    HeaderFields,
    MatchRule,
    Message,
    MessageFlag,
    Properties,
    message_bus,
    new_method_call,
)
from jeepney.auth import AuthenticationError
from jeepney.bus import get_bus
from jeepney.io.blocking import DBusConnection, prep_socket
from jeepney.wrappers import unwrap_msg

BusName = Literal["SESSION", "SYSTEM"]
WAIT_S = 5.0
"""How long a call waits for its answer."""
INBOX = 256
"""How many messages may wait to be looked at; the oldest go first. A person presses no more buttons than this."""
LARGEST_MESSAGE = 65_536
"""Bytes. Whatever is larger than any signal that is listened for is let go."""
_BROKEN = (OSError, ValueError, LookupError, TypeError, struct.error, AuthenticationError)
"""What the library raises where the other end is gone, or sends what cannot be read."""


class BusError(Exception):
    """There is no bus, or it said no."""


class NoAnswerError(BusError):
    """A call was sent, and nobody answered in time."""

    def __init__(self, serial: int) -> None:
        """Keep the call's number: its answer may still come."""
        super().__init__("no answer")
        self.serial = serial


class _Connection(DBusConnection):  # type: ignore[misc]  # it ships no types
    def receive(self, *, timeout: float | None = None) -> Message:
        """Wait ``WAIT_S`` where the library would wait for ever: for the answer to its own *Hello*."""
        return super().receive(timeout=WAIT_S if timeout is None else timeout)


class Bus:
    """A connection; any trouble with it is a ``BusError``, after which it is of no more use."""

    def __init__(self, name: BusName = "SESSION") -> None:
        """Connect, or raise ``BusError``."""
        self._inbox: deque[Message] = deque(maxlen=INBOX)
        try:
            opened = prep_socket(_address(name), timeout=WAIT_S)
        except _BROKEN as error:
            raise BusError(str(error)) from error
        opened.settimeout(WAIT_S)  # a bus that reads nothing must not hold a call for ever either
        try:
            self._connection = _Connection(opened)
        except (*_BROKEN, DBusErrorResponse) as error:
            opened.close()
            raise BusError(str(error)) from error

    def fileno(self) -> int:
        """Return the descriptor to watch for messages."""
        return int(self._connection.sock.fileno())

    def close(self) -> None:
        """Leave the bus."""
        self._connection.close()

    def send(self, message: Message) -> int:
        """Send ``message`` and return its number."""
        serial = int(next(self._connection.outgoing_serial))
        try:
            self._connection.send(message, serial=serial)
        except _BROKEN as error:
            raise BusError(str(error)) from error
        return serial

    def call(self, message: Message, wait_s: float = WAIT_S) -> tuple[Any, ...]:
        """Return what ``message`` is answered with; ``NoAnswerError`` where nothing comes within ``wait_s``."""
        # Not the library's own send_and_get_reply: it keeps no number of a call that nobody answered, and while signals
        # come without end it never looks at the clock.
        serial = self.send(message)
        deadline = time.monotonic() + wait_s
        while (left := deadline - time.monotonic()) > 0:
            try:
                received = self._receive(left)
            except TimeoutError:
                break
            if received.header.fields.get(HeaderFields.reply_serial) == serial:
                return answer(received)
            self._keep(received)
        raise NoAnswerError(serial)

    def get(self, address: DBusAddress, name: str, wait_s: float = WAIT_S) -> Any:
        """Return a property."""
        return self.call(without_start(Properties(address).get(name)), wait_s)[0][1]

    def method(self, address: DBusAddress, name: str, wait_s: float = WAIT_S) -> tuple[Any, ...]:
        """Call a method without arguments, of a service that runs already."""
        return self.call(without_start(new_method_call(address, name)), wait_s)

    def listen(self, rule: MatchRule) -> None:
        """Ask for the signals of ``rule``."""
        self.call(message_bus.AddMatch(rule))

    def bus_id(self) -> str:
        """Return the number of the bus itself, which no other bus has; empty where it does not say."""
        with suppress(BusError, ValueError):
            (bus_id,) = self.call(message_bus.GetId())
            return str(bus_id)
        return ""

    def owner_of(self, name: str) -> str:
        """Return the connection that owns ``name``, empty where none does."""
        with suppress(BusError, ValueError):
            (owner,) = self.call(message_bus.GetNameOwner(name))
            return str(owner)
        return ""

    def messages(self) -> Iterator[Message]:
        """Yield what has come by itself, without waiting; no more than ``INBOX``, the rest at the next look."""
        # Bounded: in a flood of signals the clock and the slots must have their turn too.
        for _ in range(INBOX):
            if not self._inbox:
                try:
                    self._keep(self._receive(0))
                except TimeoutError:
                    return
            if self._inbox:
                yield self._inbox.popleft()

    def _receive(self, wait_s: float) -> Message:
        try:
            return self._connection.receive(timeout=wait_s)
        except TimeoutError:
            raise
        except _BROKEN as error:
            raise BusError(str(error)) from error

    def _keep(self, message: Message) -> None:
        if message.header.body_length <= LARGEST_MESSAGE:
            self._inbox.append(message)


def answer(reply: Message) -> tuple[Any, ...]:
    """Return the content of an answer; an error among answers is raised."""
    try:
        body = unwrap_msg(reply)
    except DBusErrorResponse as error:
        raise BusError(str(error.data[0]) if error.data else str(error.name)) from error
    return body if isinstance(body, tuple) else (body,)


def without_start(message: Message) -> Message:
    """Return ``message`` so that it starts no service: a question must not bring up a part of the desktop."""
    message.header.flags |= MessageFlag.no_auto_start
    return message


def _address(name: BusName) -> str | bytes:
    """Return the address of a bus; an agent started outside the desktop looks where the session's own stands."""
    if name == "SESSION" and not os.environ.get("DBUS_SESSION_BUS_ADDRESS") and hasattr(os, "getuid"):
        own = f"/run/user/{os.getuid()}/bus"
        if not os.path.exists(own):
            raise BusError("no session bus")
        return own  # a bare service has no address in its environment, and a desktop all the same
    try:
        address: str | bytes = get_bus(name)
    except (KeyError, RuntimeError, ValueError) as error:
        raise BusError("no session bus") from error
    return address
