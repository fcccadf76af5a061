"""What a session leaves in the records, however it ends, and what stops one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from coach.actions.exercise import session
from coach.actions.reminders.done import done_days
from coach.actions.setup import set_up
from coach.actions.status.hurt import hurts
from coach.actions.today import today
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.exercise.session import GuidedSession
from coach.domain.triage.answers import Pain
from coach.errors import CoachError, UsageError
from coach.home import Home

At = Callable[[str], datetime]
MORNING = "2026-11-23T09:00+09:00"
CALM = NewAnswers(pain=Pain(rest=0, walking=1, during=0), none_of_the_signs=True)


@pytest.fixture
def now(home: Home, at: At) -> datetime:
    """Set the clock to a Monday morning, with a calm check-in just made."""
    moment = at(MORNING)
    save(home, CALM, moment - timedelta(minutes=5))
    return moment


def lived(guided: GuidedSession, seconds: float, start: float = 0.0) -> GuidedSession:
    """Let ``seconds`` pass in the session."""
    run = guided.run.start(start)
    for step in range(1, int(seconds * 2) + 1):
        run = run.tick(start + step / 2)
    return replace(guided, run=run)


def test_no_session_before_the_list_of_signs_was_answered(home: Home, at: At) -> None:
    """On a fresh machine the reason is the list, and nothing is kept."""
    with pytest.raises(CoachError) as refused:
        session.ready(home, at(MORNING))
    assert refused.value.key == "session.error.signs"
    assert home.records.state("session") is None


def test_a_pause_refuses_with_its_reason(home: Home, at: At) -> None:
    """While the knee rests, no session begins."""
    now = at(MORNING)
    save(home, NewAnswers(pain=Pain(rest=7, walking=7), none_of_the_signs=True), now)
    with pytest.raises(CoachError) as refused:
        session.ready(home, now)
    assert refused.value.key == "session.error.paused"


def test_after_it_hurts_no_new_session_begins_that_day(home: Home, now: datetime) -> None:
    """*It hurts* rests today, and says so."""
    hurts(home, now)
    with pytest.raises(CoachError) as refused:
        session.ready(home, now + timedelta(hours=1))
    assert refused.value.key == "session.error.hurt-today"


def test_an_unknown_routine_is_named_with_those_that_are_there(home: Home, now: datetime) -> None:
    """A slip of the hand is a wrong use, with the way out."""
    with pytest.raises(UsageError) as refused:
        session.ready(home, now, "evning")
    assert "evening" in str(refused.value.values["known"])


def test_a_session_is_recorded_with_how_it_felt(home: Home, now: datetime) -> None:
    """What was done, its dose, its seconds and the comfort are one record; nothing stays in progress."""
    guided = session.keep(home, lived(session.ready(home, now), 9000), now)
    session.finish(home, guided, now, "pleasant")
    (record,) = home.records.history().sessions
    assert (record.outcome, record.comfort, record.by) == ("done", "pleasant", "ui")
    assert all(step.done for step in record.steps)
    assert record.seconds == pytest.approx(guided.run.spent, abs=0.1)
    assert home.records.state("session") is None


def test_stopping_early_keeps_what_was_done(home: Home, now: datetime) -> None:
    """A session that ends in its second side has the first one whole."""
    guided = lived(session.ready(home, now), 90)
    record = session.finish(home, guided, now)
    assert record is not None
    assert record.outcome == "stopped"
    assert [step.done for step in record.steps] == [True, False]


def test_a_session_that_never_began_leaves_no_record(home: Home, now: datetime) -> None:
    """Looking at the page before a session is no session."""
    assert session.finish(home, session.ready(home, now), now) is None
    assert home.records.history().sessions == ()


def test_a_session_that_broke_off_is_offered_at_its_side(home: Home, now: datetime) -> None:
    """After a crash the offer stands at the beginning of the side, with what was held before it."""
    session.keep(home, lived(session.ready(home, now), 95), now)
    again = session.left_open(Home(), now + timedelta(minutes=3))
    assert again is not None
    phase = again.run.phases[again.run.at]
    assert (phase.side, phase.kind, again.run.state) == ("left", "change", "waiting")
    assert again.run.done_steps()[0].done


def test_an_offer_that_comes_too_late_is_settled(home: Home, now: datetime) -> None:
    """Hours later nobody lies on the mat any more: what was done is recorded, and nothing is offered."""
    session.keep(home, lived(session.ready(home, now), 95), now)
    assert session.left_open(home, now + timedelta(hours=5)) is None
    (record,) = home.records.history().sessions
    assert record.at == now
    assert home.records.state("session") is None


def test_a_terminal_closed_right_after_it_hurts_still_notes_it(home: Home, now: datetime) -> None:
    """The key alone is enough: the next look at the records brings the hurt, and the stretch."""
    guided = lived(session.ready(home, now), 20)
    session.keep(home, replace(guided, run=guided.run.hurt(20.0)), now)
    assert session.left_open(home, now + timedelta(minutes=1)) is None
    history = home.records.history()
    assert [one.stretch for one in history.hurts] == [guided.stretch]
    assert [one.outcome for one in history.sessions] == ["hurt"]


def test_a_damaged_state_offers_nothing_and_stops_nothing(home: Home, now: datetime) -> None:
    """Nonsense in the small document is passed over."""
    home.records.keep_state("session", {"routine": 5})
    assert session.left_open(home, now) is None
    assert session.ready(home, now).run.phases


def test_it_hurts_said_elsewhere_ends_a_session(home: Home, now: datetime) -> None:
    """The popup's button, or the command, reaches the session on the screen."""
    guided = lived(session.ready(home, now), 20)
    assert not session.ends(home, guided, now)
    hurts(home, now + timedelta(seconds=30), by="popup")
    assert session.ends(home, guided, now + timedelta(seconds=31))


def test_a_pause_noted_elsewhere_ends_a_session(home: Home, now: datetime) -> None:
    """A check-in in another window that asks for rest reaches the session."""
    guided = lived(session.ready(home, now), 20)
    save(home, NewAnswers(pain=Pain(rest=8, walking=8), none_of_the_signs=True), now + timedelta(seconds=30))
    assert session.ends(home, guided, now + timedelta(seconds=31))


def test_its_own_hurt_does_not_end_a_session_that_goes_on_easier(home: Home, now: datetime) -> None:
    """Who chose an easier stretch after *it hurts* is not stopped by having said so."""
    guided, noted = session.note_hurt(home, lived(session.ready(home, now), 20), now, pain=3, where="calf")
    assert noted.record.where == "calf"
    assert not session.ends(home, guided, now + timedelta(seconds=5))


def test_the_easier_stretch_is_one_that_fits_today(home: Home, now: datetime) -> None:
    """What stands in is gentler, short, and not in the session already."""
    found = session.easier(home, lived(session.ready(home, now), 20), now)
    assert found is not None
    stretch, hold_s = found
    assert stretch.id == "seated-toe-pull-soft"
    assert hold_s <= 20


@pytest.mark.parametrize(("pain", "goes_on"), [(None, True), (5, True), (6, False), (10, False)])
def test_from_six_of_ten_only_rest_is_offered(pain: int | None, goes_on: bool) -> None:
    """The cut of the rules holds inside a session too."""
    assert session.may_go_on(pain) is goes_on


def test_what_it_changed_is_what_tomorrow_s_plan_says(home: Home, now: datetime) -> None:
    """The closing page never promises more than the plan of the next day."""
    guided = lived(session.ready(home, now), 9000)
    session.finish(home, guided, now, "pleasant")
    changes = session.tomorrow(home, guided, now)
    assert [one.stretch for one in changes] == list(dict.fromkeys(step.stretch for step in guided.run.done_steps()))
    tomorrow = session.ready(home, now + timedelta(days=1)).run.done_steps
    assert tomorrow() == ()
    assert all(one.next_s >= 1 for one in changes)


# -- following the decision of now ------------------------------------------------------------------------------------


def coming(guided: GuidedSession) -> set[str]:
    """Return the stretches that are still to come in a session."""
    return {phase.stretch for phase in guided.run.phases[guided.run.at :]}


def test_a_new_bulge_takes_the_stretches_out_of_a_session_under_way(home: Home, now: datetime) -> None:
    """Noted on the other machine after the first side: what is left is what a bulge leaves."""
    guided = lived(session.ready(home, now), 40)
    bulge = NewAnswers(pain=Pain(rest=0, walking=1), signs={"bulge-or-pressure": "yes"}, none_of_the_signs=True)
    save(home, bulge, now + timedelta(minutes=1))
    allowed = session.allowed_steps(home, guided.run, now + timedelta(minutes=1))
    assert all(home.content.stretches[step.stretch].kind != "stretch" for step in allowed)
    assert coming(replace(guided, run=guided.run.follow(guided.run.looked, allowed))) == {
        step.stretch for step in allowed
    }


def test_a_session_gone_on_with_is_not_the_old_plan(home: Home, now: datetime) -> None:
    """Thin bones told in between take the forward lean out of what was begun; a middling number shrinks the doses."""
    begun = session.ready(home, now, "evening")
    assert "soft-knee-hinge" in coming(begun)
    session.keep(home, lived(begun, 20), now)
    set_up(home, now, contexts=("osteoporosis",))
    save(home, replace(CALM, pain=Pain(rest=0, walking=4)), now + timedelta(minutes=10))
    left = session.left_open(home, now + timedelta(minutes=11))
    assert left is not None
    assert "soft-knee-hinge" not in coming(left)
    stretches = [step for step in left.run.steps.values() if step.stretch in coming(left)]
    assert {(step.hold_s, step.reps) for step in stretches} == {(20, 1)}


def test_a_session_left_in_get_ready_is_no_session_of_the_day(home: Home, now: datetime) -> None:
    """It is noted as stopped, and the routine of today is not done."""
    record = session.finish(home, lived(session.ready(home, now), 3), now)
    assert record is not None
    assert (record.outcome, record.exercised) == ("stopped", False)
    assert today(home, now + timedelta(minutes=5)).done is None
    assert done_days(home, now, now.tzinfo or UTC)["routine"] == frozenset()
