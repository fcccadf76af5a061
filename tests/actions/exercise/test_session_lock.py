"""Two sessions at once: neither loses what it keeps, and what a dead one kept is offered."""

import subprocess
import time
from collections.abc import Callable

import pytest

from coach import clock
from coach.actions.exercise.session_flow import Flow
from coach.actions.exercise.session_lock import session_owner
from coach.home import Home
from coach.words import Words

Spawn = Callable[..., "subprocess.Popen[str]"]


def opened(language: str = "en") -> Flow:
    """Return the page of a session, as another window of the same person has it."""
    return Flow(Home(), Words(language), clock.now)


def mode(flow: Flow) -> str:
    """Return which page it is on now."""
    return flow.mode


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_second_says_where_one_is_under_way(calm: Home, language: str) -> None:
    """It names the window and since when, and leaves what is kept as it is."""
    first = opened()
    first.start()
    since, kept = clock.now(), calm.records.state("session")
    second = opened(language)
    assert mode(second) == "refused"
    assert f"{since:%H:%M}" in second.refusal
    assert "`coach`" in second.refusal
    assert calm.records.state("session") == kept
    first.close()


def test_a_page_that_only_waits_takes_nothing(calm: Home) -> None:
    """The first to begin has it; the one that waited says so when it would begin, and can once the other is done."""
    waiting, other = opened(), opened()
    other.start()
    waiting.start()
    assert mode(waiting) == "refused"
    while not other.stop():
        pass
    again = opened()
    again.start()
    assert mode(again) == "run"
    again.close()


def test_a_page_that_waited_over_a_session_looks_anew(calm: Home) -> None:
    """What another began meanwhile and left in the middle is offered, never written over."""
    waiting, other = opened(), opened()
    other.start()
    other.close()
    waiting.start()
    assert mode(waiting) == "offer"
    waiting.start()
    assert mode(waiting) == "run"
    waiting.close()


def test_beginning_anew_notes_the_old_one_and_waits_for_a_new_start(calm: Home) -> None:
    """The offer that is not taken leaves nobody locked out."""
    other = opened()
    other.start()
    other.close()
    page = opened()
    page.choose("anew")
    assert mode(page) == "intro"
    assert session_owner(calm) is None
    page.start()
    assert mode(page) == "run"
    page.close()


def test_another_process_has_it_until_it_dies(calm: Home, spawn: Spawn, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines of `coach start --plain` keep the screen out; killed, what they kept is offered there."""
    lines = spawn("start", "--plain")
    for _ in range(2400):
        if (who := session_owner(calm)) and who.by == "plain" and calm.records.state("session"):
            break
        time.sleep(0.05)
    seen = clock.now()
    monkeypatch.setattr(clock, "now", lambda: seen)  # also where midnight comes now
    page = opened()
    assert mode(page) == "refused"
    assert "`coach start --plain`" in page.refusal
    assert str(lines.pid) in page.refusal
    lines.kill()
    lines.wait()
    assert mode(opened()) == "offer"
