"""What is due, held, missed: the same whatever crashes, sleeps and clock changes came in between."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.domain.reminders.due import (
    ANNOUNCED,
    FINAL_OUTCOMES,
    AgentFacts,
    Delivery,
    DuePlan,
    Outcome,
    count_from,
    evaluate,
    next_look,
    snooze_minutes,
    to_announce,
)  # fmt: skip
from coach.domain.reminders.reminder import Between, Reminder, ReminderKind
from coach.domain.reminders.slots import GRACE, Slot, Span, due_between, make_slot
from tests.helpers import examples

TOKYO = ZoneInfo("Asia/Tokyo")
MINUTE = timedelta(minutes=1)


def at(text: str, zone: ZoneInfo = TOKYO) -> datetime:
    """Return ``HH:MM[:SS]`` of Monday 23 November 2026, or a whole local time."""
    whole = text if "T" in text else f"2026-11-23T{text}"
    return datetime.fromisoformat(whole).replace(tzinfo=zone)


def hourly(kind: ReminderKind = "custom", reminder_id: str = "r") -> Reminder:
    return Reminder(id=reminder_id, kind=kind, every_min=60, between=Between("08:00", "20:00"))


def ask(
    now: str,
    *reminders: Reminder,
    since: str = "08:30",
    rows: tuple[Delivery, ...] = (),
    facts: AgentFacts | None = None,
) -> DuePlan:
    known = facts or AgentFacts(settled_until=at(since))
    return evaluate(reminders or (hourly(),), {row.id: row for row in rows}, known, TOKYO, at(now))


def outcomes(plan: DuePlan) -> dict[str, tuple[str, str | None]]:
    return {f"{row.due:%H:%M}": (row.outcome, row.why) for row in plan.rows}


def test_on_time() -> None:
    """At nine the slot of nine is due, and the next look is at ten."""
    plan = ask("09:00")
    assert [f"{one.due:%H:%M}" for one in plan.show] == ["09:00"]
    assert plan.rows == ()
    assert plan.next_at == at("10:00")


def test_within_its_grace_it_comes_and_later_it_is_missed() -> None:
    """A quarter of an hour late it still comes; a second more, and it is missed."""
    assert ask("09:15").show
    late = ask("09:15:01")
    assert not late.show
    assert outcomes(late) == {"09:00": ("missed", "not-running")}


def test_the_routine_comes_until_midnight() -> None:
    """At 23:59 the routine of 20:00 still comes; after midnight it is missed."""
    routine = Reminder(id="routine", kind="routine", at="20:00")
    assert ask("23:59", routine).show
    assert outcomes(ask("2026-11-24T00:00:01", routine)) == {"20:00": ("missed", "not-running")}


def test_after_a_sleep_one_comes_and_the_others_are_told_of() -> None:
    """Four slots slept through: the last, within its grace, is shown once, and it tells of three."""
    plan = ask("12:05", facts=AgentFacts(settled_until=at("08:30"), slept=True))
    assert [f"{one.due:%H:%M}" for one in plan.show] == ["12:00"]
    assert plan.unreported == 3
    assert set(outcomes(plan).values()) == {("missed", "slept")}


def test_missed_ones_are_told_of_once() -> None:
    """What an earlier popup told is not told again."""
    shown = replace(ask("12:05").rows[0], id="x", outcome="shown", why=None, noted=at("12:05"), shown_at=at("12:05"))
    missed = replace(shown, id="y", outcome="missed", shown_at=None, noted=at("12:04"))
    assert ask("13:00", since="12:05", rows=(shown, missed)).unreported == 0


def test_never_two_popups_of_one_reminder_on_return() -> None:
    """Every five minutes, and twelve minutes late: one popup, the last."""
    often = Reminder(id="r", kind="custom", every_min=5, between=Between("08:00", "20:00"))
    plan = ask("09:12", often, since="08:58")
    assert [f"{one.due:%H:%M}" for one in plan.show] == ["09:10"]
    assert outcomes(plan) == {"09:00": ("missed", "later-came"), "09:05": ("missed", "later-came")}


def test_more_than_a_week_is_one_row_a_reminder() -> None:
    """After a holiday of ten days each reminder has one row, that counts the others."""
    plan = ask("2026-12-03T08:45", hourly(), hourly(reminder_id="s"))
    assert [(row.reminder, row.why, row.count) for row in plan.rows] == [
        ("r", "long-away", 110),
        ("s", "long-away", 110),
    ]


def test_a_setting_has_no_slots_before_it_was_made() -> None:
    """A reminder made at half past ten has not missed nine o'clock."""
    plan = ask("11:00", replace(hourly(), since=at("10:30")))
    assert (len(plan.show), plan.rows) == (1, ())


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (AgentFacts(requested_pause=Span(at("08:45"), at("09:30"))), "paused"),
        (AgentFacts(quiet=Between("08:30", "09:30")), "quiet-hours"),
        (AgentFacts(safety_pause=True), "safety"),
        (AgentFacts(absences=(Span(at("08:50"), at("09:00")),)), "away"),
    ],
)
def test_what_holds_a_break_says_why(facts: AgentFacts, why: str) -> None:
    """A pause, quiet hours, a pause for safety and an absence each hold a desk break, and the log tells which."""
    at_eight = Reminder(id="r", kind="desk-break", every_min=60, between=Between("08:00", "20:00"))
    plan = ask("09:00", at_eight, facts=replace(facts, settled_until=at("08:30")))
    assert outcomes(plan) == {"09:00": ("held", why)}
    assert not plan.show


@pytest.mark.parametrize("kind", ["check-in", "posture", "custom"])
def test_a_pause_for_safety_leaves_the_others(kind: ReminderKind) -> None:
    """The check-in, the posture nudge and one's own words come all the same."""
    assert ask("09:00", hourly(kind), facts=AgentFacts(settled_until=at("08:30"), safety_pause=True)).show


def test_a_break_waits_until_it_is_known_whether_one_is_away() -> None:
    """Two minutes without a touch: perhaps away, so the break waits; with a touch it comes."""
    waiting = AgentFacts(settled_until=at("08:30"), idle_since=at("08:58"))
    plan = ask("09:00", hourly("desk-break"), hourly("custom", "other"), facts=waiting)
    assert [one.reminder for one in plan.show] == ["other"]
    touched = ask("09:01", hourly("desk-break"), facts=AgentFacts(settled_until=plan.settled_until))
    assert [f"{one.due:%H:%M}" for one in touched.show] == ["09:00"]


def test_a_claim_without_an_end_has_failed_and_never_comes_again() -> None:
    """Killed while showing: nobody knows whether it was seen, so it is told as failed, and not shown a second time."""
    claimed = Delivery(
        id=ask("09:00").show[0].id, reminder="r", kind="custom", due=at("09:00"), noted=at("09:00"), outcome="claimed"
    )
    plan = ask("09:01", rows=(claimed,))
    assert not plan.show
    assert outcomes(plan) == {"09:00": ("failed", "stopped")}


def test_what_failed_is_tried_again_until_its_grace_ends() -> None:
    """Within the grace, from the time set for it, a failed popup is tried again; later no more."""
    failed = Delivery(
        id=ask("09:00").show[0].id, reminder="r", kind="custom", due=at("09:00"), noted=at("09:00"), outcome="failed",
        retry_at=at("09:02"),
    )  # fmt: skip
    assert not ask("09:01", since="09:01", rows=(failed,)).show
    assert ask("09:01", since="09:01", rows=(failed,)).next_at == at("09:02")
    assert ask("09:02", since="09:02", rows=(failed,)).show
    assert not ask("09:16", since="09:16", rows=(failed,)).show


def test_what_was_missed_in_a_future_that_the_clock_left_is_due_again() -> None:
    """The clock leapt to the evening and came back: noon is still to come."""
    missed = ask("19:40").rows
    assert f"{missed[3].due:%H:%M}" == "12:00"
    assert ask("12:00", since="11:30", rows=missed).show[0].due == at("12:00")


def test_a_journey_east_does_not_swallow_the_evening() -> None:
    """From Berlin at eight to Tokyo at four: the check-in of nine still comes, the breaks do not pile up."""
    berlin = ZoneInfo("Europe/Berlin")
    check_in = Reminder(id="c", kind="check-in", at="09:00")
    breaks = Reminder(id="r", kind="desk-break", every_min=50, between=Between("09:00", "18:00"))
    plan = evaluate((check_in, breaks), {}, AgentFacts(settled_until=at("08:00", berlin)), TOKYO, at("16:00:30"))
    assert [one.reminder for one in plan.show] == ["c"]
    assert {(row.outcome, row.why) for row in plan.rows} == {("missed", "journey")}
    assert [f"{row.due:%H:%M}" for row in plan.rows][::7] == ["09:50", "15:40"]
    assert plan.unreported == 0


def test_a_break_waits_two_minutes_at_most_for_a_pause_in_typing() -> None:
    """It looks again every three seconds; at two minutes it comes, whoever types. One's own words do not wait."""
    typing = AgentFacts(settled_until=at("08:30"), typing=True)
    plan = ask("09:00", hourly("desk-break"), hourly("custom", "other"), facts=typing)
    assert [slot.reminder for slot in plan.show] == ["other"]
    assert plan.next_at == at("09:00:03")
    assert plan.settled_until == at("08:59:59")
    assert not ask("09:01:59", hourly("desk-break"), facts=typing).show
    assert ask("09:02", hourly("desk-break"), facts=typing).show


@pytest.mark.parametrize("outcome", ["skipped", "snoozed", "acted", "failed"])
def test_what_was_answered_before_its_time_holds_no_account_back(outcome: Outcome) -> None:
    """A slot skipped or put off in advance is settled when it passes: else a week later all were *long away*."""
    (slot,) = due_between(hourly(), TOKYO, at("08:30"), at("09:00"))
    row = Delivery(
        id=slot.id, reminder="r", kind="custom", due=slot.due, noted=at("08:40"), outcome=outcome
    )  # fmt: skip
    plan = ask("09:00", rows=(row,))
    assert (plan.show, plan.rows, plan.settled_until) == ((), (), at("09:00"))
    held = replace(row, outcome="held", why="do-not-disturb", retry_at=at("09:00:30"))
    assert ask("09:00", rows=(held,)).settled_until == at("09:00")  # tried again by its row
    assert ask("09:00:30", rows=(held,), since="09:00").show


def test_who_was_shown_a_popup_before_the_clock_was_set_back_gets_no_second_one() -> None:
    """Held for the two hours after it; a snooze, and another reminder, come all the same."""
    shown = Delivery(
        id="r@later", reminder="r", kind="custom", due=at("10:00"), noted=at("10:00"), outcome="shown",
        shown_at=at("10:00"),
    )  # fmt: skip
    plan = ask("09:00", hourly(), hourly(reminder_id="other"), rows=(shown,))
    assert [slot.reminder for slot in plan.show] == ["other"]
    assert outcomes(plan) == {"09:00": ("held", "count-began-anew")}
    assert ask("09:00", rows=(replace(shown, shown_at=at("11:00")),)).rows[0].outcome == "held"
    assert ask("09:00", rows=(replace(shown, shown_at=at("11:00:01")),)).show
    assert ask("09:00", rows=(replace(shown, shown_at=at("09:00")),)).show
    snooze = replace(shown, id="s", due=at("09:00"), outcome="waiting", shown_at=None)
    assert ask("09:00", Reminder(id="r", kind="custom", at="23:00"), rows=(shown, snooze)).show


def test_a_break_waits_only_where_it_came_after_the_last_touch() -> None:
    """Touched after it was due: it comes, and nothing is put off as settled before it is known."""
    idle = AgentFacts(settled_until=at("08:30"), idle_since=at("09:00"))
    assert ask("09:01", hourly("desk-break"), facts=idle).show
    waiting = ask("09:01", hourly("desk-break"), facts=replace(idle, idle_since=at("08:59:59")))
    assert (waiting.show, waiting.rows) == ((), ())
    assert waiting.settled_until == at("08:59:59")


def test_a_reminder_that_is_gone_or_off_holds_what_was_to_be_tried_again() -> None:
    """Its failed popup does not come, and its snooze is no longer waited for."""
    failed = Delivery(
        id="gone@1", reminder="gone", kind="custom", due=at("09:00"), noted=at("09:00"), outcome="held",
        why="do-not-disturb", retry_at=at("09:01"),
    )  # fmt: skip
    missed = replace(failed, outcome="missed", noted=at("09:30"), retry_at=None)
    assert outcomes(ask("09:01", since="09:01", rows=(missed,))) == {"09:00": ("held", "removed")}
    off = replace(hourly(reminder_id="gone"), enabled=False)
    assert outcomes(ask("09:01", off, since="09:01", rows=(missed,))) == {"09:00": ("held", "removed")}
    snooze = replace(failed, id="gone@2", due=at("09:10"), outcome="waiting", why=None, retry_at=None)
    assert ask("09:01", off, since="09:01", rows=(snooze,)).next_at is None
    assert ask("09:01", replace(off, enabled=True), since="09:01", rows=(snooze,)).next_at == at("09:10")


def test_what_may_have_been_seen_is_never_shown_twice() -> None:
    """Noted in a future that the clock left: missed, held and not delivered come; shown and unanswered do not."""
    slot = ask("09:00").show[0]
    ahead = Delivery(
        id=slot.id, reminder="r", kind="custom", due=slot.due, noted=at("11:30"), outcome="failed", why="no-answer"
    )
    assert not ask("09:00", rows=(ahead,)).show
    assert ask("09:00", rows=(replace(ahead, why="not-delivered"),)).show
    assert ask("09:00", rows=(replace(ahead, outcome="held", why="paused"),)).show
    assert not ask("09:00", rows=(replace(ahead, outcome="shown", why=None),)).show
    assert not ask("09:00", rows=(replace(ahead, why="not-delivered", noted=at("09:00")),)).show


def test_the_routine_is_held_on_the_day_it_was_done() -> None:
    """Done today: today's is held, tomorrow's comes; another kind that was done holds nothing."""
    done = AgentFacts(settled_until=at("08:30"), done={"routine": frozenset({at("09:00").date()})})
    routine = Reminder(id="routine", kind="routine", at="09:00")
    assert outcomes(ask("09:00", routine, facts=done)) == {"09:00": ("held", "done")}
    assert ask("2026-11-24T09:00", routine, facts=replace(done, settled_until=at("2026-11-24T08:00"))).show
    assert ask("09:00", replace(routine, kind="check-in"), facts=done).show


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"done": {"routine": frozenset({at("09:00").date()})}}, "done"),
        ({"safety_pause": True}, "safety"),
        ({"requested_pause": Span(at("09:10"), at("12:00"))}, "paused"),
        ({"quiet": Between("09:10", "12:00")}, "quiet-hours"),
    ],
    ids=["done", "safety", "paused", "quiet"],
)
@pytest.mark.parametrize("outcome", ["held", "failed"])
def test_what_waits_for_another_try_is_held_as_at_the_first(outcome: Outcome, facts: dict[str, Any], why: str) -> None:
    """Held by do-not-disturb at nine, the routine was done at ten past: nobody is asked at half past."""
    routine = Reminder(id="routine", kind="routine", at="09:00")
    slot = ask("09:00", routine).show[0]
    row = Delivery(
        id=slot.id, reminder="routine", kind="routine", due=slot.due, noted=at("09:00"), outcome=outcome,
        why="do-not-disturb", retry_at=at("09:30"),
    )  # fmt: skip
    assert ask("09:30", routine, rows=(row,)).show
    plan = ask("09:30", routine, rows=(row,), facts=AgentFacts(settled_until=at("09:00"), **facts))
    assert not plan.show
    assert outcomes(plan) == {"09:00": ("held", why)}
    after = ask("10:00", routine, rows=plan.rows, facts=AgentFacts(settled_until=at("09:30"), **facts))
    assert (after.show, after.rows) == ((), ())


def test_quiet_hours_hold_no_snooze_and_what_began_in_them_is_held_until_its_grace() -> None:
    """Who snoozes in quiet hours asked for this very call; a slot due before them is held once they began."""
    quiet = AgentFacts(settled_until=at("08:30"), quiet=Between("08:55", "10:00"))
    snooze = Delivery(
        id="r@s", reminder="r", kind="custom", due=at("09:00"), noted=at("08:50"), outcome="waiting", text="Tea"
    )
    later = Reminder(id="r", kind="custom", at="23:00")
    assert ask("09:00", later, rows=(snooze,), facts=quiet).show
    early = Reminder(id="e", kind="custom", at="08:50")
    assert outcomes(ask("08:56", early, facts=quiet)) == {"08:50": ("held", "quiet-hours")}
    assert outcomes(ask("09:06", early, facts=quiet)) == {"08:50": ("missed", "not-running")}


@pytest.mark.parametrize("outcome", ["held", "failed"])
@pytest.mark.parametrize("fields", [{}, {"snoozes": 1}, {"snoozes": 2}, {"brought_back": True}])
def test_quiet_hours_hold_no_snooze_whose_first_try_failed(outcome: Outcome, fields: dict[str, Any]) -> None:
    """Put off at two past ten at night, not shown at twelve past: the next try is still the call that was asked for."""
    row = Delivery(
        id="r@s", reminder="r", kind="custom", due=at("22:12"), noted=at("22:12"), outcome=outcome,
        why="not-delivered", retry_at=at("22:12:30"), **fields,
    )  # fmt: skip
    quiet = AgentFacts(settled_until=at("22:12"), quiet=Between("22:00", "07:00"))
    plan = ask("22:12:30", rows=(row,), facts=quiet)
    assert [slot.due for slot in plan.show] == ([at("22:12")] if fields else [])
    assert outcomes(plan) == ({} if fields else {"22:12": ("held", "quiet-hours")})


def test_quiet_hours_hold_no_slot_that_was_brought_back_while_nobody_touches_anything() -> None:
    """Away since before its time, what follows is not settled yet: the slot of the setting is no other than the row."""
    daily = Reminder(id="r", kind="custom", at="22:12")
    row = Delivery(
        id=make_slot("r", "custom", at("22:12")).id, reminder="r", kind="custom", due=at("22:12"), noted=at("22:12"),
        outcome="failed", why="not-delivered", retry_at=at("22:12:30"), brought_back=True,
    )  # fmt: skip
    quiet = AgentFacts(settled_until=at("22:00"), idle_since=at("22:00"), quiet=Between("22:00", "07:00"))
    assert [slot.due for slot in ask("22:12:30", daily, rows=(row,), facts=quiet).show] == [at("22:12")]


def test_an_icing_is_called_whatever_holds_the_others() -> None:
    """A pause, quiet hours and a reminder of the same time leave it; a retry of a call that was ended does not come."""
    end = make_slot("ice", "ice-end", at("09:00"))
    facts = AgentFacts(
        settled_until=at("08:30"), quiet=Between("00:00", "23:59"), requested_pause=Span(at("08:00"), at("23:00")),
        safety_pause=True, one_off=(end,),
    )  # fmt: skip
    plan = ask("09:00", hourly("desk-break"), facts=facts)
    assert plan.show == (end,)
    assert ask("08:59", hourly("desk-break"), facts=facts).next_at == at("09:00")
    called = Delivery(
        id=end.id, reminder="ice", kind="ice-end", due=end.due, noted=end.due, outcome="shown", retry_at=at("09:01")
    )
    assert not ask("09:01", rows=(called,), facts=replace(facts, one_off=())).show
    assert ask("09:01", rows=(called,), facts=facts).show == (end,)


def test_what_was_missed_of_an_icing_or_a_journey_is_not_told_of() -> None:
    """The next popup tells of missed reminders alone, each with the slots that it stands for, since the last one."""
    row = Delivery(id="a", reminder="r", kind="custom", due=at("08:00"), noted=at("08:40"), outcome="missed", count=3)
    rows = (
        row,
        replace(row, id="b", why="journey"),
        replace(row, id="c", kind="ice-check"),
        replace(row, id="d", outcome="held"),
        replace(row, id="e", outcome="shown", shown_at=at("08:39")),
        replace(row, id="f", noted=at("08:39")),
    )
    assert ask("08:50", since="08:50", rows=rows).unreported == 3


def test_a_week_to_the_second_is_told_slot_by_slot() -> None:
    """Only a longer gap is one row a reminder."""
    week = AgentFacts(settled_until=at("2026-11-16T08:30"))
    assert {row.count for row in ask("08:30", facts=week).rows} == {1}
    assert [row.count for row in ask("08:30:01", facts=week).rows] == [77]


def test_the_next_look_is_always_still_to_come_and_none_is_lost() -> None:
    """What is due, tried again or announced at this very second is done now: to look again at once would never end."""
    row = Delivery(
        id="r@x", reminder="r", kind="custom", due=at("09:00"), noted=at("09:00"), outcome="failed",
        retry_at=at("09:00"),
    )  # fmt: skip
    waiting = replace(row, id="r@y", outcome="waiting", retry_at=None)
    facts = AgentFacts(settled_until=at("09:00"), announces=True, one_off=(make_slot("ice", "ice-end", at("09:00")),))
    assert next_look((hourly(),), {each.id: each for each in (row, waiting)}, facts, TOKYO, at("09:00")) == at("10:00")
    breaks = (hourly("desk-break"),)
    assert next_look(breaks, {}, facts, TOKYO, at("09:00")) == at("09:59:30")
    assert next_look(breaks, {}, facts, TOKYO, at("09:59:30")) == at("10:00")
    assert next_look((), {}, AgentFacts(), TOKYO, at("09:00")) is None
    weekly = Reminder(id="w", kind="custom", at="09:00", days=("mon",))
    assert next_look((weekly,), {}, AgentFacts(), TOKYO, at("09:00")) == at("2026-11-30T09:00")


@pytest.mark.parametrize(
    ("own", "minutes"),
    [(10, [10, 20, 40, 60, 60]), (15, [15, 30, 60, 60, 60]), (60, [60, 60, 60, 60, 60]), (90, [90, 90, 90, 90, 90])],
)
def test_each_snooze_is_twice_as_long_up_to_an_hour(own: int, minutes: list[int]) -> None:
    """Never less than one's own length."""
    assert [snooze_minutes(own, times) for times in range(5)] == minutes


def test_a_setting_made_after_all_was_settled_counts_from_then() -> None:
    """Not from before it was made, nor from a future that the clock left, nor further back than anybody looks."""
    facts, now = AgentFacts(settled_until=at("08:30")), at("09:30")
    assert count_from(hourly(), facts, TOKYO, now) == at("08:30")
    assert count_from(replace(hourly(), since=at("09:00")), facts, TOKYO, now) == at("09:00")
    assert count_from(replace(hourly(), since=at("08:00")), facts, TOKYO, now) == at("08:30")
    assert count_from(replace(hourly(), since=at("09:31")), facts, TOKYO, now) == at("08:30")
    assert count_from(replace(hourly(), since=now), facts, TOKYO, now) == now
    assert count_from(hourly(), replace(facts, settled_until=at("10:30")), TOKYO, now) == now
    long_ago = now - timedelta(days=500)
    assert count_from(hourly(), replace(facts, settled_until=long_ago), TOKYO, now) == now - timedelta(days=400)
    never = replace(facts, settled_until=None)
    assert count_from(replace(hourly(), since=long_ago), never, TOKYO, now) == now - timedelta(days=400)
    assert count_from(replace(hourly(), since=at("08:00")), never, TOKYO, now) == at("08:00")


# -- the law ----------------------------------------------------------------------------------------------------------

ZONES = tuple(map(ZoneInfo, ("Asia/Tokyo", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")))
STARTS = ("2026-03-07T20:00", "2026-03-28T21:00", "2026-10-03T22:00", "2026-10-24T23:00", "2026-11-23T08:00")
KINDS: tuple[ReminderKind, ...] = ("desk-break", "routine", "check-in", "posture", "custom")
FINAL = FINAL_OUTCOMES


@st.composite
def any_reminder(draw: st.DrawFn, number: int) -> Reminder:
    clock = st.integers(0, 1439).map(lambda m: f"{m // 60:02}:{m % 60:02}")
    kind = draw(st.sampled_from(KINDS))
    if draw(st.booleans()):
        return Reminder(id=f"r{number}", kind=kind, at=draw(clock))
    return Reminder(
        id=f"r{number}", kind=kind, every_min=draw(st.integers(25, 300)), between=Between(draw(clock), draw(clock))
    )


class World:
    """A machine on which things happen; what reached a screen is counted."""

    def __init__(self, reminders: tuple[Reminder, ...], zone: ZoneInfo, now: datetime) -> None:
        self.reminders, self.zone, self.now = reminders, zone, now
        self.rows: dict[str, Delivery] = {}
        self.absences: tuple[Span, ...] = ()
        self.settled_until = now
        self.before: datetime | None = None
        self.seen: list[str] = []

    def facts(self) -> AgentFacts:
        settled = self.settled_until
        if settled > self.now and self.before and self.before <= self.now:
            settled = self.before
        absences = tuple(one for one in self.absences if one.end <= self.now)
        return AgentFacts(settled_until=settled, absences=absences)

    def wake(self, how: str) -> None:
        """Work out what is due and do it; ``how`` is what befalls the showing."""
        plan = evaluate(self.reminders, self.rows, self.facts(), self.zone, self.now)
        self.rows |= {row.id: row for row in plan.rows}
        for one in plan.show:
            if self.show(one, how):
                return
        if self.now - self.settled_until > timedelta(days=1):
            self.before = self.settled_until
        self.settled_until = self.now

    def show(self, one: Slot, how: str) -> bool:
        claim = Delivery(
            id=one.id, reminder=one.reminder, kind=one.kind, due=one.due, noted=self.now, outcome="claimed"
        )
        self.rows[one.id] = claim
        if how == "killed-before":
            return True
        if how == "failed":
            self.rows[one.id] = replace(claim, outcome="failed", retry_at=self.now + 20 * MINUTE)
            return False
        self.seen.append(one.id)
        if how == "killed-after":
            return True
        self.rows[one.id] = replace(claim, outcome="shown", shown_at=self.now)
        return False

    def live(self, span: timedelta, how: str = "shown") -> None:
        """Go through ``span`` with a program running that wakes when something is due."""
        until = self.now + span
        while True:
            self.wake(how)
            coming = evaluate(self.reminders, self.rows, self.facts(), self.zone, self.now).next_at
            if coming is None or coming > until:
                break
            self.now = max(coming.astimezone(self.zone), self.now + timedelta(seconds=1))
        self.now = until.astimezone(self.zone)
        self.wake(how)


HAPPENINGS = st.tuples(
    st.sampled_from(["live", "down", "sleep", "forward-and-back"]),
    st.integers(1, 60 * 30),
    st.sampled_from(["shown", "shown", "failed", "killed-before", "killed-after"]),
)


@examples(60)
@given(
    reminders=st.integers(1, 3).flatmap(lambda n: st.tuples(*(any_reminder(number) for number in range(n)))),
    zone=st.sampled_from(ZONES),
    start=st.sampled_from(STARTS),
    happenings=st.lists(HAPPENINGS, max_size=6),
)
def test_each_slot_ends_as_exactly_one_thing(
    reminders: tuple[Reminder, ...], zone: ZoneInfo, start: str, happenings: list[tuple[str, int, str]]
) -> None:
    """Whatever happens, no slot is seen twice, and every slot has one row that says what became of it."""
    world = World(reminders, zone, at(start, zone))
    begin = world.now
    for what, minutes, how in happenings:
        span = minutes * MINUTE
        if what == "live":
            world.live(min(span, timedelta(hours=3)), how)
        elif what == "forward-and-back":
            came_from = world.now
            world.now = (world.now + span).astimezone(zone)
            world.wake("shown")
            world.now = (came_from + MINUTE).astimezone(zone)
            world.wake("shown")
        else:
            left = world.now
            world.now = (world.now + span).astimezone(zone)
            if what == "sleep" and span >= timedelta(minutes=5):
                world.absences = (*world.absences, Span(left, world.now))
            world.wake(how)
    for _ in range(2):
        world.now = (world.now + timedelta(days=1) + GRACE).astimezone(zone)
        world.wake("shown")
    assert len(world.seen) == len(set(world.seen))
    assert all(row.outcome in FINAL for row in world.rows.values() if row.due <= world.now)
    settled = world.now - timedelta(days=1, hours=1)
    for reminder in reminders:
        wanted = {slot.id for slot in due_between(reminder, zone, begin, settled)}
        assert wanted <= world.rows.keys()


@given(now=st.integers(0, 12 * 3600), held=st.booleans(), announces=st.booleans())
@examples(100)
def test_a_break_is_announced_within_the_half_minute_before_it_alone(now: int, held: bool, announces: bool) -> None:
    """And somebody looks in time: the next look is never later than its beginning."""
    moment = at("08:30") + timedelta(seconds=now)
    rest = Span(at("08:00"), at("21:00")) if held else None
    facts = AgentFacts(settled_until=moment, announces=announces, requested_pause=rest)
    breaks = (hourly("desk-break"), hourly("custom", "other"))
    slot = to_announce(breaks, {}, facts, TOKYO, moment)
    coming = due_between(breaks[0], TOKYO, moment, moment + ANNOUNCED)
    assert (slot is not None) == (announces and not held and bool(coming))
    assert slot is None or moment < slot.due <= moment + ANNOUNCED
    look = next_look(breaks, {}, facts, TOKYO, moment)
    later = due_between(breaks[0], TOKYO, moment + ANNOUNCED, moment + timedelta(hours=12))
    if announces and later:
        assert look is not None
        assert look <= later[0].due - ANNOUNCED
