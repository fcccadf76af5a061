"""What a pressed button does, with the screen closed: lead a break, call again, or note that it hurts."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from coach import clock
from coach.actions.exercise.session_lock import claim
from coach.actions.reminders.snooze import snooze
from coach.domain.reminders.due import Delivery
from coach.errors import CoachError
from coach.records.lock import FileLock
from coach.remind.channels import Action
from coach.remind.delivery import PopupDelivery
from coach.remind.popup_break import Break, Outcome, begin, cue_popup, plan_break
from coach.remind.wording import hurt_key, plain_popup
from coach.words.guide import Kind

if TYPE_CHECKING:
    from coach.voice import Tones

log = logging.getLogger("coach.agent")
Opens = Callable[[str], bool]
"""Opens what a kind of reminder is about on an open screen; False where it cannot."""
NOT_YET = ("never", "away-28")


class Pressing:
    """Answers buttons, and leads the break that one of them began."""

    def __init__(self, showing: PopupDelivery, opens: Opens | None = None) -> None:
        """Answer with popups of ``showing``; with a screen open, ``opens`` takes the start."""
        self.showing = showing
        self.home = showing.home
        self._opens = opens
        self.led: Break | None = None
        self._held: FileLock | None = None
        self._tones: Tones | None = None

    def pressed(self, number: int, action: Action, mono: float) -> None:
        """Do what the button ``action`` of popup ``number`` says."""
        if self.led and number == self.led.number:
            self._hurts(mono)
            return
        row = self.showing.on_screen.pop(number, None)
        if row is None:
            return
        self.showing.desktop.close(number)
        try:
            self._do(row, action, mono)
        except CoachError as error:
            log.warning("a button could not be answered: %s", error.key)

    def tick(self, mono: float) -> None:
        """Show what the break under way has to say now, and note it when it is over; let go of an ended player."""
        if self._tones:
            self._tones.works()
        led = self.led
        if led is None or led.next_at() > mono:
            return
        if self._paused():
            self._stop_for_safety(led, mono)
        elif cue := led.take(mono):
            shown = self.showing.send(cue_popup(self.home, cue, led.number))
            led.number = shown.number or led.number
            self._sound(cue.kind)
        else:
            self._finish(led, mono)

    def next_at(self) -> float | None:
        """Return when the break goes on, on the monotonic clock."""
        return self.led.next_at() if self.led else None

    def _do(self, row: Delivery, action: Action, mono: float) -> None:
        now = clock.now()
        if action == "later":
            snooze(self.home, now, row=row)
            return
        self.showing.note(replace(row, outcome="acted", noted=now))
        if action == "hurts":
            self._hurts(mono)
        elif self._opens is None or not self._opens(row.kind):
            self._start(row, mono)

    def _start(self, row: Delivery, mono: float) -> None:
        if row.kind == "check-in":
            self.showing.send(plain_popup(self.home, "after.open"))
            return
        now = clock.now()
        try:
            self._held = claim(self.home, "popup", now)
        except CoachError:
            self.showing.send(plain_popup(self.home, "after.under-way"))
            return
        try:
            self.led = self._planned(row.kind, now, mono)
        finally:
            if self.led is None:
                self._let_go()
        self.tick(mono)

    def _planned(self, kind: str, now: datetime, mono: float) -> Break | None:
        """Return the break to lead now; None where there is to be none, and a popup said why."""
        from coach.actions.exercise.session import left_open

        left_open(self.home, now)  # one that broke off while it hurt is noted now, and is a reason to rest
        status, routine = plan_break(self.home, kind, now)
        if routine is not None and status.may_start:
            return begin(self.home, routine, now, mono)
        key = "after.first" if status.ask_why in NOT_YET else "after.not-now"
        self.showing.send(plain_popup(self.home, key))
        return None

    def _sound(self, kind: Kind) -> None:
        """Let a change be heard by those who do not look; a machine that plays no tone has the popup's own sound."""
        if not self.home.profile.sound:
            return
        if self._tones is None:
            from coach.voice import Tones

            self._tones = Tones(self.home, bell=lambda: None)
        self._tones.sound(kind)

    def close(self) -> None:
        """Leave no program running."""
        if self._tones:
            self._tones.close()

    def _end_break(self, led: Break, mono: float, outcome: Outcome) -> None:
        """Lead no break any more, let another session begin, and note what was done."""
        from coach.records import new_id

        self.led = None
        self._let_go()
        self.home.records.add(led.record(new_id(), mono, outcome))

    def _let_go(self) -> None:
        """Let another session begin."""
        if self._held:
            self._held.release()
            self._held = None

    def _hurts(self, mono: float) -> None:
        from coach.actions.status.hurt import hurts

        now, led = clock.now(), self.led
        if led:
            self._end_break(led, mono, "hurt")
            self.showing.desktop.close(led.number)
        hurts(self.home, now, stretch=led.stretch() if led else None, by="popup")
        self.showing.send(plain_popup(self.home, hurt_key(self.home.profile)))

    def _finish(self, led: Break, mono: float) -> None:
        self._end_break(led, mono, "done")
        self.showing.send(replace(plain_popup(self.home, "lead.done"), replaces=led.number))
        self._sound("end")

    def _paused(self) -> bool:
        from coach.actions.status.current import status_now

        return status_now(self.home, clock.now()).activity == "pause"

    def _stop_for_safety(self, led: Break, mono: float) -> None:
        """End the break: a decision changed under it."""
        self._end_break(led, mono, "stopped")
        self.showing.send(replace(plain_popup(self.home, "after.not-now"), replaces=led.number))
