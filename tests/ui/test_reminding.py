"""A reminder while the screen is open: it is read on the screen, and its start opens what it is about."""

import asyncio

from coach.home import Home
from coach.remind.channels import Popup
from coach.ui.reminding import Reminding
from tests.ui.conftest import Open


async def test_a_reminder_is_read_whole_on_the_screen(lived_in: Home, open_app: Open) -> None:
    """Shown from the thread that keeps the reminders, in Japanese, no letter is lost, and it is called delivered."""
    async with open_app(lived_in, language="ja") as ui:
        kept = Reminding(ui.app)
        popup = Popup(title="小さな休憩の時間です", body="1分だけ、立って伸びましょう。", kind="desk-break")
        assert await asyncio.to_thread(kept.ring, popup)
        await ui.pilot.pause()
        assert "小さな休憩の時間です" in ui.text()
        assert "1分だけ、立って伸びましょう。" in ui.text()


async def test_start_opens_the_break_here_but_not_over_a_check_in(lived_in: Home, open_app: Open) -> None:
    """On Today the break opens; in the middle of answers it does not, so that popups lead it."""
    async with open_app(lived_in) as ui:
        kept = Reminding(ui.app)
        await ui.press("c", "2")
        assert not await asyncio.to_thread(kept._opens, "desk-break")
        assert "‹2›" in ui.text()
        await ui.press("escape")
        assert await asyncio.to_thread(kept._opens, "desk-break")
        await ui.pilot.pause()
        assert ui.front.NAME == "session"
