"""Which reminders can be kept: each that can never come is refused with its reason, and each edge counts."""

import pytest
from msgspec.structs import replace

from coach.domain.reminders.check import fault_of, faults_of, is_time
from coach.domain.reminders.reminder import Between, Reminder

AT = Reminder(id="tea", kind="custom", at="10:00")
OFTEN = Reminder(id="up", kind="desk-break", every_min=50, between=Between("09:00", "18:00"))
FAULTS = {
    "id": (replace(AT, id=""), replace(AT, id="-a"), replace(AT, id="a b"), replace(AT, id="a" * 41),
           replace(AT, id="ice"), replace(AT, id="snooze"), replace(AT, id="break")),
    "days": (replace(AT, days=()),),
    "text": (replace(AT, text=""), replace(AT, text="  "), replace(AT, text="x" * 501)),
    "when": (replace(AT, at=None), replace(AT, every_min=50), replace(OFTEN, at="10:00"),
             replace(AT, between=OFTEN.between)),
    "on-at": (replace(OFTEN, on="2026-11-22"),),
    "time": (replace(AT, at="24:00"), replace(AT, at="9:00"), replace(AT, at="10:60")),
    "every-between": (replace(OFTEN, between=None), replace(OFTEN, every_min=None)),
    "hours": (replace(OFTEN, between=Between("9", "18:00")), replace(OFTEN, between=Between("09:00", "18"))),
    "length-range": (replace(OFTEN, every_min=0), replace(OFTEN, every_min=1441)),
    "never": (replace(OFTEN, every_min=540), replace(OFTEN, between=Between("09:00", "09:50"))),
}  # fmt: skip
FINE = (
    AT, OFTEN, replace(AT, id="a" * 40), replace(AT, text="x"), replace(AT, text=" " + "x" * 500),
    replace(AT, at="23:59"), replace(AT, on="2026-11-22"), replace(OFTEN, every_min=539), replace(OFTEN, every_min=1),
    replace(OFTEN, between=Between("09:00", "09:51")),
    replace(OFTEN, between=Between("00:00", "00:00"), every_min=1439),
)  # fmt: skip


@pytest.mark.parametrize(("reason", "reminder"), [(why, each) for why, faulty in FAULTS.items() for each in faulty])
def test_what_can_never_come_is_refused_with_its_reason(reason: str, reminder: Reminder) -> None:
    """Also beside others that can be kept."""
    fault = fault_of(reminder)
    assert fault is not None
    assert fault.reason == reason
    assert list(faults_of((AT, reminder))) == [1]


@pytest.mark.parametrize("reminder", FINE)
def test_what_can_come_is_kept(reminder: Reminder) -> None:
    """Up to each edge."""
    assert fault_of(reminder) is None


def test_each_id_is_one_reminders_and_thirty_are_enough() -> None:
    """The second of one id is refused, and the thirty-first; a faulty one takes no place."""
    assert {place: fault.reason for place, fault in faults_of((AT, OFTEN, AT)).items()} == {2: "id-taken"}
    many = [replace(AT, id=f"r{number}") for number in range(31)]
    assert {place: fault.reason for place, fault in faults_of(many).items()} == {30: "many"}
    assert faults_of(many[:30]) == {}
    assert list(faults_of([replace(AT, id="!"), *many[:30]])) == [0]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("00:00", True), ("23:59", True), ("24:00", False), ("9:00", False), ("09:60", False), ("", False)],
)
def test_a_time_of_day_is_kept_in_one_form(text: str, is_one: bool) -> None:
    """Hours and minutes, two figures each."""
    assert is_time(text) is is_one
