"""A disk that can't be read while a screen opens: the screen stays closed, the reason is said, and all else goes on."""

from errno import EIO
from typing import Any

import pytest

from coach.errors import CoachError
from coach.home import Home
from coach.records import Records
from coach.ui.navigator import SCREENS
from tests.ui.conftest import Open

READ_NOTHING = ("today", "first-run", "hurts", "help", "leave", "learn", "reminder-call")
"""Those that open without a record: *it hurts* must open on any disk, and Today is open already."""
READERS = tuple(name for name in SCREENS if name not in READ_NOTHING)
DISK = OSError(EIO, "Input/output error")
GONE = CoachError("records.error.gone", path="records-2026-11.json", reason="Input/output error")


@pytest.mark.parametrize(
    ("error", "told"),
    [(DISK, "records couldn't be read (the disk"), (GONE, "records-2026-11.json can't be reached right now")],
    ids=["disk", "file"],
)
@pytest.mark.parametrize("name", READERS)
async def test_a_screen_that_cannot_be_read_does_not_open(
    lived_in: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch, name: str, error: Exception, told: str
) -> None:
    """It isn't said that something couldn't be saved: nothing was. The next key works."""

    def fails(*_: Any, **__: Any) -> None:
        raise error

    async with open_app(lived_in, (100, 30)) as ui:
        with monkeypatch.context() as broken:
            for reader in ("history", "state", "profile", "delivery_log", "recent"):
                broken.setattr(Records, reader, fails)
            await ui.app.run_action(f"app.go('{name}')")
            await ui.pilot.pause()
            assert ui.front.NAME == "today"
            assert told in " ".join(ui.text().split())
        await ui.press("question_mark")
        assert ui.front.NAME == "help"
