"""How the dose grows and shrinks: one variable at a time, once a week, only while comfortable."""

from itertools import pairwise

import pytest
from msgspec.structs import replace

from coach.domain.exercise.dose import Amount, Growth, amount, growth
from tests.domain.status.stories import Story, content, moment


def doses(story: Story, day: float) -> set[tuple[int, int]]:
    """Return hold and repetitions of the stretches of a day."""
    routine = story.plan(day).routine
    assert routine is not None
    return {(step.hold_s, step.reps) for step in routine.steps}


def good_days(story: Story, first: int, last: int) -> Story:
    """Add a calm check-in and a pleasant session for each day of a range."""
    for day in range(first, last):
        story.note(day).session(day)
    return story


def test_holds_grow_by_five_seconds_a_week_up_to_thirty() -> None:
    """Twenty, twenty-five, thirty, and no further."""
    story = good_days(Story(), 0, 7)
    assert doses(story, 6) == {(20, 2)}
    assert doses(story, 7) == {(25, 2)}, "the week is over, so today's plan has grown already"
    assert doses(good_days(story, 7, 8), 7) == {(25, 2)}
    assert doses(good_days(story, 8, 15), 14) == {(30, 2)}
    good_days(story, 15, 20).seen(19, 3)
    assert doses(good_days(story, 20, 40), 39) == {(30, 2)}


def test_a_week_with_two_sessions_is_too_little_to_grow() -> None:
    """Three comfortable sessions at least."""
    story = Story().note(0).session(0).note(3).note(7).session(7)
    assert doses(story, 7) == {(20, 2)}


def test_an_uncomfortable_session_begins_the_week_anew() -> None:
    """It does not shrink, and it does not grow."""
    story = good_days(Story(), 0, 5).note(5).session(5, comfort="uncomfortable")
    assert doses(good_days(story, 6, 10), 9) == {(20, 2)}
    assert doses(good_days(story, 10, 14), 13) == {(25, 2)}


def test_a_morning_one_above_the_usual_holds_the_dose() -> None:
    """The week begins anew after it."""
    story = good_days(Story(), 0, 6).note(6, morning=3)
    assert doses(good_days(story, 7, 10), 9) == {(20, 2)}


def test_a_morning_two_above_the_usual_pauses_and_then_halves() -> None:
    """Back on the feet there is one hold a side, until a good week gives the second back; then holds grow again."""
    story = good_days(Story(), 0, 8).note(8, morning=4)
    assert story.status(8).activity == "pause"
    story.note(9, 3).note(10, 4).session(10, 5).session(11, 1)
    story.note(11, 2)
    assert doses(story, 11) == {(25, 1)}
    good_days(story, 12, 18)
    assert doses(story, 17) == {(25, 1)}
    assert doses(good_days(story, 18, 20), 19) == {(25, 2)}
    story.seen(20)
    assert doses(good_days(story, 20, 27), 26) == {(30, 2)}


def test_only_one_thing_moves_at_a_time() -> None:
    """Day by day over two months, hold and repetitions never change together, nor twice within a week."""
    story, changes = Story(), []
    before: Growth | None = None
    for day in range(60):
        story.note(day, morning=4 if day == 20 else None, signs={}).session(day)
        if day == 10:
            story.seen(day)
        now = growth(story.history, story.status(day).pause_state, moment(day, 2))
        if before is not None and (before.level, before.halved) != (now.level, now.halved):
            assert (before.level != now.level) + (before.halved != now.halved) == 1
            if not now.halved or before.halved:
                changes.append(day)
        before = now
    assert all(later - earlier >= 7 for earlier, later in pairwise(changes))


def test_gentle_days_do_not_count_towards_growth() -> None:
    """A week of gentle days leaves the dose where it was."""
    story = Story()
    for day in range(9):
        story.note(day, walking=4).session(day)
    story.note(9)
    assert doses(story, 9) == {(20, 2)}


def test_after_a_month_away_growth_begins_anew() -> None:
    """The hold is twenty seconds again."""
    story = good_days(Story(), 0, 15)
    assert doses(story, 14) == {(30, 2)}
    story.note(50).session(50).seen(50, 2)
    assert doses(story, 50) == {(20, 2)}


@pytest.mark.parametrize("name", ["ankle-pumps", "sit-to-stand", "seated-toe-pull"])
@pytest.mark.parametrize(
    ("hold_s", "reps", "gentle"),
    [(60, 20, Amount(20, 1)), (10, 20, Amount(10, 2)), (1, 50, Amount(1, 20)), (20, 1, Amount(20, 1))],
)
def test_an_exercise_of_ones_own_is_cut_to_the_gentle_dose(name: str, hold_s: int, reps: int, gentle: Amount) -> None:
    """On a gentle day and on the way back nobody holds longer than one hold of twenty seconds a side in all."""
    shipped = content().stretches[name]
    own = replace(shipped, own=True, dose=replace(shipped.dose, hold_s=hold_s, reps=reps))
    told = amount(own, Growth(), gentle=True)
    assert told == (gentle if shipped.kind != "stretch" else Amount(min(hold_s, 20), 1))
    assert amount(own, Growth(), gentle=False) == Amount(hold_s, reps)


def test_the_exercises_that_ship_are_gentle_as_they_are() -> None:
    """Ten ankle pumps are what a gentle day consists of."""
    pumps = content().stretches["ankle-pumps"]
    assert amount(pumps, Growth(), gentle=True) == Amount(pumps.dose.hold_s, pumps.dose.reps)
