"""The calendar export, read by another library: the times of the reminders, a zone, an alarm, a stable name."""

import stat
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject

from coach.actions.reminders import settings
from coach.domain.profile import Profile, defaults
from coach.domain.reminders.reminder import Between, Reminder, ReminderKind
from coach.domain.reminders.slots import due_between
from coach.errors import CoachError
from coach.home import Home
from coach.report.calendar import calendar, export
from coach.words import Words
from tests.helpers import Ran
from tests.report.conftest import NOW

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 11, 20, 8, 0, tzinfo=BERLIN)
DESK = Reminder(id="desk", kind="desk-break", every_min=50, between=Between("09:00", "18:00"), days=("mon", "fri"))
NIGHT = Reminder(
    id="night", kind="custom", every_min=60, between=Between("22:30", "01:00"), days=("fri",), text="[b]薬[/b]"
)
DAILY = Reminder(id="routine", kind="routine", at="20:00")


def read(made: bytes) -> list[Any]:
    """Return the events as the second library reads them."""
    return list(vobject.readOne(made.decode()).contents["vevent"])


def occurrences(event: Any, until: datetime) -> list[datetime]:
    """Return when an event comes, in local time, as the second library works it out."""
    times: list[datetime] = list(event.getrruleset(addRDate=True).between(START, until))
    return [at.replace(tzinfo=BERLIN) for at in times]


@pytest.mark.parametrize("reminder", [DESK, NIGHT, DAILY], ids=lambda reminder: reminder.id)
def test_a_calendar_calls_when_the_reminder_would(reminder: Reminder) -> None:
    """Over three weeks, each slot once and nothing else, also over midnight."""
    until = START + timedelta(days=21)
    events = read(calendar([reminder], BERLIN, START, Words("en")))
    times = sorted(at for event in events for at in occurrences(event, until))
    assert times == [slot.due for slot in due_between(reminder, BERLIN, START, until)]


def test_a_reminder_on_a_date_is_one_event_of_that_day() -> None:
    """It comes once, weeks ahead, and never again."""
    visit = Reminder(id="visit", kind="custom", at="14:30", on=date(2026, 12, 24), text="Dr Sato")
    (event,) = read(calendar([visit], BERLIN, START, Words("en")))
    assert event.dtstart.value == datetime(2026, 12, 24, 14, 30, tzinfo=BERLIN)
    assert "rrule" not in event.contents
    assert event.summary.value == "Dr Sato"


def test_a_phone_would_take_it() -> None:
    """CRLF, no line over 75 bytes, a zone of its own, and one alarm an event."""
    made = calendar(defaults(Profile()), BERLIN, START, Words("ja"))
    assert made.endswith(b"END:VCALENDAR\r\n")
    assert max(map(len, made.split(b"\r\n"))) <= 75
    whole = vobject.readOne(made.decode())
    assert [zone.tzid.value for zone in whole.contents["vtimezone"]] == ["Europe/Berlin"]
    for event in whole.contents["vevent"]:
        assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Europe/Berlin"]
        assert event.valarm.action.value == "DISPLAY"


@pytest.mark.parametrize(
    ("kind", "minutes"), [("desk-break", 1), ("routine", 10), ("check-in", 2), ("posture", 1), ("custom", 5)]
)
def test_an_event_takes_as_long_as_what_it_calls_to(kind: ReminderKind, minutes: int) -> None:
    """A day planned around it has room for it, and no more is taken from the day."""
    reminder = Reminder(id="a", kind=kind, at="20:00", text="tea" if kind == "custom" else "")
    (event,) = read(calendar([reminder], BERLIN, START, Words("en")))
    assert event.duration.value == timedelta(minutes=minutes)


def test_titles_say_nothing_of_health() -> None:
    """A calendar is shared with others; only what the person wrote themselves stands as it is."""
    for language in ("en", "ja"):
        events = read(calendar(defaults(Profile()), BERLIN, START, Words(language)))
        titles = " ".join(event.summary.value for event in events).lower()
        assert not any(word in titles for word in ("knee", "pain", "stretch", "膝", "痛", "ストレッチ"))
    assert read(calendar([NIGHT], BERLIN, START, Words("en")))[0].summary.value == "[b]薬[/b]"


def test_a_changed_time_moves_its_event() -> None:
    """The name stays, the sequence rises: a calendar that reads it again moves the event and adds none."""
    before = read(calendar([DAILY], BERLIN, START, Words("en"), owner="me"))[0]
    moved = Reminder(id="routine", kind="routine", at="19:00")
    after = read(calendar([moved], BERLIN, START + timedelta(hours=1), Words("en"), owner="me"))[0]
    assert before.uid.value == after.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.dtstart.value.hour == 19


def test_two_homes_have_different_uids() -> None:
    """In one calendar, no event of one person is taken for another's."""
    uids = [event.uid.value for event in read(calendar([DESK, DAILY], BERLIN, START, Words("en"), owner="me"))]
    others = [event.uid.value for event in read(calendar([DESK, DAILY], BERLIN, START, Words("en"), owner="you"))]
    assert len(set(uids)) == len(uids)
    assert not set(uids) & set(others)


def statuses(file: Path) -> dict[str, tuple[str, str]]:
    """Return the status and the title of each event of a file, by its UID."""
    return {event.uid.value: (event.status.value, event.summary.value) for event in read(file.read_bytes())}


def test_a_removed_reminder_is_cancelled_once_with_its_title(home: Home, tmp_path: Path) -> None:
    """The next export takes it out of the calendar, the one after no longer speaks of it."""
    file = tmp_path / "a.ics"
    export(home, file, NOW, Words("en"))
    before = statuses(file)
    settings.remove(home, "routine")
    export(home, file, NOW + timedelta(seconds=5), Words("en"))
    (removed,) = [uid for uid, (status, _) in statuses(file).items() if status == "CANCELLED"]
    assert removed.startswith("routine-1-")
    assert statuses(file)[removed] == ("CANCELLED", before[removed][1])
    assert statuses(file).keys() == before.keys()
    export(home, file, NOW + timedelta(seconds=10), Words("en"))
    assert statuses(file).keys() == before.keys() - {removed}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_could_not_be_written_is_cancelled_by_the_next_export(home: Home, tmp_path: Path) -> None:
    """An export that failed has cancelled nothing in anyone's calendar."""
    file = tmp_path / "a.ics"
    export(home, file, NOW, Words("en"))
    settings.remove(home, "routine")
    with pytest.raises(CoachError):
        export(home, tmp_path, NOW, Words("en"))
    export(home, file, NOW, Words("en"))
    assert "CANCELLED" in {status for status, _ in statuses(file).values()}


def test_a_pause_cancels_what_rests_where_asked(
    three_weeks: Home, tmp_path: Path, at: Callable[[str], datetime]
) -> None:
    """While a pause for safety stands, routine and desk breaks are cancelled; the check-in stays."""
    target = tmp_path / "a.ics"
    paused = datetime.fromisoformat("2026-11-03T21:00:00+09:00")
    export(three_weeks, target, paused, Words("en"), cancel_resting=True)
    states = {event.uid.value.rsplit("-", 2)[0]: event.status.value for event in read(target.read_bytes())}
    assert states["routine"] == states["desk-break"] == "CANCELLED"
    assert states["check-in"] == "CONFIRMED"
    export(three_weeks, target, NOW, Words("en"), cancel_resting=True)
    assert {event.status.value for event in read(target.read_bytes())} == {"CONFIRMED"}


def test_the_command_writes_it_and_says_where(coach: Callable[..., Ran], tmp_path: Path) -> None:
    """One file, from any folder, also where a pause shall cancel."""
    target = tmp_path / "coach.ics"
    ran = coach("reminders", "export", str(target), "--cancel-paused")
    assert ran.code == 0
    assert str(target) in ran.out + ran.err
    assert len(read(target.read_bytes())) == 14


def test_an_event_begins_with_what_is_still_to_come() -> None:
    """An export in the evening does not begin with this morning's break."""
    evening = START.replace(hour=19)
    for event in read(calendar([DESK, DAILY], BERLIN, evening, Words("en"))):
        assert event.dtstart.value.replace(tzinfo=BERLIN) > evening
