"""A notification server that records: it says on stdout what it was asked to show, and does what stdin tells it.

Lines in: ``press NUMBER KEY``, ``inhibit yes|no``, ``idle MILLISECONDS``, ``close NUMBER``; any other is only answered.
Lines out: JSON, one a call, said before the call is answered, and ``done`` for each line in.
"""

import json
import os
import selectors
import sys
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

NAME = "org.freedesktop.Notifications"
GNOME = "org.gnome.Mutter.IdleMonitor"
SIGNALS = DBusAddress("/org/freedesktop/Notifications", interface=NAME)
CAPABILITIES = ["actions", "body", "body-markup", "persistence"]


class Recorder:
    """One server on the session bus."""

    def __init__(self, names: list[str]) -> None:
        self.bus: DBusConnection = open_dbus_connection("SESSION")
        self.shown = 0
        self.inhibited = False
        self.idle_ms = 0
        self.rest = b""
        for name in names:
            self.bus.send_and_get_reply(message_bus.RequestName(name))

    def serve(self) -> None:
        say({"ready": True})
        watch = selectors.DefaultSelector()
        watch.register(sys.stdin, selectors.EVENT_READ, "told")
        watch.register(self.bus.sock, selectors.EVENT_READ)
        while True:
            for key, _ in watch.select():
                if key.data != "told":
                    self.take()
                elif not self.listen():
                    return

    def listen(self) -> bool:
        """Take all lines that have come, as none may wait in a buffer; return False at their end."""
        data = os.read(sys.stdin.fileno(), 65536)
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            self.told(line.decode().split())
        return bool(data)

    def take(self) -> None:
        self.bus.parser.add_data(self.bus.sock.recv(65536))
        while (message := self.bus.parser.get_next_message()) is not None:
            if message.header.message_type is MessageType.method_call:
                self.answer(message)

    def answer(self, call: Message) -> None:
        member = call.header.fields[HeaderFields.member]
        if member == "Notify":
            self.notify(call)
        elif member == "CloseNotification":
            say({"closed": call.body[0]})
            self.bus.send(new_method_return(call))
        elif member == "GetCapabilities":
            self.bus.send(new_method_return(call, "as", (CAPABILITIES,)))
        elif member == "GetServerInformation":
            self.bus.send(new_method_return(call, "ssss", ("recorder", "tests", "1", "1.2")))
        elif member == "Get" and call.body[1] == "Inhibited":
            self.bus.send(new_method_return(call, "v", (("b", self.inhibited),)))
        elif member == "GetIdletime":
            say({"asked": self.idle_ms})
            self.bus.send(new_method_return(call, "t", (self.idle_ms,)))
        else:
            self.bus.send(new_error(call, "org.freedesktop.DBus.Error.UnknownMethod", "s", (str(member),)))

    def notify(self, call: Message) -> None:
        app, replaces, _, title, body, actions, hints, expires = call.body
        self.shown += 1
        number = replaces or self.shown
        say({
            "number": number, "app": app, "replaces": replaces, "title": title, "body": body, "keys": actions[::2],
            "labels": actions[1::2], "hints": sorted(hints), "expires": expires,
        })  # fmt: skip
        self.bus.send(new_method_return(call, "u", (number,)))

    def told(self, words: list[str]) -> None:
        match words:
            case ["press", number, key]:
                self.bus.send(new_signal(SIGNALS, "ActionInvoked", "us", (int(number), key)))
            case ["close", number]:
                self.bus.send(new_signal(SIGNALS, "NotificationClosed", "uu", (int(number), 2)))
            case ["inhibit", yes]:
                self.inhibited = yes == "yes"
            case ["idle", milliseconds]:
                self.idle_ms = int(milliseconds)
        say({"done": words})


def say(document: dict[str, Any]) -> None:
    print(json.dumps(document, ensure_ascii=False), flush=True)  # noqa: T201


if __name__ == "__main__":
    Recorder(sys.argv[1:] or [NAME]).serve()
