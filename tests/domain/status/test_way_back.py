"""The way back as a person sees it: steps taken, what is missing, the earliest day."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from coach.actions.status.current import status_now
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.status.way_back import WayBack, way_back
from coach.domain.triage.answers import Pain
from coach.home import Home

NOW = datetime.fromisoformat("2026-12-02T09:00+09:00")


@pytest.fixture
def told(home: Home) -> Callable[..., WayBack | None]:
    """Return a function that saves check-ins (hours ago, at rest, when walking), and returns the way back."""

    def tell(*check_ins: tuple[int, int | None, int]) -> WayBack | None:
        for hours, rest, walking in check_ins:
            save(
                home,
                NewAnswers(pain=Pain(rest=rest, walking=walking), none_of_the_signs=True),
                NOW - timedelta(hours=hours),
            )
        return way_back(status_now(home, NOW), NOW)

    return tell


def test_a_usual_day_has_none(told: Callable[..., WayBack | None]) -> None:
    """Nothing is paused, nothing is to be shown."""
    assert told((1, 0, 1)) is None


def test_a_flare_needs_two_calm_check_ins(told: Callable[..., WayBack | None]) -> None:
    """Right after it, none is taken; 48 hours is the least where pain reached 6."""
    assert told((0, 2, 7)) == WayBack(steps=0, of=2, earliest=NOW + timedelta(hours=48))


def test_a_calm_check_in_is_a_step_and_the_second_a_day_later(told: Callable[..., WayBack | None]) -> None:
    """The earliest end is a day after the first calm one, and not before the least time."""
    assert told((60, 2, 7), (5, 1, 2)) == WayBack(steps=1, of=2, earliest=NOW + timedelta(hours=19))


def test_what_was_not_told_is_named(told: Callable[..., WayBack | None]) -> None:
    """A check-in without pain at rest does not count, and the way back says so."""
    back = told((30, 2, 7), (5, None, 2))
    assert back is not None
    assert (back.steps, back.untold) == (0, ("rest",))


def test_after_the_pause_comfortable_sessions_lead_on(told: Callable[..., WayBack | None]) -> None:
    """Two calm check-ins a day apart ended it."""
    assert told((80, 2, 7), (30, 1, 2), (2, 1, 2)) == WayBack(steps=0, of=2, sessions=True)


def test_a_sign_that_waits_for_a_visit_has_no_earliest_day(home: Home) -> None:
    """No time alone ends it."""
    save(home, NewAnswers(pain=Pain(walking=1), signs={"locked-knee": "yes"}, none_of_the_signs=True), NOW)
    back = way_back(status_now(home, NOW), NOW)
    assert back is not None
    assert back.earliest is None
    assert "seen" in back.waits
