"""Where each part of Today stands, as framed areas: the same for every size, only with more or less air.

The order is that of a glance: which state, what to do next, when, how it has been.
"""

import msgspec
from textual.content import Content

from coach.actions.today import Day
from coach.domain.reminders.time_line import TimeLine
from coach.domain.status.way_back import WayBack
from coach.domain.triage.state import state_of
from coach.ui.areas import FRAMED, GAP, MEASURE, Area, Placed, frame_for, height_of, place, split
from coach.ui.screens.today_lines import TodayLines
from coach.ui.text import BLANK, columns, styled, wrap
from coach.ui.widgets.chart import AXIS
from coach.ui.widgets.shape import sign
from coach.ui.widgets.time_line import line_of_day
from coach.words import Words
from coach.words.state import states_text

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


class TodayPage(msgspec.Struct, frozen=True):
    """Today in areas: what it says, and what is drawn beside it."""

    text: TodayLines
    line: TimeLine | None = None
    """The waking day."""
    pictured: bool = False
    """The first stretch may be drawn: not in the first frame, which waits for nothing."""

    @property
    def day(self) -> Day:
        """What Today is about."""
        return self.text.day

    @property
    def words(self) -> Words:
        """The language of its titles."""
        return self.text.words

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
        rows.append(
            Area("day", self.words("today.label.next"), self.text.next_line(width), action="app.go('reminders')")
        )
        rows.append(
            Area("pain", self.words("today.label.pain"), self.text.pain_lines(width, 3), action="app.go('history')")
        )
        return [*rows, self._side_area(width)]

    def _state_area(self, width: int, most: int, shape: int) -> Area:
        """Return the state: its shape ``shape`` rows high, how it is going, what to do next, and why."""
        state = state_of(self.day.status.headline)
        beside = shape * 2 + 3 if shape else 0
        text = self.text.state(min(width - beside, MEASURE), most)
        if shape:
            large = [styled(row, state) for row in sign(state, shape)]
            gap = max(0, (shape - len(text)) // 2)
            text = columns(large, [*[BLANK] * gap, *text], shape * 2, 3)
        action = "screen.why" if self.day.status.decision is not None else ""
        return Area("state", states_text(self.day.status, self.words), text, state, action)

    def _first_area(self, width: int, rows: int, air: int) -> Area:
        """Return the routine with its first stretch drawn in what is left of ``rows``; in a pause, the way back."""
        planned, back = self.day.plan.routine, self.day.way_back
        if planned is None and back is not None:
            return self._way_area(back, width, rows)
        if planned is None:
            label = "today.label.signs" if self.day.status.ask_signs else "today.label.routine"
            return Area("routine", self.words(label), self.text.no_routine(width))
        minutes = self.words("common.minutes", n=planned.minutes)
        done = [self.words("today.done", time=self.text.clock(self.day.done))] if self.day.done else []
        title = " · ".join([self.text.routine_name(planned.id), minutes, *done])
        lines = self.text.routine(planned.steps, width, air)
        return Area("routine", title, [*lines, *self._picture(width, rows - len(lines))], action="screen.start")

    def _way_area(self, back: WayBack, width: int, rows: int = 0) -> Area:
        return Area("way", self.words("today.label.way"), self.text.way(back, width, rows))

    def _day_area(self, width: int, rows: int) -> Area:
        """Return the waking day as a line, the hours under it where there are three rows, and what comes next."""
        lines = line_of_day(self.line, width, hours=rows > 2) if self.line else []
        return Area(
            "day",
            self.words("today.label.day"),
            [*lines, *self.text.next_line(width)],
            action="app.go('reminders')",
        )

    def _pain_area(self, width: int, rows: int) -> Area:
        return Area("pain", self.text.pain_title(width), self.text.pain_lines(width, rows), action="app.go('history')")

    def _side_area(self, width: int) -> Area:
        """Return ice and the one habit together, a line or two each."""
        title = f"{self.words('today.label.ice')} · {self.words('today.label.habit')}"
        return Area("ice", title, self.text.small_things(width))

    def _extra(self) -> bool:
        """Tell whether the way back stands beside the routine: the days after a pause."""
        return self.day.way_back is not None and self.day.plan.routine is not None

    def _low(self, width: int) -> list[Area]:
        ice = Area("ice", self.words("today.label.ice"), wrap(self.text.ice(), width), action="app.go('ice')")
        habit = Area("habit", self.words("today.label.habit"), wrap(self.text.habit(), width), action="app.go('habit')")
        back = self.day.way_back
        return [*([self._way_area(back, width)] if back and self._extra() else []), ice, habit]

    def _picture(self, width: int, rows: int) -> list[Content]:
        """Return the first stretch drawn large, where ``rows`` are left for it; nothing where none is due."""
        planned = self.day.plan.routine
        if planned is None or rows < PICTURE[0] + 1:
            return []
        step = planned.steps[0]
        stretch = self.text.content.stretches.get(step.stretch)
        if stretch is None or stretch.figure is None:
            return []
        high = min(rows - 1, PICTURE[1])
        if not self.pictured:
            return [BLANK] * (high + 1)
        from coach.figure import braille
        from coach.ui.figure_lines import coloured

        drawn = braille(stretch.figure, 1.0, width, high, facing="left" if step.side == "left" else "right")
        return [BLANK, *(coloured(row) for row in drawn)]


def _halves(width: int) -> tuple[int, int]:
    """Return the columns of the routine and of the chart beside it, whose days take four cells each, or three."""
    for chart in CHARTS:
        if width - chart - GAP >= ROUTINE:
            return width - chart - GAP, chart
    left, right = split(width, 1, 1)
    return left, right
