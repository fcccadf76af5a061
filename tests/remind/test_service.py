"""The real service over a bus and a clock of the tests' own: each slot once, and the truth about each in the log."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from coach.actions.reminders.facts import recorded_facts
from coach.actions.reminders.pause import pause
from coach.actions.reminders.schedule import upcoming
from coach.actions.reminders.settings import add
from coach.actions.reminders.snooze import skip, snooze, unskip
from coach.actions.triage.check_in import NewAnswers, save
from coach.agent.status import agent_status
from coach.domain.reminders.reminder import Between, Reminder
from coach.domain.status.history import Session
from coach.domain.triage.answers import Pain
from coach.home import Home
from coach.records.lock import FileLock, claim
from coach.remind.agent_log import open_log
from coach.remind.bus import Bus
from coach.remind.presence.busy import is_busy
from coach.words import Words
from tests.remind.bus_daemon import Answer, Daemon, NotificationServer, PropertyService
from tests.remind.conftest import Desk


def test_a_slot_is_shown_once_and_logged(desk: Desk) -> None:
    """At its time, by the desktop, with its own words; not again at the next heartbeats."""
    desk.only("tea", at="10:00", text="Tea")
    desk.at("09:59:50")
    assert desk.server.titles == []
    desk.at("10:00:01")
    desk.passed(2)
    assert desk.server.titles == ["Tea"]
    (row,) = desk.rows()
    assert (row.outcome, row.channel, row.number) == ("shown", "desktop", 1)


def test_a_skipped_slot_is_over_when_it_passes(desk: Desk) -> None:
    """It holds back no account of what comes after: eight days later nobody was *long away*."""
    desk.only("tea", at="10:00", text="Tea")
    desk.at("09:00")
    assert skip(desk.home, desk.wall)
    desk.at("10:00:01")
    for _ in range(9):
        desk.passed(24 * 3600)
    assert [(row.outcome, row.why) for row in desk.rows()] == [("skipped", None), *[("shown", None)] * 9]
    facts = recorded_facts(desk.home, desk.wall)
    assert facts.settled_until is not None
    assert desk.wall - facts.settled_until < timedelta(hours=1)


def test_a_restart_shows_nothing_twice(desk: Desk) -> None:
    """The next process knows from the log what was shown."""
    desk.only("tea", at="10:00", text="Tea")
    desk.at("10:00:01")
    desk.restart()
    desk.passed(5)
    assert desk.server.titles == ["Tea"]


def test_do_not_disturb_holds_until_it_is_over(desk: Desk) -> None:
    """Held with the reason; shown as soon as the server lets through, within the grace."""
    desk.only("tea", at="10:00", text="Tea")
    desk.server.properties["Inhibited"] = ("b", True)
    desk.at("10:00:01")
    assert desk.outcomes() == [("10:00", "held", "do-not-disturb")]
    assert desk.server.titles == []
    desk.server.properties["Inhibited"] = ("b", False)
    desk.at("10:01:00")
    assert desk.outcomes() == [("10:00", "shown", None)]


def test_what_was_done_meanwhile_is_not_called_for_again(desk: Desk) -> None:
    """Held by do-not-disturb, the routine was done in a terminal: nothing comes once that is over."""
    desk.only("routine", "routine", at="10:00")
    desk.server.properties["Inhibited"] = ("b", True)
    desk.at("10:00:01")
    assert desk.outcomes() == [("10:00", "held", "do-not-disturb")]
    desk.home.records.add(Session(id="s", at=desk.wall, routine="evening", seconds=60, outcome="done"))
    desk.server.properties["Inhibited"] = ("b", False)
    desk.at("10:05:00")
    assert desk.outcomes() == [("10:00", "held", "done")]
    assert desk.server.titles == []


def test_a_popup_goes_once_its_work_was_done_elsewhere(desk: Desk) -> None:
    """The routine was done in a terminal while its popup stood there: nobody finds a call for it in the evening."""
    desk.only("routine", "routine", at="10:00")
    desk.at("10:00:01")
    number = desk.server.popups[-1]["number"]
    desk.passed(60)
    assert number not in desk.server.closed
    desk.home.records.add(Session(id="s", at=desk.wall, routine="evening", seconds=60, outcome="done"))
    desk.passed(60)
    desk.until(lambda: number in desk.server.closed)
    assert desk.outcomes() == [("10:00", "shown", None)]


def test_a_popup_that_is_closed_at_once_was_not_shown(desk: Desk) -> None:
    """A server that swallows popups closes them within the second: tried again, and never called shown."""
    desk.only("tea", at="10:00", text="Tea")
    desk.at("10:00:01")
    desk.server.close(reason=4)
    desk.until(lambda: desk.outcomes() == [("10:00", "failed", "closed-at-once")])
    (row,) = desk.rows()
    assert (row.shown_at, row.channel, row.number) == (None, None, 0)
    desk.passed(20)
    assert len(desk.server.popups) == 2
    desk.passed(5)
    desk.server.close(reason=1)
    desk.until(lambda: not desk.service._delivery.on_screen)
    assert desk.outcomes() == [("10:00", "shown", None)]


def test_without_a_server_it_is_tried_again_until_one_comes(bare_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Failed is never called shown; the server that comes within the grace shows it."""
    monkeypatch.setenv("COACH_NOTIFY", "desktop")
    bare_desk.only("tea", at="10:00", text="Tea")
    bare_desk.at("10:00:01")
    assert bare_desk.outcomes() == [("10:00", "failed", "not-delivered")]
    assert "provided" in (bare_desk.rows()[0].detail or "")
    bare_desk.bus.add(bare_desk.server)
    bare_desk.at("10:05:00")
    assert bare_desk.outcomes() == [("10:00", "shown", None)]


def test_a_failed_one_is_tried_again_ever_less_often(bare_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """After fifteen seconds, then after a tenth of the time that has passed; no more once that is beyond the grace."""
    monkeypatch.setenv("COACH_NOTIFY", "desktop")
    bare_desk.only("tea", at="10:00", text="Tea")
    for tried, again in (
        ("10:00:00", "10:00:15"), ("10:00:15", "10:00:30"), ("10:05:00", "10:05:30"), ("10:13:20", "10:14:40"),
        ("10:14:40", None),
    ):  # fmt: skip
        bare_desk.at(tried)
        (row,) = bare_desk.rows()
        assert (row.outcome, row.retry_at and f"{row.retry_at:%H:%M:%S}") == ("failed", again)


def test_after_the_grace_a_failed_one_is_left(bare_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quarter of an hour late is too late: the row stays failed, and nothing pops up."""
    monkeypatch.setenv("COACH_NOTIFY", "desktop")
    bare_desk.only("tea", at="10:00", text="Tea")
    for minute in range(1, 20, 3):
        bare_desk.at(f"10:{minute:02}")
    bare_desk.bus.add(bare_desk.server)
    bare_desk.at("10:30")
    assert bare_desk.server.titles == []
    assert bare_desk.outcomes() == [("10:00", "failed", "not-delivered")]


def test_a_server_that_hangs_gets_one_popup(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It took the popup and does not answer; its late answer makes the row shown."""
    monkeypatch.setattr(Bus.call, "__defaults__", (0.05,))
    desk.only("tea", at="10:00", text="Tea")
    desk.at("09:59:00")
    desk.server.silent.add("Notify")
    desk.at("10:00:01")
    assert desk.outcomes() == [("10:00", "failed", "no-answer")]
    desk.passed(60)
    desk.server.answer_late()
    desk.until(lambda: desk.outcomes() == [("10:00", "shown", None)])
    assert len(desk.server.popups) == 1
    desk.server.press("done")
    desk.until(lambda: desk.outcomes() == [("10:00", "acted", None)])


def test_what_a_server_took_with_it_comes_by_the_next(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It hung with a popup and was ended: nobody can have seen it; the one that is started in its place shows it."""
    monkeypatch.setattr(Bus.call, "__defaults__", (0.05,))
    desk.only("tea", at="10:00", text="Tea")
    desk.at("09:59:00")
    desk.server.silent.add("Notify")
    desk.at("10:00:01")
    assert desk.outcomes() == [("10:00", "failed", "no-answer")]
    other = NotificationServer()
    desk.bus.remove(desk.server)
    desk.bus.add(other)
    desk.until(lambda: other.titles == ["Tea"])
    desk.passed(2)
    assert desk.outcomes() == [("10:00", "shown", None)]


def test_one_popup_of_each_reminder_is_on_the_screen(desk: Desk) -> None:
    """Who comes back finds the last of each, and no pile of the hours before."""
    desk.only("tea", every_min=60, between=Between("00:00", "00:00"), text="Tea")
    add(desk.home, Reminder(id="walk", kind="custom", at="10:30", text="Walk"), desk.wall)
    for when in ("10:00:01", "10:30:01", "11:00:01"):
        desk.at(when)
    assert desk.server.titles == ["Tea", "Walk", "Tea"]
    desk.service._delivery.check()
    assert desk.server.closed == [1]
    assert sorted(desk.service._delivery.on_screen) == [2, 3]


def test_status_tells_by_which_channel_the_last_popup_came(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what it failed of, until one comes again."""
    monkeypatch.setenv("COACH_NOTIFY", "desktop")
    lock = claim(desk.home.places.agent_lock(), "agent", "now")
    assert isinstance(lock, FileLock)
    desk.only("tea", at="10:00", text="Tea")
    desk.at("10:00:01")
    status = agent_status(desk.home.places)
    assert (status.channel, status.reaches, status.trouble) == ("desktop", "desktop", None)
    desk.bus.remove(desk.server)
    desk.until(lambda: agent_status(desk.home.places).reaches is None)
    desk.only("tea", at="10:10", text="Tea")
    desk.at("10:10:01")
    status = agent_status(desk.home.places)
    assert (status.channel, status.reaches) == ("desktop", None)
    assert "desktop: " in (status.trouble or "")
    desk.bus.add(desk.server)
    desk.at("10:11:01")
    assert agent_status(desk.home.places).trouble is None
    lock.release()


def test_a_sleep_is_an_absence_and_its_slots_are_missed(desk: Desk) -> None:
    """Woken after three hours: the last slot comes, those before are missed, told in a line of it."""
    desk.only("tea", every_min=60, between=Between("00:00", "00:00"), text="Tea")
    desk.slept(3 * 3600 + 60)
    assert [outcome for _, outcome, _ in desk.outcomes()] == ["missed", "missed", "shown"]
    assert {why for _, outcome, why in desk.outcomes() if outcome == "missed"} == {"slept"}
    assert "earlier reminders couldn't be shown" in desk.server.popups[0]["body"]


def test_what_nobody_was_there_for_is_told_from_a_sleep(desk: Desk) -> None:
    """The log says whether the machine slept or nothing was running, which are mended in different ways."""
    desk.only("tea", every_min=60, between=Between("00:00", "00:00"), text="Tea")
    desk.passed(60)
    desk.restart()
    desk.wall += timedelta(hours=3)
    desk.passed(1)
    assert [(outcome, why) for _, outcome, why in desk.outcomes()] == [
        ("missed", "not-running"), ("missed", "not-running"), ("shown", None),
    ]  # fmt: skip


def test_what_was_missed_is_told_once(desk: Desk) -> None:
    """Two reminders come at once after a sleep: the first popup tells of those before, the second does not."""
    desk.only("tea", every_min=60, between=Between("00:00", "00:00"), text="Tea")
    add(desk.home, Reminder(id="walk", kind="custom", every_min=60, between=Between("00:00", "00:00")), desk.wall)
    desk.slept(3 * 3600 + 60)
    assert len(desk.server.popups) == 2
    told = Words("en")("popup.missed", n=4)
    assert [told in popup["body"] for popup in desk.server.popups] == [True, False]


def test_a_clock_set_back_over_an_absence_leaves_none_in_the_future(desk: Desk) -> None:
    """When that time comes a second time, no break is counted anew from an absence that nobody had."""
    desk.idle_s = 0.0
    desk.passed(60)
    desk.idle_s = 60.0
    desk.at("09:12")
    desk.idle_s = None  # the machine cannot tell any more, just when its clock is set
    desk.slept(-3600)
    desk.passed(60)
    assert [span for span in desk.service._absences or () if span.end > desk.wall] == []


def test_a_break_waits_for_who_may_have_gone_for_a_moment(desk: Desk) -> None:
    """Three minutes without a touch may be a way to the printer: it comes with the next touch."""
    desk.only("up", "desk-break", every_min=50, between=Between("09:00", "18:00"))
    desk.idle_s = 0.0
    desk.at("09:48:00")
    desk.idle_s = 60.0
    desk.at("09:50:01")
    assert desk.server.titles == []
    assert desk.outcomes() == []
    desk.idle_s = 6.0
    desk.passed(3)
    assert len(desk.server.titles) == 1


def test_an_absence_holds_a_break_and_the_count_begins_anew(desk: Desk) -> None:
    """Away over the slot: held; the next comes as long after the return as breaks are apart."""
    desk.only("up", "desk-break", every_min=50, between=Between("09:00", "18:00"))
    desk.idle_s = 0.0
    desk.at("09:40")
    desk.idle_s = 60.0
    desk.at("09:52")
    assert desk.outcomes() == [("09:50", "held", "away")]
    desk.idle_s = 0.0
    desk.passed(30)
    assert desk.server.titles == []
    desk.idle_s = 20.0
    desk.at("10:42:40")
    assert len(desk.server.popups) == 1
    assert desk.outcomes() == [
        ("09:50", "held", "away"),
        ("10:40", "held", "count-began-anew"),
        ("10:42", "shown", None),
    ]


def test_an_error_is_told_and_the_service_goes_on(desk: Desk, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong in a heartbeat: the log has it, ``agent status`` says it, and the next one comes."""
    waits: list[float] = []
    monkeypatch.setattr(desk.service._waker, "wait", lambda seconds, descriptors=(): waits.append(seconds))

    def broken() -> None:
        raise ZeroDivisionError

    desk.service._guarded(broken)
    assert waits == [10.0]
    assert desk.service._due
    lock = claim(home.places.agent_lock(), "agent", "now")
    assert isinstance(lock, FileLock)
    assert agent_status(home.places).trouble == "ZeroDivisionError"
    lock.release()


def test_who_did_it_in_the_morning_is_not_asked_in_the_evening(desk: Desk) -> None:
    """Check-in and routine done by a quarter past eight: both slots of the evening are held, and said to be done."""
    desk.wall = desk.wall.replace(hour=8, minute=15)
    save(desk.home, NewAnswers(pain=Pain(rest=0, walking=1, during=0), none_of_the_signs=True), desk.wall)
    desk.home.records.add(Session(id="s", at=desk.wall, routine="evening-reset"))
    desk.only("routine", "routine", at="20:00")
    add(desk.home, Reminder(id="check-in", kind="check-in", at="19:30"), desk.wall)
    assert [coming.due.day for coming in upcoming(desk.home, desk.wall, 2)] == [24, 24]
    desk.at("19:30:01")
    desk.at("20:00:01")
    assert desk.server.titles == []
    assert desk.outcomes() == [("19:30", "held", "done"), ("20:00", "held", "done")]


def test_a_minute_at_the_desk_is_not_the_routine(desk: Desk) -> None:
    """A short break in the morning leaves the evening's routine to be done."""
    short = next(routine.id for routine in desk.home.content.routines.values() if routine.slot == "desk-break")
    desk.home.records.add(Session(id="s", at=desk.wall, routine=short))
    desk.only("routine", "routine", at="20:00")
    desk.at("20:00:01")
    assert [outcome for _, outcome, _ in desk.outcomes()] == ["shown"]


def test_a_break_waits_for_a_pause_in_typing(desk: Desk) -> None:
    """Two minutes at most; whoever takes their hands away is asked at once, and a killed agent forgets it not."""
    desk.only("up", "desk-break", every_min=50, between=Between("09:00", "18:00"))
    desk.idle_s = 0.5
    desk.at("09:50:01")
    desk.passed(40)
    assert desk.server.titles == []
    desk.restart()
    desk.passed(3)
    assert desk.server.titles == []
    desk.idle_s = 6.0
    desk.passed(3)
    assert len(desk.server.titles) == 1
    desk.idle_s = 0.5
    desk.at("10:40:01")
    desk.at("10:41:50")
    assert len(desk.server.titles) == 1
    desk.at("10:42:01")
    assert len(desk.server.titles) == 2


def test_ones_own_words_wait_for_no_pause(desk: Desk) -> None:
    """A custom reminder comes at the minute that was asked for."""
    desk.only("tea", at="10:00", text="Tea")
    desk.idle_s = 0.5
    desk.at("10:00:01")
    assert desk.server.titles == ["Tea"]


@pytest.mark.parametrize("minutes", [15, 0])
def test_who_only_reads_is_not_away(desk: Desk, minutes: int) -> None:
    """With a longer absence, or none: ten minutes without a touch are no break, and the popup does not wait."""
    desk.home.records.change_profile(lambda profile: replace(profile, away_min=minutes))
    desk.only("up", "desk-break", every_min=50, between=Between("09:00", "18:00"))
    desk.idle_s = 0.0
    desk.at("09:40")
    desk.idle_s = 60.0
    desk.at("09:50:01")
    assert len(desk.server.titles) == 1
    desk.idle_s = 10.0
    desk.at("10:40:01")
    assert [outcome for _, outcome, _ in desk.outcomes()] == ["shown", "shown"]


def test_a_clock_set_back_shows_no_second_popup_of_an_interval(desk: Desk) -> None:
    """Just shown, then an hour earlier: the slots of that hour are held; ever after it goes on as before."""
    desk.only("up", "desk-break", every_min=25, between=Between("09:00", "18:00"))
    desk.at("10:15:01")
    shown = len(desk.server.titles)
    desk.slept(-3600)
    for minute in (25, 50):
        desk.at(f"09:{minute}:01")
    desk.at("10:15:02")
    assert len(desk.server.titles) == shown
    desk.at("10:40:01")
    assert len(desk.server.titles) == shown + 1


def test_a_call_holds_a_break_until_it_is_over(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Idle inhibited, as a call or a presentation does: busy; shown when that ends within the grace; off by setting."""
    manager = PropertyService("org.gnome.SessionManager", answers={"IsInhibited": ("b", (True,))})
    desk.bus.add(manager)
    desk.only("up", "desk-break", every_min=50, between=Between("09:00", "18:00"))
    add(desk.home, Reminder(id="tea", kind="custom", at="09:50", text="Tea"), desk.wall)
    desk.at("09:50:01")
    assert desk.server.titles == ["Tea"]
    (held,) = [row for row in desk.rows() if row.outcome == "held"]
    assert (held.why, held.retry_at) == ("busy", desk.wall + timedelta(seconds=30))
    manager.answers["IsInhibited"] = ("b", (False,))
    desk.at("09:52:00")
    assert len(desk.server.titles) == 2
    manager.answers["IsInhibited"] = ("b", (True,))
    desk.home.records.change_profile(lambda profile: replace(profile, hold_busy=False))
    desk.at("10:40:01")
    assert len(desk.server.titles) == 3


def test_a_call_that_goes_on_lets_the_break_go(desk: Desk) -> None:
    """A quarter of an hour later the next one is near: it is tried no more, and the log says why it did not come."""
    desk.service._delivery._busy = lambda: True
    desk.only("up", "desk-break", every_min=50, between=Between("09:00", "18:00"))
    desk.at("09:50:00")
    for tried, again in (("10:04:30", "10:05:00"), ("10:05:00", None), ("10:06:00", None)):
        desk.at(tried)
        (row,) = desk.rows()
        assert (row.why, row.retry_at and f"{row.retry_at:%H:%M:%S}") == ("busy", again)


def test_a_call_is_seen_as_each_desktop_tells(bus: Daemon) -> None:
    """GNOME is asked for what keeps the session from going idle and for nothing else, KDE and XFCE by their own way."""

    class Manager(PropertyService):
        def answer(self, member: str, body: tuple[Any, ...]) -> Answer:
            return "b", ((member, body) == ("IsInhibited", (8,)),)

    power = PropertyService("org.freedesktop.PowerManagement", answers={"HasInhibit": ("b", (True,))})
    assert not is_busy()
    for service in (Manager("org.gnome.SessionManager"), power):
        bus.add(service)
        assert is_busy()
        bus.remove(service)
    power.answers["HasInhibit"] = ("s", ("yes",))
    bus.add(power)
    assert not is_busy()


@pytest.mark.parametrize(
    ("dump", "busy"),
    [
        ('[{"info": {"state": "running", "props": {"media.class": "Stream/Input/Audio"}}}]', True),
        ('[{"info": {"state": "running", "props": {"media.class": "Stream/Input/Video", "n": 1}}}]', True),
        ('[{"info": {"state": "suspended", "props": {"media.class": "Stream/Input/Audio"}}}]', False),
        ('[{"info": {"state": "running", "props": {"media.class": "Stream/Output/Audio"}}}]', False),
        (
            '[{"info": {"state": "running", "props": {"media.class": "Stream/Input/Audio", "stream.monitor": true}}}]',
            False,
        ),
        ('[{"info": null}, {}]', False),
        ("nothing", False),
    ],
)
def test_a_microphone_or_a_camera_in_use_is_a_call(
    bus: Daemon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dump: str, busy: bool
) -> None:
    """As PipeWire tells; music is none, and a level meter neither."""
    program = tmp_path / "bin" / "pw-dump"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ncat <<'E'\n{dump}\nE\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    assert is_busy() is busy


def test_a_snooze_is_of_ones_own_length_and_longer_each_time(desk: Desk) -> None:
    """Fifteen minutes, then half an hour, then an hour; the button says so."""
    desk.home.records.change_profile(lambda profile: replace(profile, snooze_min=15))
    desk.only("tea", at="10:00", text="Tea")
    desk.at("10:00:01")
    for label, due in (("In 15 minutes", "10:15"), ("In 30 minutes", "10:45"), ("In 60 minutes", "11:45")):
        assert desk.server.popups[-1]["buttons"]["later"] == label
        popups = len(desk.server.popups)
        desk.server.press("later")
        desk.until(lambda: any(row.outcome == "waiting" for row in desk.rows()))
        desk.at(f"{due}:03")
        assert len(desk.server.popups) == popups + 1
    assert desk.server.popups[-1]["buttons"]["later"] == "In 60 minutes"
    assert set(desk.server.titles) == {"Tea"}


@pytest.mark.parametrize("put_off", [True, False])
def test_what_was_skipped_and_brought_back_is_tried_again_in_quiet_hours(
    bare_desk: Desk, monkeypatch: pytest.MonkeyPatch, *, put_off: bool
) -> None:
    """Whoever brings a reminder back asked for that very call: it comes although its first try failed."""
    monkeypatch.setenv("COACH_NOTIFY", "desktop")
    bare_desk.only("tea", at="11:00" if put_off else "10:10", text="Tea")
    bare_desk.at("10:00")
    if put_off:
        snooze(bare_desk.home, bare_desk.wall, 10)
    skip(bare_desk.home, bare_desk.wall)
    bare_desk.home.records.change_profile(lambda profile: replace(profile, quiet=Between("10:05", "12:00")))
    assert unskip(bare_desk.home, bare_desk.wall).due == bare_desk.wall + timedelta(minutes=10)
    bare_desk.at("10:10:01")
    assert bare_desk.outcomes() == [("10:10", "failed", "not-delivered")]
    bare_desk.bus.add(bare_desk.server)
    bare_desk.at("10:11")
    assert bare_desk.outcomes() == [("10:10", "shown", None)]


def announcing(desk: Desk, **fields: Any) -> None:
    """Let the one reminder be a desk break every half hour, announced before it comes."""
    desk.only("break-1", "desk-break", every_min=30, between=Between("09:00", "18:00"), **fields)
    desk.home.records.change_profile(lambda profile: replace(profile, announce_breaks=True))


def test_a_break_is_announced_half_a_minute_before(desk: Desk) -> None:
    """Once, without a sound, and the break comes in its place; the log has a row of the break alone."""
    announcing(desk)
    desk.at("09:29:25")
    assert desk.server.titles == []
    desk.at("09:29:31")
    desk.passed(10)
    assert desk.server.titles == ["A short break in half a minute"]
    assert not desk.server.popups[0]["buttons"]
    desk.at("09:30:01")
    assert desk.server.titles == ["A short break in half a minute", "Time for a short break"]
    assert desk.server.popups[1]["number"] == desk.server.popups[0]["number"]
    assert desk.outcomes() == [("09:30", "shown", None)]


def test_no_break_is_announced_unless_asked_for(desk: Desk) -> None:
    """It is off by default."""
    desk.only("break-1", "desk-break", every_min=30, between=Between("09:00", "18:00"))
    desk.at("09:29:45")
    assert desk.server.titles == []


@pytest.mark.parametrize("what", ["paused", "quiet", "disturb", "away", "skipped", "busy"])
def test_no_break_is_announced_that_will_not_come(desk: Desk, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """In a pause, in quiet hours, under do-not-disturb, to an empty chair, after a skip, and in a call."""
    announcing(desk)
    if what == "paused":
        pause(desk.home, desk.wall, desk.wall + timedelta(hours=1))
    elif what == "quiet":
        desk.home.records.change_profile(lambda profile: replace(profile, quiet=Between("09:10", "10:00")))
    elif what == "disturb":
        desk.server.properties["Inhibited"] = ("b", True)
    elif what == "skipped":
        skip(desk.home, desk.wall)
    elif what == "busy":
        desk.service._delivery._busy = lambda: True
    desk.at("09:20:00")
    desk.idle_s = 500.0 if what == "away" else None
    desk.at("09:29:45")
    assert desk.server.titles == []


def test_the_log_of_the_agent_holds_no_text_of_the_persons(desk: Desk) -> None:
    """No reminder's own words, no note, no number of pain; what it did and when is enough to find a fault."""
    secret = "my swollen knee 膝"
    open_log(desk.home.places)
    save(desk.home, NewAnswers(pain=Pain(walking=8), note=secret, none_of_the_signs=True), desk.wall)
    desk.only("tea", at="10:00", text=secret)
    desk.at("10:00:01")
    assert desk.server.titles == [secret]
    log = desk.home.places.agent_log().read_text(encoding="utf-8")
    assert "custom 10:00: shown" in log
    assert not any(word in log for word in (*secret.split(), "pain", "walking"))
