"""The agent as a process of its own: started, found, stopped; and as it serves in this one."""

import gc
import os
import shutil
import signal
import threading
from collections.abc import Iterator

import pytest

from coach.agent import launch
from coach.agent.control import ensure_agent, start_agent, stop_agent
from coach.agent.status import agent_status
from coach.errors import CoachError
from coach.home import Home
from coach.records.lock import FileLock, claim
from coach.remind.run_agent import run_agent

REAL_LAUNCH = launch.launch
"""Every other test is kept from starting an agent."""


@pytest.fixture
def signals() -> Iterator[None]:
    """Give the signals back to whom they belonged."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    thresholds = gc.get_threshold()
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
    gc.set_threshold(*thresholds)
    gc.unfreeze()


def test_an_agent_is_started_found_and_stopped(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """It outlives its starter, has a number that others find, and is gone when stopping it returns."""
    monkeypatch.setattr(launch, "launch", REAL_LAUNCH)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    started = start_agent(home.places)
    try:
        assert started.by == "agent"
        assert started.pid == agent_status(home.places).pid
        assert ensure_agent(home.places) is None
    finally:
        stopped = stop_agent(home.places)
    assert stopped is not None
    assert stopped.pid == started.pid
    assert not agent_status(home.places).running
    assert stop_agent(home.places) is None


def test_one_that_does_not_come_up_says_why(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """What its process said last, and where its log is."""
    monkeypatch.setattr(launch, "launch", lambda: b"Traceback\nOSError: no luck\n")
    with pytest.raises(CoachError, match="not-up") as raised:
        start_agent(home.places)
    assert raised.value.values["why"] == "OSError: no luck"
    error = ensure_agent(home.places)
    assert error is not None
    assert error.key == "agent.error.not-up"


def test_the_screen_is_not_stopped_from_elsewhere(home: Home) -> None:
    """A person sits at it."""
    lock = claim(home.places.agent_lock(), "ui", "now")
    assert isinstance(lock, FileLock)
    for attempt in (stop_agent, start_agent):
        with pytest.raises(CoachError, match=r"in-screen|owned"):
            attempt(home.places)
    lock.release()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_agent_and_frees_its_place(
    home: Home, signals: None, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """Logging out, Ctrl+C or a closed terminal: it ends by itself, and another may begin."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    ups: list[str] = []

    def up(text: str) -> None:
        ups.append(text)
        threading.Timer(0.2, os.kill, (os.getpid(), number)).start()

    run_agent(home, tell=up)
    assert ups == ["up"]
    assert not agent_status(home.places).running
    assert gc.get_threshold() == (700, 10, 10)  # a short command raises it: a process of weeks has to collect
    assert gc.get_freeze_count() > 0


def test_an_agent_whose_home_was_erased_ends(home: Home, signals: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """It makes nothing anew of what a person had removed, and is not found any more."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    monkeypatch.setattr("coach.remind.service.HEARTBEAT_S", 0.05)
    too_late = threading.Timer(20, os.kill, (os.getpid(), signal.SIGTERM))
    too_late.start()
    run_agent(home, tell=lambda _: shutil.rmtree(home.places.data))
    assert too_late.is_alive()
    too_late.cancel()
    assert not home.places.agent_lock().exists()
    assert not agent_status(home.places).running


def test_a_second_agent_names_the_first(home: Home) -> None:
    """One owner at a time."""
    lock = claim(home.places.agent_lock(), "agent", "now")
    assert isinstance(lock, FileLock)
    with pytest.raises(CoachError, match="owned") as raised:
        run_agent(home)
    assert raised.value.values["pid"] == os.getpid()
    lock.release()
