"""What is due, held, missed: the same whatever crashes, sleeps and clock changes came in between."""

from datetime import datetime, timedelta
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
    evaluate,
    next_look,
    to_announce,
)  # fmt: skip
from coach.domain.reminders.reminder import Between, Reminder, ReminderKind
from coach.domain.reminders.slots import GRACE, Slot, Span, due_between
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
