"""Files of every version can be read; an older one is kept before a new one replaces it, a newer one always."""

import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from coach.domain.reminders.reminder import Between
from coach.domain.status.history import Hurt
from coach.home import Home
from coach.records import schema
from coach.records.typed import KINDS

KEPT = Path(__file__).parent / "kept"


@pytest.mark.parametrize("name", [f"schema-{number}" for number in range(1, schema.SCHEMA + 1)])
def test_files_of_each_schema_there_was_are_read_whole(home: Home, name: str) -> None:
    """Every kind of record, the settings, the log of reminders: all of it is there, and nothing taken for damaged."""
    shutil.copytree(KEPT / name, home.places.data)
    history = home.records.history()
    assert {one.id for one in history.records()} == {
        *("older", "screening", "first", "second", "session", "hurt", "seen"),
        *("ice", "ice-end", "choice", "habit-day", "missed", "weekly"),
    }
    first = next(one for one in history.check_ins if one.id == "first")
    assert (first.note, first.answers.pain.walking) == ("膝の裏 [tight] 🦵", 4)
    assert (home.profile.contexts, home.profile.quiet) == (("diabetes", "blood-thinner"), Between("22:00", "07:00"))
    assert [reminder.id for reminder in home.profile.reminders or ()] == ["desk", "own"]
    assert home.records.state("session") == {"step": 2}
    assert [entry["outcome"] for entry in home.records.ledger().entries()] == ["shown"]
    assert not home.records.damage()


def test_the_kept_files_hold_every_kind_of_record() -> None:
    """A new kind of record needs a kept file too, or nobody would notice when it can no longer be read."""
    newest = KEPT / f"schema-{schema.SCHEMA}"
    text = "".join(path.read_text(encoding="utf-8") for path in newest.glob("records-*.json"))
    assert {kind for kind in KINDS if f'"kind":"{kind}"' in text} == set(KINDS)


@pytest.fixture
def next_version(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have files of today's schema, and a program of the next, which calls ``where`` of *it hurts* ``place``."""
    shutil.copytree(KEPT / f"schema-{schema.SCHEMA}", home.places.data)

    def days(tables: dict[str, Any]) -> dict[str, Any]:
        changed = {
            day: {"items": msgspec.Raw(bytes(document["items"]).replace(b'"where":"behind"', b'"where":"migrated"'))}
            for day, document in tables["days"].items()
        }
        return {**tables, "days": changed}

    monkeypatch.setitem(schema.DAY_STEPS, schema.SCHEMA, days)
    monkeypatch.setitem(schema.SHEET_STEPS, schema.SCHEMA, lambda values: {**values, "region": "gb"})
    monkeypatch.setattr(schema, "SCHEMA", schema.SCHEMA + 1)


@pytest.mark.usefixtures("next_version")
def test_a_new_version_carries_the_files_forward_and_keeps_the_old_ones(home: Home) -> None:
    """Reading writes nothing; the first write keeps the old file beside the new one, byte for byte, once."""
    folder = home.places.data
    before = {path.name: path.read_bytes() for path in folder.glob("*.json")}
    assert home.records.history().hurts[0].where == "migrated"
    assert home.profile.region == "gb"
    assert {path.name: path.read_bytes() for path in folder.glob("*.json")} == before
    for name in ("new", "newer"):
        home.records.add(Hurt(id=name, at=datetime.fromisoformat("2026-11-22T23:00+09:00")))
        home.records.change_profile(lambda profile: msgspec.structs.replace(profile, language="en"))
    old = schema.SCHEMA - 1
    for name in ("records-2026-11.json", "profile.json"):
        assert (folder / f"{name}.schema-{old}.bak").read_bytes() == before[name]
        assert f'"schema":{schema.SCHEMA}' in (folder / name).read_text().replace(" ", "")
    assert home.records.history().hurts[0].where == "migrated"
    assert not home.records.damage()


def test_a_newer_versions_file_is_never_overwritten(home: Home) -> None:
    """Going back to an older program: its file stays as it was under another name, and one is told what to do."""
    shutil.copytree(KEPT / f"schema-{schema.SCHEMA}", home.places.data)
    for name in ("records-2026-11.json", "profile.json"):
        path = home.places.data / name
        path.write_text(
            re.sub(r'"schema": ?1', '"schema":7,"new":[]', path.read_text(encoding="utf-8")), encoding="utf-8"
        )
    newer = {name: (home.places.data / name).read_bytes() for name in ("records-2026-11.json", "profile.json")}
    assert len(home.records.history().check_ins) == 3
    assert home.profile.contexts == ("diabetes", "blood-thinner")
    assert {damage.what for damage in home.records.damage()} == {"newer"}
    for name, content in newer.items():
        assert [path.read_bytes() for path in home.places.data.glob(f"{name}.damaged-*")] == [content]
