"""What stands on Today, as framed areas: the same for every size, only with more or less air.

The order is that of a glance: which state, what to do next, when, how it has been.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

import msgspec
from rich.cells import cell_len
from textual.content import Content

from coach.actions.exercise.interrupted import Interrupted
from coach.actions.today import Day
from coach.content import Content as Guidance
from coach.domain.exercise.dose import Step
from coach.domain.reminders.time_line import TimeLine
from coach.domain.status.way_back import WayBack
from coach.domain.triage.answers import Side
from coach.domain.triage.state import state_of
from coach.ui.areas import FRAMED, GAP, MEASURE, Area, Placed, filled, frame_for, height_of, place, split
from coach.ui.text import BLANK, columns, fit, hang, indent, joined, styled, wrap
from coach.ui.widgets.chart import AXIS, Labels, pain_chart
from coach.ui.widgets.shape import ring, sign
from coach.ui.widgets.time_line import line_of_day
from coach.words import Words
from coach.words.care import call_if_now, care_text
from coach.words.dates import clock_time, week_day
from coach.words.habit import habit_line
from coach.words.moments import moment
from coach.words.shown import shown
from coach.words.state import states_text
from coach.words.status import (
    before_visit_key,
    condition_on_screen,
    condition_text,
    pause_end,
    reason_lines,
    untold_lines,
)
from coach.words.stretch import step_dose

AREAS = ("state", "routine", "way", "day", "pain", "ice", "habit")
"""Every area that there can be, in the order of reading."""
WIDE, HIGH = 92, 28
"""Columns and rows from which the large pictures are drawn."""
PICTURE = 6, 16
"""Rows that the picture of a stretch needs, and those that it takes at most."""
CHARTS, ROUTINE = (AXIS + 4 * 14 + FRAMED.sides, AXIS + 3 * 14 + FRAMED.sides), 44
"""Columns of the chart where a day has four cells or three, and those that the routine needs beside it."""
MEDIUM = ((5, 2), (4, 1), (3, 1), (2, 0))
"""Lines of the state at most and of air, from much to little; at last the chart makes room for ice and the habit."""
LOW = 16
"""Rows below which the routine is its names alone."""
LARGE = 12
"""Rows from which the way back is drawn in large discs."""
EMPTY_CHART = 6
"""Rows from which the chart is drawn before anything was noted."""
OWN = 20
"""Cells that a reminder's own words may take."""


class NextReminder(msgspec.Struct, frozen=True):
    """A reminder to come."""

    due: datetime
    kind: str
    text: str = ""
    """A person's own words."""


class TodayPage(msgspec.Struct, frozen=True):
    """All that Today is drawn from."""

    day: Day
    coming: tuple[NextReminder, ...]
    words: Words
    content: Guidance
    region: str
    now: datetime
    line: TimeLine | None = None
    """The waking day."""
    interrupted: Interrupted | None = None
    """Where a session was left in the middle a short while ago."""
    pictured: bool = False
    """The first stretch may be drawn: not in the first frame, which waits for nothing."""

    @property
    def alarms(self) -> bool:
        """Whether Today is the emergency page, with nothing of the routine beside it."""
        return self.day.status.advice == "emergency"

    def areas(self, width: int, height: int) -> list[Placed]:
        """Return the areas for a room: large where there is room, then all that there is on fewer lines."""
        frame = frame_for(width, height)
        if frame is not FRAMED:
            return place([[(width, [area])] for area in self._small(width, height)], frame)
        if width >= WIDE and height >= HIGH:
            return self._large(width, height)
        return self._medium(width, height)

    def _large(self, width: int, height: int) -> list[Placed]:
        inner = width - FRAMED.sides
        left, right = _halves(width)
        top = self._state_area(inner, 8, 6 if height >= 32 else 5)
        day = self._day_area(inner, 3)
        widths = split(width, 1, 1, 1) if self._extra() else [left, right]
        low = self._low(min(widths) - FRAMED.sides)
        taken = height_of((top, day), FRAMED) + max(height_of((area,), FRAMED) for area in low)
        rest = max(height - taken - FRAMED.rows, PICTURE[0] + 2)
        first = self._first_area(left - FRAMED.sides, rest, 2)
        pain = self._pain_area(right - FRAMED.sides, max(len(first.lines), rest))
        last = [(wide, [area]) for wide, area in zip(widths, low, strict=True)]
        return place([[(width, [top])], [(width, [day])], [(left, [first]), (right, [pain])], last], FRAMED)

    def _medium(self, width: int, height: int) -> list[Placed]:
        inner = width - FRAMED.sides
        lefts = [min(max(width * 63 // 100, AXIS + 3 * 14 + FRAMED.sides), width - 24), AXIS + 2 * 14 + FRAMED.sides]
        for (most, air), left in [*((size, lefts[0]) for size in MEDIUM), (MEDIUM[-1], lefts[1])]:
            side = self._side_area(width - left - GAP - FRAMED.sides)
            least = max(3, len(side.lines))
            above = [
                self._state_area(inner, most, 4 if most > 3 else 3),
                self._first_area(inner, 0, air),
                self._day_area(inner, 3 if air > 1 else 2),
            ]
            rest = height - height_of(above, FRAMED) - FRAMED.rows
            if rest >= least:
                break
        pain = self._pain_area(left - FRAMED.sides, max(least, min(rest, 12)))
        last = [(left, [pain]), (width - left - GAP, [side])]
        return place([*([(width, [area])] for area in above), last], FRAMED)

    def _small(self, width: int, height: int) -> list[Area]:
        """Return the areas of a window that has room for one below the other."""
        rows = [self._state_area(width, 2, 0), self._first_area(width, 0, int(height >= LOW))]
        rows.append(Area("day", self.words("today.label.next"), self.next_line(width), action="app.go('reminders')"))
        rows.append(
            Area("pain", self.words("today.label.pain"), self._pain_lines(width, 3), action="app.go('history')")
        )
        return [*rows, self._side_area(width)]

    # -- the areas ----------------------------------------------------------------------------------------------

    def _state_area(self, width: int, most: int, shape: int) -> Area:
        """Return the state: its shape ``shape`` rows high, how it is going, what to do next, and why."""
        state = state_of(self.day.status.headline)
        beside = shape * 2 + 3 if shape else 0
        text = self.state(min(width - beside, MEASURE), most)
        if shape:
            large = [styled(row, state) for row in sign(state, shape)]
            gap = max(0, (shape - len(text)) // 2)
            text = columns(large, [*[BLANK] * gap, *text], shape * 2, 3)
        action = "app.go('decision')" if self.day.status.decision is not None else ""
        return Area("state", states_text(self.day.status, self.words), text, state, action)

    def _first_area(self, width: int, rows: int, air: int) -> Area:
        """Return the routine with its first stretch drawn in what is left of ``rows``; in a pause, the way back."""
        planned, back = self.day.plan.routine, self.day.way_back
        if planned is None and back is not None:
            return self._way_area(back, width, rows)
        if planned is None:
            label = "today.label.signs" if self.day.status.ask_signs else "today.label.routine"
            return Area("routine", self.words(label), self._no_routine(width))
        minutes = self.words("common.minutes", n=planned.minutes)
        done = [self.words("today.done", time=self._clock(self.day.done))] if self.day.done else []
        title = " · ".join([self._routine_name(planned.id), minutes, *done])
        lines = self.routine(width, air)
        return Area("routine", title, [*lines, *self._picture(width, rows - len(lines))], action="screen.start")

    def _way_area(self, back: WayBack, width: int, rows: int = 0) -> Area:
        return Area("way", self.words("today.label.way"), self.way(back, width, rows))

    def _day_area(self, width: int, rows: int) -> Area:
        """Return the waking day as a line, the hours under it where there are three rows, and what comes next."""
        lines = line_of_day(self.line, width, hours=rows > 2) if self.line else []
        return Area(
            "day", self.words("today.label.day"), [*lines, *self.next_line(width)], action="app.go('reminders')"
        )

    def _pain_area(self, width: int, rows: int) -> Area:
        return Area("pain", self._pain_title(width), self._pain_lines(width, rows), action="app.go('history')")

    def _side_area(self, width: int) -> Area:
        """Return ice and the one habit together, a line or two each."""
        title = f"{self.words('today.label.ice')} · {self.words('today.label.habit')}"
        return Area("ice", title, self.small_things(width))

    def _extra(self) -> bool:
        """Tell whether the way back stands beside the routine: the days after a pause."""
        return self.day.way_back is not None and self.day.plan.routine is not None

    def _low(self, width: int) -> list[Area]:
        ice = Area("ice", self.words("today.label.ice"), wrap(self.ice(), width), action="app.go('ice')")
        habit = Area("habit", self.words("today.label.habit"), wrap(self.habit(), width), action="app.go('habit')")
        back = self.day.way_back
        return [*([self._way_area(back, width)] if back and self._extra() else []), ice, habit]

    def _picture(self, width: int, rows: int) -> list[Content]:
        """Return the first stretch drawn large, where ``rows`` are left for it; nothing where none is due."""
        planned = self.day.plan.routine
        if planned is None or rows < PICTURE[0] + 1:
            return []
        step = planned.steps[0]
        stretch = self.content.stretches.get(step.stretch)
        if stretch is None or stretch.figure is None:
            return []
        high = min(rows - 1, PICTURE[1])
        if not self.pictured:
            return [BLANK] * (high + 1)
        from coach.figure import braille
        from coach.ui.figure_lines import coloured

        drawn = braille(stretch.figure, 1.0, width, high, facing="left" if step.side == "left" else "right")
        return [BLANK, *(coloured(row) for row in drawn)]

    # -- their lines --------------------------------------------------------------------------------------------

    def state(self, width: int, most: int) -> list[Content]:
        """Return how it is going, what to do next, and why: all that matters, other reasons up to ``most`` lines."""
        status = self.day.status
        lines: list[Content] = []
        for text in call_if_now(status.decision.reasons, self.region, self.words, self.content.rules):
            lines += wrap(text, width, "alert")
        lines += wrap(self.words(f"today.headline.{status.headline}"), width, state_of(status.headline))
        if status.advice in ("today", "emergency"):
            if key := before_visit_key(status, "today"):
                lines += wrap(self.words(key), width, "strong")
            lines += wrap(care_text(status.advice, self.region, self.words, self.content), width, "strong")
        lines += self.next_step(width)
        if status.pause:
            texts = [pause_end(status.pause, self.words, self.now)]
            for text in (*texts, *untold_lines(status.pause, self.words)):
                lines += wrap(text, width, "strong")
        for topic in status.advise:
            lines += wrap(self.words(f"pause.advise.{topic}"), width, "accent")
        lines += [*self._followup(width), *self._frequency(width)]
        for n, text in enumerate(reason_lines(status, self.words, self.content.rules)):
            more = wrap(text, width - 2)
            if n and len(lines) + len(more) > most:
                lines[-1] += styled(" …", "muted")  # there are more: a key shows all
                break
            lines += more
        return lines

    def next_step(self, width: int) -> list[Content]:
        """Return the key and the sentence of what to do next; nothing where nothing is to be begun."""
        name, act, text = self._next()
        if not act:
            return []
        key = styled(f" {name} ", "focus", act)
        return hang(key + " ", wrap(text, width - key.cell_length - 1, "strong", action=act))

    def _next(self) -> tuple[str, str, str]:
        """Return what to do next: its key, as an action, and as a sentence; empty where nothing is to be done."""
        status, planned = self.day.status, self.day.plan.routine
        enter, start = self.words("ui.key.enter"), "screen.start"
        if status.ask_signs and not status.may_start:
            return enter, "app.go('check-in')", self.words("today.command.answer.name")
        if status.pause is not None and not self._told_today():
            return "c", "app.go('check-in')", self.words("today.next.check-in")
        if planned is None or not status.may_start:
            return "", "", ""
        if self.interrupted is not None:
            at = self.interrupted
            side = self.words(f"session.side.{at.side}")
            return enter, start, self.words("today.next.go-on", stretch=self._name(at.stretch), side=side)
        if self.day.done is not None:
            return enter, start, self.words("today.next.again", time=self._clock(self.day.done))
        return enter, start, self.words("today.next.start", routine=self._routine_name(planned.id))

    def _told_today(self) -> bool:
        last = self.day.status.last
        return last is not None and last.at.astimezone(self.now.tzinfo).date() == self.now.date()

    def _clock(self, at: datetime) -> str:
        return clock_time(at.astimezone(self.now.tzinfo))

    def way(self, back: WayBack, width: int, rows: int = 0) -> list[Content]:
        """Return the way back: a disc for each step, filled where it was taken, what is missing, the earliest day."""
        lines = self._no_routine(width) if self.day.plan.routine is None else []
        pause = self.day.status.pause
        if back.of:
            kind = "sessions" if back.sessions else "calm"
            text = self.words(f"today.way.{kind}", done=back.steps, of=back.of)
            if rows >= LARGE:
                lines += [BLANK, *_discs(back, min(rows - LARGE + 4, 6)), BLANK]
            marks = "●" * back.steps + "○" * (back.of - back.steps)
            lines += hang(styled(f"{marks} ", "go"), wrap(text, width - back.of - 1, "strong"))
        elif not back.waits and pause:
            lines += wrap(condition_text("tomorrow", pause, self.words, self.now), width)
        if pause:
            for text in untold_lines(pause, self.words):
                lines += wrap(text, width, "gentle")
            if rows >= LARGE and back.of:
                lines += wrap(self.words("pause.back-when.two-calm"), width, "muted")
            for name in back.waits:
                text = condition_on_screen(name, pause, self.words, self.now)
                lines += hang(styled("○ ", "muted"), wrap(text, width - 2))
        if back.earliest is not None and back.of:
            day = week_day(back.earliest.astimezone(self.now.tzinfo).date(), self.words)
            lines += wrap(self.words("today.way.earliest", day=day), width, "muted")
        return lines

    def _followup(self, width: int) -> list[Content]:
        """Return the small question of the day, where there is one; it may be left out."""
        day = self.day
        name = "why-not" if day.why_not else "goals" if day.goals_due else "weekly" if day.weekly else ""
        if not name:
            return []
        return _keyed("a", self.words(f"today.followup.{name}"), "screen.followup", width)

    def _frequency(self, width: int) -> list[Content]:
        """Return the offer to be called less often, or daily again, where there is one."""
        offered = self.day.frequency
        return _keyed("m", self.words(f"frequency.offer.{offered}"), "screen.frequency", width) if offered else []

    def routine(self, width: int, air: int) -> list[Content]:
        """Return the routine of today: each stretch with side, hold and number, and minutes in all."""
        planned = self.day.plan.routine
        if planned is None:
            return self._no_routine(width)
        lines: list[Content] = []
        if air < 1:
            names = self.words("common.and").join(self._name(steps[0].stretch) for steps in _groups(planned.steps))
            return wrap(names, width)
        rows = [
            (steps[0].stretch, self._sides(steps), step_dose(steps[0], self.words, self.content))
            for steps in _groups(planned.steps)
        ]
        widths = (max(cell_len(sides) for _, sides, _ in rows) + 3, max(cell_len(dose) for _, _, dose in rows))
        longest = max(cell_len(self._name(name)) for name, _, _ in rows)
        room = min(longest + 3, width - 2 - sum(widths))
        for row in rows:
            lines += self._stretch(row, room, widths[0])
        return lines + self._left_out(width, 2 if air > 1 else 1)

    def _routine_name(self, routine_id: str) -> str:
        routine = self.content.routines.get(routine_id)
        return self.words.pick(routine.name) if routine else routine_id

    def _no_routine(self, width: int) -> list[Content]:
        status = self.day.status
        if status.ask_signs:
            return wrap(self.words(f"pause.ask.{status.ask_why}"), width)
        seek = status.advice in ("today", "emergency")
        return wrap(self.words("today.no-stretching" if seek else "today.no-routine"), width)

    def _name(self, stretch_id: str, room: int = 999) -> str:
        """Return the name of a stretch; the short one where the whole has no room."""
        stretch = self.content.stretches.get(stretch_id)
        if stretch is None:
            return stretch_id
        whole = self.words.pick(stretch.name)
        return whole if cell_len(whole) <= room else self.words.pick(stretch.short)

    def _stretch(self, row: tuple[str, str, str], names: int, sides_width: int) -> list[Content]:
        """Return a stretch on one line; where its name has no room beside the rest, on two."""
        stretch, sides, dose = row
        detail = styled(fit(sides, sides_width) + dose, "muted")
        name = self._name(stretch, names - 2)
        if cell_len(name) <= names - 2:
            return [joined("  " + fit(name, names), detail)]
        return [joined("  " + self._name(stretch)), joined("    ", detail)]

    def _sides(self, steps: Sequence[Step]) -> str:
        return self.words("common.and").join(self._side(step.side) for step in steps)

    def _side(self, side: Side) -> str:
        return self.words(f"common.side.{side}")

    def _left_out(self, width: int, most: int) -> list[Content]:
        lines: list[Content] = []
        omitted_steps = [omitted for omitted in self.day.plan.left_out if omitted.instead is None]
        for omitted in omitted_steps[:most]:
            text = self.words(
                "today.left-out", stretch=self._name(omitted.stretch), why=self._why_left(omitted.why, omitted.because)
            )
            lines += indent(wrap(text, width - 2, "muted"), 2)
        return lines

    def _why_left(self, why: str, because: dict[str, str]) -> str:
        key = why if why.startswith("plan.") else f"plan.left-out.{why}"
        return self.words(key, **because)

    def next_line(self, width: int) -> list[Content]:
        """Return the next reminders on one line, each kind once."""
        chosen: list[Content] = []
        seen: set[str] = set()
        for reminder in self.coming:
            name = self._called(reminder)
            entry = styled(f"{self._when(reminder.due)} ", "strong") + name
            if name not in seen and sum(before.cell_length + 3 for before in chosen) + entry.cell_length <= width:
                seen.add(name)
                chosen.append(entry)
        return [Content("   ").join(chosen) if chosen else styled(self.words("today.no-reminders"), "muted")]

    def _when(self, due: datetime) -> str:
        if (due.date() - self.now.date()).days == 1:
            return self.words("today.tomorrow", time=clock_time(due))
        return moment(due, self.words, self.now)

    def _called(self, reminder: NextReminder, room: int = OWN) -> str:
        """Return what a reminder is called: a person's own words as written where they are short, else its kind."""
        own = shown(reminder.text)
        return own if 0 < cell_len(own) <= min(OWN, room) else self.words(f"kind.{reminder.kind}")

    def small_things(self, width: int) -> list[Content]:
        """Return ice and the one habit, each with its label."""
        lines: list[Content] = []
        widest = max(cell_len(self.words(f"today.label.{name}")) for name in ("ice", "habit"))
        for name, text in (("ice", self.ice(short=True)), ("habit", self.habit())):
            act = f"app.go('{name}')"
            label = styled(fit(self.words(f"today.label.{name}"), widest + 2), "muted", act)
            lines += hang(label, wrap(text, width - label.cell_length, action=act))
        return lines

    def ice(self, *, short: bool = False) -> str:
        """Return whether ice is allowed, or when again."""
        state = self.day.ice
        if state.running is not None:
            return self.words("today.ice.running", time=clock_time(state.running.ends_at.astimezone(self.now.tzinfo)))
        if self.day.status.advice in ("today", "emergency"):
            return self.words("today.ice.no")
        if state.allowed:
            return self.words("today.ice.allowed-short" if short else "today.ice.allowed")
        if state.next_at is not None:
            return self.words("today.ice.again", time=self._when(state.next_at.astimezone(self.now.tzinfo)))
        return self.words(f"today.ice.{state.why}" if self.words.has(f"today.ice.{state.why}") else "today.ice.no")

    def habit(self) -> str:
        """Return the one habit and its day."""
        return habit_line(self.day.habit, self.words, self.content) or self.words("today.habit.none")

    def _pain_title(self, width: int) -> str:
        """Return what the chart shows, and how many days are noted where there is room to say so."""
        days = self.day.chart
        what = self.words("today.pain.what")
        counted = self.words("today.pain.noted", n=sum(day.points is not None for day in days), days=len(days))
        notes = [
            *([self.words("today.pain.knees")] if any(day.knees for day in days) else []),
            *([self.words("today.pain.medicine")] if any(day.medicine for day in days) else []),
        ]
        label = self.words("today.label.pain")
        titles = (" · ".join(parts) for parts in ([what, *notes, counted], [what, *notes], [label, *notes]))
        return next((title for title in titles if cell_len(title) <= width - 2), label)

    def _pain_lines(self, width: int, rows: int) -> list[Content]:
        """Return two weeks of the worst pain when walking in ``rows`` lines: bars, numbers, days if there is room."""
        days = self.day.chart
        if all(day.points is None for day in days):
            return self._no_pain_lines(width, rows)
        labels = Labels(weekdays=rows > 6, dates=rows > 4)
        return pain_chart(days, width, max(rows - labels.rows, 1), self.words, labels)

    def _no_pain_lines(self, width: int, rows: int) -> list[Content]:
        """Return that nothing was noted, under the days that the chart will have where there is room for them."""
        text = wrap(self.words("today.pain.none"), width, "muted")
        labels = Labels(numbers=False, weekdays=True, dates=True)
        high = rows - labels.rows - len(text) - 1
        if high < EMPTY_CHART:
            return filled(text, rows)
        return [*pain_chart(self.day.chart, width, high, self.words, labels), BLANK, *text]


def _halves(width: int) -> tuple[int, int]:
    """Return the columns of the routine and of the chart beside it, whose days take four cells each, or three."""
    for chart in CHARTS:
        if width - chart - GAP >= ROUTINE:
            return width - chart - GAP, chart
    left, right = split(width, 1, 1)
    return left, right


def _discs(back: WayBack, high: int) -> list[Content]:
    """Return a large disc for each step of the way back, filled where it was taken."""
    shapes = [sign("go", high) if n < back.steps else ring(high) for n in range(back.of)]
    return [joined("  ", *(styled(f"{row}   ", "go") for row in rows)) for rows in zip(*shapes, strict=True)]


def _keyed(key: str, text: str, act: str, width: int) -> list[Content]:
    """Return a quiet sentence behind the key that answers it."""
    texts = wrap(text, width - 3, "muted", action=act)
    return hang(styled(f"{key}  ", "key", act), texts)


def _groups(steps: Iterable[Step]) -> list[list[Step]]:
    """Return the steps of one stretch together, in order."""
    return [list(group) for _, group in groupby(steps, key=lambda step: (step.stretch, step.hold_s, step.reps))]
