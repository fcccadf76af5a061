"""The records and the settings of one person, kept so that nothing acknowledged is ever lost."""

import os
from collections.abc import Callable
from datetime import date

from coach.domain.history import History, Record
from coach.domain.profile import Profile
from coach.places import Places


def new_id() -> str:
    """Return a new opaque record id."""
    return os.urandom(8).hex()


class Records:
    """The one door to what is kept; every call reads and writes the files as they are now."""

    def __init__(self, where: Places) -> None:
        """Open nothing yet."""
        self.where = where

    def add(self, *records: Record) -> None:
        """Keep ``records``; on return they survive a kill and a power loss."""
        raise NotImplementedError

    def history(self, since: date | None = None) -> History:
        """Return what was recorded on or after ``since`` (None: all); only the years needed are read."""
        raise NotImplementedError

    def profile(self) -> Profile:
        """Return the settings; the defaults where none were made."""
        raise NotImplementedError

    def change_profile(self, change: Callable[[Profile], Profile]) -> Profile:
        """Read, change and keep the settings under the lock; return them as kept."""
        raise NotImplementedError
