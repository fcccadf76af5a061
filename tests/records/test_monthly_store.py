"""Items by day in a file a month: each once, from the day asked for, and no file read or written for nothing."""

from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

import msgspec
import pytest
from msgspec import Raw
from tinydb.table import Document

from coach.records.file_format import Item, decode_items
from coach.records.monthly_store import MonthlyStore, day_of
from coach.records.repair import DamageLog
from coach.records.safe_file import read_with_copy
from tests.helpers import noting


def store(folder: Path) -> MonthlyStore:
    def lock() -> AbstractContextManager[None]:
        return nullcontext()

    return MonthlyStore(folder, "records", time_key="at", lock=lock, log=DamageLog(folder))


def item(name: str, day: str, **more: object) -> Item:
    values = {"id": name, "at": f"{day}T08:00:00+09:00", **more}
    return Item(date.fromisoformat(day), name, Raw(msgspec.json.encode(values)))


def ids(document: Document) -> list[str]:
    return [f"{day_of(document)} {name}" for name in decode_items(document)]


def larger(old: Raw, new: Raw) -> Raw:
    return max(old, new, key=bytes)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files that were read, in order."""
    names: list[str] = []
    monkeypatch.setattr("coach.records.monthly_store.read_with_copy", noting(names, read_with_copy))
    return names


def test_items_come_day_by_day_from_the_day_asked_for(tmp_path: Path, read: list[str]) -> None:
    """Whatever order they were kept in; of older months not even the file is opened."""
    kept = store(tmp_path)
    days = ("2026-11-22", "2025-12-31", "2026-11-03", "2026-10-31", "2026-11-22")
    assert kept.put([item(f"i{number}", day) for number, day in enumerate(days)]) == 5
    assert kept.names() == ("records-2025-12.json", "records-2026-10.json", "records-2026-11.json")
    whole = [["2025-12-31 i1"], ["2026-10-31 i3"], ["2026-11-03 i2"], ["2026-11-22 i0", "2026-11-22 i4"]]
    assert kept.collect(ids) == whole
    read.clear()
    assert kept.collect(ids, date(2026, 11, 3)) == whole[2:]
    assert kept.collect(ids, date(2026, 11, 4)) == whole[3:]
    assert kept.collect(ids, date(2026, 11, 23)) == []
    assert set(read) == {"records-2026-11.json"}


def test_the_first_and_the_last_are_found_from_their_end(tmp_path: Path, read: list[str]) -> None:
    """Ten years cost what one month costs; and so far back one may stop looking."""
    kept = store(tmp_path)
    kept.put([item(str(month), f"2026-{month:02}-15") for month in range(1, 10)])

    def of(*days: str) -> str | None:
        read.clear()
        return kept.latest(lambda document: next((name for name in ids(document) if name in days), None))

    assert of("2026-09-15 9", "2026-08-15 8") == "2026-09-15 9"
    assert read == ["records-2026-09.json"]
    assert of("2026-07-15 7") == "2026-07-15 7"
    assert len(read) == 3
    assert of("2026-07-15 none") is None
    read.clear()
    assert kept.earliest(lambda document: next(iter(ids(document)))) == "2026-01-15 1"
    assert read == ["records-2026-01.json"]
    assert kept.earliest(lambda document: None) is None
    read.clear()
    assert kept.latest(lambda document: None, most_files=4) is None
    assert len(read) == 4


def test_what_is_there_already_is_not_written_again(tmp_path: Path) -> None:
    """A disk wears, and a carrier carries it; what changed is written, and counted."""
    kept = store(tmp_path)
    path = tmp_path / "records-2026-11.json"
    kept.put([item("a", "2026-11-22", n=1), item("b", "2026-11-22")])
    before = path.stat()
    assert kept.put([item("a", "2026-11-22", n=1)]) == 0
    assert kept.put([item("a", "2026-11-22", n=2)], choose=lambda old, new: old) == 0
    assert kept.merge([item("a", "2026-11-22", n=0), item("b", "2026-11-22")], larger) == 0
    assert path.stat() == before
    assert kept.put([item("a", "2026-11-22", n=2), item("c", "2026-11-22"), item("b", "2026-11-22")]) == 2
    assert path.stat().st_ino != before.st_ino
    assert kept.collect(ids) == [["2026-11-22 a", "2026-11-22 b", "2026-11-22 c"]]


def test_one_id_on_two_days_is_one_item(tmp_path: Path) -> None:
    """Two machines in two zones told it: the same one stays on both, in whatever order, and the other is dropped."""
    here, there = item("a", "2026-10-31", n=1), item("a", "2026-11-01", n=2)
    for number, order in enumerate(((here, there), (there, here))):
        kept = store(tmp_path / str(number))
        (tmp_path / str(number)).mkdir()
        other = item("b", "2026-10-31")
        kept.put([order[0], other])
        changed = kept.merge([order[1]], larger)
        assert changed == (1 if order[1] is there else 0)
        assert sorted(kept.raws()) == sorted(bytes(each.raw) for each in (there, other))
        assert kept.merge([here, there, other], larger) == 0


def test_other_files_in_the_folder_are_none_of_ours(tmp_path: Path) -> None:
    """By the whole name; where only the copy is left of one, it counts: it comes back from that."""
    kept = store(tmp_path / "none")
    assert kept.names() == ()
    for name in ("records-2026-1.json", "records-2026-11.json.damaged-1", "my records-2026-11.json", "records-x.json"):
        (tmp_path / name).touch()
    assert store(tmp_path).names() == ()
    store(tmp_path).put([item("a", "2026-11-22")])
    (tmp_path / "records-2026-11.json").unlink()
    assert store(tmp_path).names() == ("records-2026-11.json",)
    assert store(tmp_path).collect(ids) == [["2026-11-22 a"]]
