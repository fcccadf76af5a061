"""The desktop's server as it may be: restarted, foreign, wrong, flooding; nothing is called shown that was not."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from jeepney import DBusAddress, new_method_call

from coach.remind.bus import Bus, BusError, NoAnswerError, without_start
from coach.remind.channels import Popup
from coach.remind.channels.desktop import NAME, SERVER, DesktopChannel
from tests.remind.bus_daemon import Daemon, NotificationServer, PropertyService, Refused
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
    """A signal of any other connection is none of the server's."""
    desk.only("tea", at="10:00", text="Tea")
    desk.at("10:00:01")
    source = DBusAddress(NotificationServer.path, interface=NAME)
    desk.bus.signal(":9.9", source, "ActionInvoked", "us", (1, "later"))
    desk.passed(2)
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
