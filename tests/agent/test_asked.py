"""What is asked of the agent or the screen is waited for as long as it may take, and no longer; ends are sure ones."""

import json
import os
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coach.agent import autostart, control
from coach.agent.control import ensure_agent, make_way, stop_agent
from coach.agent.holder import end_holder
from coach.agent.lease import SharedHome
from coach.agent.own_command import command, environment
from coach.agent.screen import ScreenRequests, open_on_screen
from coach.agent.status import AgentStatus, StatusDocument, StatusFile, ask_agent
from coach.domain.reminders.caller import RENEW_EVERY
from coach.errors import CoachError
from coach.home import Home
from coach.records.lock import FileLock, Holder, claim

NOW = datetime.fromisoformat("2026-11-22T08:00+09:00")


class Clock:
    """A clock that only waiting moves on; who waits may have something happen meanwhile."""

    def __init__(self) -> None:
        self.waited_s = 0.0
        self.meanwhile: Callable[[], object] = lambda: None

    def sleep(self, seconds: float) -> None:
        assert 0 < seconds < 0.1, "who waits is there soon after the answer"
        self.waited_s += seconds
        self.meanwhile()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("time.monotonic", lambda: 1000.0 + clock.waited_s)
    monkeypatch.setattr("time.sleep", clock.sleep)
    return clock


def lock_of(path: Path, by: str = "agent") -> FileLock:
    lock = claim(path, by, NOW.isoformat())
    assert isinstance(lock, FileLock)
    return lock


# -- the screen -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("can", [True, False])
def test_the_open_screen_opens_what_it_is_asked_for(home: Home, clock: Clock, can: bool) -> None:
    """It says whether it could; a second question of the same kind is asked, and answered, anew."""
    opened: list[str] = []
    screen = ScreenRequests(home.places)
    clock.meanwhile = lambda: screen.serve(lambda kind: (opened.append(kind), can)[1])  # type: ignore[func-returns-value]
    for times in (1, 2):
        assert open_on_screen(home.places, "routine") is can
        assert opened == ["routine"] * times
    assert clock.waited_s < 1
    screen.close()


def test_a_screen_that_does_not_answer_is_waited_for_three_seconds(home: Home, clock: Clock) -> None:
    """An answer to another question is none; and where no screen is open, nobody waits and nothing is asked."""
    assert not open_on_screen(home.places, "routine")
    assert (clock.waited_s, home.places.cache.exists()) == (0, False)
    screen = ScreenRequests(home.places)
    home.places.cache.mkdir(parents=True)
    (home.places.cache / "screen-answered").write_text("another yes", encoding="ascii")
    assert not open_on_screen(home.places, "routine")
    assert clock.waited_s == pytest.approx(3, abs=0.1)
    screen.close()


# -- the agent ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["check", "show", "break"])
def test_the_agent_answers_what_it_is_asked(home: Home, clock: Clock, question: str) -> None:
    """How it is then, and not how it was."""
    lock = lock_of(home.places.agent_lock())
    owner = StatusFile(home.places)
    owner.write(StatusDocument(reaches=None))

    def answer() -> None:
        if asked := owner.asked():
            owner.write(StatusDocument(reaches="desktop", held=asked, led_by="popups"))

    clock.meanwhile = answer
    for _ in range(2):
        status = ask_agent(home.places, question)  # type: ignore[arg-type]
        assert (status.calls, status.held, status.led_by, status.trouble) == (True, question, "popups", None)
    assert clock.waited_s < 1
    lock.release()


def test_an_agent_that_does_not_answer_reaches_nobody(home: Home, clock: Clock) -> None:
    """It is waited for eight seconds, as it may itself wait for the desktop; one that ends, no longer."""
    assert ask_agent(home.places) == AgentStatus(running=False)
    assert (clock.waited_s, home.places.cache.exists()) == (0, False)
    lock = lock_of(home.places.agent_lock())
    StatusFile(home.places).write(StatusDocument(reaches="desktop", sound=True))
    status = ask_agent(home.places)
    assert (status.running, status.calls, status.sound, status.trouble) == (True, False, False, "agent.no-answer")
    assert clock.waited_s == pytest.approx(8, abs=0.1)
    clock.waited_s = 0
    clock.meanwhile = lambda: lock.release() if clock.waited_s > 1 else None
    assert not ask_agent(home.places).running
    assert clock.waited_s == pytest.approx(1, abs=0.1)


# -- its end --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "reaches", "makes_way"), [("agent", None, True), ("agent", "desktop", False), ("ui", None, False)]
)
def test_only_an_agent_that_calls_nobody_makes_way(
    home: Home, monkeypatch: pytest.MonkeyPatch, by: str, reaches: str | None, makes_way: bool
) -> None:
    """One of an earlier login holds the lock, and nothing it shows is seen; the screen and one that calls stay."""
    lock = lock_of(home.places.agent_lock(), by)
    monkeypatch.setattr(control, "ask_agent", lambda places: AgentStatus(running=True, reaches=reaches))
    monkeypatch.setattr(control, "end_holder", lambda path, holder: lock.release())
    if makes_way:
        make_way(home.places)
    else:
        with pytest.raises(CoachError, match="owned") as raised:
            make_way(home.places)
        assert raised.value.values == {"pid": os.getpid(), "by": by}
        assert ensure_agent(home.places) is None
    assert lock.in_place() is not makes_way
    lock.release()


def test_an_agent_that_is_asked_to_end_has_fifteen_seconds(
    home: Home, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may wait for an answer of the desktop; another that takes its place meanwhile is not waited for."""
    asked: list[Holder] = []
    monkeypatch.setattr(control, "end_holder", lambda path, holder: asked.append(holder))
    assert stop_agent(home.places) is None
    lock = lock_of(home.places.agent_lock())
    with pytest.raises(CoachError, match="not-stopped") as raised:
        stop_agent(home.places)
    assert raised.value.values == {"pid": os.getpid()}
    assert clock.waited_s == pytest.approx(15, abs=0.1)
    clock.waited_s = 0
    holders = [asked[0], asked[0], Holder(asked[0].pid + 1, "agent")]
    monkeypatch.setattr(control, "holder_of", lambda path: holders.pop(0))
    assert stop_agent(home.places) == asked[0]
    assert 0 < clock.waited_s < 0.1
    assert len(asked) == 2
    lock.release()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who holds a lock")
def test_only_who_holds_the_lock_is_asked_to_end(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a process whose number stands in a lock that is free, nor one that holds another; 0 and less are many."""
    ended: list[int] = []
    monkeypatch.setattr(os, "kill", lambda pid, number: ended.append(pid))
    path = home.places.agent_lock()
    lock, other = lock_of(path), lock_of(tmp_path / "other.lock")
    for pid in (1, 0, -1, os.getppid()):
        with pytest.raises(CoachError, match="not-known") as raised:
            end_holder(path, Holder(pid, "agent"))
        assert raised.value.values == {"pid": pid, "path": str(path)}
    assert ended == []
    end_holder(path, Holder(os.getpid(), "agent"))
    assert ended == [os.getpid()]
    lock.release()
    for free in (path, tmp_path / "none.lock"):
        with pytest.raises(CoachError, match="not-known"):
            end_holder(free, Holder(os.getpid(), "agent"))
    other.release()
    assert ended == [os.getpid()]


# -- leases ---------------------------------------------------------------------------------------------------------


def test_a_lease_is_renewed_while_others_are_there(home: Home) -> None:
    """Every five minutes, or at once where somebody sits down, leaves, or the clock went back; looked at every 20 s."""
    folder = home.places.data
    folder.mkdir()
    shared = SharedHome(home.places, NOW)
    theirs = folder / "agent-00000000000000ff.json"

    def renewed_at() -> datetime:
        (own,) = [path for path in folder.glob("agent-*.json") if path != theirs]
        return datetime.fromisoformat(json.loads(own.read_bytes())["renewed"])

    def there(now: datetime) -> None:
        lease = {
            "machine": "0" * 14 + "ff",
            "since": (NOW - timedelta(hours=1)).isoformat(),
            "renewed": now.isoformat(),
        }
        theirs.write_text(json.dumps(lease), encoding="utf-8")

    assert not shared.look(0.0, NOW, None)
    there(NOW)
    assert not shared.look(19.9, NOW, None), "it is not looked for at every tick"
    assert shared.look(20.0, NOW, None), "they began first"
    assert renewed_at() == NOW
    soon = NOW + RENEW_EVERY - timedelta(seconds=1)
    there(soon)
    shared.look(40.0, soon, None)
    assert renewed_at() == NOW
    later = NOW + RENEW_EVERY
    shared.look(60.0, later, None)
    assert renewed_at() == later
    for monotonic, touched in ((80.0, later + timedelta(seconds=20)), (100.0, None)):
        moment = later + timedelta(seconds=monotonic - 60)
        changed = shared.look(monotonic, moment, touched)
        assert changed
        assert shared.calls is (touched is not None), "it calls where somebody sits"
        assert renewed_at() == moment
    shared.look(120.0, NOW, None)
    assert renewed_at() == NOW, "or the others would believe a lease of the future"
    for look, broken in enumerate((b"{", b"[]", b"{}", b"\xff")):
        theirs.write_bytes(broken)
        shared.look(140.0 + 20 * look, NOW, None)
        assert shared.calls
    shared.leave()
    shared.leave()
    assert list(folder.glob("agent-*.json")) == [theirs]


# -- beginning with the desktop -------------------------------------------------------------------------------------


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_each_home_has_an_entry_of_its_own_where_the_system_looks(system: str) -> None:
    """By its path; the usual one without a mark. Where a variable moved the folder, that counts."""
    home = "/home/me"
    usual = autostart.file_of(system, {"HOME": home})
    own = autostart.file_of(system, {"HOME": home, "COACH_HOME": "/a"})
    assert usual.parent == own.parent
    assert usual.is_relative_to(home)
    assert own.stem.removeprefix(usual.stem)[:1] == "-"
    assert len(own.stem) == len(usual.stem) + 9
    assert own != autostart.file_of(system, {"HOME": home, "COACH_HOME": "/b"})
    assert autostart.file_of(system, {"USERPROFILE": home}) == usual
    moved = {"HOME": home, "APPDATA": "/moved", "XDG_CONFIG_HOME": "/moved"}
    assert autostart.file_of(system, moved).is_relative_to("/moved") is (system != "darwin")


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_an_entry_without_a_home_of_its_own_sets_nothing(system: str) -> None:
    """It runs the words alone; line ends, quotes and per cent signs of a name reach the program as they are."""
    words = ["/opt/py thon", "-m", "coach"]
    text = autostart.content(system, words, {}).decode()
    assert "COACH_HOME" not in text
    assert "env" not in text.replace("EnvironmentVariables", "")
    if system == "linux":
        assert 'Exec="/opt/py thon" -m coach\n' in text
        quoted = autostart.content(system, ["/a\tb\nc\\d"], {}).decode()
        assert 'Exec="/a\\tb\\nc\\\\\\\\d"\n' in quoted


def test_it_is_on_while_its_entry_is_there(home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """And off where it never was; a folder that holds anything else of the person's stays."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert not autostart.enabled()
    assert not autostart.disable()
    path = autostart.enable()
    (path.parent / "theirs.desktop").touch()
    assert autostart.enabled()
    assert autostart.disable()
    assert not autostart.disable()
    assert not autostart.enabled()
    assert [each.name for each in path.parent.iterdir()] == ["theirs.desktop"]
    path.mkdir()
    assert not autostart.enabled()


# -- starting itself anew -------------------------------------------------------------------------------------------


def test_a_child_has_this_home_and_this_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """From a checkout by its path, before what the person put there; installed it is found without."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.delenv("COACH_HOME", raising=False)
    assert "COACH_HOME" not in environment()
    root = str(Path(autostart.__file__).parents[2])
    assert environment()["PYTHONPATH"] == os.pathsep.join((root, str(tmp_path)))
    assert autostart.needed(os.environ) == {"PYTHONPATH": root}
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    assert environment()["COACH_HOME"] == str(tmp_path)
    assert autostart.needed(os.environ) == {"PYTHONPATH": root, "COACH_HOME": str(tmp_path)}
    monkeypatch.setattr("coach.agent.own_command.coach.__file__", str(tmp_path / "site-packages/coach/__init__.py"))
    assert environment()["PYTHONPATH"] == str(tmp_path)
    assert autostart.needed({"COACH_HOME": ""}) == {}
    assert command("today") == [sys.executable, "-P", "-m", "coach", "today"]
