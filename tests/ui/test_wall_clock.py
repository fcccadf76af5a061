"""What a screen names is what the clock on the wall will show, also beyond the night in which it is changed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from coach.actions.reminders.pause import pause
from coach.actions.reminders.settings import add, all_reminders, remove
from coach.domain.reminders.reminder import Reminder
from coach.home import Home
from tests.helpers import NIGHTS
from tests.ui.conftest import Open

Evening = Callable[[str, str], datetime]


@pytest.mark.parametrize(("zone", "wall"), NIGHTS)
async def test_reminders_come_when_the_clock_says_so(
    home: Home, open_app: Open, evening: Evening, zone: str, wall: str
) -> None:
    """On Today and in the list of reminders; so does the end of a pause that was begun before the change."""
    now = evening(zone, wall)
    home.records.change_profile(lambda old: msgspec.structs.replace(old, set_up=True))
    for reminder in all_reminders(home):
        remove(home, reminder.id)
    add(home, Reminder(id="tea", kind="custom", at="10:07", text="tea"), now)
    end = (now + timedelta(hours=13, minutes=3)).astimezone(ZoneInfo(zone))
    async with open_app(home, (120, 36)) as ui:
        assert "10:07" in ui.text()
        await ui.press("r")
        assert "10:07 tea" in ui.text()
    pause(home, now, now + timedelta(hours=13, minutes=3))
    async with open_app(home, (120, 36)) as ui:
        await ui.press("r")
        assert f"{end:%H:%M}" in ui.text()
