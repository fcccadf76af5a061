"""What holds on every screen: footer keys are true, every command has its words, no wide letter is lost."""

import unicodedata
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from rich.cells import cell_len
from textual.dom import DOMNode

from coach.actions.habit import choose_habit
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.triage.answers import Pain
from coach.home import Home
from coach.ui.app import CoachApp
from coach.ui.commands import GLOBAL, Command
from coach.ui.navigator import SCREENS
from coach.ui.screen import BoardScreen, CoachScreen, PageScreen
from coach.ui.widgets.board import Panel
from coach.words import LANGUAGES, Words
from tests.helpers import beginning, heavy_but
from tests.ui.conftest import NOW, Open
from tests.ui.driver import Screen

THERE = [name for name, place in SCREENS.items() if find_spec(place.partition(":")[0])]
OPENED = [name for name in THERE if name != "first-run"]
BEGINNING = 16
"""Letters by which a line is known again."""
STATES = "●◐■▲○"
"""The shape of each state, and of a check-in still to come."""
FRAMES = {chr(code) for code in range(0x2500, 0x25A0)}
"""What Textual draws frames and scroll bars with; it counts each as one cell."""
SIZES = ((80, 24), (60, 20), (120, 36), (40, 12))
BETWEEN = ((104, 30), (64, 22))
"""Sizes at which a board is laid out otherwise."""
WIDTHS, HIGH = (40, 60, 80), 60
"""Columns at which every sentence is whole, where there are rows enough."""


def kind_of(name: str) -> type[CoachScreen]:
    """Return a screen's class by its name."""
    module, _, kind = SCREENS[name].partition(":")
    found: type[CoachScreen] = getattr(import_module(module), kind)
    return found


def offers(name: str) -> tuple[Command, ...]:
    """Return the commands of a screen by its name."""
    return kind_of(name).commands()


async def open_screen(ui: Screen, name: str) -> None:
    """Open a screen as its command would."""
    if name == "edit-check-in":
        ui.app.go(name, entry_id=ui.app.home.records.history().check_ins[-1].id)
    elif name != "today":
        ui.app.go(name)
    await ui.pilot.pause()


def note_actions(app: CoachApp, wanted: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that holds ``wanted`` once the app runs that action, which is then not done; others are."""
    ran: list[str] = []
    run = app._dispatch_action

    async def note(target: DOMNode, action: str, params: Any) -> bool:
        if action == wanted:
            ran.append(action)
            return True
        return await run(target, action, params)

    monkeypatch.setattr(app, "_dispatch_action", note)
    return ran


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", THERE)
def test_every_command_has_a_name_and_a_tooltip(name: str, language: str) -> None:
    """Keys, footer, palette and help all say the same, in this language and no other."""
    words = Words(language)
    for command in (*offers(name), *GLOBAL):
        for key in (command.name, command.tip):
            assert words.has(key), key
            assert "{" not in words(key)


@pytest.mark.parametrize("name", OPENED)
async def test_every_key_of_a_footer_does_what_it_says(
    name: str, lived_in: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command that the footer names is pressed, and its action would run: the screen stays as it was opened."""
    async with open_app(lived_in, (200, 40)) as ui:
        await open_screen(ui, name)
        shown = [(ui.front.key_of(one), one.does) for one in ui.front.usable() if one.footer]
        assert shown
        for key, does in shown:
            with monkeypatch.context() as once:
                ran = note_actions(ui.app, does.rpartition(".")[2].partition("(")[0], once)
                await ui.press(key)
            assert ran, f"{key} on {name} should run {does}"


@pytest.mark.parametrize("language", heavy_but(["ja"], LANGUAGES))
@pytest.mark.parametrize("name", OPENED)
async def test_a_screen_is_whole_at_every_size(name: str, language: str, lived_in: Home, open_app: Open) -> None:
    """Every line is as wide as the terminal, and no sentence loses a letter: where it is narrow, it takes more lines.

    No key of the catalogue shows, the footer is there, and what is drawn is of unambiguous width.
    """
    async with open_app(lived_in, SIZES[0], language) as ui:
        await open_screen(ui, name)
        assert name == ui.front.NAME
        assert ambiguous(ui.text()) == set(), ui.text()
        assert twice_named(ui) == []
        for size in (*BETWEEN, *SIZES):
            await ui.resize(*size)
            assert crowded(ui) == [], size
            lines = ui.lines()
            assert {cell_len(line) for line in lines} == {size[0]}
            assert ".command." not in ui.text()
            assert f"{name}.title" not in ui.text()
            assert lines[-1].strip(), "the footer stands on the last line"
        for width in WIDTHS:
            await ui.resize(width, HIGH)
            assert ui.cut() == [], width


@pytest.mark.parametrize("name", [name for name in THERE if name not in OPENED])
async def test_no_two_parts_of_another_screen_have_one_name(name: str, lived_in: Home, open_app: Open) -> None:
    """As above, where a screen is not opened by a key of Today."""
    async with open_app(lived_in, (120, 36)) as ui:
        await open_screen(ui, name)
        assert twice_named(ui) == []


def twice_named(ui: Screen) -> list[str]:
    """Return the names that two parts have.

    What has the name of another has its look, too: a question lost its answers to the column beside the form.
    """
    names = [part.id for part in ui.front.walk_children() if part.id]
    return sorted({name for name in names if names.count(name) > 1})


def crowded(ui: Screen) -> list[str | None]:
    """Return the areas of a board that cut something at their frame."""
    return [
        panel.id
        for panel in ui.front.query(Panel)
        if panel.region
        and panel.lines
        and (len(panel.lines) > panel.size.height or max(line.cell_length for line in panel.lines) > panel.size.width)
    ]


def ambiguous(frame: str) -> set[str]:
    """Return the marks that some terminals draw on one cell and others on two.

    Textual's frames and bars, and the shapes of states, are one cell.
    """
    drawn = {letter for letter in frame if not letter.isalnum() and ord(letter) > 0x7F}
    wide = {letter for letter in drawn if unicodedata.east_asian_width(letter) == "A"}
    return wide - set("—–’“”…·×°" + STATES) - FRAMES


@pytest.mark.parametrize("name", [name for name in OPENED if name not in ("today", "edit-check-in")])
async def test_the_first_frame_of_a_screen_is_complete(
    name: str, lived_in: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is drawn empty first, and nothing jumps: only the mark of what has the focus, and its keys, come last.

    An entry that is changed goes down to its number.
    """
    show, shown = CoachApp._display, []
    async with open_app(lived_in) as ui:

        def watch(app: CoachApp, screen: Any, drawn: Any) -> None:
            show(app, screen, drawn)
            if name == screen.NAME:
                shown.append([line.replace("▸", " ") for line in ui.lines()][:-1])

        monkeypatch.setattr(CoachApp, "_display", watch)
        await open_screen(ui, name)
    assert shown[0] == shown[-1]
    assert any(line.strip() for line in shown[0][2:])


@pytest.mark.parametrize("name", [name for name in OPENED if issubclass(kind_of(name), PageScreen)])
async def test_every_line_of_a_page_can_be_scrolled_to(name: str, lived_in: Home, open_app: Open) -> None:
    """Where a page is longer than the window, Down goes on by a line, or to the next entry, and Page up comes back."""
    if name == "session":
        save(lived_in, NewAnswers(pain=Pain(rest=7, walking=8), none_of_the_signs=True), NOW)
    async with open_app(lived_in, (40, 12)) as ui:
        await open_screen(ui, name)
        assert isinstance(ui.front, PageScreen)
        page = ui.front.page
        if page.max_scroll_y == 0:
            return
        seen = {line.strip()[:BEGINNING].strip() for line in ui.lines()}

        def unseen() -> set[str]:
            return {line.plain.strip()[:BEGINNING].strip() for line in page.lines} - seen

        down, up = ("pagedown", "pageup") if name == "history" else ("down", "up")
        # There and back: on a busy machine a frame may be read before it is drawn, and one page be missed.
        for key in (key for key in (down, up) for _ in range(5 * len(page.lines))):
            if not unseen():
                break
            await ui.press(key)
            seen |= {line.strip()[:BEGINNING].strip() for line in ui.lines()}
        assert unseen() == set()
        await ui.press("pageup" if name == "help" else "home", *["pageup"] * len(page.lines))
        assert page.scroll_offset.y == 0
        await ui.press("pagedown")
        assert page.scroll_offset.y > 0


async def test_a_too_small_window_shows_an_apology(lived_in: Home, open_app: Open) -> None:
    """Below 40×12 there is an apology and nothing broken; made larger, the page is back."""
    async with open_app(lived_in, (30, 8)) as ui:
        assert "a little small" in " ".join(ui.text().split())
        await ui.resize(80, 24)
        assert f"Enter {beginning('today.command.start.name')}" in ui.text()


@pytest.mark.parametrize("width", range(40, 121, 5))
async def test_no_japanese_letter_is_lost_at_any_width(width: int, lived_in: Home, open_app: Open) -> None:
    """The reason on Today and the title are read whole, and no line begins with a closing mark."""
    async with open_app(lived_in, (width, 30), "ja") as ui:
        lines = [line.strip() for line in ui.lines()[:-1]]
        assert beginning("today.headline.go", "ja") in "".join("".join(lines).split())
        assert not [line for line in lines if line and line[0] in "。、」)!?ー"]


@pytest.mark.parametrize("width", range(40, 121, 8))
async def test_every_number_of_a_scale_is_there_at_any_width(width: int, lived_in: Home, open_app: Open) -> None:
    """0 to 10, all of them, with the chosen one marked: no answer is out of reach on a narrow screen."""
    async with open_app(lived_in, (width, 24)) as ui:
        await ui.press("c", "4")
        row = next(line for line in ui.lines() if "‹4›" in line)
        scale = row.replace("‹4›", " 4 ").strip(" │").partition("│")[0]  # the decision may stand beside it
        assert scale.split() == [str(n) for n in range(11)]


@pytest.mark.parametrize("language", heavy_but(["en"], LANGUAGES))
@pytest.mark.parametrize("name", [name for name in OPENED if issubclass(kind_of(name), BoardScreen)])
async def test_every_area_has_room_for_its_lines_on_a_day_of_rest(
    name: str, language: str, lived_in: Home, open_app: Open, now: datetime
) -> None:
    """Nothing that an area shows is cut at its frame, at any size."""
    save(lived_in, NewAnswers(pain=Pain(rest=3, walking=7), none_of_the_signs=True), now)
    choose_habit(lived_in, "crossed-legs", now)
    async with open_app(lived_in, SIZES[0], language) as ui:
        await open_screen(ui, name)
        for size in (*BETWEEN, *SIZES):
            await ui.resize(*size)
            assert crowded(ui) == [], size
