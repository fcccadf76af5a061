"""The calendar export, read by another library: the times of the reminders, a zone, an alarm, a stable name."""

import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject

from coach.domain.profile import Profile, defaults
from coach.domain.reminders.reminder import Between, Reminder
from coach.domain.reminders.slots import due_between
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
    found: list[datetime] = list(event.getrruleset(addRDate=True).between(START, until))
    return [one.replace(tzinfo=BERLIN) for one in found]


@pytest.mark.parametrize("reminder", [DESK, NIGHT, DAILY], ids=lambda one: one.id)
def test_a_calendar_calls_when_the_reminder_would(reminder: Reminder) -> None:
    """Over three weeks, each slot once and nothing else, also over midnight."""
    until = START + timedelta(days=21)
    events = read(calendar([reminder], BERLIN, START, Words("en")))
    found = sorted(at for event in events for at in occurrences(event, until))
    assert found == [slot.due for slot in due_between(reminder, BERLIN, START, until)]


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


def test_names_are_one_s_own(home: Home, tmp_path: Path) -> None:
    """Every event has a name of its own, and another home's are others."""
    names = [event.uid.value for event in read(calendar([DESK, DAILY], BERLIN, START, Words("en"), owner="me"))]
    others = [event.uid.value for event in read(calendar([DESK, DAILY], BERLIN, START, Words("en"), owner="you"))]
    assert len(set(names)) == len(names)
    assert not set(names) & set(others)


def test_what_is_gone_since_the_last_export_is_cancelled(home: Home, tmp_path: Path) -> None:
    """A removed reminder leaves the calendar with the next export; the file is its owner's alone."""
    from coach.actions.reminders import settings

    target = tmp_path / "a.ics"
    export(home, target, NOW, Words("en"))
    count = len(read(target.read_bytes()))
    settings.remove(home, "routine")
    export(home, target, NOW + timedelta(minutes=5), Words("en"))
    events = read(target.read_bytes())
    cancelled = [event.uid.value for event in events if event.status.value == "CANCELLED"]
    assert len(events) == count
    assert len(cancelled) == 1
    assert cancelled[0].startswith("routine-1-")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_pause_cancels_what_rests_where_asked(kept: Home, tmp_path: Path, at: Callable[[str], datetime]) -> None:
    """While a pause for safety stands, routine and desk breaks are cancelled; the check-in stays."""
    target = tmp_path / "a.ics"
    paused = datetime.fromisoformat("2026-11-03T21:00:00+09:00")
    export(kept, target, paused, Words("en"), cancel_resting=True)
    states = {event.uid.value.rsplit("-", 2)[0]: event.status.value for event in read(target.read_bytes())}
    assert states["routine"] == states["desk-break"] == "CANCELLED"
    assert states["check-in"] == "CONFIRMED"
    export(kept, target, NOW, Words("en"), cancel_resting=True)
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
