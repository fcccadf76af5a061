"""Whoever keeps the reminders is asked whether a popup would come: only its own connection counts."""

import threading
from collections.abc import Iterator

import pytest

from coach.agent.control import make_way
from coach.agent.holder import end_holder
from coach.agent.liveness import Liveness, liveness
from coach.agent.status import ask_agent
from coach.errors import CoachError
from coach.home import Home
from coach.records.lock import FileLock, Holder, claim
from coach.remind.sample_popup import show_sample
from coach.remind.service import Service
from coach.words import Words
from tests.helpers import beginning
from tests.remind.bus_daemon import Daemon, NotificationServer
from tests.remind.conftest import Desk


@pytest.fixture
def owner(home: Home, bus: Daemon, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """Return a service that keeps the reminders in a thread of its own, as that of an open screen does."""
    monkeypatch.setattr("coach.remind.service.HEARTBEAT_S", 0.02)
    lock = claim(home.places.agent_lock(), "agent", "now")
    assert isinstance(lock, FileLock)
    service = Service(Home(home.places), "agent")
    up = threading.Event()
    thread = threading.Thread(target=service.run, args=(up.set,), daemon=True)
    thread.start()
    assert up.wait(20)
    yield service
    service.stop()
    thread.join(20)
    lock.release()


def test_it_answers_by_what_it_would_call(owner: Service, home: Home, bus: Daemon) -> None:
    """Nothing there: nobody is called. A server came: by the desktop. It is set not to disturb: held."""
    assert not ask_agent(home.places).calls
    assert liveness(home.places) == Liveness(agent=True, calls=False)
    server = NotificationServer()
    bus.add(server)
    assert ask_agent(home.places).reaches == "desktop"
    assert liveness(home.places) == Liveness(agent=True, calls=True)
    server.properties["Inhibited"] = ("b", True)
    assert ask_agent(home.places).held == "do-not-disturb"


def test_a_break_that_is_asked_for_is_led_by_it(owner: Service, calm: Home, bus: Daemon) -> None:
    """By popups, which whoever asked is told; where it can show none, nothing leads it."""
    assert ask_agent(calm.places, "break").led_by is None
    server = NotificationServer()
    bus.add(server)
    assert ask_agent(calm.places, "break").led_by == "popups"
    assert len(server.popups) == 1


def test_it_tells_whether_a_tone_can_be_played(owner: Service, home: Home, heard: object) -> None:
    """As whoever begins an icing is told how its end will be called."""
    assert ask_agent(home.places).sound


def test_a_test_popup_is_shown_by_it(owner: Service, home: Home, bus: Daemon) -> None:
    """``reminders test`` proves the agent's own channel, and says why where it shows nothing."""
    test = show_sample(home, Words("en"))
    assert test.channel is None
    assert beginning("reminders.why.not-delivered") in (test.why or "")
    server = NotificationServer()
    bus.add(server)
    assert show_sample(home, Words("en")).channel == "desktop"
    assert server.titles == ["This is a test"]


def test_one_that_does_not_answer_reaches_nobody(home: Home) -> None:
    """It holds the lock and hangs: nothing it wrote earlier is believed."""
    lock = claim(home.places.agent_lock(), "agent", "now")
    assert isinstance(lock, FileLock)
    status = ask_agent(home.places, wait_s=0.1)
    assert (status.running, status.calls, status.trouble) == (True, False, "agent.no-answer")
    lock.release()
    assert not ask_agent(home.places).running
    assert liveness(home.places) == Liveness(agent=False, calls=False)


def test_one_that_delivers_stays(owner: Service, home: Home, bus: Daemon) -> None:
    """Only an agent that can show nothing gives way to another."""
    bus.add(NotificationServer())
    with pytest.raises(CoachError, match="owned"):
        make_way(home.places)


@pytest.mark.parametrize("pid", [0, -1, 1, 2**22 - 7])
def test_no_process_is_ended_that_is_not_known_to_hold_the_lock(home: Home, pid: int) -> None:
    """A lock of another program, or another machine's number: nothing is signalled, and it is said."""
    home.places.data.mkdir(parents=True)
    home.places.agent_lock().write_text(f'{{"pid": {pid}, "by": "agent"}}')
    with pytest.raises(CoachError, match="not-known"):
        end_holder(home.places.agent_lock(), Holder(pid, "agent"))


def test_it_ends_when_its_session_bus_is_gone_for_good(desk: Desk) -> None:
    """A minute after the bus went the agent leaves; one that comes back sooner keeps it."""
    desk.made["with_session"] = True
    desk.only("tea", at="23:00", text="Tea")
    desk.passed(2)
    desk.bus.stop()
    for _ in range(4):
        desk.passed(11)
    assert not desk.service._stopping.is_set()
    desk.bus.start_again()
    desk.bus.add(desk.server)
    desk.passed(11)
    desk.passed(11)
    assert not desk.service._delivery.desktop.lost
    desk.bus.stop()
    for _ in range(8):
        desk.passed(11)
    assert desk.service._stopping.is_set()
    desk.bus.start_again()


def test_one_in_a_terminal_stays_without_a_bus(desk: Desk) -> None:
    """It has its own way of calling."""
    desk.made["ring"] = lambda popup: True
    desk.only("tea", at="23:00", text="Tea")
    desk.passed(2)
    desk.bus.stop()
    for _ in range(9):
        desk.passed(11)
    assert not desk.service._stopping.is_set()
    desk.bus.start_again()
