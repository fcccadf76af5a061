"""The promises of a guided session: both sides equal, no second lost, no second invented."""

from collections import defaultdict
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.exercise.dose import Step
from coach.domain.exercise.phases import PACE, breath, depth, seconds, timeline
from coach.domain.exercise.session import AWAY_S, EASE_OUT_S, STALL_S, SessionRun, outcome_of
from coach.domain.exercise.stretch import Pace, Stretch
from coach.domain.triage.answers import Side


def a_stretch(name: str, **given_values: object) -> Stretch:
    said = {"en": name, "ja": name}
    values: dict[str, object] = {
        "id": name, "position": "seated", "name": said, "short": said, "how": [said], "feel": said,
        "targets": ["calf"], "source": ["x"],
    }  # fmt: skip
    return msgspec.convert(values | given_values, Stretch)


STRETCHES = {
    "toe-pull": a_stretch("toe-pull"),
    "wall": a_stretch("wall", position="standing", dose={"hold_s": 30, "change_s": 8}),
    "pumps": a_stretch("pumps", kind="mobility", dose={"ease_in_s": 1, "hold_s": 1, "ease_out_s": 1, "reps": 10}),
    "both": a_stretch("both", kind="mobility", sides="together", dose={"ease_in_s": 1, "ease_out_s": 1}),
}
PACES = st.sampled_from(sorted(PACE))
ORDERS: st.SearchStrategy[tuple[Side, ...]] = st.sampled_from([("left", "right"), ("right", "left")])


@st.composite
def steps(draw: st.DrawFn) -> list[Step]:
    """Plans of one to four stretches, sides in either order, doses that may differ between the sides."""
    found: list[Step] = []
    for name in draw(st.lists(st.sampled_from(sorted(STRETCHES)), min_size=1, max_size=4, unique=True)):
        sides: tuple[Side, ...] = ("both",) if name == "both" else draw(ORDERS)
        found += [Step(name, side, draw(st.integers(1, 60)), draw(st.integers(1, 10))) for side in sides]
    return found


def looked_through(run: SessionRun, gaps: list[float], now: float = 1000.0) -> tuple[SessionRun, float]:
    """Look at ``run`` after each gap of seconds; an absence is answered by going on."""
    for gap in gaps:
        now += gap
        run = run.tick(now)
        if run.state == "paused":
            run = run.resume(now)
    return run, now


@given(steps(), PACES)
def test_both_sides_get_the_same_time(plan: list[Step], pace: Pace) -> None:
    """Whatever the plan asks for, neither leg gets a second more of the stretch than the other."""
    worked: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for phase in timeline(plan, STRETCHES, pace):
        if phase.kind not in ("ready", "change"):
            worked[phase.stretch][phase.side] += phase.seconds
    for sides in worked.values():
        assert len(set(sides.values())) == 1


@given(steps(), PACES)
def test_a_hold_is_never_longer_than_the_plan_allows(plan: list[Step], pace: Pace) -> None:
    """Evening out the sides takes the gentler dose, and no pace stretches a hold."""
    allowed = {(step.stretch, step.side): (step.hold_s, step.reps) for step in plan}
    for phase in timeline(plan, STRETCHES, pace):
        hold_s, reps = allowed[phase.stretch, phase.side]
        assert phase.reps <= reps
        assert phase.kind != "hold" or phase.seconds <= hold_s


@given(steps(), PACES)
def test_breath_and_body_move_without_a_jump(plan: list[Step], pace: Pace) -> None:
    """Where one phase passes into the next, breath and figure are where they were."""
    phases = timeline(plan, STRETCHES, pace)
    for before, after in pairwise(phases):
        assert abs(breath(before, before.seconds).fullness - breath(after, 0).fullness) < 1e-9
        assert abs(depth(before, before.seconds) - depth(after, 0)) < 1e-9


@given(steps(), st.lists(st.floats(0.01, STALL_S), max_size=400))
def test_the_time_left_does_not_drift(plan: list[Step], gaps: list[float]) -> None:
    """However unevenly the clock is looked at, what is left is the whole minus what passed."""
    run = SessionRun.of(plan, STRETCHES).start(1000.0)
    whole = seconds(run.phases)
    run, now = looked_through(run, gaps)
    assert run.remaining(now) == pytest.approx(max(whole - (now - 1000.0), 0.0), abs=0.001)


@given(steps(), st.lists(st.one_of(st.floats(0.01, STALL_S), st.floats(STALL_S * 1.01, 90_000)), max_size=200))
def test_a_stall_or_a_suspend_never_eats_time(plan: list[Step], gaps: list[float]) -> None:
    """Only gaps in which the person could follow count; a longer one leaves the time left as it was."""
    run = SessionRun.of(plan, STRETCHES).start(1000.0)
    whole = seconds(run.phases)
    run, now = looked_through(run, gaps)
    lived = sum(gap for gap in gaps if gap <= STALL_S)
    assert run.remaining(now) == pytest.approx(max(whole - lived, 0.0), abs=0.001)


@given(steps(), st.floats(0.1, 300), st.floats(0, 90_000))
def test_a_pause_keeps_the_time_left(plan: list[Step], until: float, rest: float) -> None:
    """Going on after a pause of any length continues with the same seconds."""
    run = SessionRun.of(plan, STRETCHES).start(0.0)
    run, now = looked_through(run, [0.25] * int(until * 4), 0.0)
    paused = run.pause(now)
    assert paused.resume(now + rest).remaining(now + rest) == pytest.approx(run.remaining(now))


@given(steps(), st.lists(st.sampled_from(["next", "back", "pause", "start", "tick", "hurt", "leave_out"]), max_size=60))
def test_no_key_at_any_moment_breaks_the_session(plan: list[Step], keys: list[str]) -> None:
    """Any keys in any order leave a session that can be shown, kept and read back."""
    run, now = SessionRun.of(plan, STRETCHES), 0.0
    for key in keys:
        now += 0.9
        if key != "leave_out" or run.state == "asking":
            run = getattr(run, key)(now)
        here = run.look(now)
        assert (here is None) == (run.state == "over")
        assert here is None or 0.0 <= here.depth <= 1.0
        assert SessionRun.from_progress(msgspec.json.decode(msgspec.json.encode(run.progress()))).done_steps() == (
            run.done_steps()
        )


@given(steps(), PACES)
def test_a_session_seen_to_its_end_has_done_every_step(plan: list[Step], pace: Pace) -> None:
    """Each step of the plan is recorded once, whole, in order, with the dose that was really held."""
    run = SessionRun.of(plan, STRETCHES, pace).start(0.0)
    run, _ = looked_through(run, [1.0] * (int(seconds(run.phases)) + 1), 0.0)
    assert run.state == "over"
    assert [(one.stretch, one.side) for one in run.done_steps()] == [(one.stretch, one.side) for one in plan]
    assert all(one.done for one in run.done_steps())


def a_run() -> SessionRun:
    plan = [Step("toe-pull", "right", 20, 2), Step("toe-pull", "left", 20, 2)]
    return SessionRun.of([*plan, Step("wall", "right", 30, 1), Step("wall", "left", 30, 1)], STRETCHES).start(0.0)


def after(run: SessionRun, seconds_: float, now: float = 0.0) -> SessionRun:
    return looked_through(run, [0.25] * int(seconds_ * 4), now)[0]


def test_the_phases_of_a_side() -> None:
    """Ready, in, hold, out, a short rest, and once more; then the other side, and then the next stretch."""
    kinds = [(phase.kind, phase.seconds) for phase in a_run().phases]
    once = [("ease-in", 10), ("hold", 20), ("ease-out", 5)]
    assert kinds[:16] == [("ready", 5), *once, ("rest", 5), *once, ("change", 10), *once, ("rest", 5), *once]
    assert kinds[16][0] == "ready"


@pytest.mark.parametrize(("hold_s", "settle_s"), [(20, 5.0), (10, 5.0), (6, 3.0)])
def test_the_first_seconds_of_a_hold_find_the_position(hold_s: int, settle_s: float) -> None:
    """Five, or half of a short one; nothing else settles."""
    phases = timeline([Step("toe-pull", "right", hold_s, 1)], STRETCHES)
    assert [(phase.kind, phase.settle_s) for phase in phases if phase.settle_s] == [("hold", settle_s)]
    run = SessionRun.of([Step("toe-pull", "right", hold_s, 1)], STRETCHES).start(0.0)
    settling = [after(run, 15 + seconds).look(15.0 + seconds) for seconds in (settle_s - 1, settle_s)]
    assert [moment.settling for moment in settling if moment] == [True, False]


def test_it_hurts_eases_out_from_where_the_body_is_and_then_asks() -> None:
    """The figure comes back from the depth of that moment, without a jump, and the clock of the hold is over."""
    run = after(a_run(), 20).hurt(20.0)
    assert run.state == "easing"
    now = run.look(20.0)
    assert now is not None
    assert (now.depth, now.easing) == (1.0, True)
    later = after(run, EASE_OUT_S, 20.0)
    assert later.state == "asking"
    asked = later.look(30.0)
    assert asked is not None
    assert asked.depth == 0.0


def test_it_hurts_before_the_stretch_asks_at_once() -> None:
    """There is nothing to ease out of while getting ready."""
    assert after(a_run(), 2).hurt(2.0).state == "asking"


def test_a_stretch_that_hurt_is_left_out_on_both_sides() -> None:
    """Going on without it never comes back to it, and says how much of it was done."""
    run = after(after(a_run(), 20).hurt(20.0), 5, 20.0).leave_out(30.0)
    assert {phase.stretch for phase in run.phases[run.at :]} == {"wall"}
    done = run.done_steps()
    assert (done[0].reps, done[0].done) == (0, False)


def test_an_easier_stretch_takes_the_place_of_the_one_that_hurt() -> None:
    """Only the sides still to come, one short hold each, before the rest of the session."""
    easier = a_stretch("heel-down")
    run = after(after(a_run(), 20).hurt(20.0), 5, 20.0).take_easier(30.0, easier, hold_s=15)
    assert [(phase.stretch, phase.side) for phase in run.phases[run.at :] if phase.kind == "hold"] == [
        ("heel-down", "right"), ("heel-down", "left"), ("wall", "right"), ("wall", "left"),
    ]  # fmt: skip
    assert run.state == "running"


def test_each_stretch_that_stands_in_is_recorded_by_itself() -> None:
    """Two stretches hurt, and each gave way to an easier one: what was held of all of them is told apart."""
    first, second = a_stretch("heel-down"), a_stretch("chair", kind="mobility", dose={"reps": 4})
    run = after(after(a_run(), 20).hurt(20.0), 5, 20.0).take_easier(30.0, first, hold_s=15)
    run = after(run, 60, 30.0).hurt(90.0)
    run = after(run, 5, 90.0)
    assert run.phases[run.at].stretch == "heel-down"
    run = run.leave_out(95.0)
    run = after(run, 20, 95.0).hurt(115.0)
    run = after(run, 5, 115.0).take_easier(120.0, second, hold_s=20)
    run = after(run, 600, 120.0)
    assert run.state == "over"
    assert [(step.stretch, step.side, step.hold_s, step.reps, step.done) for step in run.done_steps()] == [
        ("toe-pull", "right", 20, 0, False),
        ("heel-down", "right", 15, 1, True),
        ("heel-down", "left", 15, 0, False),
        ("wall", "right", 30, 0, False),
        ("chair", "right", 20, 4, True),
        ("chair", "left", 20, 4, True),
    ]


def test_what_comes_next_is_the_next_side_and_then_the_next_stretch() -> None:
    """In the last side nothing comes."""
    run = a_run()
    coming = [(phase.stretch, phase.side) for moment in (0, 90, 170, 230) if (phase := after(run, moment).coming())]
    assert coming == [("toe-pull", "left"), ("wall", "right"), ("wall", "left")]


def test_only_the_time_that_was_followed_counts_as_spent() -> None:
    """A suspend and a pause are no exercise; a gap of as long as the person may look away is."""
    run = a_run().tick(1.0)
    assert run.spent == 1.0
    assert run.tick(1.0 + STALL_S).spent == 1.0 + STALL_S
    assert run.tick(1.1 + STALL_S).spent == 1.0
    paused = run.tick(2.0).pause(2.5)
    assert paused.resume(50.0).tick(50.5).spent == pytest.approx(3.0)
    away = run.tick(1.0 + AWAY_S)
    assert (away.state, away.spent) == ("running", 1.0)


def test_next_and_back_move_by_sides() -> None:
    """Next goes to the other side; back begins this side anew, and from its beginning the one before."""
    run = after(a_run(), 20).next(20.0)
    assert run.phases[run.at].kind == "change"
    assert run.back(20.0).at == 0
    assert after(run, 12, 20.0).back(32.0).at == run.at


def test_a_session_goes_on_at_the_side_where_it_broke_off() -> None:
    """After a crash the person takes up the position anew, and what was held before stays done."""
    broken = after(a_run(), 110)
    again = SessionRun.from_progress(broken.progress())
    assert again.state == "waiting"
    assert again.phases[again.at].kind == "change"
    assert again.phases[again.at].side == "left"
    assert again.done_steps()[0].done


def test_an_absence_pauses_and_says_so() -> None:
    """After a closed lid the session waits at the moment that was last seen."""
    run = after(a_run(), 20).tick(20.0 + AWAY_S + 1)
    assert (run.state, run.away) == ("paused", True)
    assert run.left == pytest.approx(15.0)


def test_counted_exercises_are_one_set_a_side() -> None:
    """Ten ankle pumps of three seconds are thirty seconds, counted from one to ten."""
    run = SessionRun.of([Step("pumps", "right", 1, 10)], STRETCHES).start(0.0)
    assert [(phase.kind, phase.seconds) for phase in run.phases] == [("ready", 5), ("count", 30)]
    last = after(run, 34).look(34.0)
    assert last is not None
    assert last.count == 10


def test_a_squeeze_is_held_for_as_long_as_its_dose_says() -> None:
    """Five of its seven seconds the figure stands in the squeeze."""
    squeeze = a_stretch("squeeze", kind="mobility", dose={"ease_in_s": 1, "hold_s": 5, "ease_out_s": 1})
    phase = timeline([Step("squeeze", "both", 5, 10)], {"squeeze": squeeze})[-1]
    held = sum(depth(phase, step / 100) == 1.0 for step in range(700))
    assert held == pytest.approx(500, abs=2)


# -- following the decision of now ------------------------------------------------------------------------------------


def in_the_hold(*plan: Step) -> SessionRun:
    """Return a session of ``plan``, two seconds into its first hold."""
    run, now = SessionRun.of(plan, STRETCHES).start(0.0), 0.0
    while run.phases[run.at].kind != "hold":
        now += 0.5
        run = run.tick(now)
    return run.tick(now + 1.0).tick(now + 2.0)


def test_a_decision_that_allows_the_same_changes_nothing() -> None:
    """A look at the records is no hitch in the stretch; an allowed dose above the present one is none either."""
    run = in_the_hold(Step("toe-pull", "right", 20, 2), Step("toe-pull", "left", 20, 2))
    for more in (0, 10):
        allowed = [Step("toe-pull", side, 20 + more, 2 + more) for side in ("right", "left")]
        assert run.follow(run.looked, allowed) == run


def test_what_fell_out_is_skipped_at_once() -> None:
    """The stretch under way gives way to the next one that is still allowed; what was held of it is kept."""
    run = in_the_hold(Step("toe-pull", "right", 20, 1), Step("wall", "right", 20, 1), Step("pumps", "right", 1, 10))
    followed = run.follow(run.looked, [Step("pumps", "right", 1, 10)])
    assert {phase.stretch for phase in followed.phases[followed.at :]} == {"pumps"}
    here = followed.look(run.looked)
    assert here is not None
    assert (here.elapsed, here.left) == (0.0, here.phase.seconds)
    assert followed.state == "running"
    assert [(step.stretch, step.done) for step in followed.done_steps()] == [("toe-pull", False), ("pumps", False)]


def test_where_nothing_is_allowed_any_more_it_is_over() -> None:
    """And what was begun is recorded as stopped."""
    run = in_the_hold(Step("toe-pull", "right", 20, 1))
    followed = run.follow(run.looked, [])
    assert followed.state == "over"
    assert outcome_of(followed, hurt=False) == "stopped"


def test_doses_shrink_in_the_middle_of_a_hold() -> None:
    """Two holds of 60 s become one of 20: the hold under way ends after 20 s in all, and no second one follows."""
    run = in_the_hold(Step("toe-pull", "right", 60, 2), Step("toe-pull", "left", 60, 2))
    followed = run.follow(run.looked, [Step("toe-pull", side, 20, 1) for side in ("right", "left")])
    here = followed.look(run.looked)
    assert here is not None
    assert (here.elapsed, here.left) == pytest.approx((2.0, 18.0))
    holds = [phase.seconds for phase in followed.phases if phase.kind == "hold"]
    assert holds == [20.0, 20.0]
    done, now = followed, run.looked
    while done.state == "running":
        now += 0.5
        done = done.tick(now)
    assert [(step.reps, step.hold_s, step.done) for step in done.done_steps()] == [(1, 20, True), (1, 20, True)]
    assert outcome_of(done, hurt=False) == "done"


def test_a_dose_that_shrinks_in_a_pause_leaves_what_is_left_of_it() -> None:
    """Two seconds of sixty held, then a pause, then twenty allowed: eighteen are left when it goes on."""
    run = in_the_hold(Step("toe-pull", "right", 60, 1))
    paused = run.pause(run.looked).follow(run.looked + 9, [Step("toe-pull", "right", 20, 1)])
    for now, followed in ((run.looked + 9, paused), (run.looked + 30, paused.resume(run.looked + 30))):
        here = followed.look(now)
        assert here is not None
        assert (here.elapsed, here.left) == pytest.approx((2.0, 18.0))


def test_a_side_that_is_done_stays_as_it_was_held() -> None:
    """Sixty seconds on the right, then twenty allowed, on its way out or in the left: sixty is what the record has."""
    run = in_the_hold(Step("toe-pull", "right", 60, 1), Step("toe-pull", "left", 60, 1))
    allowed = [Step("toe-pull", side, 20, 1) for side in ("right", "left")]
    for kind, side, held in (("ease-out", "right", [60]), ("hold", "left", [60, 20])):
        while (run.phases[run.at].kind, run.phases[run.at].side) != (kind, side):
            run = run.tick(run.looked + 0.5)
        done = run.follow(run.looked, allowed).done_steps()
        assert [step.hold_s for step in done] == held
        assert done[0].done


def test_a_second_hold_that_fell_out_gives_way_to_the_other_side() -> None:
    """In the middle of it: the next side begins with all of its time, and the first hold counts as the whole."""
    run = in_the_hold(Step("toe-pull", "right", 20, 2), Step("toe-pull", "left", 20, 2))
    while (run.phases[run.at].kind, run.phases[run.at].rep) != ("hold", 2):
        run = run.tick(run.looked + 0.5)
    followed = run.follow(run.looked, [Step("toe-pull", side, 20, 1) for side in ("right", "left")])
    here = followed.look(run.looked)
    assert here is not None
    assert (here.phase.side, here.elapsed, here.left) == ("left", 0.0, here.phase.seconds)
    assert followed.done_steps()[0].done


def test_a_hold_that_was_long_enough_already_is_over_when_the_dose_shrinks() -> None:
    """Fifteen seconds of sixty held, ten allowed: on to the way out, with all of its time, also after a pause."""
    run = in_the_hold(Step("toe-pull", "right", 60, 1))
    for _ in range(13):
        run = run.tick(run.looked + 1.0)
    now, allowed = run.looked, [Step("toe-pull", "right", 10, 1)]
    for followed in (run.follow(now, allowed), run.pause(now).follow(now + 5, allowed).resume(now + 5)):
        assert followed.remaining(followed.looked) == pytest.approx(5.0)
        after_hold = followed.tick(followed.looked)
        assert after_hold.phases[after_hold.at].kind == "ease-out"


def test_a_counted_set_counts_less() -> None:
    """Twenty times three seconds held become ten times one."""
    run = SessionRun.of([Step("pumps", "right", 3, 20)], STRETCHES).start(0.0)
    followed = run.follow(0.0, [Step("pumps", "right", 1, 10)])
    (count,) = (phase for phase in followed.phases if phase.kind == "count")
    assert (count.reps, count.seconds) == (10, 30.0)


@given(steps(), steps(), st.integers(0, 200))
def test_following_never_adds(plan: list[Step], allowed: list[Step], elapsed: int) -> None:
    """Whatever is allowed now: no stretch, no hold and no second more than before."""
    run, now = looked_through(SessionRun.of(plan, STRETCHES).start(1000.0), [0.5] * elapsed)
    followed = run.follow(now, allowed)
    assert seconds(followed.phases) <= seconds(run.phases)
    assert {phase.stretch for phase in followed.phases[followed.at :]} <= {step.stretch for step in allowed}
    assert followed.remaining(now) <= run.remaining(now) + 1e-6
    assert followed.follow(now, allowed).phases == followed.phases


@pytest.mark.parametrize(("until", "outcome"), [("ready", "stopped"), ("ease-in", "stopped"), ("hold", "stopped")])
def test_what_was_left_before_its_first_hold_ended_is_stopped(until: str, outcome: str) -> None:
    """Skipped through to the end as well: nothing was done."""
    run, now = SessionRun.of([Step("toe-pull", "right", 20, 1)], STRETCHES).start(0.0), 0.0
    while run.phases[run.at].kind != until:
        now += 0.5
        run = run.tick(now)
    assert outcome_of(run.stop(now), hurt=False) == outcome
    assert outcome_of(run.next(now), hurt=False) == outcome
    assert outcome_of(run.stop(now), hurt=True) == "hurt"
