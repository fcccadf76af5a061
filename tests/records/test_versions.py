"""Files of every version can be read; a newer one is kept as it is."""

import re
import shutil
from pathlib import Path

import pytest

from coach.domain.reminders.reminder import Between
from coach.home import Home
from coach.records.file_format import SCHEMA
from coach.records.record_reader import KINDS

KEPT = Path(__file__).parent / "kept"


@pytest.mark.parametrize("name", [f"schema-{number}" for number in range(1, SCHEMA + 1)])
def test_files_of_each_schema_there_was_are_read_whole(home: Home, name: str) -> None:
    """Every kind of record, the settings, the log of reminders: all of it is there, and nothing taken for damaged."""
    shutil.copytree(KEPT / name, home.places.data)
    history = home.records.history()
    assert {one.id for one in history.records()} == {
        *("older", "screening", "first", "second", "session", "hurt", "seen"),
        *("ice", "ice-end", "choice", "habit-day", "missed", "weekly", "goal-scores", "background"),
        *("edited", "deleted", "undone"),
    }
    first = next(one for one in history.check_ins if one.id == "first")
    assert (first.note, first.answers.pain.walking) == ("膝の裏 [tight] 🦵", 4)
    assert (home.profile.contexts, home.profile.quiet) == (("diabetes", "blood-thinner"), Between("22:00", "07:00"))
    assert [reminder.id for reminder in home.profile.reminders or ()] == ["desk", "own"]
    assert home.records.state("session") == {"step": 2}
    assert [entry["outcome"] for entry in home.records.delivery_log().entries()] == ["shown"]
    assert not home.records.damage()


def test_the_kept_files_hold_every_kind_of_record() -> None:
    """A new kind of record needs a kept file too, or nobody would notice when it can no longer be read."""
    newest = KEPT / f"schema-{SCHEMA}"
    text = "".join(path.read_text(encoding="utf-8") for path in newest.glob("records-*.json"))
    assert {kind for kind in KINDS if f'"kind":"{kind}"' in text} == set(KINDS)


def test_a_newer_versions_file_is_never_overwritten(home: Home) -> None:
    """Going back to an older program: its file stays as it was under another name, and one is told what to do."""
    shutil.copytree(KEPT / f"schema-{SCHEMA}", home.places.data)
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
