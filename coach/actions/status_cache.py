"""How it stands in a glance, for status bars that ask every few seconds.

What was worked out is kept for some minutes in ``cache/``, with the state of every file that it came from: as soon as
one of them changes, or a pause or a reminder comes due, it is worked out anew. Reading it loads little.
"""

import json
import os
from contextlib import suppress
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from coach import __version__
from coach.home import Home

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


def status_summary(home: Home, now: datetime) -> StatusSummary:
    """Return how it stands, from the last answer where nothing has changed since."""
    path, files = home.places.cache / "status.json", _files(home)
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        kept = json.loads(path.read_bytes())
        if kept["of"] == files and _moment(kept["since"]) <= now < _moment(kept["until"]):
            return _from(kept["glance"])
    found = work_out(home, now)
    _keep(path, {"of": files, "since": now, "until": _holds_until(found, now), "glance": found._asdict()})
    return found


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _from(kept: dict[str, Any]) -> StatusSummary:
    moments = {name: _moment(kept[name]) for name in ("until", "due", "rests") if kept[name] is not None}
    return StatusSummary(**{**kept, **moments})


def work_out(home: Home, now: datetime) -> StatusSummary:
    """Return how it stands, from the records."""
    from coach.actions.clock_skew import behind
    from coach.actions.reminders.facts import paused_until
    from coach.actions.reminders.schedule import next_reminder
    from coach.actions.status.current import status_now

    now += behind(home, now)
    status = status_now(home, now)
    soon = next_reminder(home, now, status)
    return StatusSummary(
        headline=status.headline,
        activity=status.activity,
        advice=status.advice,
        asked=status.ask_why != "never",
        reason=status.pause.reason if status.pause else None,
        until=status.pause.until if status.pause else None,
        reminder=soon.id if soon else None,
        kind=soon.kind if soon else "",
        due=soon.due if soon else None,
        rests=paused_until(home, now),
    )


def _holds_until(found: StatusSummary, now: datetime) -> datetime:
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
    ends = (now + KEPT_FOR, midnight, found.until, found.due, found.rests)
    return min(end for end in ends if end is not None and end > now)


def _files(home: Home) -> str:
    """Return the state of every file that the answer comes from."""
    folders = dict.fromkeys((home.places.data, home.places.config, home.places.own_content()))
    return ";".join([__version__, *sorted(line for folder in folders for line in _folder(folder))])


def _folder(folder: Path) -> list[str]:
    with suppress(OSError), os.scandir(folder) as entries:
        found = [(one.name, one.stat()) for one in entries if one.name.endswith((".json", ".toml"))]
        return [f"{name} {stat.st_mtime_ns} {stat.st_size} {stat.st_ino}" for name, stat in found]
    return []


def _keep(path: Path, kept: dict[str, Any]) -> None:
    """Keep it, if that can be: an answer does not wait for a disk."""
    from coach.errors import CoachError
    from coach.records import write_private

    with suppress(OSError, CoachError):
        write_private(path, json.dumps(kept, default=datetime.isoformat).encode())
