"""Today at every size: whole doses, days that can be read, and nothing that a worrying sign makes untrue."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from coach.actions.reminders.settings import add
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.reminders.reminder import Reminder
from coach.domain.status.history import DoneStep, Session
from coach.domain.triage.answers import Pain
from coach.home import Home
from coach.words import Words
from tests.helpers import Ran, beginning
from tests.ui.conftest import Open


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("size", [(48, 30), (60, 20), (80, 24), (120, 36)])
async def test_each_stretch_says_its_whole_dose(
    lived_in: Home, open_app: Open, size: tuple[int, int], language: str
) -> None:
    """How long and how often is never cut off at the edge."""
    async with open_app(lived_in, size, language) as screen:
        words = Words(language)
        dose = words("today.dose", hold=20, times=words("today.times", n=2))
        assert screen.text().count(dose) == 2


async def test_nobody_is_sent_for_a_walk_after_a_same_day_sign(lived_in: Home, open_app: Open, now: datetime) -> None:
    """The advice to keep moving a little is for a pause for comfort, not for a leg that must be seen."""
    save(lived_in, NewAnswers(pain=Pain(walking=2), signs={"one-leg-swollen-warm": "yes"}), now)
    async with open_app(lived_in) as screen:
        assert beginning("today.no-stretching") in screen.text()
        assert "walk" not in screen.text().split(beginning("today.no-stretching"))[1].split("\n")[0]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_two_week_chart_has_a_title_and_dates(lived_in: Home, open_app: Open, size: tuple[int, int]) -> None:
    """The bars have a scale of 0 to 10, the first day and today under them."""
    async with open_app(lived_in, size) as screen:
        text = screen.text()
        assert beginning("today.pain.what") in text
        assert "10 Nov" in text
        assert any(line.split()[:1] == ["10"] for line in text.splitlines())


async def test_a_reminder_on_a_later_day_shows_its_time(fresh: Home, open_app: Open, now: datetime) -> None:
    """A day alone would not say when."""
    save(fresh, NewAnswers(pain=Pain(walking=7), none_of_the_signs=True), now - timedelta(hours=1))
    async with open_app(fresh, (120, 36)) as screen:
        later = [line for line in screen.lines() if "25 Nov" in line]
        assert later
        assert all(":" in line.split("25 Nov")[1] for line in later)


async def test_enter_is_called_the_same_beside_the_routine_and_in_the_footer(
    lived_in: Home, open_app: Open, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A month away, the signs come before the routine; the line of the routine promises nothing else."""
    monkeypatch.setattr("coach.clock.now", lambda: now + timedelta(days=30))
    async with open_app(lived_in, (80, 24)) as screen:
        assert screen.text().count(f"Enter {beginning('today.command.answer.name')}") == 2
        assert f"Enter {beginning('today.command.start.name')}" not in screen.text()


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_reminder_of_ones_own_is_called_by_its_own_words(
    fresh: Home, open_app: Open, now: datetime, size: tuple[int, int]
) -> None:
    """Short words stand on Today as they were written; long ones do not push the others away."""
    for text, at in (("a glass of water", "09:30"), ("a long letter to somebody far away", "10:00")):
        add(fresh, Reminder(id="", kind="custom", at=at, text=text), now)
    async with open_app(fresh, size) as screen:
        assert "a glass of water" in screen.text()
        assert Words("en")("kind.custom") in screen.text()
        assert "letter" not in screen.text()


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_a_large_window_shows_the_first_stretch(lived_in: Home, open_app: Open, language: str) -> None:
    """A wide, high window shows what comes first; at 80 by 24 nothing gives way to it."""
    async with open_app(lived_in, (120, 36), language) as screen:
        assert _drawn_right_of(screen.lines(), 70) > 6
    async with open_app(lived_in, (120, 24), language) as screen:
        assert not _drawn_right_of(screen.lines(), 70)


async def test_nothing_to_stretch_is_drawn_on_a_day_of_rest(lived_in: Home, open_app: Open, now: datetime) -> None:
    """A picture of a stretch would say the contrary of the page."""
    save(lived_in, NewAnswers(pain=Pain(walking=7), none_of_the_signs=True), now)
    async with open_app(lived_in, (120, 36)) as screen:
        assert not _drawn_right_of(screen.lines(), 70)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_click_on_a_label_opens_its_screen(lived_in: Home, open_app: Open, size: tuple[int, int]) -> None:
    """Whoever holds the mouse clicks on what they want to know more of."""
    async with open_app(lived_in, size) as screen:
        for label, name in (("Next", "reminders"), ("Ice", "ice"), ("Habit", "habit"), ("Pain ", "history")):
            await screen.click(label)
            assert name == screen.front.NAME
            await screen.press("escape")


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_today_shows_that_the_routine_was_done(
    lived_in: Home, open_app: Open, coach: Callable[..., Ran], now: datetime, language: str
) -> None:
    """After the session Today does not look as if it were still to do; yesterday's is not today's."""
    words = Words(language)
    steps = (DoneStep("seated-toe-pull", "right", 20, 2),)
    lived_in.records.add(Session(id="old", at=now - timedelta(days=1), routine="evening", steps=steps, seconds=60))
    async with open_app(lived_in, (80, 24), language) as screen:
        assert words("today.done", time="09:02") not in screen.text()
    lived_in.records.add(Session(id="new", at=now - timedelta(minutes=10), routine="evening", steps=steps, seconds=60))
    async with open_app(lived_in, (80, 24), language) as screen:
        assert words("today.done", time="09:02") in screen.text()
    assert words("plan.done", time="09:02") in coach("--lang", language, "today").out


def _drawn_right_of(lines: list[str], column: int) -> int:
    """Return the number of rows that hold dots right of a column."""
    return sum(any("\u2800" < letter <= "\u28ff" for letter in line[column:]) for line in lines)
