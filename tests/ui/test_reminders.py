"""Reminders on the screen: what comes, what can be changed, and why nothing came at eleven."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from coach.actions.reminders import settings
from coach.actions.reminders.log import write_rows
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.profile import reminders_of
from coach.domain.reminders.due import Delivery
from coach.domain.reminders.reminder import Between, Reminder
from coach.domain.reminders.slots import slot_id
from coach.domain.triage.answers import Pain
from coach.home import Home
from coach.ui.widgets.board import Panel
from coach.words import Words
from tests.helpers import beginning
from tests.ui.conftest import NOW, Open


async def test_upcoming_and_all_reminders_are_listed(lived_in: Home, open_app: Open) -> None:
    """In order, with days and times."""
    async with open_app(lived_in) as ui:
        await ui.press("r")
        text = " ".join(ui.text().split())
        assert "short break every 50 minutes, 09:00-18:00 Mon to Fri" in text
        assert "routine 20:00 every day" in text


async def test_a_custom_reminder_shows_its_text_as_written(lived_in: Home, open_app: Open) -> None:
    """Brackets are letters."""
    async with open_app(lived_in) as ui:
        await ui.press("r", "n")
        for _ in range(6):
            await ui.press("down")
            if getattr(ui.app.focused, "id", "") == "text":
                break
        await ui.type("[b]tea[/b]")
        await ui.press("enter")
        assert "[b]tea[/b]" in ui.text()
    assert settings.all_reminders(lived_in)[-1].text == "[b]tea[/b]"


async def test_an_invalid_reminder_is_explained_and_stays_editable(lived_in: Home, open_app: Open) -> None:
    """One clear line; nothing is kept until it can be."""
    before = settings.all_reminders(lived_in)
    async with open_app(lived_in) as ui:
        await ui.press("r", "down", "down", "enter")
        while getattr(ui.app.focused, "id", "") != "at":
            await ui.press("down")
        await ui.press("end", "backspace", "9", "9", "enter")
        assert "Write it as 20:00." in " ".join(ui.text().split()), "as one types on a screen, not for a command"
        assert "19:399" in ui.text().replace(" ", "") or "99" in ui.text()
    assert settings.all_reminders(lived_in) == before


async def test_a_reminder_is_switched_off_and_removed_by_key(lived_in: Home, open_app: Open) -> None:
    """Both are said, and both last."""
    async with open_app(lived_in) as ui:
        await ui.press("r", "space")
        assert "(off)" in ui.text()
        await ui.press("down", "delete")
        assert "Removed: posture check." in ui.text()
    kept = settings.all_reminders(lived_in)
    assert [one.id for one in kept] == ["desk-break", "check-in", "routine"]
    assert not kept[0].enabled


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_arrow_keys_reach_every_reminder_also_in_a_small_window(
    size: tuple[int, int], lived_in: Home, open_app: Open
) -> None:
    """In a list that is longer than the window the mark moves, and the page with it."""
    async with open_app(lived_in, size) as ui:
        await ui.press("r", "down", "down", "down")
        assert "▸ routine" in ui.text()
        await ui.press("space", "up")
        assert "▸ check-in" in ui.text()
    assert [one.id for one in settings.all_reminders(lived_in) if not one.enabled] == ["routine"]


async def test_why_nothing_came_at_eleven(lived_in: Home, open_app: Open) -> None:
    """The log answers with the time, the outcome and the reason."""
    due = (NOW - timedelta(days=1)).replace(hour=11, minute=0)
    row = Delivery(
        id=slot_id("desk-break", due), reminder="desk-break", kind="desk-break", due=due, noted=due,
        outcome="held", why="away",
    )  # fmt: skip
    write_rows(lived_in, row)
    async with open_app(lived_in) as ui:
        await ui.press("r", "w")
        assert "11:00 short break, held back: you were away" in " ".join(ui.text().split())
        await ui.press("w")
        assert "every 50 minutes" in ui.text()


@pytest.mark.parametrize("channel", ["desktop", None])
async def test_a_test_reminder_names_the_channel_that_showed_it(
    lived_in: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch, channel: Any
) -> None:
    """And where it was not, why."""
    from coach.remind import sample_popup as trial

    tried = trial.PopupTest(channel, None if channel else "no server")
    monkeypatch.setattr(trial, "show_sample", lambda *given, **more: tried)
    async with open_app(lived_in) as ui:
        await ui.press("r", "e")
        await ui.app.workers.wait_for_complete()
        await ui.pilot.pause()
        assert (beginning("reminders.channel.desktop") in ui.text()) == bool(channel)
        assert ("no server" in ui.text()) == (not channel)


async def test_a_custom_reminder_keeps_its_text_in_the_form(lived_in: Home, open_app: Open) -> None:
    """What is changed begins with what is kept, also after the language changed."""
    settings.add(lived_in, Reminder(id="tea", kind="custom", at="15:00", text="お茶 [x]"), NOW)
    async with open_app(lived_in) as ui:
        await ui.press("r", *["down"] * 4, "enter")
        assert "お茶 [x]" in ui.text()
        assert "15:00" in ui.text()


@pytest.mark.parametrize("was", [{"at": "15:00"}, {"every_min": 90, "between": Between("10:00", "16:00")}])
async def test_a_reminder_changes_between_a_time_and_again_and_again(
    lived_in: Home, open_app: Open, was: dict[str, Any]
) -> None:
    """What is asked for the one is not kept of the other: it comes either at a time or again and again."""
    settings.add(lived_in, Reminder(id="tea", kind="custom", text="Tea", **was), NOW)
    async with open_app(lived_in, (80, 40)) as ui:
        await ui.press("r", *["down"] * 4, "enter")
        while getattr(ui.app.focused, "id", "") != "how":
            await ui.press("down")
        await ui.press("right" if ui.front.value("how") == "at" else "left")  # type: ignore[attr-defined]
        if "at" not in was:
            while getattr(ui.app.focused, "id", "") != "at":
                await ui.press("down")
            await ui.press(*["backspace"] * 5)
            await ui.type("16:30")
        await ui.press("enter")
    changed = next(reminder for reminder in settings.all_reminders(lived_in) if reminder.id == "tea")
    if "at" in was:
        assert (changed.at, changed.every_min, changed.between) == (None, 50, Between("09:00", "18:00"))
    else:
        assert (changed.at, changed.every_min, changed.between) == ("16:30", None, None)


async def test_typing_goes_into_the_visible_field(lived_in: Home, open_app: Open) -> None:
    """Tab goes over questions that are not asked now; brackets and emoji stay as written, days in one's own words."""
    async with open_app(lived_in, language="ja") as ui:
        await ui.press("r", "n", "tab", "tab", "tab")
        assert "▸ 曜日" in ui.text()
        await ui.press("backspace", "backspace")
        await ui.type("土日")
        await ui.press("tab")
        await ui.type("[/b]水🦵")
        await ui.press("enter")
        assert "[/b]水🦵" in ui.text()
    (one,) = [each for each in lived_in.profile.reminders or () if each.text]
    assert (one.text, one.days) == ("[/b]水🦵", ("sat", "sun"))


async def test_upcoming_reminders_break_between_entries(lived_in: Home, open_app: Open) -> None:
    """A time stands on one line with its name."""
    async with open_app(lived_in, (60, 20)) as ui:
        await ui.press("r")
        coming = ui.lines()[2:4]
        assert all(line.count(":") == line.count("break") + line.count("posture") for line in coming)


async def test_a_reminder_of_one_day_is_made_in_the_form(lived_in: Home, open_app: Open) -> None:
    """Once, on a date: it asks for no days of the week, and the list says the day."""
    async with open_app(lived_in, (90, 40)) as ui:
        await ui.press("r", "n")
        await ui.click("once, on a day")
        assert "On which days?" not in ui.text()
        while getattr(ui.app.focused, "id", "") != "on":
            await ui.press("down")
        await ui.press("end", *["backspace"] * 10)
        await ui.type("2026-12-24")
        await ui.press("enter")
        assert "24 Dec" in ui.text()
    reminder = settings.all_reminders(lived_in)[-1]
    assert (reminder.on, reminder.at, reminder.every_min) == (date(2026, 12, 24), "15:00", None)


async def test_what_reminders_wait_for_is_set_on_the_screen(lived_in: Home, open_app: Open) -> None:
    """Calls, the notice, from when one is away, and how long a popup is put off; nonsense changes nothing."""
    async with open_app(lived_in, (90, 100)) as ui:
        await ui.press("s")
        for name, typed, wrong in (("away_min", "15 minutes", "3"), ("snooze_min", "20 minutes", "2 hours")):
            while getattr(ui.app.focused, "id", "") != name:
                await ui.press("down")
            for text in (wrong, typed):
                await ui.press("end", "ctrl+u")
                await ui.type(text)
                await ui.press("tab", "shift+tab")
        for name in ("announce_breaks", "hold_busy"):
            while getattr(ui.app.focused, "id", "") != name:
                await ui.press("up")
            await ui.press("left" if name == "announce_breaks" else "right")
    profile = Home().profile
    assert (profile.away_min, profile.snooze_min) == (15, 20)
    assert (profile.announce_breaks, profile.hold_busy) == (True, False)


async def test_escape_leads_from_the_log_back_to_the_list(lived_in: Home, open_app: Open) -> None:
    """Who looked why nothing came is still among the reminders; a second Esc goes back to Today."""
    async with open_app(lived_in) as ui:
        await ui.press("r", "w")
        assert Words("en")("remindscreen.why-title") in ui.lines()[0]
        await ui.press("escape")
        assert (ui.front.NAME, ui.lines()[0].strip()) == ("reminders", Words("en")("remindscreen.title"))
        await ui.press("escape")
        assert ui.front.NAME == "today"


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_a_wide_window_draws_what_the_marked_reminder_calls_for(
    lived_in: Home, open_app: Open, language: str
) -> None:
    """A break and the routine by their first stretch; what calls for none leaves the list the room."""
    async with open_app(lived_in, (120, 36), language) as ui:
        ui.app.go("reminders")
        await ui.pilot.pause()
        for reminder in reminders_of(lived_in.profile):
            drawn = sum(any("\u2800" < letter <= "\u28ff" for letter in line) for line in ui.lines())
            assert (drawn >= 15) is (reminder.kind in ("desk-break", "routine"))
            await ui.press("down")


async def test_no_stretch_is_drawn_while_the_knee_rests(lived_in: Home, open_app: Open, now: datetime) -> None:
    """A reminder calls for nothing in a pause: the week is drawn instead, with what it holds."""
    save(lived_in, NewAnswers(pain=Pain(walking=7), none_of_the_signs=True), now)
    async with open_app(lived_in, (120, 36)) as ui:
        ui.app.go("reminders")
        await ui.pilot.pause()
        assert not any("\u2800" < letter <= "\u28ff" for letter in ui.text())
        week = ui.front.query_one("#area-figure", Panel)
        days = [line.plain for line in week.lines if "\u2500" in line.plain]
        assert len(days) == 7
        assert "\u25cb" in days[0]
