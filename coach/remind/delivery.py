"""Showing one slot exactly once: claimed in the log before, its outcome after, and nothing called shown on a guess."""

import logging
from datetime import datetime, timedelta

from msgspec.structs import replace

from coach import clock
from coach.actions.reminders.log import claim_row, read_rows, write_rows
from coach.actions.reminders.settings import all_reminders
from coach.domain.reminders.due import Delivery
from coach.domain.reminders.reminder import CHANNELS, ChannelName
from coach.domain.reminders.slots import Slot, reminder_text
from coach.errors import CoachError
from coach.home import Home
from coach.remind.channels import Channel, NoServer, Popup, Server, Shown, show_by
from coach.remind.channels.plyer import Plyer
from coach.remind.channels.terminal import Ring, Terminal
from coach.remind.wording import reminder_popup

log = logging.getLogger("coach.agent")
AGAIN = timedelta(seconds=15)
"""A failed popup is tried again after this, and ever less often."""
HELD_AGAIN = timedelta(seconds=30)


class PopupDelivery:
    """The channels, what is on the screen, and the log of what became of each slot."""

    def __init__(self, home: Home, ring: Ring | None = None) -> None:
        """Show to the person of ``home``; ``ring`` shows in an open terminal."""
        self.home = home
        self.desktop = notification_server()
        self.channels: dict[ChannelName, Channel] = {
            "desktop": self.desktop, "plyer": Plyer(), "terminal": Terminal(ring),
        }  # fmt: skip
        self.on_screen: dict[int, Delivery] = {}
        self.trouble: str | None = None
        """What the last try failed of; None where it went well."""
        self.last_channel: str | None = None
        self._unanswered: dict[int, Delivery] = {}
        self._unsaved: dict[str, Delivery] = {}
        """What could not be kept (a full disk): kept in mind, and tried again."""

    def rows(self, since: datetime | None) -> dict[str, Delivery]:
        """Return the log, with what could not be kept laid over it."""
        return read_rows(self.home, since) | self._unsaved

    def note(self, *rows: Delivery) -> None:
        """Keep rows; where that fails, keep them in mind, so that nothing comes twice in this life."""
        waiting = (self._unsaved | {row.id: row for row in rows}).values()
        try:
            write_rows(self.home, *waiting)
        except CoachError as error:
            log.warning("the log of reminders could not be kept: %s", error.key)
            self._unsaved = {row.id: row for row in waiting}
            raise
        self._unsaved.clear()

    def remember(self, rows: dict[str, Delivery]) -> None:
        """Know the popups of an earlier life, whose buttons may still be pressed."""
        self.on_screen = {row.number: row for row in rows.values() if row.number and row.outcome == "shown"}

    def show(self, slot: Slot, known: Delivery | None, untold: int, now: datetime) -> Delivery | None:
        """Show ``slot``, and return what became of it; None where another had claimed it."""
        text = known.text if known and known.text else reminder_text(all_reminders(self.home), slot.reminder)
        claim = Delivery(
            id=slot.id, reminder=slot.reminder, kind=slot.kind, due=slot.due, noted=now, outcome="claimed",
            text=known.text if known else None,
        )  # fmt: skip
        if not self._claim(claim, known):
            return None
        popup = reminder_popup(self.home, slot.kind, text, now, untold)
        for number in [number for number, row in self.on_screen.items() if row.reminder == slot.reminder]:
            self.desktop.close(number)
            del self.on_screen[number]
        return self._settle(claim, slot.until, self.send(popup))

    def send(self, popup: Popup) -> Shown:
        """Show ``popup`` by the channel of the settings."""
        shown = show_by(self.channels, channel_setting(self.home), popup)
        self.trouble = None if shown.channel else shown.detail or shown.why
        if shown.channel:
            self.last_channel = shown.channel
        return shown

    def delivered(self, serial: int, number: int) -> None:
        """Take in an answer that came late."""
        if row := self._unanswered.pop(serial, None):
            self.keep(self._shown(row, Shown(channel="desktop", number=number)))

    def server_gone(self) -> None:
        """Try again what a server took without an answer: it went with it."""
        lost, self._unanswered = list(self._unanswered.values()), {}
        self.on_screen.clear()
        for row in lost:
            self.keep(replace(row, outcome="failed", why="not-delivered", retry_at=clock.now(), noted=clock.now()))

    def _claim(self, claim: Delivery, known: Delivery | None) -> bool:
        try:
            if known is None:
                return claim_row(self.home, claim)
            write_rows(self.home, claim)
        except CoachError as error:
            log.warning("a reminder could not be claimed: %s", error.key)
            self._unsaved[claim.id] = claim
        return True

    def _settle(self, claim: Delivery, until: datetime, shown: Shown) -> Delivery:
        now = clock.now()
        if shown.channel:
            row = self._shown(claim, shown)
        elif shown.why == "do-not-disturb":
            row = replace(claim, outcome="held", why=shown.why, retry_at=now + HELD_AGAIN, noted=now)
        elif shown.why == "no-answer":
            row = replace(claim, outcome="failed", why=shown.why, noted=now)
            self._unanswered[shown.serial] = row
        else:
            again = now + max(AGAIN, (now - claim.due) / 10)
            retry = again if again <= until else None
            row = replace(claim, outcome="failed", why="not-delivered", detail=shown.detail, retry_at=retry, noted=now)
        log.info("%s %s: %s%s", row.kind, f"{row.due:%H:%M}", row.outcome, f" ({row.why})" if row.why else "")
        self.keep(row)
        return row

    def _shown(self, claim: Delivery, shown: Shown) -> Delivery:
        now = clock.now()
        row = replace(
            claim, outcome="shown", shown_at=now, channel=shown.channel, number=shown.number, noted=now,
            why=None, detail=None, retry_at=None,
        )  # fmt: skip
        if shown.number:
            self.on_screen[shown.number] = row
        return row

    def keep(self, *rows: Delivery) -> None:
        """Keep rows, or go on with them in mind: a full disk must not hold a popup back."""
        try:
            self.note(*rows)
        except CoachError as error:
            self.trouble = error.key


def notification_server() -> Server:
    """Return the desktop's notification server, where this system has one that we speak to."""
    try:
        from coach.remind.channels.desktop import Desktop
    except ImportError:  # jeepney is installed on Linux alone
        return NoServer()
    return Desktop()


def channel_setting(home: Home) -> str:
    """Return the channel to use: ``COACH_NOTIFY`` where it names one, else the settings."""
    import os

    named = os.environ.get("COACH_NOTIFY", "")
    return named if named in ("auto", *CHANNELS) else home.profile.notify
