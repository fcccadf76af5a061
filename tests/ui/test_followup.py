"""The small questions of Today on the screen, and what follows from an answer."""

from datetime import timedelta

import pytest

from coach.domain.status.history import DoneStep, Session
from coach.home import Home
from coach.words import Words
from tests.ui.conftest import NOW, Open


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_someone_who_forgot_is_taken_to_the_reminder(lived_in: Home, open_app: Open, language: str) -> None:
    """The answer opens the routine's own reminder; what is typed there is when it comes from now on."""
    yesterday = NOW - timedelta(days=2)
    step = DoneStep("seated-toe-pull", "right", 20, 1)
    lived_in.records.add(Session(id="s1", at=yesterday, routine="evening", steps=(step,), seconds=60, outcome="done"))
    async with open_app(lived_in, (80, 40), language) as ui:
        await ui.press("a")
        await ui.press("right", "space", "enter")
        assert ui.front.NAME == "reminder"
        assert Words(language)("followup.fit.move-reminder")[:12] in ui.text()
        await ui.press("escape")
        assert ui.front.NAME == "today"
    assert lived_in.records.history().missed[-1].why == "forgot"
