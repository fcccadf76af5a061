"""What Today says, in lines for a width: how it is going, what to do next and when, how it has been."""

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
from coach.domain.status.wall_clock import local_day
from coach.domain.status.way_back import WayBack
from coach.domain.triage.answers import Side
from coach.domain.triage.state import state_of
from coach.ui.text import BLANK, fit, hang, indent, joined, styled, wrap
from coach.ui.widgets.chart import Labels, pain_chart
from coach.ui.widgets.pain_weeks import no_pain_yet
from coach.ui.widgets.shape import ring, sign
from coach.words import Words
from coach.words.care import care_text
from coach.words.dates import local_time, week_day
from coach.words.habit import habit_line
from coach.words.ice import ice_line
from coach.words.moments import moment
from coach.words.shown import shown
from coach.words.status import (
    before_visit_key,
    calls_first,
    condition_on_screen,
    condition_text,
    pause_end,
    reason_lines,
    untold_lines,
)
from coach.words.stretch import step_dose

LARGE = 12
"""Rows from which the way back is drawn in large discs."""
OWN = 20
"""Cells that a reminder's own words may take."""


class NextReminder(msgspec.Struct, frozen=True):
    """A reminder to come."""

    due: datetime
    kind: str
    text: str = ""
    """A person's own words."""


class TodayLines(msgspec.Struct, frozen=True):
    """All that Today says."""

    day: Day
    coming: tuple[NextReminder, ...]
    words: Words
    content: Guidance
    region: str
    now: datetime
    interrupted: Interrupted | None = None
    """Where a session was left in the middle a short while ago."""

    def state(self, width: int, most: int) -> list[Content]:
        """Return how it is going, what to do next, and why: all that matters, other reasons up to ``most`` lines."""
        status = self.day.status
        lines: list[Content] = []
        for text in calls_first(status, self.words, self.content.rules, self.region):
            lines += wrap(text, width, "alert")
        if self.day.ice.must_come_off:
            lines += wrap(ice_line(self.day.ice, self.words, self.now), width, "alert")
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
            return enter, start, self.words("today.next.again", time=self.clock(self.day.done))
        return enter, start, self.words("today.next.start", routine=self.routine_name(planned.id))

    def _told_today(self) -> bool:
        last = self.day.status.last
        return last is not None and local_day(last.at, self.now) == self.now.date()

    def clock(self, at: datetime) -> str:
        """Return a moment as a time of the day here."""
        return local_time(at, self.now)

    def way(self, back: WayBack, width: int, rows: int = 0) -> list[Content]:
        """Return the way back: a disc for each step, filled where it was taken, what is missing, the earliest day."""
        status = self.day.status
        pause = status.pause
        is_told_below = status.ask_why == "unsure" and "answer" in back.waits
        lines = self.no_routine(width) if self.day.plan.routine is None and not is_told_below else []
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
            day = week_day(local_day(back.earliest, self.now), self.words)
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

    def routine(self, steps: Iterable[Step], width: int, air: int) -> list[Content]:
        """Return the steps of today's routine: each stretch with side, hold and number, and minutes in all."""
        lines: list[Content] = []
        groups = _groups(steps)
        if air < 1:
            return wrap(self.words("common.and").join(self._name(group[0].stretch) for group in groups), width)
        rows = [
            (group[0].stretch, self._sides(group), step_dose(group[0], self.words, self.content)) for group in groups
        ]
        widths = (max(cell_len(sides) for _, sides, _ in rows) + 3, max(cell_len(dose) for _, _, dose in rows))
        longest = max(cell_len(self._name(name)) for name, _, _ in rows)
        room = min(longest + 3, width - 2 - sum(widths))
        for row in rows:
            lines += self._stretch(row, room, widths[0])
        return lines + self._left_out(width, 2 if air > 1 else 1)

    def routine_name(self, routine_id: str) -> str:
        """Return the name of a routine; its id where the content has none of it any more."""
        routine = self.content.routines.get(routine_id)
        return self.words.pick(routine.name) if routine else routine_id

    def no_routine(self, width: int) -> list[Content]:
        """Return why no routine is due: a list to be answered first, somebody to be seen, or a rest."""
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
        if (local_day(due, self.now) - self.now.date()).days == 1:
            return self.words("today.tomorrow", time=local_time(due, self.now))
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
        if state.must_come_off:
            return self.words("today.ice.take-off")
        if state.running is not None:
            return self.words("today.ice.running", time=local_time(state.running.ends_at, self.now))
        if state.allowed:
            return self.words("today.ice.allowed-short" if short else "today.ice.allowed")
        if state.next_at is not None:
            return self.words("today.ice.again", time=self._when(state.next_at))
        return self.words(f"today.ice.{state.why}" if self.words.has(f"today.ice.{state.why}") else "today.ice.no")

    def habit(self) -> str:
        """Return the one habit and its day."""
        return habit_line(self.day.habit, self.words, self.content) or self.words("today.habit.none")

    def pain_title(self, width: int) -> str:
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

    def pain_lines(self, width: int, rows: int) -> list[Content]:
        """Return two weeks of the worst pain when walking in ``rows`` lines: bars, numbers, days if there is room."""
        days = self.day.chart
        if all(day.points is None for day in days):
            return no_pain_yet(days, width, rows, self.words)
        labels = Labels(weekdays=rows > 6, dates=rows > 4)
        return pain_chart(days, width, max(rows - labels.rows, 1), self.words, labels)


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
