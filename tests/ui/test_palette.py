"""The library's own ways: the palette finds commands and themes, keys can be mapped, text can be copied."""

import pytest
from rich.cells import cell_len

from coach.home import Home
from coach.ui.commands import GLOBAL
from coach.ui.themes import theme_name
from coach.words import LANGUAGES, Words
from tests.ui.conftest import Open
from tests.ui.driver import Screen


async def search(ui: Screen, text: str) -> None:
    """Type into the palette, and wait for what it finds."""
    await ui.type(text)
    for _ in range(20):
        await ui.pilot.pause(0.05)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_palette_runs_a_command_by_its_name(lived_in: Home, open_app: Open, language: str) -> None:
    """Whoever knows no key types what they want."""
    async with open_app(lived_in, (100, 30), language) as ui:
        await ui.press("ctrl+p")
        await search(ui, Words(language)("ui.command.history.name"))
        await ui.press("enter")
        await ui.pilot.pause()
        assert ui.front.NAME == "history"


async def test_the_palette_finds_a_command_by_what_it_does(lived_in: Home, open_app: Open) -> None:
    """Whoever looks for "charts" finds History, and nothing that has no such word; nobody finds the palette itself."""
    words = Words("en")
    async with open_app(lived_in, (100, 40)) as ui:
        await ui.press("ctrl+p")
        assert words("ui.command.check-in.tip") in ui.text()
        assert words("ui.command.palette.tip") not in ui.text()
        await search(ui, "charts")
        assert words("ui.command.history.tip") in ui.text()
        assert words("ui.command.check-in.tip") not in ui.text()
        assert words("help.none") not in ui.text()


async def test_the_palette_says_in_words_that_nothing_fits(lived_in: Home, open_app: Open) -> None:
    """In the person's language, as everything else."""
    async with open_app(lived_in, (100, 30), "ja") as ui:
        await ui.press("ctrl+p")
        await search(ui, "qqqq")
        assert Words("ja")("help.none") in ui.text()


async def test_a_theme_chosen_in_the_palette_is_used_and_kept(lived_in: Home, open_app: Open) -> None:
    """Any of Textual's; the next start has it too."""
    async with open_app(lived_in, (100, 30)) as ui:
        ui.app.action_change_theme()
        await ui.pilot.pause()
        await search(ui, "dracula")
        await ui.press("enter")
        await ui.pilot.pause()
        assert ui.app.theme == "dracula"
    assert theme_name(Home().profile.theme) == "dracula"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_binding_has_an_id_a_description_and_a_tooltip(
    lived_in: Home, open_app: Open, language: str
) -> None:
    """The library's own help panel and keymaps work with ours."""
    words = Words(language)
    async with open_app(lived_in, language=language) as ui:
        bound = {binding.binding.id: binding.binding for binding in ui.front.active_bindings.values()}
        for command in (*ui.front.commands(), *GLOBAL):
            if command.key and command.binding_id in bound:
                binding = bound[command.binding_id]
                assert (binding.description, binding.tooltip) == (words(command.name), words(command.tip))
        assert {"today.start", "ui.check-in", "ui.palette"} <= bound.keys()


async def test_a_keymap_gives_a_command_another_key(lived_in: Home, open_app: Open) -> None:
    """The footer names the new key, and it works; the old one does not."""
    async with open_app(lived_in) as ui:
        ui.app.set_keymap({"ui.check-in": "j"})
        ui.front.redraw()
        await ui.pilot.pause()
        assert "j check in" in ui.text()
        await ui.press("c")
        assert ui.front.NAME == "today"
        await ui.press("j")
        assert ui.front.NAME == "check-in"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_text_can_be_selected_with_the_mouse(lived_in: Home, open_app: Open, language: str) -> None:
    """A reason is copied into a mail to the therapist."""
    async with open_app(lived_in, (80, 24), language) as ui:
        headline = Words(language)("today.headline.go")
        row = next(n for n, line in enumerate(ui.lines()) if headline in line)
        first = cell_len(ui.lines()[row].partition(headline)[0])
        await ui.pilot.mouse_down(offset=(first, row))
        await ui.pilot.hover(offset=(60, row))
        await ui.pilot.mouse_up(offset=(60, row))
        await ui.pilot.pause()
        assert ui.front.get_selected_text() == headline
