"""What the tests of the UI share: a home that is set up, the app in a terminal of a size, and its frame as text."""

import gc
import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

import msgspec
import pytest

from coach import clock
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.triage.answers import Pain
from coach.home import Home
from coach.ui.app import CoachApp
from tests.helpers import Furnish
from tests.ui.driver import Screen, steady

NOW = datetime.fromisoformat("2026-11-23T09:12+09:00")

Open = Callable[..., AbstractAsyncContextManager[Screen]]
APPS = itertools.count(1)
APPS_KEPT = 40
"""How many closed apps are kept until all are thrown away at once: a look through all that was imported is long."""


@contextmanager
def rubbish_kept() -> Iterator[None]:
    """Look for no rubbish while an app lives, which would turn that on, and keep what is rubbish when it is closed."""
    gc.disable()
    try:
        with patch.object(gc, "enable"), patch.object(gc, "freeze"):
            yield
    finally:
        gc.enable()
    if next(APPS) % APPS_KEPT == 0:
        gc.collect()


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Stand the clock at a Monday morning in Tokyo."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return NOW


@pytest.fixture
def fresh(home: Home, now: datetime) -> Home:
    """Return a home after set-up, with nothing noted yet."""
    return _set_up(home)


def _set_up(home: Home) -> Home:
    home.records.change_profile(lambda old: msgspec.structs.replace(old, set_up=True, region="jp", side="right"))
    return home


@pytest.fixture
def lived_in(home: Home, now: datetime, furnish: Furnish) -> Home:
    """Return a home with two calm weeks noted, the last time yesterday, the signs answered with no."""

    def make() -> None:
        _set_up(home)
        # A day at 0 among the last: three in a row of pain without exercise would be a reason to be seen.
        for days, points in enumerate((2, 1, 2, 3, 2, 1, 1, 2, 1, 2, 0, 1)):
            save(home, NewAnswers(pain=Pain(walking=points), none_of_the_signs=True), now - timedelta(days=12 - days))

    return furnish("two calm weeks", make)


@pytest.fixture
def open_app() -> Open:
    """Return a function that opens the app in a terminal of a size and a language."""

    @asynccontextmanager
    async def run(home: Home, size: tuple[int, int] = (80, 24), language: str = "en") -> AsyncIterator[Screen]:
        app = CoachApp(home, language)
        with steady(app), rubbish_kept():
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                screen = Screen(app, pilot)
                yield screen
                if app.is_running and app.screen_stack:
                    screen.lines()  # the last frame can be drawn, whether it was read or not

    return run
