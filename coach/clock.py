"""The one place that reads the wall clock; everything else is given the time."""

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo  # 3 ms, which most commands need not wait for

_LOCALTIME = "/etc/localtime"
_MINUTE = timedelta(minutes=1)


def now() -> datetime:
    """Return this moment, aware, in the machine's zone (as an offset of whole minutes)."""
    moment = datetime.now(UTC)
    try:
        return whole_minutes(moment.astimezone())
    except ValueError:  # TZ=XXX-25: no day of that zone can be told
        return moment


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
