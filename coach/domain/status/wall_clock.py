"""Moments by the wall clock of the person.

``now`` carries the zone that the person lives in as its ``tzinfo``. A zone has another offset in summer than in
winter, so a moment is named by the offset of its own time, never by that of ``now``; and a time of day is looked up in
the zone, never added to midnight.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def local(at: datetime, now: datetime) -> datetime:
    """Return the moment ``at`` as the wall clock shows it then, in the zone of ``now``."""
    if at.tzinfo is now.tzinfo:  # such as ``now`` and some days: Python would leave them as they are
        at = at.astimezone(UTC)
    return at.astimezone(now.tzinfo)


def local_day(at: datetime, now: datetime) -> date:
    """Return the day of the moment ``at`` in the zone of ``now``."""
    return local(at, now).date()


def resolve(wall: datetime, zone: tzinfo | None) -> datetime:
    """Return the moment of the local time ``wall`` (without a zone) in ``zone``.

    Of a repeated hour, the first; for a time that is skipped, the first moment after the gap.
    """
    utc = wall.replace(tzinfo=UTC, fold=0)
    offsets = _offset(utc - _DAY, zone), _offset(utc + _DAY, zone)
    early, late = utc - max(offsets), utc - min(offsets)
    for at in (early, late):
        moment = at.astimezone(zone)
        if moment.replace(tzinfo=None, fold=0) == wall:
            return moment
    return _first_after_gap(early, late, zone)


def _offset(at: datetime, zone: tzinfo | None) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _first_after_gap(early: datetime, late: datetime, zone: tzinfo | None) -> datetime:
    """Return the moment between ``early`` and ``late`` at which the offset of ``zone`` changes."""
    before = _offset(early, zone)
    while late - early > _SECOND:
        middle = early + (late - early) // 2
        if _offset(middle, zone) == before:
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0).astimezone(zone)
