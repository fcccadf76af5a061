"""Today at every size: whole doses, days that can be read, and nothing that a worrying sign makes untrue."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from rich.cells import cell_len

from coach.actions.exercise.session import keep, ready
from coach.actions.reminders.log import read_rows
from coach.actions.reminders.settings import add
from coach.actions.triage.check_in import NewAnswers, save
from coach.content import Content
from coach.domain.reminders.reminder import BREAK_ID, Reminder
from coach.domain.status.history import DoneStep, Session
from coach.domain.triage.answers import Pain, Tri
from coach.domain.triage.state import SHAPES, State
from coach.home import Home
from coach.ui.areas import Placed, frame_for
from coach.ui.screens.today import Today
from coach.ui.widgets.board import Board, Panel
from coach.words import Words
from tests.helpers import Ran, beginning
from tests.ui.conftest import Open
from tests.ui.driver import Screen


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("size", [(48, 30), (60, 20), (80, 24), (120, 36)])
async def test_each_stretch_says_its_whole_dose(
    lived_in: Home, open_app: Open, size: tuple[int, int], language: str
) -> None:
    """How long and how often is never cut off at the edge."""
    async with open_app(lived_in, size, language) as screen:
        words = Words(language)
        dose = words("common.dose", hold=20, times=words("common.times", n=2))
        assert screen.text().count(dose) == 2


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_open_signs_are_asked_for_once(lived_in: Home, open_app: Open, now: datetime, language: str) -> None:
    """That somebody should look, or the signs be answered, is what ends the rest, and not said above it too."""
    save(lived_in, NewAnswers(pain=Pain(rest=1, walking=3), signs={"cold-pale-foot": "unsure"}), now)
    words = Words(language)
    async with open_app(lived_in, (80, 24), language) as ui:
        text = "".join(ui.text().replace("│", "").split())
    assert "".join(words("pause.back-when.answer").split()) in text
    assert "".join(words("pause.ask.unsure").split()) not in text


async def test_nobody_is_sent_for_a_walk_after_a_same_day_sign(lived_in: Home, open_app: Open, now: datetime) -> None:
    """The advice to keep moving a little is for a pause for comfort, not for a leg that must be seen."""
    save(lived_in, NewAnswers(pain=Pain(walking=2), signs={"one-leg-swollen-warm": "yes"}), now)
    async with open_app(lived_in) as screen:
        assert beginning("today.no-stretching") in screen.text()
        assert beginning("today.no-routine") not in screen.text()


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_two_week_chart_has_a_title_and_dates(lived_in: Home, open_app: Open, size: tuple[int, int]) -> None:
    """The bars have a scale of 0 to 10, the first day and today under them."""
    async with open_app(lived_in, size) as screen:
        text = screen.text()
        assert beginning("today.pain.what") in text
        assert "10 Nov" in text
        assert any(line.split()[1:2] == ["10"] or " 10 ╌" in line for line in text.splitlines())


async def test_a_reminder_on_a_later_day_shows_its_time(fresh: Home, open_app: Open, now: datetime) -> None:
    """A day alone would not say when."""
    save(fresh, NewAnswers(pain=Pain(walking=7), none_of_the_signs=True), now - timedelta(hours=1))
    async with open_app(fresh, (120, 36)) as screen:
        assert re.search(r"tomorrow \d\d:\d\d", screen.text())


async def test_enter_is_called_the_same_beside_the_routine_and_in_the_footer(
    lived_in: Home, open_app: Open, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A month away, the signs come before the routine; the line of the routine promises nothing else."""
    monkeypatch.setattr("coach.clock.now", lambda: now + timedelta(days=30))
    async with open_app(lived_in, (80, 24)) as screen:
        assert " ".join(screen.text().split()).count(f"Enter {beginning('today.command.answer.name')}") == 2
        assert f"Enter {beginning('today.command.start.name')}" not in screen.text()


async def test_after_a_journey_an_open_page_has_the_day_of_the_place(
    lived_in: Home, open_app: Open, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine's zone is set anew while Today is open: nobody has to leave it for that."""
    async with open_app(lived_in, (80, 24)) as screen:
        assert "Mon 23 Nov" in screen.text()
        monkeypatch.setattr("coach.clock.now", lambda: now.astimezone(timezone(timedelta(hours=-10))))
        monkeypatch.setattr("coach.clock.zone_revision", lambda: "another")
        assert isinstance(screen.front, Today)
        screen.front.look()
        await screen.pilot.pause()
        assert "Sun 22 Nov" in screen.text()


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_reminder_of_ones_own_is_called_by_its_own_words(
    fresh: Home, open_app: Open, now: datetime, size: tuple[int, int]
) -> None:
    """Short words stand on Today as they were written; long ones do not push the others away."""
    for text, at in (("a glass of water", "09:30"), ("a long letter to somebody far away", "10:00")):
        add(fresh, Reminder(id="", kind="custom", at=at, text=text), now)
    async with open_app(fresh, size) as screen:
        assert "a glass of water" in screen.text()
        assert Words("en")("kind.custom") in screen.text()
        assert "letter" not in screen.text()


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_a_large_window_shows_the_first_stretch(lived_in: Home, open_app: Open, language: str) -> None:
    """A wide, high window shows what comes first; in a low one nothing gives way to it."""
    async with open_app(lived_in, (120, 36), language) as screen:
        assert _drawn(screen, "routine") > 6
    async with open_app(lived_in, (120, 24), language) as screen:
        assert not _drawn(screen, "routine")


async def test_nothing_to_stretch_is_drawn_on_a_day_of_rest(lived_in: Home, open_app: Open, now: datetime) -> None:
    """A picture of a stretch would say the contrary of the page: the way back stands in its place."""
    save(lived_in, NewAnswers(pain=Pain(walking=7), none_of_the_signs=True), now)
    async with open_app(lived_in, (120, 36)) as screen:
        assert "routine" not in _areas(screen)
        assert "○○ 0 of 2 calm check-ins" in screen.text()


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_way_back_takes_the_place_of_the_routine_on_the_open_page(
    lived_in: Home, open_app: Open, now: datetime, size: tuple[int, int]
) -> None:
    """A check-in made elsewhere moves the areas of the page that is open."""
    async with open_app(lived_in, size) as screen:
        before = screen.text()
        save(lived_in, NewAnswers(pain=Pain(rest=0, walking=7), none_of_the_signs=True), now)
        screen.front.look()  # type: ignore[attr-defined]
        await screen.pilot.pause()
        assert "○○ 0 of 2 calm check-ins" in screen.text()
        assert "○○" not in before


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_click_on_an_area_opens_its_screen(lived_in: Home, open_app: Open, size: tuple[int, int]) -> None:
    """Whoever holds the mouse clicks on what they want to know more of."""
    async with open_app(lived_in, size) as screen:
        for words, name in (
            (beginning("kind.posture"), "reminders"),
            (beginning("today.habit.none"), "habit"),
            (beginning("today.pain.what"), "history"),
            ("● Go", "decision"),
        ):
            await screen.click(words)
            assert name == screen.front.NAME
            await screen.press("escape")


async def test_reasons_that_have_no_room_leave_a_mark(lived_in: Home, open_app: Open, now: datetime) -> None:
    """Nobody takes the reasons that fit for all there are; a window with room for all has no mark."""
    signs: dict[str, Tri] = dict.fromkeys(("one-leg-swollen-warm", "locked-knee", "pulsing-lump", "foot-weak"), "yes")
    save(lived_in, NewAnswers(pain=Pain(rest=0, walking=2), signs=signs, none_of_the_signs=True), now)
    last = Content.open().rules.signs["foot-weak"].short["en"][1:]
    async with open_app(lived_in, (80, 24)) as screen:
        assert last not in screen.text()
        assert " …" in screen.text()


STATES: dict[State, tuple[int, bool]] = {
    "go": (1, False),
    "gentle": (4, False),
    "rest": (7, False),
    "see": (1, True),
}
"""State to the worst pain when walking, and whether a sign for the same day is there."""


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (120, 36)])
@pytest.mark.parametrize("state", STATES)
async def test_the_state_is_seen_by_its_shape_and_read_by_its_word(
    state: State, size: tuple[int, int], language: str, lived_in: Home, open_app: Open, now: datetime
) -> None:
    """Without colours, at every size, the first line says which of the four states it is."""
    walking, sign = STATES[state]
    signs: dict[str, Tri] = {"one-leg-swollen-warm": "yes"} if sign else {}
    pain = Pain(rest=0, walking=walking)
    save(lived_in, NewAnswers(pain=pain, signs=signs, none_of_the_signs=True), now)
    async with open_app(lived_in, size, language) as screen:
        word = Words(language)("state.today" if sign else f"state.{state}")
        assert f"{SHAPES[state]} {word}" in screen.lines()[1]
        assert f"-{state}" in screen.app.screen.query_one("#area-state").classes


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (104, 28), (120, 24), (120, 36), (160, 50)])
@pytest.mark.parametrize("walking", [1, 4, 7])
async def test_nothing_on_today_is_cut(
    walking: int, size: tuple[int, int], language: str, lived_in: Home, open_app: Open, now: datetime
) -> None:
    """No line is wider than its area and none is below it; from 80 by 24 on nothing needs scrolling."""
    save(lived_in, NewAnswers(pain=Pain(rest=0, walking=walking), none_of_the_signs=True), now)
    async with open_app(lived_in, size, language) as screen:
        board = screen.app.screen.query_one(Board)
        for placed in board.placed(board.scrollable_content_region.size):
            frame = frame_for(*board.scrollable_content_region.size)
            assert len(placed.area.lines) <= placed.height - frame.rows
            assert not [line.plain for line in placed.area.lines if line.cell_length > placed.width - frame.sides]
            assert cell_len(placed.area.title) <= placed.width - 4
        if size[0] >= 80:
            assert board.max_scroll_y == 0


async def test_no_third_of_a_large_window_is_empty(lived_in: Home, open_app: Open, now: datetime) -> None:
    """Twelve blank rows below each other, or forty blank columns, are nowhere, in a pause neither."""
    for walking in (1, 7):
        save(lived_in, NewAnswers(pain=Pain(walking=walking), none_of_the_signs=True), now)
        async with open_app(lived_in, (120, 36)) as screen:
            rows = [line.replace("│", " ") for line in screen.lines()]
            assert not [n for n in range(len(rows) - 5) if not "".join(rows[n : n + 5]).strip()]
            assert max(at.y + at.height for at in _board(screen)) >= 33


async def test_an_interrupted_session_is_the_first_thing_to_do(lived_in: Home, open_app: Open, now: datetime) -> None:
    """Today names the stretch and the leg at which it would go on."""
    keep(lived_in, ready(lived_in, now), now)
    async with open_app(lived_in) as screen:
        assert "Enter  Continue: " in screen.text()
        assert Words("en")(f"session.side.{ready(lived_in, now).run.phases[0].side}") in screen.lines()[3]


async def test_today_draws_nothing_while_nothing_changes(lived_in: Home, open_app: Open) -> None:
    """A look at the files, and a page made again from the same facts, paint nothing."""
    async with open_app(lived_in, (120, 36)) as screen:
        drawn = [(panel, panel.lines) for panel in screen.app.screen.query(Panel)]
        screen.front.redraw()
        assert not screen.app.screen._dirty_widgets
        assert [(panel, panel.lines) for panel in screen.app.screen.query(Panel)] == drawn


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_today_shows_that_the_routine_was_done(
    lived_in: Home, open_app: Open, coach: Callable[..., Ran], now: datetime, language: str
) -> None:
    """After the session Today does not look as if it were still to do; yesterday's is not today's."""
    words = Words(language)
    steps = (DoneStep("seated-toe-pull", "right", 20, 2),)
    lived_in.records.add(Session(id="old", at=now - timedelta(days=1), routine="evening", steps=steps, seconds=60))
    async with open_app(lived_in, (80, 24), language) as screen:
        assert words("today.done", time="09:02") not in screen.text()
    lived_in.records.add(Session(id="new", at=now - timedelta(minutes=10), routine="evening", steps=steps, seconds=60))
    async with open_app(lived_in, (80, 24), language) as screen:
        assert words("today.done", time="09:02") in screen.text()
    assert words("plan.done", time="09:02") in coach("--lang", language, "today").out


def _board(screen: Screen) -> list[Placed]:
    board = screen.app.screen.query_one(Board)
    return board.placed(board.scrollable_content_region.size)


def _areas(screen: Screen) -> set[str]:
    return {placed.area.name for placed in _board(screen)}


def _drawn(screen: Screen, name: str) -> int:
    """Return the number of lines of an area that hold dots."""
    lines = next(placed.area.lines for placed in _board(screen) if placed.area.name == name)
    return sum(any("\u2800" < letter <= "\u28ff" for letter in line.plain) for line in lines)


async def test_k_leads_a_break_at_once(lived_in: Home, open_app: Open, now: datetime) -> None:
    """The minute at the desk begins, and the next break is counted from now."""
    async with open_app(lived_in) as screen:
        await screen.press("k")
        assert type(screen.app.screen).__name__ == "SessionScreen"
    (row,) = read_rows(lived_in).values()
    assert (row.reminder, row.outcome, row.due) == (BREAK_ID, "acted", now)


async def test_k_notes_a_break_where_exercises_rest(lived_in: Home, open_app: Open, now: datetime) -> None:
    """Nothing is led, and that is said."""
    save(lived_in, NewAnswers(pain=Pain(walking=8), none_of_the_signs=True), now - timedelta(minutes=1))
    async with open_app(lived_in) as screen:
        await screen.press("k")
        assert beginning("reminders.break.rests.pause") in screen.text()
    assert [row.reminder for row in read_rows(lived_in).values()] == [BREAK_ID]


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_chart_says_what_it_shows_also_beside_a_painkiller(
    lived_in: Home, open_app: Open, now: datetime, size: tuple[int, int], language: str
) -> None:
    """The sign of a painkiller is told beside the name of the chart, and never in its place."""
    save(lived_in, NewAnswers(pain=Pain(walking=2), none_of_the_signs=True, medicine="ibuprofen"), now)
    words = Words(language)
    async with open_app(lived_in, size, language) as screen:
        (title,) = (line for line in screen.lines() if words("today.pain.medicine") in line)
    assert words("today.label.pain") in title or words("today.pain.what") in title
