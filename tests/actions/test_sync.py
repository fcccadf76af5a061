"""Several machines over a carried folder: whatever a carrier does, all come to know the same, and nothing is lost."""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach import clock
from coach.actions.export import Check, exported
from coach.actions.setup import change_settings, set_up
from coach.actions.status.current import status_now
from coach.actions.sync import Synced, begin_sync, last_sync, stop_sync, sync, sync_target
from coach.domain.status.history import CheckIn
from coach.domain.triage.answers import Answers, Context, Pain, Tri
from coach.domain.triage.levels import ACTIVITIES, ADVICES
from coach.errors import CoachError, UsageError
from coach.home import Home
from coach.places import Places
from coach.records.sync import machine_id
from coach.words import Words
from tests.helpers import examples

NOW = datetime.fromisoformat("2026-11-22T08:00+09:00")
WORDS = Words("en")


def machine(folder: Path) -> Home:
    return Home(Places(data=folder, config=folder, cache=folder / "cache", logs=folder))


def check_in(name: str, at: datetime = NOW, knee: Tri | None = None) -> CheckIn:
    signs: dict[str, Tri] = {"locked-knee": knee} if knee else {}
    return CheckIn(id=name, at=at, answers=Answers(pain=Pain(rest=0, walking=2), signs=signs), asked=tuple(signs))


def synced(home: Home, folder: Path, now: datetime = NOW) -> Synced:
    result = sync(home, begin_sync(home, folder), now, WORDS)
    assert result is not None
    return result


def own_file(home: Home) -> Path:
    target = sync_target(home)
    assert target is not None
    return Path(target.folder, target.file)


def ids(home: Home) -> list[str]:
    return sorted(record["id"] for record in home.records.everything() if record["kind"] == "check-in")


@pytest.fixture(autouse=True)
def clock_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have it be now."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder that is carried."""
    path = tmp_path / "carried"
    path.mkdir()
    return path


@pytest.fixture
def two(tmp_path: Path) -> tuple[Home, Home]:
    """Return two machines of one person."""
    return machine(tmp_path / "a"), machine(tmp_path / "b")


def test_what_one_machine_knows_the_other_knows(folder: Path, two: tuple[Home, Home]) -> None:
    """Each writes its own file alone, for its owner alone; a second time there is nothing to do."""
    here, there = two
    here.records.add(check_in("a"))
    there.records.add(check_in("b", knee="no"))
    synced(here, folder)
    before = own_file(here).read_bytes()
    result = synced(there, folder)
    assert [(arrival.file, arrival.outcome, arrival.new) for arrival in result.files] == [
        (own_file(here).name, "merged", 1)
    ]
    assert own_file(here).read_bytes() == before
    assert synced(here, folder).files[0].new == 1
    assert ids(here) == ids(there) == ["a", "b"]
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    again = synced(here, folder)
    assert (again.wrote, [arrival.outcome for arrival in again.files]) == (False, ["nothing-new"])
    assert len(list(folder.iterdir())) == 2


def test_conditions_and_the_lower_usual_pain_travel(folder: Path, two: tuple[Home, Home]) -> None:
    """The stricter of both settings; and where none were made, those of the other machine."""
    here, there = two
    set_up(here, NOW, contexts=("diabetes",), baseline=3, region="jp")
    synced(here, folder)
    assert synced(there, folder).files[0].settings
    assert (there.profile.contexts, there.profile.region) == (("diabetes",), "jp")
    change_settings(there, contexts=("diabetes", "blood-thinner"), baseline=2, region="gb")
    synced(there, folder)
    synced(here, folder)
    assert set(here.profile.contexts) == {"diabetes", "blood-thinner"}
    assert (here.profile.baseline, here.profile.region) == (2, "jp")


def test_a_condition_taken_out_on_each_machine_stays_out(folder: Path, two: tuple[Home, Home]) -> None:
    """One that was merged once does not come back with every sync."""
    here, there = two
    set_up(here, NOW, contexts=("pregnant",))
    set_up(there, NOW)
    for home in (here, there, here):
        synced(home, folder)
    change_settings(here, contexts=())
    synced(here, folder)
    synced(there, folder)
    assert (here.profile.contexts, there.profile.contexts) == ((), ("pregnant",))
    change_settings(there, contexts=())
    for home in (there, here, there):
        synced(home, folder)
    assert (here.profile.contexts, there.profile.contexts) == ((), ())


@pytest.mark.parametrize(
    "mark",
    ["{}.sync-conflict-20261122-080000-ABCDEF2.json", "{} (conflicted copy 2026-11-22).json", "{} 2.json",
     "{} (花子の競合コピー 2026-11-22).json"],
)  # fmt: skip
def test_second_copies_are_merged_and_ones_own_removed(folder: Path, two: tuple[Home, Home], mark: str) -> None:
    """Another machine's stays: it is not this one's to touch."""
    here, there = two
    here.records.add(check_in("a"))
    synced(here, folder)
    synced(there, folder)
    lost = machine(folder.parent / "lost")
    lost.records.add(check_in("c", knee="yes"))
    copy = folder / mark.format(own_file(here).stem)
    copy.write_text(json.dumps(exported(lost, NOW)[0]), encoding="utf-8")
    synced(there, folder)
    assert "c" in ids(there)
    assert copy.exists()
    synced(here, folder)
    assert "c" in ids(here)
    assert not copy.exists()


@pytest.mark.parametrize("cut", [0, 1, 50, -2, -30])
def test_a_file_on_its_way_is_told_and_taken_once_it_is_whole(folder: Path, two: tuple[Home, Home], cut: int) -> None:
    """The others are merged meanwhile, and this machine's own file is written."""
    here, there = two
    here.records.add(check_in("a"))
    synced(here, folder)
    third = machine(folder.parent / "third")
    third.records.add(check_in("t"))
    synced(third, folder)
    whole = own_file(here).read_bytes()
    own_file(here).write_bytes(whole[:cut])
    result = synced(there, folder)
    assert {arrival.file: arrival.outcome for arrival in result.files} == {
        own_file(here).name: "skipped", own_file(third).name: "merged",
    }  # fmt: skip
    assert result.wrote
    assert own_file(here).read_bytes() == whole[:cut]
    own_file(here).write_bytes(whole)
    synced(there, folder)
    assert ids(there) == ["a", "t"]


@pytest.mark.parametrize(
    "content", ["{}", '{"title": "Kind of Blue"}', "[]", '{"format": "hizaura", "version": 1, "records": [{}]}',
                '{"format": "hizaura", "version": 99}', "\x00" * 100, '{"a":' * 100_000]
)  # fmt: skip
def test_nothing_wrong_comes_in_and_the_sync_goes_on(folder: Path, two: tuple[Home, Home], content: str) -> None:
    """The checks are those of an import; what is wrong is told in one line and stays where it is."""
    here, _ = two
    (folder / "hizaura-other-01234567.json").write_text(content, encoding="utf-8")
    (folder / "holiday.json").write_text('{"title": "Kind of Blue"}', encoding="utf-8")
    result = synced(here, folder)
    (arrival,) = result.files
    assert arrival.outcome == "skipped"
    assert arrival.problem
    assert "\n" not in arrival.problem
    assert ids(here) == []
    assert (folder / "hizaura-other-01234567.json").read_text("utf-8") == content


def test_an_export_laid_there_by_hand_is_merged_too(folder: Path, two: tuple[Home, Home]) -> None:
    """Whatever it is called."""
    here, there = two
    there.records.add(check_in("b"))
    (folder / "backup.json").write_text(json.dumps(exported(there, NOW)[0]), encoding="utf-8")
    synced(here, folder)
    assert ids(here) == ["b"]


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_what_is_no_plain_file_is_neither_read_nor_replaced(folder: Path, two: tuple[Home, Home], kind: str) -> None:
    """A link might lead anywhere; a pipe would hold the sync up."""
    here, there = two
    there.records.add(check_in("b"))
    synced(there, folder)
    begin_sync(here, folder)
    for path in (own_file(here), folder / "hizaura-other-01234567.json"):
        if kind == "link":
            path.symlink_to(folder.parent / "elsewhere.json")
        elif kind == "folder":
            path.mkdir()
        else:
            os.mkfifo(path)
    (folder.parent / "elsewhere.json").write_text("precious", encoding="utf-8")
    with pytest.raises(CoachError, match="not-plain"):
        synced(here, folder)
    assert ids(here) == ["b"]  # what came is kept all the same
    assert (folder.parent / "elsewhere.json").read_text("utf-8") == "precious"
    assert not own_file(here).is_file() or own_file(here).is_symlink()


def test_a_folder_that_is_not_there_is_not_made_up(folder: Path, two: tuple[Home, Home]) -> None:
    """A drive that is not connected: nothing is written where it would be."""
    here, _ = two
    target = begin_sync(here, folder)
    folder.rmdir()
    with pytest.raises(CoachError, match="no-folder"):
        sync(here, target, NOW, WORDS)
    assert not folder.exists()
    with pytest.raises(CoachError, match="no-folder"):
        begin_sync(machine(folder.parent / "n"), folder)


def test_a_machine_is_the_same_whatever_computes_its_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The interpreter's own code and OpenSSL name it alike: a file of one's own stays one's own."""
    own = machine_id()

    def no_module(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("coach.records.sync.import_module", no_module)
    assert machine_id() == own


def test_the_programs_own_folder_is_no_folder_to_sync(two: tuple[Home, Home]) -> None:
    """Nor one in it."""
    here, _ = two
    here.records.add(check_in("a"))
    (here.places.data / "inner").mkdir()
    for place in (here.places.data, here.places.data / "inner"):
        with pytest.raises(UsageError):
            begin_sync(here, place)


def test_stopping_ends_it_and_beginning_again_keeps_ones_file(folder: Path, two: tuple[Home, Home]) -> None:
    """No second file of one machine is left behind."""
    here, _ = two
    synced(here, folder)
    name = own_file(here).name
    assert stop_sync(here) is not None
    assert sync_target(here) is None
    assert stop_sync(here) is None
    assert begin_sync(here, folder).file == name


def test_nothing_is_read_or_written_where_nothing_changed(
    folder: Path, two: tuple[Home, Home], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The agent looks often; each look costs the states of some files."""
    here, there = two
    here.records.add(check_in("a"))
    for home in (here, there, here):
        synced(home, folder)
    target = begin_sync(here, folder)
    with monkeypatch.context() as patched:
        patched.setattr("coach.actions.sync.document_of", lambda *_: pytest.fail("written"))
        patched.setattr("coach.actions.sync.read_waiting", lambda *_: pytest.fail("read"))
        assert sync(here, target, NOW, WORDS, only_changes=True) is None
    there.records.add(check_in("b"))
    synced(there, folder)
    result = sync(here, target, NOW, WORDS, only_changes=True)
    assert result is not None
    assert [arrival.new for arrival in result.files] == [1]
    here.records.add(check_in("c"))
    result = sync(here, target, NOW, WORDS, only_changes=True)
    assert result is not None
    assert (result.wrote, result.files) == (True, ())
    own_file(here).unlink()
    result = sync(here, target, NOW, WORDS, only_changes=True)
    assert result is not None
    assert result.wrote


def test_what_stands_here_to_the_byte_is_not_looked_at_again(
    folder: Path, two: tuple[Home, Home], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of ten years nearly all is known on both sides: only what is new is checked, weighed and written out anew."""
    here, there = two
    here.records.add(*(check_in(name, NOW - timedelta(hours=n)) for n, name in enumerate("abc")))
    here.records.delivery_log().put({"id": "tea", "due": NOW.isoformat(), "outcome": "shown", "note": "お茶"})
    for home in (here, there, here):
        synced(home, folder)
    there.records.add(check_in("d"))
    checked: list[str] = []
    with monkeypatch.context() as patched:
        patched.setattr(Check, "_record", lambda self, record, path: checked.append(record["id"]))
        (arrival,) = synced(there, folder).files
        assert (arrival.outcome, arrival.held) == ("nothing-new", 4)
        (arrival,) = synced(here, folder).files
        assert (arrival.outcome, arrival.new, arrival.held) == ("merged", 1, 5)
    assert set(checked) == {"d"}
    assert ids(here) == ids(there) == ["a", "b", "c", "d"]


def test_killed_between_merging_and_looking_through_all_is_looked_through_later(
    folder: Path, two: tuple[Home, Home], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The records stand here by then, and are no news to the next sync: what they began must be known all the same."""
    here, there = two
    long_ago = NOW - timedelta(days=200)
    here.records.add(check_in("old", long_ago, knee="yes"))
    there.records.add(*(check_in(f"new{day}", NOW - timedelta(days=day)) for day in range(80)))
    synced(here, folder)
    with monkeypatch.context() as patched:
        patched.setattr("coach.actions.export.note_merged", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            synced(there, folder)
    assert status_now(there, NOW).activity == "pause"
    synced(there, folder)
    assert status_now(there, NOW).activity == "pause"


def test_a_file_dated_ahead_is_tried_again(folder: Path, two: tuple[Home, Home]) -> None:
    """A clock that was wrong there keeps a file out; once the time has come, it comes in without having changed."""
    here, there = two
    there.records.add(check_in("b", NOW + timedelta(days=3)))
    synced(there, folder, NOW + timedelta(days=3))
    assert synced(here, folder).files[0].outcome == "skipped"
    target = begin_sync(here, folder)
    assert sync(here, target, NOW + timedelta(minutes=5), WORDS, only_changes=True) is None
    later = sync(here, target, NOW + timedelta(days=3), WORDS, only_changes=True)
    assert later is not None
    assert later.files[0].outcome == "merged"


def test_one_record_dated_ahead_keeps_nothing_else_out(folder: Path, two: tuple[Home, Home]) -> None:
    """Written while the clock was ahead, it leaves the file once that is put right, and comes back when it is time."""
    here, there = two
    here.records.add(check_in("before"), check_in("ahead", NOW + timedelta(days=9)))
    target = begin_sync(here, folder)
    assert sync(here, target, NOW + timedelta(days=9), WORDS, only_changes=True)
    assert synced(there, folder).files[0].outcome == "skipped"
    assert sync(here, target, NOW, WORDS, only_changes=True)
    synced(there, folder)
    assert ids(there) == ["before"]
    here.records.add(check_in("sign", knee="yes"))
    synced(here, folder)
    assert [arrival.problem for arrival in synced(there, folder).files] == [None]
    assert ids(there) == ["before", "sign"]
    assert status_now(there, NOW).advice == status_now(here, NOW).advice == "today"
    assert sync(here, target, NOW + timedelta(days=9), WORDS, only_changes=True)
    synced(there, folder, NOW + timedelta(days=9))
    assert ids(there) == ids(here) == ["ahead", "before", "sign"]


def test_without_its_memory_all_is_read_again_and_nothing_changes(folder: Path, two: tuple[Home, Home]) -> None:
    """What lies in the cache can be made again, whatever stands in it."""
    here, there = two
    here.records.add(check_in("a"))
    for home in (here, there, here):
        synced(home, folder)
    (memory,) = (here.places.cache).glob("sync-*.json")
    for content in ("{", "[]", ""):
        memory.write_text(content, encoding="utf-8")
        result = synced(here, folder)
        assert (result.wrote, [arrival.new for arrival in result.files]) == (False, [0])
    assert last_sync(here, begin_sync(here, folder)).at == NOW


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
def test_killed_at_any_step_nothing_is_lost_or_half_written(folder: Path, two: tuple[Home, Home]) -> None:
    """Before and after each call into the system in turn; the next sync comes to the same end."""
    here, there = two
    there.records.add(check_in("b", knee="yes"))
    synced(there, folder)
    target = begin_sync(here, folder)
    copy = folder / f"{own_file(here).stem} 2.json"
    died = 0
    for step in range(0, 5000, 67):
        here.records.add(check_in(f"k{step}"))
        lost = json.loads(own_file(there).read_text("utf-8"))
        lost["records"] = [{"id": f"c{step}", "kind": "ice", "at": NOW.isoformat(), "minutes": 15}]
        copy.write_text(json.dumps(lost), encoding="utf-8")
        if not _killed(lambda: sync(here, target, NOW, WORDS), step):
            break
        died += 1
        json.loads(own_file(there).read_bytes())
        if own_file(here).exists():
            json.loads(own_file(here).read_bytes())
        assert copy.exists() or f"c{step}" in {
            record["id"] for record in machine(here.places.data).records.everything()
        }
    assert died > 2
    synced(here, folder)
    synced(there, folder)
    assert ids(here) == ids(there)
    assert status_now(here, NOW).advice == "today"


def _killed(run: Callable[[], object], step: int) -> bool:
    """Run in a child that dies at its call number ``step``; tell whether it did."""
    pid = os.fork()
    if pid == 0:
        calls = 0

        def count(_: object, event: str, function: Any) -> None:
            nonlocal calls
            if event.startswith("c_") and getattr(function, "__module__", "") in ("posix", "fcntl"):
                calls += 1
                if calls > step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(count)
        try:
            run()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


CONTEXTS: tuple[Context, ...] = ("diabetes", "blood-thinner", "recent-surgery")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("note"), st.integers(0, 2), st.sampled_from(["no", "unsure", "yes"]), st.integers(0, 40)),
        st.tuples(st.just("condition"), st.integers(0, 2), st.sampled_from(CONTEXTS), st.just(0)),
        st.tuples(st.just("sync"), st.integers(0, 2), st.just(""), st.just(0)),
        st.tuples(st.sampled_from(["carry", "late", "copy", "cut"]), st.integers(0, 2), st.just(""), st.integers(0, 2)),
    ),
    max_size=14,
)  # fmt: skip


@given(steps=STEPS)
@settings(examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_all_machines_come_to_the_same_and_none_to_a_milder_day(
    steps: list[tuple[str, int, str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Three machines, between whose folders a carrier delays, repeats, reorders, copies and cuts.

    In the end each knows what one machine would know that was told all of it.
    """
    base = tmp_path_factory.mktemp("sync")
    homes = [machine(base / f"home-{number}") for number in range(3)]
    folders = [base / f"folder-{number}" for number in range(3)]
    for place in folders:
        place.mkdir()
    old: dict[str, bytes] = {}
    # A later "no" settles an earlier "not sure", on whichever machine it was said: as it would on one alone.
    resolved = any(step[2] == "unsure" for step in steps)
    told: list[CheckIn] = []
    for count, (what, number, word, value) in enumerate(steps):
        home, place = homes[number], folders[number]
        if what == "note":
            told.append(check_in(f"n{count}", NOW - timedelta(hours=value), word))  # type: ignore[arg-type]
            home.records.add(told[-1])
        elif what == "condition":
            change_settings(home, contexts=tuple({*home.profile.contexts, word}))
        elif what == "sync":
            before = severity(home)
            synced(home, place)
            assert resolved or severity(home) >= before
        else:
            carry(what, place, folders[value % 3], old, count)
    earlier = [severity(home) for home in homes]
    for _ in range(3):
        for home, place in zip(homes, folders, strict=True):
            synced(home, place)
            for other in folders:
                (other / own_file(home).name).write_bytes(own_file(home).read_bytes())
    records = [exported(home, NOW)[0]["records"] for home in homes]
    assert records[0] == records[1] == records[2]
    assert len({home.profile.contexts for home in homes}) == 1
    after = [severity(home) for home in homes]
    assert len(set(after)) == 1
    assert resolved or min(after) >= max(earlier)
    alone = machine(base / "alone")
    if told:
        alone.records.add(*told)
    change_settings(alone, contexts=homes[0].profile.contexts)
    assert after[0] == severity(alone)


def carry(what: str, place: Path, other: Path, old: dict[str, bytes], count: int) -> None:
    """Bring the files of one folder to another: as they are, late, as second copies, or cut."""
    for path in place.glob("hizaura-*.json"):
        data = path.read_bytes()
        if what == "late":  # an earlier file comes after a later one
            data = old.setdefault(f"{place} {other} {path.name}", data)
        mark = f".sync-conflict-20261122-08000{count % 10}-ABCDEF2" if what == "copy" else ""
        (other / f"{path.stem}{mark}.json").write_bytes(data[: len(data) // 2] if what == "cut" else data)


def severity(home: Home) -> tuple[int, int]:
    status = status_now(home, NOW)
    return ADVICES.index(status.advice), ACTIVITIES.index(status.activity)
