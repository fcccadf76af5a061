"""What comes, by the clock on the wall: also beyond the night in which that is changed."""

from datetime import datetime, time, timedelta

import pytest

from coach.actions.reminders.schedule import day_line, week_ahead
from coach.actions.reminders.settings import add
from coach.actions.setup import set_up
from coach.domain.reminders.reminder import Reminder
from coach.home import Home


@pytest.mark.parametrize("day", ["2026-10-22T12:00+01:00", "2026-03-26T12:00+00:00"])
def test_beyond_a_change_of_the_clocks_the_week_has_the_hours_of_the_wall(
    home: Home, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    """In autumn and in spring: each day its own reminders, at their times, also those around midnight."""
    monkeypatch.setenv("TZ", "Europe/London")
    now = datetime.fromisoformat(day)
    set_up(home, now, region="gb")
    times = ("00:20", "09:50", "23:30")
    for at in times:
        add(home, Reminder(id=f"at{at[:2]}", kind="custom", at=at, text="tea"), now)
    lines = week_ahead(home, now)
    assert [(line.start.date() - now.date()).days for line in lines] == [1, 2, 3, 4, 5, 6, 7]
    for line in lines:
        assert [f"{mark.due:%H:%M}" for mark in line.marks if mark.kind == "custom"] == list(times)
        assert (line.start.time(), line.end.time()) == (time(0), time(0))
        assert [mark.due.date() for mark in line.marks] == [line.start.date()] * len(line.marks)


def test_in_the_night_of_a_change_today_has_the_hours_of_the_wall(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half an hour after midnight summer time still counts; the reminder of the morning comes in winter time."""
    monkeypatch.setenv("TZ", "Europe/London")
    now = datetime.fromisoformat("2026-10-25T00:30+01:00")
    add(home, Reminder(id="tea", kind="custom", at="09:50", text="tea"), now)
    marks = day_line(home, now).marks
    assert [f"{mark.due:%H:%M}" for mark in marks if mark.kind == "custom"] == ["09:50"]


def test_where_the_zone_has_no_name_the_line_has_the_hours_of_now(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """An offset made by hand, with half an hour in it: the day is the one that the person has."""
    monkeypatch.setenv("TZ", "XXX-5:30")
    now = datetime.fromisoformat("2026-10-22T09:15+05:30")
    line = day_line(home, now)
    assert (line.start.isoformat(), line.now.isoformat()) == ("2026-10-22T07:00:00+05:30", now.isoformat())
    tomorrow = week_ahead(home, now)[0].start
    assert (tomorrow.date(), tomorrow.utcoffset()) == (now.date() + timedelta(days=1), now.utcoffset())
