"""What a pressed button does, with the screen closed: lead a break, call again, or note that it hurts."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from coach import clock
from coach.actions.exercise.session import SessionEnd
from coach.actions.exercise.session_lock import claim
from coach.actions.reminders.snooze import snooze
from coach.domain.reminders.due import Delivery
from coach.errors import CoachError
from coach.records.lock import FileLock
from coach.remind.channels import Action
from coach.remind.delivery import PopupDelivery
from coach.remind.popup_break import Break, begin, cue_popup, plan_break
from coach.remind.wording import hurts_answer_key, plain_popup
from coach.words.guide import Kind

if TYPE_CHECKING:
    from coach.voice import Tones

log = logging.getLogger("coach.agent")
OpenReminder = Callable[[str], bool]
"""Opens what a kind of reminder is about on an open screen; False where it cannot."""
QUESTIONS_FIRST = ("never", "away-28")
"""Reasons to ask the list of signs before any exercise."""


class Buttons:
    """Answers buttons, and leads the break that one of them began."""

    def __init__(self, delivery: PopupDelivery, open_screen: OpenReminder | None = None) -> None:
        """Answer with popups of ``delivery``; with a screen open, ``open_screen`` takes the start."""
        self.delivery = delivery
        self.home = delivery.home
        self._open_screen = open_screen
        self.led_break: Break | None = None
        """The break under way."""
        self._session_lock: FileLock | None = None
        self._tones: Tones | None = None

    def pressed(self, number: int, action: Action, monotonic: float) -> None:
        """Do what the button ``action`` of popup ``number`` says."""
        if self.led_break and number == self.led_break.number:
            self._hurts(monotonic)  # the popups of a break have this button alone
            return
        row = self.delivery.on_screen.pop(number, None)
        if row is None:
            return
        self.delivery.desktop.close(number)
        try:
            self._do(row, action, monotonic)
        except CoachError as error:
            log.warning("a button could not be answered: %s", error.key)

    def tick(self, monotonic: float) -> None:
        """Show what the break under way has to say now, and note it when it is over; let go of an ended player."""
        if self._tones:
            self._tones.works()
        led_break = self.led_break
        if led_break is None or led_break.next_at() > monotonic:
            return
        if self._paused():
            self._stop_for_safety(led_break, monotonic)
        elif cue := led_break.take(monotonic):
            result = self.delivery.send(cue_popup(self.home, cue, led_break.number))
            led_break.number = result.number or led_break.number
            self._sound(cue.kind)
        else:
            self._finish(led_break, monotonic)

    def next_at(self) -> float | None:
        """Return when the break goes on, on the monotonic clock."""
        return self.led_break.next_at() if self.led_break else None

    def close(self) -> None:
        """Leave no program running."""
        if self._tones:
            self._tones.close()

    def _do(self, row: Delivery, action: Action, monotonic: float) -> None:
        now = clock.now()
        if action == "later":
            snooze(self.home, now, row=row)
            return
        self.delivery.note(replace(row, outcome="acted", noted=now))
        if action == "hurts":
            self._hurts(monotonic)
        elif self._open_screen is None or not self._open_screen(row.kind):
            self._start(row, monotonic)

    def _start(self, row: Delivery, monotonic: float) -> None:
        if row.kind == "check-in":
            self.delivery.send(plain_popup(self.home, "after.open"))
            return
        now = clock.now()
        try:
            self._session_lock = claim(self.home, "popup", now)
        except CoachError:
            self.delivery.send(plain_popup(self.home, "after.under-way"))
            return
        try:
            self.led_break = self._planned_break(row.kind, now, monotonic)
        finally:
            if self.led_break is None:
                self._release_session()
        self.tick(monotonic)

    def _planned_break(self, kind: str, now: datetime, monotonic: float) -> Break | None:
        """Return the break to lead now; None where there is to be none, and a popup said why."""
        from coach.actions.exercise.session import left_open

        left_open(self.home, now)  # one that broke off while it hurt is noted now, and is a reason to rest
        status, routine = plan_break(self.home, kind, now)
        if routine is not None and status.may_start:
            return begin(self.home, routine, now, monotonic)
        key = "after.first" if status.ask_why in QUESTIONS_FIRST else "after.not-now"
        self.delivery.send(plain_popup(self.home, key))
        return None

    def _sound(self, kind: Kind) -> None:
        """Let a change be heard by those who do not look; a machine that plays no tone has the popup's own sound."""
        if not self.home.profile.sound:
            return
        if self._tones is None:
            from coach.voice import Tones  # most agents never lead a break

            self._tones = Tones(self.home, bell=lambda: None)
        self._tones.sound(kind)

    def _end_break(self, led_break: Break, monotonic: float, outcome: SessionEnd) -> None:
        """Lead no break any more, let another session begin, and record what was done."""
        self.led_break = None
        self._release_session()
        led_break.record(self.home, monotonic, outcome)

    def _release_session(self) -> None:
        """Let another session begin."""
        if self._session_lock:
            self._session_lock.release()
            self._session_lock = None

    def _hurts(self, monotonic: float) -> None:
        from coach.actions.status.hurt import hurts

        now, led_break = clock.now(), self.led_break
        if led_break:
            self._end_break(led_break, monotonic, "hurt")
            self.delivery.desktop.close(led_break.number)
        hurts(self.home, now, stretch=led_break.stretch() if led_break else None, by="popup")
        self.delivery.send(plain_popup(self.home, hurts_answer_key(self.home.profile)))

    def _finish(self, led_break: Break, monotonic: float) -> None:
        self._end_break(led_break, monotonic, "done")
        self.delivery.send(replace(plain_popup(self.home, "lead.done"), replaces=led_break.number))
        self._sound("end")

    def _paused(self) -> bool:
        from coach.actions.status.current import status_now

        return status_now(self.home, clock.now()).activity == "pause"

    def _stop_for_safety(self, led_break: Break, monotonic: float) -> None:
        """End the break: a decision changed under it."""
        self._end_break(led_break, monotonic, "stopped")
        self.delivery.send(replace(plain_popup(self.home, "after.not-now"), replaces=led_break.number))
