"""The log of reminders: each slot once, whoever writes it, and what nobody can read is none."""

from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path

import msgspec
import pytest
from msgspec import Raw

from coach.errors import CoachError
from coach.home import Home
from coach.places import Places
from coach.records.delivery_log import Entry, more_told
from coach.records.file_format import decode_object

DUE = "2026-11-22T09:50:00+09:00"
OUTCOMES = ("dreamt", "missed", "failed", "held", "shown", "skipped", "snoozed", "acted")
"""From the least to the most; the first is a newer version's."""


def entry(name: str = "desk@09:50", due: str = DUE, outcome: str = "shown") -> Entry:
    return {"id": name, "due": due, "outcome": outcome}


def raw(values: Entry) -> Raw:
    return Raw(msgspec.json.encode(values))


def machine(folder: Path) -> Home:
    return Home(Places(data=folder, config=folder, cache=folder / "cache", logs=folder))


@pytest.mark.parametrize("place", range(len(OUTCOMES) - 1))
def test_of_two_machines_that_tell_of_a_slot_the_one_with_more_counts(place: int) -> None:
    """A popup that one showed is not missed because the other slept, in whatever order they are merged."""
    less, more = (raw(entry(outcome=outcome)) for outcome in OUTCOMES[place : place + 2])
    for old, new in permutations((less, more)):
        assert bytes(more_told(old, new)) == bytes(more)
    strange = raw({**entry(), "outcome": ["shown"]})
    assert bytes(more_told(strange, more)) == bytes(more)


def test_of_two_that_tell_the_same_every_machine_takes_the_same(tmp_path: Path) -> None:
    """Or they would write to each other for ever; and what came of it is counted once."""
    entries = [{**entry(), "channel": "plyer"}, {**entry(), "channel": "desktop"}]
    logs = [machine(tmp_path / name).records.delivery_log() for name in "ab"]
    for log, (first, second) in zip(logs, permutations(entries), strict=True):
        assert log.merge([first]) == 1
        log.merge([second])
        assert log.merge(entries) == 0
    assert logs[0].entries() == logs[1].entries()
    assert [decode_object(each) for each in logs[0].raw_entries()] == logs[0].entries()


def test_entries_come_by_the_moment_they_were_due_whatever_their_offset(home: Home) -> None:
    """A journey changes the offset in the middle of a day; at one moment the id decides."""
    log = home.records.delivery_log()
    there, later = entry("c", "2026-11-22T01:00:00+00:00"), entry("a", "2026-11-22T10:30:00+09:00")
    same = entry("b", "2026-11-22T10:00:00+09:00")
    log.put(later, there, same)
    assert log.entries() == [same, there, later]
    ten = datetime.fromisoformat("2026-11-22T10:00:00+09:00")
    assert log.entries(ten) == [same, there, later]
    assert log.entries(ten + timedelta(seconds=1)) == [later]
    far = [entry("west", "2026-11-21T23:00:00-11:00"), entry("east", "2026-11-23T01:00:00+14:00")]
    log.put(*far)
    assert log.entries(datetime.fromisoformat("2026-11-22T09:00:00+00:00")) == far


def test_what_is_put_keeps_what_another_version_noted(home: Home) -> None:
    """Field by field; and the slot stays where it was due first."""
    log = home.records.delivery_log()
    log.put({**entry(), "mood": "calm"})
    log.put(entry(outcome="acted"))
    assert log.entries() == [{**entry(outcome="acted"), "mood": "calm"}]


@pytest.mark.parametrize(
    "due", ["2026-11-22T09:50:00", "soon", "", None, 5, "1969-11-22T09:50:00+09:00", "2201-11-22T09:50:00+09:00"]
)
def test_an_entry_without_a_moment_is_none(home: Home, due: object) -> None:
    """It is refused; one that somebody wrote by hand stays in the file, and stops nobody."""
    log = home.records.delivery_log()
    log.put(entry())
    values = {**entry("x"), "due": due}
    for keep in (log.put, log.claim):
        with pytest.raises(CoachError, match="unreadable"):
            keep(values)
    path = home.places.data / "reminders-2026-11.json"
    path.write_bytes(path.read_bytes().replace(b'"items":[', b'"items":[' + msgspec.json.encode(values) + b","))
    assert log.entries() == [entry()]
    assert log.claim(entry("y"))
    assert msgspec.json.encode(values) in path.read_bytes()
