"""What a pressed button does, with the screen closed: lead a break, call again, or note that it hurts."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from coach import clock
from coach.actions.exercise.session_lock import claim
from coach.actions.ice import note_end_seen
from coach.actions.reminders.snooze import snooze
from coach.agent.status import LedBy
from coach.domain.exercise.dose import Step
from coach.domain.reminders.due import Delivery
from coach.domain.reminders.slots import SlotKind
from coach.errors import CoachError
from coach.records.lock import FileLock
from coach.remind.channels import Action
from coach.remind.delivery import PopupDelivery
from coach.remind.sounds import Sounds
from coach.remind.wording import actions_of, hurts_answer_key, plain_popup, question_popup
from coach.words.guide import Kind

if TYPE_CHECKING:
    # Most of the day nobody has a break led: what leads one is loaded with the first.
    from coach.remind.popup_break import Break

log = logging.getLogger("coach.agent")
OpenReminder = Callable[[str], bool]
"""Opens what a kind of reminder is about on an open screen; False where it cannot."""
QUESTIONS_FIRST = ("never", "away-28")
"""Reasons to ask the list of signs before any exercise."""


class Buttons:
    """Answers buttons, and leads the break that one of them began."""

    def __init__(self, delivery: PopupDelivery, sounds: Sounds, open_screen: OpenReminder | None = None) -> None:
        """Answer with popups of ``delivery`` and tones; with a screen open, ``open_screen`` takes the start."""
        self.delivery = delivery
        self.home = delivery.home
        self._open_screen = open_screen
        self.led_break: Break | None = None
        """The break under way."""
        self._session_lock: FileLock | None = None
        self._sounds = sounds
        self._questions: dict[int | str, str | None] = {}
        """Popups that ask whether to note pain, by number or slot; and the stretch that was being done."""

    def pressed(self, number: int, action: Action, monotonic: float) -> None:
        """Do what the button ``action`` of popup ``number`` says."""
        try:
            if self.led_break and number == self.led_break.number:
                self._stop_and_ask(self.led_break, monotonic)  # the popups of a break have this button alone
            elif number in self._questions:
                self._answer_question(number, action)
                self.delivery.desktop.close(number)
            elif (row := self.delivery.on_screen.get(number)) and action in actions_of(row.kind):
                # Some servers tell of a click on any popup as if it had a default action.
                self.delivery.seen(number)
                self.delivery.desktop.close(number)
                self._do(row, action, monotonic)
        except CoachError as error:
            log.warning("a button could not be answered: %s", error.key)

    def answered(self, slot: str, action: Action, monotonic: float) -> None:
        """Do what was chosen in a terminal, where popups have no number."""
        try:
            if slot in self._questions:
                self._answer_question(slot, action)
            elif (row := self.delivery.in_terminal.pop(slot, None)) and action in actions_of(row.kind):
                self._do(row, action, monotonic)
        except CoachError as error:
            log.warning("a reminder could not be answered: %s", error.key)

    def lead_break(self, monotonic: float) -> LedBy | None:
        """Lead a minute at the desk that the person asked for; return where, None where nothing can lead it."""
        if self.led_break:
            return "popups"
        if self._open_screen is not None and self._open_screen("desk-break"):
            return "screen"
        if self.delivery.check().channel != "desktop":
            return None  # without popups that come one after the other nobody knows what to do when
        self._start("desk-break", monotonic)
        return "popups" if self.led_break else None

    def tick(self, monotonic: float) -> None:
        """Show what the break under way has to say now, and record it when it is over."""
        led_break = self.led_break
        if led_break is None or led_break.next_at() > monotonic:
            return
        led_break.follow(self.home, monotonic, self._allowed_steps(led_break))
        if led_break.fell_out:
            self._stop_for_safety(led_break, monotonic)
        elif cue := led_break.take(monotonic):
            from coach.remind.popup_break import cue_popup

            result = self.delivery.send(cue_popup(self.home, cue, led_break.number))
            led_break.number = result.number or led_break.number
            self._sound(cue.kind)
        else:
            self._finish(led_break, monotonic)

    def next_at(self) -> float | None:
        """Return when the break goes on, on the monotonic clock."""
        return self.led_break.next_at() if self.led_break else None

    def _do(self, row: Delivery, action: Action, monotonic: float) -> None:
        now = clock.now()
        if action == "later":
            snooze(self.home, now, row=row)
            return
        self.delivery.note(replace(row, outcome="acted", retry_at=None, noted=now))
        if action == "hurts":
            self._ask_before_noting(None)
        elif action == "done":
            if row.kind == "ice-end":
                note_end_seen(self.home, row.due, now)
        elif self._open_screen is None or not self._open_screen(row.kind):
            self._start(row.kind, monotonic)

    def _start(self, kind: SlotKind, monotonic: float) -> None:
        if kind == "check-in":  # numbers need a keyboard
            self.delivery.send(plain_popup(self.home, "after.open"))
            return
        now = clock.now()
        # Two sessions at once would count double, and each would go on while the other stopped for pain.
        try:
            self._session_lock = claim(self.home, "popup", now)
        except CoachError:
            self.delivery.send(plain_popup(self.home, "after.under-way"))
            return
        try:
            self.led_break = self._planned_break(kind, now, monotonic)
        finally:
            if self.led_break is None:
                self._release_session()
        self.tick(monotonic)

    def _planned_break(self, kind: str, now: datetime, monotonic: float) -> "Break | None":
        """Return the break to lead now; None where there is to be none, and a popup said why."""
        from coach.actions.exercise.session import left_open
        from coach.remind.popup_break import begin, plan_break

        left_open(self.home, now)  # one that broke off while it hurt is noted now, and is a reason to rest
        status, routine = plan_break(self.home, kind, now)
        if routine is not None and status.may_start:
            return begin(self.home, routine, now, monotonic)
        key = "after.first" if status.ask_why in QUESTIONS_FIRST else "after.not-now"
        self.delivery.send(plain_popup(self.home, key))
        return None

    def _sound(self, kind: Kind) -> None:
        """Let a change be heard by those who do not look."""
        if self.home.profile.sound:
            self._sounds.play(kind)

    def _end_break(self, led_break: "Break", monotonic: float) -> None:
        """Lead no break any more, let another session begin, and record what was done."""
        self.led_break = None
        self._release_session()
        led_break.record(self.home, monotonic)

    def _release_session(self) -> None:
        """Let another session begin."""
        if self._session_lock:
            self._session_lock.release()
            self._session_lock = None

    def _stop_and_ask(self, led_break: "Break", monotonic: float) -> None:
        """End the break at once, and ask whether to note pain."""
        self._end_break(led_break, monotonic)
        self.delivery.desktop.close(led_break.number)
        self._ask_before_noting(led_break.stretch())

    def _ask_before_noting(self, stretch: str | None) -> None:
        # The label is neutral on a shared screen, and a popup is easily pressed by mistake: what is noted here reaches
        # the doctor's page and rests the routine.
        popup = question_popup(self.home)
        result = self.delivery.send(popup)
        if result.channel:
            self._questions[result.number or popup.slot] = stretch

    def _answer_question(self, question: int | str, action: Action) -> None:
        from coach.actions.status.hurt import hurts

        stretch = self._questions.pop(question)
        if action == "yes":
            hurts(self.home, clock.now(), stretch=stretch, by="popup")
            self.delivery.send(plain_popup(self.home, hurts_answer_key(self.home.profile)))

    def _finish(self, led_break: "Break", monotonic: float) -> None:
        self._end_break(led_break, monotonic)
        self.delivery.send(replace(plain_popup(self.home, "lead.done"), replaces=led_break.number))
        self._sound("end")

    def _allowed_steps(self, led_break: "Break") -> tuple[Step, ...]:
        from coach.actions.exercise.session import allowed_steps
        from coach.actions.status.current import status_now

        now = clock.now()
        paused = status_now(self.home, now).activity == "pause"
        return () if paused else allowed_steps(self.home, led_break.run, now)

    def _stop_for_safety(self, led_break: "Break", monotonic: float) -> None:
        """End the break: a decision changed under it."""
        self._end_break(led_break, monotonic)
        self.delivery.send(replace(plain_popup(self.home, "after.not-now"), replaces=led_break.number))
