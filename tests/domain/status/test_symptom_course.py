"""How it has gone, counted from records: days of symptoms, of rest, of pause, and the week beside the one before."""

import pytest
from msgspec.structs import replace

from coach.domain.status.pause_machine import pause_state
from coach.domain.status.symptom_course import symptom_course
from coach.domain.triage.answers import Course
from tests.domain.status.stories import STEP, Story, book, moment


def counted(story: Story, day: float) -> Course:
    """Return the course on a day of the story."""
    now = moment(day, 2)
    pauses = pause_state(story.history, book(), now, story.profile.baseline)
    return symptom_course(pauses, story.history, story.profile, now)


def days(*walking: int | None) -> Story:
    """Return a story with one check-in a day; None is a day without."""
    story = Story()
    for day, number in enumerate(walking):
        if number is not None:
            story.note(day, walking=number)
    return story


def test_nothing_noted_counts_nothing() -> None:
    """A fresh machine has no days."""
    assert counted(Story(), 0) == Course()


def test_symptoms_count_from_the_first_pain_noted_or_from_what_was_told() -> None:
    """A few days without a check-in are no relief: a number is the worst since last time."""
    assert counted(days(2, None, None, 1), 3).symptom_days == 3
    assert counted(days(0, 0, 2, 1), 3).symptom_days == 1
    told = days(2).with_profile(onset=moment(-20).date())
    assert counted(told, 0).symptom_days == 20


def test_absence_is_not_persistence() -> None:
    """Ten days away tell nothing: neither that it lasted, nor that it was rested, nor that the pause was needed."""
    story = days(7, 4)
    away = counted(story, 12)
    assert (away.symptom_days, away.rest_days, away.paused_days) == (1, 0, 1)
    back = counted(story.note(12, walking=4), 12)
    assert (back.symptom_days, back.rest_days, back.paused_days) == (1, 1, 1)
    assert counted(story.note(13, walking=4), 13) == Course(symptom_days=2, rest_days=2, paused_days=2, pauses_14d=1)


@pytest.mark.parametrize(("silence", "counted_days"), [(7, 7), (8, 0)])
def test_a_silence_of_more_than_a_week_is_not_counted(silence: int, counted_days: int) -> None:
    """Up to a week a number speaks for the days since last time."""
    story = Story().note(0, walking=7).note(silence, walking=4)
    course = counted(story, silence)
    assert (course.symptom_days, course.paused_days) == (counted_days, counted_days)


@pytest.mark.parametrize(("zeros", "expected"), [(14, 1), (13, 16)])
def test_fourteen_days_at_zero_count_anew_and_thirteen_do_not(zeros: int, expected: int) -> None:
    """The next twinge is day one again, or the old count goes on."""
    story = days(2, 2, *[0] * zeros, 1, 1)
    assert counted(story, zeros + 3).symptom_days == expected


def test_a_beginning_told_after_two_weeks_at_zero_counts_from_there() -> None:
    """It came back in a time without notes: the days that were told are not cut to those that were noted."""
    story = days(2, *[0] * 15).with_profile(onset=moment(20).date()).note(40, walking=2)
    assert counted(story, 41).symptom_days == 20


def test_the_first_note_tells_how_long_it_had_been() -> None:
    """Where earlier records are not read any more, or were never kept here."""
    assert counted(Story().note(0, walking=2, course=Course(symptom_days=30)), 2).symptom_days == 30
    assert counted(Story().note(0, walking=0, course=Course(symptom_days=30)), 2).symptom_days == 30
    assert counted(Story().note(0, walking=2, course=Course(symptom_days=1_000_000)), 2).symptom_days > 10_000


@pytest.mark.parametrize(("gap", "anew"), [(7, True), (8, False)])
def test_a_hole_of_more_than_a_week_is_not_taken_for_zero(gap: int, anew: bool) -> None:
    """What nobody noted may have hurt."""
    story = Story().note(0, walking=2)
    for day in (1, 4, 4 + gap, 10 + gap, 16 + gap):
        story.note(day, walking=0)
    assert (counted(story, 16 + gap).symptom_days == 0) == anew


def test_rested_days_are_those_with_pain_and_without_exercise() -> None:
    """In a pause or not: days told of in a row, up to the last one."""
    assert counted(days(7, 4, 4), 2).rest_days == 3
    assert counted(days(2, 2, None, 2), 3).rest_days == 3
    assert counted(days(0, 2, 2), 2).rest_days == 2


def test_exercise_begins_the_rested_days_anew() -> None:
    """A session is no rest, on a day told of or between two; one of which nothing was done is."""
    assert counted(days(2, 2, 2).session(1), 2).rest_days == 1
    assert counted(days(2, None, 2).session(1), 2).rest_days == 1
    assert counted(days(2, 2).session(1), 1).rest_days == 0
    undone = replace(STEP, reps=0, done=False)
    assert counted(days(2, 2).session(1, steps=(undone,)), 1).rest_days == 2


def test_a_day_at_zero_breaks_the_row() -> None:
    """In a row means in a row."""
    story = Story().note(0, walking=7).note(1, walking=4).note(2, walking=0, rest=0, hot="unsure").note(3, walking=4)
    assert counted(story, 3).rest_days == 1


@pytest.mark.parametrize(
    ("before", "lately", "week"),
    [
        ((2, 2, 2), (3, 3, 3), "worse"),
        ((2, 2, 2), (2, 3, 3), "worse"),
        ((2, 2, 2), (2, 2, 8), "same"),
        ((3, 3, 3), (2, 2, 2), "better"),
        ((2, 2), (5, 5, 5), "same"),
        ((2, 2, 2), (5, 5), "same"),
    ],
)
def test_a_week_is_compared_with_the_one_before(before: tuple[int, ...], lately: tuple[int, ...], week: str) -> None:
    """One point of the median, with three days told of in each: one bad day is no bad week."""
    story = days(*before, *[None] * (8 - len(before)), *lately)
    assert counted(story, 11).week == week


def test_pauses_of_two_weeks_are_counted_and_it_hurts_is_none() -> None:
    """Only what a decision paused; older ones drop out."""
    story = Story().note(0, hot="yes").note(1.5).note(2.6).hurt(3)
    assert counted(story, 4).pauses_14d == 1
    assert counted(story, 13).pauses_14d == 1
    assert counted(story, 14).pauses_14d == 0


def test_the_days_of_an_open_pause_are_counted() -> None:
    """Days since it began up to the last one told of; none once it is over."""
    story = Story().note(0, walking=7)
    assert counted(story, 6.5).paused_days == 0
    assert counted(Story().note(0, walking=7).note(6, walking=5), 6.5).paused_days == 6
    assert counted(story.note(7).note(8), 9).paused_days == 0


def test_a_beginning_after_the_last_check_in_counts_no_days_yet() -> None:
    """The settings say that it began today; nothing was told of it since."""
    story = Story().note(0, walking=2).with_profile(onset=moment(5).date())
    assert counted(story, 6).symptom_days == 0
    assert counted(story.note(6, walking=2), 6.5).symptom_days == 1
