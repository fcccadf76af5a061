"""The desktop's server as it may be: restarted, foreign, wrong, flooding; nothing is called shown that was not."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from jeepney import DBusAddress, HeaderFields, new_method_call, new_signal

from coach.remind.bus import Bus, BusError, NoAnswerError, _address, without_start
from coach.remind.channels import Popup, ServerEvent
from coach.remind.channels.desktop import NAME, SERVER, DesktopChannel
from tests.remind.bus_daemon import BUS, Daemon, NotificationServer, PropertyService, Refused
from tests.remind.conftest import Desk

XFCE = "Xfce Notify Daemon"
POPUP = Popup(title="Tea", buttons=(("start", "Start"),))


@pytest.fixture
def channel(bus: Daemon) -> Iterator[DesktopChannel]:
    """Return a channel to the bus of the test."""
    channel = DesktopChannel()
    yield channel
    channel.disconnect()


def test_a_popup_of_an_earlier_server_is_forgotten(desk: Desk) -> None:
    """The server is started anew and gives the number to another program's popup: a click on that starts nothing."""
    desk.only("up", "desk-break", at="10:00")
    desk.at("10:00:01")
    desk.bus.remove(desk.server)
    other = NotificationServer()
    desk.bus.add(other)
    desk.until(lambda: not desk.service._delivery.on_screen)
    other.press("start", 1)
    desk.passed(2)
    desk.passed(2)
    assert other.popups == []
    assert desk.outcomes() == [("10:00", "shown", None)]


def test_a_restart_of_the_agent_knows_the_popups_of_the_same_server_alone(desk: Desk) -> None:
    """Their buttons still work; where the server is another by then, none does."""
    desk.only("tea", at="10:00", text="Tea")
    desk.at("10:00:01")
    desk.restart()
    desk.passed(2)
    desk.server.press("later")
    desk.until(lambda: desk.outcomes()[0][1] == "snoozed")
    desk.at("10:10:05")
    desk.restart()
    desk.bus.add(desk.server)  # under a new connection
    desk.passed(2)
    assert desk.service._delivery.on_screen == {}


def test_a_click_on_the_popup_itself_has_no_button_of_its_own(bus: Daemon, channel: DesktopChannel) -> None:
    """A server that makes a button of every labelled action shows one *Start*, not two."""
    server = NotificationServer(name=XFCE)
    bus.add(server)
    channel.show(POPUP)
    assert server.popups[0]["buttons"] == {"default": "", "start": "Start"}


def test_only_the_server_itself_presses_buttons(desk: Desk) -> None:
    """A signal of any other connection is none of the server's, and only the bus says that it is gone."""
    desk.only("tea", at="10:00", text="Tea")
    desk.at("10:00:01")
    source = DBusAddress(NotificationServer.path, interface=NAME)
    desk.bus.signal(":9.9", source, "ActionInvoked", "us", (1, "later"))
    of_bus = DBusAddress("/org/freedesktop/DBus", interface=BUS)
    desk.bus.signal(":9.9", of_bus, "NameOwnerChanged", "sss", (NAME, desk.server.unique_name, ""))
    other = new_signal(of_bus, "NameOwnerChanged", "sss", ("org.example.Other", desk.server.unique_name, ""))
    other.header.fields[HeaderFields.sender] = BUS
    desk.bus.send_to_all(other)
    desk.passed(2)
    assert list(desk.service._delivery.on_screen) == [1]
    desk.server.close()
    desk.until(lambda: not desk.service._delivery.on_screen)
    assert desk.outcomes() == [("10:00", "shown", None)]


def test_the_server_that_comes_up_for_a_popup_keeps_its_buttons(bus: Daemon, channel: DesktopChannel) -> None:
    """A bus that starts a server on demand tells of its new owner before its first answer: nothing is gone by that."""
    channel.check()
    bus.add(NotificationServer())
    assert channel.show(POPUP).channel == "desktop"
    assert list(channel.events()) == []


@pytest.mark.parametrize("answer", [("s", ("one",)), ("u", (0,)), ("uu", (1, 2)), ("", ())])
def test_an_answer_of_the_wrong_type_is_no_popup(
    bus: Daemon, channel: DesktopChannel, answer: tuple[str, tuple[object, ...]]
) -> None:
    """It falls to the next channel, as whatever else cannot be understood."""
    server = NotificationServer()
    bus.add(server)
    server.number_of = lambda number: answer
    result = channel.show(POPUP)
    assert (result.channel, result.why) == (None, "not-delivered")


def test_what_a_server_says_in_error_is_cut_and_harmless(bus: Daemon, channel: DesktopChannel) -> None:
    """A long error, with what a terminal would obey, becomes one short line."""

    class Hostile(NotificationServer):
        def answer(self, member: str, body: tuple[object, ...]) -> tuple[str, tuple[object, ...]]:
            raise Refused("org.example.Error", "\x1b[31m" + "x" * 5000)

    bus.add(Hostile())
    detail = channel.show(POPUP).detail or ""
    assert detail
    assert len(detail) <= 200
    assert detail.isprintable()


def test_a_flood_of_signals_ends_no_deadline_and_fills_no_memory(bus: Daemon, channel: DesktopChannel) -> None:
    """However many signals come meanwhile, a call ends in time, and no more of them wait than may."""
    server = NotificationServer()
    server.silent.add("Notify")
    bus.add(server)
    stop = threading.Event()
    channel.check()
    connection = channel._connected()

    def flood() -> None:
        while not stop.is_set():
            server.close(7)

    thread = threading.Thread(target=flood, daemon=True)
    thread.start()
    began = time.monotonic()
    with pytest.raises(NoAnswerError):
        connection.call(channel._message(POPUP), 0.3)
    took = time.monotonic() - began
    assert len(connection._inbox) <= 256
    assert len(list(channel.events())) <= 512
    stop.set()
    connection.close()  # or the flood waits for somebody to read it
    thread.join()
    assert took < 5


def test_a_service_without_a_desktops_environment_finds_the_bus_of_its_session(
    bus: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An agent that the system starts at login has no address given: it looks where the session's own stands."""
    own, exists = f"/run/user/{os.getuid()}/bus", os.path.exists
    monkeypatch.setattr(os.path, "exists", lambda path: False if path == own else exists(path))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "")
    with pytest.raises(BusError, match="no session bus"):
        Bus()
    monkeypatch.setattr(os.path, "exists", lambda path: True)
    assert _address("SESSION") == own
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "nonsense")
    with pytest.raises(BusError):
        Bus()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    with closing(Bus()) as connection:
        assert connection.bus_id()


def test_a_question_starts_no_service(bus: Daemon, channel: DesktopChannel) -> None:
    """What is asked beside a popup must not bring up a part of the desktop."""
    message = without_start(new_method_call(SERVER, "GetCapabilities"))
    assert message.header.flags & 2
    with closing(Bus()) as connection, pytest.raises(BusError, match="provided"):
        connection.method(SERVER, "GetCapabilities")


@pytest.mark.parametrize(
    ("name", "service", "held"),
    [
        (XFCE, PropertyService("org.xfce.Xfconf", answers={"GetProperty": ("v", (("b", True),))}), True),
        (XFCE, PropertyService("org.xfce.Xfconf", answers={"GetProperty": ("v", (("b", False),))}), False),
        (XFCE, PropertyService("org.xfce.Other"), None),
        ("mako", None, None),
        ("unknown", None, False),
    ],
)
def test_each_desktops_own_switch_is_read(
    bus: Daemon, channel: DesktopChannel, name: str, service: PropertyService | None, held: bool | None
) -> None:
    """Held where it says so; where it cannot be read, the popup is handed over and no more is claimed."""
    server = NotificationServer(name=name)
    del server.properties["Inhibited"]
    bus.add(server)
    if service:
        bus.add(service)
    result = channel.show(POPUP)
    expected = {True: (None, "do-not-disturb"), False: ("desktop", None), None: ("desktop", "handed-over")}[held]
    assert (result.channel, result.why) == expected


@pytest.mark.parametrize(
    ("text", "held"), [("PropertyNotFound", False), ("channel does not exist", False), ("no such luck", None)]
)
def test_a_switch_that_was_never_set_is_off(bus: Daemon, channel: DesktopChannel, text: str, held: bool | None) -> None:
    """XFCE's settings know of it only once somebody used it; any other error is not known."""

    class Settings(PropertyService):
        def answer(self, member: str, body: tuple[object, ...]) -> tuple[str, tuple[object, ...]]:
            raise Refused("org.xfce.Xfconf.Error", text)

    bus.add(NotificationServer(name=XFCE))
    bus.add(Settings("org.xfce.Xfconf"))
    assert channel.show(POPUP).why == (None if held is False else "handed-over")


@pytest.mark.parametrize(("paused", "why"), [(True, "do-not-disturb"), (False, None), (None, "handed-over")])
def test_dunst_tells_whether_it_is_paused(
    bus: Daemon, channel: DesktopChannel, paused: bool | None, why: str | None
) -> None:
    """By a property of its own; one that does not have it yet cannot be asked."""
    server = NotificationServer(name="dunst")
    del server.properties["Inhibited"]
    if paused is not None:
        server.properties["paused"] = ("b", paused)
    bus.add(server)
    assert channel.show(POPUP).why == why


GSETTINGS = {
    "gnome-shell": ("org.gnome.desktop.notifications show-banners", "false", "true"),
    "cinnamon": ("org.cinnamon.desktop.notifications display-notifications", "false", "true"),
    "Notification Daemon": ("org.mate.NotificationDaemon do-not-disturb", "true", "false"),
}


@pytest.mark.parametrize("name", GSETTINGS)
def test_a_switch_in_the_settings_of_a_desktop_is_read_by_its_own_program(
    bus: Daemon, channel: DesktopChannel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Each by its key and its sense; without the program, or where it fails, it is not known."""
    key, silent, loud = GSETTINGS[name]
    program = tmp_path / "bin" / "gsettings"
    program.parent.mkdir()
    monkeypatch.setenv("PATH", str(program.parent))
    server = NotificationServer(name=name)
    del server.properties["Inhibited"]
    bus.add(server)
    assert channel.show(POPUP).why == "handed-over"
    for said, why in ((silent, "do-not-disturb"), (loud, None)):
        program.write_text(f'#!/bin/sh\n[ "$*" = "get {key}" ] && echo {said}\n')
        program.chmod(0o700)
        assert channel.show(POPUP).why == why
    program.write_text("#!/bin/sh\nexit 1\n")
    assert channel.show(POPUP).why == "handed-over"


def test_a_server_without_the_property_is_asked_for_it_once(bus: Daemon, channel: DesktopChannel) -> None:
    """Each popup would wait for it else; another server is asked anew."""
    for _ in range(2):
        server = NotificationServer()
        del server.properties["Inhibited"]
        bus.add(server)
        for _ in range(3):
            assert channel.show(POPUP).why is None
        assert server.calls.count("Get") == 1
        bus.remove(server)


def test_the_specifications_property_holds_whatever_the_server_is_called(bus: Daemon, channel: DesktopChannel) -> None:
    """Set: held, also where the server has a switch of its own; not set: that switch decides."""
    server = NotificationServer(name="dunst")
    server.properties |= {"Inhibited": ("b", True), "paused": ("b", False)}
    bus.add(server)
    assert channel.show(POPUP).why == "do-not-disturb"
    server.properties |= {"Inhibited": ("b", False), "paused": ("b", True)}
    assert channel.show(POPUP).why == "do-not-disturb"


def test_a_popup_says_to_the_server_how_it_is_meant(bus: Daemon, channel: DesktopChannel) -> None:
    """Its urgency, its sound, how long it stays, its buttons, and in whose place it comes."""
    server = NotificationServer()
    bus.add(server)
    first = channel.show(Popup(title="Tea <now>", body="a < b & c", without_buttons="how"))
    buttons = (("start", "Start"), ("later", "Later"))
    urgent = Popup(title="Ice", buttons=buttons, sound=False, stays=True, urgent=True, replaces=first.number)  # type: ignore[arg-type]
    channel.show(urgent)
    calm, loud = server.popups
    assert (calm["title"], calm["body"], calm["app"]) == ("Tea <now>", "a &lt; b &amp; c", "coach")
    assert (calm["expires"], calm["buttons"], calm["number"]) == (120_000, {}, 1)
    assert calm["hints"] == {
        "urgency": ("y", 1), "category": ("s", "reminder"), "sound-name": ("s", "message-new-instant"),
    }  # fmt: skip
    assert (loud["expires"], loud["number"]) == (0, 1)
    assert loud["buttons"] == {"default": "", "start": "Start", "later": "Later"}
    assert loud["hints"] == {"urgency": ("y", 2), "category": ("s", "reminder"), "suppress-sound": ("b", True)}


def test_a_server_of_few_gifts_gets_plain_text(bus: Daemon, channel: DesktopChannel) -> None:
    """No buttons, no markup, no sound: the text says how to start, as it was written."""
    server = NotificationServer("body")
    bus.add(server)
    channel.show(Popup(title="Tea", body="a < b", without_buttons="coach break", buttons=(("start", "Start"),)))
    (popup,) = server.popups
    assert (popup["body"], popup["buttons"]) == ("a < b\ncoach break", {})
    assert set(popup["hints"]) == {"urgency", "category"}


def test_a_server_that_is_slow_to_say_what_it_can_gets_the_buttons(
    bus: Daemon, channel: DesktopChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desktop that is still coming up: its popup comes at once, with buttons, and it is asked anew for the next."""
    monkeypatch.setattr("coach.remind.channels.desktop.ASK_S", 0.05)
    server = NotificationServer("body")
    server.silent.add("GetCapabilities")
    bus.add(server)
    assert channel.show(POPUP).channel == "desktop"
    server.answer_late()
    assert channel.show(POPUP).channel == "desktop"
    assert [popup["buttons"] for popup in server.popups] == [{"default": "", "start": "Start"}, {}]


def test_after_the_bus_was_lost_the_server_is_another(bus: Daemon, channel: DesktopChannel) -> None:
    """What the one before could, and how it was asked whether it may disturb, says nothing of the one that is there."""
    bus.add(NotificationServer("actions", "body-markup", name="mako"))
    assert channel.check().channel == "desktop"
    bus.stop()
    while not channel.lost:
        assert list(channel.events()) in ([], [ServerEvent("server-gone")])
    bus.start_again()
    server = NotificationServer("body", name="dunst")
    server.properties = {"paused": ("b", False)}
    bus.add(server)
    assert channel.show(Popup(title="Tea", body="a < b", buttons=POPUP.buttons)).why is None
    (popup,) = server.popups
    assert (popup["body"], popup["buttons"]) == ("a < b", {})


def test_a_popup_without_a_number_is_not_closed(bus: Daemon, channel: DesktopChannel) -> None:
    """Zero is none; after the bus is left there is nothing to close and nothing to watch."""
    server = NotificationServer()
    bus.add(server)
    assert channel.fileno() == -1
    number = channel.show(POPUP).number
    assert channel.fileno() >= 0
    channel.close(0)
    channel.close(number)
    channel.check()
    assert server.closed == [number]
    assert channel.server()
    channel.disconnect()
    channel.close(number)
    assert channel.fileno() == -1
    bus.remove(server)
    assert channel.server() == ""


MODES = [(["default"], False), (["default", "do-not-disturb"], True), (["focus"], None)]


@pytest.mark.parametrize(("modes", "held"), MODES)
def test_makos_modes(bus: Daemon, channel: DesktopChannel, modes: list[str], held: bool | None) -> None:
    """The mode of its manual holds; what another mode hides is not known."""

    class Mako(NotificationServer):
        def answer(self, member: str, body: tuple[object, ...]) -> tuple[str, tuple[object, ...]]:
            return ("as", (modes,)) if member == "ListModes" else super().answer(member, body)

    server = Mako(name="mako")
    del server.properties["Inhibited"]
    bus.add(server)
    result = channel.show(POPUP)
    assert (result.channel is None, result.why) == {
        True: (True, "do-not-disturb"), False: (False, None), None: (False, "handed-over"),
    }[held]  # fmt: skip
