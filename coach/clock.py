"""The one place that reads the wall clock; everything else is given the time."""

from datetime import datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return this moment, aware, in the machine's zone (as an offset)."""
    return datetime.now().astimezone()


def zone() -> ZoneInfo:
    """Return the machine's zone by name, read afresh, so that a journey is noticed; UTC where it has none."""
    from tzlocal import reload_localzone

    try:
        return reload_localzone()
    except Exception:  # noqa: BLE001 -- a broken zone setting must not stop a reminder; UTC is honest and steady
        return ZoneInfo("UTC")
