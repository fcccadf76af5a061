"""The reminders as calendar events (RFC 5545): one weekly event for each time of day, with alarm and neutral title.

The UID of an event never changes. A later export has a higher SEQUENCE, so that a calendar that reads it again moves
what was moved, and drops what was cancelled.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from coach.domain.profile import reminders_of
from coach.domain.reminders.due import PAUSED_FOR_SAFETY
from coach.domain.reminders.reminder import WEEKDAYS, Reminder, ReminderKind
from coach.domain.reminders.slots import clock_time, due_between
from coach.home import Home, exclusive
from coach.words import Words
from coach.words.shown import shown

if TYPE_CHECKING:
    from icalendar import Event

MINUTES: dict[ReminderKind, int] = {"desk-break": 1, "routine": 10, "check-in": 2, "posture": 1, "custom": 5}
"""How long each is in the calendar."""
_SINCE = datetime(2026, 1, 1, tzinfo=UTC)
_MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
"""A plain week, in a zone that changes no clocks, in which a reminder's times of day are counted out."""


class WeeklyTimes(msgspec.Struct, frozen=True):
    """One time of day of one reminder, and the days of the week on which it comes (Monday is 0)."""

    reminder: Reminder
    number: int
    at: time
    days: tuple[int, ...]

    def uid(self, owner: str) -> str:
        """Return the UID of its event, which stays when the time is changed."""
        return f"{self.reminder.id}-{self.number}-{owner}@hizaura"

    def first(self, zone: tzinfo, now: datetime) -> datetime:
        """Return when it comes next, in local time."""
        if self.reminder.on:
            return datetime.combine(self.reminder.on, self.at, zone)
        today = now.astimezone(zone).date()
        coming = (datetime.combine(today + timedelta(n), self.at, zone) for n in range(9))
        return next(at for at in coming if at > now and at.weekday() in self.days)


def times_of(reminder: Reminder) -> Iterator[WeeklyTimes]:
    """Yield the times of day of a reminder, in order."""
    if reminder.on and reminder.at:
        yield WeeklyTimes(reminder, 1, clock_time(reminder.at), (reminder.on.weekday(),))
        return
    week: dict[time, list[int]] = {}
    for slot in due_between(reminder, UTC, _MONDAY - timedelta(seconds=1), _MONDAY + timedelta(days=7, seconds=-1)):
        week.setdefault(slot.due.time(), []).append(slot.due.weekday())
    for number, (at, days) in enumerate(sorted(week.items()), 1):
        yield WeeklyTimes(reminder, number, at, tuple(days))


def all_times(reminders: Iterable[Reminder]) -> list[WeeklyTimes]:
    """Return the times of day of all reminders."""
    return [times for reminder in reminders for times in times_of(reminder)]


def calendar(
    reminders: Iterable[Reminder],
    zone: tzinfo,
    now: datetime,
    words: Words,
    *,
    owner: str = "",
    resting: Collection[str] = (),
    gone: Mapping[str, str] = {},
) -> bytes:
    """Return the calendar file.

    Events of the kinds in ``resting`` are cancelled, and so are those in ``gone``: titles by UID.
    """
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//Hizaura//coach//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for times in all_times(reminders):
        made.add_component(_event(times, zone, now, words, owner, cancelled=times.reminder.kind in resting))
    for uid, event_title in sorted(gone.items()):
        made.add_component(_gone(uid, event_title or words("report.calendar.custom"), now))
    made.add_missing_timezones(first_date=now.date() - timedelta(366))
    return bytes(made.to_ical())


def _bare(uid: str, now: datetime, *, cancelled: bool) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", int((now - _SINCE).total_seconds()))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return event


def _gone(uid: str, event_title: str, now: datetime) -> "Event":
    event = _bare(uid, now, cancelled=True)
    event.add("summary", event_title)
    event.add("dtstart", now.astimezone(UTC).replace(microsecond=0))
    return event


def _event(times: WeeklyTimes, zone: tzinfo, now: datetime, words: Words, owner: str, *, cancelled: bool) -> "Event":
    event = _bare(times.uid(owner), now, cancelled=cancelled)
    summary = title(times.reminder, words)
    event.add("summary", summary)
    event.add("dtstart", times.first(zone, now))
    event.add("duration", timedelta(minutes=MINUTES[times.reminder.kind]))
    if not times.reminder.on:
        event.add("rrule", _rule(times))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    if not cancelled:
        event.add_component(_alarm(summary))
    return event


def _rule(times: WeeklyTimes) -> dict[str, Any]:
    if len(times.days) == len(WEEKDAYS):
        return {"freq": "daily"}
    return {"freq": "weekly", "byday": [WEEKDAYS[day][:2].upper() for day in times.days]}


def _alarm(summary: str) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(0))
    return alarm


def title(reminder: Reminder, words: Words) -> str:
    """Return the title of an event: it says nothing of health; a person's own text stands as they wrote it."""
    if reminder.kind == "custom" and reminder.text:
        return shown(reminder.text)
    return words(f"report.calendar.{reminder.kind}")


@exclusive
def export(home: Home, path: Path, now: datetime, words: Words, *, cancel_resting: bool = False) -> None:
    """Write the calendar file, readable by its owner alone, and keep which events it has.

    An event that the last export had and that is no more is cancelled in this one, with its title, and not in the next.
    With ``cancel_resting``, what a pause for safety rests is cancelled too, until the next export after the pause.
    """
    from coach import clock
    from coach.actions.named_file import write_named
    from coach.actions.reminders.calendar_events import CalendarEvents, keep_exported, last_exported

    last = last_exported(home)
    reminders = [reminder for reminder in reminders_of(home.profile) if reminder.enabled]
    titles = {times.uid(last.owner): title(times.reminder, words) for times in all_times(reminders)}
    gone = {uid: event_title for uid, event_title in last.titles.items() if uid not in titles}
    resting = PAUSED_FOR_SAFETY if cancel_resting and _paused(home, now) else ()
    made = calendar(reminders, clock.zone(), now, words, owner=last.owner, resting=resting, gone=gone)
    write_named(home.places, path, made)
    keep_exported(
        home, CalendarEvents(last.owner, titles)
    )  # after the file: else a full disk would lose the cancelling


def _paused(home: Home, now: datetime) -> bool:
    from coach.actions.status.current import status_now

    return status_now(home, now).pause is not None
