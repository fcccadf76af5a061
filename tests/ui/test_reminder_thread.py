"""A reminder while the screen is open: it is read on the screen, and its start opens what it is about."""

import asyncio
from errno import EIO
from functools import partial

import pytest
from msgspec.structs import replace

from coach.agent.status import ask_agent
from coach.home import Home
from coach.remind.channels import Popup
from coach.ui.reminder_thread import ReminderThread, show_popup
from coach.words import Words
from tests.ui.conftest import Open
from tests.ui.driver import Screen


async def test_a_reminder_is_shown_in_full_on_the_screen(lived_in: Home, open_app: Open) -> None:
    """Shown from the thread that keeps the reminders, in Japanese, no letter is lost, and it is called delivered."""
    async with open_app(lived_in, language="ja") as ui:
        thread = ReminderThread(ui.app)
        popup = Popup(title="小さな休憩の時間です", body="1分だけ、立って伸びましょう。", kind="desk-break")
        assert await asyncio.to_thread(thread.ring, popup)
        await ui.pilot.pause()
        assert "小さな休憩の時間です" in ui.text()
        assert "1分だけ、立って伸びましょう。" in ui.text()


async def test_start_opens_the_break_unless_a_check_in_is_open(lived_in: Home, open_app: Open) -> None:
    """On Today the break opens; in the middle of answers it does not, so that popups lead it."""
    async with open_app(lived_in) as ui:
        thread = ReminderThread(ui.app)
        await ui.press("c", "2")
        assert not await asyncio.to_thread(thread._open_screen, "desk-break")
        assert "‹2›" in ui.text()
        await ui.press("escape")
        assert await asyncio.to_thread(thread._open_screen, "desk-break")
        await ui.pilot.pause()
        assert ui.front.NAME == "session"


async def test_a_break_that_cannot_open_is_reported(
    lived_in: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever pressed *start* while the disk fails learns why nothing began."""
    monkeypatch.setattr("coach.ui.reminder_thread.desk_routine", partial(_fails, OSError(EIO, "Input/output error")))
    async with open_app(lived_in) as ui:
        assert await asyncio.to_thread(ReminderThread(ui.app)._open_screen, "desk-break")
        await ui.pilot.pause()
        assert ui.front.NAME == "today"
        assert "couldn't be read" in " ".join(ui.text().split())


async def test_reminders_speak_the_language_of_the_screen(
    lived_in: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opened with `--lang ja`, all of it is Japanese, whatever the settings say; `f2` changes both."""
    monkeypatch.setenv("COACH_NOTIFY", "terminal")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    lived_in.records.change_profile(lambda old: replace(old, language="en"))

    async def sample(ui: Screen) -> str:
        assert (await asyncio.to_thread(ask_agent, lived_in.places, "show")).test_channel == "terminal"
        await ui.pilot.pause()
        text = "".join(ui.text().split())
        await ui.press("escape")
        return text

    async with open_app(lived_in, language="ja") as ui:
        ui.app.keep_reminders()
        assert "".join(Words("ja")("popup.test").split()) in await sample(ui)
        await ui.press("f2")
        assert "".join(Words("en")("popup.test").split()) in await sample(ui)
        await asyncio.to_thread(ui.app.end_reminders)


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_an_unwritable_folder_is_reported_and_the_screen_stays_usable(
    lived_in: Home, open_app: Open, language: str
) -> None:
    """Where the lock of the reminders cannot be made, no traceback: a sentence, and Today stays usable."""
    (lived_in.places.data / "agent.lock").mkdir()
    async with open_app(lived_in, language=language) as ui:
        ui.app.keep_reminders()
        await ui.pilot.pause()
        sentence = ui.app.words("ui.no-reminders", folder=lived_in.places.data)
        assert "".join(sentence.split())[-12:] in "".join(ui.text().split())
        assert not ui.app.owns_reminders()
        await ui.press("w")
        assert ui.front.NAME == "decision"


def _fails(error: Exception, *_: object) -> None:
    raise error


async def test_without_a_desktop_a_reminder_has_its_keys_and_enter_takes_it(lived_in: Home, open_app: Open) -> None:
    """Its words and an answer a key; Enter takes the first, another key another, and Escape leaves it."""
    chosen: list[str] = []
    popup = Popup(
        title="Time for a short break", body="One minute.", slot="up@1",
        buttons=(("start", "Start"), ("later", "In 10 minutes"), ("hurts", "Stop exercises today")),
    )  # fmt: skip
    async with open_app(lived_in) as ui:
        for key in ("enter", "l", "x", "escape"):
            await asyncio.to_thread(show_popup, ui.app, popup, lambda _, action: chosen.append(action))
            await ui.pilot.pause()
            assert ui.front.NAME == "reminder-call"
            assert popup.title in ui.text()
            assert "In 10 minutes" in ui.text()
            await ui.press(key)
            assert ui.front.NAME == "today"
        assert chosen == ["start", "later", "hurts"]


async def test_in_the_middle_of_answers_a_reminder_is_a_line(lived_in: Home, open_app: Open) -> None:
    """Nothing opens over what somebody is typing."""
    popup = Popup(title="Time for a short break", slot="up@1", buttons=(("start", "Start"),))
    async with open_app(lived_in) as ui:
        await ui.press("c", "2")
        await asyncio.to_thread(show_popup, ui.app, popup, lambda _, action: None)
        await ui.pilot.pause()
        assert ui.front.NAME == "check-in"
        assert "Time for a short break" in ui.text()
