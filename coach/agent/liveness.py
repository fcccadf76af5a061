"""Whether anybody would call, as a status bar may ask every few seconds: nothing of the records is loaded for it."""

import json
import os
from contextlib import suppress
from typing import NamedTuple

from coach.places import Places
from coach.regular_file import read_regular
from coach.system_lock import try_lock


class Liveness(NamedTuple):
    """Whether somebody keeps the reminders, and whether a popup would come."""

    agent: bool
    calls: bool


def liveness(places: Places) -> Liveness:
    """Return whether somebody keeps the reminders, and whether they wrote that a channel delivers."""
    if not _is_held(places):
        return Liveness(agent=False, calls=False)
    with suppress(OSError, ValueError, AttributeError):
        return Liveness(agent=True, calls=bool(json.loads(read_regular(places.agent_status())).get("reaches")))
    return Liveness(agent=True, calls=False)


def _is_held(places: Places) -> bool:
    try:
        opened = os.open(places.agent_lock(), os.O_RDWR)
    except OSError:
        return False
    try:
        return not try_lock(opened)
    finally:
        os.close(opened)
