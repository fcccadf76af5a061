"""With the input method left on, keys come in full width: they do what they say, and what can do nothing is told."""

import pytest
from textual import events
from textual.keys import _character_to_key

from coach.home import Home
from coach.ui.widgets.field import PainScale
from coach.ui.widgets.text_input import TextInput
from coach.words import LANGUAGES, Words
from tests.ui.conftest import Open
from tests.ui.driver import Screen


async def press(ui: Screen, *letters: str) -> None:
    """Press keys as a terminal sends them: the pilot knows no full-width signs."""
    for letter in letters:
        ui.app.post_message(events.Key(_character_to_key(letter), letter))
        await ui.pilot.pause()
        await ui.pilot.pause()


@pytest.mark.parametrize(
    ("key", "screen"), [("ｃ", "check-in"), ("Ｃ", "today"), ("？", "help"), ("ｈ", "history"), ("ｓ", "settings")]
)
async def test_a_full_width_key_is_the_key(lived_in: Home, open_app: Open, key: str, screen: str) -> None:
    """Small and capital letters stay two things, as in plain width."""
    async with open_app(lived_in) as ui:
        await press(ui, key)
        assert screen == ui.front.NAME


async def test_full_width_digits_are_numbers_and_a_blank_takes_an_answer(lived_in: Home, open_app: Open) -> None:
    """Ten too."""
    async with open_app(lived_in) as ui:
        await press(ui, "ｃ")
        scale = ui.front.query(PainScale).first()
        scale.focus()
        await press(ui, "３")
        assert scale.number == 3
        await press(ui, "１", "０")
        assert scale.number == 10


async def test_in_the_session_full_width_keys_work(lived_in: Home, open_app: Open) -> None:
    """Begin by a full-width blank, say that it hurts, and answer with a number."""
    async with open_app(lived_in) as ui:
        await ui.pilot.pause()
        ui.app.go("session")
        await ui.pilot.pause()
        flow = ui.front.flow  # type: ignore[attr-defined]
        await press(ui, "\u3000")
        assert flow.mode == "run"
        await press(ui, "ｐ")
        assert flow.run.state == "paused"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", ["today", "session", "help"])
async def test_a_letter_that_can_do_nothing_is_told_once(
    lived_in: Home, open_app: Open, language: str, screen: str
) -> None:
    """Kana have no plain twin; whoever types them into nothing learns why, and is not told again and again."""
    sentence = Words(language)("ui.input-method")
    async with open_app(lived_in, language=language) as ui:
        if screen != "today":
            ui.app.go(screen)
            await ui.pilot.pause()
        if screen == "help":
            ui.app.screen.set_focus(None)
        await press(ui, "あ")
        assert sentence[:12] in ui.text()
        await press(ui, "い")
        assert sentence[:12] not in ui.text()


async def test_in_a_field_for_text_letters_stay_as_typed(lived_in: Home, open_app: Open) -> None:
    """A note is the person's; and nothing is said of an input method that is meant."""
    async with open_app(lived_in, language="ja") as ui:
        await ui.press("s")
        field = ui.front.query(TextInput).first()
        field.focus()
        await ui.type("あＡ３")
        assert field.value.endswith("あＡ３")
        assert Words("ja")("ui.input-method")[:8] not in ui.text()


async def test_a_search_finds_what_is_typed_in_full_width(lived_in: Home, open_app: Open) -> None:
    """In the help, which is the palette of those who do not know ctrl+p."""
    async with open_app(lived_in) as ui:
        await press(ui, "？")
        ui.front.query_one(TextInput).value = "ｉｃｅ"
        await ui.pilot.pause()
        assert Words("en")("ui.command.ice.tip")[:12] in ui.text()
