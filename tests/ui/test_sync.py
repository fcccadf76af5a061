"""The synced folder on the screen: chosen in the settings, synced by the palette's command, ended by emptying it."""

from pathlib import Path

import pytest

from coach import clock
from coach.actions.sync import begin_sync, sync, sync_target
from coach.home import Home
from coach.places import Places
from coach.ui.widgets.lines import Paragraphs
from coach.words import LANGUAGES, Words
from tests.ui.conftest import Open


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder in which another machine has written its file."""
    path = tmp_path / "carried"
    path.mkdir()
    place = tmp_path / "other"
    other = Home(Places(data=place, config=place, cache=place / "cache", logs=place))
    sync(other, begin_sync(other, path), clock.now(), Words("en"))
    return path


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_folder_is_chosen_synced_and_given_up(
    lived_in: Home, folder: Path, open_app: Open, language: str
) -> None:
    """What came is said at once; an empty field ends it; what is no folder is told under the field."""
    words = Words(language)
    async with open_app(lived_in, (100, 40), language) as ui:
        ui.app.action_sync_now()  # there is no folder yet: it is asked for
        await ui.pilot.pause()
        assert ui.front.NAME == "settings"
        assert ui.app.focused is not None
        assert ui.app.focused.id == "sync"
        assert words("settings.sync-note") in [part.text for part in ui.front.query(Paragraphs)]
        await ui.paste(str(folder / "nowhere"))
        await ui.press("enter")
        assert ui.front.query_one("#sync-wrong", Paragraphs).text == words(
            "sync.error.no-folder", path=folder / "nowhere"
        )
        await ui.press("ctrl+u")
        await ui.paste(str(folder))
        await ui.press("enter")
        for _ in range(100):
            if "hizaura-" in ui.text():
                break
            await ui.pilot.pause(0.05)
        assert "hizaura-" in ui.text()
        assert words("sync.last", when="")[:6] in ui.text()
        target = sync_target(lived_in)
        assert target is not None
        assert Path(target.folder) == folder
        await ui.press("shift+tab", "ctrl+u", "enter")
        assert sync_target(lived_in) is None
