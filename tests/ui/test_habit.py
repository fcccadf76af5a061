"""One habit for two weeks: chosen, answered in the evening, and compared honestly at the end."""

from datetime import datetime, timedelta
from itertools import count

import pytest

from coach import clock
from coach.actions.habit import answer_habit, choose_habit
from coach.actions.today import Day, today
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.triage.answers import Pain
from coach.home import Home
from coach.ui.widgets.board import Panel
from coach.words import LANGUAGES, Words
from tests.helpers import beginning
from tests.ui.conftest import NOW, Open


def minded(home: Home, monkeypatch: pytest.MonkeyPatch, pains: dict[bool, int], days: int = 14) -> datetime:
    """Mind a habit for so many days, every second one kept, with a pain for each kind; return the day after."""
    choose_habit(home, "one-leg-standing", NOW)
    for n in range(days):
        at = NOW + timedelta(days=n, hours=11)
        kept = n % 2 == 0
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        save(home, NewAnswers(pain=Pain(walking=pains[kept]), none_of_the_signs=True), at)
        answer_habit(home, kept, at)
    after = NOW + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: after)
    return after


async def test_a_habit_is_chosen_from_the_list(fresh: Home, open_app: Open) -> None:
    """What and how stand beside the one that is marked; Enter begins its two weeks."""
    async with open_app(fresh) as ui:
        await ui.press("b")
        assert beginning("habitscreen.intro") in " ".join(ui.text().split())
        await ui.press("down", "enter")
        assert "Day 1 of 14" in ui.text()
        assert "Two weeks, until 6 December 2026." in " ".join(ui.text().split())
    assert fresh.records.history().habit_choices[-1].habit == "one-leg-standing"


async def test_an_evening_is_answered_by_key_or_click(
    fresh: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No is an answer too; the last one of a day counts."""
    seconds = count()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(seconds=next(seconds)))
    choose_habit(fresh, "one-leg-standing", NOW)
    async with open_app(fresh) as ui:
        await ui.press("b", "y")
        assert "◉ Yes" in ui.text()
        await ui.click("No (n)")
        assert "◉ No" in ui.text()
        assert beginning("habit.answered-no") in ui.text()
    assert [one.kept for one in fresh.records.history().habit_days] == [True, False]


async def test_an_answer_is_of_the_evening_that_is_shown(
    fresh: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen that was left open over midnight answers the evening that it asks about, and names it."""
    choose_habit(fresh, "one-leg-standing", NOW)
    moments = [NOW.replace(hour=23, minute=58)]
    monkeypatch.setattr(clock, "now", lambda: moments[0])
    async with open_app(fresh) as ui:
        await ui.press("b")
        moments[0] += timedelta(minutes=5)
        await ui.press("y")
        assert "Mon 23 Nov" in ui.text()
        moments[0] += timedelta(hours=5)
        await ui.press("n")
    answers = fresh.records.history().habit_days
    assert [(answer.day, answer.kept) for answer in answers] == [(NOW.date(), True), (NOW.date(), False)]


async def test_after_two_weeks_days_with_and_without_are_compared(
    fresh: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With their pain, and with what that does not prove; then keep, change, or none."""
    minded(fresh, monkeypatch, {True: 1, False: 4})
    async with open_app(fresh) as ui:
        await ui.press("b")
        text = " ".join(line.plain for line in ui.front.query_one("#area-list", Panel).lines)
        assert "Days you managed it: 7 days, pain when walking 1 on average" in text
        assert "Other days: 7 days, pain when walking 4 on average" in text
        assert "the habit may not be the reason." in text
        await ui.press("y")
        assert len(fresh.records.history().habit_days) == 14
        await ui.press("k")
        assert "Day 1 of 14" in ui.text()


async def test_too_few_days_to_compare_are_named(fresh: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three days of each kind tell nothing."""
    minded(fresh, monkeypatch, {True: 1, False: 4}, days=6)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=15))
    async with open_app(fresh, language="ja") as ui:
        await ui.press("b")
        assert "2週間が終わりました" in ui.text()
        assert "低" not in ui.text()


async def test_a_habit_is_ended_without_blame(fresh: Home, open_app: Open) -> None:
    """And the list is back."""
    choose_habit(fresh, "one-leg-standing", NOW - timedelta(days=1))
    async with open_app(fresh) as ui:
        await ui.press("b", "0")
        assert beginning("habit.put-down") in ui.text()
        assert beginning("habitscreen.intro") in " ".join(ui.text().split())


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_wide_window_shows_the_pain_of_the_weeks_under_the_evenings(
    lived_in: Home, open_app: Open, now: datetime, language: str
) -> None:
    """The days that are compared in the end; the way it goes is said once."""
    choose_habit(lived_in, "crossed-legs", now)
    words, how = Words(language), lived_in.content.habits["crossed-legs"].how
    async with open_app(lived_in, (120, 36), language) as ui:
        ui.app.go("habit")
        await ui.pilot.pause()
        assert words("today.pain.what") in ui.text()
        assert ui.text().count(words.pick(how)[:8]) == 1
        await ui.resize(80, 24)
        assert words("today.pain.what") not in ui.text()


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (40, 12)])
async def test_all_fourteen_evenings_are_seen(
    lived_in: Home, open_app: Open, now: datetime, size: tuple[int, int]
) -> None:
    """In two rows where one has no room for them."""
    choose_habit(lived_in, "crossed-legs", now)
    async with open_app(lived_in, size) as ui:
        ui.app.go("habit")
        await ui.pilot.pause()
        shown = {part for line in ui.front.query_one("#area-list", Panel).lines for part in line.plain.split()}
        assert {str((now + timedelta(days=n)).day) for n in range(14)} <= shown
        width = ui.front.query_one("#area-list", Panel).size.width
        assert all(line.cell_length <= width for line in ui.front.query_one("#area-list", Panel).lines)


async def test_the_pain_beside_a_habit_is_read_anew_after_another_screen(
    lived_in: Home, open_app: Open, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often it is drawn, the days are read once; a number told meanwhile stands in the chart."""
    choose_habit(lived_in, "crossed-legs", now)
    read: list[Home] = []

    def counted(home: Home, at: datetime) -> Day:
        read.append(home)
        return today(home, at)

    monkeypatch.setattr("coach.ui.screens.habit.today", counted)
    async with open_app(lived_in, (120, 36)) as ui:
        await ui.press("b")
        await ui.resize(118, 36)
        await ui.resize(120, 36)
        assert len(read) == 1
        before = [line.plain for line in ui.front.query_one("#area-more", Panel).lines]
        await ui.press("question_mark")
        save(lived_in, NewAnswers(pain=Pain(walking=9), none_of_the_signs=True), now)
        await ui.press("escape")
        assert [line.plain for line in ui.front.query_one("#area-more", Panel).lines] != before
