"""Why not yesterday, and the one question a week: asked seldom, answered in the plan, never a reproach."""

import pytest

from coach.domain.followups import missed_day, weekly_topic
from coach.domain.status.history import Missed, Topic, Weekly, Why
from tests.domain.status.stories import Story, moment


def asked(story: Story, day: int) -> bool:
    """Tell whether the question about yesterday is open on a day."""
    return missed_day(story.history, story.status(day), moment(day, 2)) is not None


def missed(story: Story, day: int, why: Why) -> Story:
    """Answer on a day why the one before had no routine."""
    return story.add(Missed(id=f"why{day}", at=moment(day, 2), day=moment(day - 1).date(), why=why))


def test_a_regular_person_is_asked_once_about_a_missed_day() -> None:
    """Done on Monday, not on Tuesday: asked on Wednesday, and not again once answered."""
    story = Story().note(0).session(0)
    assert not asked(story, 1)
    assert asked(story, 2)
    assert not asked(missed(story, 2, "forgot"), 2)


@pytest.mark.parametrize(("day", "is_asked"), [(8, True), (9, False)])
def test_who_left_it_a_week_ago_is_not_asked_about_yesterday(day: int, is_asked: bool) -> None:
    """Done within the seven days before the one that was missed, it was a habit; before that, a question would nag."""
    assert asked(Story().note(0).session(0).note(day), day) is is_asked


def test_nobody_is_asked_who_had_a_reason_that_we_know() -> None:
    """A pause, *it hurts*, no routine yet, or one done today already: no question."""
    assert not asked(Story().note(0), 2)
    assert not asked(Story().note(0).session(0).hurt(1), 2)
    assert not asked(Story().note(0).session(0).note(1, walking=7), 2)
    assert not asked(Story().note(0).session(0).session(2), 2)


def test_no_time_makes_the_routine_short_for_a_week() -> None:
    """Two stretches, and the others say why they wait."""
    story = missed(Story().with_profile(slot="morning").note(0).session(0), 2, "no-time").note(3)
    plan = story.plan(3)
    assert plan.routine is not None
    assert len({step.stretch for step in plan.routine.steps}) == 2
    assert {one.why for one in plan.left_out} == {"no-time"}
    assert story.note(9).session(9).plan(9).left_out == ()


@pytest.mark.parametrize("slot", ["morning", "break", "evening"])
def test_no_time_shortens_the_routine_of_every_time_of_day(slot: str) -> None:
    """Also one that has two stretches only: it takes about half as long, as was said."""
    story = Story().with_profile(slot=slot).note(0).session(0)
    whole = story.plan(2).routine
    short = missed(story, 2, "no-time").note(3).plan(3).routine
    assert whole is not None
    assert short is not None
    assert whole.minutes / 3 <= short.minutes <= whole.minutes * 2 / 3


def test_pain_halves_the_dose() -> None:
    """One hold a side in place of two, until a good week."""
    story = missed(Story().note(0).session(0), 2, "hurt").note(3)
    routine = story.plan(3).routine
    assert routine is not None
    assert {step.reps for step in routine.steps} == {1}


def test_boredom_brings_another_routine_of_the_slot() -> None:
    """Where there is one; after a week it is the first again."""
    before = Story().note(0).plan(0).routine
    after = missed(Story().note(0).session(0), 2, "bored").note(3).plan(3).routine
    assert before is not None
    assert after is not None
    assert before.id != after.id


def settled() -> Story:
    """Return two weeks at 0 after a few days with pain."""
    story = Story()
    for day in range(20):
        story.note(day, walking=2 if day < 4 else 0)
    return story


def topic(story: Story, day: int) -> Topic | None:
    """Return the question of a day."""
    return weekly_topic(story.history, story.status(day), moment(day, 2))


def test_settled_it_shrinks_to_one_question_a_week() -> None:
    """The four in turn, a week apart; none while there is pain."""
    assert topic(Story().note(0), 0) is None
    story = settled()
    assert topic(story, 19) == "posture"
    story.add(Weekly(id="w1", at=moment(19, 3), topic="posture", well=True)).note(25, walking=0)
    assert topic(story, 25) is None
    assert topic(story.note(26.2, walking=0), 27) == "gait"


def test_pain_again_ends_the_weekly_question() -> None:
    """Back to the daily loop."""
    assert topic(settled().note(20, walking=3), 20) is None


def test_until_four_the_day_that_has_just_ended_is_not_missed() -> None:
    """Past midnight the routine of the evening may still be done: nobody is asked why it was not."""
    story = Story().note(0).session(0)
    status = story.status(1, 17)
    assert missed_day(story.history, status, moment(1, 17)) is None
    assert missed_day(story.history, status, moment(1, 20)) == moment(1).date()
