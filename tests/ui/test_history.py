"""History: what was noted, readable by eye, by colour-blind eye and by a screen reader, on any one day of the year."""

from datetime import date, datetime, timedelta

import pytest
from textual.style import Style

from coach.actions.reminders.log import write_rows
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.reminders.due import Delivery, Outcome
from coach.domain.reminders.slots import slot_id
from coach.domain.status.history import CheckIn, DoneStep, Hurt, Ice, IceEnd, Session
from coach.domain.trends.care import CareDay
from coach.domain.trends.pain import PainDay
from coach.domain.triage.answers import Answers, KneePain, Knees, Pain
from coach.home import Home
from coach.report.look_back import LookBack, look_back
from coach.ui.areas import frame_for
from coach.ui.charts import ONCE, BrailleCanvas, Look, calendar, number_row, pain_chart
from coach.ui.screens.history import HistoryScreen
from coach.ui.screens.history.pain import LABEL
from coach.ui.widgets.board import Board, Panel
from coach.ui.widgets.chart import BAND
from coach.words import Words
from tests.helpers import beginning
from tests.ui.conftest import Open

NOTE = "階段だけ [b]ズキッ[/b] [/x] \x1b[31m"


@pytest.fixture
def rich(lived_in: Home, now: datetime) -> Home:
    """Return two weeks with a session, an icing, a stretch that hurt, and a note that holds markup."""
    four = now - timedelta(days=4)
    save(lived_in, NewAnswers(pain=Pain(walking=7), note=NOTE), four)
    steps = (DoneStep("seated-toe-pull", "right", 20, 2),)
    lived_in.records.add(
        Session(id="s", at=four + timedelta(hours=1), routine="evening", steps=steps, seconds=120, comfort="pleasant"),
        Hurt(id="h", at=four + timedelta(hours=2), stretch="soft-knee-hinge", pain=5),
        Ice(id="i", at=four + timedelta(hours=3), minutes=15),
        IceEnd(id="e", at=four + timedelta(hours=3, minutes=12), ice="i", outcome="stopped"),
    )
    return lived_in


async def test_the_numbers_of_two_weeks_stand_under_the_chart(rich: Home, open_app: Open) -> None:
    """Whoever cannot see dots or colours reads the same from the rows."""
    async with open_app(rich) as ui:
        await ui.press("h")
        cells = [line.replace("│", " ").split("  ") for line in ui.lines()]
        rows = {next(filter(None, line)).strip(): " ".join(line).split() for line in cells if any(line)}
        assert rows["walking"][-1] == ".."
        assert "7" in rows["walking"]
        assert "1" in rows["it hurt"]
        assert "1" in rows[Words("en")("history.row.ices")]
        assert "1" in rows[Words("en")("history.row.paused")]


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("columns", [40, 50, 60])
async def test_a_small_window_shows_the_latest_days(columns: int, language: str, rich: Home, open_app: Open) -> None:
    """Where not all columns of a table or weeks of the year have room, the oldest give way: no line is cut."""
    async with open_app(rich, (columns, 24), language) as ui:
        await ui.press("h")
        assert isinstance(ui.front, HistoryScreen)
        for key in ("1", "2", "3"):
            await ui.press(key)
            assert [line for line in ui.front.page.lines if line.cell_length > columns - 4] == []


async def test_the_number_of_days_noted_is_shown(rich: Home, open_app: Open) -> None:
    """Days with a note are counted, and their two halves compared, however long the period is."""
    async with open_app(rich, (120, 60)) as ui:
        await ui.press("h")
        assert "Pain noted on 12 days of 14." in ui.text()
        await ui.press("2")
        told = " ".join(line.plain for line in ui.front.query_one("#area-told", Panel).lines)
        assert "Median of the first and second half of the days noted" in told


async def test_a_chosen_day_shows_everything_noted_as_written(rich: Home, open_app: Open) -> None:
    """Brackets show, control characters show as signs, and nothing of it is obeyed."""
    async with open_app(rich, (90, 70)) as ui:
        await ui.press("h", *["left"] * 4)
        text = " ".join(ui.text().replace("│", " ").split())
        assert "Thu 19 Nov" in text
        assert "[b]ズキッ[/b] [/x] ␛[31m" in text
        assert "stretched 2 min: Seated toe pull; pleasant" in text
        assert "iced 12 min" in text
        assert "it hurt: Standing hinge, soft knee, 5" in text


async def test_the_space_bar_scrolls_by_a_page(rich: Home, open_app: Open) -> None:
    """As in every reader of long pages; the arrow keys choose a day."""
    async with open_app(rich) as ui:
        await ui.press("h", "space")
        assert "A year of care" in ui.text()
        assert "[2 weeks]" not in ui.text()


async def test_a_day_of_the_calendar_can_be_clicked(rich: Home, open_app: Open) -> None:
    """By mouse as by key."""
    async with open_app(rich, (120, 70)) as ui:
        await ui.press("h")
        await ui.front.run_action("screen.choose('2026-11-12')")
        await ui.pilot.pause()
        assert "Thu 12 Nov" in ui.text()
        await ui.click("3 months")
        assert "[3 months]" in ui.text()


async def test_a_pause_is_listed_with_its_reason(rich: Home, open_app: Open) -> None:
    """The number that began it."""
    async with open_app(rich, (90, 70)) as ui:
        await ui.press("h")
        assert "worst pain when walking: 7" in " ".join(ui.text().replace("│", " ").split())


async def test_days_of_care_are_counted_from_the_first_day_noted(rich: Home, open_app: Open) -> None:
    """Nobody is told of a year without care who began two weeks ago."""
    async with open_app(rich, (120, 60)) as ui:
        await ui.press("h")
        assert "Care on 1 day of 13." in ui.text()


async def test_no_count_is_shown_without_days_of_care(lived_in: Home, open_app: Open) -> None:
    """Check-ins alone are fine; no nought is shown for the rest."""
    async with open_app(lived_in, (120, 60)) as ui:
        await ui.press("h")
        assert "Care on" not in ui.text()


async def test_an_empty_history_says_how_to_begin(fresh: Home, open_app: Open) -> None:
    """An empty chart is no riddle."""
    async with open_app(fresh, (120, 60)) as ui:
        await ui.press("h")
        assert "Pain noted on 0 days of 14." in ui.text()
        assert beginning("history.begin") in ui.text()


async def test_changing_the_language_keeps_the_chosen_day(rich: Home, open_app: Open) -> None:
    """No restart, no lost place."""
    async with open_app(rich, (120, 60)) as ui:
        await ui.press("h", "left", "2", "f2")
        assert "[3か月]" in ui.text()
        assert "11月22日(日)" in ui.text()


def test_the_chart_goes_down_where_pain_goes_down() -> None:
    """Ten is on top, nought at the bottom."""
    days = [PainDay(date(2026, 11, 1) + timedelta(n), points) for n, points in enumerate([10, 5, 0])]
    lines = [line.plain for line in pain_chart(days, 30)]
    tops = [next(n for n, line in enumerate(lines) if line[at] != "\u2800") for at in (5, 15, 25)]
    assert tops == sorted(tops)
    assert (tops[0], tops[-1]) == (0, 6)


def test_the_colour_of_each_day_is_its_state_and_a_pause_is_a_band_behind() -> None:
    """The line is drawn over the band, in the chart as in the calendar; what was done on a day of rest stays seen."""
    first = date(2026, 11, 2)
    days = [PainDay(first + timedelta(n), points) for n, points in enumerate([1, 7, 7])]
    look = Look({days[0].day: "go", days[1].day: "rest", days[2].day: "rest"}, frozenset({days[1].day, days[2].day}))
    lines = pain_chart(days, 30, 8, look)
    assert {span.style for line in lines for span in line.spans} >= {".go", ".rest", ".band", ".grid"}
    assert BAND in lines[-1].plain[10:]
    assert BAND not in "".join(line.plain[:10] for line in lines)
    cared = [CareDay(day.day, sessions=1, paused=n > 0) for n, day in enumerate(days)]
    text = "".join(line.plain for line in calendar(days, cared, Words("en"), first, 40, look.states)[1:])
    assert text.count(ONCE) == 2 + 1 + 1
    assert text.count(BAND) == 2


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_no_area_of_history_is_cut(size: tuple[int, int], language: str, rich: Home, open_app: Open) -> None:
    """Every line has room in its frame; where there are frames, each period and day keeps them whole."""
    async with open_app(rich, size, language) as ui:
        await ui.press("h")
        board = ui.front.query_one(Board)
        for key in ("1", "2", "3", "left"):
            await ui.press(key)
            room = board.scrollable_content_region.size
            for at in board.placed(room):
                frame = frame_for(*room)
                assert not [line.plain for line in at.area.lines if line.cell_length > at.width - frame.sides]
                assert len(at.area.lines) <= at.height - frame.rows


async def test_no_two_numbers_of_the_table_can_be_read_as_one(fresh: Home, now: datetime, open_app: Open) -> None:
    """Medians with a half, tens, and more than a hundred sessions in four weeks keep a blank between them."""
    days = [now - timedelta(days=n, hours=1) for n in range(120)]
    fresh.records.add(
        *(CheckIn(id=f"c{n}", at=at, answers=Answers(pain=Pain(walking=10 - n % 2))) for n, at in enumerate(days)),
        *(Session(id=f"s{n}-{m}", at=at, routine="evening", seconds=60) for n, at in enumerate(days) for m in range(5)),
    )
    async with open_app(fresh) as ui:
        await ui.press("h")
        front = ui.front
        assert isinstance(front, HistoryScreen)
        for period, numbers in (("1", {"9", "10", "5"}), ("2", {"9", "10", "35"}), ("3", {"9.5", "140"})):
            await ui.press(period)
            for width in range(36, 120):
                for line in front._pain(width, 0).lines:
                    label, cells = line.plain[:LABEL].strip(), line.plain[LABEL:].split()
                    if label in (ui.app.words("history.row.walking"), ui.app.words("history.row.sessions")):
                        assert set(cells) <= numbers | {"..", "40", "45"}, (width, line.plain)
                        assert line.cell_length <= width


def test_a_day_without_a_note_is_not_shown_as_zero() -> None:
    """Nothing noted is not no pain."""
    days = [PainDay(date(2026, 11, 1), 0), PainDay(date(2026, 11, 2)), PainDay(date(2026, 11, 3), 3)]
    assert number_row(days, 1, "walking") == ["0", "..", "3"]
    assert number_row(days, 3, "walking") == ["1.5"]


def test_a_number_under_a_painkiller_has_its_sign_by_day_and_by_week() -> None:
    """Where a column has room for it, and only at the numbers that were told under it."""
    monday = date(2026, 11, 2)
    days = [
        PainDay(monday + timedelta(n), walking=n % 3, rest=None if n == 9 else 0, medicines=("x",) if n == 9 else ())
        for n in range(14)
    ]
    assert [n for n, cell in enumerate(number_row(days, 1, "walking", 3)) if "+" in cell] == [9]
    assert number_row(days, 7, "walking", 4)[1].endswith("+")
    assert not number_row(days, 7, "walking", 4)[0].endswith("+")
    assert "+" not in "".join(number_row(days, 7, "rest", 4))
    assert "+" not in "".join(number_row(days, 7, "walking", 2)), "no number is cut for a sign"


def test_dots_outside_the_canvas_are_ignored() -> None:
    """A chart in a very narrow window is cut, not broken."""
    canvas = BrailleCanvas(2, 1)
    canvas.line((-5, -5), (50, 50), "")
    assert all(len(line.plain) == 2 for line in canvas.lines())


def test_a_year_fits_sixty_columns() -> None:
    """53 weeks, a cell each, the latest always there."""
    last = date(2026, 11, 22)
    every = [last - timedelta(n) for n in range(363, -1, -1)]
    lines = calendar([PainDay(day) for day in every], [CareDay(day) for day in every], Words("ja"), last, 56)
    assert len(lines) == 8
    assert any(isinstance(span.style, Style) and span.style.reverse for line in lines for span in line.spans)


@pytest.mark.parametrize("size", [(80, 60), (120, 60)])
async def test_the_breaks_of_each_week_are_counted(
    rich: Home, open_app: Open, now: datetime, size: tuple[int, int]
) -> None:
    """Taken, put off, left out and held, the latest week first; without any there is no heading."""
    async with open_app(rich, size) as ui:
        await ui.press("h")
        assert "Breaks at the desk" not in ui.text()
    rows: tuple[tuple[int, Outcome], ...] = ((1, "acted"), (8, "acted"), (8, "snoozed"), (9, "skipped"), (9, "held"))
    for days, outcome in rows:
        due = now - timedelta(days=days)
        row = Delivery(
            id=slot_id(outcome, due), reminder="desk-break", kind="desk-break", due=due, noted=due,
            outcome=outcome, why="busy" if outcome == "held" else None,
        )  # fmt: skip
        write_rows(rich, row)
    async with open_app(rich, size) as ui:
        await ui.press("h")
        assert isinstance(ui.front, HistoryScreen)
        text = " ".join(" ".join(line.plain for line in ui.front.page.lines).split())
        assert "1 taken, 0 snoozed, 0 skipped, 0 held back" in text
        assert "1 taken, 1 snoozed, 1 skipped, 1 held back" in text


async def test_each_knee_has_its_line_and_its_row(lived_in: Home, open_app: Open, now: datetime) -> None:
    """Beside the numbers of the right knee of before; with the painkiller, and in words on its day."""
    knees = Knees(KneePain(4), KneePain(1))
    save(lived_in, NewAnswers(knees=knees, none_of_the_signs=True, medicine="ibuprofen"), now - timedelta(minutes=5))
    async with open_app(lived_in, (80, 60)) as ui:
        await ui.press("h")
        text = ui.text()
    numbers = {side: next(line for line in text.splitlines() if f"{side} knee  " in line) for side in ("left", "right")}
    assert "4" in numbers["left"].split("knee")[1]
    assert "2" not in numbers["left"].split("knee")[1]
    assert "2" in numbers["right"].split("knee")[1]
    assert "painkiller" in text
    assert "left knee 4, right knee 1" in " ".join(text.split())
    assert "with ibuprofen" in " ".join(text.split())


async def test_what_was_told_later_has_no_time(lived_in: Home, open_app: Open, now: datetime) -> None:
    """Nobody knows at what hour it was."""
    day = now.date() - timedelta(days=20)
    save(lived_in, NewAnswers(pain=Pain(walking=4), day=day), now - timedelta(hours=1))
    async with open_app(lived_in) as ui:
        ui.app.go("history", chosen=day)
        await ui.pilot.pause()
        assert "–    check-in" in ui.text()
        assert "23:59" not in ui.text()


async def test_the_year_is_read_once_as_it_opens_and_anew_after_another_screen(
    rich: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long diary opens as fast as it can be read; what was changed on the screen over it is seen on the way back."""
    read: list[int] = []

    def counted(home: Home, now: datetime, days: int) -> LookBack:
        read.append(days)
        return look_back(home, now, days)

    monkeypatch.setattr("coach.ui.screens.history.screen.look_back", counted)
    async with open_app(rich, (100, 30)) as ui:
        await ui.press("h")
        assert len(read) == 1
        await ui.press("question_mark", "escape")
        assert len(read) == 2
