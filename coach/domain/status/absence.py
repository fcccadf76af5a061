"""Absences, told from the records alone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

import msgspec

from coach.domain.status.calm import is_comfortable
from coach.domain.status.elapsed import apart
from coach.domain.status.history import History, Record

AWAY = timedelta(days=7)
"""After this long the first sessions are gentle: nobody has told for a week what the knee bears (a proposal)."""
LONG_AWAY = timedelta(days=28)
"""After this long without any answer the list of signs is asked again before any session: a new sign would not have
been told (a proposal)."""


class Absence(msgspec.Struct, frozen=True):
    """A time without a check-in or a session."""

    since: datetime
    ended: datetime
    """When the person came back; *now* where that is now."""
    long: bool = False
    """Whether nothing was answered for 28 days or more."""


def absences(history: History, now: datetime) -> tuple[Absence, ...]:
    """Return every absence of 7 days or more, up to ``now``, and every 28 days without an answer; oldest first."""
    # A session is presence, so that a missed check-in is no absence; but it tells nothing of the signs. What else is
    # noted (ice, a habit, settings) tells nothing of what the knee bears.
    answers: tuple[Record, ...] = (*history.check_ins, *history.screenings)
    silent = (Absence(early, late, long=True) for early, late in _gaps(history, answers, LONG_AWAY, now))
    away = (Absence(early, late) for early, late in _gaps(history, (*answers, *history.sessions), AWAY, now))
    return tuple(sorted((*away, *silent), key=lambda absence: (absence.ended, absence.long)))


def comfortable_since(history: History, since: datetime, now: datetime) -> bool:
    """Tell whether a comfortable session was done from ``since`` to ``now``."""
    without = history.dated_ahead | history.only_stricter
    return any(
        since <= session.at <= now and is_comfortable(session) and session.id not in without
        for session in history.sessions
    )


def _gaps(
    history: History, records: Iterable[Record], least: timedelta, now: datetime
) -> list[tuple[datetime, datetime]]:
    """Return the times of ``least`` or more between two records on different days, or between the last one and now."""
    without = history.dated_ahead | history.only_stricter
    moments = [*sorted(record.at for record in records if record.at <= now and record.id not in without), now]
    return [(early, late) for early, late in pairwise(moments) if _is_gap(early, late, least)]


def _is_gap(early: datetime, late: datetime, least: timedelta) -> bool:
    return early.date() != late.date() and apart(early, late) >= least
