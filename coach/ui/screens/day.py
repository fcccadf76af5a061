"""One day of the diary: its entries, to be changed, taken out and brought back, and one more for the day."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from textual.content import Content

from coach.actions.diary import DAYS_BACK, DayEntry, day_entries, delete, undo
from coach.domain.goals import Goal
from coach.domain.status.history import CheckIn
from coach.domain.trends.chart import ChartDay
from coach.report.look_back import days_around
from coach.ui.areas import Area
from coach.ui.commands import Command
from coach.ui.list_page import ListPage
from coach.ui.text import BLANK, hang, styled, wrap
from coach.ui.widgets.lines import read_when_shown
from coach.ui.widgets.pain_weeks import pain_weeks
from coach.words.dates import clock_time, week_day
from coach.words.diary import NO_TIME, EntryTexts

MEASURE, MOST_CHART = 90, 28
"""Cells that an entry takes at most, and rows that the chart takes."""


class DayScreen(ListPage[DayEntry]):
    """The entries of one day; what was taken out stays listed, so that it can be brought back."""

    NAME = "day"
    ROAMING: ClassVar[bool] = False
    AREAS: ClassVar[tuple[str, ...]] = ("list", "pain")
    WIDE: ClassVar[int] = 10_000
    """Nothing stands beside the entries: each is as long as its note."""
    OFFERS = (
        Command("edit", "enter,e", area="day"),
        Command("remove", "d,delete", area="day"),
        Command("undo", "u", area="day"),
        Command("add", "n", area="day"),
    )

    def __init__(self, day: date | None = None, marked: int = 0) -> None:
        """Show the entries of ``day`` (today where none is given), one of them marked."""
        super().__init__(marked)
        self._day = day or self.now().date()
        self._entries: tuple[DayEntry, ...]
        self._goals: tuple[Goal, ...]
        self._chart: Callable[[], tuple[ChartDay, ...] | None]
        """Tells the two weeks in which the day lies; None where they can't be read."""

    def again(self) -> dict[str, Any]:
        """Keep the day and the mark."""
        return {"day": self._day, "marked": self.marked}

    def on_screen_resume(self) -> None:
        """Read anew after a change."""
        if self.comes_back:
            self.read_anew()

    def prepare(self) -> None:
        """Read the entries of the day, and what is told with them."""
        self._entries, self._goals = day_entries(self.home, self._day), self.home.profile.goals
        self._chart = read_when_shown(lambda: days_around(self.home, self._day, self.now()))

    def entries(self) -> Sequence[DayEntry]:
        """Return the entries of the day, in order of time."""
        return self._entries

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what fits the entry that is marked."""
        entry = self.marked_entry
        if action == "edit":
            return entry is not None and not entry.deleted and isinstance(entry.record, CheckIn)
        if action == "remove":
            return entry is not None and not entry.deleted
        if action == "undo":
            return entry is not None and (entry.deleted or entry.edited)
        if action == "add":
            return timedelta(0) <= self.now().date() - self._day <= timedelta(days=DAYS_BACK)
        return True

    def heading(self) -> tuple[str, str]:
        """Return the title of History, which this is a part of."""
        return self.words("history.title"), ""

    def listed(self, width: int, height: int) -> tuple[str, list[Content]]:
        """Return the entries, and below them what a change does."""
        room = min(width, MEASURE)
        listed = self.list_lines(room) or wrap(self.words("history.nothing"), room, "muted")
        return week_day(self._day, self.words), [*listed, BLANK, *wrap(self.words("day.hint"), room, "muted")]

    def under(self, width: int, height: int) -> Area | None:
        """Return the pain of the two weeks in which the day lies, the day marked."""
        chart = self._chart()
        if chart is None:
            return None
        lines = pain_weeks(chart, width, min(height, MOST_CHART), self.words, self._day)
        return Area("pain", self.words("today.pain.what"), lines)

    def entry_lines(self, index: int, entry: DayEntry, width: int) -> list[Content]:
        """Return the time and what was noted; what was taken out says so."""
        click = f"screen.pick({index})"
        role = "muted" if entry.deleted else "chosen" if index == self.marked else ""
        time = clock_time(entry.at) if entry.at else NO_TIME
        texts = EntryTexts(self.words, self.home.content, self._goals)
        parts = [texts.of(entry.record)]
        parts += [self.words("diary.told-later")] if entry.at is None else []
        parts += [self.words("diary.was-changed")] if entry.edited else []
        parts += [self.words("day.taken-out")] if entry.deleted else []
        head = self.mark_of(index) + styled(f"{time}  ", "muted", click)
        return hang(head, wrap("  ".join(parts), width - head.cell_length, role, action=click))

    def take(self) -> None:
        """Change the entry that is marked, where it can be changed."""
        if self.check_action("edit", ()):
            self.action_edit()

    def action_edit(self) -> None:
        """Ask the check-in that is marked again, with its answers filled in."""
        if (entry := self.marked_entry) is not None:
            self.app.push_screen(self.app.make("edit-check-in", entry_id=entry.id))

    def action_remove(self) -> None:
        """Take the marked entry out; one key brings it back."""
        if (entry := self.marked_entry) is not None:
            delete(self.home, entry.id, self.now())
            self.read_anew()
            self.say(self.words("day.removed"))

    def action_undo(self) -> None:
        """Take back the last change of the marked entry."""
        if (entry := self.marked_entry) is not None:
            undo(self.home, entry.id, self.now())
            self.read_anew()
            self.say(self.words("day.undone"))

    def action_add(self) -> None:
        """Add a check-in for the day; that of today is asked as ever."""
        day = None if self._day == self.now().date() else self._day
        self.app.push_screen(self.app.make("check-in", day=day))
