"""The offer of one reminder a week on the screen: by key, by mouse, and left open."""

from datetime import timedelta

import pytest

from coach.actions.reminders import settings
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.triage.answers import Pain
from coach.home import Home
from coach.words import Words
from tests.helpers import beginning
from tests.ui.conftest import NOW, Open


@pytest.fixture
def settled(fresh: Home) -> Home:
    """Return a home with pain at first, and 17 days at 0 up to now."""
    for back in range(20, -1, -1):
        pain = Pain(walking=2 if back > 16 else 0, rest=0, during=0)
        save(fresh, NewAnswers(pain=pain, none_of_the_signs=True), NOW - timedelta(days=back))
    return fresh


def coming(home: Home) -> set[str]:
    """Return the reminders that are switched on."""
    return {one.id for one in settings.all_reminders(home) if one.enabled}


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_fewer_reminders_are_explained_and_accepted_by_key(settled: Home, open_app: Open, language: str) -> None:
    """One quiet line, one page, one answer."""
    words = Words(language)
    async with open_app(settled, (80, 24), language) as ui:
        assert words("frequency.offer.weekly") in ui.text()
        await ui.press("m")
        assert "20:00" in ui.text()
        assert words("frequency.choice.weekly") in ui.text()
        await ui.press("space", "enter")
        assert ui.front.NAME == "today"
        assert words("frequency.offer.weekly") not in ui.text()
    assert coming(settled) == {"desk-break", "posture", "weekly"}


async def test_fewer_reminders_are_declined_by_mouse(settled: Home, open_app: Open) -> None:
    """The line opens the page, a click chooses, and the line is not there any more."""
    before = coming(settled)
    async with open_app(settled, (80, 24)) as ui:
        await ui.click("One reminder a week")
        await ui.click(beginning("frequency.keep"))
        await ui.click(beginning("frequency.note"))
        assert "for a month" in " ".join(ui.text().split())
        assert "One reminder a week" not in ui.text()
    assert coming(settled) == before


async def test_no_choice_changes_nothing(settled: Home, open_app: Open) -> None:
    """Enter without a choice, or Escape: the offer stays, and so do the reminders."""
    before = coming(settled)
    async with open_app(settled, (80, 24)) as ui:
        await ui.press("m", "enter")
        assert ui.front.NAME == "today"
        await ui.press("m", "escape")
        assert "One reminder a week" in ui.text()
    assert coming(settled) == before


async def test_the_weekly_reminder_keeps_its_text_when_its_time_changes(settled: Home, open_app: Open) -> None:
    """Who moves the weekly one to another time keeps what it says."""
    async with open_app(settled, (80, 40)) as ui:
        await ui.press("m", "space", "enter", "r", "up")
        while (chosen := getattr(ui.front, "marked_entry", None)) is not None and chosen.id != "weekly":
            await ui.press("down")
        await ui.press("enter", "enter")
    (weekly,) = [one for one in settings.all_reminders(settled) if one.id == "weekly"]
    assert weekly.text == Words("en")("frequency.reminder")
