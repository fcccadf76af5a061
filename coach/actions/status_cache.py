"""The status in one line, cached for status bars that ask every few seconds.

What was worked out is kept for some minutes in ``cache/``, with the state of every file that it came from: as soon as
one of them changes, or a pause or a reminder comes due, it is worked out anew. Reading it loads little.
"""

import json
from contextlib import suppress
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from coach import __version__
from coach.domain.status.wall_clock import resolve
from coach.home import Home
from coach.regular_file import read_regular

if TYPE_CHECKING:
    from coach.domain.status.history import CheckIn

KEPT_FOR = timedelta(minutes=5)


class StatusSummary(NamedTuple):
    """Next reminder, state, pause."""

    headline: str
    activity: str
    advice: str
    asked: bool
    """Whether the emergency and same-day list was ever answered."""
    reason: str | None = None
    until: datetime | None = None
    """The least end of a pause."""
    reminder: str | None = None
    kind: str = ""
    due: datetime | None = None
    rests: datetime | None = None
    """Until when all reminders rest because the person asked for it."""
    last: dict[str, Any] | None = None
    """The last check-in: when, the worst when walking, of each knee, and the painkiller it was told under."""
    ice_ends: datetime | None = None
    """When the ice is to come off, or was to: now, where none may be on; None once somebody said that it did."""


def status_summary(home: Home, now: datetime) -> StatusSummary:
    """Return the summary, from the cache where nothing has changed since."""
    path, files = home.places.cache / "status.json", f"{__version__};{home.revision()}"
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        cached = json.loads(read_regular(path))
        if cached["of"] == files and _moment(cached["since"]) <= now < _moment(cached["until"]):
            return _from(cached["summary"])
    summary = work_out(home, now)
    _store(path, {"of": files, "since": now, "until": _holds_until(summary, now), "summary": summary._asdict()})
    return summary


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _from(cached: dict[str, Any]) -> StatusSummary:
    names = (name for name in ("until", "due", "rests", "ice_ends") if cached[name] is not None)
    moments = {name: _moment(cached[name]) for name in names}
    return StatusSummary(**{**cached, **moments})


def work_out(home: Home, now: datetime) -> StatusSummary:
    """Return the summary, worked out from the records."""
    from coach.actions.clock_skew import behind
    from coach.actions.reminders.facts import paused_until
    from coach.actions.reminders.schedule import next_reminder
    from coach.actions.status.current import recent
    from coach.domain.ice import ice_state
    from coach.domain.status.status import current_status

    clock_now = now
    now += behind(home, now)
    history, profile = recent(home, now), home.profile
    status = current_status(history, profile, home.content.rules, now)
    ice = ice_state(history, profile, status, now)
    icing = ice.running or ice.overdue
    # By the clock that reads it: one that runs behind the records would have it come off only later.
    ice_ends = clock_now if ice.must_come_off else icing.ends_at if icing else None
    upcoming = next_reminder(home, now, status)
    return StatusSummary(
        headline=status.headline,
        activity=status.activity,
        advice=status.advice,
        asked=status.ask_why != "never",
        reason=status.pause.reason if status.pause else None,
        until=status.pause.until if status.pause else None,
        reminder=upcoming.id if upcoming else None,
        kind=upcoming.kind if upcoming else "",
        due=upcoming.due if upcoming else None,
        rests=paused_until(home, now),
        last=_last(status.last),
        ice_ends=ice_ends,
    )


def _last(check_in: "CheckIn | None") -> dict[str, Any] | None:
    if check_in is None:
        return None
    answers = check_in.answers
    knees = {knee: answers.walking_of(knee) for knee in ("left", "right") if answers.walking_of(knee) is not None}
    walking = {"walking": answers.pain.walking, "knees": knees, "medicine": check_in.medicine or None}
    return {"at": check_in.at.isoformat(), **walking}


def _holds_until(summary: StatusSummary, now: datetime) -> datetime:
    midnight = resolve(datetime.combine(now.date() + timedelta(days=1), time()), now.tzinfo)
    ends = (now + KEPT_FOR, midnight, summary.until, summary.due, summary.rests, summary.ice_ends)
    return min(end for end in ends if end is not None and end > now)


def _store(path: Path, cached: dict[str, Any]) -> None:
    """Write the cache, if that can be done: an answer does not wait for a disk."""
    from coach.errors import CoachError
    from coach.records import write_private
    from coach.records.ownership import refuse_foreign

    with suppress(OSError, CoachError):
        refuse_foreign(path)
        write_private(path, json.dumps(cached, default=datetime.isoformat).encode())
