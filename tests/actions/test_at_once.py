"""Two windows, one moment: what is decided is decided alone, and the second sees what the first did."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from coach.actions import ice
from coach.actions.exercise import session
from coach.actions.exercise.session import left_open, ready
from coach.actions.export import merge
from coach.actions.ice import start_ice, stop_ice
from coach.actions.reminders import pause, snooze
from coach.actions.reminders.pause import resume
from coach.actions.reminders.snooze import skip
from coach.errors import CoachError
from coach.home import Home
from coach.places import Places
from coach.words import Words

NOW = datetime.fromisoformat("2026-11-23T10:00:00+09:00")
MEET_S = 0.5
"""How long the first waits for the second in the middle of its decision; where it is alone, nobody comes."""
Action = Callable[[Home], Any]


@pytest.fixture
def at_once(home: Home, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str, Action], list[Any]]:
    """Return a function that runs an action twice at once, and lets both meet after a function that it calls."""

    def run(module: Any, name: str, action: Action) -> list[Any]:
        meeting = threading.Barrier(2)
        real = getattr(module, name)

        def meet(*args: Any, **values: Any) -> Any:
            result = real(*args, **values)
            with suppress(threading.BrokenBarrierError):
                meeting.wait(MEET_S)
            return result

        monkeypatch.setattr(module, name, meet)
        outcomes: list[Any] = []

        def attempt() -> None:
            try:
                outcomes.append(action(Home(home.places)))
            except CoachError as error:
                outcomes.append(error)

        threads = [threading.Thread(target=attempt) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes

    return run


def refused(outcomes: list[Any]) -> int:
    return sum(isinstance(outcome, CoachError) for outcome in outcomes)


def allow_ice(home: Home) -> None:
    ice.answer_conditions(home, "no")


def test_one_icing_begins(home: Home, at_once: Callable[..., list[Any]]) -> None:
    """The second is told that one is running, and the skin gets its rest."""
    allow_ice(home)
    outcomes = at_once(ice, "ice", lambda home: start_ice(home, now=NOW))
    assert refused(outcomes) == 1
    assert len(home.records.history().ices) == 1


def test_one_icing_ends_once(home: Home, at_once: Callable[..., list[Any]]) -> None:
    """Its end has one moment, and one word about the skin."""
    allow_ice(home)
    start_ice(home, now=NOW)
    outcomes = at_once(ice, "ice", lambda home: stop_ice(home, NOW + timedelta(minutes=5)))
    assert refused(outcomes) == 1
    assert len(home.records.history().ice_ends) == 1


def test_two_skips_take_two_reminders(home: Home, at_once: Callable[..., list[Any]]) -> None:
    """Who skips twice does not want the next two."""
    outcomes = at_once(snooze, "next_reminder", lambda home: skip(home, NOW))
    assert len({(coming.id, coming.due) for coming in outcomes}) == 2


def test_a_pause_ends_once(home: Home, at_once: Callable[..., list[Any]]) -> None:
    """One of the two is told that reminders come already."""
    pause.pause(home, NOW, NOW + timedelta(hours=2))
    assert sorted(at_once(pause, "requested_pause", lambda home: resume(home, NOW + timedelta(hours=1)))) == [
        False,
        True,
    ]


def test_a_session_that_broke_off_is_recorded_once(calm: Home, at_once: Callable[..., list[Any]]) -> None:
    """Screen and popup both find it: it was one session."""
    from coach import clock

    now = clock.now()
    guided = ready(calm, now)
    guided = msgspec.structs.replace(guided, run=guided.run.start(0.0).tick(100.0).pause(100.0))
    session.keep(calm, guided, now - timedelta(hours=5))
    at_once(session, "_kept", lambda home: left_open(home, now))
    assert len(calm.records.history().sessions) == 1


def test_settings_are_taken_over_once(home: Home, at_once: Callable[..., list[Any]], tmp_path: Any) -> None:
    """Two imports of two machines: the settings are of one of them, and the second is told so."""
    import coach.actions.export as export_module

    def bring(home: Home) -> Any:
        document = {"format": "hizaura", "version": 1, "records": [], "profile": {"set_up": True, "region": "jp"}}
        return merge(home, document, NOW, Words("en")).settings

    assert sorted(at_once(export_module, "profile_of", bring)) == [False, True]


def test_the_lock_may_be_taken_within_itself(tmp_path: Any) -> None:
    """An action that decides under the lock writes by what takes it too; others wait until it is done."""
    records = Home(Places(data=tmp_path, config=tmp_path, cache=tmp_path, logs=tmp_path)).records
    with records.locked(), records.locked():
        records.keep_state("a", {})
    with records.locked():
        records.keep_state("b", {})
    assert records.state("a") == records.state("b") == {}
