"""Two machines over one carried folder: what stands in a second copy alone is known here, and nothing of it is lost."""

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from coach import clock
from coach.actions.reminders.settings import add
from coach.actions.setup import set_up
from coach.actions.status.current import status_now
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.reminders.reminder import Reminder
from coach.domain.triage.answers import Pain
from coach.home import Home
from coach.places import Places
from coach.records.conflict_copy import original_name
from coach.records.safe_file import read_private
from tests.helpers import Ran, noting

Coach = Callable[..., Ran]
MARKS = (
    "{stem}.sync-conflict-20261130-101500-ABCDEF2{ending}",
    "{stem}.sync-conflict-20261130-101500{ending}",
    "{stem} (conflicted copy 2026-11-30){ending}",
    "{stem} (Anna's conflicted copy 2026-11-30){ending}",
    "{stem} (Anna's MacBook (2)'s conflicted copy 2026-11-30 (1)){ending}",
    "{stem} (花子の競合コピー 2026-11-30){ending}",
    "{stem} (花子の競合コヒ\u309aー 2026-11-30){ending}",
    "{stem}(花子の競合コピー 2026-11-30){ending}",
    "{stem} (conflicted copy 2026-11-30 101500){ending}",
    "{stem}_conflict-20261130-101500{ending}",
    "{stem} 2{ending}",
    "{stem} (1){ending}",
)
LONG_AGO = time.time() - 3600


def machine(folder: Path) -> Home:
    return Home(Places(data=folder, config=folder, cache=folder / "cache", logs=folder))


def marked(path: Path, mark: str) -> Path:
    stem, _, ending = path.name.rpartition(".")
    return path.with_name(mark.format(stem=stem, ending=f".{ending}"))


def carried(home: Home, other: Home, pattern: str, mark: str) -> list[Path]:
    """Bring the files of ``other`` into the folder of ``home``, as a carrier brings what was changed on both."""
    copies = []
    for path in sorted(other.places.data.glob(pattern)):
        copies.append(marked(home.places.data / path.name, mark))
        shutil.copyfile(path, copies[-1])
    return copies


@pytest.mark.parametrize("mark", [*MARKS, "{stem}(冲突副本20261130){ending}", "{stem}（競合コピー）{ending}"])
@pytest.mark.parametrize("name", ["records-2026-11.json", "profile.json", "records-2026-11.json.bak"])
def test_each_carriers_mark_is_known(mark: str, name: str) -> None:
    """Also a copy of a copy; and a name without a mark is none."""
    copy = marked(Path(name), mark).name
    assert original_name(copy) == name
    assert original_name(marked(Path(copy), mark).name) == name
    assert original_name(name) is None


@pytest.mark.parametrize("mark", MARKS)
def test_a_same_day_sign_in_a_copy_is_known_and_the_copy_goes(
    home: Home, tmp_path: Path, coach: Coach, mark: str
) -> None:
    """It rests here as it rested there; it is told once; and nothing is removed before that."""
    other = machine(tmp_path / "other")
    save(other, NewAnswers(pain=Pain(walking=1), signs={"locked-knee": "yes"}, none_of_the_signs=True), clock.now())
    save(home, NewAnswers(pain=Pain(rest=0, walking=1), none_of_the_signs=True), clock.now())
    copies = carried(home, other, "records-*.json", mark)
    assert status_now(home, clock.now()).advice == "today"
    assert len(home.records.history().check_ins) == 2
    assert not any(copy.exists() for copy in copies)
    ran = coach("today")
    assert copies[0].name in ran.err
    assert "merged in" in ran.err
    assert coach("today").err == ""


def test_the_stricter_of_two_settings_stays(home: Home, tmp_path: Path) -> None:
    """A condition told on either machine counts; the hours of the file itself stay, and the copy's lie aside."""
    other = machine(tmp_path / "other")
    set_up(home, contexts=("diabetes",), region="jp")
    set_up(other, contexts=("blood-thinner",), region="gb")
    (copy,) = carried(home, other, "profile.json", MARKS[0])
    profile = home.profile
    assert (set(profile.contexts), profile.region) == ({"diabetes", "blood-thinner"}, "jp")
    assert not copy.exists()
    (aside,) = home.places.data.glob("profile*.damaged-*")
    assert json.loads(aside.read_text("utf-8"))["region"] == "gb"


def test_a_machine_that_was_never_set_up_takes_the_settings_of_the_other(home: Home, tmp_path: Path) -> None:
    """All of them; what both know of health is put together, and one is the same person on both."""
    other = machine(tmp_path / "other")
    home.records.change_profile(lambda profile: replace(profile, contexts=("weak-immune",), person="p2"))
    set_up(other, contexts=("diabetes",), region="gb")
    other.records.change_profile(lambda profile: replace(profile, person="p1"))
    carried(home, other, "profile.json", MARKS[0])
    profile = home.profile
    assert (profile.set_up, profile.region, profile.person) == (True, "gb", "p1")
    assert set(profile.contexts) == {"diabetes", "weak-immune"}


def test_settings_that_bring_a_condition_are_something_new(home: Home, tmp_path: Path) -> None:
    """It may lengthen a pause of months ago; the same settings again bring nothing."""
    other = machine(tmp_path / "other")
    for context, is_new in (((), False), (("diabetes",), True)):
        set_up(home, contexts=(), region="jp")
        set_up(other, contexts=context, region="jp")
        carried(home, other, "profile.json", MARKS[0])
        home.records.take_in_copies()
        assert (home.records.state("reach") is not None) is is_new


def test_of_settings_that_are_partly_wrong_the_rest_lies_aside(home: Home, tmp_path: Path) -> None:
    """One reminder that nobody can keep: the others of that machine are not thrown away with it."""
    other = machine(tmp_path / "other")
    for each in (home, other):
        set_up(each, contexts=(), region="jp")
    add(other, Reminder(id="", kind="custom", at="11:00", text="tea"), clock.now())
    (copy,) = carried(home, other, "profile.json", MARKS[0])
    values = json.loads(copy.read_text("utf-8"))
    values["reminders"].append({"id": "x", "kind": "nothing"})
    copy.write_text(json.dumps(values), encoding="utf-8")
    home.records.take_in_copies()
    (aside,) = home.places.data.glob("profile*.damaged-*")
    assert "tea" in aside.read_text("utf-8")


def test_another_programs_file_is_read_again_only_once_it_changed(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large film list of that name does not slow down every look at the records."""
    save(home, NewAnswers(pain=Pain(rest=0, walking=1), none_of_the_signs=True), clock.now())
    theirs = home.places.data / "records-2026-11 2.json"
    read: list[str] = []
    monkeypatch.setattr("coach.records.copies.read_private", noting(read, read_private))
    for text, times in (("[1]", 1), ("[1, 2]", 2)):
        theirs.write_text(text, encoding="utf-8")
        for _ in range(3):
            home.records.take_in_copies()
        assert read == [theirs.name] * times


def test_the_log_of_reminders_is_merged_too(home: Home, tmp_path: Path) -> None:
    """A popup that the other machine showed is not missed here."""
    other = machine(tmp_path / "other")
    due = clock.now().isoformat()
    home.records.delivery_log().put({"id": "s", "due": due, "outcome": "missed"})
    other.records.delivery_log().put({"id": "s", "due": due, "outcome": "shown"})
    carried(home, other, "reminders-*.json", MARKS[2])
    assert [entry["outcome"] for entry in home.records.delivery_log().entries()] == ["shown"]


def test_what_was_dated_ahead_there_is_dated_ahead_here(home: Home, tmp_path: Path) -> None:
    """And when records were lost there, the signs are asked here."""
    other = machine(tmp_path / "other")
    other.records.note_dated_ahead(["x"])
    home.records.note_dated_ahead(["y"])
    lost_at = clock.now()
    (other.places.data / "damage.json").write_bytes(msgspec.json.encode({"damages": [], "lost_at": lost_at}))
    carried(home, other, "state.json", MARKS[0])
    carried(home, other, "damage.json", MARKS[0])
    history = home.records.history()
    assert history.dated_ahead == {"x", "y"}
    assert history.lost_at == lost_at


def test_everything_is_read_anew_only_where_something_came(home: Home, tmp_path: Path) -> None:
    """A copy of what is here already changes nothing; one with a record of years ago may hold a pause."""
    save(home, NewAnswers(pain=Pain(rest=0, walking=1), none_of_the_signs=True), clock.now())
    (path,) = home.places.data.glob("records-*.json")
    for brings_more in (False, True):
        copy = marked(path, MARKS[0])
        shutil.copyfile(path, copy)
        if brings_more:
            other = machine(tmp_path / "other")
            save(other, NewAnswers(pain=Pain(walking=1), none_of_the_signs=True), clock.now())
            carried(home, other, "records-*.json", MARKS[0])
        home.records.take_in_copies()
        assert not copy.exists()
        assert (home.records.state("reach") or {}).get("unread") is (True if brings_more else None)


def test_what_brings_nothing_makes_nobody_read_everything(home: Home, tmp_path: Path) -> None:
    """Another program's file, one that only looks like a copy, and one that is still on its way: at every look anew."""
    save(home, NewAnswers(pain=Pain(rest=0, walking=1), none_of_the_signs=True), clock.now())
    names = ("records-2026-11 2.json", "holiday (1).jpg", "state (2).json")
    for name, content in zip(names, ("[1]", "x", "{"), strict=True):
        (home.places.data / name).write_text(content, encoding="utf-8")
    for _ in range(3):
        home.records.take_in_copies()
    assert home.records.state("reach") is None
    assert all((home.places.data / name).exists() for name in names)


def test_half_written_settings_make_all_be_read_once(home: Home) -> None:
    """They no longer say which conditions there are, which is careful; looking at them again brings nothing more."""
    save(home, NewAnswers(pain=Pain(rest=0, walking=1), none_of_the_signs=True), clock.now())
    (home.places.data / "profile 2.json").write_text('{"schema":1,"region"', encoding="utf-8")
    home.records.take_in_copies()
    assert home.records.state("reach") is not None
    home.records.clear_state("reach")
    for _ in range(3):
        home.records.take_in_copies()
    assert home.records.state("reach") is None


def test_where_the_other_machine_syncs_is_known_and_ones_own_folder_stays(home: Home, tmp_path: Path) -> None:
    """Each machine has its place in the one document; what else was of its hour is let go."""
    other = machine(tmp_path / "other")
    home.records.keep_state("sync", {"here": {"folder": "/a"}, "both": {"folder": "/mine"}})
    other.records.keep_state("sync", {"there": {"folder": "/b"}, "both": {"folder": "/theirs"}})
    other.records.keep_state("session", {"step": 2})
    carried(home, other, "state.json", MARKS[0])
    home.records.take_in_copies()
    assert home.records.state("reach") is None, "nothing of it is a record"
    assert home.records.state("sync") == {
        "here": {"folder": "/a"}, "there": {"folder": "/b"}, "both": {"folder": "/mine"},
    }  # fmt: skip
    assert home.records.state("session") is None
    assert not list(home.places.data.glob("*.damaged-*"))  # nothing of it is left to look at


def test_of_half_a_copy_what_is_whole_counts_at_once_and_the_rest_is_waited_for(home: Home, tmp_path: Path) -> None:
    """A file on its way is read again when it is whole; one that stays broken is set aside, and the signs are asked."""
    other = machine(tmp_path / "other")
    for walking in (1, 2):
        save(other, NewAnswers(pain=Pain(walking=walking), none_of_the_signs=True), clock.now())
    home.places.data.mkdir()
    (copy,) = carried(home, other, "records-*.json", MARKS[0])
    whole = copy.read_bytes()
    copy.write_bytes(whole[: whole.rindex(b'"check-in"')])
    assert len(home.records.history().check_ins) == 1
    assert copy.exists()
    os.utime(copy, (LONG_AGO, LONG_AGO))
    history = home.records.history()
    assert not copy.exists()
    assert history.lost_at is not None
    assert [damage.what for damage in home.records.damage()] == ["copy-damaged"]
    assert list(home.places.data.glob("records*.damaged-*"))


@pytest.mark.parametrize(
    "days",
    ["[]", '{"x":{}}', '{"20261122":{"items":5}}', '{"20261122":{"items":[{"kind":"check-in","at":"now"}]}}'],
)
def test_what_is_wrong_within_a_copy_is_set_aside_too(home: Home, days: str) -> None:
    """Whole JSON, and not what this program writes: what cannot be merged is not thrown away with the rest."""
    save(home, NewAnswers(pain=Pain(rest=0, walking=1), none_of_the_signs=True), clock.now())
    copy = home.places.data / "records-2026-11 2.json"
    copy.write_text(f'{{"schema":1,"days":{days}}}', encoding="utf-8")
    os.utime(copy, (LONG_AGO, LONG_AGO))
    text = copy.read_text("utf-8")
    home.records.take_in_copies()
    assert [damage.what for damage in home.records.damage()] == ["copy-damaged"]
    (aside,) = home.places.data.glob("records*.damaged-*")
    assert aside.read_text("utf-8") == text
    assert not copy.exists()


def test_of_a_copy_of_a_backup_nobody_need_hear(home: Home) -> None:
    """Of one that holds nothing new; a second copy of the file itself is told of, as a person sees it in the folder."""
    save(home, NewAnswers(pain=Pain(rest=0, walking=1), none_of_the_signs=True), clock.now())
    for path in sorted(home.places.data.glob("records-*.json*")):
        copy = marked(path, MARKS[0])
        shutil.copyfile(path, copy)
        home.records.take_in_copies()
        assert not copy.exists()
        assert [damage.what for damage in home.records.damage()] == ([] if path.suffix == ".bak" else ["copied"])
        home.records.damage_told()


@pytest.mark.parametrize("content", ['{"title": "Kind of Blue"}', "[1]"])
def test_another_programs_file_stays_and_is_told_once(home: Home, coach: Coach, content: str) -> None:
    """Whatever its name: it is neither read nor removed, also by erasing."""
    coach("check-in", "--walking", "1", "--none-of-the-signs")
    for name in ("records-2026-11 2.json", "profile (conflicted copy 2026-01-02).json"):
        (home.places.data / name).write_text(content, encoding="utf-8")
    ran = coach("today")
    assert ran.err.count("another program") == 2
    assert coach("today").err == ""
    coach("erase", "--yes")
    assert sorted(path.name for path in home.places.data.iterdir()) == [
        "profile (conflicted copy 2026-01-02).json", "records-2026-11 2.json",
    ]  # fmt: skip


@pytest.mark.parametrize("what", ["folder", "link"])
def test_what_has_the_name_of_a_copy_and_is_no_file_stays(home: Home, tmp_path: Path, what: str) -> None:
    """It is told of once, and never followed."""
    save(home, NewAnswers(pain=Pain(rest=0, walking=1), none_of_the_signs=True), clock.now())
    path, victim = home.places.data / "records-2026-11 2.json", tmp_path / "victim.json"
    victim.write_text('{"schema":1,"days":{}}', encoding="utf-8")
    path.mkdir() if what == "folder" else path.symlink_to(victim)
    for _ in range(2):
        home.records.take_in_copies()
        assert [(damage.file, damage.what) for damage in home.records.damage()] == [(path.name, "foreign")]
    assert os.path.lexists(path)
    assert victim.exists()


@pytest.mark.parametrize("mark", MARKS)
def test_erasing_removes_copies_of_every_kind(home: Home, coach: Coach, mark: str) -> None:
    """Also of backups, locks and logs, whole or damaged."""
    coach("check-in", "--walking", "1", "--none-of-the-signs")
    coach("setup", "--yes", "--region", "jp")
    home.records.keep_state("session", {"step": 1})
    folder = home.places.data
    (folder / "agent.log").write_text("2026-11-30 10:00:00,000 INFO begun\n", encoding="utf-8")
    for path in [path for path in folder.iterdir() if path.is_file()]:
        shutil.copyfile(path, marked(path, mark))
    marked(folder / "records-2026-10.json", mark).write_bytes(b"{")
    ran = coach("erase", "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert not folder.exists()


def test_where_nothing_can_be_written_an_unread_copy_makes_the_day_gentle(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it says is unknown: the signs are asked again, and it is said why."""
    other = machine(tmp_path / "other")
    save(other, NewAnswers(pain=Pain(walking=1), none_of_the_signs=True), clock.now())
    save(home, NewAnswers(pain=Pain(rest=0, walking=1), none_of_the_signs=True), clock.now())
    (copy,) = carried(home, other, "records-*.json", MARKS[0])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for _ in range(3):
        assert home.records.history().lost_at is not None
    assert copy.exists()
    assert [(damage.what, damage.kept) for damage in home.records.damage()] == [("unmerged", 0)]
    monkeypatch.undo()
    assert len(machine(home.places.data).records.history().check_ins) == 2
