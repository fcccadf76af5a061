"""The one place that reads the wall clock; everything else is given the time."""

import os
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo  # 3 ms, which most commands need not wait for

_LOCALTIME = "/etc/localtime"
_MINUTE = timedelta(minutes=1)


def now() -> datetime:
    """Return this moment in the machine's zone, which tells the wall clock of every other moment too."""
    if hasattr(time, "tzset"):
        time.tzset()  # else a program that stays open keeps the zone it began in, wherever its person travels
    return datetime.now(SystemZone())


class SystemZone(tzinfo):
    """The machine's zone: the offset that one moment has in it, and through ``astimezone`` that of any other.

    A moment keeps its own offset, so that the time between two moments is the time that passed. In a ``ZoneInfo``
    Python counts by the wall clock instead: a day is 24 hours there also where the clocks change. Costs no import.
    """

    def __init__(self, offset: timedelta = timedelta()) -> None:
        """Hold the offset of a moment: whole minutes."""
        self._offset = offset
        # By minutes, not hours: Newfoundland changed its clocks at one minute past midnight.
        self._offsets: dict[tuple[int, int, int], timedelta] = {}

    def fromutc(self, moment: datetime) -> datetime:
        """Return a moment told in UTC with the offset that the zone has then.

        Working out a status asks for the day of each check-in several times, so an offset is looked up once.
        """
        minute = (moment.toordinal(), moment.hour, moment.minute)
        offset = self._offsets.get(minute)
        if offset is None:
            offset = self._offsets[minute] = self._offset_at(moment.replace(tzinfo=UTC))
        try:
            return moment.replace(tzinfo=SystemZone(offset)) + offset
        except OverflowError:  # beyond the first or the last year
            return moment.replace(tzinfo=SystemZone())

    def _offset_at(self, moment: datetime) -> timedelta:
        try:
            return whole_minutes(moment.astimezone()).utcoffset() or timedelta()
        except (ValueError, OverflowError, OSError):  # TZ=XXX-25: no day of that zone can be told; or a year beyond it
            return self._offset

    def utcoffset(self, _: datetime | None) -> timedelta:
        """Return the offset of the moment that this was made for."""
        return self._offset

    def dst(self, _: datetime | None) -> None:
        """Return nothing: how much of the offset is summer's does not matter."""

    def tzname(self, _: datetime | None) -> str:
        """Return the offset: ``UTC+09:00``."""
        return str(timezone(self._offset))


def whole_minutes(moment: datetime) -> datetime:
    """Return ``moment`` with an offset of whole minutes, the only ones that RFC 3339 writes.

    Others come from a ``TZ`` made by hand and from zones of the nineteenth century.
    """
    offset = moment.utcoffset()
    if offset is None or not offset % _MINUTE:
        return moment
    return moment.astimezone(timezone(int(offset / _MINUTE) * _MINUTE))


def zone() -> "ZoneInfo":
    """Return the machine's zone by name, read afresh, so that a journey is noticed.

    Where it has no name (``TZ=JST-9``), the zone of the same whole hours; at the last, UTC.

    Where the system links to its zone, the link is the answer; tzlocal, which knows all other ways, costs 8 ms.
    """
    try:
        return _linked() or _searched()
    except Exception:  # noqa: BLE001 -- a broken zone setting must not stop a reminder
        return _of_hours(now().utcoffset())


def zone_revision() -> object:
    """Return what is another one once the system's zone was set anew: for whoever stays for long."""
    with suppress(OSError):
        status = os.lstat(_LOCALTIME)
        return status.st_mtime_ns, status.st_ino, status.st_size
    return None


def _of_hours(offset: timedelta | None) -> "ZoneInfo":
    """Return the zone that is always ``offset`` from UTC; UTC itself where that is no number of whole hours."""
    from zoneinfo import ZoneInfo

    hours, rest = divmod(offset or timedelta(), timedelta(hours=1))
    return ZoneInfo(f"Etc/GMT{-hours:+d}") if hours and not rest and -14 <= -hours <= 12 else ZoneInfo("UTC")


def _linked() -> "ZoneInfo | None":
    from zoneinfo import ZoneInfo

    if "TZ" in os.environ or not os.path.islink(_LOCALTIME):
        return None
    _, is_zone, name = os.path.realpath(_LOCALTIME).partition("/zoneinfo/")
    return ZoneInfo(name) if is_zone else None


def _searched() -> "ZoneInfo":
    from tzlocal import reload_localzone

    return reload_localzone()
