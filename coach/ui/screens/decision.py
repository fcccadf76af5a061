"""The decision as a quiet page: what, why, whom to call here, and the page for the doctor."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from msgspec.structs import replace
from textual.content import Content

from coach.actions.ice import ice
from coach.actions.status.current import status_now
from coach.actions.today import Day, today
from coach.domain.ice import IceState
from coach.domain.profile import Profile
from coach.domain.status.status import Status
from coach.domain.triage.state import state_of
from coach.domain.triage.what_if import would_change
from coach.ui.areas import FRAMED, MEASURE, Area, Column, Placed, frame_for, place, split, total, whole_page
from coach.ui.commands import Command
from coach.ui.emergency import emergency_page
from coach.ui.screen import BoardScreen
from coach.ui.text import BLANK, columns, hang, styled, wrap
from coach.ui.widgets.lines import read_when_shown
from coach.ui.widgets.pain_weeks import pain_weeks
from coach.ui.widgets.shape import sign
from coach.words.care import care_text
from coach.words.decision import Teller, headline_lines, told_change
from coach.words.ice import ice_line
from coach.words.state import headline_text
from coach.words.status import (
    calls_first,
    condition_on_screen,
    course_reason,
    pause_end,
    told_conditions,
    told_reasons,
    untold_lines,
)

TWO_COLUMNS, WIDEST = 104, 120
"""Columns from which the parts stand beside each other, and those that the page takes at most."""
WHOM = ("soon", "today", "emergency")
"""Advice that names whom to see, and so has a part of its own."""
LEAST_CHART, LEAST_DRAWN, MOST_CHART = 5, 7, 16
"""Rows that the chart under all of it has, its labels among them, or a picture; with fewer it is left out."""
SHAPE, LARGE, HIGH = 3, 6, 28
"""Rows of the shape of the state, and of the large one, which a page of so many rows has."""


class DecisionScreen(BoardScreen):
    """How it stands and why, whole: it scrolls rather than cuts."""

    NAME = "decision"
    AREAS: ClassVar[tuple[str, ...]] = ("state", "whom", "why", "back", "change", "pain", "stretch")
    OFFERS = (
        Command("for-doctor", "d,enter", "app.go('summary')", area="decision-page"),
        Command("seen", "v", "app.go('seen')", area="decision-page"),
        Command("again", "c", "app.go('check-in')", area="decision-page"),
        Command("whole", "w", area="decision-page", footer=False),
    )
    AREA = "decision-page"

    def __init__(self, *, whole: bool = False) -> None:
        """Work nothing out yet; ``whole`` shows the reasons of an emergency too."""
        super().__init__()
        self._whole = whole
        self.status: Status
        """How it stands, as of opening, as is all that is read."""
        self._ice: IceState
        self._profile: Profile
        self._day: Callable[[], Day | None]
        """Tells what the picture shows; None where that can't be read."""

    def prepare(self) -> None:
        """Read how it stands."""
        now = self.now()
        self.status, self._ice, self._profile = status_now(self.home, now), ice(self.home, now), self.home.profile
        self._day = read_when_shown(lambda: today(self.home, now))

    @property
    def ice_off(self) -> list[str]:
        """That ice which is on must come off; nothing where none must."""
        return [ice_line(self._ice, self.words, self.now())] if self._ice.must_come_off else []

    def again(self) -> dict[str, Any]:
        """Keep what is shown."""
        return {"whole": self._whole}

    @property
    def alarms(self) -> bool:
        """Whether this is the emergency page, with a number and one sentence alone."""
        return self.status.advice == "emergency" and not self._whole

    def heading(self) -> tuple[str, str]:
        """Return the title; the emergency page has none."""
        return ("", "") if self.alarms else super().heading()

    def in_footer(self, command: Command) -> bool:
        """Whether a command stands in the footer: on the emergency page the way back alone."""
        return command.id == "back" if self.alarms else super().in_footer(command)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the reasons of an emergency only when they are asked for."""
        return self.alarms if action == "whole" else True

    def action_whole(self) -> None:
        """Show why."""
        self._whole = True
        self.redraw()

    def areas(self, width: int, height: int) -> list[Placed]:
        """Return what, whom, why, and what would change it; in an emergency the number to call alone."""
        if self.alarms:
            lines = emergency_page(self._profile, self.words, self.home.content, width, height)
            return whole_page(lines, width, height)
        frame = frame_for(width, height)
        wide = min(width, WIDEST)
        inner = wide - frame.sides
        shape = 0 if frame is not FRAMED else LARGE if wide >= TWO_COLUMNS and height >= HIGH else SHAPE
        top = self._state(inner, shape)
        below: list[Column] = [(wide, self._parts(inner))]
        if wide >= TWO_COLUMNS:
            left, right = split(wide, 1, 1)
            parts = self._parts(left - frame.sides)
            first = [area for area in parts if area.name in ("whom", "why")]
            second = [area for area in parts if area not in first]
            below = [(left, first), (right, second)] if first and second else below
        rows: list[Sequence[Column]] = [[(wide, [top])], below]
        room = height - total(place(rows, frame)) - frame.rows
        if frame is FRAMED and room >= LEAST_CHART:
            rows += [[(wide, [area])] for area in self._picture(inner, room)]
        return place(rows, frame)

    def _picture(self, width: int, rows: int) -> list[Area]:
        """Return what fills the last ``rows``: the pain that the advice comes from; before any, the first stretch."""
        day = self._day()
        if day is None:
            return []
        if any(each.points is not None for each in day.chart):
            lines = pain_weeks(day.chart, width, min(rows, MOST_CHART), self.words)
            return [Area("pain", self.words("today.pain.what"), lines, action="app.go('history')")]
        planned = day.plan.routine
        stretch = self.home.content.stretches.get(planned.steps[0].stretch) if planned else None
        if stretch is None or stretch.figure is None or rows < LEAST_DRAWN:
            return []
        from coach.figure import braille
        from coach.ui.figure_lines import coloured

        drawn = braille(stretch.figure, 1.0, width, rows)
        return [Area("stretch", self.words.pick(stretch.name), [coloured(row) for row in drawn])]

    def _state(self, width: int, shape: int) -> Area:
        """Return the state, its shape ``shape`` rows high, what to do with the routine, and until when."""
        status = self.status
        state = state_of(status.headline)
        above_all = self.ice_off if status.advice not in WHOM else []
        first, *beside = headline_lines(status, self.words)
        if status.pause:
            beside.append(pause_end(status.pause, self.words, self.now()))
        room = min(width - (shape * 2 + 3 if shape else 0), MEASURE)
        spoken = [*((off, "alert") for off in above_all), (first, state), *((text, "strong") for text in beside)]
        text = [line for sentence, role in spoken for line in wrap(sentence, room, role)]
        if shape:
            above = [BLANK] * ((shape - len(text)) // 2)
            text = columns([styled(row, state) for row in sign(state, shape)], [*above, *text], shape * 2, 3)
        return Area("state", headline_text(status.headline, self.words), text, state)

    def _parts(self, width: int) -> list[Area]:
        """Return the parts of the page that have something to say, and what all of it is not under the last."""
        room = min(width, MEASURE)
        parts = (
            ("whom", self._whom(room)),
            ("why", _listed(self._why(), room)),
            ("back", _listed(self._back(), room)),
            ("change", _listed(self._change(), room)),
        )
        areas = [Area(name, self.words(f"decision-page.{name}"), lines) for name, lines in parts if lines]
        limits = wrap(self.words("decision-page.limits"), room, "muted")
        return [*areas[:-1], replace(areas[-1], lines=[*areas[-1].lines, BLANK, *limits])]

    def _whom(self, width: int) -> list[Content]:
        advice = self.status.advice
        if advice not in WHOM:
            return []
        region, book = self._profile.region, self.home.content.rules
        role = "strong" if advice == "soon" else "alert"
        first = [(text, "alert") for text in calls_first(self.status, self.words, book, region)]
        care, off = (care_text(advice, region, self.words, book), role), [(text, "alert") for text in self.ice_off]
        texts = [care, *off] if advice == "emergency" else [*first, *off, care]  # whom to call at once comes first
        return [line for text, role in texts for line in wrap(text, width, role)]

    def _back(self) -> list[str]:
        """Return what must end before the pause does, and why the last check-in counts for nothing."""
        pause, words = self.status.pause, self.words
        if pause is None:
            return []
        conditions = [condition_on_screen(name, pause, words, self.now()) for name in told_conditions(pause)]
        return [*conditions, *untold_lines(pause, words)]

    def _why(self) -> list[str]:
        """Return the reasons that are told, whole: those of the answers with rule and source, and of the course."""
        status, book = self.status, self.home.content.rules
        teller = Teller(self.words, book)
        by_rule = {
            reason.rule: teller.reason(reason, advice=status.advice) for reason in reversed(status.decision.reasons)
        }
        names = told_reasons(status, book)
        texts = [by_rule.get(name) or course_reason(name, status, self.words, book) for name in names]
        return [text for text in dict.fromkeys(texts) if text]

    def _change(self) -> list[str]:
        status, book = self.status, self.home.content.rules
        if status.last is None:
            return []
        cleared = status.pause_state.cleared.of(status.answers, book)
        change = would_change(status.answers, book, status.decision, asked_only=True, cleared=cleared)
        return list(Teller(self.words, book).changes(told_change(change, status), status.decision))


def _listed(texts: Sequence[str], width: int) -> list[Content]:
    """Return sentences as a list."""
    return [line for text in texts for line in hang(styled("· ", "muted"), wrap(text, width - 2))]
