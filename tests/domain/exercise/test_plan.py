"""The plan of the day: what is done, on which side, how long, and what is left out and why."""

from typing import Any

import pytest
from msgspec.structs import replace

from coach.domain.exercise.plan import against, circumstances, fit, lay_out
from coach.domain.exercise.stretch import Routine
from tests.domain.status.stories import Story, content, moment


def easier_or_itself(name: str) -> set[str]:
    """Return a stretch and its easier version."""
    return {name, content().stretches[name].easier or name}


def test_a_day_that_goes_well_has_the_whole_routine() -> None:
    """Each stretch of the slot, twice twenty seconds a side, nothing left out."""
    plan = Story().note(0).plan(0)
    assert plan.routine is not None
    routine = content().routines[plan.routine.id]
    assert routine.slot == "evening"
    assert tuple(dict.fromkeys(step.stretch for step in plan.routine.steps)) == routine.stretches
    assert {(step.hold_s, step.reps) for step in plan.routine.steps} == {(20, 2)}
    assert plan.left_out == ()


def test_both_legs_one_step_a_side_the_sore_one_first() -> None:
    """A sore left knee begins each stretch; the other leg follows at once."""
    for sore, first in (("left", "left"), ("right", "right"), ("both", "right")):
        plan = Story().with_profile(side=sore).note(0).plan(0)
        assert plan.routine is not None
        steps = plan.routine.steps
        assert [step.side for step in steps[::2]] == [first] * (len(steps) // 2)
        assert [step.stretch for step in steps[::2]] == [step.stretch for step in steps[1::2]]
        assert all(one.side != other.side for one, other in zip(steps[::2], steps[1::2], strict=True))


def test_the_minutes_are_those_of_the_session_as_it_is_led() -> None:
    """What is promised is what it takes, the ways in and out included, rounded up."""
    from coach.domain.exercise.phases import seconds, timeline

    plan = Story().note(0).plan(0)
    assert plan.routine is not None
    pace = content().routines[plan.routine.id].pace
    led = seconds(timeline(plan.routine.steps, content().stretches, pace))
    assert 0 <= plan.routine.minutes * 60 - led < 60


def test_gentle_is_the_easier_version_and_one_hold_of_twenty_seconds() -> None:
    """Pain of 4: each stretch gives way to its easier version, and says so."""
    plan = Story().note(0, walking=4).plan(0)
    assert plan.activity == "gentle"
    assert plan.routine is not None
    assert {(step.hold_s, step.reps) for step in plan.routine.steps} == {(20, 1)}
    for one in plan.left_out:
        assert one.why == "gentle"
        assert one.instead in easier_or_itself(one.stretch)
    assert "wall-calf" not in {step.stretch for step in plan.routine.steps}


def test_on_a_gentle_day_an_easier_version_that_hurts_stands_in_for_nothing() -> None:
    """The stretch itself is done, as gently as the day asks."""
    story = Story().note(0, walking=4)
    today = circumstances(story.status(0), story.profile, story.history, moment(0))
    stretches = content().stretches
    tried = 0
    for stretch in stretches.values():
        easier = stretches.get(stretch.easier or "")
        if easier is None or against(stretch, today):
            continue
        usual = easier if easier.kind == stretch.kind and not against(easier, today) else stretch
        assert fit(stretch, today, stretches)[0] == usual
        assert fit(stretch, replace(today, painful=frozenset((easier.id,))), stretches) == (stretch, "")
        tried += 1
    assert tried > 3


STANDS_IN = [
    ("soft-knee-hinge", {"contexts": ("osteoporosis",)}, ("seated-toe-pull-soft", "context")),
    ("soft-knee-hinge", {"painful": ("soft-knee-hinge",)}, ("seated-hinge", "hurt")),
    ("soft-knee-hinge", {"painful": ("soft-knee-hinge", "seated-hinge")}, ("seated-toe-pull-soft", "hurt")),
    ("soft-knee-hinge", {"seated_only": True}, ("seated-hinge", "seated")),
    ("soft-knee-hinge", {"signs": ("bulge-or-pressure",)}, ("ankle-pumps-bed", "sign")),
    ("soft-knee-hinge", {"bulge": True}, (None, "bulge")),
    ("heel-slide", {"hurting": ("deep-bend",)}, ("ankle-pumps", "sharp")),
    ("heel-slide", {"painful": ("heel-slide", "ankle-pumps")}, ("ankle-pumps-bed", "hurt")),
    ("wall-calf", {"painful": ("wall-calf",)}, ("seated-towel-pull", "hurt")),
    ("sit-to-stand", {"gentle": True}, ("quad-set", "strength")),
    ("quad-set-bed", {"painful": ("quad-set-bed", "ankle-pumps-bed")}, (None, "hurt")),
    ("wall-calf", {}, ("wall-calf", "")),
]


@pytest.mark.parametrize(("name", "said", "taken"), STANDS_IN, ids=str)
def test_what_stands_in_for_a_stretch(name: str, said: dict[str, Any], taken: tuple[str | None, str]) -> None:
    """What hurt gives way to the easier version; a condition, a sign or a stab first to what the stretch names."""
    story = Story().note(0)
    today = circumstances(story.status(0), story.profile, story.history, moment(0))
    fields = {key: frozenset(value) if isinstance(value, tuple) else value for key, value in said.items()}
    stretch, why = fit(content().stretches[name], replace(today, **fields), content().stretches)
    assert (stretch.id if stretch else None, why) == taken


def test_on_the_way_back_nothing_stands() -> None:
    """Seated or lying, one hold of twenty seconds a side."""
    plan = Story().note(0, walking=7).note(3).note(4).plan(4)
    assert plan.routine is not None
    assert {content().stretches[step.stretch].position for step in plan.routine.steps} <= {"seated", "lying"}
    assert {(step.hold_s, step.reps) for step in plan.routine.steps} == {(20, 1)}


def test_paused_there_is_no_routine() -> None:
    """The plan says why, and until when."""
    plan = Story().note(0, walking=7).plan(0)
    assert plan.routine is None
    assert plan.pause is not None


def test_before_the_list_the_plan_shows_though_nothing_starts() -> None:
    """A fresh machine shows what it would be."""
    plan = Story().plan(0)
    assert plan.routine is not None
    assert plan.activity == "gentle"


def test_with_a_bulge_the_stretches_rest_and_pumps_and_sets_stay() -> None:
    """Only ankle pumps and quad sets remain; each stretch left out says why."""
    plan = Story().note(0, signs={"bulge-or-pressure": "yes"}).plan(0)
    assert plan.routine is not None
    done = {step.stretch for step in plan.routine.steps}
    assert {"ankle-pumps", "quad-set"} <= done
    assert all(content().stretches[one].kind != "stretch" for one in done)
    assert {one.why for one in plan.left_out} == {"bulge"}


def test_osteoporosis_leaves_the_standing_bend_out() -> None:
    """What a condition forbids is replaced by what it allows."""
    plan = Story().with_profile(contexts=("osteoporosis",)).note(0).plan(0)
    assert plan.routine is not None
    done = {step.stretch for step in plan.routine.steps}
    for one in done:
        assert "osteoporosis" not in content().stretches[one].avoid.contexts


def test_conditions_lost_from_the_profile_still_count() -> None:
    """The last check-in remembers them."""
    story = Story().with_profile(contexts=("osteoporosis",)).note(0)
    plan = story.with_profile(contexts=(), contexts_known=False).plan(0)
    assert plan.routine is not None
    for step in plan.routine.steps:
        assert "osteoporosis" not in content().stretches[step.stretch].avoid.contexts


def test_a_stretch_that_hurt_is_left_out_for_two_weeks() -> None:
    """*It hurts* in one stretch spares it, not the others."""
    story = Story().note(0).hurt(0, stretch="soft-knee-hinge").note(2)
    plan = story.plan(2)
    assert plan.routine is not None
    assert "soft-knee-hinge" not in {step.stretch for step in plan.routine.steps}
    assert "seated-toe-pull" in {step.stretch for step in plan.routine.steps}
    assert [one.why for one in plan.left_out] == ["hurt"]
    later = story.note(14).session(14).note(16).plan(16)
    assert later.routine is not None
    assert "soft-knee-hinge" in {step.stretch for step in later.routine.steps}


def test_the_movement_that_stabs_is_left_out() -> None:
    """A sharp pain in deep bending leaves out what bends deeply, and a dull one does not."""
    story = Story().with_profile(slot="morning").note(0, sharp="one-movement", when=("deep-bend",))
    assert ("heel-slide", "sharp") in {(one.stretch, one.why) for one in story.plan(0).left_out}
    plan = Story().with_profile(slot="morning").note(0, when=("deep-bend",)).plan(0)
    assert plan.left_out == ()


def test_a_sharp_pain_of_which_no_more_was_told_leaves_the_movement_out_too() -> None:
    """Until it is said how often it stabs; where it was said that it does not, the quality alone decides nothing."""
    story = Story().with_profile(slot="morning").note(0, sharp=None, quality=("sharp",), when=("deep-bend",))
    assert ("heel-slide", "sharp") in {(omitted.stretch, omitted.why) for omitted in story.plan(0).left_out}
    story = Story().with_profile(slot="morning").note(0, sharp="no", quality=("sharp",), when=("deep-bend",))
    assert story.plan(0).left_out == ()


def test_strength_waits_for_a_day_that_goes_well() -> None:
    """It is offered, never imposed, and never on a gentle day."""
    well = Story().note(0).plan(0, routine="strength").routine
    assert well is not None
    assert {step.stretch for step in well.steps} == {"sit-to-stand", "heel-raise"}
    gentle = Story().note(0, walking=4).plan(0, routine="strength")
    assert gentle.routine is not None
    assert all(content().stretches[step.stretch].kind != "strength" for step in gentle.routine.steps)


def test_an_own_routine_comes_first_and_passes_the_decision() -> None:
    """A therapist's routine is taken on its days; on a gentle day it is made gentler, and paused it is not shown."""
    shipped = content().routines["evening"]
    own = replace(shipped, id="from-my-therapist", own=True, side="left")
    from coach.domain.exercise.plan import plan

    for story, expected in ((Story().note(0), (20, 2)), (Story().note(0, walking=4), (20, 1))):
        today = plan(
            story.status(0), story.profile, story.history, content().stretches, {"a": shipped, "b": own}, moment(0)
        )
        assert today.routine is not None
        assert today.routine.id == "from-my-therapist"
        assert {(step.hold_s, step.reps) for step in today.routine.steps} == {expected}
        assert {step.side for step in today.routine.steps} == {"left"}


def test_what_is_not_due_is_not_planned() -> None:
    """A therapist's routine for Mondays leaves Tuesday to what ships."""
    own = replace(content().routines["evening"], id="mondays", own=True, days=("mon",))
    from coach.domain.exercise.plan import choose

    routines = {**content().routines, "mondays": own}
    assert _id(choose(Story().profile, routines, moment(0))) == "mondays"
    assert _id(choose(Story().profile, routines, moment(1))) != "mondays"


def _id(routine: Routine | None) -> str:
    assert routine is not None
    return routine.id


def test_no_circumstance_leaves_an_empty_routine() -> None:
    """Where every stretch has something against it, pumps and quad sets remain."""
    story = Story().note(0, walking=7).note(3).note(4)
    today = circumstances(story.status(4), story.profile, story.history, moment(4))
    for routine in content().routines.values():
        spared = replace(today, painful=frozenset(content().stretches))
        planned, _ = lay_out(routine, spared, "both", content().stretches)
        assert planned.steps
        assert planned.minutes >= 1
