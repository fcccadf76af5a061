"""How it has gone, counted from records: days of symptoms, of rest, of pause, and the week beside the one before."""

import pytest

from coach.domain.status.pauses import pause_state
from coach.domain.status.symptom_course import symptom_course
from coach.domain.triage.answers import Course
from tests.domain.status.stories import Story, book, moment


def counted(story: Story, day: float) -> Course:
    """Return the course on a day of the story."""
    now = moment(day, 2)
    return symptom_course(pause_state(story.history, book(), now, story.profile.baseline), story.profile, now)


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
    """Holes in the notes are no relief."""
    assert counted(days(2, None, None, 1), 5).symptom_days == 5
    assert counted(days(0, 0, 2), 5).symptom_days == 3
    told = days(2).with_profile(onset=moment(-20).date())
    assert counted(told, 0).symptom_days == 20


@pytest.mark.parametrize(("zeros", "expected"), [(14, 1), (13, 16)])
def test_fourteen_days_at_zero_count_anew_and_thirteen_do_not(zeros: int, expected: int) -> None:
    """The next twinge is day one again, or the old count goes on."""
    story = days(2, 2, *[0] * zeros, 1)
    assert counted(story, zeros + 3).symptom_days == expected


def test_a_beginning_told_after_two_weeks_at_zero_counts_from_there() -> None:
    """It came back in a time without notes: the days that were told are not cut to those that were noted."""
    story = days(2, *[0] * 15).with_profile(onset=moment(20).date()).note(40, walking=2)
    assert counted(story, 41).symptom_days == 21


def test_the_first_note_tells_how_long_it_had_been() -> None:
    """Where earlier records are not read any more, or were never kept here."""
    assert counted(Story().note(0, walking=2, course=Course(symptom_days=30)), 2).symptom_days == 32
    assert counted(Story().note(0, walking=0, course=Course(symptom_days=30)), 2).symptom_days == 32
    assert counted(Story().note(0, walking=2, course=Course(symptom_days=1_000_000)), 2).symptom_days > 10_000


@pytest.mark.parametrize(("gap", "anew"), [(7, True), (8, False)])
def test_a_hole_of_more_than_a_week_is_not_taken_for_zero(gap: int, anew: bool) -> None:
    """What nobody noted may have hurt."""
    story = Story().note(0, walking=2)
    for day in (1, 4, 4 + gap, 10 + gap, 16 + gap):
        story.note(day, walking=0)
    assert (counted(story, 16 + gap).symptom_days == 0) == anew


def test_rested_days_are_those_after_the_first_of_a_pause() -> None:
    """Pain on three days in a row of a pause, its first day left out."""
    story = days(7, 4, 4)
    assert counted(story, 2).rest_days == 2
    assert counted(story.note(3, walking=4), 3).rest_days == 3
    assert counted(days(2, 2, 2, 2), 3).rest_days == 0


def test_a_day_at_zero_breaks_the_row() -> None:
    """In a row means in a row."""
    story = Story().note(0, walking=7).note(1, walking=4).note(2, walking=0, rest=0, hot="unsure").note(3, walking=4)
    assert counted(story, 3).rest_days == 1


@pytest.mark.parametrize(
    ("before", "lately", "week"),
    [
        ((2, 2, 2), (3, 3, 3), "worse"),
        ((2, 2, 2), (2, 3, 3), "same"),
        ((3, 3, 3), (2, 2, 2), "better"),
        ((2, 2), (5, 5, 5), "same"),
        ((2, 2, 2), (5, 5), "same"),
    ],
)
def test_a_week_is_compared_with_the_one_before(before: tuple[int, ...], lately: tuple[int, ...], week: str) -> None:
    """One point of the mean, with three days noted in each; otherwise it is the same."""
    story = days(*before, *[None] * (8 - len(before)), *lately)
    assert counted(story, 11).week == week


def test_pauses_of_two_weeks_are_counted_and_it_hurts_is_none() -> None:
    """Only what a decision paused; older ones drop out."""
    story = Story().note(0, hot="yes").note(1.5).note(2.6).hurt(3)
    assert counted(story, 4).pauses_14d == 1
    assert counted(story, 13).pauses_14d == 1
    assert counted(story, 14).pauses_14d == 0


def test_the_days_of_a_standing_pause_are_counted() -> None:
    """Whole days since it began; none once it is over."""
    story = Story().note(0, walking=7)
    assert counted(story, 6.5).paused_days == 6
    assert counted(story.note(7).note(8), 9).paused_days == 0
