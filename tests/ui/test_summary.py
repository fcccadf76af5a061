"""The doctor's page on the screen: seen before it is saved, saved where it says, opened only if asked."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest

from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.triage.answers import Pain
from coach.home import Home
from coach.words import Words
from tests.ui.conftest import NOW, Open


@pytest.fixture(autouse=True)
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep documents in a folder of the test."""
    folder = tmp_path / "Documents"
    folder.mkdir()
    monkeypatch.setattr("coach.ui.screens.summary.folder", lambda: folder)
    return folder


def saved_in(folder: Path) -> list[Path]:
    """Return what was saved."""
    return list(folder.iterdir())


async def test_the_summary_is_previewed_before_saving(lived_in: Home, open_app: Open, documents: Path) -> None:
    """The four points stand there, and nothing is written by looking."""
    async with open_app(lived_in, (80, 80)) as ui:
        await ui.press("d")
        for point in (
            "Since when",
            "Warning signs",
            "Which movement",
            "How strong",
            "What was tried",
            "Not asked",
            "Limits",
        ):
            assert point in ui.text()
    assert not saved_in(documents)


async def test_saving_names_the_file_which_is_private(lived_in: Home, open_app: Open, documents: Path) -> None:
    """In the language that was chosen."""
    async with open_app(lived_in, (140, 40)) as ui:
        await ui.press("d", "g", "g", "enter")
        (saved,) = saved_in(documents)
        assert saved.name in "".join(ui.text().split())
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    text = saved.read_text(encoding="utf-8")
    assert "Since when" in text
    assert "いつから" in text


async def test_notes_are_left_out_until_chosen(lived_in: Home, open_app: Open) -> None:
    """One key shows them, and the screen says which it is."""
    save(lived_in, NewAnswers(pain=Pain(walking=2), note="only the [b]stairs[/b]"), NOW - timedelta(hours=1))
    async with open_app(lived_in, (80, 80)) as ui:
        await ui.press("d")
        assert "[b]stairs" not in ui.text()
        assert Words("en")("summary.notes.hidden") in ui.text()
        await ui.press("w")
        assert "only the [b]stairs[/b]" in ui.text()


async def test_two_languages_are_shown_side_by_side(lived_in: Home, open_app: Open) -> None:
    """And one after the other where there is not."""
    async with open_app(lived_in, (120, 60)) as ui:
        await ui.press("d", "g", "g")
        assert any("Since when" in line and "いつから" in line for line in ui.lines())
        await ui.resize(80, 200)
        assert not any("Since when" in line and "いつから" in line for line in ui.lines())


async def test_period_and_format_can_be_changed(lived_in: Home, open_app: Open, documents: Path) -> None:
    """What was saved for other choices is not offered for opening any more."""
    async with open_app(lived_in, (100, 40)) as ui:
        await ui.press("d", "enter")
        assert "o open" in ui.text()
        await ui.press("p", "f")
        assert "91 days" in ui.text()
        assert "Markdown" in ui.text()
        assert "o open" not in ui.text()


async def test_every_period_can_be_chosen_and_the_first_comes_again(lived_in: Home, open_app: Open) -> None:
    """Two weeks, four, thirteen and fifty-two: whole weeks, as the charts and their tables have them."""
    words = Words("en")
    seen: list[int] = []
    async with open_app(lived_in, (120, 40)) as ui:
        await ui.press("d")
        for days in (28, 91, 364, 14, 28):
            seen += [days] if words("summary.days", n=days) in ui.text() else []
            await ui.press("p")
    assert seen == [28, 91, 364, 14, 28]


async def test_without_a_desktop_the_path_is_shown(
    lived_in: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is started that could draw over the screen."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    async with open_app(lived_in, (160, 40)) as ui:
        await ui.press("d", "enter", "o")
        assert "no browser" in ui.text()


async def test_an_unwritable_folder_is_reported_when_saving(
    lived_in: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The page stays on the screen; the message says what to do."""
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("coach.ui.screens.summary.folder", lambda: tmp_path / "file")
    async with open_app(lived_in, (160, 40)) as ui:
        await ui.press("d", "enter")
        assert "couldn't be reached" in ui.text()
        assert "Since when" in ui.text()
