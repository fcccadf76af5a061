"""The settings as they stand in the file: what is right stays, whoever wrote it, and what is wrong is known to be."""

from typing import Any

import msgspec
import pytest

from coach.domain.profile import Profile
from coach.domain.reminders.reminder import Between, Reminder
from coach.records.file_format import Values
from coach.records.safe_file import DamagedError
from coach.records.settings import profile_of, repair_settings, values_of

DRINK: Values = {"id": "drink", "kind": "custom", "at": "11:00", "text": "Drink", "since": "2026-11-22T08:00:00+09:00"}
STAND: Values = {**DRINK, "id": "stand", "text": "Stand"}
WRONG: dict[str, Any] = {
    "daily_at": "24:00",
    "work": {"start": "09:00", "end": "25:00"},
    "quiet": {"start": "9", "end": "18:00"},
    "region": 5,
    "contexts": ["tired"],
    "baseline": 10**400,
    "reminders": [DRINK, DRINK],
}


@pytest.mark.parametrize("name", WRONG)
def test_each_setting_that_is_wrong_is_found(name: str) -> None:
    """A time that is none, a number without end, two reminders of one name: each would stop a later command."""
    with pytest.raises(DamagedError):
        profile_of({name: WRONG[name]})


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_setting_comes_from_the_copy_and_the_others_stay(name: str) -> None:
    """A slip of the hand in one line costs that line, and only where no copy has it."""
    good = msgspec.to_builtins(
        Profile(
            daily_at="07:30", work=Between("08:00", "17:00"), quiet=Between("22:00", "07:00"), region="jp",
            contexts=("diabetes",), baseline=2, reminders=(msgspec.convert(STAND, Reminder),),
        )
    )  # fmt: skip
    damaged = {**good, "region": "gb", "language": "ja", name: WRONG[name]}
    mended = profile_of(repair_settings(damaged, good))
    region = good["region"] if name == "region" else "gb"
    assert msgspec.to_builtins(mended) == {**good, "region": region, "language": "ja"}
    without_copy = profile_of(repair_settings(damaged, {}))
    assert without_copy.language == "ja"
    assert without_copy.contexts_known is (name != "contexts")
    assert without_copy.contexts == (() if name == "contexts" else ("diabetes",))


def test_of_reminders_those_that_can_be_kept_stay() -> None:
    """In their order; one whose moment of change is unreadable counts from the beginning of its day."""
    entries = [STAND, {**DRINK, "since": "soon"}, "tea", {"id": "x"}, DRINK, None]
    mended = profile_of(repair_settings({"reminders": entries}, {}))
    assert [(each.id, each.since is None) for each in mended.reminders or ()] == [("stand", False), ("drink", True)]
    whole = profile_of(repair_settings({"reminders": entries}, {"reminders": [DRINK]}))
    assert [each.id for each in whole.reminders or ()] == ["drink"], "a whole list is better than half a one"
    assert profile_of(repair_settings({"reminders": "all"}, {})).reminders == Profile().reminders


def test_what_a_newer_version_put_there_stays() -> None:
    """Of the file itself where both have it; in a reminder by its id, wherever that has moved to."""
    assert repair_settings({"new": 1}, {"new": 2, "old": 3}) == {"new": 1, "old": 3, "contexts_known": False}
    before = {
        "new": {"a": 1}, "work": {"start": "09:00", "end": "18:00", "pause": "12:00"}, "contexts": ["diabetes"],
        "reminders": [{**DRINK, "sound": "bell"}, {"id": 4}, "x", {**STAND, "sound": "gong"}],
    }  # fmt: skip
    reminders = tuple(msgspec.convert(each, Reminder) for each in (STAND, DRINK, {**DRINK, "id": "new"}))
    profile = Profile(work=Between("08:00", "17:00"), reminders=reminders)
    kept = values_of(profile, before)
    assert next(iter(kept.items())) == ("schema", 1)
    assert kept["new"] == {"a": 1}
    assert kept["work"] == {"start": "08:00", "end": "17:00", "pause": "12:00"}
    assert kept["contexts"] == []
    assert [(each["id"], each.get("sound")) for each in kept["reminders"]] == [
        ("stand", "gong"), ("drink", "bell"), ("new", None),
    ]  # fmt: skip
    assert profile_of(kept) == profile
