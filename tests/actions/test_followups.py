"""What is said to a reason why there was no routine is what is done."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from coach.actions.followups import routine_reminder, why_not
from coach.actions.reminders import settings
from coach.actions.today import today
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.reminders.reminder import Reminder
from coach.domain.triage.answers import Pain
from coach.home import Home

NOW = datetime.fromisoformat("2026-11-23T09:12+09:00")


@pytest.fixture
def calm(home: Home) -> Home:
    """Return a home with a calm check-in just made."""
    save(home, NewAnswers(pain=Pain(rest=0, walking=1, during=0), none_of_the_signs=True), NOW - timedelta(minutes=5))
    return home


def routine(home: Home) -> str:
    """Return the routine of today."""
    planned = today(home, NOW).plan.routine
    assert planned is not None
    return planned.id


def test_another_routine_is_promised_only_where_there_is_one(calm: Home) -> None:
    """In the evening there are two; in the morning one, and it says so."""
    before = routine(calm)
    assert why_not(calm, "bored", NOW) == "another"
    assert routine(calm) != before
    calm.records.change_profile(lambda old: replace(old, slot="morning"))
    assert why_not(calm, "bored", NOW) == "no-other"


def test_the_reminder_to_move_is_the_one_that_comes(calm: Home) -> None:
    """By whatever name; where none is on, one is to be made instead."""
    assert why_not(calm, "forgot", NOW) == "move-reminder"
    settings.edit(calm, "routine", NOW, enabled=False)
    assert why_not(calm, "forgot", NOW) == "make-reminder"
    settings.add(calm, Reminder(id="mine", kind="routine", at="07:00"), NOW)
    found = routine_reminder(calm)
    assert found is not None
    assert found.id == "mine"
    assert why_not(calm, "forgot", NOW) == "move-reminder"
