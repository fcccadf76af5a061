"""Two agents over one carried home settle by small files which of them calls; one that is alone leaves a single one."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coach.agent.lease import LOOK_EVERY_S, SharedHome
from coach.places import Places

NOW = datetime.fromisoformat("2026-11-22T08:00+09:00")


def agent(folder: Path, machine: str, since: datetime, monkeypatch: pytest.MonkeyPatch) -> SharedHome:
    """Return the agent of a machine in a folder of its own."""
    folder.mkdir(exist_ok=True)
    monkeypatch.setattr("coach.agent.lease.machine_id", lambda: machine * 16)
    return SharedHome(Places(data=folder, config=folder, cache=folder, logs=folder), since)


def carry(*folders: Path) -> None:
    """Bring each machine's lease to the other folders."""
    for folder, machine in zip(folders, "ab", strict=True):
        for other in folders:
            if other != folder:
                (other / f"agent-{machine * 16}.json").unlink(missing_ok=True)
                for path in folder.glob(f"agent-{machine * 16}.json"):
                    shutil.copyfile(path, other / path.name)


def test_two_agents_agree_and_the_other_takes_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the one that calls ends, falls asleep, or somebody sits down at the other."""
    a, b = tmp_path / "a", tmp_path / "b"
    first = agent(a, "a", NOW, monkeypatch)
    second = agent(b, "b", NOW + timedelta(minutes=1), monkeypatch)

    def look(minutes: int, *, at_second: bool = False, asleep: bool = False) -> tuple[bool, bool]:
        now, monotonic = NOW + timedelta(minutes=minutes), minutes * 60.0 + 1
        for _ in range(2):
            if not asleep:
                first.look(monotonic, now, None)
            second.look(monotonic, now, now if at_second else None)
            carry(a, b)
            monotonic += LOOK_EVERY_S
        return first.calls, second.calls

    assert look(1) == (True, False)
    assert look(6) == (True, False)
    assert look(12, at_second=True) == (False, True)
    assert look(18, at_second=True) == (False, True)
    assert look(30) == (True, False)
    assert look(60, asleep=True)[1]
    assert look(61) == (True, False)
    first.leave()
    carry(a, b)
    second.look(1e6, NOW + timedelta(minutes=62), None)
    assert second.calls


def test_one_that_is_alone_writes_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A carrier has nothing to carry, and a disk need not wake."""
    alone = agent(tmp_path / "a", "a", NOW, monkeypatch)
    alone.look(1, NOW, None)
    (path,) = (tmp_path / "a").glob("agent-*.json")
    before = path.stat()
    for minutes in range(1, 120):
        assert not alone.look(minutes * 60.0, NOW + timedelta(minutes=minutes), NOW)
    assert path.stat() == before
    alone.leave()
    assert not path.exists()
