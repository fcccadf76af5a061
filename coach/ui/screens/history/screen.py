"""History: pain, what was done, pauses, and any one day of the year."""

from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace
from textual.content import Content

from coach.actions.reminders.breaks import totals
from coach.domain.profile import Profile
from coach.domain.reminders.totals import BreakTotals
from coach.domain.trends.pain import View, noted_days, period_change, walking_views
from coach.report.gather import stretch_name
from coach.report.look_back import LookBack, look_back
from coach.report.sections import change_lines, stretch_text
from coach.ui import charts
from coach.ui.areas import Area, Placed, frame_for, height_of, place, split
from coach.ui.commands import Command
from coach.ui.screen import BoardScreen
from coach.ui.screens.history.events import EventTexts
from coach.ui.screens.history.pain import PainPeriod
from coach.ui.text import BLANK, styled, wrap
from coach.ui.widgets.chart import BAND
from coach.ui.widgets.lines import if_readable
from coach.words.dates import long_day, short_day, week_day
from coach.words.habit import habit_name
from coach.words.state import state_text

YEAR = 364
"""52 weeks: 13 columns of four."""
PERIODS: tuple[tuple[int, int], ...] = ((14, 1), (91, 7), (YEAR, 28))
"""Days of each period, and days of one column of its table."""
TWO_COLUMNS = 104
"""Cells from which the chosen day stands beside the chart."""
ROWS, LEAST, HIGHEST, TALL = 8, 6, 14, 22
"""Rows of the chart, those that it takes at least and at most, and those of a page from which it is not a small one."""


class HistoryScreen(BoardScreen):
    """A year of records, read once when it opens, shown by two weeks, three months or all of it."""

    NAME = "history"
    AREAS = ("pain", "day", "told", "pauses", "comfort", "breaks", "care")
    OFFERS = (
        Command("fortnight", "1", area="history"),
        Command("quarter", "2", area="history"),
        Command("year", "3", area="history"),
        Command("entries", "enter,e", area="history"),
        Command("day-before", "left", area="history"),
        Command("day-after", "right", area="history"),
        Command("week-before", "up", area="history", footer=False),
        Command("week-after", "down", area="history", footer=False),
        Command("page-down", "pagedown,space", "screen.scroll(1)", footer=False),
    )

    def __init__(self, period: int = 0, chosen: date | None = None) -> None:
        """Show one of ``PERIODS``, and one day in full (today where none is given)."""
        super().__init__()
        self._period = period
        self._chosen = chosen
        self.year: LookBack
        """The year up to now, as it was when the screen opened."""
        self._weeks: list[BreakTotals]
        """The totals of breaks of the year; none where they can't be read."""
        self._profile: Profile

    def again(self) -> dict[str, Any]:
        """Keep what is looked at."""
        return {"period": self._period, "chosen": self._chosen}

    def on_screen_resume(self) -> None:
        """Read anew: an entry may have been changed on the screen that lay over this one."""
        if self.comes_back:
            self.read_anew()

    def prepare(self) -> None:
        """Read the year."""
        self.year, self._profile = look_back(self.home, self.now(), YEAR), self.home.profile
        self._weeks = if_readable(lambda: totals(self.home, self.year.first)) or []

    @property
    def seen(self) -> LookBack:
        """The days of the period that is shown."""
        return self.year.of(PERIODS[self._period][0])

    @property
    def _walking(self) -> tuple[View, ...]:
        """How the worst when walking of the year is told apart: as one, or by knee."""
        return walking_views(self.year.pain, self._profile.side)

    @property
    def chosen(self) -> date:
        """The day that is shown in full."""
        return self._chosen or self.year.last

    def heading(self) -> tuple[str, str]:
        """Return the title and the period."""
        return self.words("history.title"), self.words(f"history.period.{self._period}")

    def areas(self, width: int, height: int) -> list[Placed]:
        """Return the areas, the chosen day beside the chart where there is room for it."""
        frame = frame_for(width, height)
        inner = width - frame.sides
        care = Area("care", self.words("history.calendar"), self._calendar(inner))
        if width < TWO_COLUMNS:
            pain = self._pain(inner, ROWS if height >= TALL else charts.ROWS)
            pain = replace(pain, lines=[*pain.lines, BLANK, *self._honest(self.seen, inner)])
            areas = [pain, *self._beside(inner)]
            return place([[(width, [area])] for area in (*areas, care)], frame)
        left, right = split(width, 3, 2)
        day, *others = self._beside(right - frame.sides)
        told = Area("told", self.words("history.told"), self._honest(self.seen, right - frame.sides))
        beside = [day, told, *others]
        rest = height - height_of((care,), frame) - height_of((self._pain(left - frame.sides, 0),), frame)
        pain = self._pain(left - frame.sides, max(LEAST, min(rest, HIGHEST)))
        return place([[(left, [pain]), (right, beside)], [(width, [care])]], frame)

    def _beside(self, width: int) -> list[Area]:
        """Return the chosen day, the pauses, and how each stretch felt."""
        state = self.year.states.get(self.chosen)
        day = week_day(self.chosen, self.words)
        title = f"{day} · {state_text(state, self.words)}" if state else day
        areas = [
            Area("day", title, self._day(width), state or ""),
            Area("pauses", self.words("history.pauses"), self._pauses(width)),
            Area("comfort", self.words("history.comfort.title"), self._comfort(width)),
            Area("breaks", self.words("history.breaks"), self._breaks(width)),
        ]
        return [area for area in areas if area.lines]

    def _pain(self, width: int, rows: int) -> Area:
        """Return the periods to choose from, the chart in ``rows`` lines, and its numbers."""
        pain = PainPeriod(self.seen, PERIODS[self._period][1], self._walking, self.chosen, self.words).fitted(width)
        lines = [self._choices(), BLANK, *pain.lines(width, rows)]
        days = pain.seen.pain
        ends = days[0].day, days[-1].day
        named = short_day if ends[0].year == ends[1].year else long_day
        first, last = (named(day, self.words) for day in ends)
        return Area("pain", self.words("history.between", first=first, last=last), lines)

    def _choices(self) -> Content:
        choices = []
        for n in range(len(PERIODS)):
            name = self.words(f"history.period.{n}")
            role, text = ("chosen", f"[{name}]") if n == self._period else ("muted", f" {name} ")
            choices.append(styled(text, role, f"screen.{('fortnight', 'quarter', 'year')[n]}"))
        return Content("  ").join(choices)

    def _honest(self, seen: LookBack, width: int) -> list[Content]:
        """Return on how many days it all rests, and how the two halves compare where that can be told."""
        days_noted = noted_days(seen.pain)
        texts = [self.words("history.noted", n=days_noted, days=len(seen.pain))]
        if days_noted:
            texts += change_lines((period_change(seen.pain, view) for view in self._walking), self.words)
        elif not noted_days(self.year.pain):
            texts.append(self.words("history.begin"))
        if PERIODS[self._period][1] > 1:
            texts.append(self.words("history.middle"))
        return [line for text in texts for line in wrap(text, width, "muted")]

    def _calendar(self, width: int) -> list[Content]:
        """Return the year of care."""
        year = self.year
        legend = [
            (charts.NOTHING, "nothing"),
            (charts.NOTED, "note"),
            (charts.ONCE, "once"),
            (charts.OFTEN, "often"),
            (BAND, "pause"),
        ]
        named = "   ".join(f"{sign} {self.words(f'history.mark.{name}')}" for sign, name in legend)
        cared = sum(day.cared for day in year.care)
        days = len(year.care) - year.begun
        told = wrap(self.words("history.cared", n=cared, days=days), width, "muted") if cared else []
        chart = charts.calendar(year.pain, year.care, self.words, self.chosen, width, year.states)
        return [*chart, *wrap(named, width, "muted"), *told]

    def _day(self, width: int) -> list[Content]:
        """Return everything that was noted on the chosen day."""
        year, day = self.year, self.chosen
        texts = list(EventTexts(self.words, self.home.content, self._profile.goals).lines(year.events(day)))
        if habit := year.habit(day):
            name = habit_name(habit[0], self.words, self.home.content)
            texts.append(self.words(f"history.event.habit-{'yes' if habit[1] else 'no'}", name=name))
        if not texts:
            return wrap(self.words("history.nothing"), width, "muted")
        return [line for text in texts for line in wrap(text, width, indent=7)]

    def _comfort(self, width: int) -> list[Content]:
        """Return how each stretch felt in the period."""
        lines: list[Content] = []
        stretches = self.seen.comfort()
        if not stretches:
            return wrap(self.words("history.comfort.none"), width, "muted")
        for felt in stretches:
            name = self.words.pick(stretch_name(felt.stretch, self.home.content, own=True).text)
            lines += wrap(stretch_text(name, felt, self.words), width, indent=2)
        return lines

    def _pauses(self, width: int) -> list[Content]:
        """Return the pauses of the period with their reasons."""
        lines: list[Content] = []
        for pause in reversed(self.seen.pauses):
            reasons = self.words("report.between").join(self.words.pick(reason.text) for reason in pause.reasons)
            first = short_day(pause.first, self.words)
            last = short_day(pause.last, self.words) if pause.last else ""
            key = "report.pauses.line" if last else "report.pauses.open"
            lines += wrap(self.words(key, first=first, last=last, reasons=reasons), width, indent=2)
        return lines or wrap(self.words("history.no-pause"), width, "muted")

    def _breaks(self, width: int) -> list[Content]:
        """Return what became of the breaks at the desk, week by week, the latest first; nothing where none came."""
        weeks = [
            week for week in self._weeks if week.week > self.year.last - timedelta(days=PERIODS[self._period][0] + 7)
        ]
        lines: list[Content] = []
        for week in reversed(weeks):
            counts = {name: getattr(week, name) for name in ("taken", "snoozed", "skipped", "held")}
            text = self.words("history.break-week", week=short_day(week.week, self.words), **counts)
            lines += wrap(text, width, indent=2)
        return lines

    def action_fortnight(self) -> None:
        """Show two weeks."""
        self._show(0)

    def action_quarter(self) -> None:
        """Show three months."""
        self._show(1)

    def action_year(self) -> None:
        """Show a year."""
        self._show(2)

    def _show(self, period: int) -> None:
        self._period = period
        self.redraw()

    def action_entries(self) -> None:
        """Open the entries of the chosen day, to change them or to add one."""
        self.app.push_screen(self.app.make("day", day=self.chosen))

    def action_day_before(self) -> None:
        """Choose the day before."""
        self._step(-1)

    def action_day_after(self) -> None:
        """Choose the day after."""
        self._step(1)

    def action_week_before(self) -> None:
        """Choose the same day of the week before."""
        self._step(-7)

    def action_week_after(self) -> None:
        """Choose the same day of the week after."""
        self._step(7)

    def _step(self, days: int) -> None:
        self.action_choose((self.chosen + timedelta(days)).isoformat())

    def action_choose(self, day: str) -> None:
        """Choose a day of the year that is known."""
        self._chosen = min(max(date.fromisoformat(day), self.year.first), self.year.last)
        self.redraw()
