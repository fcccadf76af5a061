"""*I'm taking a break now*: led where something can lead it, and the count begins afresh."""

import csv
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from coach.actions.reminders import breaks
from coach.actions.reminders.breaks import take_break
from coach.actions.triage.check_in import NewAnswers, save
from coach.agent.screen import ScreenRequests, open_on_screen
from coach.domain.reminders.reminder import Between
from coach.domain.triage.answers import Pain
from coach.home import Home
from coach.remind.popup_break import begin, desk_routine, plan_break
from coach.words import Words
from tests.helpers import Ran, beginning
from tests.remind.conftest import Desk

Coach = Callable[..., Ran]
At = Callable[[str], datetime]


@pytest.fixture
def screen(home: Home) -> Iterator[list[str]]:
    """Return what an open screen was asked to open; it is in the middle of something when asked for a check-in."""
    requests, opened, stop = ScreenRequests(home.places), list[str](), threading.Event()

    def open_for(kind: str) -> bool:
        opened.append(kind)
        return kind != "check-in"

    def look() -> None:
        while not stop.wait(0.01):
            requests.serve(open_for)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    yield opened
    stop.set()
    thread.join()
    requests.close()


def test_without_an_agent_it_is_noted_and_the_count_begins_afresh(coach: Coach, at: At) -> None:
    """Nothing can lead it here: that is said, and the next break is fifty minutes from now."""
    at("2026-11-23T09:30:00+00:00")
    coach("check-in", "--rest", "0", "--walking", "1", "--none-of-the-signs")
    assert coach("break", "--json").json() == {"led_by": None, "next": "2026-11-23T10:20:00+00:00"}
    assert "coach start" in coach("break").out
    (row, *_) = coach("reminders", "log", "--json").json()
    assert (row["id"], row["outcome"]) == ("break", "acted")


def test_where_exercises_rest_it_is_a_break_all_the_same(coach: Coach, at: At) -> None:
    """Noted, and nothing is led."""
    at("2026-11-23T09:30:00+00:00")
    coach("hurts")
    assert beginning("reminders.break.rests.pause") in coach("break").out


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (["--sign", "chest-or-breath"], "emergency"),
        (["--sign", "chest-or-breath=unsure"], "today"),
        (["--sign", "locked-knee"], "today"),
        (["--walking", "7", "--none-of-the-signs"], "pause"),
        ([], "signs"),
    ],
)
def test_nobody_who_should_be_seen_first_is_told_to_move(coach: Coach, at: At, answer: list[str], told: str) -> None:
    """Beside a call, or a visit today, a break is no reason to move; before the list it is no rest either."""
    at("2026-11-23T09:30:00+00:00")
    if answer:
        coach("check-in", *answer)
    said = coach("break").out
    names = ("pause", "today", "emergency", "signs")
    assert [name for name in names if Words("en")(f"reminders.break.rests.{name}") in said] == [told]


def test_asked_for_again_within_its_minute_it_is_the_same(coach: Coach, at: At) -> None:
    """Pressed twice it is one break in the totals; a minute later it is another."""
    at("2026-11-23T09:30:00+00:00")
    coach("check-in", "--rest", "0", "--walking", "1", "--none-of-the-signs")
    for moment, taken in (("09:30:00", 1), ("09:30:59", 1), ("09:31:00", 2)):
        at(f"2026-11-23T{moment}+00:00")
        assert coach("break").code == 0
        assert [week["taken"] for week in coach("history", "--json").json()["breaks"]] == [taken]


@pytest.mark.parametrize("step", ["begin_count_anew", "write_rows"])
def test_one_that_could_not_be_kept_is_done_when_asked_for_again(
    home: Home, at: At, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Whichever write failed: a moment later it is noted, once, and the next ones are counted from then."""
    now = at("2026-11-23T09:30:00+00:00")
    with monkeypatch.context() as patched:
        patched.setattr(breaks, step, lambda *_: (_ for _ in ()).throw(OSError("no space")))
        with pytest.raises(OSError, match="no space"):
            take_break(home, now)
    again = at("2026-11-23T09:30:20+00:00")
    take_break(home, again)
    coming = breaks.next_break(home, again)
    assert coming is not None
    assert coming.due == again + timedelta(minutes=50)
    assert [week.taken for week in breaks.totals(home, again.date())] == [1]


def test_the_agent_leads_it_and_counts_from_it(desk: Desk) -> None:
    """By popups, at once; the slot of the old count is held, and said to be."""
    save(desk.home, NewAnswers(pain=Pain(rest=0, walking=1, during=0), none_of_the_signs=True), desk.wall)
    desk.only("up", "desk-break", every_min=50, between=Between("09:00", "18:00"))
    desk.at("09:30:00")
    assert desk.service._buttons.lead_break(desk.monotonic) == "popups"
    assert desk.service._buttons.lead_break(desk.monotonic) == "popups"
    assert len(desk.server.popups) == 1
    take_break(desk.home, desk.wall)
    desk.at("09:35:00")
    desk.at("09:36:00")
    assert desk.server.titles[-1] == Words("en")("popup.lead.done")
    popups = len(desk.server.popups)
    desk.at("09:50:01")
    assert len(desk.server.popups) == popups
    assert ("09:50", "held", "count-began-anew") in desk.outcomes()
    desk.at("10:20:01")
    assert ("10:20", "shown", None) in desk.outcomes()


def test_a_break_is_one_popup_that_changes_and_stays(desk: Desk) -> None:
    """Each step in place of the one before, until the next: it hurts is at hand all the time, and nothing piles up."""
    save(desk.home, NewAnswers(pain=Pain(rest=0, walking=1, during=0), none_of_the_signs=True), desk.wall)
    desk.only("tea", at="23:00", text="Tea")
    desk.passed(2)
    assert desk.service._buttons.lead_break(desk.monotonic) == "popups"
    for _ in range(40):
        if (moment := desk.service._buttons.next_at()) is not None:
            desk.passed(moment - desk.monotonic)
    assert desk.service._buttons.led_break is None
    *steps, done = desk.server.popups
    assert len(steps) > 2
    assert {popup["number"] for popup in desk.server.popups} == {steps[0]["number"]}
    assert {(popup["expires"], *popup["buttons"]) for popup in steps} == {(0, "hurts")}
    assert (done["title"], done["buttons"]) == (Words("en")("popup.lead.done"), {})
    assert done["expires"] > 0


@pytest.mark.parametrize("sound", [True, False])
def test_a_break_can_be_followed_by_ear(desk: Desk, heard: Callable[[], list[str]], sound: bool) -> None:
    """For those who stretch with their back to it: a tone with each step and at the end, unless switched off."""
    save(desk.home, NewAnswers(pain=Pain(rest=0, walking=1, during=0), none_of_the_signs=True), desk.wall)
    desk.home.records.change_profile(lambda profile: replace(profile, sound=sound))
    desk.only("tea", at="23:00", text="Tea")
    desk.passed(2)
    assert desk.service._buttons.lead_break(desk.monotonic) == "popups"
    tones = 0
    for _ in range(40):
        tones += sound
        desk.until(lambda: len(heard()) == tones)  # noqa: B023 -- asked at once
        if (moment := desk.service._buttons.next_at()) is None:
            break
        desk.passed(moment - desk.monotonic)
    assert desk.service._buttons.led_break is None
    assert len(desk.server.popups) > 3
    assert heard()[:1] + heard()[-1:] == (["begin", "end"] if sound else [])


def test_no_two_breaks_after_one_another_are_the_same(home: Home) -> None:
    """Fifty minutes later it is another minute at the desk, whenever the first one was."""
    midnight = datetime(2026, 11, 23, tzinfo=UTC)
    for minute in range(23 * 60):
        first = midnight + timedelta(minutes=minute)
        assert desk_routine(home, first) != desk_routine(home, first + timedelta(minutes=50))


def test_it_is_led_on_the_open_screen(home: Home, screen: list[str], coach: Coach, at: At) -> None:
    """With the UI open the break opens there, and what *Start* of an agent's popup is about too."""
    at("2026-11-23T09:30:00+00:00")
    coach("check-in", "--rest", "0", "--walking", "1", "--none-of-the-signs")
    assert coach("break", "--json").json()["led_by"] == "screen"
    assert screen == ["desk-break"]


def test_a_screen_in_the_middle_of_something_says_so(home: Home, screen: list[str]) -> None:
    """Then the agent leads by popups."""
    assert open_on_screen(home.places, "routine")
    assert not open_on_screen(home.places, "check-in")
    assert screen == ["routine", "check-in"]


def test_without_an_open_screen_nobody_waits(home: Home) -> None:
    """No lock, no question."""
    assert not open_on_screen(home.places, "routine", wait_s=1000)


def test_a_screen_that_does_not_answer_is_waited_for_a_moment(home: Home) -> None:
    """It holds the lock and hangs."""
    requests = ScreenRequests(home.places)
    assert not open_on_screen(home.places, "routine", wait_s=0.1)
    requests.close()


def test_the_history_and_a_spreadsheet_have_the_totals_of_each_week(coach: Coach, at: At, tmp_path: Path) -> None:
    """Taken by oneself, and left out: in the list, as JSON, and as a row that a spreadsheet opens."""
    at("2026-11-24T09:30:00+00:00")
    coach("break")
    coach("skip")
    totals = {"week": "2026-11-23", "taken": 1, "snoozed": 0, "skipped": 1, "held": 0}
    assert coach("history", "--json").json()["breaks"] == [totals]
    assert "week of 2026-11-23: 1 taken, 0 snoozed, 1 skipped, 0 held back" in coach("history").out
    coach("export", str(tmp_path / "all.csv"))
    (row,) = csv.DictReader((tmp_path / "all.csv").read_text(encoding="utf-8-sig").splitlines())
    assert (row["breaks taken"], row[Words("en")("report.spreadsheet.column.skipped")]) == ("1", "1")


def test_a_break_led_by_popups_follows_the_decision_of_now(home: Home, at: At) -> None:
    """What fell out is skipped, doses shrink, what was done stays; in a pause nothing is left of it."""
    now = at("2026-11-23T09:30:00+00:00")
    save(home, NewAnswers(pain=Pain(rest=0, walking=1), none_of_the_signs=True), now)
    _, routine = plan_break(home, "routine", now)
    assert routine is not None
    led = begin(home, routine, now, 0.0)
    led.take(0.0)
    led.follow(home, 1.0, routine.steps)
    whole = [(phase.stretch, phase.seconds) for phase in led.run.phases]
    first, *_, last = routine.steps
    shorter = [
        replace(step, hold_s=min(step.hold_s, 10), reps=1) for step in routine.steps if step.stretch != last.stretch
    ]
    led.follow(home, 2.0, tuple(shorter))
    left = [(phase.stretch, phase.seconds) for phase in led.run.phases]
    assert sum(seconds for _, seconds in left) < sum(seconds for _, seconds in whole)
    assert last.stretch not in {stretch for stretch, _ in left}
    assert first.stretch in {stretch for stretch, _ in left}
    told = {
        index: phase for index, phase in enumerate(led.run.phases) if phase.kind in ("ready", "change", "hold", "count")
    }
    assert led.cues.keys() == told.keys()
    holds = {index: round(phase.seconds) for index, phase in told.items() if phase.kind == "hold"}
    assert {index: int(led.cues[index].body.split()[0]) for index in holds} == holds
    assert led.next_at() <= 2.0 + sum(seconds for _, seconds in left)
    led.follow(home, 3.0, ())
    assert led.fell_out
    assert led.take(4.0) is None
