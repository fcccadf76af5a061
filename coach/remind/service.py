"""The owner of reminders: wakes, works out from the records what is due, shows it, and notes what became of it.

It holds no truth of its own. What it keeps in mind (popups on the screen, a break under way) may be lost at any time.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Literal

from msgspec.structs import replace

from coach import clock
from coach.actions.reminders.facts import LOOK_BACK, recorded_facts, settle, start_counting
from coach.actions.reminders.log import read_rows
from coach.agent.status import StatusNote
from coach.domain.profile import reminders_of
from coach.domain.reminders.due import AgentFacts, DuePlan, evaluate, next_look
from coach.domain.reminders.slots import ABSENCE, Slot, Span, merged
from coach.errors import CoachError
from coach.home import Home
from coach.remind.agent_log import open_log
from coach.remind.buttons import Opens, Pressing
from coach.remind.channels.terminal import Ring
from coach.remind.delivery import PopupDelivery
from coach.remind.ice import note_ended, slots_of_ice
from coach.remind.presence import Presence
from coach.remind.presence.absence import Watch
from coach.remind.wake import BEAT_S, LoopScheduler, Waker

log = logging.getLogger("coach.agent")
LEAP_S = 2.0
"""The wall clock that differs by so much from the monotonic one was moved, or the machine slept."""
SAFETY_FOR = timedelta(minutes=10)
"""For how long it is known whether a pause for safety stands, while no record changes."""
ACCOUNT_EVERY = timedelta(minutes=30)
TROUBLE_S = 10.0
"""How long to wait after an unforeseen error."""


class Service:
    """Reminders, while ``run`` runs: in the agent's process, or in a thread of the screen's."""

    def __init__(
        self, home: Home, by: Literal["agent", "ui"] = "agent", *, ring: Ring | None = None, opens: Opens | None = None,
        presence: Presence | None = None, status: Callable[[], bool] = lambda: True,
    ) -> None:  # fmt: skip
        """Serve the person of ``home`` while ``status`` says so.

        ``ring`` shows in an open terminal, ``opens`` starts on an open screen.
        """
        self._stands = status
        self.home = home
        self.by = by
        self._showing = PopupDelivery(home, ring)
        self._pressing = Pressing(self._showing, opens)
        self._presence = presence or Presence()
        self._watch = Watch()
        self._status = StatusNote(home.places)
        self._waker = Waker()
        self._scheduler = LoopScheduler(self._waker.knock)
        self._stopping = threading.Event()
        self._due = True
        self._slept = False
        self._revision: tuple[str, object] = ("", None)
        self._safety: tuple[tuple[str, object], datetime, bool] | None = None
        self._clocks = both_clocks()
        self._absences: tuple[Span, ...] | None = None
        self._accounted: datetime | None = None

    def stop(self) -> None:
        """End ``run``, from a signal or another thread."""
        self._stopping.set()
        self._waker.knock()

    def run(self, up: Callable[[], object] = lambda: None) -> None:
        """Serve until ``stop``; ``up`` is called when the first look is done."""
        open_log(self.home.places)  # nothing of this may print into a terminal or an open screen
        log.info("begun (%s, %d)", self.by, os.getpid())
        self._scheduler.start()
        try:
            self._guarded(self._first)
            up()
            while not self._stopping.is_set() and self._stands():
                self._guarded(self.beat)
                self._waker.wait(self._patience(), (self._showing.desktop.fileno(),))
        finally:
            self._scheduler.shutdown(wait=False)
            self._waker.close()
            self._pressing.close()
            log.info("ended (%s, %d)", self.by, os.getpid())

    def beat(self) -> None:
        """One heartbeat: clocks, messages, changed files, presence, and what is due."""
        self._look_at_clocks()
        self._hear()
        self._look_at_files()
        self._look_at_person()
        self._scheduler.run_due()
        self._pressing.tick(time.monotonic())
        if self._due:
            self._due = False
            self._turn()

    def _first(self) -> None:
        now = clock.now()
        start_counting(self.home, now)
        self._showing.remember(read_rows(self.home, now - timedelta(hours=12)))

    def _guarded(self, do: Callable[[], None]) -> None:
        """Do it; whatever goes wrong is logged and told by ``status``, and the service goes on."""
        try:
            do()
        except CoachError as error:
            self._go_on(error.key)
        except Exception as error:
            log.exception("unforeseen")
            self._go_on(type(error).__name__)

    def _go_on(self, trouble: str) -> None:
        log.warning("going on after: %s", trouble)
        self._status.keep(trouble=trouble, channel=self._showing.last_channel)
        self._due = True
        self._waker.wait(TROUBLE_S)

    def _patience(self) -> float:
        """Return how long to wait: the heartbeat, or less where something comes before it."""
        waits = [BEAT_S]
        if (job := self._scheduler.run_due()) is not None:
            waits.append(job)
        if (cue := self._pressing.next_at()) is not None:
            waits.append(cue - time.monotonic())
        return 0.0 if self._due else max(min(waits), 0.0)

    # -- what there is to notice --------------------------------------------------------------------------------------

    def _look_at_clocks(self) -> None:
        """Notice a sleep of the machine, and a clock that was moved."""
        before, self._clocks = self._clocks, both_clocks()
        leap = (self._clocks[0] - before[0]) - (self._clocks[1] - before[1])
        if abs(leap) < LEAP_S:
            return
        log.info("the clock moved by %+.0f s", leap)
        self._due = True
        self._watch.forget()
        if leap >= ABSENCE.total_seconds():
            self._slept = True
            zone = clock.zone()
            start, end = (datetime.fromtimestamp(at, zone) for at in (before[0], self._clocks[0]))
            self._away(Span(start.replace(microsecond=0), end.replace(microsecond=0)))

    def _hear(self) -> None:
        """Take in what the notification server told."""
        for event in self._showing.desktop.events():
            if event.what == "pressed" and event.action:
                self._pressing.pressed(event.number, event.action, time.monotonic())
                self._due = True
            elif event.what == "closed":
                self._showing.on_screen.pop(event.number, None)
            elif event.what == "delivered":
                self._showing.delivered(event.serial, event.number)
            elif event.what == "server-gone":
                self._showing.server_gone()
                self._due = True

    def _look_at_files(self) -> None:
        """Notice settings, records and rests that another program changed, and a journey to another zone."""
        revision = (self.home.revision(), clock.zone_revision())
        if revision != self._revision:
            self._revision = revision
            self._due = True

    def _look_at_person(self) -> None:
        mono = time.monotonic()
        if not self._presence.due(mono):
            return
        waited = self._watch.idle_since
        idle_s = self._presence.look(mono)
        away = self._watch.see(clock.now(), idle_s)  # the clock after the answer, which may have taken its time
        if away:
            self._away(away)
        if away or waited or self._watch.idle_since:
            self._due = self._due or bool(away) or waited != self._watch.idle_since

    def _away(self, span: Span) -> None:
        self._absences = merged((*self._known_absences(), span))
        self._accounted = None
        self._due = True

    def _known_absences(self) -> tuple[Span, ...]:
        if self._absences is None:
            self._absences = recorded_facts(self.home, clock.now()).absences
        return self._absences

    # -- what is due --------------------------------------------------------------------------------------------------

    def _turn(self) -> None:
        """Work out what is due, log what is to be logged, show what is to be shown."""
        zone = clock.zone()
        now = clock.now().astimezone(zone)
        facts = self._facts(now)
        window = self._showing.rows(min(facts.settled_until or now, now) - LOOK_BACK)
        plan = evaluate(reminders_of(self.home.profile), window, facts, zone, now)
        if plan.rows:
            self._showing.keep(*plan.rows)
        unreported = plan.unreported
        for slot in plan.show:
            row = self._showing.show(slot, window.get(slot.id), unreported, clock.now())
            if row and row.outcome == "shown":
                unreported = 0
            self._after(slot, row is not None and row.outcome == "shown", now)
        self._account(plan, now)
        self._scheduler.call_at(self._next(plan, zone, now), self._wake)
        self._status.keep(trouble=self._showing.trouble, channel=self._showing.last_channel)

    def _facts(self, now: datetime) -> AgentFacts:
        known = recorded_facts(self.home, now)
        ongoing = self._watch.ongoing(now)
        absences = tuple(span for span in self._known_absences() if span.end <= now)
        return replace(
            known,
            absences=merged((*absences, *([ongoing] if ongoing else ()))),
            idle_since=None if ongoing else self._watch.idle_since,
            safety_pause=self._pause_stands(now),
            slept=self._slept,
            one_off=slots_of_ice(self.home, now),
        )

    def _pause_stands(self, now: datetime) -> bool:
        """Tell whether a pause for safety stands; worked out anew when records changed, and now and then."""
        if self._safety and self._safety[0] == self._revision and abs(now - self._safety[1]) < SAFETY_FOR:
            return self._safety[2]
        from coach.actions.status.current import status_now

        status = status_now(self.home, now).activity == "pause"
        self._safety = (self._revision, now, status)
        return status

    def _after(self, slot: Slot, shown: bool, now: datetime) -> None:
        if shown and slot.kind == "ice-end":
            note_ended(self.home, slot, now)

    def _next(self, plan: DuePlan, zone: Any, now: datetime) -> datetime | None:
        """Return when to look again: popups just shown or failed may have changed what comes next."""
        if not plan.show:
            return plan.next_at
        facts = self._facts(now)
        window = self._showing.rows(now - LOOK_BACK)
        return next_look(reminders_of(self.home.profile), window, facts, zone, now)

    def _account(self, plan: DuePlan, now: datetime) -> None:
        """Keep until when all is logged: after something happened, and now and then."""
        last = self._accounted
        if plan.rows or plan.show or last is None or not timedelta(0) <= now - last < ACCOUNT_EVERY:
            ended = (span for span in self._known_absences() if span.end <= now)
            self._absences = settle(self.home, plan.settled_until, ended)
            self._accounted = now
        self._slept = False

    def _wake(self) -> None:
        self._due = True


def both_clocks() -> tuple[float, float]:
    """Return the wall clock and the monotonic clock of one moment: read again where one had to wait in between."""
    for _ in range(20):
        wall, mono, after = time.time(), time.monotonic(), time.time()
        if 0 <= after - wall < LEAP_S / 2:
            break
    return wall, mono
