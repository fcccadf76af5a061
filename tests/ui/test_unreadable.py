"""A disk that can't be read while a screen opens: the screen stays closed, the reason is said, and all else goes on."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from errno import EIO
from typing import Any

import msgspec
import pytest
from textual._callback import invoke

from coach import clock
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.triage.answers import Pain
from coach.errors import CoachError
from coach.home import Home
from coach.records import Records
from coach.ui.navigator import SCREENS
from coach.ui.screens.session import SessionScreen
from coach.ui.widgets.field import Field
from coach.ui.widgets.lines import Lines
from tests.helpers import heavy_but
from tests.ui.conftest import NOW, Open
from tests.ui.driver import Screen
from tests.ui.test_every_screen import open_screen

READ_NOTHING = ("today", "first-run", "hurts", "help", "leave", "learn", "reminder-call")
"""Those that open without a record: *it hurts* must open on any disk, so must leaving and a reminder; Today is open."""
READERS = tuple(name for name in SCREENS if name not in (*READ_NOTHING, "edit-check-in"))
"""Those that a key opens from anywhere; an entry is opened from its day."""
DISK = OSError(EIO, "Input/output error")
GONE = CoachError("records.error.gone", path="records-2026-11.json", reason="Input/output error")
ALL = ("history", "state", "profile", "delivery_log", "recent", "first_day", "reach_to")
"""What reads the disk."""


@contextmanager
def unreadable(error: Exception, *readers: str) -> Iterator[None]:
    """Let ``readers`` of the records fail, all of them if none is named."""

    def fails(*_: Any, **__: Any) -> None:
        raise error

    with pytest.MonkeyPatch.context() as broken:
        for reader in readers or ALL:
            broken.setattr(Records, reader, fails)
        if not readers:
            broken.setattr(Home, "revision", lambda *_: "")  # no file is there to be seen, either
        yield


@pytest.mark.parametrize(
    ("error", "told"),
    [(DISK, "records couldn't be read (the disk"), (GONE, "records-2026-11.json can't be reached right now")],
    ids=["disk", "file"],
)
@pytest.mark.parametrize("name", READERS)
async def test_a_screen_that_cannot_be_read_does_not_open(
    lived_in: Home, open_app: Open, name: str, error: Exception, told: str
) -> None:
    """It isn't said that something couldn't be saved: nothing was. The next key works."""
    async with open_app(lived_in, (100, 30)) as ui:
        with unreadable(error):
            await ui.app.run_action(f"app.go('{name}')")
            await ui.pilot.pause()
            assert ui.front.NAME == "today"
            assert told in " ".join(ui.text().split())
        await ui.press("question_mark")
        assert ui.front.NAME == "help"


async def test_an_entry_that_cannot_be_read_leaves_its_day_open(lived_in: Home, open_app: Open) -> None:
    """The entry is listed still, and the reason is said."""
    async with open_app(lived_in, (100, 30)) as ui:
        await ui.press("h", "left", "enter")
        with unreadable(DISK, "state"):
            await ui.press("e")
            assert ui.front.NAME == "day"
            assert "records couldn't be read (the disk" in " ".join(ui.text().split())
        await ui.press("e")
        assert ui.front.NAME == "edit-check-in"


@pytest.mark.parametrize("error", [DISK, GONE], ids=["disk", "file"])
@pytest.mark.parametrize("name", [name for name in READ_NOTHING if name != "today"])
async def test_what_needs_no_record_opens_on_any_disk(
    lived_in: Home, open_app: Open, name: str, error: Exception
) -> None:
    """What stands beside it stays out, also when it is drawn for another size; the program goes on."""
    async with open_app(lived_in, (120, 36)) as ui:
        with unreadable(error):
            ui.app.go(name)
            await ui.pilot.pause()
            assert name == ui.front.NAME
            await ui.resize(110, 30)
            assert name == ui.front.NAME
        ui.app.to_today()
        await ui.press("question_mark")
        assert ui.front.NAME == "help"


async def test_setting_up_ends_without_the_reminders_of_the_day(lived_in: Home, open_app: Open) -> None:
    """Where they can't be read, the last page says so, and goes on to Today all the same."""
    async with open_app(lived_in, (120, 36)) as ui:
        with unreadable(DISK):
            ui.app.go("first-run", stage="reminders")
            await ui.pilot.pause()
            assert "records couldn't be read (the disk" in " ".join(ui.text().split())
            await ui.press("enter")
            assert ui.front.NAME == "today"


@pytest.mark.parametrize("name", ["check-in", "seen", "followup", "frequency", "settings", "reminder", "first-run"])
async def test_a_disk_that_fails_later_takes_only_what_stands_beside(lived_in: Home, open_app: Open, name: str) -> None:
    """What stands beside a form is read when there is room for it: here, once the window is made wider."""
    async with open_app(lived_in, (70, 20)) as ui:
        ui.app.go(name, **({"stage": "reminders"} if name == "first-run" else {}))
        await ui.pilot.pause()
        with unreadable(DISK):
            await ui.resize(120, 36)
            assert ui.front.query_one("#aside").display
        beside = ui.front.query_one("#aside", Lines)
        beside.redraw()
        assert any(line.plain.strip() for line in beside.lines)


async def test_whom_to_call_stands_in_the_settings_without_a_log(lived_in: Home, open_app: Open) -> None:
    """Where the settings can be read and the log of the reminders can't, only the days are missing."""
    async with open_app(lived_in, (120, 44)) as ui:
        with unreadable(DISK, "delivery_log"):
            ui.app.go("settings")
            await ui.pilot.pause()
            beside = "\n".join(line.plain for line in ui.front.query_one("#aside", Lines).lines)
        assert ui.front.NAME == "settings"
        assert "119" in beside
        assert ui.app.words("settings.shown-day") not in beside
        assert ui.app.words("settings.shown-ahead") not in beside


async def test_a_refusal_stands_without_its_chart(home: Home, now: datetime, open_app: Open) -> None:
    """Why no session begins is told, also where the pain under it can't be read."""
    home.records.change_profile(lambda old: msgspec.structs.replace(old, set_up=True))
    async with open_app(home, (70, 14)) as ui:
        ui.app.go("session")
        await ui.pilot.pause()
        why = next(line for line in ui.front.query_one("#page", Lines).lines if line.plain.strip()).plain
        with unreadable(DISK):
            await ui.resize(100, 36)
            assert why.split()[0] in ui.text()
            assert ui.app.words("firstrun.stretches") not in ui.text()
        await ui.resize(100, 37)
        assert ui.app.words("firstrun.stretches") in ui.text()


PAGES: dict[str, dict[str, Any]] = {
    "first-run about": {"stage": "about"},
    "first-run last": {"stage": "reminders"},
    "settings sync": {"at": "sync"},
    "reminders log": {"why": True},
    "habit list": {"choosing": True},
    "history yesterday": {"chosen": NOW.date() - timedelta(days=1)},
    "day yesterday": {"day": NOW.date() - timedelta(days=1)},
}
"""Pages of some screens that show something else than the first one, with how they are opened."""
SIZES = ((120, 36), (104, 24), (60, 40), (40, 12), (30, 8), (80, 24))
"""Sizes at which a screen shows other parts, and one in which only an apology has room."""


async def endure(ui: Screen, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Resize the window, come back from another screen, and let time pass while nothing can be read."""
    with unreadable(DISK):
        for size in SIZES:
            await ui.resize(*size)
            assert name == ui.front.NAME
            assert any(line.strip() for line in ui.lines()[1:-1]), size
        for meanwhile in SIZES[:1], SIZES[-2:]:
            ui.app.push_screen(ui.app.make("help"))
            await ui.pilot.pause()
            for size in meanwhile:
                await ui.resize(*size)
            ui.app.back()
            await ui.pilot.pause()
            assert name == ui.front.NAME
        with monkeypatch.context() as later:
            later.setattr(clock, "now", lambda: NOW + timedelta(days=1))
            for timer in list(ui.front._timers):
                assert timer._callback is not None
                await invoke(timer._callback)
                await ui.pilot.pause()
            await ui.resize(*SIZES[0])
            assert name == ui.front.NAME
            assert any(line.strip() for line in ui.lines()[1:-1])
    await ui.resize(*SIZES[-1])
    ui.app.to_today()
    await ui.press("question_mark")
    assert ui.front.NAME == "help"


@pytest.mark.parametrize("page", heavy_but(["decision", "habit", "reminders"], [*SCREENS, *PAGES]))
async def test_no_screen_ends_the_program_once_the_disk_fails(
    lived_in: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    """What was shown stays, or a line says what can't be read: while something is drawn, an error ends the program."""
    name = page.partition(" ")[0]
    async with open_app(lived_in, (70, 20)) as ui:
        if page in PAGES:
            ui.app.go(name, **PAGES[page])
            await ui.pilot.pause()
        else:
            await open_screen(ui, page)
        await endure(ui, name, monkeypatch)


@pytest.mark.parametrize("name", ["today", "decision", "ice"])
async def test_whom_to_call_stays_once_the_disk_fails(
    lived_in: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """In an emergency, too, nothing is read while it is drawn."""
    sign = lived_in.content.rules.ids("emergency")[0]
    save(lived_in, NewAnswers(pain=Pain(walking=8), signs={sign: "yes"}), NOW)
    async with open_app(lived_in, (70, 20)) as ui:
        await open_screen(ui, name)
        with unreadable(DISK):
            await ui.resize(90, 30)
            assert "119" in ui.text()
        await endure(ui, name, monkeypatch)


async def test_a_check_in_is_answered_once_the_disk_fails(lived_in: Home, open_app: Open) -> None:
    """What follows from the answers is told; only that they can't be saved is said at the end."""
    async with open_app(lived_in, (100, 30)) as ui:
        await ui.press("c")
        with unreadable(DISK):
            await ui.press("4")
            assert ui.app.words("common.headline.gentle") in ui.text()


async def test_the_first_signs_are_answered_once_the_disk_fails(lived_in: Home, open_app: Open) -> None:
    """Whom to call for one of them is told all the same."""
    async with open_app(lived_in, (100, 30)) as ui:
        ui.app.go("first-run")
        await ui.pilot.pause()
        with unreadable(DISK):
            ui.front.query(Field).first().choose("yes")
            await ui.pilot.pause()
            assert ui.app.words("decision.headline.emergency") in " ".join(ui.text().split())


async def test_a_session_goes_on_once_the_disk_fails(lived_in: Home, open_app: Open) -> None:
    """What was recorded meanwhile can't be read: that is said, and looked at again once it can be."""
    async with open_app(lived_in, (70, 20)) as ui:
        ui.app.go("session")
        await ui.pilot.pause()
        await ui.press("enter")
        session = ui.front
        assert isinstance(session, SessionScreen)
        with unreadable(DISK):
            session._watch()
            await ui.pilot.pause()
            assert "records couldn't be read (the disk" in " ".join(ui.text().split())
            for size in SIZES:
                await ui.resize(*size)
                session.beat()
        assert session.flow.mode == "run"
        assert session.flow.noticed()
