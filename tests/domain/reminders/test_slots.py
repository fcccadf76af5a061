"""Slots: when a reminder is due, over midnight, over clock changes, and after an absence."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from coach.domain.profile import Profile, defaults
from coach.domain.reminders.reminder import WEEKDAYS, Between, Reminder, ReminderKind, Weekday
from coach.domain.reminders.slots import Slot, Span, due_between, make_slot, merged, window_minutes, within
from coach.domain.status.wall_clock import resolve

TOKYO = ZoneInfo("Asia/Tokyo")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
WORK = Between("09:00", "18:00")


def every(
    minutes: int,
    between: Between = WORK,
    days: tuple[Weekday, ...] = WEEKDAYS,
    kind: ReminderKind = "desk-break",
) -> Reminder:
    return Reminder(id="r", kind=kind, every_min=minutes, between=between, days=days)


def on(day: str, reminder: Reminder, zone: ZoneInfo = TOKYO, absences: tuple[Span, ...] = ()) -> list[Slot]:
    start = datetime.fromisoformat(day).replace(tzinfo=zone)
    return due_between(reminder, zone, start - timedelta(seconds=1), start + timedelta(days=1), absences)


def clocks(slots: list[Slot]) -> list[str]:
    return [f"{one.due:%H:%M}" for one in slots]


def test_every_fifty_minutes_of_a_working_day() -> None:
    """The first comes fifty minutes after the start, the last before the end."""
    found = clocks(on("2026-11-23", every(50)))
    assert found == ["09:50", "10:40", "11:30", "12:20", "13:10", "14:00", "14:50", "15:40", "16:30", "17:20"]


def test_the_end_itself_is_no_slot() -> None:
    """A whole number of intervals does not ring at closing time."""
    assert clocks(on("2026-11-23", every(60)))[-1] == "17:00"


def test_hours_over_midnight_belong_to_the_day_on_which_they_begin() -> None:
    """A night shift on Monday rings until Tuesday morning, and not on Tuesday night."""
    night = every(120, Between("22:00", "06:00"), ("mon",))
    assert clocks(on("2026-11-23", night)) == ["00:00"]
    assert clocks(on("2026-11-24", night)) == ["00:00", "02:00", "04:00"]
    assert on("2026-11-25", night) == []


def test_days_of_the_week() -> None:
    """What is for weekdays leaves the weekend alone."""
    assert on("2026-11-22", every(50, days=("mon", "fri"))) == []
    assert len(on("2026-11-27", every(50, days=("mon", "fri")))) == 10


@pytest.mark.parametrize(
    ("zone", "day", "at", "due"),
    [
        (BERLIN, "2026-03-29", "02:30", "2026-03-29T03:00:00+02:00"),
        (NEW_YORK, "2026-03-08", "02:30", "2026-03-08T03:00:00-04:00"),
        (LORD_HOWE, "2026-10-04", "02:15", "2026-10-04T02:30:00+11:00"),
        (BERLIN, "2026-10-25", "02:30", "2026-10-25T02:30:00+02:00"),
        (NEW_YORK, "2026-11-01", "01:30", "2026-11-01T01:30:00-04:00"),
        (LORD_HOWE, "2026-04-05", "01:45", "2026-04-05T01:45:00+11:00"),
    ],
)
def test_the_days_on_which_clocks_change(zone: ZoneInfo, day: str, at: str, due: str) -> None:
    """A skipped time comes at the first moment after; a repeated one comes once, the first time."""
    found = on(day, Reminder(id="r", kind="custom", at=at), zone)
    assert [one.due.isoformat() for one in found] == [due]


def test_slots_that_fall_together_after_a_skipped_hour_are_one() -> None:
    """Three slots that the clocks skip to one moment are one slot, and so one popup."""
    found = on("2026-03-29", every(30, Between("01:00", "04:00"), kind="custom"), BERLIN)
    assert clocks(found) == ["01:30", "03:00", "03:30"]


def test_a_repeated_hour_rings_once() -> None:
    """On the day that has the hour twice, every local time comes once."""
    found = on("2026-10-25", every(30, Between("01:00", "04:00"), kind="custom"), BERLIN)
    assert clocks(found) == ["01:30", "02:00", "02:30", "03:00", "03:30"]
    assert len({one.due.astimezone(UTC) for one in found}) == 5


def away(start: str, end: str) -> Span:
    return Span(*(datetime.fromisoformat(f"2026-11-23T{at}+09:00") for at in (start, end)))


def test_an_absence_holds_what_falls_in_it_and_begins_the_count_anew() -> None:
    """Back at 11:05 after a walk: the next break is fifty minutes later, not in twenty-five."""
    found = on("2026-11-23", every(50), absences=(away("10:30:00", "11:05:00"),))
    assert [(f"{slot.due:%H:%M}", slot.held) for slot in found][:6] == [
        ("09:50", None), ("10:40", "away"), ("11:30", "count-began-anew"), ("11:55", None),
        ("12:20", "count-began-anew"), ("12:45", None),
    ]  # fmt: skip


def test_what_a_new_count_had_announced_is_accounted_for_too() -> None:
    """Away twice: the break that the first new count announced does not vanish without a word."""
    absences = (away("10:30:00", "11:05:00"), away("11:20:00", "11:40:00"))
    found = {f"{slot.due:%H:%M}": slot.held for slot in on("2026-11-23", every(50), absences=absences)}
    assert found["11:30"] == "away"
    assert found["11:55"] == "count-began-anew"
    assert found["12:30"] is None


def test_a_custom_reminder_is_not_moved_by_an_absence() -> None:
    """Somebody's own words come at the time they said."""
    assert clocks(on("2026-11-23", every(50, kind="custom"), absences=(away("10:30:00", "11:05:00"),)))[1] == "10:40"


def test_who_comes_late_to_work_is_counted_from_then() -> None:
    """An absence over the start of the hours moves the first slot."""
    found = on("2026-11-23", every(50), absences=(away("08:00:00", "09:20:00"),))
    assert clocks([slot for slot in found if not slot.held])[0] == "10:10"


def test_the_grace_of_a_routine_is_the_rest_of_its_day() -> None:
    """A break is stale after a quarter of an hour; the routine can still be done before midnight."""
    due = datetime(2026, 11, 23, 20, 0, tzinfo=TOKYO)
    assert make_slot("r", "desk-break", due).until == due + timedelta(minutes=15)
    assert make_slot("r", "routine", due).until == datetime(2026, 11, 24, tzinfo=TOKYO)


def test_one_slot_has_one_id_in_every_zone() -> None:
    """The same moment of the same reminder is the same slot, wherever the laptop is carried."""
    due = resolve(datetime(2026, 11, 23, 20, 0), TOKYO)
    assert make_slot("r", "custom", due).id == make_slot("r", "custom", due.astimezone(BERLIN)).id


def test_defaults_follow_the_working_hours() -> None:
    """Without a choice there are breaks and a nudge in working hours, a check-in, and the routine."""
    found = {one.id: one for one in defaults(Profile(work=Between("07:00", "15:00"), daily_at="00:10"))}
    assert found["desk-break"].between == Between("07:00", "15:00")
    assert found["routine"].at == "00:10"
    assert found["check-in"].at == "23:40"


def test_short_hours_have_no_break_that_would_never_come() -> None:
    """Half an hour of work has no desk break."""
    assert {one.id for one in defaults(Profile(work=Between("09:00", "09:30")))} == {"check-in", "routine"}


def test_hours_of_a_day() -> None:
    """Quiet hours over midnight hold both the evening and the morning; equal ends are a whole day."""
    quiet = Between("22:00", "07:00")
    assert within(quiet, datetime(2026, 1, 1, 23, 0).time())
    assert within(quiet, datetime(2026, 1, 1, 6, 59).time())
    assert not within(quiet, datetime(2026, 1, 1, 7, 0).time())
    assert window_minutes(quiet) == 540
    assert window_minutes(Between("00:00", "00:00")) == 1440


def test_spans_that_touch_are_one() -> None:
    """Two looks at one absence are one absence; what lies apart from it stays apart, and within it changes nothing."""
    assert merged([away("10:10:00", "10:20:00"), away("10:00:00", "10:10:00")]) == (away("10:00:00", "10:20:00"),)
    first, second, inner = away("09:00:00", "09:05:00"), away("10:00:00", "10:10:00"), away("10:02:00", "10:03:00")
    last = away("10:09:00", "10:20:00")
    assert merged([last, inner, second, first]) == (first, away("10:00:00", "10:20:00"))
