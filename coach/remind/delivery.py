"""Showing one slot exactly once: claimed in the log before, its outcome after, and nothing called shown on a guess."""

import logging
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta, tzinfo

from msgspec.structs import replace

from coach import clock
from coach.actions.reminders.log import claim_row, read_rows, write_rows
from coach.actions.reminders.settings import all_reminders
from coach.domain.ice import END_CALLED_AGAIN, MOST_END_CALLS
from coach.domain.reminders.due import Delivery, done_by
from coach.domain.reminders.reminder import CHANNELS, ICE_ID, ChannelName
from coach.domain.reminders.slots import MOVING, Slot, SlotKind, make_slot, reminder_text
from coach.errors import CoachError
from coach.home import Home
from coach.remind.channels import (
    Channel,
    NoNotificationServer,
    NotificationServer,
    Popup,
    ShowResult,
    check_by,
    show_by,
)
from coach.remind.channels.plyer import PlyerChannel
from coach.remind.channels.terminal import Ring, TerminalChannel
from coach.remind.presence.busy import is_busy
from coach.remind.wording import notice_popup, reminder_popup

log = logging.getLogger("coach.agent")
RETRY_AFTER = timedelta(seconds=15)
"""A failed popup is tried again after this, and ever less often."""
RETRY_HELD_AFTER = timedelta(seconds=30)
AT_ONCE = timedelta(seconds=2)
"""A popup that a server closes within this was never on a screen for anybody to read."""


class PopupDelivery:
    """The channels, what is on the screen, and the log of what became of each slot."""

    def __init__(self, home: Home, ring: Ring | None = None, busy: Callable[[], bool] = is_busy) -> None:
        """Show to the person of ``home``; ``ring`` shows in an open terminal.

        ``busy`` tells of a call or a presentation, in which no break comes.
        """
        self.home = home
        self._busy = busy
        self.desktop = notification_server()
        # The foreground's terminal last: whoever sits elsewhere on the desktop does not see it.
        self.channels: dict[ChannelName, Channel] = {
            "desktop": self.desktop, "plyer": PlyerChannel(), "terminal": TerminalChannel(ring),
        }  # fmt: skip
        self.on_screen: dict[int, Delivery] = {}
        self.in_terminal: dict[str, Delivery] = {}
        """The last popup of each reminder that a terminal shows, by slot: terminals give no numbers."""
        self.trouble: str | None = None
        """What the last try failed of; None where it went well."""
        self.last_channel: str | None = None
        self._announced: tuple[str, int] = ("", 0)
        """The break that was announced last, and the number of that popup: the break comes in its place."""
        self._unanswered: dict[int, Delivery] = {}
        self._unsaved: dict[str, Delivery] = {}
        """What could not be kept (a full disk): kept in mind, and tried again."""

    def rows(self, since: datetime | None) -> dict[str, Delivery]:
        """Return the log, with what could not be kept laid over it."""
        return read_rows(self.home, since) | self._unsaved

    def note(self, *rows: Delivery) -> None:
        """Keep rows; where that fails, keep them in mind, so that nothing comes twice from this process."""
        unsaved = (self._unsaved | {row.id: row for row in rows}).values()
        try:
            write_rows(self.home, *unsaved)
        except CoachError as error:
            log.warning("the log of reminders could not be kept: %s", error.key)
            self._unsaved = {row.id: row for row in unsaved}
            raise
        self._unsaved.clear()

    def keep(self, *rows: Delivery) -> None:
        """Keep rows, or go on with them in mind: a full disk must not hold a popup back."""
        try:
            self.note(*rows)
        except CoachError as error:
            self.trouble = error.key

    def remember(self, rows: dict[str, Delivery]) -> None:
        """Know the popups of an earlier process, whose buttons may still be pressed where their server is still there.

        A server that was started anew has given their numbers to other programs' popups.
        """
        server = self.desktop.server()
        self.on_screen = {
            row.number: row
            for row in rows.values()
            if row.number and row.outcome == "shown" and server and row.server == server
        }

    def show(self, slot: Slot, row: Delivery | None, missed: int, now: datetime) -> Delivery | None:
        """Show ``slot``, and return what became of it; None where another process had claimed it.

        ``row`` is what the log has of it, ``missed`` how many slots the popup tells of that were missed.
        """
        if slot.kind in MOVING and self.home.profile.hold_busy and self._busy():
            return self._hold(slot, row, "busy", now)
        text = reminder_text(all_reminders(self.home), slot.reminder)
        claim = Delivery(
            id=slot.id, reminder=slot.reminder, kind=slot.kind, due=slot.due, noted=now, outcome="claimed",
            calls=row.calls if row else 0, snoozes=row.snoozes if row else 0,
            brought_back=row is not None and row.brought_back,
        )  # fmt: skip
        # Claimed on disk before it is shown: killed in between it does not come, the other way round it comes twice.
        if not self._claim(claim, row):
            return None
        popup = reminder_popup(self.home, slot.kind, text, now, missed=missed, snoozes=claim.snoozes)
        # One popup a reminder: who comes back finds the last, and no pile of the hours before.
        for number in [number for number, earlier in self.on_screen.items() if earlier.reminder == slot.reminder]:
            self.desktop.close(number)
            del self.on_screen[number]
        announced, number = self._announced
        replaces = number if announced == slot.id else 0
        return self._settle(claim, slot.until, self.send(replace(popup, slot=slot.id, replaces=replaces)))

    def announce(self, slot: Slot) -> None:
        """Say once that a break comes in a moment: no row of the log, and no harm where nothing can be shown."""
        if self._announced[0] == slot.id or (self.home.profile.hold_busy and self._busy()):
            return
        result = show_by(self.channels, channel_setting(self.home), notice_popup(self.home))
        self._announced = slot.id, result.number

    def send(self, popup: Popup) -> ShowResult:
        """Show ``popup`` by the channel of the settings."""
        result = show_by(self.channels, channel_setting(self.home), popup)
        self.trouble = None if result.channel else result.detail or result.why
        if result.channel:
            self.last_channel = result.channel
        return result

    def check(self) -> ShowResult:
        """Tell what would become of a popup now, by the channel of the settings."""
        return check_by(self.channels, channel_setting(self.home))

    def seen(self, number: int) -> Delivery | None:
        """Take a popup off the list of those on the screen, as the person saw it; None for another program's."""
        row = self.on_screen.pop(number, None)
        if row is not None and row.retry_at is not None:
            self.keep(replace(row, outcome="acted", retry_at=None, noted=clock.now()))
        return row

    def closed(self, number: int) -> None:
        """Take in that a popup is gone by itself; one that went at once was never seen, and is tried again."""
        row, now = self.on_screen.pop(number, None), clock.now()
        if row is None or row.kind == "ice-end" or row.shown_at is None or now - row.shown_at >= AT_ONCE:
            return
        retry = _retry_at(row, now, make_slot(row.reminder, row.kind, row.due).until)
        unseen = replace(row, outcome="failed", why="closed-at-once", shown_at=None, channel=None, number=0, noted=now)
        self.keep(replace(unseen, retry_at=retry))

    def close_ended(self, coming: Iterable[Slot]) -> None:
        """Take the call of an icing from the screen that was ended elsewhere; ``coming`` are those that go on."""
        ids = {slot.id for slot in coming}
        self._close_where(lambda row: row.reminder == ICE_ID and row.id not in ids)

    def close_done(self, done: Mapping[SlotKind, frozenset[date]], zone: tzinfo) -> None:
        """Take what asks for work from the screen once that was done: the routine in a terminal, the check-in there."""
        self._close_where(lambda row: done_by(row, done, zone))

    def _close_where(self, is_over: Callable[[Delivery], bool]) -> None:
        for number, row in list(self.on_screen.items()):
            if is_over(row):
                self.desktop.close(number)
                del self.on_screen[number]

    def delivered(self, serial: int, number: int) -> None:
        """Take in an answer that came late."""
        if row := self._unanswered.pop(serial, None):
            self.keep(self._shown_row(row, ShowResult(channel="desktop", number=number)))

    def server_gone(self) -> None:
        """Try again what a server took without an answer: it went with it."""
        unanswered, self._unanswered = list(self._unanswered.values()), {}
        self.on_screen.clear()
        for row in unanswered:
            self.keep(replace(row, outcome="failed", why="not-delivered", retry_at=clock.now(), noted=clock.now()))

    def _hold(self, slot: Slot, row: Delivery | None, why: str, now: datetime) -> Delivery:
        """Keep that a slot waits, to be tried again within its grace."""
        retry = now + RETRY_HELD_AFTER if now + RETRY_HELD_AFTER <= slot.until else None
        held = Delivery(
            id=slot.id, reminder=slot.reminder, kind=slot.kind, due=slot.due, noted=now, outcome="held", why=why,
            retry_at=retry, snoozes=row.snoozes if row else 0, brought_back=row is not None and row.brought_back,
        )  # fmt: skip
        self.keep(held)
        return held

    def _claim(self, claim: Delivery, row: Delivery | None) -> bool:
        try:
            if row is None:
                return claim_row(self.home, claim)
            write_rows(self.home, claim)
        except CoachError as error:
            # A full disk: shown all the same, as a reminder that does not come is the greater harm.
            log.warning("a reminder could not be claimed: %s", error.key)
            self._unsaved[claim.id] = claim
        return True

    def _settle(self, claim: Delivery, until: datetime, result: ShowResult) -> Delivery:
        """Keep what became of the slot of ``claim``, whose grace ends at ``until``."""
        now = clock.now()
        if claim.kind == "ice-end":
            row = self._called_row(claim, result)
        elif result.channel:
            row = self._shown_row(claim, result)
        elif result.why == "do-not-disturb":
            row = replace(claim, outcome="held", why=result.why, retry_at=now + RETRY_HELD_AFTER, noted=now)
        elif result.why == "no-answer":
            # Not tried again: the server took it and may still show it, and a second one would be one too many.
            row = replace(claim, outcome="failed", why=result.why, noted=now)
            self._unanswered[result.serial] = row
        else:
            retry = _retry_at(claim, now, until)
            row = replace(claim, outcome="failed", why="not-delivered", detail=result.detail, retry_at=retry, noted=now)
        log.info("%s %s: %s%s", row.kind, f"{row.due:%H:%M}", row.outcome, f" ({row.why})" if row.why else "")
        self.keep(row)
        return row

    def _called_row(self, claim: Delivery, result: ShowResult) -> Delivery:
        """Return the row of the end of an icing: called again, whatever became of it, until it is seen."""
        calls = claim.calls + 1
        again = clock.now() + END_CALLED_AGAIN if calls < MOST_END_CALLS else None
        if result.channel:
            row = replace(self._shown_row(claim, result), calls=calls, retry_at=again)
        else:
            row = replace(
                claim, outcome="failed", why=result.why, detail=result.detail, noted=clock.now(), calls=calls,
                retry_at=again,
            )  # fmt: skip
        if row.number:
            self.on_screen[row.number] = row
        return row

    def _shown_row(self, claim: Delivery, result: ShowResult) -> Delivery:
        now = clock.now()
        row = replace(
            claim, outcome="shown", shown_at=now, channel=result.channel, number=result.number, server=result.server,
            noted=now, why=result.why, detail=None, retry_at=None,
        )  # fmt: skip
        if result.number:
            self.on_screen[result.number] = row
        if result.channel == "terminal":
            others = {slot: other for slot, other in self.in_terminal.items() if other.reminder != row.reminder}
            self.in_terminal = {**others, row.id: row}
        return row


def _retry_at(row: Delivery, now: datetime, until: datetime) -> datetime | None:
    """Return when to try again, ever less often; None once the grace is over by then."""
    again = now + max(RETRY_AFTER, (now - row.due) / 10)
    return again if again <= until else None


def notification_server() -> NotificationServer:
    """Return the desktop's notification server, where this system has one that we speak to."""
    try:
        from coach.remind.channels.desktop import DesktopChannel
    except ImportError:  # jeepney is installed on Linux alone
        return NoNotificationServer()
    return DesktopChannel()


def channel_setting(home: Home) -> str:
    """Return the channel to use: ``COACH_NOTIFY`` where it names one, else the settings."""
    named = os.environ.get("COACH_NOTIFY", "")
    return named if named in ("auto", *CHANNELS) else home.profile.notify
