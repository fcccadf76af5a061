"""The guided session: a moving figure, the seconds, the breath, and a way out at any moment."""

import os
import time
from collections.abc import Callable, Hashable, Iterable, Sequence
from math import ceil
from typing import ClassVar

from textual import constants, events
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from coach.actions.exercise.session_flow import RECORDS, Flow, Mode
from coach.actions.setup import change_settings
from coach.actions.status.current import status_now
from coach.actions.today import today
from coach.domain.exercise.dose import Step
from coach.domain.exercise.session import SessionRun
from coach.domain.status.status import Status
from coach.domain.trends.chart import ChartDay
from coach.domain.triage.state import State, state_of
from coach.errors import CoachError
from coach.ui import session_pages as pages
from coach.ui.areas import MEASURE
from coach.ui.commands import Command
from coach.ui.figure_lines import row_of_figures
from coach.ui.messages import trouble
from coach.ui.screen import PAGE_KEYS, PageScreen
from coach.ui.stage import Stage, Style
from coach.ui.text import BLANK, styled
from coach.ui.widgets.line_page import LinePage
from coach.ui.widgets.lines import if_readable, where_readable
from coach.ui.widgets.pain_weeks import pain_weeks
from coach.voice import Voice
from coach.words.state import states_text
from coach.words.stretch import nevers

MOVING_S, STILL_S = 0.125, 0.25
"""Seconds between two looks at the clock: where something moves, and where only the seconds change."""
OPTION = 2
"""Lines that a choice may take, in a narrow window."""
LEAST_CHART, MOST_CHART = 5, 16
"""Rows of the chart under a refusal at least and at most, its labels among them."""
WATCH_S = 1.0
"""Seconds between two looks at whether something was recorded meanwhile."""


class SessionScreen(PageScreen):
    """One session, from the page before it to the page after it."""

    NAME = "session"
    MEASURE = 112
    ROAMING: ClassVar[bool] = False
    OFFERS = (
        Command("check-in", "c", "screen.check_in"),
        Command("go-on", "enter", area="session"),
        Command("it-hurts", "h,x", area="session"),
        Command("pause", "space", area="session"),
        Command("unpause", "space", area="session"),
        Command("next", "n,right", area="session"),
        Command("back-step", "b,left", area="session"),
        Command("voice", "v", area="session"),
        Command("up", "up", area="session", footer=False),
        Command("down", "down", area="session", footer=False),
        Command("stop", "q,escape", area="session"),
    )
    ALLOWED: ClassVar[dict[str, tuple[Mode, ...]]] = {
        "check_in": ("refused",),
        "go_on": ("offer", "intro", "pain", "where", "choose", "comfort", "closing"),
        "pause": ("run",),
        "unpause": ("run",),
        "it_hurts": ("run",),
        "next": ("run",),
        "back_step": ("run",),
        "voice": ("intro", "run"),
        "up": ("offer", "where", "choose", "comfort"),
        "down": ("offer", "where", "choose", "comfort"),
    }
    """On which pages an action is possible; one that is not named is always."""

    def __init__(
        self,
        routine: str | None = None,
        ticks: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """Open ``routine``, or today's; ``ticks`` is the monotonic clock, ``wall`` the other one."""
        super().__init__()
        self.ticks = ticks
        self.stage = self._stage()
        self.voice = Voice(self.words, self.home, bell=self.app.bell)
        self.flow = Flow(self.home, self.words, self.now, ticks=ticks, wall=wall, routine=routine)
        self._timer: Timer | None = None
        self._watched = 0.0
        self._seen: Hashable = None
        self._stated: tuple[str, Status]
        """The state of the day, and of which records it is; empty where they are to be looked at again."""
        self._chart: Sequence[ChartDay] | None = None

    def prepare(self) -> None:
        """Read the state of the day."""
        self._stated = self.home.revision(RECORDS), status_now(self.home, self.now())

    @classmethod
    def commands(cls) -> tuple[Command, ...]:
        """Return its own commands, the way back among them, and how a page that is too long is scrolled."""
        return (*cls.OFFERS, *PAGE_KEYS)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse what makes no sense at this moment."""
        modes = self.ALLOWED.get(action)
        if action in ("pause", "unpause") and (action == "unpause") != self._stands_still:
            return False
        return modes is None or self.flow.mode in modes

    @property
    def _stands_still(self) -> bool:
        return self.flow.run is not None and self.flow.run.state == "paused"

    def _stage(self) -> Stage:
        profile = self.home.profile
        moves = profile.motion and constants.TEXTUAL_ANIMATIONS != "none"
        plain = bool(os.environ.get("NO_COLOR")) or (profile.theme or "").startswith("contrast")
        style = Style(motion=moves, plain=plain, large=profile.large_text)
        return Stage(self.words, self.home.content.stretches, style)

    def body(self) -> Iterable[Widget]:
        """Yield the page."""
        yield LinePage(self.lines, self.measure(), live=True)

    def on_mount(self) -> None:
        """Begin to speak; wait while the program is suspended."""
        self._introduce()
        self.app.app_suspend_signal.subscribe(self, self._wait)

    def _introduce(self) -> None:
        """Say how the first stretch goes, on the page before it: closed eyes see no figure to copy."""
        if self.flow.mode == "intro" and self.flow.run is not None:
            self.voice.introduce(self.flow.run.phases[self.flow.run.at].stretch)

    def on_unmount(self) -> None:
        """Leave no voice behind, and let another session begin."""
        self.voice.close()
        self.flow.close()

    # -- drawing ------------------------------------------------------------------------------------------------

    def heading(self) -> tuple[str, str]:
        """Return the routine, and the minutes to go."""
        if self.flow.run is None or self.flow.mode != "run":
            return self.words("session.title"), ""
        left = self.flow.run.remaining(self.ticks())
        if left < 60:
            return self._routine_name(), self.words("session.nearly-done")
        return self._routine_name(), self.words("session.minutes-left", n=ceil(left / 60))

    def heading_state(self) -> tuple[State, str]:
        """Return the state of the day, worked out anew once anything was recorded; the one before where it can't be."""
        revision, status = self._stated
        if not (revision and self.flow.moves) and revision != self.home.revision(RECORDS):
            if_readable(self.prepare)
            status = self._stated[1]
        return state_of(status.headline), states_text(status, self.words)

    def _routine_name(self) -> str:
        guided = self.flow.guided
        routine = self.home.content.routines.get(guided.routine) if guided else None
        return self.words.pick(routine.name) if routine else self.words("session.title")

    def lines(self, width: int, height: int) -> list[Content]:
        """Return the page of this moment."""
        flow, guided = self.flow, self.flow.guided
        if guided is None or flow.mode == "refused":
            return self._refused(width, height)
        match flow.mode:
            case "run":
                return self.stage.lines(guided.run, self.ticks(), width, height)
            case "intro":
                never = nevers(
                    (phase.stretch for phase in guided.run.phases), guided.routine, self.words, self.home.content
                )
                return pages.before(self.stage, guided, self._routine_name(), (width, height), never)
            case _:
                return pages.beside(self.stage, guided, 0.0, self._words, (width, height))

    def _refused(self, width: int, height: int) -> list[Content]:
        """Return why no session begins now, and under it the pain that this comes from; before any, what will come."""
        lines = pages.refused(self.words, self.flow, min(width, MEASURE))
        room = height - len(lines) - 2
        if room < LEAST_CHART:
            return lines
        return [*lines, *where_readable(lambda: self._under_refusal(width, min(room, MOST_CHART)))]

    def _under_refusal(self, width: int, room: int) -> list[Content]:
        """Return the chart, or the stretches; nothing stands under an emergency."""
        if status_now(self.home, self.now()).advice == "emergency":
            return []
        if self._chart is None:
            self._chart = today(self.home, self.now()).chart
        if any(day.points is not None for day in self._chart):
            title, drawn = "today.pain.what", pain_weeks(self._chart, width, room, self.words)
        else:
            title = "firstrun.stretches"
            drawn = row_of_figures(self.home.content.stretches.values(), self.words, width, room)
        return [BLANK, styled(self.words(title), "muted"), *drawn]

    def _words(self, width: int, height: int) -> list[Content]:
        """Return the words of a page that asks or closes."""
        flow = self.flow
        assert flow.guided is not None
        if flow.mode == "pain":
            return pages.pain(self.words, flow.typed, width, height)
        if flow.mode == "closing":
            return pages.after(self.stage, flow.guided, flow.changes, flow.cause, width)
        return pages.question(self.stage, flow, width, height)

    # -- the clock ----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """Show what changed; let the clock run only where something changes by itself."""
        if self.flow.moves and self._timer is None:
            self._timer = self.set_interval(MOVING_S if self.stage.style.motion else STILL_S, self.beat)
        elif not self.flow.moves and self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.flow.trouble:
            self.say(self.flow.trouble, "care")
        self.redraw()
        self.call_after_refresh(self._speak)

    def _speak(self) -> None:
        if self.flow.run and self.flow.mode not in ("intro", "offer"):
            trouble = self.voice.follow(self.flow.run, self.ticks())
            if trouble:
                self.say(self.words(trouble))

    def beat(self) -> None:
        """Look at the clock, and now and then at the records."""
        mode, at = self.flow.mode, self.flow.run.at if self.flow.run else 0
        self.flow.beat()
        run = self.flow.run
        if run is None or not self.flow.moves or (self.flow.mode, run.at) != (mode, at):
            self._show()
        else:
            self._draw_on(run)
            self._speak()
        if self.flow.moves and self.ticks() - self._watched >= WATCH_S:
            self._watch()

    def _draw_on(self, run: SessionRun) -> None:
        """Draw this moment, if it looks other than the last."""
        seen = self.stage.seen(run, self.ticks())
        if seen != self._seen:
            self._seen = seen
            self.redraw_heading()
            self.page.redraw()

    def _watch(self) -> None:
        """Look whether something was recorded by another program, and let that end the session where it must."""
        self._watched = self.ticks()
        if self.flow.noticed():
            self._stated = "", self._stated[1]
            self.run_worker(self._look, thread=True, exclusive=True, group="watch")

    def _look(self) -> None:
        try:
            steps = self.flow.decision_of_now()
        except (CoachError, OSError) as error:
            self.flow.look_again()
            self.app.call_from_thread(self.say, trouble(error, self.words, "ui.not-read"), "alert")
        else:
            self.app.call_from_thread(self._follow, steps)

    def _follow(self, steps: tuple[Step, ...] | None) -> None:
        self.flow.follow(steps)
        self._show()

    def on_screen_suspend(self) -> None:
        """Pause while another screen, such as the help, lies over this one."""
        self._wait()

    def _wait(self, _: object = None) -> None:
        if self.flow.moves and self.flow.run and self.flow.run.state == "running":
            self.flow.pause()
            self._show()

    # -- what a person does -------------------------------------------------------------------------------------

    def action_go_on(self) -> None:
        """Begin, go on, or take what is marked."""
        if self.flow.mode == "closing":
            self.app.back()
            return
        if self.flow.mode == "intro":
            self._watched = self.ticks()
            self.flow.start()
        else:
            self.flow.take()
        self._show()

    def action_check_in(self) -> None:
        """Go to the check-in, where what keeps a session from beginning can be answered."""
        self.app.back()
        self.app.go("check-in")

    def action_pause(self) -> None:
        """Stand still, or go on."""
        self.flow.pause()
        self._show()

    action_unpause = action_pause

    def action_next(self) -> None:
        """Go to the next side or stretch."""
        self.flow.next()
        self._show()

    def action_back_step(self) -> None:
        """Begin this side anew, or go to the one before."""
        self.flow.back()
        self._show()

    def action_it_hurts(self) -> None:
        """Ease out at once; the questions follow."""
        self.flow.hurt()
        self._show()

    def action_voice(self) -> None:
        """Speak, or be silent; it is kept."""
        self.say(self.words(self.voice.turn()))
        self._introduce()
        change_settings(self.home, voice=self.voice.speaks)

    def action_stop(self) -> None:
        """End here; what was done counts."""
        if self.flow.stop():
            self.app.back()
        else:
            self._show()

    def action_choose(self, chosen: str) -> None:
        """Take one of the choices, by the mouse."""
        self.flow.choose(chosen)
        self._show()

    def action_up(self) -> None:
        """Mark the line above."""
        self.flow.mark(-1)
        self.redraw()
        self.page.show_marked(OPTION)

    def action_down(self) -> None:
        """Mark the line below."""
        self.flow.mark(1)
        self.redraw()
        self.page.show_marked(OPTION)

    def on_key(self, event: events.Key) -> None:
        """Take digits: a pain number, or the number of a choice; the space bar begins."""
        if event.key == "space" and self.flow.mode == "intro":
            self.action_go_on()
        if event.character is None or not event.character.isascii() or not event.character.isdigit():
            return
        event.stop()
        if self.flow.mode == "pain":
            self.flow.type(event.character)
        else:
            for option in self.flow.options():
                if option.key == event.character:
                    self.flow.choose(option.id)
                    break
        self._show()
