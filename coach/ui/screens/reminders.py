"""Reminders: what comes next, each reminder, and why one did or did not come."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Any, ClassVar, NamedTuple

from rich.cells import cell_len
from textual.content import Content

from coach.actions.reminders import settings
from coach.actions.reminders.facts import paused_until
from coach.actions.reminders.log import outcomes
from coach.actions.reminders.schedule import Coming, day_and_week, days_behind, upcoming
from coach.actions.reminders.time_text import hours_text
from coach.domain.exercise.stretch import Stretch
from coach.domain.reminders.due import Delivery
from coach.domain.reminders.reminder import Reminder
from coach.domain.reminders.time_line import TimeLine
from coach.domain.status.wall_clock import local, local_day
from coach.errors import CoachError
from coach.figure import braille
from coach.home import Home
from coach.ui.areas import FRAMED, Area, Placed, frame_for, height_of, place, to_bottom
from coach.ui.commands import Command
from coach.ui.figure_lines import coloured
from coach.ui.list_page import ListPage
from coach.ui.text import BLANK, fit, hang, indent, styled, wrap
from coach.ui.widgets.lines import read_when_shown
from coach.ui.widgets.time_line import line_of_day
from coach.ui.widgets.week_ahead import week_lines
from coach.words.dates import clock_time, local_time, week_day
from coach.words.moments import moment
from coach.words.outcome import why_text
from coach.words.shown import shown
from coach.words.system import error_text
from coach.words.time_text import days_named, length_named

NEXT = 5
MEASURE = 88
"""Cells that a line of the log takes at most."""
LOG_DAYS = 3
WEEK = 9
"""Rows that the days to come take: seven, their hours, and what the marks mean."""
BEHIND = 6
"""Rows that the days gone by take: as many as the log tells of, today, their hours, and what the marks mean."""


class Read(NamedTuple):
    """What is shown of the reminders, read at one moment."""

    reminders: tuple[Reminder, ...]
    paused_until: datetime | None
    coming: Sequence[Coming]
    day: TimeLine
    week: Sequence[TimeLine]
    rows: Sequence[Delivery]
    """What became of each slot of the last days."""
    firsts: Callable[[], Mapping[str, str] | None]
    """Tells the first stretch by the kind of reminder that calls for it now."""


class RemindersScreen(ListPage[Reminder]):
    """A list to choose from; ``why`` shows what became of the last ones instead."""

    NAME = "reminders"
    AREA = "remindscreen"
    AREAS: ClassVar[tuple[str, ...]] = ("day", "list", "figure", "about", "days")
    WIDE: ClassVar[int] = 104
    SHARES: ClassVar[tuple[int, int]] = (3, 2)
    OFFERS = (
        Command("edit", "enter", area="remindscreen"),
        Command("add", "n", area="remindscreen"),
        Command("switch", "space", area="remindscreen"),
        Command("remove", "delete", area="remindscreen"),
        Command("why", "w", area="remindscreen"),
        Command("try", "e", "screen.test", area="remindscreen"),
        Command("listed", "escape,w", area="remindscreen"),
    )

    _names = 0
    """Cells of the widest name that is listed."""

    def __init__(self, marked: int = 0, *, why: bool = False) -> None:
        """Mark one reminder, or show the log."""
        super().__init__(marked)
        self._why = why
        self._read: Read

    def again(self) -> dict[str, Any]:
        """Keep what is looked at."""
        return {"marked": self.marked, "why": self._why}

    def prepare(self) -> None:
        """Read the reminders, what comes of them, and what became of them."""
        home, now = self.home, self.now()
        reminders = settings.all_reminders(home)
        day, week = day_and_week(home, now)
        self._read = Read(
            reminders=reminders,
            paused_until=paused_until(home, now),
            coming=upcoming(home, now, NEXT),
            day=day,
            week=week,
            rows=outcomes(home, now, now - timedelta(days=LOG_DAYS)),
            firsts=read_when_shown(lambda: _firsts(home, now, {reminder.kind for reminder in reminders})),
        )

    def on_screen_resume(self) -> None:
        """Read anew after a change."""
        if self.comes_back:
            self.read_anew()

    def entries(self) -> tuple[Reminder, ...]:
        """Return the person's reminders."""
        return self._read.reminders

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what fits the list, or the log."""
        if action in ("edit", "switch", "remove"):
            return not self._why and self.marked_entry is not None
        if action in ("add", "why", "test"):
            return not self._why
        return self._why if action == "listed" else True

    def heading(self) -> tuple[str, str]:
        """Return the title of the list or of the log."""
        return self.words("remindscreen.why-title" if self._why else "remindscreen.title"), ""

    def areas(self, width: int, height: int) -> list[Placed]:
        """Return the waking day as a line over the list, and the log beside it if there is room; or the log."""
        if self._why:
            return self._log_areas(width, height)
        frame = frame_for(width, height)
        day = self._day(width - frame.sides)
        high = len(day.lines) + frame.rows
        below = self.list_areas(width, max(height - high, 1), frame)
        return [*place([[(width, [day])]], frame), *(at._replace(y=at.y + high) for at in below)]

    def _log_areas(self, width: int, height: int) -> list[Placed]:
        """Return the last days as lines, what became of each slot, and the days to come where that leaves room."""
        frame = frame_for(width, height)
        inner, rows = width - frame.sides, self._read.rows
        areas = [Area("list", self.words("remindscreen.why-title"), self._log(rows, min(inner, MEASURE)))]
        if rows and frame is FRAMED:
            areas.insert(0, Area("day", self.words("remindscreen.behind"), self._behind(rows, inner, BEHIND)))
        rest = height - height_of(areas, frame) - frame.rows
        if rest >= WEEK:
            areas.append(self._week(inner, rest, "days"))
        return to_bottom(place([[(width, areas)]], frame), height)

    def _behind(self, rows: Sequence[Delivery], width: int, height: int) -> list[Content]:
        """Return the last days as lines, today the last of them."""
        days = days_behind(rows, self.now(), LOG_DAYS)
        return week_lines(days, width, height, self.words, ("done", "held"))

    def under(self, width: int, height: int) -> Area:
        """Return what the marked reminder calls for, drawn, where there is room for a log beside the list.

        Where it calls for no stretch, or a pause holds it, and in a narrower window, the days to come.
        """
        stretch = self._called_for() if self.beside else None
        if stretch is None or stretch.figure is None:
            return self._week(width, height, "figure")
        drawn = braille(stretch.figure, 1.0, min(width, height * 3), height)
        return Area("figure", self.words.pick(stretch.name), [coloured(row) for row in drawn])

    def _week(self, width: int, rows: int, name: str) -> Area:
        """Return the days to come as the area ``name``."""
        lines = week_lines(self._read.week, width, rows, self.words)
        return Area(name, self.words("remindscreen.week"), lines)

    def _called_for(self) -> Stretch | None:
        """Return the first stretch of what the marked reminder calls for now; None where it calls for none."""
        marked = self.marked_entry
        firsts = self._read.firsts() or {} if marked else {}
        return self.home.content.stretches.get(firsts.get(marked.kind, "")) if marked else None

    def listed(self, width: int, height: int) -> tuple[str, list[Content]]:
        """Return the reminders."""
        self._names = max((cell_len(self.called(reminder)) for reminder in self.entries()), default=0)
        lines = self.list_lines(width) or wrap(self.words("remindscreen.none"), width, "muted")
        return self.words("remindscreen.all", n=len(self.entries())), lines

    def about(self, width: int, height: int) -> list[Area]:
        """Return what became of the last ones, as far as it has room, and the days to come where it leaves any."""
        room, rows = max(height - FRAMED.rows, 1), self._read.rows
        log = Area("about", self.words("remindscreen.why-title"), self._log(rows, width)[:room], action="screen.why")
        rest = room - len(log.lines) - FRAMED.rows
        if rest < WEEK:
            return [log]
        if self._called_for():  # it is drawn under the list, where the days to come stand otherwise
            return [log, self._week(width, rest, "days")]
        return [log, Area("days", self.words("remindscreen.behind"), self._behind(rows, width, rest))]

    def _day(self, width: int) -> Area:
        """Return the waking day as a line, and what comes next."""
        lines = line_of_day(self._read.day, width, hours=True)
        return Area("day", self.words("today.label.day"), [*lines, *self._coming(width)])

    def _coming(self, width: int) -> list[Content]:
        """Return the next reminders by their days."""
        now = self.now()
        until = self._read.paused_until
        lines = (
            wrap(self.words("reminders.paused", time=moment(until, self.words, now)), width, "strong") if until else []
        )
        slots = self._read.coming
        if not slots:
            return [*lines, *wrap(self.words("remindscreen.none-next"), width, "muted")]
        names = {reminder.id: self.called(reminder) for reminder in self.entries()}
        for day, day_slots in groupby(slots, lambda slot: local_day(slot.due, now)):
            times = []
            for slot in day_slots:
                name = names.get(slot.id) or self.words(f"kind.{slot.called}")
                times.append(f"{local_time(slot.due, now)} {name}")
            when = self.words("remindscreen.today") if day == now.date() else week_day(day, self.words)
            lines += _run_on(when, times, width)
        return lines

    def called(self, reminder: Reminder) -> str:
        """Return what a reminder is called: a person's own words as written, else its kind."""
        return shown(reminder.text) if reminder.text else self.words(f"kind.{reminder.kind}")

    def entry_lines(self, index: int, entry: Reminder, width: int) -> list[Content]:
        """Return a reminder: what it is called, and beside it when it comes."""
        marked = index == self.marked
        click = f"screen.pick({index})"
        room = min(self._names, width // 3)
        name, role = self.called(entry), "chosen" if marked else ""
        off = "" if entry.enabled else self.words("reminders.off")
        days = week_day(entry.on, self.words) if entry.on else days_named(entry.days, self.words)
        details = [part for part in (self.when(entry), days, off) if part]
        shade = "" if entry.enabled else "muted"
        if cell_len(name) > room:
            under = self._details(details, width - 4, shade, click)
            return [*hang(self.mark_of(index), wrap(name, width - 2, role, action=click)), *indent(under, 4)]
        head = self.mark_of(index) + styled(fit(name, room) + "  ", role, click)
        return hang(head, self._details(details, max(width - room - 4, 20), shade, click))

    def _details(self, parts: Sequence[str], width: int, role: str, click: str) -> list[Content]:
        """Return when a reminder comes in as few lines as hold its parts whole."""
        rows: list[str] = []
        for part in parts:
            if rows and cell_len(rows[-1]) + 3 + cell_len(part) <= width:
                rows[-1] += f"   {part}"
            else:
                rows.append(part)
        return [line for row in rows for line in wrap(row, width, role, action=click)]

    def when(self, reminder: Reminder) -> str:
        """Return the times of a reminder."""
        if reminder.at or not reminder.between:
            return reminder.at or ""
        return self.words(
            "reminders.every",
            every=length_named(reminder.every_min or 0, self.words),
            between=hours_text(reminder.between),
        )

    def _log(self, rows: Sequence[Delivery], width: int) -> list[Content]:
        """Return what became of each slot in words, the latest first."""
        now = self.now()
        lines: list[Content] = [*wrap(self.words("remindscreen.why-intro", n=LOG_DAYS), width, "muted")]
        if not rows:
            return [*lines, BLANK, *wrap(self.words("remindscreen.no-log"), width)]
        names = {reminder.id: self.called(reminder) for reminder in self.entries()}
        day = None
        for row in reversed(rows):
            due = local(row.due, now)
            if due.date() != day:
                day = due.date()
                lines += [BLANK, styled(week_day(day, self.words), "strong")]
            lines += self._row(row, due, names, width)
        return lines

    def _row(self, row: Delivery, due: datetime, names: dict[str, str], width: int) -> list[Content]:
        kind = f"kind.{row.kind}"
        name = names.get(row.reminder) or (self.words(kind) if self.words.has(kind) else row.reminder)
        text = self.words("remindscreen.came", name=name, outcome=self.words(f"reminders.outcome.{row.outcome}"))
        if row.why:
            text += self.words("report.colon") + why_text(row.why, row.count, self.words)
        return wrap(f"{clock_time(due)}  {text}", width, indent=7)

    def action_move(self, by: int) -> None:
        """Mark the reminder above or below; scroll, where this is the log."""
        if self._why:
            self.page.scroll_relative(y=by, animate=False)
        else:
            super().action_move(by)

    def take(self) -> None:
        """Change the reminder that is marked."""
        if reminder := self.marked_entry:
            self.app.push_screen(self.app.make("reminder", reminder=reminder))

    def action_edit(self) -> None:
        """Change the reminder that is marked."""
        self.take()

    def action_add(self) -> None:
        """Make a new one."""
        self.app.push_screen(self.app.make("reminder"))

    def action_switch(self) -> None:
        """Switch it on or off."""
        if chosen := self.marked_entry:
            self._do(lambda: settings.edit(self.home, chosen.id, self.now(), enabled=not chosen.enabled))

    def action_remove(self) -> None:
        """Remove it; it can be made anew."""
        chosen = self.marked_entry
        if chosen and self._do(lambda: settings.remove(self.home, chosen.id)):
            self.say(self.words("remindscreen.removed", name=self.called(chosen)))

    def _do(self, change: Any) -> bool:
        """Make a change; where it cannot be made, say why."""
        try:
            change()
        except CoachError as error:
            self.say(error_text(error, self.words), "alert")
            return False
        self.read_anew()
        return True

    def action_why(self) -> None:
        """Show what became of the last reminders."""
        self._why = True
        self.read_anew()
        self.page.scroll_home(animate=False)

    def action_listed(self) -> None:
        """Show the list again."""
        self._why = False
        self.redraw()

    def action_test(self) -> None:
        """Show one now, and say by which channel it was really delivered."""
        self.say(self.words("remindscreen.trying"))
        self.run_worker(self._test(), exclusive=True)

    async def _test(self) -> None:
        from coach.remind.sample_popup import show_sample, told
        from coach.ui.reminder_thread import show_popup

        tried = await asyncio.to_thread(show_sample, self.home, self.words, partial(show_popup, self.app))
        self.say(told(tried, self.words), "accent" if tried.channel else "alert")


def _firsts(home: Home, now: datetime, kinds: Collection[str]) -> dict[str, str]:
    """Return the first stretch of what reminders of ``kinds`` call for now, by kind; a pause holds all of them."""
    from coach.remind.popup_break import plan_break

    plans = {kind: plan_break(home, kind, now)[1] for kind in ("desk-break", "routine") if kind in kinds}
    return {kind: planned.steps[0].stretch for kind, planned in plans.items() if planned and planned.steps}


def _run_on(head: str, items: Sequence[str], width: int) -> list[Content]:
    """Return items after a heading in as few lines as they need; one is broken only where it fills a line alone."""
    rows = [head]
    for item in items:
        longer = f"{rows[-1]}{'  ' if rows[-1] == head else '   '}{item}"
        if cell_len(longer) <= width:
            rows[-1] = longer
        else:
            rows.append(f"  {item}")
    rest = [line for row in rows[1:] for line in wrap(row.strip(), width - 2)]
    return [*wrap(rows[0], width), *indent(rest, 2)]
