"""What stands on Today, as lines: the same for every size, only with more or less air."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

import msgspec
from rich.cells import cell_len
from textual.content import Content

from coach.actions.today import Day
from coach.content import Content as Guidance
from coach.domain.exercise.dose import Step
from coach.domain.triage.answers import Side
from coach.ui.text import BLANK, columns, fit, hang, indent, joined, spread, styled, wrap
from coach.ui.widgets.chart import TOP, bars, numbers
from coach.words import Words
from coach.words.care import care_text
from coach.words.dates import clock_time, short_day
from coach.words.moments import moment
from coach.words.shown import shown
from coach.words.status import pause_end, reason_lines, untold_lines

WIDE = 104
"""Columns from which there are two blocks beside each other."""


LEADS = {"next": "reminders", "ice": "ice", "habit": "habit", "pain": "history"}
"""What a click on a label opens."""
PICTURE = 9, 14
"""Rows that the picture of a stretch needs, and those that it takes at most."""
OWN = 20
"""Cells that a reminder's own words may take."""
TALLEST, AROUND = 9, 6
"""Rows of the tallest bars, and those that their heading, numbers, days and some air take."""


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
    broke_off: bool = False
    """A session was left in the middle a short while ago."""
    pictured: bool = False
    """The first stretch may be drawn where rows are left: not in the first frame, which waits for nothing."""

    @property
    def alarms(self) -> bool:
        """Whether Today is the emergency page, with nothing of the routine beside it."""
        return self.day.status.advice == "emergency"

    def lines(self, width: int, height: int) -> list[Content]:
        """Return the page with as much air as the height allows."""
        make = self._wide if width >= WIDE else self._narrow
        for air in (4, 3, 2, 1):
            if len(page := make(width, height, air)) <= height:
                return page
        return make(width, height, 0)

    def _wide(self, width: int, height: int, air: int) -> list[Content]:
        right = 40
        left = width - right - 6
        first = [*self.state(left, 5), BLANK, BLANK, *self.routine(left, air), BLANK, BLANK]
        first += self.pain(left, max(3, min(TALLEST, height - len(first) - AROUND)))
        second = [*self.timeline(right, 8 if air > 1 else 5), *self.side_things(right)]
        second += self._picture(right, height - len(second) - (air > 1))
        page = columns(first, second, left, 6)
        return [BLANK, *page] if air > 1 else page

    def _picture(self, width: int, rows: int) -> list[Content]:
        """Return the first stretch drawn quietly, where ``rows`` are left for it; nothing where none is due."""
        planned = self.day.plan.routine
        if not self.pictured or planned is None or rows < PICTURE[0] + 2:
            return []
        step = planned.steps[0]
        stretch = self.content.stretches.get(step.stretch)
        if stretch is None or stretch.figure is None:
            return []
        from coach.figure import braille
        from coach.ui.figure_lines import QUIET, coloured

        high = min(rows - 2, PICTURE[1])
        drawn = braille(stretch.figure, 1.0, width, high, facing="left" if step.side == "left" else "right")
        return [BLANK, BLANK, *(coloured(row, QUIET) for row in drawn)]

    def _narrow(self, width: int, height: int, air: int) -> list[Content]:
        gap = [BLANK] if air else []
        return [
            *self.state(width, 2 if air < 3 else 4),
            *gap,
            *self.routine(width, air),
            *gap,
            *self.next_line(width),
            *self.small_things(width),
            *gap,
            *self.pain(width, (0, 1, 3, 4, 5)[air]),
        ]

    def state(self, width: int, most: int) -> list[Content]:
        """Return how it is going, and why: the first reason whole, others while they are ``most`` lines in all."""
        status = self.day.status
        role = "alert" if status.advice in ("today", "emergency") else "title"
        act = "app.go('decision')" if status.decision is not None else ""
        lines = wrap(self.words(f"today.headline.{status.headline}"), width, role, action=act)
        if status.advice in ("today", "emergency"):
            lines += wrap(care_text(status.advice, self.region, self.words, self.content), width, "strong")
        if status.pause:
            for text in (pause_end(status.pause, self.words, self.now), *untold_lines(status.pause, self.words)):
                lines += wrap(text, width, "strong")
        for n, text in enumerate(reason_lines(status, self.words, self.content.rules)):
            more = wrap(text, width)
            if n and len(lines) + len(more) > most:
                break
            lines += more
        advice = [self.words(f"pause.advise.{topic}") for topic in status.advise]
        offer = [line for text in advice for line in wrap(text, width, "accent")]
        return [
            *offer,
            *([BLANK] if offer and most > 2 else []),
            *lines,
            *self._followup(width),
            *self._frequency(width),
        ]

    def _followup(self, width: int) -> list[Content]:
        """Return the small question of the day, where there is one; it may be left out."""
        if not self.day.why_not and not self.day.weekly:
            return []
        name = "why-not" if self.day.why_not else "weekly"
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
        name = self._routine_name(planned.id)
        head = styled(name + "  ", "strong") + styled(self.words("today.minutes", n=planned.minutes), "muted")
        act, name = self._begins()
        start = styled(self.words("ui.key.enter") + " ", "key", act) + styled(self.words(name), "", act)
        done = self._done(width - head.cell_length - start.cell_length - 2)
        lines = [spread(head + done, start, width)]
        if air < 1:
            names = self.words("today.and").join(self._name(steps[0].stretch) for steps in _groups(planned.steps))
            return [*lines, *wrap(names, width, indent=0)]
        rows = [(steps[0].stretch, self._sides(steps), self._dose(steps[0])) for steps in _groups(planned.steps)]
        widths = (max(cell_len(sides) for _, sides, _ in rows) + 3, max(cell_len(dose) for _, _, dose in rows))
        longest = max(cell_len(self._name(name)) for name, _, _ in rows)
        room = min(longest + 3, width - 2 - sum(widths))
        for row in rows:
            lines += [BLANK] if air > 3 else []
            lines += self._stretch(row, room, widths[0])
        return lines + self._left_out(width, 2 if air > 1 else 1)

    def _done(self, room: int) -> Content:
        """Return that the routine was done today, and when, where there is room to say it."""
        if self.day.done is None:
            return BLANK
        time = clock_time(self.day.done.astimezone(self.now.tzinfo))
        done = styled(f"   {self.words('today.done', time=time)}", "accent")
        return done if done.cell_length <= room else BLANK

    def _begins(self) -> tuple[str, str]:
        """Return what ``Enter`` does with the routine, and the sentence for it: the same as in the footer."""
        if self.day.status.ask_signs and not self.day.status.may_start:
            return "app.go('check-in')", "today.command.answer.name"
        return "screen.start", f"today.command.{'go-on' if self.broke_off else 'start'}.name"

    def _routine_name(self, routine_id: str) -> str:
        routine = self.content.routines.get(routine_id)
        return self.words.pick(routine.name) if routine else routine_id

    def _no_routine(self, width: int) -> list[Content]:
        status = self.day.status
        if status.ask_signs:
            act = "app.go('check-in')"
            return [
                *wrap(self.words(f"pause.ask.{status.ask_why}"), width),
                joined(
                    styled(self.words("ui.key.enter") + " ", "key", act),
                    styled(self.words("today.command.answer.name"), "", act),
                ),
            ]
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
        return self.words("today.and").join(self._side(step.side) for step in steps)

    def _dose(self, step: Step) -> str:
        stretch = self.content.stretches.get(step.stretch)
        times = self.words("today.times", n=step.reps)
        held = stretch is None or stretch.kind == "stretch"
        return self.words("today.dose", hold=step.hold_s, times=times) if held else times

    def _side(self, side: Side) -> str:
        return self.words(f"today.side.{side}")

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
        label = self._label("next")
        chosen: list[Content] = []
        seen: set[str] = set()
        room = width - label.cell_length
        for reminder in self.coming:
            name = self._called(reminder)
            entry = styled(f"{self._when(reminder.due)} ", "strong") + (name + "   ")
            if name not in seen and joined(*chosen, entry).cell_length <= room + 3:
                seen.add(name)
                chosen.append(entry)
        return [joined(label, *(chosen or [styled(self.words("today.no-reminders"), "muted")]))]

    def timeline(self, width: int, most: int) -> list[Content]:
        """Return the next reminders as a list, one a line."""
        lines = [styled(self.words("today.label.next"), "strong", "app.go('reminders')")]
        whens = [self._when(reminder.due) for reminder in self.coming[:most]]
        widest = max(map(cell_len, whens), default=0) + 3
        lines += [
            joined("  ", styled(fit(when, widest), "muted"), self._called(reminder, width - 2 - widest))
            for when, reminder in zip(whens, self.coming, strict=False)
        ]
        return lines if len(lines) > 1 else [*lines, styled("  " + self.words("today.no-reminders"), "muted")]

    def _when(self, due: datetime) -> str:
        if (due.date() - self.now.date()).days == 1:
            return self.words("today.tomorrow", time=clock_time(due))
        return moment(due, self.words, self.now)

    def _called(self, reminder: NextReminder, room: int = OWN) -> str:
        """Return what a reminder is called: a person's own words as written where they are short, else its kind."""
        own = shown(reminder.text)
        return own if 0 < cell_len(own) <= min(OWN, room) else self.words(f"kind.{reminder.kind}")

    def _label(self, name: str) -> Content:
        widest = max(cell_len(self.words(f"today.label.{label}")) for label in LEADS)
        return styled(fit(self.words(f"today.label.{name}"), widest + 3), "muted", f"app.go('{LEADS[name]}')")

    def small_things(self, width: int) -> list[Content]:
        """Return ice and the one habit, a line each."""
        rows = (("ice", self.ice(), "app.go('ice')"), ("habit", self.habit(), "app.go('habit')"))
        lines: list[Content] = []
        for name, text, act in rows:
            label = self._label(name)
            lines += hang(label, wrap(text, width - label.cell_length, action=act))
        return lines

    def side_things(self, width: int) -> list[Content]:
        """Return ice and the one habit, each under a heading of its own."""
        lines: list[Content] = []
        for name, text in (("ice", self.ice()), ("habit", self.habit())):
            act = f"app.go('{name}')"
            lines += [BLANK, BLANK, styled(self.words(f"today.label.{name}"), "strong", act)]
            lines += indent(wrap(text, width - 2, action=act), 2)
        return lines

    def ice(self) -> str:
        """Return whether ice is allowed, or when again."""
        state = self.day.ice
        if state.running is not None:
            return self.words("today.ice.running", time=clock_time(state.running.ends_at.astimezone(self.now.tzinfo)))
        if state.allowed:
            return self.words("today.ice.allowed")
        if state.next_at is not None:
            return self.words("today.ice.again", time=self._when(state.next_at.astimezone(self.now.tzinfo)))
        return self.words(f"today.ice.{state.why}" if self.words.has(f"today.ice.{state.why}") else "today.ice.no")

    def habit(self) -> str:
        """Return the one habit and its day."""
        state = self.day.habit
        if state.habit is None:
            return self.words("today.habit.none")
        habit = self.content.habits.get(state.habit)
        name = self.words.pick(habit.name) if habit else state.habit
        if state.over:
            return self.words("today.habit.over", habit=name)
        return self.words("today.habit.day", habit=name, day=state.day)

    def pain(self, width: int, rows: int) -> list[Content]:
        """Return two weeks of the worst pain in walking: the numbers, and bars over days where there is room."""
        days = self.day.pain
        values = [day.walking for day in days]
        noted = sum(value is not None for value in values)
        label = self._label("pain")
        left = label.cell_length
        if not noted:
            return [label + styled(self.words("today.pain.none"), "muted")]
        summary = styled(self.words("today.pain.noted", n=noted, days=len(values)), "muted")
        wide = rows > 4 and width - left >= 4 * len(values)
        pitch = 4 if wide else 3
        if not rows:
            return [label + numbers(values, pitch=pitch)]
        drawn = [*bars(values, rows, pitch=pitch, role="muted"), numbers(values, pitch=pitch)]
        axis = [str(TOP), *[""] * (rows - 2), "0"] if rows > 2 else [""] * rows
        marks = [styled(f"{mark:>{left - 1}} ", "muted") for mark in [*axis, ""]]
        lines = [mark + line for mark, line in zip(marks, drawn, strict=True)]
        head = [joined(label, self.words("today.pain.what") + "   ", summary)]
        if head[0].cell_length > width:
            head = [label + self.words("today.pain.what")]
        return [*head, *lines, *(self._days_row(left, pitch) if rows > 2 else [])]

    def _days_row(self, left: int, pitch: int) -> list[Content]:
        """Return the first day and today, each under its bar."""
        days = self.day.pain
        first, today = short_day(days[0].day, self.words), self.words("today.pain.today")
        gap = pitch * len(days) - 2 - cell_len(first) - cell_len(today)
        return [styled(" " * left + first + " " * gap + today, "muted")]


def _keyed(key: str, text: str, act: str, width: int) -> list[Content]:
    """Return a quiet sentence behind the key that answers it."""
    texts = wrap(text, width - 3, "muted", action=act)
    return hang(styled(f"{key}  ", "key", act), texts)


def _groups(steps: Iterable[Step]) -> list[list[Step]]:
    """Return the steps of one stretch together, in order."""
    return [list(group) for _, group in groupby(steps, key=lambda step: (step.stretch, step.hold_s, step.reps))]
