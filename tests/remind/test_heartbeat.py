"""What a heartbeat notices, and how long the service sleeps until the next one."""

import errno
import logging
import math
import os
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from coach.actions.reminders.pause import pause
from coach.actions.reminders.settings import all_reminders, remove
from coach.actions.sync import begin_sync
from coach.actions.triage.check_in import NewAnswers, save
from coach.agent.status import ask_agent
from coach.domain.reminders.reminder import Between
from coach.domain.reminders.slots import Span
from coach.domain.status.history import Hurt
from coach.domain.triage.answers import Pain
from coach.errors import CoachError
from coach.records.lock import FileLock, claim
from coach.remind.channels import Popup
from coach.remind.clock_watch import both_clocks
from coach.remind.service import Service
from coach.remind.wake import HEARTBEAT_S, Waker
from tests.remind.bus_daemon import NotificationServer
from tests.remind.conftest import PATIENCE_S, Desk


def quiet(desk: Desk) -> None:
    """Let nothing be due for hours, and everything be settled."""
    desk.only("late", at="20:00", text="Late")
    desk.passed(60)
    desk.beat()
    assert not desk.service._due


def noticed(desk: Desk) -> bool:
    """Tell whether the next heartbeat works out anew what is due."""
    looks: list[bool] = []
    desk.service._show_due = lambda: looks.append(True)  # type: ignore[method-assign]
    desk.service.beat()
    return bool(looks)


def note_a_pause(desk: Desk) -> None:
    pause(desk.home, desk.wall, desk.wall + timedelta(hours=1))


def change_a_setting(desk: Desk) -> None:
    desk.home.records.change_profile(lambda profile: replace(profile, snooze_min=15))


def be_away(desk: Desk) -> None:
    desk.idle_s = 90.0
    desk.monotonic += 60


def leap(seconds: float) -> Callable[[Desk], None]:
    def set_clock(desk: Desk) -> None:
        desk.wall += timedelta(seconds=seconds)

    return set_clock


@pytest.mark.parametrize(
    ("happens", "is_noticed"),
    [
        (lambda desk: None, False),
        (note_a_pause, True),
        (change_a_setting, True),
        (be_away, True),
        (leap(2.0), True),
        (leap(-2.0), True),
        (leap(1.9), False),
        (leap(-1.9), False),
        (leap(299), True),
    ],
    ids=["nothing", "pause", "setting", "away", "ahead", "back", "a little ahead", "a little back", "sleep"],
)
def test_what_changes_what_is_due_is_noticed_at_the_next_heartbeat(
    desk: Desk, happens: Callable[[Desk], None], is_noticed: bool
) -> None:
    """And nothing is worked out anew where nothing happened."""
    desk.idle_s = 0.0
    quiet(desk)
    happens(desk)
    assert noticed(desk) is is_noticed


def test_a_synced_folder_is_looked_after_while_reminders_are_kept(desk: Desk, tmp_path: Path) -> None:
    """What was told here goes out without a command, for the other machine of the same person."""
    own = tmp_path / begin_sync(desk.home, tmp_path).file
    own.unlink(missing_ok=True)
    desk.only("tea", at="10:00", text="Tea")
    desk.passed(2)
    desk.until(own.exists)
    desk.service._sync.stop()


def test_with_no_reminder_at_all_it_rests(desk: Desk) -> None:
    """Whoever removed the last one is waited for; the next that they add comes."""
    desk.only("tea", at="10:00", text="Tea")
    desk.passed(60)
    for _ in range(2):
        for reminder in all_reminders(desk.home):
            remove(desk.home, reminder.id)
        desk.passed(2)
        desk.service._due = True
        desk.beat()
        assert desk.service._scheduler.get_jobs() == []
        assert desk.service._wait_s() == HEARTBEAT_S
    desk.at("10:00:01")
    assert desk.server.titles == []
    desk.only("tea", at="10:10", text="Tea")
    desk.at("10:10:01")
    assert desk.server.titles == ["Tea"]


def test_a_server_that_goes_is_noticed(desk: Desk) -> None:
    """What it took without an answer is tried again, and whether popups come is asked anew."""
    quiet(desk)
    desk.only("tea", at="10:00", text="Tea")
    desk.at("10:00:01")
    looks: list[bool] = []
    desk.service._show_due = lambda: looks.append(True)  # type: ignore[method-assign]
    desk.bus.remove(desk.server)
    desk.until(lambda: looks)
    assert desk.service._reporter._reach.channel is None
    assert not desk.service._delivery.on_screen


def test_it_sleeps_until_something_comes_and_no_longer_than_a_heartbeat(desk: Desk) -> None:
    """At once where something is due; else until the next slot, as a timer would sleep through a suspend."""
    quiet(desk)
    assert desk.service._wait_s() == HEARTBEAT_S
    desk.only("tea", at="10:00", text="Tea")
    desk.beat()
    desk.service._scheduler.call_at(desk.wall, desk.service._look_again)
    assert desk.service._wait_s() == 0.0
    assert desk.service._due
    desk.beat()
    desk.service._buttons.next_at = lambda: desk.monotonic + 0.5  # type: ignore[method-assign]
    assert desk.service._wait_s() == pytest.approx(0.5)
    desk.service._buttons.next_at = lambda: desk.monotonic - 9.0  # type: ignore[method-assign]
    assert desk.service._wait_s() == 0.0


@pytest.mark.parametrize(
    ("away_min", "seconds", "counts"),
    [
        (5, 300, True), (5, 299, False), (5, -400, False), (15, 899, False), (15, 900, True), (2, 150, False),
        (2, 300, True), (0, 7200, False),
    ],
)  # fmt: skip
def test_a_long_sleep_is_an_absence_of_the_length_that_counts_for_the_person(
    desk: Desk, away_min: int, seconds: float, counts: bool
) -> None:
    """Five minutes at least, longer where they want that; none where absences do not count, or the clock went back."""
    desk.home.records.change_profile(lambda profile: replace(profile, away_min=away_min))
    quiet(desk)
    before = desk.wall
    desk.slept(seconds)
    assert (Span(before, desk.wall) in (desk.service._absences or ())) is counts


def test_the_session_that_is_gone_ends_an_agent_of_its_own_alone(desk: Desk) -> None:
    """A bus that is restarted is back within the minute; whoever runs it in a terminal wants it to stay."""
    quiet(desk)
    assert not desk.service._stopping.is_set()
    desk.bus.stop()
    desk.until(lambda: desk.service._delivery.desktop.lost)
    desk.service._end_with_session(desk.monotonic)
    desk.service._end_with_session(desk.monotonic + 3600)
    assert not desk.service._stopping.is_set()
    desk.service._with_session = True
    desk.service._lost_since = None
    for seconds, ends in ((0, False), (59.9, False), (60, True)):
        desk.service._end_with_session(desk.monotonic + seconds)
        assert desk.service._stopping.is_set() is ends
    desk.service._stopping.clear()
    desk.bus.start_again()
    desk.bus.add(desk.server)
    desk.service._delivery.check()
    desk.service._end_with_session(desk.monotonic + 60)
    assert desk.service._lost_since is None
    assert not desk.service._stopping.is_set()


def test_whether_popups_come_is_asked_now_and_then_and_after_trouble_often(desk: Desk) -> None:
    """Every ten minutes; every ten seconds while the bus is gone; at once where somebody asks."""
    quiet(desk)
    asked: list[float] = []
    check = desk.service._delivery.check

    def counted() -> object:
        asked.append(desk.monotonic)
        return check()

    desk.service._delivery.check = counted  # type: ignore[method-assign, assignment]
    desk.service._reporter._next_check = desk.monotonic
    for _ in range(3):
        desk.passed(0)
    desk.passed(599)
    assert len(asked) == 1
    desk.passed(1)
    assert len(asked) == 2
    desk.bus.stop()
    desk.until(lambda: desk.service._delivery.desktop.lost)
    desk.passed(600)
    asked.clear()
    for _ in range(20):
        desk.passed(1)
    assert len(asked) == 2
    desk.bus.start_again()


def test_a_pause_for_safety_is_known_for_ten_minutes_while_nothing_changes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A year of records is read for it; a new record, and the clock, make it anew."""
    save(desk.home, NewAnswers(pain=Pain(rest=0, walking=1, during=0), none_of_the_signs=True), desk.wall)
    quiet(desk)
    from coach.actions.status import current

    real, looks = current.status_now, list[object]()

    def counted(*arguments: object) -> object:
        looks.append(arguments)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(current, "status_now", counted)
    desk.service._safety = None
    for seconds in (0, 599, -599):
        assert not desk.service._safety_pause(desk.wall + timedelta(seconds=seconds))
    assert len(looks) == 1
    desk.service._safety_pause(desk.wall + timedelta(seconds=600))
    assert len(looks) == 2
    desk.home.records.add(Hurt(id="h", at=desk.wall))
    desk.service._check_files()
    assert desk.service._safety_pause(desk.wall + timedelta(seconds=600))
    assert len(looks) == 3


def test_what_is_settled_is_kept_now_and_then_and_when_something_happened(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written at each look it would wear the disk; every half hour, at each slot, and after the clock went back."""
    quiet(desk)
    kept: list[object] = []
    real = __import__("coach.remind.service", fromlist=["settle"]).settle

    def counted(*arguments: object) -> object:
        kept.append(arguments)
        return real(*arguments)

    monkeypatch.setattr("coach.remind.service.settle", counted)
    desk.service._settled_at = desk.wall
    for seconds in (60, 1739):
        desk.passed(seconds)
        desk.service._due = True
        desk.beat()
    assert kept == []
    desk.passed(1)
    desk.service._due = True
    desk.beat()
    assert len(kept) == 1
    desk.wall -= timedelta(seconds=1)
    desk.service._due = True
    desk.beat()
    assert len(kept) == 2
    desk.only("tea", at="09:40", text="Tea")
    kept.clear()
    desk.at("09:40:01")
    assert len(kept) == 1


@pytest.mark.parametrize(("idle_s", "titles"), [(4.9, 0), (5.0, 1), (None, 1)])
def test_who_touched_something_within_five_seconds_is_typing(desk: Desk, idle_s: float | None, titles: int) -> None:
    """A break waits for them; where that cannot be told, nobody types."""
    desk.only("up", "desk-break", every_min=50, between=Between("09:00", "18:00"))
    desk.idle_s = idle_s
    desk.at("09:50:01")
    assert len(desk.server.titles) == titles


def test_two_clocks_are_read_at_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is suspended between the readings is asked again, and not for ever."""
    walls = iter([100.0, 150.0, 200.0, 200.1])
    monkeypatch.setattr("coach.remind.clock_watch.time.time", lambda: next(walls))
    monkeypatch.setattr("coach.remind.clock_watch.time.monotonic", lambda: 7.0)
    assert both_clocks() == (200.0, 7.0)
    never = iter(float(second) for second in range(0, 10_000, 50))
    monkeypatch.setattr("coach.remind.clock_watch.time.time", lambda: next(never))
    assert both_clocks() == (1900.0, 7.0)
    back = iter([100.0, 99.0, 98.0, 98.9])
    monkeypatch.setattr("coach.remind.clock_watch.time.time", lambda: next(back))
    assert both_clocks() == (98.0, 7.0)


def test_an_error_of_ours_and_one_of_the_system_are_told_by_their_names(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The first by its sentence, the second by its kind; both wait, and look again."""
    waits: list[float] = []
    quiet(desk)
    monkeypatch.setattr(desk.service._waker, "wait", lambda seconds, descriptors=(): waits.append(seconds))
    lock = claim(desk.home.places.agent_lock(), "agent", "now")
    assert isinstance(lock, FileLock)
    caplog.set_level(logging.WARNING, "coach.agent")
    for error, trouble in ((CoachError("records.error.no-space"), "records.error.no-space"), (OSError(), "OSError")):

        def broken(error: Exception = error) -> None:
            raise error

        desk.service._due = False
        desk.service._guarded(broken)
        assert desk.service._due
        assert trouble in desk.home.places.agent_status().read_text(encoding="utf-8")
    assert waits == [10.0, 10.0]
    assert "unforeseen" in caplog.text
    lock.release()


def test_run_serves_until_it_is_told_to_stop_and_lets_everything_go(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told to be up after the first look; nothing of it is left open."""
    monkeypatch.setattr("coach.remind.service.HEARTBEAT_S", 0.02)
    events: list[str] = []
    service = Service(desk.home, holds_lock=lambda: len(events) < 3)
    beat = service.beat

    def counted() -> None:
        events.append("beat")
        beat()

    service.beat = counted  # type: ignore[method-assign]
    service._waker.wake()
    service.run(up=lambda: events.append("up"))
    assert events[:2] == ["up", "beat"]
    assert len(events) == 3
    with pytest.raises(OSError, match=os.strerror(errno.EBADF)):
        service._waker._receiver.getpeername()
    assert not service._scheduler.running
    stopped = Service(desk.home)
    stopped.stop()
    stopped.run(up=lambda: events.append("up"))
    assert events[-1] == "up"


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are counted as Linux tells")
def test_whatever_ends_it_leaves_nothing_open(
    desk: Desk, tmp_path: Path, heard: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In an open screen, which lives on: no connection, player or thread, and another machine may call at once."""
    player = tmp_path / "bin" / "pw-play"
    player.write_text("#!/bin/sh\nexec sleep 60\n")
    (tmp_path / "carried").mkdir()
    begin_sync(desk.home, tmp_path / "carried")
    before = sockets()
    service = Service(desk.home)
    beat = service.beat

    def last_beat() -> None:
        beat()
        service._sounds.play("end")
        raise KeyboardInterrupt

    monkeypatch.setattr(service, "beat", last_beat)
    with pytest.raises(KeyboardInterrupt):
        service.run()
    assert service._sounds._tones is not None
    assert service._sounds._tones._child._process is None
    assert list(desk.home.places.data.glob("agent-*.json")) == []
    assert not any(thread.name == "sync" for thread in threading.enumerate())
    deadline = time.monotonic() + PATIENCE_S
    while sockets() != before:  # the bus of the test has to see that it is left
        assert time.monotonic() < deadline
        time.sleep(0.01)


def sockets() -> int:
    """Count the sockets that this process has open."""
    return sum(path.is_socket() for path in Path("/proc/self/fd").iterdir())


def test_a_wait_ends_when_it_is_woken_or_over() -> None:
    """Woken before it begins, it does not begin; a negative one is none; a descriptor that is none is not watched."""
    waker = Waker()
    waker.wake()
    waker.wait(30.0, (-1,))
    waker.wait(0.0)
    waker.wait(-5.0)
    waker.close()
    waker.wake()


def test_whoever_wakes_one_that_hangs_does_not_wait() -> None:
    """A screen that answers popup after popup, while the service waits for a disk, stays as it is."""
    waker = Waker()

    def wake() -> None:
        for _ in range(20_000):
            waker.wake()

    thread = threading.Thread(target=wake, daemon=True)
    thread.start()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()
    waker.wait(30.0)
    waker.close()


def test_a_popup_that_a_restarted_server_numbers_anew_is_not_ours(desk: Desk) -> None:
    """The next process knows the popups of the server that is still there, and of no other."""
    desk.only("tea", at="10:00", text="Tea")
    desk.at("10:00:01")
    desk.restart()
    desk.passed(2)
    assert list(desk.service._delivery.on_screen) == [1]
    desk.server.press("done")
    desk.until(lambda: desk.outcomes() == [("10:00", "acted", None)])
    desk.only("tea", at="10:10", text="Tea")
    desk.at("10:10:01")
    desk.restart()
    desk.bus.remove(desk.server)
    desk.bus.add(NotificationServer())
    desk.passed(2)
    assert desk.service._delivery.on_screen == {}


def test_what_cannot_be_kept_is_kept_in_mind(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk: the popup comes, once, the trouble is told, and the row is written when there is room again."""
    desk.only("tea", at="10:00", text="Tea")
    desk.at("09:59:50")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        desk.service._settle = lambda plan, now: None  # type: ignore[method-assign]
        desk.at("10:00:01")
        for _ in range(3):
            desk.service._due = True
            desk.beat()
        assert desk.server.titles == ["Tea"]
        assert desk.rows() == []
        assert desk.service._delivery.trouble == "records.error.no-space"
    desk.server.press("done")
    desk.until(desk.rows)
    assert desk.outcomes() == [("10:00", "acted", None)]
    assert not desk.service._delivery._unsaved


def test_a_test_popup_is_sent_where_the_agent_is_asked_for_one(desk: Desk) -> None:
    """What became of it is told; asking alone shows nothing."""
    quiet(desk)
    lock = claim(desk.home.places.agent_lock(), "agent", "now")
    assert isinstance(lock, FileLock)
    shown: list[Popup] = []
    send = desk.service._delivery.send

    def counted(popup: Popup) -> object:
        shown.append(popup)
        return send(popup)

    desk.service._delivery.send = counted  # type: ignore[method-assign, assignment]
    (desk.home.places.cache).mkdir(parents=True, exist_ok=True)
    assert ask_agent(desk.home.places, "show", wait_s=0.0).running is True
    desk.beat()
    assert len(shown) == 1
    assert desk.service._reporter._test.channel == "desktop"
    assert math.isclose(desk.service._reporter._next_check, desk.monotonic + 600)
    lock.release()
