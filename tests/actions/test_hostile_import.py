"""A file made to do harm: it is refused in lines, as what is typed would be, and a home that took one is mended."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from coach.actions.export import MAX_PROBLEMS, merge
from coach.errors import DataError
from coach.home import Home
from coach.records.repair import salvage
from coach.words import Words
from tests.helpers import Ran

NOW = datetime.fromisoformat("2026-11-22T08:00:00+09:00")
AT = "2026-11-22T07:00:00+09:00"
DAILY = {"id": "own", "kind": "custom", "at": "09:00"}
EVERY = {"id": "own", "kind": "desk-break", "every_min": 30, "between": {"start": "09:00", "end": "18:00"}}
ROW = {"id": "own@1", "reminder": "own", "kind": "custom", "due": AT, "noted": AT, "outcome": "shown"}
Coach = Callable[..., Ran]


def nested(depth: int) -> Any:
    inner: Any = 1
    for _ in range(depth):
        inner = [inner]
    return inner


def dream(**values: Any) -> dict[str, Any]:
    """Return a record of a kind that only a newer version knows."""
    return {"records": [{"id": "d", "kind": "dream", "at": AT, **values}]}


def reminders(*listed: dict[str, Any]) -> dict[str, Any]:
    return {"profile": {"reminders": list(listed)}}


def row(**values: Any) -> dict[str, Any]:
    return {"records": [{"id": "own@1", "kind": "reminder", "at": AT, "entry": {**ROW, **values}}]}


HOSTILE: dict[str, tuple[dict[str, Any], str]] = {
    "no every": (reminders({**EVERY, "every_min": None}), "profile.reminders.0: "),
    "no hours": (reminders({**EVERY, "between": None}), "profile.reminders.0: "),
    "neither": (reminders({"id": "own", "kind": "custom"}), "profile.reminders.0: "),
    "both": (reminders({**EVERY, "at": "09:00"}), "profile.reminders.0: "),
    "never": (reminders({**EVERY, "every_min": 1000}), "profile.reminders.0: "),
    "at once": (reminders({**EVERY, "every_min": 0}), "profile.reminders.0: "),
    "no time": (reminders({**DAILY, "at": "25:00"}), "profile.reminders.0: "),
    "no days": (reminders({**DAILY, "days": []}), "profile.reminders.0: "),
    "an id for a terminal": (reminders({**DAILY, "id": "\x1b[2J"}), "profile.reminders.0: "),
    "an id of the program": (reminders({**DAILY, "id": "ice"}), "profile.reminders.0: "),
    "one id twice": (reminders(DAILY, DAILY), "profile.reminders.1: "),
    "an endless text": (reminders({**DAILY, "text": "x" * 501}), "profile.reminders.0: "),
    "a naive moment": (reminders({**DAILY, "since": "2026-11-22T08:00:00"}), "profile.reminders.0.since: "),
    "a thousand": (
        reminders(*({**EVERY, "id": f"r{number}", "every_min": 1} for number in range(1000))),
        "profile.reminders.30: ",
    ),
    "begun tomorrow": ({"profile": {"onset": "2030-01-01"}}, "profile.onset: "),
    "begun in another age": ({"profile": {"onset": "0001-01-01"}}, "profile.onset: "),
    "a language that is a path": ({"profile": {"language": "../../etc"}}, "profile.language: "),
    "a naive row": (row(noted="2026-11-22T07:00:00"), "records.0.entry.noted: "),
    "a row of text": (row(count="many"), "records.0.entry.count: "),
    "deep": (dream(x=nested(200)), "records.0: "),
    "deep settings": ({"profile": {"x": nested(60)}}, "profile: "),
    "large": (dream(x="x" * 200_000), "records.0: "),
    "digits": (dream(x=[10**40]), "records.0.x.0: "),
    "a day of another age": (
        {"records": [{"id": "m", "kind": "missed", "at": AT, "day": "0001-01-01", "why": "away"}]}, "records.0.day: "
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_lines_and_nothing_is_kept(home: Home, name: str) -> None:
    """The path of each problem is told; what was on the machine stays as it was."""
    document, start = HOSTILE[name]
    with pytest.raises(DataError) as raised:
        merge(home, {"format": "hizaura", "version": 1, "records": [], **document}, NOW, Words("en"))
    assert raised.value.problems[0].startswith(start)
    assert all(len(line) < 500 and line.isprintable() for line in raised.value.problems)
    assert "keep." not in raised.value.problems[0]
    assert "reminders.error" not in raised.value.problems[0]
    assert not home.places.data.exists()


def test_a_million_problems_are_told_as_the_first_of_them(home: Home) -> None:
    """Nobody reads on, and the terminal is still one's own."""
    with pytest.raises(DataError) as raised:
        merge(home, {"format": "hizaura", "version": 1, "records": [3] * 10_000}, NOW, Words("en"))
    assert len(raised.value.problems) == MAX_PROBLEMS


def test_what_can_be_typed_can_be_taken_along(home: Home, tmp_path: Path, coach: Coach) -> None:
    """The checks are those of typing, so that no export of one's own is refused."""
    coach("setup", "--yes", "--region", "jp", "--work", "22:00-06:00", "--days", "sat")
    coach("reminders", "add", "--kind", "custom", "--every", "1m", "--between", "00:00-24:00", "--text", "膝 \x1b[2J")
    coach("reminders", "add", "--kind", "custom", "--at", "23:59", "--days", "sun")
    coach("check-in", "--walking", "3", "--none-of-the-signs", "--note", "x" * 50_000)
    path = tmp_path / "all.json"
    assert coach("export", str(path)).code == 0
    assert json.loads(path.read_text(encoding="utf-8"))["profile"]["reminders"]
    assert coach("import", str(path)).code == 0
    assert coach("erase", "--yes").code == 0
    assert coach("import", str(path)).err == ""
    assert len(home.records.history().check_ins) == 1


def write(path: Path, values: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.encode(values))


COMMANDS = (
    ("today", "--json"), ("status",), ("history", "--json"), ("ice",), ("habit",), ("reminders", "list"),
    ("reminders", "next"), ("reminders", "log"), ("summary",), ("export", "-"), ("snooze",), ("hurts",),
    ("check-in", "--walking", "2", "--none-of-the-signs"),
)  # fmt: skip


@pytest.mark.heavy
def test_a_home_that_took_hostile_files_is_mended_on_opening(home: Home, coach: Coach) -> None:
    """An earlier version took them all: every command works again, and the good reminder beside them stays."""
    profile: dict[str, Any] = {"schema": 1, "set_up": True}
    entries: list[Any] = [{"id": "good", "kind": "custom", "at": "09:00"}]
    items: dict[str, list[Any]] = {"records": [], "reminders": []}
    for document, _ in HOSTILE.values():
        settings = document.get("profile", {})
        profile |= settings
        entries += settings.get("reminders", ())
        for record in document.get("records", ()):
            items["reminders" if "entry" in record else "records"].append(record.get("entry", record))
    write(home.places.profile(), {**profile, "reminders": entries})
    for name, listed in items.items():
        days = {"20261122": {"items": [{**item, "id": str(number)} for number, item in enumerate(listed)]}}
        write(home.places.data / f"{name}-2026-11.json", {"schema": 1, "days": days})
    for words in COMMANDS:
        ran = coach(*words)
        assert ran.code in (0, 1), ran.err
        assert "Traceback" not in ran.err
    assert home.profile.reminders
    assert home.profile.reminders[0].id == "good"
    assert len(home.profile.reminders) <= 30
    assert len(home.records.history().check_ins) == 1


@pytest.mark.parametrize(
    "state",
    [
        {"reminders": {"accounted": 3, "before": [], "absences": True}, "reminders-rest": {"since": 1, "until": None}},
        {"reminders": {"absences": [[1], "x", ["2026-11-22T08:00:00"] * 2]}, "reminders-rest": {"until": "soon"}},
        {"session": {"kept": "2026-11-22T07:59:00", "run": 3}, "unfit": {"ids": {"a": 1}}, "rhythm": {"declined": 1}},
        {"calendar": {"titles": [1], "uids": 3, "owner": {}}, "reach": {}, "followups": {"a": nested(30)}},
    ],
)
def test_small_documents_of_the_wrong_shape_are_as_if_they_were_not_there(
    home: Home, coach: Coach, tmp_path: Path, state: dict[str, Any]
) -> None:
    """Nobody can be asked to mend a file of the program's own."""
    write(home.places.data / "state.json", {"schema": 1, **state})
    for words in (*COMMANDS, ("reminders", "export", str(tmp_path / "x.ics")), ("pause", "1h"), ("resume",)):
        ran = coach(*words)
        assert "Traceback" not in ran.err
        assert ran.code in (0, 1, 2), ran.err


@pytest.mark.parametrize(
    "data",
    [b"{" * 1_000_000, b'{"a":' * 300_000, b'{"id":"a","at":"2026-11-22T08:00Z","x":' * 30_000, b'"\\' * 1_000_000],
    ids=lambda data: str(data[:6]),
)
def test_a_file_of_brackets_is_searched_in_a_moment(data: bytes) -> None:
    """It took minutes when each bracket was tried; what stands behind them is still found."""
    good = b'\n{"id":"a","at":"2026-11-22T08:00:00Z","note":"{\\"}"}\n'
    assert [item.id for item in salvage(data + good, "at")] == ["a"]


@pytest.mark.parametrize("depth", [40, 980, 100_000])
def test_a_nested_file_is_refused_by_the_command(coach: Coach, tmp_path: Path, depth: int) -> None:
    """However deep: neither reading it nor saying so falls over."""
    path = tmp_path / "deep.json"
    record = '{"id":"d","kind":"dream","at":"2020-01-01T00:00:00Z","x":' + "[" * depth + "1" + "]" * depth + "}"
    path.write_text('{"format":"hizaura","version":1,"records":[' + record + "]}", encoding="utf-8")
    ran = coach("import", str(path))
    assert ran.code == 65
    assert ran.err.count("\n") == 1
