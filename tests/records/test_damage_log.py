"""What was found damaged is told once, and when something was lost outlives the telling."""

from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from coach.records.file_format import (
    NewerError,
    check_depth,
    check_schema,
    decode_days,
    decode_items,
    decode_object,
    decode_readable,
    encode_days,
    is_plausible,
    item_of,
)  # fmt: skip
from coach.records.repair import Damage, DamageLog, damage_of, mend_days, rebuild_days, salvage, set_aside
from coach.records.safe_file import DamagedError, write_with_copy

NOW = datetime.fromisoformat("2026-11-22T08:00+09:00")
MAX_DEPTH = 32
MAX_ITEM_BYTES = 100_000
"""As in every version there was: what one could keep, each other reads."""
DAMAGE = Damage("records-2026-11.json", "damaged", NOW, None, 3)
OTHER = Damage("profile.json", "missing", NOW + timedelta(hours=1), None, 1)


def test_damage_is_told_until_it_was_told(tmp_path: Path) -> None:
    """By another process, too; when records were lost, the latest time counts, for good."""
    log = DamageLog(tmp_path)
    log.note(DAMAGE, lost=True)
    log.note(OTHER)
    other = DamageLog(tmp_path)
    assert other.untold() == (DAMAGE, OTHER)
    assert other.lost_at() == NOW
    other.mark_told()
    assert (log.untold(), log.lost_at()) == ((), NOW)
    assert (tmp_path / "damage.json").exists()
    log.note(msgspec.structs.replace(OTHER, at=NOW + timedelta(days=1)), lost=True)
    assert other.lost_at() == NOW + timedelta(days=1)


def test_a_log_with_nothing_left_to_say_goes(tmp_path: Path) -> None:
    """Nothing was lost: once told, no file of it stays."""
    log = DamageLog(tmp_path)
    log.note(OTHER)
    log.mark_told()
    assert list(tmp_path.iterdir()) == []
    log.mark_told()


def test_another_programs_file_is_told_of_once_for_good(tmp_path: Path) -> None:
    """It stays where it is, and no later command speaks of it again."""
    log, foreign = DamageLog(tmp_path), msgspec.structs.replace(DAMAGE, what="foreign")
    log.note_once(foreign)
    log.note_once(msgspec.structs.replace(foreign, at=NOW + timedelta(days=1)))
    assert log.untold() == (foreign,)
    log.mark_told()
    log.note_once(foreign)
    assert (log.untold(), log.lost_at()) == ((), None)


def test_where_nothing_can_be_written_this_process_remembers(tmp_path: Path) -> None:
    """Each damage once, a loss with its time; another process knows nothing of it."""
    log = DamageLog(tmp_path)
    for _ in range(2):
        log.remember(DAMAGE)
    assert (log.untold(), log.lost_at()) == ((DAMAGE,), None)
    log.remember(OTHER, lost=True)
    assert (log.untold(), log.lost_at()) == ((DAMAGE, OTHER), OTHER.at)
    assert DamageLog(tmp_path).untold() == ()
    log.mark_told()
    assert (log.untold(), log.lost_at()) == ((), OTHER.at)


def test_another_programs_file_of_the_same_name_is_neither_written_nor_removed(tmp_path: Path) -> None:
    """Told or not: what is theirs stays, and the damage is remembered."""
    path = tmp_path / "damage.json"
    path.write_text('{"version": 4}', encoding="utf-8")
    log = DamageLog(tmp_path)
    log.note(DAMAGE, lost=True)
    log.note_once(OTHER)
    assert (log.untold(), log.lost_at()) == ((DAMAGE,), NOW)
    log.mark_told()
    DamageLog(tmp_path).mark_told()
    assert path.read_text(encoding="utf-8") == '{"version": 4}'


@pytest.mark.parametrize("hours", [-1, 1])
def test_two_machines_logs_become_one(tmp_path: Path, hours: int) -> None:
    """What either has not told, each once; the later loss; and the files that stay, of both."""
    here, there = DamageLog(tmp_path / "here"), DamageLog(tmp_path / "there")
    for folder in ("here", "there"):
        (tmp_path / folder).mkdir()
    here.note(DAMAGE, lost=True)
    there.note(DAMAGE)
    there.note(msgspec.structs.replace(OTHER, at=NOW + timedelta(hours=hours)), lost=True)
    foreign = msgspec.structs.replace(DAMAGE, file="mine 2.json", what="foreign")
    there.note_once(foreign)
    here.take_over((tmp_path / "there" / "damage.json").read_bytes())
    assert set(here.untold()) == {*there.untold()}
    assert len(here.untold()) == 3
    assert here.lost_at() == NOW + timedelta(hours=max(hours, 0))
    here.mark_told()
    here.note_once(foreign)
    here.take_over(b"{")
    assert here.untold() == ()


# -- what can be read ------------------------------------------------------------------------------------------------


def deep(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


def test_so_deep_and_no_deeper() -> None:
    """Every decoder gives up somewhere: what one command can write, each other can read."""
    check_depth(deep(MAX_DEPTH))
    with pytest.raises(DamagedError):
        check_depth(deep(MAX_DEPTH + 1))
    with pytest.raises(DamagedError):
        check_depth(b"[" * (MAX_DEPTH + 1))
    flat = b'{"a":[' + b"{}," * 40 + b"{}]}"
    check_depth(flat)
    check_depth(b'{"b":{},' + deep(MAX_DEPTH)[1:])
    with pytest.raises(DamagedError):
        check_depth(b'{"b":{},' + deep(MAX_DEPTH + 1)[1:])
    check_depth(b'{"note":"' + b"[" * 99 + b'"}')


@pytest.mark.parametrize("schema", [0, -1, True, None, "1", 1.0])
def test_what_has_no_schema_is_damaged(schema: object) -> None:
    """Only a whole number from one on is one; a higher one is a newer version's."""
    with pytest.raises(DamagedError) as raised:
        check_schema(schema)
    assert not isinstance(raised.value, NewerError)
    check_schema(1)
    with pytest.raises(NewerError):
        check_schema(2)
    written = msgspec.json.encode({"schema": schema, "days": {}})
    assert damage_of(written) == "damaged"
    assert damage_of(b'{"schema":2,"days":{}}') == "newer"
    assert damage_of(b'{"schema":1,"days":{}}') is None


@pytest.mark.parametrize(
    ("name", "is_day"),
    [
        ("20261122", True), ("19700101", True), ("22001231", True), ("19691231", False),
        ("22010101", False), ("20261131", False), ("2026112", False), ("202611220", False),
        ("2026-1-1", False), ("２０２６１１２２", False),
    ],
)  # fmt: skip
def test_a_document_is_named_by_its_day(name: str, is_day: bool) -> None:
    """Another name is no day of ours, and the file is mended."""
    data = f'{{"schema":1,"days":{{"{name}":{{"items":[]}}}}}}'.encode()
    assert (damage_of(data) is None) == is_day
    if is_day:
        assert list(decode_days(data)["days"]) == [name]


def test_years_that_nobody_lives_in_are_no_moments() -> None:
    """Both ends count; a moment without an offset is none."""
    for year, plausible in ((1969, False), (1970, True), (2200, True), (2201, False)):
        assert is_plausible(NOW.replace(year=year)) is plausible
        assert (item_of({"id": "a", "at": f"{year}-11-22T08:00+09:00"}, "at") is not None) is plausible
    assert not is_plausible(NOW.replace(tzinfo=None))


@pytest.mark.parametrize(
    "values",
    [
        {"at": "2026-11-22T08:00+09:00"}, {"id": "", "at": "2026-11-22T08:00+09:00"},
        {"id": 3, "at": "2026-11-22T08:00+09:00"}, {"id": "a"}, {"id": "a", "at": "soon"}, {"id": "a", "at": 5},
        {"id": "a", "at": "2026-11-22T08:00+09:00", "n": float("nan")},
        {"id": "a", "at": "2026-11-22T08:00+09:00", "note": "x" * MAX_ITEM_BYTES},
    ],
    ids=lambda values: str(values)[:40],
)  # fmt: skip
def test_what_has_no_id_and_no_time_is_nothing_to_keep(values: dict[str, object]) -> None:
    """Nor what is larger than any note."""
    assert item_of(values, "at") is None
    whole = {"id": "a", "at": "2026-11-22T23:30-11:00"}
    item = item_of(whole, "at")
    assert item is not None
    assert (item.day.isoformat(), item.id, decode_object(item.raw)) == ("2026-11-22", "a", whole)
    room = MAX_ITEM_BYTES - len(bytes(item.raw)) - len(',"note":""')
    assert item_of({**whole, "note": "x" * room}, "at") is not None
    assert item_of({**whole, "note": "x" * (room + 1)}, "at") is None


@pytest.mark.parametrize(
    ("text", "values", "torn"),
    [
        ('{"a": 1, "b": [1, 2], "c": {"d": 3}', {"a": 1, "b": [1, 2], "c": {"d": 3}}, {}),
        ('{"a": 1, "b": [{"c": 1}, {"c": 2}, {"c', {"a": 1}, {"b": [{"c": 1}, {"c": 2}]}),
        ('{"a": 1, "b": [', {"a": 1}, {"b": []}),
        ('{"a": 1, "b": "hal', {"a": 1}, {}),
        ('{"a": 1, "b', {"a": 1}, {}),
        ("", {}, {}),
        ("no object", {}, {}),
        ('\ufeff{"a": 1, "b', {"a": 1}, {}),
    ],
)
def test_what_stands_before_the_break_is_read(text: str, values: dict[str, object], torn: dict[str, object]) -> None:
    """Key by key, and of a list that breaks off the entries before that."""
    assert decode_readable(text.encode()) == (values, torn, False)


def test_a_whole_object_is_read_to_its_end() -> None:
    """Also one that an editor put a mark in front of; a value too deep for us is left out."""
    assert decode_readable(b'\xef\xbb\xbf{"a": 1}') == ({"a": 1}, {}, True)
    assert decode_readable(b'{"a": 1, "b": ' + b"[" * 40 + b"]" * 40 + b"}") == ({"a": 1}, {}, True)
    assert decode_object(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


@pytest.mark.parametrize("items", [b"{", b"{}", b"[1]", b'[{"no":"id"}]', b'[{"id":3}]', b"\xff"])
def test_a_day_that_is_no_list_of_items_is_damaged(items: bytes) -> None:
    """Its file is mended, and no command ends with a traceback."""
    with pytest.raises(DamagedError):
        decode_items({"items": msgspec.Raw(items)})
    with pytest.raises(DamagedError):
        decode_items({})


def item(item_id: str, **more: object) -> str:
    return msgspec.json.encode({"id": item_id, "at": "2026-11-22T08:00+09:00", **more}).decode()


def test_whole_items_are_saved_wherever_they_stand() -> None:
    """Of one within another the outer; one with a bracket in a note; none that lost its time or its end."""
    outer = item("outer", inner={"id": "inner", "at": "2026-11-22T08:00+09:00"})
    text = "]]{" + item("a", note="a } in { it") + ',{"id":"b"},' + outer + item("c")[:-1]
    assert [each.id for each in salvage(text.encode(), "at")] == ["a", "outer"]
    quoted = '{"note": "it\n' + item("d")
    assert [each.id for each in salvage(quoted.encode(), "at")] == ["d"]
    assert salvage(item("e").encode(), "due") == []


def test_of_an_item_in_both_files_that_of_the_copy_counts(tmp_path: Path) -> None:
    """Each was whole when the copy was written; what the file alone has is kept beside."""
    path = tmp_path / "records-2026-11.json"
    path.write_text(item("a", n=1) + item("b", n=1), encoding="utf-8")
    path.with_name(f"{path.name}.bak").write_text(item("a", n=2), encoding="utf-8")
    tables, count = rebuild_days(path, "at")
    assert count == 2
    assert list(tables["days"]) == ["20261122"]
    items = {each["id"]: each["n"] for each in msgspec.json.decode(bytes(tables["days"]["20261122"]["items"]))}
    assert items == {"a": 2, "b": 1}


def test_where_the_copy_is_damaged_too_both_are_set_aside(tmp_path: Path) -> None:
    """What is whole in either is kept, the loss is noted, and nothing of either is thrown away."""
    path = tmp_path / "records-2026-11.json"
    path.write_text(item("a") + "{", encoding="utf-8")
    path.with_name(f"{path.name}.bak").write_text(item("b") + "[", encoding="utf-8")
    log = DamageLog(tmp_path)
    mend_days(path, "at", log)
    (damage,) = log.untold()
    assert (damage.file, damage.what, damage.kept) == (path.name, "damaged", 2)
    assert damage.aside is not None
    assert log.lost_at() == damage.at
    aside = sorted(each.read_text(encoding="utf-8") for each in tmp_path.glob("*.damaged-*"))
    assert aside == [item("a") + "{", item("b") + "["]
    assert damage_of(path.read_bytes()) is None
    assert damage_of(path.with_name(f"{path.name}.bak").read_bytes()) is None
    before = path.stat()
    mend_days(path, "at", log)
    assert path.stat() == before


@pytest.mark.parametrize("copy_is_there", [True, False])
def test_with_a_whole_copy_nothing_is_lost(tmp_path: Path, copy_is_there: bool) -> None:
    """And the copy is no damage; without one the loss is noted."""
    path = tmp_path / "records-2026-11.json"
    write_with_copy(path, encode_days({"days": {}}))
    path.write_bytes(b"")
    if not copy_is_there:
        path.with_name(f"{path.name}.bak").unlink()
    log = DamageLog(tmp_path)
    mend_days(path, "at", log)
    assert (log.lost_at() is None) is copy_is_there
    assert len(list(tmp_path.glob("*.damaged-*"))) == 1


def test_what_is_set_aside_never_takes_the_place_of_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three losses within a second have three names; a folder is moved, a file stays until it is replaced."""
    monkeypatch.setattr("coach.clock.now", lambda: NOW)
    path = tmp_path / "profile.json"
    assert set_aside(path) is None
    path.write_text("x", encoding="utf-8")
    path.chmod(0o644)
    names = [set_aside(path) for _ in range(3)]
    aside = f"{path}.damaged-20261122T080000"
    assert names == [aside, f"{aside}-2", f"{aside}-3"]
    assert path.exists()
    assert {Path(str(name)).stat().st_mode & 0o777 for name in names} == {0o600}
    assert all(path.samefile(str(name)) for name in names), "a full disk has no room for it twice"
    path.unlink()
    path.mkdir()
    assert set_aside(path) == f"{aside}-4"
    assert not path.exists()
