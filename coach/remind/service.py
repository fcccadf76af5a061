"""The owner of reminders: wakes, works out from the records what is due, shows it, and notes what became of it.

It holds no truth of its own. What it keeps in mind (popups on the screen, a break under way) may be lost at any time.
"""

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

from msgspec.structs import replace

from coach import clock
from coach.actions.ice import coming_calls, note_end_seen
from coach.actions.reminders.facts import LOOK_BACK, recorded_facts, settle, start_counting
from coach.actions.reminders.log import read_rows
from coach.agent.lease import SharedHome
from coach.domain.profile import reminders_of
from coach.domain.reminders.caller import left_to_another
from coach.domain.reminders.due import AgentFacts, DuePlan, evaluate, next_look, to_announce
from coach.domain.reminders.slots import ABSENCE, MOVING, Span, merged
from coach.errors import CoachError
from coach.home import Home
from coach.remind.agent_log import open_log
from coach.remind.background_sync import BackgroundSync
from coach.remind.buttons import Buttons, OpenReminder
from coach.remind.channels import Action
from coach.remind.channels.terminal import Ring
from coach.remind.clock_watch import ClockWatch
from coach.remind.delivery import PopupDelivery
from coach.remind.presence import Presence
from coach.remind.presence.absence import AbsenceTracker
from coach.remind.sounds import Sounds
from coach.remind.status_reporter import StatusReporter
from coach.remind.wake import HEARTBEAT_S, LoopScheduler, Waker

log = logging.getLogger("coach.agent")
SAFETY_FOR = timedelta(minutes=10)
"""For how long it is known whether there is a pause for safety, while no record changes."""
SETTLE_EVERY = timedelta(minutes=30)
AFTER_ERROR_S = 10.0
"""How long to wait after an unforeseen error."""
TYPING_S = 5.0
"""Who touched something within this is in the middle of it."""
GONE_AFTER_S = 60.0
"""A bus that was restarted is back sooner."""
BY_PERSON = 2
"""The protocol's reason of a popup that the person closed."""
BUTTONS_OF = timedelta(hours=12)
"""A popup of an earlier process may stand on the screen this long, and its buttons be pressed."""


class Service:
    """Reminders, while ``run`` runs: in the agent's process, or in a thread of the screen's."""

    def __init__(
        self, home: Home, by: str = "agent", *, ring: Ring | None = None, open_screen: OpenReminder | None = None,
        presence: Presence | None = None, holds_lock: Callable[[], bool] = lambda: True,
        with_session: bool = False,
    ) -> None:  # fmt: skip
        """Serve the person of ``home`` while ``holds_lock`` says so, and ``with_session`` no longer than their desktop.

        ``ring`` shows in an open terminal, ``open_screen`` starts on an open screen.
        """
        self._holds_lock = holds_lock
        self._with_session = with_session
        self.home = home
        self.by = by
        self._delivery = PopupDelivery(home, ring)
        self._sounds = Sounds(home)
        self._buttons = Buttons(self._delivery, self._sounds, open_screen)
        self._presence = presence or Presence()
        self._absence = AbsenceTracker()
        self._sync = BackgroundSync(home)
        self._shared = SharedHome(home.places, clock.now())
        self._touched: datetime | None = None
        """When somebody last touched this machine, where that can be told."""
        self._reporter = StatusReporter(home, self._delivery, self._buttons, self._sounds, self._shared)
        self._lost_since: float | None = None
        """Since when the session bus is gone, on the monotonic clock."""
        self._waker = Waker()
        self._scheduler = LoopScheduler()
        self._stopping = threading.Event()
        self._answers: deque[tuple[str, Action]] = deque()
        self._due = True
        """Whether to work out what is due at the next heartbeat."""
        self._slept = False
        self._revision: tuple[str, object] = ("", None)
        self._safety: tuple[tuple[str, object], datetime, bool] | None = None
        self._clocks = ClockWatch()
        self._absences: tuple[Span, ...] | None = None
        self._settled_at: datetime | None = None

    def answer(self, slot: str, action: Action) -> None:
        """Take what was chosen of a popup in a terminal, from another thread."""
        self._answers.append((slot, action))
        self._waker.wake()

    def stop(self) -> None:
        """End ``run``, from a signal or another thread."""
        self._stopping.set()
        self._waker.wake()

    def run(self, up: Callable[[], object] = lambda: None) -> None:
        """Serve until ``stop``; ``up`` is called when the first look is done."""
        open_log(self.home.places)  # nothing of this may print into a terminal or an open screen
        log.info("begun (%s, %d)", self.by, os.getpid())
        self._scheduler.start()
        try:
            self._guarded(self._begin)
            up()  # now, not before: whoever started the agent may ask it at once
            while not self._stopping.is_set() and self._holds_lock():
                self._guarded(self.beat)
                self._waker.wait(self._wait_s(), (self._delivery.desktop.fileno(),))
        finally:
            # Whatever ended the loop: no descriptor, player or half-made connection outlives it in an open screen.
            self._scheduler.shutdown(wait=False)
            self._sync.stop()
            self._shared.leave()
            self._waker.close()
            self._sounds.close()
            self._delivery.desktop.disconnect()
            log.info("ended (%s, %d)", self.by, os.getpid())

    def beat(self) -> None:
        """One heartbeat: clocks, messages, changed files, presence, and what is due."""
        # In this order: a sleep must be known before slots are judged, and a button pressed before its popup is closed.
        self._check_clocks()
        self._read_server_events()
        self._check_files()
        self._reporter.look(time.monotonic())
        self._end_with_session(time.monotonic())
        self._check_presence()
        self._check_others()
        self._scheduler.run_due()
        self._sounds.tick()
        self._buttons.tick(time.monotonic())
        if self._due:
            self._due = False
            self._show_due()

    def _begin(self) -> None:
        now = clock.now()
        start_counting(self.home, now)
        self._delivery.remember(read_rows(self.home, now - BUTTONS_OF))

    def _guarded(self, do: Callable[[], None]) -> None:
        """Do it; whatever goes wrong is logged and told by ``status``, and the service goes on."""
        try:
            do()
        except CoachError as error:
            self._after_error(error.key)
        except Exception as error:
            log.exception("unforeseen")
            self._after_error(type(error).__name__)

    def _after_error(self, trouble: str) -> None:
        log.warning("going on after: %s", trouble)
        self._reporter.write(trouble)
        self._due = True
        self._waker.wait(AFTER_ERROR_S)  # what fails at once would fail without end

    def _wait_s(self) -> float:
        """Return how long to wait: the heartbeat, or less where something comes before it."""
        waits = [HEARTBEAT_S]  # a timer would sleep through a suspend, and a clock that was set
        if (next_job := self._scheduler.run_due()) is not None:
            waits.append(next_job)
        if (next_cue := self._buttons.next_at()) is not None:
            waits.append(next_cue - time.monotonic())
        return 0.0 if self._due else max(min(waits), 0.0)

    # -- what there is to notice --------------------------------------------------------------------------------------

    def _check_clocks(self) -> None:
        """Notice a sleep of the machine, and a clock that was moved."""
        leap = self._clocks.leap()
        if leap is None:
            return
        log.info("the clock moved by %+.0f s", leap.seconds)
        self._due = True
        # Asleep, or set forward: the two cannot be told apart, and in neither did anybody sit at this screen meanwhile.
        self._slept = self._slept or leap.seconds >= ABSENCE.total_seconds()
        if leap.seconds >= max(self._absence.least, ABSENCE).total_seconds() and self._absence.least:
            zone = clock.zone()
            start, end = (datetime.fromtimestamp(at, zone) for at in (leap.before, leap.after))
            self._add_absence(Span(start.replace(microsecond=0), end.replace(microsecond=0)))

    def _read_server_events(self) -> None:
        """Take in what the notification server told, and what was chosen in a terminal."""
        # What they change is in the records, where ``_check_files`` notices it.
        while self._answers:
            slot, action = self._answers.popleft()
            self._buttons.answered(slot, action, time.monotonic())
        for event in self._delivery.desktop.events():
            if event.what == "pressed" and event.action:
                self._buttons.pressed(event.number, event.action, time.monotonic())
            elif event.what == "closed":
                self._closed(event.number, event.reason)
            elif event.what == "delivered":
                self._delivery.delivered(event.serial, event.number)
            elif event.what == "server-gone":
                self._delivery.server_gone()
                self._reporter.check_soon()
                self._due = True

    def _closed(self, number: int, reason: int) -> None:
        """Take in that a popup is gone; one that the person closed was seen."""
        if reason != BY_PERSON:
            self._delivery.closed(number)
        elif (row := self._delivery.seen(number)) and row.kind == "ice-end":
            note_end_seen(self.home, row.due, clock.now())

    def _end_with_session(self, monotonic: float) -> None:
        """End once the session bus has been gone for a while: whoever logs in again starts an agent that is seen."""
        if not self._delivery.desktop.lost:
            self._lost_since = None
        elif self._lost_since is None:
            self._lost_since = monotonic
        elif self._with_session and monotonic - self._lost_since >= GONE_AFTER_S:
            log.info("the session bus is gone")
            self.stop()

    def _check_files(self) -> None:
        """Notice settings, records and pauses that another program changed, and a journey to another zone."""
        # Looked at, not watched: a few stat calls a heartbeat cost less than inotify, and work on every file system.
        revision = (self.home.revision(), clock.zone_revision())
        self._sync.look(time.monotonic(), changed=revision != self._revision)
        if revision != self._revision:
            self._revision = revision
            # A break that somebody took by themselves is in the records as an absence that just ended.
            recorded = recorded_facts(self.home, clock.now()).absences
            self._absences = merged((*(self._absences or ()), *recorded))
            self._absence.least = timedelta(minutes=self.home.profile.away_min)
            self._due = True

    def _check_presence(self) -> None:
        monotonic = time.monotonic()
        if not self._presence.due(monotonic):
            return
        before = self._absence.idle_since
        idle_s = self._presence.look(monotonic)
        self._touched = None if idle_s is None else clock.now() - timedelta(seconds=idle_s)
        if not self._absence.least:
            idle_s = None  # the person does not want to be taken for away
        ended = self._absence.see(clock.now(), idle_s)  # the clock after the answer, which may have taken its time
        if ended:
            self._add_absence(ended)
        if before != self._absence.idle_since:
            self._due = True

    def _check_others(self) -> None:
        """Notice agents of other machines over one carried home: one of them calls."""
        if self._shared.look(time.monotonic(), clock.now(), self._touched):
            log.info("this machine calls" if self._shared.calls else "another machine calls")
            self._due = True

    def _is_typing(self) -> bool:
        """Tell whether something was touched a moment ago; where that cannot be told, nobody types."""
        idle_s = self._presence.look(time.monotonic())
        return idle_s is not None and idle_s < TYPING_S

    def _add_absence(self, span: Span) -> None:
        self._absences = merged((*self._recent_absences(), span))
        self._settled_at = None  # keep it now: killed before the next time, the next process must know of it
        self._due = True

    def _recent_absences(self) -> tuple[Span, ...]:
        if self._absences is None:
            self._absences = recorded_facts(self.home, clock.now()).absences
        return self._absences

    # -- what is due --------------------------------------------------------------------------------------------------

    def _show_due(self) -> None:
        """Work out what is due, log what is to be logged, show what is to be shown."""
        zone = clock.zone()
        now = clock.now().astimezone(zone)
        facts = self._facts(now)
        rows = self._delivery.rows(min(facts.settled_until or now, now) - LOOK_BACK)
        reminders = reminders_of(self.home.profile)
        plan = evaluate(reminders, rows, facts, zone, now)
        if any(slot.kind in MOVING for slot in plan.show) and self._is_typing():
            plan = evaluate(reminders, rows, replace(facts, typing=True), zone, now)
        if not self._shared.calls:
            plan = left_to_another(plan)
        if plan.rows:
            self._delivery.keep(*plan.rows)
        unreported = plan.unreported
        for slot in plan.show:
            row = self._delivery.show(slot, rows.get(slot.id), unreported, clock.now())
            if row and row.outcome == "shown":
                unreported = 0
            if row and slot.kind == "ice-end":
                self._sounds.play("end")  # heard also where no popup can be shown, or none is seen
        self._delivery.close_ended(facts.one_off)
        self._delivery.close_done(facts.done, zone)
        if coming := to_announce(reminders, self._delivery.rows(now - LOOK_BACK), facts, zone, now):
            self._delivery.announce(coming)
        if self._shared.calls:
            self._settle(plan, now)
        self._scheduler.call_at(self._next_look(plan, zone, now), self._look_again)
        self._reporter.write()

    def _facts(self, now: datetime) -> AgentFacts:
        ongoing = self._absence.ongoing(now)
        absences = tuple(span for span in self._recent_absences() if span.end <= now)
        return replace(
            recorded_facts(self.home, now),
            absences=merged((*absences, *([ongoing] if ongoing else ()))),
            idle_since=None if ongoing or self._absence.least > ABSENCE else self._absence.idle_since,
            safety_pause=self._safety_pause(now),
            slept=self._slept,
            one_off=coming_calls(self.home, now),
        )

    def _safety_pause(self, now: datetime) -> bool:
        """Tell whether there is a pause for safety; worked out anew when records changed, and now and then."""
        # A year of records is read for it, which every heartbeat cannot pay; a pause that ends by the clock is seen to
        # have ended within SAFETY_FOR.
        if self._safety and self._safety[0] == self._revision and abs(now - self._safety[1]) < SAFETY_FOR:
            return self._safety[2]
        from coach.actions.status.current import status_now

        paused = status_now(self.home, now).activity == "pause"
        self._safety = (self._revision, now, paused)
        return paused

    def _next_look(self, plan: DuePlan, zone: tzinfo, now: datetime) -> datetime | None:
        """Return when to look again: popups just shown or failed may have changed what comes next."""
        if not plan.show:
            return plan.next_at
        rows = self._delivery.rows(now - LOOK_BACK)
        return next_look(reminders_of(self.home.profile), rows, self._facts(now), zone, now)

    def _settle(self, plan: DuePlan, now: datetime) -> None:
        """Keep until when all is logged: after something happened, and now and then."""
        # Written at each look it would be 40,000 writes a day; the time before counts after a clock was set back.
        last = self._settled_at
        if plan.rows or plan.show or last is None or not timedelta(0) <= now - last < SETTLE_EVERY:
            ended = (span for span in self._recent_absences() if span.end <= now)
            self._absences = settle(self.home, plan.settled_until, ended)
            self._settled_at = now
        self._slept = False

    def _look_again(self) -> None:
        self._due = True
