"""The leases of agents over one carried home: one small file a machine, beside the lock that reaches no further."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

import msgspec

from coach.domain.reminders.caller import RENEW_EVERY, Lease, calls
from coach.errors import CoachError
from coach.places import Places
from coach.records import write_private
from coach.records.sync import machine_id
from coach.regular_file import read_regular

LOOK_EVERY_S = 20.0
"""How often to look for leases of others."""
_NAME = re.compile(r"agent-([0-9a-f]{16})\.json")


class SharedHome:
    """Tells whether this machine calls; an agent that is alone writes its lease once, and looks now and then."""

    def __init__(self, where: Places, since: datetime) -> None:
        """Serve since ``since``."""
        self._folder = where.data
        self._own = Lease(machine=machine_id(), since=since, renewed=since)
        self._path = where.data / f"agent-{self._own.machine}.json"
        self._next_look = 0.0
        self.calls = True
        """Whether this machine calls, as it was found last."""

    def look(self, monotonic: float, now: datetime, touched: datetime | None) -> bool:
        """Look where it is time to, and renew the lease where others are; tell whether ``calls`` changed."""
        if monotonic < self._next_look:
            return False
        first, self._next_look = self._next_look == 0.0, monotonic + LOOK_EVERY_S
        others = [*self._others()]
        current = msgspec.structs.replace(self._own, renewed=now, touched=touched)
        # Nobody reads the lease of one that is alone: it need not be carried, nor wake a disk, every few minutes.
        if first or (others and self._is_due(current)):
            self._own = current
            with suppress(CoachError):
                write_private(self._path, msgspec.json.encode(current), durable=False)
        before, self.calls = self.calls, calls(current, others, now)
        return before != self.calls

    def leave(self) -> None:
        """Take the lease back: another may call at once."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _is_due(self, current: Lease) -> bool:
        old = current.renewed - self._own.renewed >= RENEW_EVERY or current.renewed < self._own.renewed
        return old or current.is_attended() != self._own.is_attended()

    def _others(self) -> Iterator[Lease]:
        with suppress(OSError):
            for path in self._folder.iterdir():
                match = _NAME.fullmatch(path.name)
                if match and match[1] != self._own.machine:
                    with suppress(OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                        yield msgspec.json.decode(read_regular(path), type=Lease)
