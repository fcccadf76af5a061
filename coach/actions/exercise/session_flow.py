"""The way through a session, without a screen: its pages, what can be chosen on each, and what is kept on the way."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Literal, NamedTuple

from msgspec.structs import replace

from coach.actions.exercise import session as actions
from coach.actions.exercise.interrupted import STATE
from coach.actions.exercise.session_lock import claim, claimed
from coach.actions.status.current import status_now
from coach.domain.exercise.dose import Step
from coach.domain.exercise.session import AWAY_S, By, GuidedSession, SessionRun, Tomorrow
from coach.domain.status.history import Comfort
from coach.domain.triage.answers import MOST_POINTS
from coach.errors import CoachError
from coach.home import Home
from coach.records.lock import FileLock
from coach.words import Words
from coach.words.system import error_text

Mode = Literal["refused", "offer", "intro", "run", "pain", "where", "choose", "comfort", "closing"]
PLACES = ("behind-knee", "thigh", "calf", "elsewhere")
RECORDS = "records-"
"""How the names of the files begin that a record changes; a session writes other files all the time."""
COMFORTS: tuple[Comfort, ...] = ("pleasant", "neutral", "uncomfortable")


class Choice(NamedTuple):
    """One line that can be chosen by its key, with the arrows, or with the mouse."""

    id: str
    key: str
    text: str


class Flow:
    """One session, from the page before it to the page after it."""

    def __init__(
        self,
        home: Home,
        words: Words,
        now: Callable[[], datetime],
        *,
        ticks: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        routine: str | None = None,
        by: By = "ui",
    ) -> None:
        """Offer to go on with what broke off, or show what comes.

        ``ticks`` is the monotonic clock in seconds, ``wall`` the wall clock: where they part, the machine slept.
        """
        self.home = home
        self.words = words
        self.now = now
        self.ticks = ticks
        self.wall = wall
        self.by = by
        self.mode: Mode = "refused"
        self.refusal = ""
        self.reasons: list[str] = []
        """Why the knee rests, where it does."""
        self.error: CoachError | None = None
        """Why no session may begin."""
        self.guided: GuidedSession | None = None
        self.marked = 0
        self.typed = ""
        self.pain: int | None = None
        self.cause: Literal["done", "stopped", "paused"] = "done"
        self.changes: tuple[Tomorrow, ...] = ()
        self.trouble = ""
        """A sentence that says what could not be kept."""
        self._easier: tuple[str, int] | None = None
        self._apart = wall() - ticks()
        self._revision = home.revision(RECORDS)
        self._routine = routine
        self._held: FileLock | None = None
        self._open()

    def _open(self) -> None:
        try:
            with claimed(self.home, self.by, self.now()):
                left = actions.left_open(self.home, self.now(), self._routine)
                self.guided = left or actions.ready(self.home, self.now(), self._routine, self.by)
            self._turn("offer" if left else "intro")
            self._found = self.home.records.state(STATE)
        except CoachError as error:
            self._refuse(error)

    def _refuse(self, error: CoachError) -> None:
        self.mode, self.guided = "refused", None
        self.error = error
        self.refusal = error_text(error, self.words)
        self.reasons = self._reasons()

    def _claim(self) -> bool:
        """Take the session for this process; where another led one since, look anew."""
        try:
            self._held = claim(self.home, self.by, self.now())
        except CoachError as error:
            self._refuse(error)
            return False
        if self.home.records.state(STATE) == self._found:
            return True
        self.close()
        self._open()
        return False

    def close(self) -> None:
        """Let another session begin."""
        if self._held:
            self._held.release()
            self._held = None

    def _reasons(self) -> list[str]:
        """Return why the knee rests, and until when; empty where that is not what keeps a session from beginning."""
        from coach.words.status import status_lines

        home, now = self.home, self.now()
        status = status_now(home, now)
        if status.activity != "pause":
            return []
        return status_lines(status, self.words, home.content.rules, home.profile.region, now)

    @property
    def run(self) -> SessionRun | None:
        """The session under way."""
        return self.guided.run if self.guided else None

    @property
    def moves(self) -> bool:
        """Whether the clock runs."""
        return self.mode == "run" and self.run is not None and self.run.state in ("running", "easing")

    # -- the clock ----------------------------------------------------------------------------------------------

    def beat(self) -> None:
        """Look at the clock: a phase may be over, or the person may have been away."""
        if not self.moves or self.run is None:
            return
        ticks = self.ticks()
        slept = self.wall() - ticks - self._apart
        self._apart += slept
        run = self.run
        if abs(slept) > AWAY_S and run.state == "running":
            self._take(replace(run.pause(ticks), away=True))
        else:
            self._take(run.tick(ticks))

    def noticed(self) -> bool:
        """Tell whether anything was recorded since the last look; cheap."""
        before, self._revision = self._revision, self.home.revision(RECORDS)
        return before != self._revision

    def look_again(self) -> None:
        """Let the next look notice something: what was recorded couldn't be read."""
        self._revision = ""

    def decision_of_now(self) -> tuple[Step, ...] | None:
        """Return the steps that what was recorded meanwhile still allows; None where it ends the session."""
        if self.guided is None or actions.ends(self.home, self.guided, self.now()):
            return None
        return actions.allowed_steps(self.home, self.guided.run, self.now())

    def follow(self, steps: tuple[Step, ...] | None) -> None:
        """Go on with what is still allowed, or ease out and end where nothing is."""
        if not self.run or self.mode != "run":
            return
        run = self.run.follow(self.ticks(), steps) if steps is not None else self.run.end(self.ticks())
        if steps is None or (run.state == "over" and self.run.state != "over"):
            self.cause = "paused"
        self._take(run)

    # -- what a person does -------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin, or go on."""
        if self.guided and self.mode in ("intro", "offer") and self._claim():
            if not self.guided.run.reached:
                self.guided = replace(self.guided, started=self.now())
            self._turn("run")
            self._take(self.guided.run.start(self.ticks()))

    def pause(self) -> None:
        """Stand still, or go on."""
        if self.run and self.mode == "run":
            ticks = self.ticks()
            self._apart = self.wall() - ticks
            self._take(self.run.pause(ticks) if self.run.state == "running" else self.run.resume(ticks))

    def next(self) -> None:
        """Go to the next side or stretch."""
        if self.run and self.mode == "run":
            self._take(self.run.next(self.ticks()))

    def back(self) -> None:
        """Begin this side anew, or go to the one before."""
        if self.run and self.mode == "run":
            self._take(self.run.back(self.ticks()))

    def hurt(self) -> None:
        """Ease out at once; the questions follow."""
        if self.run and self.mode == "run":
            self._take(self.run.hurt(self.ticks()))

    def stop(self) -> bool:
        """End here; return True where the page may close."""
        if self.guided is None or self.mode in ("refused", "offer", "intro", "closing"):
            return True
        if self.mode == "run":
            self.cause = "stopped"
            self._take(self.guided.run.stop(self.ticks()))
        elif self.mode in ("comfort", "choose"):
            self._finish(None)
        else:
            self._note_hurt(None)
            self._finish(None)
        return False

    def type(self, digit: str) -> None:
        """Type a digit of the pain number; one that makes no number of 0 to 10 begins anew."""
        both = self.typed + digit
        self.typed = both if both.lstrip("0") == both and int(both) <= MOST_POINTS else digit

    def mark(self, by: int) -> None:
        """Move the mark over the choices."""
        self.marked = min(max(self.marked + by, 0), max(len(self.options()) - 1, 0))

    def take(self) -> None:
        """Take what is marked, or what was typed."""
        if self.mode == "pain":
            self.choose(self.typed)
        elif options := self.options():
            self.choose(options[self.marked].id)

    def choose(self, chosen: str) -> None:
        """Take one of the choices of this page."""
        match self.mode, chosen:
            case "offer", "go-on":
                self.start()
            case "offer", "anew":
                self._anew()
            case "pain", _:
                self.pain = int(chosen) if chosen else None
                self._turn("where")
            case "where", _:
                self._note_hurt(chosen if chosen in PLACES else None)
            case "choose", _:
                self._go_on(chosen)
            case "comfort", _:
                self._finish(next((comfort_choice for comfort_choice in COMFORTS if comfort_choice == chosen), None))
            case _:
                pass

    def options(self) -> list[Choice]:
        """Return what can be chosen on this page."""
        words = self.words
        names: list[tuple[str, str]] = []
        if self.mode == "offer":
            names = [("go-on", words("session.offer.go-on")), ("anew", words("session.command.anew.name"))]
        elif self.mode == "where":
            names = [
                *((place, words(f"session.hurt.place.{place}")) for place in PLACES),
                ("skip", words("session.skip")),
            ]
        elif self.mode == "comfort":
            names = [
                *((comfort, words(f"session.after.{comfort}")) for comfort in COMFORTS),
                ("skip", words("session.skip")),
            ]
        elif self.mode == "choose":
            names = self._ways_on()
        return [Choice(name, str(number), text) for number, (name, text) in enumerate(names, 1)]

    def _ways_on(self) -> list[tuple[str, str]]:
        names = []
        if self.guided and actions.may_go_on(self.pain):
            if self._easier:
                stretch = self.home.content.stretches[self._easier[0]]
                names.append(("easier", self.words("session.hurt.easier", stretch=self.words.pick(stretch.name))))
            if any(phase.stretch != self.guided.stretch for phase in self.guided.run.phases[self.guided.run.at :]):
                names.append(("without", self.words("session.hurt.without")))
        return [*names, ("end", self.words("session.hurt.end"))]

    # -- inside -------------------------------------------------------------------------------------------------

    def _turn(self, mode: Mode) -> None:
        self.mode, self.marked, self.typed = mode, 0, ""

    def _take(self, run: SessionRun) -> None:
        """Take the next state; where something changed, it is kept."""
        assert self.guided is not None
        before = self.guided.run
        self.guided = replace(self.guided, run=run)
        if run.state == "asking" and self.mode == "run":
            self._turn("pain")
        elif run.state == "over" and self.mode == "run":
            self._over()
        if (run.at, run.state) != (before.at, before.state) and self.mode != "closing":
            self._keep()

    def _over(self) -> None:
        held = any(step.reps for step in self.guided.run.done_steps()) if self.guided else False
        if held and self.cause != "paused" and self.guided and not self.guided.hurt:
            self._turn("comfort")
        else:
            self._finish(None)

    def _anew(self) -> None:
        if self.guided and self._claim():
            actions.settle(self.home, self.guided)
            self.close()
            self._open()

    def _note_hurt(self, where: str | None) -> None:
        assert self.guided is not None
        with self._trouble():
            self._easier = None
            easier = actions.easier(self.home, self.guided, self.now())
            self.guided, _ = actions.note_hurt(self.home, self.guided, self.now(), self.pain, where)
            self._easier = (easier[0].id, easier[1]) if easier else None
        self._turn("choose")
        self._keep()

    def _go_on(self, chosen: str) -> None:
        assert self.guided is not None
        ticks = self.ticks()
        if chosen == "easier" and self._easier:
            stretch = self.home.content.stretches[self._easier[0]]
            run = self.guided.run.take_easier(ticks, stretch, self._easier[1], self.guided.pace)
        elif chosen == "without":
            run = self.guided.run.leave_out(ticks)
        else:
            self._finish(None)
            return
        self.pain = None
        self._turn("run")
        self._take(run)

    def _finish(self, comfort: Comfort | None) -> None:
        assert self.guided is not None
        with self._trouble():
            actions.finish(self.home, self.guided, self.now(), comfort)
            self.changes = actions.tomorrow(self.home, self.guided, self.now())
        self.close()
        self._turn("closing")

    def _keep(self) -> None:
        assert self.guided is not None
        with self._trouble():
            self.guided = actions.keep(self.home, self.guided, self.now())

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        """Turn what could not be kept into a sentence, so that a full disk does not end a stretch."""
        self.trouble = ""
        try:
            yield
        except CoachError as error:
            self.trouble = error_text(error, self.words)
