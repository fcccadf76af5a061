"""The one habit: two weeks, the evening's answer, and a comparison that says when it cannot tell."""

from datetime import timedelta

from coach.domain.habit import HabitState, habit_state
from coach.domain.status.history import HabitChoice, HabitDay
from tests.domain.status.stories import Story, moment


def chosen(habit: str = "shoes", day: int = 0) -> Story:
    """Return a story in which a habit was chosen."""
    return Story().add(HabitChoice(id=f"choice{day}", at=moment(day), habit=habit))


def answered(story: Story, answers: str, pain: dict[str, int]) -> Story:
    """Add an evening answer a day (``y``, ``n``, ``.`` for none) and that day's walking pain."""
    for day, answer in enumerate(answers):
        if answer != ".":
            when = moment(day, 13)
            said = HabitDay(id=f"day{day}", at=when, habit="shoes", day=when.date(), kept=answer == "y")
            story.add(said).note(day, 12, walking=pain[answer])
    return story


def state(story: Story, day: int) -> HabitState:
    """Return how the habit stands on a day."""
    return habit_state(story.history, moment(day, 14))


def test_no_habit_is_chosen_at_first() -> None:
    """And one that was put down is none."""
    assert state(Story(), 0).habit is None
    assert state(chosen().add(HabitChoice(id="down", at=moment(3), habit="")), 3).habit is None


def test_the_days_are_counted_from_the_choice() -> None:
    """Day one is the day it was chosen; after fourteen it is over."""
    story = chosen()
    assert (state(story, 0).day, state(story, 13).day) == (1, 14)
    assert not state(story, 13).over
    assert state(story, 14).over


def test_a_new_choice_begins_anew() -> None:
    """Answers to the habit before do not count for it."""
    story = answered(chosen(), "yyyy", {"y": 1}).add(HabitChoice(id="new", at=moment(4), habit="stance"))
    assert (state(story, 4).habit, state(story, 4).day, state(story, 4).answered) == ("stance", 1, 0)


def test_the_last_answer_of_a_day_counts() -> None:
    """One may think again in the evening."""
    story = answered(chosen(), "y", {"y": 1})
    story.add(HabitDay(id="again", at=moment(0, 13.5), habit="shoes", day=moment(0).date(), kept=False))
    assert state(story, 0).answered_today is False


def test_days_with_and_without_are_compared() -> None:
    """Seven with pain 1, seven with pain 4: lower with it."""
    found = state(answered(chosen(), "ynynynynynynyn", {"y": 1, "n": 4}), 14).comparison
    assert (found.kept_days, found.other_days, found.kept_pain, found.other_pain) == (7, 7, 1.0, 4.0)
    assert found.verdict == "lower"


def test_the_other_way_round_is_said_as_well() -> None:
    """Honest means both ways, and alike where it is alike."""
    assert state(answered(chosen(), "ynynynynynynyn", {"y": 4, "n": 1}), 14).comparison.verdict == "higher"
    assert state(answered(chosen(), "ynynynynynynyn", {"y": 2, "n": 2}), 14).comparison.verdict == "alike"


def test_too_few_days_of_one_kind_do_not_tell() -> None:
    """Eleven with and three without: no verdict, however clear it looks."""
    assert state(answered(chosen(), "yyyyyyyyyyynnn", {"y": 0, "n": 9}), 14).comparison.verdict == "too-few"


def test_days_without_a_pain_number_are_left_out() -> None:
    """An answer alone compares nothing."""
    story = chosen()
    for day in range(14):
        when = moment(day, 13)
        story.add(HabitDay(id=f"day{day}", at=when, habit="shoes", day=when.date(), kept=day % 2 == 0))
    found = state(story, 14)
    assert found.answered == 14
    assert found.comparison.verdict == "too-few"


def test_a_corrected_number_counts_once() -> None:
    """The slip does not weigh on the day."""
    story = answered(chosen(), "ynynynyn", {"y": 1, "n": 1})
    story.note(0, 12.5, id="slip", walking=9).note(0, 13, corrects="slip", walking=1)
    assert state(story, 8).comparison.kept_pain == 1.0


def test_answers_after_the_two_weeks_are_not_of_the_experiment() -> None:
    """The fifteenth day belongs to the next choice."""
    story = chosen()
    late = moment(14)
    story.add(HabitDay(id="late", at=late, habit="shoes", day=(late - timedelta(0)).date(), kept=True))
    assert state(story, 14).answered == 0


def test_until_four_the_evening_is_that_of_the_day_before() -> None:
    """Whoever answers after midnight answers for the evening that it is still; at four a new day's begins."""
    story = answered(chosen(), "y", {"y": 1})  # moments are counted from eight in the morning
    late = habit_state(story.history, moment(0, 19.9))
    assert (late.evening, late.day, late.answered_today) == (moment(0).date(), 1, True)
    early = habit_state(story.history, moment(0, 20))
    assert (early.evening, early.day, early.answered_today) == (moment(1).date(), 2, None)


def test_an_evening_before_the_choice_is_asked_by_nobody() -> None:
    """A habit chosen at one in the morning begins on that day."""
    story = Story().add(HabitChoice(id="night", at=moment(0, 17), habit="shoes"))
    assert habit_state(story.history, moment(0, 18)).evening == moment(1).date()
