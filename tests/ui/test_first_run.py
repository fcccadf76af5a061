"""The first minute: emergency signs before anything, every question skippable, the day's reminders, then Today."""

import json
import re

import pytest

from coach.actions.status.current import status_now
from coach.domain.profile import REGIONS
from coach.home import Home
from coach.ui.screens.first_run import FirstRun
from coach.ui.widgets.field import Field, MultiChoice
from coach.ui.widgets.text_input import TextInput
from coach.words import Words
from tests.helpers import beginning
from tests.ui.conftest import NOW, Open
from tests.ui.driver import Screen


async def past_signs(ui: Screen) -> None:
    """Answer none of the signs, in both lists."""
    for _ in range(8):
        if "You" in ui.lines()[0] or "About" in ui.lines()[0]:
            return
        await ui.press("enter")


@pytest.mark.usefixtures("now")
async def test_emergency_signs_come_before_any_question(home: Home, open_app: Open) -> None:
    """The very first frame shows all five, and numbers to call, whole, at 80×24; nothing was kept for it."""
    async with open_app(home) as ui:
        text = " ".join(re.sub("[◌◉] (not sure|no|yes)|[│╭╮╰╯─]", "", ui.text()).split())
        assert "Call for help at once" in text
        book = home.content.rules
        for sign in book.ids("emergency"):
            assert book.signs[sign].text["en"] in text
        for number in ("119", "999", "911", "112", "111", "000"):
            assert number in text
        assert not home.records.profile().set_up


@pytest.mark.usefixtures("now")
@pytest.mark.parametrize("language", ["en", "ja"])
async def test_the_first_frame_shows_emergency_numbers_at_any_size(home: Home, open_app: Open, language: str) -> None:
    """At 40×12 the list of signs has to be scrolled to; the numbers above it have not."""
    async with open_app(home, (40, 12), language) as ui:
        text = "".join(ui.text().split())
        assert all(number in text for number in ("119", "999", "911", "111"))


async def past_questions(ui: Screen) -> None:
    """Press Enter until all questions were seen, and once more to go on."""
    front = ui.front
    assert isinstance(front, FirstRun)
    while front.form.scroll_offset.y < front.form.max_scroll_y:
        await ui.press("enter")
    await ui.press("enter")


@pytest.mark.usefixtures("now")
async def test_enter_shows_what_it_would_skip(home: Home, open_app: Open) -> None:
    """At 80×24 the questions need more than a page: no Enter goes past one that was not seen."""
    async with open_app(home) as ui:
        await past_signs(ui)
        seen = ui.text()
        for _ in range(9):
            await ui.press("enter")
            if "Today's reminders" in ui.text():
                break
            seen += ui.text()
        for key in ("baseline", "onset", "contexts", "work", "popups", "autostart"):
            name = Words("en")(f"settings.{key}")
            assert " ".join(name.split()[:3]) in seen, key


@pytest.mark.usefixtures("now")
async def test_enter_alone_sets_up_sane_defaults(home: Home, open_app: Open) -> None:
    """Who answers nothing but the signs has reminders for the working week, and sees them before Today."""
    async with open_app(home) as ui:
        await past_signs(ui)
        await past_questions(ui)
        assert "Today's reminders" in ui.text()
        assert "short break" in ui.text() or beginning("firstrun.no-more-today") in ui.text()
        await ui.press("enter")
        assert ui.front.NAME == "today"
    profile = Home().records.profile()
    assert profile.set_up
    assert (profile.work.start, profile.popups, profile.ice_conditions) == ("09:00", "neutral", None)
    screening = Home().records.history().screenings[0]
    assert set(screening.signs.values()) == {"no"}
    assert len(screening.signs) == 14


@pytest.mark.usefixtures("now")
async def test_the_mouse_alone_sets_it_up(home: Home, open_app: Open) -> None:
    """A row that is clicked asks the next questions in its own place, and goes: that ended the program once."""
    async with open_app(home, (100, 70)) as ui:
        await ui.click("None of these")
        await ui.click("None of these")
        await ui.click("Japan")
        await ui.click("Done")
        assert "coach web" in ui.text()
        await ui.click("Open Today")
        assert ui.front.NAME == "today"
    assert home.records.profile().region == "jp"


@pytest.mark.usefixtures("now")
async def test_answers_of_the_first_run_are_saved(home: Home, open_app: Open) -> None:
    """Region, side, pain, since when, hours: as they were given."""
    async with open_app(home, (100, 70)) as ui:
        await past_signs(ui)
        await ui.click("Japan")
        await ui.click("◌ left")
        await ui.click("3   4")
        await ui.press("tab")
        await ui.type("3 weeks")
        await ui.click("blood thinner")
        await ui.press("enter")
        assert "Today's reminders" in ui.text()
    kept = json.loads(home.places.profile().read_text())
    assert (kept["region"], kept["side"], kept["baseline"]) == ("jp", "left", 3)
    assert kept["onset"] == "2026-11-02"
    assert kept["contexts"] == ["blood-thinner"]


@pytest.mark.usefixtures("now")
async def test_an_emergency_sign_shows_at_once_whom_to_call(home: Home, open_app: Open) -> None:
    """A yes is answered before set-up goes on: with the call, kept as a screening, and Today rests afterwards."""
    async with open_app(home) as ui:
        await ui.press("left")
        assert "yes" in ui.text()
        assert beginning("decision.headline.emergency") in ui.text()
        for _ in range(4):
            if ui.front.NAME == "first-run":
                await ui.press("enter")
        assert ui.front.NAME == "decision"
        assert "local emergency number" in " ".join(ui.text().split())
    assert home.records.history().screenings[0].signs["chest-or-breath"] == "yes"


@pytest.mark.usefixtures("now")
async def test_an_invalid_answer_is_explained_and_stays_editable(home: Home, open_app: Open) -> None:
    """Hours that are none are not kept; what was typed stays, the sentence names a form that works."""
    async with open_app(home, (80, 60)) as ui:
        await past_signs(ui)
        await ui.click("09:00-18:00")
        await ui.press("end", *["backspace"] * 11)
        await ui.type("soon")
        await past_questions(ui)
        assert beginning("settings.wrong.work") in ui.text()
        assert "soon" in ui.text()
        assert not home.records.profile().set_up


@pytest.mark.usefixtures("now")
async def test_changing_the_language_keeps_the_answers(home: Home, open_app: Open) -> None:
    """F2 on the first page speaks Japanese; an answer given before is still there."""
    async with open_app(home) as ui:
        await ui.press("right", "right")
        await ui.press("f2")
        assert "すぐに助けを呼ぶ症状" in ui.text()
        assert "◉ わからない" in ui.text()


@pytest.mark.usefixtures("now")
async def test_changing_the_language_keeps_what_was_chosen_and_typed(home: Home, open_app: Open) -> None:
    """On the page about the person, too: one answer, several, and what was typed."""
    async with open_app(home, (100, 70)) as ui:
        await past_signs(ui)
        ui.front.query_one("#side", Field).choose("both")
        ui.front.query_one("#contexts", MultiChoice).take(("blood-thinner",))
        ui.front.query_one("#onset", TextInput).value = "3 weeks"
        await ui.pilot.pause()
        await ui.press("f2")
        assert ui.app.words.language == "ja"
        assert ui.front.query_one("#side", Field).value == "both"
        assert ui.front.query_one("#contexts", MultiChoice).values == ("blood-thinner",)
        assert ui.front.query_one("#onset", TextInput).value == "3 weeks"


@pytest.mark.usefixtures("now")
async def test_the_first_questions_cannot_be_skipped(home: Home, open_app: Open) -> None:
    """Escape leads nowhere, and the footer does not name it: Today, which lies behind, is not seen before the signs."""
    async with open_app(home) as ui:
        await ui.press("escape", "t")
        assert ui.front.NAME == "first-run"
        assert "Esc" not in ui.text()


@pytest.mark.usefixtures("now")
async def test_today_uses_the_language_chosen_in_the_first_run(home: Home, open_app: Open) -> None:
    """F2 in the first questions is true of Today too, which opens after them."""
    async with open_app(home) as ui:
        await ui.press("f2")
        ui.app.to_today()
        await ui.pilot.pause()
        assert ui.lines()[0].strip().startswith("今日")


def test_every_region_has_care_lines(home: Home) -> None:
    """No one chooses a region and is then told of another."""
    codes = {code for region in home.content.care_lines.values() for code in region.codes}
    assert set(REGIONS) - {"other"} <= codes


@pytest.mark.usefixtures("now")
async def test_the_footer_names_the_keys_that_select_a_condition(home: Home, open_app: Open) -> None:
    """Down goes through answers that stand below each other, and on to the next question; space takes one."""
    async with open_app(home) as ui:
        await past_signs(ui)
        while getattr(ui.app.focused, "id", "") != "contexts":
            await ui.press("tab")
        assert "Space choose" in ui.text()
        await ui.press("down", "space")
        assert "◉ a blood thinner" in ui.text()
        await ui.press("down", "down", "down", "down", "down", "down")
        assert getattr(ui.app.focused, "id", "") == "ice_conditions"
        await ui.press("up")
        assert getattr(ui.app.focused, "id", "") == "contexts"
        await past_questions(ui)
    assert home.profile.contexts == ("blood-thinner",)


@pytest.mark.usefixtures("now")
async def test_the_question_stays_in_sight_when_the_window_shrinks(home: Home, open_app: Open) -> None:
    """What one is answering is not lost with a resize."""
    async with open_app(home) as ui:
        await past_signs(ui)
        await ui.press("tab", "tab", "tab", "tab", "tab")
        await ui.resize(60, 14)
        assert "▸" in ui.text()


@pytest.mark.usefixtures("now")
async def test_set_up_asks_the_facts_that_no_blanket_no_answers(home: Home, open_app: Open) -> None:
    """What is answered is kept as of today, and asked again in a year; what is left open stays open."""
    async with open_app(home, (80, 60)) as ui:
        await past_signs(ui)
        ui.front.query_one("#sign-under-16", Field).choose("no")
        await past_questions(ui)
    status = status_now(home, NOW)
    assert status.signs["under-16"] == "no"
    assert status.ask_yearly == ("weight-loss-or-cancer",)
