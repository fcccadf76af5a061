"""The one reminder a week in place of the daily ones: its time, its day, its name, and the way back."""

from datetime import datetime

from msgspec.structs import replace

from coach.domain.reminders.frequency import (
    FrequencyState,
    daily_reminders,
    made_daily,
    made_weekly,
    resting_reminders,
    weekly_reminder,
)  # fmt: skip
from coach.domain.reminders.reminder import Between, Reminder

SUNDAY = datetime.fromisoformat("2026-11-22T09:12+09:00")
CHECK_IN = Reminder(id="check-in", kind="check-in", at="19:30")
ROUTINE = Reminder(id="routine", kind="routine", at="20:00")
BREAK = Reminder(id="up", kind="desk-break", every_min=50, between=Between("09:00", "18:00"))
NEVER = FrequencyState()


def weekly(*reminders: Reminder, state: FrequencyState = NEVER) -> Reminder:
    return weekly_reminder(reminders, state, "Sunday", "21:00", SUNDAY)


def test_it_comes_on_this_day_at_the_routines_time() -> None:
    """At that of the check-in where there is no routine, else at the time of the settings."""
    made = weekly(CHECK_IN, ROUTINE)
    assert (made.kind, made.at, made.days, made.text, made.since) == ("check-in", "20:00", ("sun",), "Sunday", SUNDAY)
    assert weekly(CHECK_IN, replace(ROUTINE, enabled=False)).at == "19:30"
    assert weekly(BREAK).at == "21:00"
    often = replace(CHECK_IN, at=None, every_min=60, between=Between("09:00", "18:00"))
    assert weekly(often).at == "21:00"


def test_its_name_is_nobody_elses() -> None:
    """However many are taken; one that it had itself stays."""
    taken = [replace(BREAK, id=name) for name in ("weekly", "weekly-1", "weekly-2")]
    assert [weekly(*taken[:count]).id for count in range(4)] == ["weekly", "weekly-1", "weekly-2", "weekly-3"]
    assert weekly(*taken, state=FrequencyState(weekly="weekly-1")).id == "weekly-1"


def test_what_comes_daily_rests_for_it_and_comes_again() -> None:
    """Each that comes on more than one day; what was switched off before stays so, and nothing else is touched."""
    off = replace(CHECK_IN, id="old", enabled=False)
    rare = replace(ROUTINE, id="rare", days=("mon",))
    reminders = (CHECK_IN, ROUTINE, BREAK, off, rare)
    assert daily_reminders(reminders, NEVER) == (CHECK_IN, ROUTINE)
    made = weekly(*reminders)
    after = made_weekly(reminders, NEVER, made, SUNDAY)
    assert [(each.id, each.enabled) for each in after] == [
        ("check-in", False), ("routine", False), ("up", True), ("old", False), ("rare", True), ("weekly", True),
    ]  # fmt: skip
    assert after[0].since == SUNDAY
    assert after[2] is BREAK
    state = FrequencyState(weekly="weekly", resting=("check-in", "routine"))
    assert daily_reminders(after, state) == ()
    assert [each.id for each in resting_reminders(after, state)] == ["check-in", "routine"]
    assert resting_reminders(after[:-1], state) == ()
    again = made_daily(after, state, SUNDAY)
    assert [(each.id, each.enabled) for each in again] == [
        ("check-in", True), ("routine", True), ("up", True), ("old", False), ("rare", True),
    ]  # fmt: skip
