"""Ice: whether it may go on, the countdown to its deadline, what to look at on the way, and when again."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

from textual.content import Content

from coach.actions.ice import EndCall, IceRefusedError, how_called, ice, start_ice, stop_ice
from coach.actions.status.current import status_now
from coach.actions.today import today
from coach.domain.ice import DEFAULT_MINUTES, MOST_MINUTES, IceLine, IceState, Icing
from coach.domain.profile import Profile
from coach.domain.status.status import Status
from coach.domain.trends.chart import ChartDay
from coach.errors import CoachError
from coach.figure import braille
from coach.ui.app import CoachApp
from coach.ui.areas import (
    FRAMED,
    MEASURE,
    Area,
    Column,
    FrameSize,
    Placed,
    filled,
    frame_for,
    height_of,
    place,
    split,
    total,
)
from coach.ui.commands import Command
from coach.ui.digits import big, minutes_seconds
from coach.ui.figure_lines import coloured
from coach.ui.screen import BoardScreen
from coach.ui.text import BLANK, hang, joined, styled, wrap
from coach.ui.widgets.lines import if_readable
from coach.ui.widgets.pain_weeks import pain_weeks
from coach.words.care import care_text
from coach.words.dates import local_time
from coach.words.ice import ice_line, why_not
from coach.words.moments import moment
from coach.words.status import calls_first, condition_on_screen, told_conditions
from coach.words.system import error_text

LEAST_MINUTES = 5
STEP = 5
READ_EVERY_S = 10
"""While nothing runs here: it may be begun elsewhere, or be allowed again."""
LOOKING = timedelta(minutes=1)
"""How long the screen asks to look at the skin."""
LISTED = {"stop": "ice.stop-when", "rules": "icescreen.rules"}
"""The heading of each list."""
LEAST_DRAWN = 6
"""Rows below which a figure cannot be told."""
FORBIDDING = ("sign", "today", "numb")
"""Reasons for no ice that ask for something else to be done."""
LEAST_CHART, MOST_CHART = 5, 16
"""Rows of the chart below a refusal, its labels among them; with fewer it is left out."""
BESIDE = 92
"""Cells from which the rules stand beside the countdown."""


class IceScreen(BoardScreen):
    """The state is read from the records, so that an icing begun elsewhere is shown just the same."""

    NAME = "ice"
    AREA = "icescreen"
    AREAS: ClassVar[tuple[str, ...]] = ("ice", "stop", "rules", "figure", "before", "pain")
    app: CoachApp
    OFFERS = (
        Command("begin", "enter", area="icescreen"),
        Command("answer", "enter", area="icescreen"),
        Command("off", "enter,o", area="icescreen", urgent=True),
        Command("less", "left,minus", "screen.minutes(-1)", area="icescreen"),
        Command("more", "right,plus", "screen.minutes(1)", area="icescreen"),
        Command("change", "a", area="icescreen", footer=False),
    )

    def __init__(self, minutes: int = DEFAULT_MINUTES) -> None:
        """Offer an icing of ``minutes``."""
        super().__init__()
        self._minutes = minutes
        self.state: IceState
        """Whether ice may go on, as the records have it."""
        self._profile: Profile
        self._status: Status
        self._call: EndCall | None = None
        """How the end will be called; None where nothing was begun here."""
        self._rang: set[datetime] = set()
        self._chart: Sequence[ChartDay] | None
        """The pain below a refusal; None where none is shown, or where it can't be read."""

    def again(self) -> dict[str, Any]:
        """Keep the minutes."""
        return {"minutes": self._minutes}

    def on_mount(self) -> None:
        """Look at the clock once a second; only what changes is drawn."""
        self.set_interval(1.0, self._tick)

    def on_screen_resume(self) -> None:
        """Read anew: conditions may have been answered, or ice begun elsewhere."""
        self.read_anew()

    def prepare(self) -> None:
        """Read whether ice may go on."""
        now = self.now()
        self.state, self._status, self._profile = ice(self.home, now), status_now(self.home, now), self.home.profile
        forbidden = self.state.why in FORBIDDING
        self._chart = if_readable(lambda: today(self.home, now).chart) if forbidden else None

    def read_anew(self) -> None:
        """Read again, and offer what fits now."""
        super().read_anew()
        self.refresh_bindings()

    def _tick(self) -> None:
        """Draw the countdown; ring at a skin check and at the end, once each."""
        running, now = self.state.running, self.now()
        if running is None:
            if now.second % READ_EVERY_S == 0:
                self.read_anew()
            return
        for call in (*running.checks_at(), running.ends_at):
            if call <= now and call not in self._rang:
                self._rang.add(call)
                if now - call < LOOKING and self._profile.sound:
                    self.app.bell()
        if now - running.ends_at > LOOKING:
            self.read_anew()
        else:
            self.redraw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what fits the state."""
        state = self.state
        fits = {
            "begin": state.allowed,
            "minutes": state.allowed,
            "off": (state.running or state.overdue) is not None,
            "answer": state.why == "not-asked",
            "change": state.why == "condition",
        }
        return fits.get(action, True)

    def areas(self, width: int, height: int) -> list[Placed]:
        """Return the countdown and what to look at, or whether ice may go on, and the rules.

        Where a sign forbids ice, no rule and no picture says how to use it.
        """
        frame = frame_for(width, height)
        wide = width >= BESIDE
        left, right = split(width, 1, 1) if wide else (width, width)
        icing = None if self.state.must_come_off else self.state.running or self.state.overdue
        inner = right - frame.sides
        lines = self._countdown(icing, left - frame.sides) if icing else self._resting(left - frame.sides)
        first = Area("ice", self.words("today.label.ice"), lines, self._role(icing))
        if not icing and self.state.why in FORBIDDING:
            return self._forbidden(first, width, height, frame)
        stop = self._listed("stop", self.home.content.icing.stop_signs, inner)
        how = self._listed("rules", self.home.content.icing.rules, inner)
        beside = [stop, how] if icing else [how, stop]
        if not wide:
            return place([[(width, [area])] for area in (first, *beside)], frame)
        room = max(height_of(beside, frame), height) - height_of((first,), frame) - frame.rows
        drawn = self._drawing(left - frame.sides, room)
        above = [BLANK] * ((room - len(drawn)) // 2)
        figure = [Area("figure", self.words("icescreen.lie"), filled([*above, *drawn], room))] if drawn else []
        return place([[(left, [first, *figure]), (right, beside)]], frame)

    def _forbidden(self, first: Area, width: int, height: int, frame: FrameSize) -> list[Placed]:
        """Return why there is no ice, and below it what ends that; to take ice off, or to call, is said alone."""
        status = self._status
        rows: list[Sequence[Column]] = [[(width, [first])]]
        if self.state.must_come_off or status.advice == "emergency":
            return place(rows, frame)
        room = min(width - frame.sides, MEASURE) - 2
        texts = [wrap(text, room) for text in self._before(status)]
        lines = [line for text in texts for line in hang(styled("· ", "muted"), text)]
        if lines:
            rows.append([(width, [Area("before", self.words("icescreen.before-again"), lines)])])
        left = height - total(place(rows, frame)) - frame.rows
        if self._chart is not None and frame is FRAMED and left >= LEAST_CHART:
            drawn = pain_weeks(self._chart, width - frame.sides, min(left, MOST_CHART), self.words)
            rows.append([(width, [Area("pain", self.words("today.pain.what"), drawn, action="app.go('history')")])])
        return place(rows, frame)

    def _before(self, status: Status) -> Iterator[str]:
        """Yield what must come first before ice may be used again: a visit, and the signs answered anew."""
        if self.state.why == "numb":
            yield self.words("icescreen.before.numb")
            return
        if pause := status.pause:
            names = told_conditions(pause) if self.state.why == "today" else ("seen",)
            yield from (
                condition_on_screen(name, pause, self.words, self.now()) for name in names if name in pause.back_when
            )
        answers = {status.signs.get(sign.id) for sign in status.urgent_signs}
        yield from (self.words(f"icescreen.before.{answer}") for answer in ("yes", "unsure") if answer in answers)

    def _role(self, icing: Icing | None) -> str:
        """Return the colour of the frame: what is due now stands out."""
        if self.state.must_come_off:
            return "see"
        if icing is None:
            return "go" if self.state.allowed else ""
        due = icing.ends_at <= self.now() or any(at <= self.now() < at + LOOKING for at in icing.checks_at())
        return "see" if due else "focus"

    def _drawing(self, width: int, rows: int) -> list[Content]:
        """Return how one lies while it cools, where there is room to see it, and where the ice goes."""
        figure = self.home.content.icing.figure
        about = [BLANK, *wrap(self.words("gallery.about.ice"), width)]
        if figure is None or rows < LEAST_DRAWN + len(about):
            return []
        drawn = braille(figure, 1.0, width, min(rows - len(about), width // 3), plain=self.app.no_color)
        return [*map(coloured, drawn), *about]

    def _countdown(self, running: Icing, width: int) -> list[Content]:
        left = (running.ends_at - self.now()).total_seconds()
        if left <= 0:
            return [*big("00:00", "alert"), BLANK, *wrap(self.words("icescreen.take-off"), width, "alert")]
        texts = [self.words("icescreen.until", time=local_time(running.ends_at, self.now())), *self._checks(running)]
        if self._call is not None:
            texts.append(self.words(f"ice.end-call.{self._call}", end=local_time(running.ends_at, self.now())))
        lines = [line for text in texts for line in wrap(text, width)]
        return [*big(minutes_seconds(left)), BLANK, *self._look(running, width), *lines]

    def _checks(self, running: Icing) -> Iterator[str]:
        """Yield when to look at the skin, of the times that are still to come."""
        coming = [local_time(at, self.now()) for at in running.checks_at() if at > self.now()]
        if coming:
            yield self.words("ice.look", times=self.words("common.and").join(coming))

    def _look(self, running: Icing, width: int) -> list[Content]:
        """Return what to look at on the skin, in the minute that asks for it."""
        if not any(at <= self.now() < at + LOOKING for at in running.checks_at()):
            return []
        texts = [self.words("icescreen.look-now"), *map(self._pick, self.home.content.icing.skin_checks)]
        return [*(line for text in texts for line in wrap(text, width, "alert")), BLANK]

    def _resting(self, width: int) -> list[Content]:
        state = self.state
        if state.allowed:
            choice = self.words("common.minutes", n=self._minutes)
            row = joined(
                styled("‹ ", "key", "screen.minutes(-1)"),
                styled(choice, "strong", "screen.begin"),
                styled(" ›", "key", "screen.minutes(1)"),
            )
            return [*wrap(self.words("ice.allowed"), width), BLANK, row]
        if state.why == "not-asked":
            return wrap(self.words("icescreen.not-asked"), width, "strong", action="screen.answer")
        if state.must_come_off:
            lines = wrap(ice_line(state, self.words, self.now()), width, "alert")
        else:
            lines = wrap(why_not(state, self.words), width, "strong")
        if state.next_at:
            lines += wrap(self.words("ice.next", moment=moment(state.next_at, self.words, self.now())), width)
        if state.why == "condition":
            lines += wrap(self.words("icescreen.ask-first"), width)
        return [*lines, *self._whom(min(width, MEASURE))] if state.why in FORBIDDING else lines

    def _whom(self, width: int) -> list[Content]:
        """Return whom to call or see, where the advice names somebody; what may be an emergency comes first."""
        status, region, book = self._status, self._profile.region, self.home.content.rules
        lines = [line for text in calls_first(status, self.words, book, region) for line in wrap(text, width, "alert")]
        if status.advice in ("soon", "today", "emergency"):
            lines += wrap(care_text(status.advice, region, self.words, book), width)
        return [BLANK, *lines] if lines else []

    def _listed(self, name: str, entries: tuple[IceLine, ...], width: int) -> Area:
        lines = [line for entry in entries for line in hang(styled("· ", "muted"), wrap(self._pick(entry), width - 2))]
        return Area(name, self.words(LISTED[name]), lines)

    def _pick(self, entry: IceLine) -> str:
        return self.words.pick(entry.text)

    def action_minutes(self, by: int) -> None:
        """Choose more or fewer minutes, 20 at most."""
        self._minutes = min(max(self._minutes + by * STEP, LEAST_MINUTES), MOST_MINUTES)
        self.redraw()

    async def action_begin(self) -> None:
        """Say how the end will be called, and begin the icing; where it may not be, the reason is said."""
        try:
            if not self.state.allowed:
                raise IceRefusedError(self.state, self.now())
            # The owner of the reminders tries its channels for it, which takes some seconds where a desktop is slow.
            self._call = await asyncio.to_thread(how_called, self.home)
            start_ice(self.home, self._minutes, now=self.now())
        except CoachError as error:
            self.say(error_text(error, self.words), "alert")
        self.read_anew()

    def action_off(self) -> None:
        """Take note that the ice came off."""
        try:
            stop_ice(self.home, self.now())
        except CoachError as error:
            self.say(error_text(error, self.words))
        else:
            self.say(self.words("ice.off"))
        self._call = None
        self.read_anew()

    def action_answer(self) -> None:
        """Ask the conditions that forbid ice."""
        self.app.push_screen(self.app.make("ice-conditions"))

    def action_change(self) -> None:
        """Answer the conditions anew."""
        self.action_answer()
