"""One day of the diary on the screen: changed, taken out, brought back, and added to, by key and by mouse."""

from datetime import datetime, timedelta

import pytest

from coach.actions.status.current import status_now
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.status.diary import shown
from coach.domain.status.history import Hurt
from coach.domain.triage.answers import Pain
from coach.home import Home
from coach.ui.widgets.board import Panel
from coach.words import Words
from coach.words.dates import week_day
from tests.ui.conftest import Open

WORDS = Words("en")


def numbers(home: Home, day: datetime) -> list[int | None]:
    """Return the worst when walking of each check-in that is shown on a day."""
    check_ins = shown(home.records.history()).check_ins
    return [check_in.answers.pain.walking for check_in in check_ins if check_in.at.date() == day.date()]


async def test_an_old_entry_is_changed_by_key(lived_in: Home, open_app: Open, now: datetime) -> None:
    """From History to the day, to its entry, with the answers filled in; what was not touched stays."""
    day = now - timedelta(days=4)
    save(lived_in, NewAnswers(pain=Pain(walking=2, rest=1), note="stairs"), day + timedelta(hours=6))
    async with open_app(lived_in, (100, 40)) as ui:
        await ui.press("h", "left", "left", "left", "left", "enter")
        assert "right knee 2" in ui.text()
        await ui.press("down", "e")
        assert WORDS("checkin.editing") in ui.text()
        await ui.press("6", "enter")
        assert WORDS("day.changed") in ui.text()
        assert "changed since" in " ".join(line.plain.strip() for line in ui.front.query_one("#area-list", Panel).lines)
        assert numbers(lived_in, day)[-1] == 6
        (change,) = lived_in.records.history().edits
        assert (change.answers.pain.walking, change.answers.pain.rest, change.note) == (6, None, None)
        await ui.press("u")
        assert numbers(lived_in, day)[-1] == 2
        await ui.press("escape")
        assert ui.front.NAME == "history"


async def test_a_number_and_a_note_are_taken_away(lived_in: Home, open_app: Open, now: datetime) -> None:
    """What was never meant is emptied in its field."""
    save(lived_in, NewAnswers(pain=Pain(walking=2, rest=1), note="stairs"), now - timedelta(minutes=1))
    async with open_app(lived_in, (100, 40)) as ui:
        await ui.press("h", "enter", "end", "down", "down", "enter")
        ui.front.set_focus(ui.front.query_one("#rest"))
        await ui.press("backspace")
        ui.front.set_focus(ui.front.query_one("#note"))
        await ui.press("end", *["backspace"] * 6, "enter")
    (change,) = lived_in.records.history().edits
    assert (change.taken_back, change.note) == (("rest",), "")


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_an_entry_is_taken_out_and_brought_back(
    language: str, lived_in: Home, open_app: Open, now: datetime
) -> None:
    """One key each, however much later; what is out says so."""
    lived_in.records.add(Hurt(id="h", at=now - timedelta(hours=1)))
    assert status_now(lived_in, now).activity == "pause"
    async with open_app(lived_in, (80, 24), language) as ui:
        await ui.press("h", "enter", "d")
        assert Words(language)("day.taken-out") in ui.text()
        assert status_now(lived_in, now).activity != "pause"
        await ui.press("escape", "enter", "u")
        assert Words(language)("day.taken-out") not in ui.text()
    assert status_now(lived_in, now).activity == "pause"


async def test_a_check_in_is_added_for_a_day_gone_by(lived_in: Home, open_app: Open, now: datetime) -> None:
    """The number of three days ago stands there, and today is none the calmer for it."""
    day = now - timedelta(days=3)
    before = len(numbers(lived_in, day))
    async with open_app(lived_in, (100, 40)) as ui:
        await ui.press("h", "left", "left", "left", "enter", "n")
        assert WORDS("checkin.of-day-hint") in ui.text()
        await ui.press("4", "enter")
        assert ui.front.NAME == "day"
        assert "noted later" in ui.text()
    assert len(numbers(lived_in, day)) == before + 1
    assert 4 in numbers(lived_in, day)


async def test_another_day_is_told_from_the_check_in_itself(lived_in: Home, open_app: Open, now: datetime) -> None:
    """One key a day, by key or mouse; the number that was typed goes along, and today is never left behind."""
    day = now - timedelta(days=1)
    before = len(numbers(lived_in, day)), len(numbers(lived_in, now))
    async with open_app(lived_in, (100, 40)) as ui:
        await ui.press("c", "4")
        assert not ui.front.check_action("other_day", (1,))
        await ui.press("-", "-")
        assert WORDS("checkin.of-day", day=week_day((now - timedelta(days=2)).date(), WORDS)) in ui.text()
        assert (WORDS("checkin.walking-then") in ui.text(), WORDS("checkin.walking") in ui.text()) == (True, False)
        await ui.press("plus")
        assert WORDS("checkin.of-day", day=week_day(day.date(), WORDS)) in ui.text()
        assert WORDS("checkin.of-day-hint") in ui.text()
        await ui.press("enter")
        assert ui.front.NAME == "today"
        assert WORDS("day.added", day=week_day(day.date(), WORDS)) in ui.text()
        await ui.press("c", "-", "plus")
        assert WORDS("checkin.title") in ui.text()
        assert WORDS("checkin.of-day-hint") not in ui.text()
        await ui.press("2", "enter")
    assert (len(numbers(lived_in, day)), len(numbers(lived_in, now))) == (before[0] + 1, before[1] + 1)
    assert (numbers(lived_in, day)[-1], numbers(lived_in, now)[-1]) == (4, 2)


async def test_a_list_answered_for_today_is_not_told_of_yesterday(fresh: Home, open_app: Open) -> None:
    """Where the lists come first, another day asks its number alone, and today asks them still."""
    async with open_app(fresh, (100, 40)) as ui:
        await ui.press("c", "down", "right", "right", "-", "3", "enter")
        (told,) = fresh.records.history().check_ins
        assert (told.answers.pain.walking, set(told.asked) & {"chest-or-breath", "cold-pale-foot"}) == (3, set())
        await ui.press("c", "-", "plus")
        assert "Call for help" in ui.text()


async def test_a_sign_of_yesterday_is_shown_at_once(lived_in: Home, open_app: Open, now: datetime) -> None:
    """Whoever adds an emergency to yesterday is told today's advice, and not left in the diary."""
    async with open_app(lived_in, (100, 40)) as ui:
        await ui.press("h", "left", "enter", "n", "m")
        ui.front.set_focus(ui.front.query_one("#sign-locked-knee"))
        await ui.press("right", "right", "right", "enter")
        assert ui.front.NAME in ("decision", "emergency")
    assert status_now(lived_in, now).advice == "today"


async def test_the_future_and_the_distant_past_take_no_check_in(lived_in: Home, open_app: Open) -> None:
    """Sixty days back is the most; the key is not offered beyond."""
    async with open_app(lived_in, (100, 40)) as ui:
        await ui.press("h", "3", *["up"] * 9, "enter")
        assert WORDS("day.command.add.name") not in ui.text()
        await ui.press("n")
        assert ui.front.NAME == "day"


async def test_an_entry_is_reached_with_the_mouse(lived_in: Home, open_app: Open, now: datetime) -> None:
    """A click marks it, a second one opens it."""
    async with open_app(lived_in, (100, 40)) as ui:
        await ui.press("h", "left", "enter")
        await ui.click("check-in")
        assert WORDS("checkin.editing") in ui.text()
