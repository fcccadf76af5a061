"""A folder may be shared with other programs: what is theirs is neither read as ours, nor replaced, nor set aside."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from coach.home import Home
from coach.records.ownership import CACHED, FILES, check_of, is_foreign
from coach.remind.service import Service
from tests.helpers import Ran

Coach = Callable[..., Ran]
THEIRS = {
    "agent.log": "hello", "agent.1.log": "hello\n", "records-2026-10.toml": "x = 1", "records.lock": "4711",
    "ui.lock": "-1", "agent.lock": "{}", "profile.json.orig": "{}", "cache/agent.json": "{}", "cache/precious.db": "db",
    "cache/status.json": '{"build": "green"}',
}  # fmt: skip


@pytest.mark.parametrize("name", ["state.json", "profile.json", "records-2026-11.json", "damage.json"])
@pytest.mark.parametrize("text", ['{"version": 4, "serial": 7}', '["Kind of Blue"]'])
def test_another_programs_file_is_refused_and_left(
    coach: Coach, home_folder: Path, at: Callable[[str], datetime], name: str, text: str
) -> None:
    """Only what is ours, or was, may be taken for damaged: theirs is neither set aside nor replaced."""
    at("2026-11-22T08:00+09:00")
    home_folder.mkdir()
    (home_folder / name).write_text(text, encoding="utf-8")
    (home_folder / name).chmod(0o644)
    if name == "damage.json":  # written only where there is damage to note
        (home_folder / "profile.json").write_text("{", encoding="utf-8")
    ran = coach("check-in", "--walking", "2", "--none-of-the-signs")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert f"{home_folder / name} is a file of another program" in ran.err
    coach("setup", "--yes")
    coach("hurts")
    assert (home_folder / name).read_text(encoding="utf-8") == text
    assert (home_folder / name).stat().st_mode & 0o777 == 0o644
    assert not list(home_folder.glob("*.damaged-*"))


def test_a_life_among_others_files_leaves_them_as_they_are(
    coach: Coach, home_folder: Path, at: Callable[[str], datetime]
) -> None:
    """A log, a cache and a lock of another program are neither written on nor replaced."""
    at("2026-11-22T08:00+09:00")
    for name, text in THEIRS.items():
        (home_folder / name).parent.mkdir(parents=True, exist_ok=True)
        (home_folder / name).write_text(text, encoding="utf-8")
    lines = ("setup --yes", "check-in --walking 2 --none-of-the-signs", "status", "today", "hurts", "status", "skip")
    for line in lines:
        ran = coach(*line.split())
        assert ran.code == 0, ran.err
    service = Service(Home(), ring=lambda popup: True)
    service.stop()
    service.run()
    assert {name: (home_folder / name).read_text(encoding="utf-8") for name in THEIRS} == THEIRS


def test_a_file_is_ours_by_its_name_and_what_stands_in_it(tmp_path: Path) -> None:
    """Of each name that this program gives: what it writes there is its own, another program's is foreign."""
    log = "2026-11-22 08:00:00,123 INFO begun\n"
    for name, ours, theirs in (
        ("records-2026-11.json", '{"schema":1,"days":{}}', '{"days":1}'),
        ("reminders-2026-11.json.bak", '\ufeff{ "schema": 12 }', '{"schema":"1","x":2}'),
        ("state.json", '{"x":2,"schema":1}', "[]"),
        ("profile.json", '{"language":"ja"}', '{"language":"ja","rooms":3}'),
        ("profile.json", "{}", '"schema"'),
        ("damage.json", '{"damages":[],"lost_at":null}', '{"damages":[],"other":1}'),
        ("agent.log", log, "hello"),
        ("agent.1.log", "", "2026-11-22 hello"),
        ("status.json", '{"of":1,"summary":2}', '{"of":1,"build":2}'),
        ("agent.json", '{"trouble":null}', '{"x":1}'),
        ("agent-0123456789abcdef.json", '{"machine":"x"}', '{"machine":"x","y":1}'),
        ("records (1).lock", '{"pid":1,"by":"ui"}', "4711"),
    ):
        path = tmp_path / name
        for text, is_theirs in ((ours, False), (theirs, True)):
            path.write_text(text, encoding="utf-8")
            assert is_foreign(path) is is_theirs, (name, text)
        path.unlink()
        assert not is_foreign(path)
    for name in ("film.mkv", "records-2026-1.json", "records-2026-11.json.orig", "my records-2026-11.json"):
        (tmp_path / name).write_text("[]", encoding="utf-8")
        assert check_of(name, FILES | CACHED) is None
        assert not is_foreign(tmp_path / name)


@pytest.mark.parametrize(
    "text", ["", "{", "\0" * 99, "{}", '{"schema": 1}', '{"schema":9,"x":1}', '{"language": "ja"}']
)
def test_what_is_in_pieces_or_was_written_by_hand_is_ours(tmp_path: Path, text: str) -> None:
    """Damage is mended as ever, and settings may be written by a person who knows their names."""
    (tmp_path / "profile.json").write_text(text)
    assert not is_foreign(tmp_path / "profile.json")


def test_what_was_ours_is_ours_whatever_stands_there_now(home: Home) -> None:
    """The last good copy beside it tells whose it was."""
    home.records.change_profile(lambda profile: profile)
    home.places.profile().write_text("[1, 2]")
    assert not is_foreign(home.places.profile())
    assert home.profile.contexts_known


@pytest.mark.parametrize("name", ["state.json", "profile.json"])
def test_no_agent_stays_where_it_can_keep_nothing(coach: Coach, home_folder: Path, name: str) -> None:
    """It would be on, and call nobody: it says why at once, and ends."""
    home_folder.mkdir()
    (home_folder / name).write_text('{"version": 4}', encoding="utf-8")
    ran = coach("agent", "run")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert f"{home_folder / name} is a file of another program" in ran.err
    assert (home_folder / name).read_text(encoding="utf-8") == '{"version": 4}'
