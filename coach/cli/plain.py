"""A session as lines: what is said at each milestone, flushed at once; for screen readers, pipes and small terminals.

At a terminal a typed line is heard: ``h`` it hurts, ``p`` pause and on, ``n`` next, ``b`` back, ``q`` end. Ctrl-C ends
kindly. Without a terminal nothing is asked.
"""

import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from math import ceil

from coach.actions.exercise.session_flow import Flow
from coach.cli import output
from coach.cli.context import CommandContext
from coach.domain.exercise.phases import seconds
from coach.full_width import narrow
from coach.words.guide import Guide
from coach.words.session_end import closing
from coach.words.stretch import nevers

ASKED = {"where": "session.hurt.where", "choose": "session.hurt.what-now", "comfort": "session.after.question"}
"""What the pages of a session ask, in the sentences of the screen."""
LOOK_S = 0.25
"""Seconds between two looks at the clock."""
WATCH_S = 1.0
"""Seconds between two looks at the records."""


class Plain:
    """One session in lines."""

    def __init__(
        self,
        context: CommandContext,
        routine: str | None,
        *,
        ticks: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """Lead ``routine``, or today's; ``ticks`` and ``wait`` are the clock."""
        self.context = context
        self.words = context.words
        self.ticks = ticks
        self.wait = wait
        self.flow = Flow(context.home, context.words, context.now, ticks=ticks, routine=routine, by="plain")
        self.guide = Guide(context.words, context.home.content.stretches)
        self.asks = sys.stdin.isatty()
        self._typed: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._watched = ticks()
        self._told_of_input_method = False

    def run(self) -> int:
        """Lead the session to its end and return the exit status."""
        flow = self.flow
        if flow.error is not None:
            raise flow.error
        if self.asks:
            threading.Thread(target=self._listen, daemon=True).start()
        with _ended_kindly():
            try:
                self._begin()
                self._lead()
            except KeyboardInterrupt:
                self._stop()
            except BrokenPipeError:
                self._leave()
                raise
            finally:
                flow.close()
        if flow.trouble:
            self.context.complain(flow.trouble)
            return 1
        return 0

    # -- the way ------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        flow = self.flow
        assert flow.guided is not None
        name = self.words.pick(self.context.home.content.routines[flow.guided.routine].name)
        minutes = ceil(seconds(flow.guided.run.phases[flow.guided.run.at :]) / 60)
        self.say(self.words("start.begins", name=name, length=self.words("session.intro.length", n=minutes)))
        self.say(self.words("start.keys" if self.asks else "start.ctrl-c"))
        steps = tuple(dict.fromkeys(phase.stretch for phase in flow.guided.run.phases[flow.guided.run.at :]))
        for line in self.guide.introduce(steps):
            self.say(line)
        for never in nevers(steps, flow.guided.routine, self.words, self.context.home.content):
            self.say(never)
        if flow.mode == "offer":
            self._say_offer()
        while flow.mode in ("intro", "offer"):
            flow.start()
        if flow.error is not None:
            raise flow.error

    def _say_offer(self) -> None:
        assert self.flow.run is not None
        phase = self.flow.run.phases[self.flow.run.at]
        stretch = self.words.pick(self.context.home.content.stretches[phase.stretch].name)
        self.say(self.words("start.goes-on", stretch=stretch, side=self.words(f"session.side.{phase.side}")))

    def _lead(self) -> None:
        while self.flow.mode != "closing":
            if self.flow.mode == "run":
                self._tell()
                self._hear()
                self.wait(LOOK_S)
                self.flow.beat()
                self._watch()
                if self.flow.run and self.flow.run.away:
                    self.flow.pause()
            else:
                self._ask()
        self._tell()
        self._close()

    def _tell(self) -> None:
        if self.flow.run is not None:
            for milestone in self.guide.follow(self.flow.run, self.ticks()):
                self.say(milestone.text)

    def _watch(self) -> None:
        if self.ticks() - self._watched >= WATCH_S:
            self._watched = self.ticks()
            if self.flow.noticed():
                self.flow.follow(self.flow.decision_of_now())

    def _ask(self) -> None:
        """Ask what the page asks; without a terminal, leave it open."""
        self._tell()
        flow = self.flow
        if not self.asks:
            flow.stop()
            return
        self.say(self.words("hurts.how-much" if flow.mode == "pain" else ASKED[flow.mode]))
        for option in flow.options():
            self.say(f"{option.key}  {option.text}")
        answer = narrow(self._typed.get()).strip()
        chosen = next((option.id for option in flow.options() if option.key == answer), "skip")
        if flow.mode == "pain":
            chosen = answer if answer in {str(number) for number in range(11)} else ""
        elif flow.mode == "choose" and chosen == "skip":
            chosen = "end"
        flow.choose(chosen)

    def _close(self) -> None:
        assert self.flow.guided is not None
        for line in closing(
            self.words, self.context.home.content.stretches, self.flow.guided, self.flow.changes, self.flow.cause
        ):
            self.say(line)

    # -- what a person does -------------------------------------------------------------------------------------

    def _listen(self) -> None:
        with suppress(OSError, ValueError):
            while line := sys.stdin.readline():
                self._typed.put(line)

    def _hear(self) -> None:
        try:
            word = narrow(self._typed.get_nowait()).strip().casefold()
        except queue.Empty:
            return
        flow = self.flow
        does = {"h": flow.hurt, "p": flow.pause, "": flow.pause, "n": flow.next, "b": flow.back, "q": flow.stop}
        if act := does.get(word[:1]):
            act()
        elif not word.isascii() and not self._told_of_input_method:
            self._told_of_input_method = True
            self.say(self.words("ui.input-method"))

    def _stop(self) -> None:
        """End kindly: what was done is kept, and nothing is asked any more."""
        self._leave()
        with suppress(BrokenPipeError):
            self._tell()
            self._close()

    def _leave(self) -> None:
        while self.flow.mode != "closing" and not self.flow.stop():
            pass

    def say(self, text: str) -> None:
        """Say one line, at once."""
        self.context.say(text)
        output.flush()


@contextmanager
def _ended_kindly() -> Iterator[None]:
    """Let the signal that asks a program to end be as kind as Ctrl-C."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
