"""While reminders are kept, the synced folder is looked after; what is wrong with it holds no reminder up."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from coach import clock
from coach.actions.sync import begin_sync, stop_sync, sync
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.triage.answers import Pain
from coach.errors import CoachError
from coach.home import Home
from coach.places import Places
from coach.remind.background_sync import AFTER_ERROR_S, LOOK_EVERY_S, BackgroundSync
from coach.words import Words


def until(holds: Callable[[], bool]) -> None:
    """Wait until it holds."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_what_changed_goes_out_and_what_came_comes_in(home: Home, tmp_path: Path) -> None:
    """A record of here at once; a file of another machine by the next look; without a folder there is no thread."""
    place, folder = tmp_path / "other", tmp_path / "carried"
    folder.mkdir()
    other = Home(Places(data=place, config=place, cache=place / "cache", logs=place))
    background = BackgroundSync(home)
    background.look(0, changed=True)
    assert not any(thread.name == "sync" for thread in threading.enumerate())
    own = folder / begin_sync(home, folder).file
    background.look(1, changed=True)
    until(own.exists)
    save(other, NewAnswers(pain=Pain(walking=1), none_of_the_signs=True), clock.now())
    sync(other, begin_sync(other, folder), clock.now(), Words("en"))
    background.look(2, changed=False)
    assert len(home.records.history().check_ins) == 0
    background.look(1 + LOOK_EVERY_S, changed=False)
    until(lambda: len(home.records.history().check_ins) == 1)
    stop_sync(home)
    background.stop()
    assert not any(thread.name == "sync" for thread in threading.enumerate())


@pytest.mark.parametrize(
    ("error", "wait_s"), [(CoachError("records.error.no-space"), AFTER_ERROR_S), (ValueError("unforeseen"), 0.0)]
)
def test_a_folder_that_cannot_be_synced_is_tried_again(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, wait_s: float
) -> None:
    """One that is full or gone is so for a while; whatever else went wrong, the next look tries again."""
    begin_sync(home, tmp_path)
    tries: list[object] = []

    def fails(*arguments: object, **_: object) -> None:
        tries.append(arguments)
        raise error

    monkeypatch.setattr("coach.actions.sync.sync", fails)
    background = BackgroundSync(home)
    background.look(0, changed=True)
    until(lambda: len(tries) == 1 and background._next_look == LOOK_EVERY_S + wait_s)
    background.look(LOOK_EVERY_S + wait_s - 1, changed=False)
    assert not background._due.is_set()
    background.look(LOOK_EVERY_S + wait_s, changed=False)
    until(lambda: len(tries) == 2)
    background.stop()
    assert not any(thread.name == "sync" for thread in threading.enumerate())


def test_where_the_folder_is_given_up_nothing_goes_on(home: Home, tmp_path: Path) -> None:
    """From the next change on; and what was begun before does nothing any more."""
    begin_sync(home, tmp_path)
    background = BackgroundSync(home)
    stop_sync(home)
    background.look(0, changed=True)
    background._sync()
    assert background._thread is None
    assert list(tmp_path.glob("*.json")) == []


def test_a_folder_that_hangs_holds_nothing_up(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that is gone answers after minutes; a heartbeat does not wait for it, nor does the end."""
    begin_sync(home, tmp_path)
    monkeypatch.setattr("coach.actions.sync.sync", lambda *_, **__: time.sleep(3))
    background = BackgroundSync(home)
    began = time.monotonic()
    for beat in range(50):
        background.look(beat * 10.0, changed=True)
    background.stop()
    assert time.monotonic() - began < 2.5
