"""What a command names is what the clock on the wall will show, also beyond the night in which it is changed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from coach.actions.reminders.settings import add, all_reminders, remove
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.reminders.reminder import Reminder
from coach.domain.triage.answers import Pain
from coach.home import Home
from tests.helpers import NIGHTS, Ran

Coach = Callable[..., Ran]
Evening = Callable[[str, str], datetime]
EVENINGS = pytest.mark.parametrize(("zone", "wall"), NIGHTS)


def only_tea(home: Home, now: datetime) -> None:
    """Have one reminder: at ten in the morning."""
    for reminder in all_reminders(home):
        remove(home, reminder.id)
    add(home, Reminder(id="tea", kind="custom", at="10:00", text="tea"), now)


@EVENINGS
def test_the_next_reminder_comes_when_the_clock_says_so(
    home: Home, coach: Coach, evening: Evening, zone: str, wall: str
) -> None:
    """At ten in the morning it is ten on the wall, in sentences and in JSON."""
    now = evening(zone, wall)
    only_tea(home, now)
    assert "10:00" in coach("status").out
    assert "10:00" in coach("today").out
    due = (datetime.fromisoformat(wall) + timedelta(hours=14)).replace(tzinfo=ZoneInfo(zone)).isoformat()
    assert coach("status", "--json").json()["next_reminder"]["due"] == due
    assert coach("today", "--json").json()["next_reminder"]["due"] == due
    assert [each["due"] for each in coach("reminders", "next", "--json").json()][:1] == [due]


@EVENINGS
def test_a_pause_of_hours_ends_when_the_clock_says_so(
    home: Home, coach: Coach, evening: Evening, zone: str, wall: str
) -> None:
    """So many hours are so many hours; where the clocks change meanwhile, the wall shows another time than now."""
    now = evening(zone, wall)
    only_tea(home, now)
    end = (now + timedelta(hours=15)).astimezone(ZoneInfo(zone))
    assert f"{end:%H:%M}" in coach("pause", "15h").out
    assert f"{end:%H:%M}" in coach("status").out
    assert coach("status", "--json").json()["pause"]["until"] == end.isoformat()


@EVENINGS
@pytest.mark.parametrize(("length", "days", "hours"), [("3d", 3, 0), ("1d", 1, 0), ("1d2h", 1, 2)])
def test_a_pause_of_days_ends_at_the_same_hour(
    coach: Coach, evening: Evening, zone: str, wall: str, length: str, days: int, hours: int
) -> None:
    """Three days from eight in the evening end at eight in the evening, however long the night between them was."""
    evening(zone, wall)
    end = (datetime.fromisoformat(wall) + timedelta(days=days, hours=hours)).replace(tzinfo=ZoneInfo(zone))
    assert f"{end:%H:%M}" in coach("pause", length).out
    assert coach("status", "--json").json()["pause"]["until"] == end.isoformat()


@EVENINGS
def test_a_pause_for_safety_ends_when_the_clock_says_so(
    home: Home, coach: Coach, evening: Evening, zone: str, wall: str
) -> None:
    """It lasts a day or two to the minute, and ends at the hour that the wall shows then."""
    now = evening(zone, wall)
    save(home, NewAnswers(pain=Pain(walking=7), none_of_the_signs=True), now)
    end = (now + timedelta(hours=48)).astimezone(ZoneInfo(zone))
    assert coach("today", "--json").json()["pause"]["until"] in (None, end.isoformat())
    assert f"{end:%H:%M}" in coach("today").out


@EVENINGS
def test_it_hurts_rests_until_midnight_on_the_wall(
    home: Home, coach: Coach, evening: Evening, zone: str, wall: str
) -> None:
    """Said on the morning after the clocks were changed, or just before: it ends with the day that the person has."""
    morning = datetime.fromisoformat(wall) + timedelta(hours=4, minutes=30)
    evening(zone, morning.isoformat())
    coach("hurts")
    midnight = datetime.combine(morning.date() + timedelta(days=1), datetime.min.time(), ZoneInfo(zone))
    assert coach("today", "--json").json()["pause"]["until"] == midnight.isoformat()


@EVENINGS
def test_a_day_told_of_beyond_the_change_stays_that_day(
    home: Home, coach: Coach, evening: Evening, zone: str, wall: str
) -> None:
    """Nine in the evening of the third day after, somebody tells of the day before the change."""
    told_of = datetime.fromisoformat(wall).date()
    evening(zone, f"{told_of + timedelta(days=3)}T21:00")
    assert coach("check-in", "--walking", "2", "--none-of-the-signs", "--day", str(told_of)).code == 0
    assert [each["day"] for each in coach("history", "--json").json()["check_ins"]] == [str(told_of)]
    assert coach("history").out.startswith(str(told_of))
    assert coach("history", "--days", "3", "--json").json()["check_ins"] == []
