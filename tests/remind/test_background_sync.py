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
from coach.home import Home
from coach.places import Places
from coach.remind.background_sync import LOOK_EVERY_S, BackgroundSync
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
