"""When a day ends: midnight for most, the end of the shift for who works over it."""

from datetime import datetime

import pytest

from coach.domain.profile import Profile
from coach.domain.reminders.reminder import WEEKDAYS, Between
from coach.domain.status.history import History, Hurt
from coach.domain.status.status import current_status
from coach.domain.status.working_day import end_of_day, hurt_rest_end
from coach.home import Home

NIGHT = Between("22:00", "06:00")


def at(text: str) -> datetime:
    """Return a moment of the week that begins on Monday, 23 November 2026."""
    return datetime.fromisoformat(f"2026-11-{text}+09:00")


@pytest.mark.parametrize(
    ("moment", "work", "days", "end"),
    [
        ("23T12:00", Between("09:00", "18:00"), WEEKDAYS, "24T00:00"),
        ("23T23:40", NIGHT, WEEKDAYS, "24T06:00"),
        ("23T12:00", NIGHT, WEEKDAYS, "24T06:00"),
        ("24T00:30", NIGHT, WEEKDAYS, "24T06:00"),
        ("24T06:00", NIGHT, WEEKDAYS, "25T06:00"),
        ("28T02:00", NIGHT, ("fri",), "28T06:00"),
        ("28T23:00", NIGHT, ("fri",), "29T00:00"),
        ("23T12:00", Between("16:00", "00:00"), WEEKDAYS, "24T00:00"),
        ("23T12:00", Between("00:00", "00:00"), WEEKDAYS, "24T00:00"),
    ],
)
def test_where_a_day_ends(moment: str, work: Between, days: tuple[str, ...], end: str) -> None:
    """A shift over midnight belongs to the day on which it began."""
    assert end_of_day(at(moment), work, days) == at(end)


def test_it_hurts_rests_the_shift_and_eight_hours_at_least() -> None:
    """At noon until midnight; at twenty to midnight until the morning; in a shift until it is over."""
    day = Between("09:00", "18:00")
    assert hurt_rest_end(at("23T12:00"), day, WEEKDAYS) == at("24T00:00")
    assert hurt_rest_end(at("23T23:40"), day, WEEKDAYS) == at("24T07:40")
    assert hurt_rest_end(at("23T21:00"), NIGHT, WEEKDAYS) == at("24T06:00")
    assert hurt_rest_end(at("23T23:40"), NIGHT, WEEKDAYS) == at("24T07:40")


def test_no_session_begins_in_the_shift_in_which_it_hurt(home: Home) -> None:
    """Noted at 23:40 of a night shift: paused at 00:30 and until the rest is over, gentle for the day that follows."""
    profile = Profile(work=NIGHT)
    history = History(hurts=(Hurt(id="h", at=at("23T23:40")),))

    def activity(now: str) -> tuple[str, object]:
        status = current_status(history, profile, home.content.rules, at(now))
        return status.activity, status.pause and status.pause.until

    assert activity("24T00:30") == ("pause", at("24T07:40"))
    assert activity("24T07:39")[0] == "pause"
    assert activity("24T07:40") == ("gentle", None)
    assert activity("24T23:00") == ("gentle", None)
