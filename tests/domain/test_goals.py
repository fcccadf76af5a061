"""Goals: none is ever lost, whatever is renamed, ended or merged, and a change is told from chance."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain import goals as rules
from coach.domain.goals import Goal, GoalScore
from coach.domain.status.history import GoalScores, History
from tests.domain.status.stories import Story
from tests.helpers import examples

NOW = datetime.fromisoformat("2026-11-02T08:00+09:00")
TEXTS = st.sampled_from(("walk to the station", "Walk to  the station", "stairs", "kneel", "garden"))
STEPS = st.lists(st.tuples(st.sampled_from(("add", "rename", "end", "set")), st.integers(0, 3), TEXTS), max_size=8)


def lived(steps: list[tuple[str, int, str]], begin: int = 0) -> tuple[Goal, ...]:
    """Return the goals after so many changes, an hour apart."""
    goals: tuple[Goal, ...] = ()
    for hour, (do, place, text) in enumerate(steps, start=begin):
        now = NOW + timedelta(hours=hour)
        if do == "add":
            goals = rules.added(goals, text, now)
        elif do == "set":
            goals = rules.with_texts(goals, [text], now)
        elif goals:
            goal_id = goals[place % len(goals)].id
            change = rules.renamed(goals, goal_id, text, now) if do == "rename" else rules.ended(goals, goal_id, now)
            assert [goal.id for goal in change] == [goal.id for goal in goals]
            goals = change
    return goals


LIVES = st.builds(lived, STEPS, st.integers(0, 3))


@given(LIVES, LIVES, LIVES)
@examples(150)
def test_machines_merge_to_the_same_in_any_order(
    here: tuple[Goal, ...], there: tuple[Goal, ...], third: tuple[Goal, ...]
) -> None:
    """Merging is idempotent, and neither order nor grouping matters; no goal and no wording is lost."""
    both = rules.merged(here, there)
    assert both == rules.merged(there, here) == rules.merged(both, here)
    assert rules.merged(both, third) == rules.merged(here, rules.merged(there, third))
    assert {goal.id for goal in both} == {goal.id for goal in (*here, *there)}
    wordings = {text for goal in both for text in (goal.text, *goal.earlier)}
    assert wordings == {text for goal in (*here, *there) for text in (goal.text, *goal.earlier)}


@given(LIVES, st.lists(TEXTS, max_size=3, unique_by=lambda text: rules.tidy(text).casefold()))
@examples(100)
def test_what_is_set_is_under_way_and_all_else_has_ended(goals: tuple[Goal, ...], texts: list[str]) -> None:
    """A goal that is left out stays, ended; one set again is taken up with its id."""
    after = rules.with_texts(goals, texts, NOW + timedelta(days=9))
    assert {goal.id for goal in goals} <= {goal.id for goal in after}
    assert {goal.text.casefold() for goal in rules.open_goals(after)} == {rules.tidy(text).casefold() for text in texts}


def test_goals_set_together_keep_the_order_in_which_they_were_typed() -> None:
    """The number that a person types is the place in which they named it."""
    goals = rules.with_texts((), ["stairs", "garden", "kneel"], NOW)
    assert [goal.text for goal in rules.open_goals(goals)] == ["stairs", "garden", "kneel"]


def test_two_machines_that_name_one_thing_score_one_goal() -> None:
    """The same words make the same goal; a goal renamed away from them does not give its scores to a new one."""
    (here,), (there,) = rules.added((), "Stairs", NOW), rules.added((), " stairs", NOW + timedelta(days=1))
    assert here.id == there.id
    renamed = rules.renamed((here,), here.id, "stairs down", NOW)
    assert rules.added(renamed, "stairs", NOW)[1].id != here.id


def test_a_score_told_in_a_check_in_and_one_told_by_itself_are_one_course() -> None:
    """A corrected score counts as corrected; a goal renamed since keeps its course."""
    goals = rules.added((), "stairs", NOW)
    goal_id = goals[0].id
    story = Story().note(0, id="a", goals={goal_id: 8}).note(0, 1, id="b", corrects="a", goals={goal_id: 3})
    history = story.add(GoalScores(id="c", at=NOW + timedelta(days=7), goals={goal_id: 6})).history
    (course,) = rules.courses(rules.renamed(goals, goal_id, "stairs down", NOW), history)
    assert (course.first, course.last) == (GoalScore(NOW, 3), GoalScore(NOW + timedelta(days=7), 6))
    assert (course.change, course.is_real, course.times) == (3, True, 2)
    assert rules.due(goals, history, NOW + timedelta(days=13)) == ()
    assert rules.due(goals, history, NOW + timedelta(days=14)) == goals
    assert rules.due(rules.ended(goals, goal_id, NOW), history, NOW + timedelta(days=14)) == ()
    assert rules.due(goals, History(), NOW) == goals


@pytest.mark.parametrize(
    ("changes", "mean", "is_real"),
    [((2,), None, False), ((2, 2), 2, True), ((3, 0), 1.5, False), ((-4, -1), -2.5, True)],
)
def test_a_change_is_real_from_three_points_of_one_goal_and_two_on_average(
    changes: tuple[int, ...], mean: float | None, is_real: bool
) -> None:
    """Stratford et al. 1995: 3 points for a single activity, 2 for the mean of several."""
    goal = rules.added((), "stairs", NOW)[0]
    gone = [rules.course(goal, [GoalScore(NOW, 5), GoalScore(NOW, 5 + change)]) for change in changes]
    assert rules.mean_change(gone) == mean
    assert rules.is_real_mean(mean) is is_real
    assert [course.is_real for course in gone] == [abs(change) >= 3 for change in changes]


def test_a_goal_that_has_ended_is_told_of_in_the_period_in_which_it_was_scored() -> None:
    """The one that ended last first; one under way, and one that was scored before or after, is not among them."""
    goals: tuple[Goal, ...] = ()
    for text in ("stairs", "garden", "kneel", "walk"):
        goals = rules.added(goals, text, NOW)
    stairs, garden, kneel, walk = goals
    story = Story().add(GoalScores(id="a", at=NOW, goals={stairs.id: 2, garden.id: 1, walk.id: 5}))
    story.add(GoalScores(id="b", at=NOW + timedelta(days=7), goals={stairs.id: 6}))
    story.add(GoalScores(id="c", at=NOW - timedelta(days=1), goals={kneel.id: 6}))
    for day, goal in ((8, garden), (9, stairs), (10, kneel)):
        goals = rules.ended(goals, goal.id, NOW + timedelta(days=day))
    told = rules.ended_courses(goals, story.history, NOW.date(), NOW.date() + timedelta(days=6))
    assert [(course.goal.text, course.change) for course in told] == [("stairs", 4), ("garden", None)]
    later = rules.ended_courses(goals, story.history, NOW.date() + timedelta(days=1), NOW.date() + timedelta(days=7))
    assert [course.goal.text for course in later] == ["stairs"]
