"""The one place that reads the wall clock; everything else is given the time."""

import os
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo  # 3 ms, which most commands need not wait for

_LOCALTIME = "/etc/localtime"


def now() -> datetime:
    """Return this moment, aware, in the machine's zone (as an offset)."""
    return datetime.now().astimezone()


def zone() -> "ZoneInfo":
    """Return the machine's zone by name, read afresh, so that a journey is noticed; UTC where it has none.

    Where the system links to its zone, the link is the answer; tzlocal, which knows all other ways, costs 8 ms.
    """
    from zoneinfo import ZoneInfo

    try:
        return _linked() or _searched()
    except Exception:  # noqa: BLE001 -- a broken zone setting must not stop a reminder; UTC is honest and steady
        return ZoneInfo("UTC")


def _linked() -> "ZoneInfo | None":
    from zoneinfo import ZoneInfo

    if "TZ" in os.environ or not os.path.islink(_LOCALTIME):
        return None
    _, known, name = os.path.realpath(_LOCALTIME).partition("/zoneinfo/")
    return ZoneInfo(name) if known else None


def _searched() -> "ZoneInfo":
    from tzlocal import reload_localzone

    return reload_localzone()
