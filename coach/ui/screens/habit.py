"""Habit: choose one, answer in the evening, and after two weeks see what can and what cannot be told."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from textual.content import Content

from coach.actions.habit import NONE, answer_habit, choose_habit
from coach.actions.status.current import recent
from coach.actions.today import today
from coach.domain.habit import DAYS, Comparison, Habit, HabitState, answers, habit_state
from coach.domain.status.diary import shown
from coach.domain.trends.chart import ChartDay
from coach.errors import CoachError
from coach.figure import braille
from coach.report.sections import points
from coach.ui.areas import FRAMED, MEASURE, Area, Placed, filled, frame_for, page_of, place, room_of, split, to_bottom
from coach.ui.commands import Command
from coach.ui.figure_lines import coloured
from coach.ui.list_page import ListPage
from coach.ui.text import BLANK, hang, indent, joined, styled, wrap
from coach.ui.widgets.field import OFF, ON
from coach.ui.widgets.lines import read_when_shown
from coach.ui.widgets.pain_weeks import pain_weeks
from coach.words.dates import long_day, week_day
from coach.words.system import error_text

BROAD = 104
"""Columns from which the drawing, which is two figures beside each other, has more than the list."""
DRAWN, LEAST = (64, 32), 8
"""Cells of the drawing at most, and its rows at least."""
LEAST_CHART, MOST_CHART = 7, 20
"""Rows of the chart under the evenings at least and at most, its labels among them."""
YES, NO, OPEN = ON, OFF, "."
"""The marks of an evening: told apart by form."""


class HabitScreen(ListPage[Habit]):
    """One habit at a time. Choosing is a list; minding it is a strip of fourteen evenings."""

    NAME = "habit"
    AREA = "habitscreen"
    ROUND: ClassVar[bool] = True
    OFFERS = (
        Command("choose", "enter", area="habitscreen"),
        Command("yes", "y", area="habitscreen"),
        Command("no", "n", area="habitscreen"),
        Command("keep", "k", area="habitscreen"),
        Command("change", "a", area="habitscreen"),
        Command("none", "0", area="habitscreen"),
    )
    WIDE: ClassVar[int] = 72

    def __init__(self, marked: int = 0, *, choosing: bool = False) -> None:
        """Mark one habit of the list; ``choosing`` shows the list though one is chosen."""
        super().__init__(marked)
        self._choosing = choosing
        self.state: HabitState
        """How the habit stands."""
        self._evenings: dict[date, bool]
        """The answers of its two weeks by day."""
        self._chart: Callable[[], Sequence[ChartDay] | None]
        """Tells the pain of these weeks; None where it can't be read."""

    def again(self) -> dict[str, Any]:
        """Keep the place in the list."""
        return {"marked": self.marked, "choosing": self._choosing}

    def on_screen_resume(self) -> None:
        """Read anew: a check-in may have been made, or an evening answered, on the screen that lay over this one."""
        if self.comes_back:
            self.read_anew()

    def entries(self) -> list[Habit]:
        """Return all habits to choose from."""
        return list(self.home.content.habits.values())

    def prepare(self) -> None:
        """Read how the habit stands."""
        now = self.now()
        history = shown(recent(self.home, now))
        state = self.state = habit_state(history, now)
        self._evenings = answers(history, state.habit, state.since) if state.habit and state.since else {}
        self._chart = read_when_shown(lambda: today(self.home, now).chart)

    @property
    def listing(self) -> bool:
        """Whether the list is shown."""
        return self._choosing or self.state.habit is None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what fits: the list, the evening's answer, or what comes after two weeks."""
        minding = not self.listing
        fits = {
            "choose": self.listing,
            "move": self.listing,
            "yes": minding and not self.state.over,
            "no": minding and not self.state.over,
            "keep": minding and self.state.over,
            "change": minding,
            "none": self.state.habit is not None,
        }
        return fits.get(action, True)

    def shares(self, width: int) -> tuple[int, int]:
        """Give a narrow list the cells of its fourteen evenings, and the drawing the rest."""
        return (2, 3) if width >= BROAD else (5, 3)

    def areas(self, width: int, height: int) -> list[Placed]:
        """Return the list, or the habit that is minded, with the kinder way drawn beside it."""
        chosen = self.home.content.habits.get(self.state.habit or "")
        if self.listing or chosen is None:
            return super().areas(width, height)
        frame = frame_for(width, height)
        first, second = room_of(width, height, wide=self.WIDE, shares=self.shares(width))
        self.beside = width >= self.WIDE
        minded = Area("list", self.words.pick(chosen.name), self._minded(chosen, min(first, MEASURE)), "focus")
        if not self.beside:
            room = height - len(minded.lines) - 2 * FRAMED.rows
            areas = [minded, *(self._pain(first, room) if frame is FRAMED else [])]
            return page_of(areas, width, height, wide=self.WIDE)
        # How it goes is said beside it already.
        about = self._kinder(chosen, wrap(self.words.pick(chosen.why), min(second, MEASURE), "muted"), second, height)
        beside = Area("about", self.words("habitscreen.kinder"), about)
        left, right = split(width, *self.shares(width))
        room = height - len(minded.lines) - 2 * FRAMED.rows
        return to_bottom(place([[(left, [minded, *self._pain(first, room)]), (right, [beside])]], frame), height)

    def under(self, width: int, height: int) -> Area | None:
        """Return the pain of these weeks under the list: what a habit will be compared with."""
        return next(iter(self._pain(width, height)), None)

    def _pain(self, width: int, rows: int) -> list[Area]:
        """Return the pain of these weeks, which the habit is compared with; nothing where ``rows`` are too few."""
        chart = self._chart() if rows >= LEAST_CHART else None
        if chart is None:
            return []
        lines = pain_weeks(chart, width, min(rows, MOST_CHART), self.words)
        return [Area("more", self.words("today.pain.what"), filled(lines, rows), action="app.go('history')")]

    def _kinder(self, habit: Habit, about: list[Content], width: int, height: int) -> list[Content]:
        """Return what is to be said of a habit, and under it the kinder way, drawn as large as there is room."""
        if habit.figure is None:
            return about
        rows = height - FRAMED.rows - len(about) - 1
        room = min(width, DRAWN[0]), max(min(rows, DRAWN[1]), LEAST)
        return [*about, BLANK, *(coloured(row) for row in braille(habit.figure, 1.0, *room))]

    def listed(self, width: int, height: int) -> tuple[str, list[Content]]:
        """Return all habits to choose from."""
        lines = [*wrap(self.words("habitscreen.intro"), width, "muted"), BLANK, *self.list_lines(width)]
        return self.words("habitscreen.choose"), lines

    def about(self, width: int, height: int) -> list[Area]:
        """Return what the marked habit is for, how it goes, and the kinder way drawn."""
        habit = self.entries()[self.marked]
        lines = self._about(habit, min(width, MEASURE))
        return [Area("about", self.words("habitscreen.kinder"), self._kinder(habit, lines, width, height))]

    def entry_lines(self, index: int, entry: Habit, width: int) -> list[Content]:
        """Return the name of a habit; under the marked one, what it is for and how it goes."""
        marked = index == self.marked
        mark = self.mark_of(index)
        role, action = "chosen" if marked else "", f"screen.pick({index})"
        name = wrap(self.words.pick(entry.name), width - mark.cell_length, role, action=action)
        about = self._about(entry, width - 4) if marked and not self.beside else []
        return [*hang(mark, name), *indent(about, 4)]

    def _about(self, habit: Habit, width: int) -> list[Content]:
        texts = [self.words.pick(habit.why), self.words.pick(habit.how)]
        return [line for text in texts for line in wrap(text, width, "muted")]

    def _minded(self, habit: Habit, width: int) -> list[Content]:
        state = self.state
        head = self.words("habitscreen.day", n=min(state.day, DAYS), of=DAYS)
        if state.over:
            head = self.words("habitscreen.over")
        lines = [*wrap(head, width, "muted"), BLANK]
        lines += [*wrap(self.words.pick(habit.how), width), BLANK, *self._strip(width), BLANK]
        if state.over:
            return [
                *lines,
                *self.compared(state.comparison, width),
                BLANK,
                *wrap(self.words("habitscreen.next"), width),
            ]
        lines += self._question(habit, width)
        return [*lines, BLANK, *wrap(self.words("habitscreen.so-far", n=state.answered), width, "muted")]

    def _question(self, habit: Habit, width: int) -> list[Content]:
        """Return the evening's question with its two answers, the one that was given marked."""
        answered = self.state.answered_today
        options: list[Content] = []
        for name, value in (("yes", True), ("no", False)):
            mark = YES if answered is value else NO
            text = f"{mark} {self.words(f'habitscreen.{name}')}"
            options.append(styled(text, "chosen" if answered is value else "", f"screen.{name}"))
        evening = self.state.evening
        of_day: list[Content] = []
        if evening is not None and evening != self.now().date():
            of_day = wrap(self.words("habitscreen.evening", day=week_day(evening, self.words)), width)
        return [*of_day, *wrap(self.words.pick(habit.ask), width, "strong"), Content("   ").join(options)]

    def _strip(self, width: int) -> list[Content]:
        """Return the fourteen evenings: their days, and what was said."""
        state, evenings = self.state, self._evenings
        assert state.since is not None
        days = [state.since + timedelta(n) for n in range(DAYS)]
        marks = [{True: YES, False: NO, None: OPEN}[evenings.get(day)] for day in days]
        wide = 4 if width >= DAYS * 4 else 3
        a_row = DAYS if width >= DAYS * wide else DAYS // 2
        lines: list[Content] = []
        for n in range(0, DAYS, a_row):
            lines.append(styled("".join(f"{day.day:>{wide - 1}} " for day in days[n : n + a_row]), "muted"))
            row = (styled(f"{mark:>{wide - 1}} ", "accent" if mark == YES else "") for mark in marks[n : n + a_row])
            lines.append(joined(*row))
        return [*lines, *wrap(self.words("habitscreen.legend", yes=YES, no=NO, open=OPEN), width, "muted")]

    def compared(self, comparison: Comparison, width: int) -> list[Content]:
        """Return the days with it and without, side by side with their pain, and what that tells."""
        rows = [
            (self.words("habitscreen.with"), comparison.kept_days, comparison.kept_pain),
            (self.words("habitscreen.without"), comparison.other_days, comparison.other_pain),
        ]
        lines: list[Content] = []
        for name, days, pain in rows:
            text = self.words("habitscreen.row", name=name, n=days, pain=points(pain))
            lines += wrap(text, width)
        return [
            *lines,
            *wrap(
                self.words(
                    f"habit.compare.{comparison.verdict}", kept=comparison.kept_days, other=comparison.other_days
                ),
                width,
                "strong",
            ),
        ]

    def _done(self, text: str) -> None:
        self._choosing = False
        self.read_anew()
        self.say(text)

    def action_choose(self) -> None:
        """Begin two weeks of the habit that is marked."""
        self.take()

    def take(self) -> None:
        """Begin two weeks of the habit that is marked."""
        self._begin(self.entries()[self.marked].id)

    def action_keep(self) -> None:
        """Go on with the same habit for two weeks more."""
        assert self.state.habit is not None
        self._begin(self.state.habit)

    def _begin(self, habit: str) -> None:
        choose_habit(self.home, habit, self.now())
        end = long_day(self.now().date() + timedelta(DAYS - 1), self.words)
        self._done(self.words("habitscreen.begun", until=end))

    def action_change(self) -> None:
        """Choose another."""
        self._choosing = True
        self.redraw()

    def action_none(self) -> None:
        """Put the habit down."""
        choose_habit(self.home, NONE, self.now())
        self._done(self.words("habit.put-down"))

    def action_yes(self) -> None:
        """Answer yes for today."""
        self._answer(managed=True)

    def action_no(self) -> None:
        """Answer no for today."""
        self._answer(managed=False)

    def _answer(self, *, managed: bool) -> None:
        try:
            # The evening that is shown, also where midnight has passed since.
            day = answer_habit(self.home, managed, self.now(), self.state.evening)
        except CoachError as error:
            self.say(error_text(error, self.words))
        else:
            told_of = week_day(day, self.words)
            self._done(self.words(f"habit.answered-{'yes' if managed else 'no'}", day=told_of))
