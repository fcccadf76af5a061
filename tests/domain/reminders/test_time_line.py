"""The waking day as a line: every reminder of today has its mark, and now its place."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coach.domain.reminders.time_line import TimeMark, days_ahead, time_line

NOW = datetime.fromisoformat("2026-12-02T11:30+09:00")


def test_the_day_lasts_from_seven_to_twenty_two() -> None:
    """Where nothing is earlier or later."""
    line = time_line([TimeMark(NOW.replace(hour=9), "desk-break", "done")], NOW)
    assert (line.start.hour, line.end.hour) == (7, 22)
    assert [at.hour for at in line.hours()] == list(range(7, 23))


def test_the_day_reaches_to_its_earliest_and_latest_reminder() -> None:
    """A night worker's reminders are on the line, tomorrow's are not."""
    marks = [
        TimeMark(NOW.replace(hour=5, minute=10), "custom", "coming"),
        TimeMark(NOW.replace(hour=23, minute=50), "routine", "coming"),
        TimeMark(NOW + timedelta(days=1), "routine", "coming"),
    ]
    line = time_line(marks, NOW)
    assert line.start.hour == 5
    assert line.end == NOW.replace(hour=0, minute=0) + timedelta(days=1)
    assert len(line.marks) == 2


def test_of_two_marks_in_one_place_the_coming_one_is_seen() -> None:
    """What is still to come matters more than what was."""
    marks = [TimeMark(NOW, "routine", "coming"), TimeMark(NOW, "desk-break", "done"), TimeMark(NOW, "posture", "held")]
    assert set(time_line(marks, NOW).columns(40).values()) == {"coming"}


def test_the_days_ahead_begin_tomorrow_and_share_their_hours() -> None:
    """One line a day, also without a reminder; today's marks, and those after the last day, are on none."""
    marks = [
        TimeMark(NOW, "routine", "coming"),
        TimeMark(NOW + timedelta(days=1), "routine", "held"),
        TimeMark(NOW.replace(hour=5) + timedelta(days=3), "custom", "coming"),
        TimeMark(NOW + timedelta(days=4), "routine", "coming"),
    ]
    lines = days_ahead(marks, NOW, 3)
    assert [line.start.date() - NOW.date() for line in lines] == [timedelta(days=n) for n in (1, 2, 3)]
    assert [(line.start.hour, line.end.hour) for line in lines] == [(5, 22)] * 3
    assert [[mark.state for mark in line.marks] for line in lines] == [["held"], [], ["coming"]]


@given(st.integers(0, 24 * 60 - 1), st.integers(0, 24 * 60 - 1), st.integers(10, 200))
def test_every_moment_has_a_place_and_their_order_is_kept(one: int, other: int, width: int) -> None:
    """A later moment never stands left of an earlier one, and none outside."""
    midnight = NOW.replace(hour=0, minute=0)
    early, late = (midnight + timedelta(minutes=n) for n in sorted((one, other)))
    line = time_line([TimeMark(late, "custom", "coming")], early)
    assert 0 <= line.place(early, width) <= line.place(late, width) < width
