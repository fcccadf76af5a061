"""One session at a time, by a lock that dies with its process: none takes over what another keeps."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from coach.domain.exercise.session import By
from coach.errors import CoachError
from coach.home import Home
from coach.records import lock
from coach.records.lock import FileLock, Holder
from coach.words.dates import clock_time


def session_owner(home: Home) -> Holder | None:
    """Return who leads a session now, None where nobody does."""
    return lock.holder_of(home.places.session_lock())


def claim(home: Home, by: By, now: datetime) -> FileLock | None:
    """Take the session for this process until it is released; CoachError says where another is under way.

    None where no lock can be made, as on a full disk: that keeps nobody from stretching.
    """
    try:
        claimed = lock.claim(home.places.session_lock(), by, now.isoformat())
    except OSError:
        return None
    if isinstance(claimed, FileLock):
        return claimed
    raise _busy(claimed)


@contextmanager
def claimed(home: Home, by: By, now: datetime) -> Iterator[None]:
    """Hold the session for a moment."""
    held = claim(home, by, now)
    try:
        yield
    finally:
        if held:
            held.release()


def _busy(holder: Holder | None) -> CoachError:
    try:
        since = clock_time(datetime.fromisoformat(holder.since if holder else ""))
    except ValueError:
        return CoachError("session.error.under-way.somewhere")
    return CoachError(
        f"session.error.under-way.{holder.by if holder else ''}", time=since, pid=holder.pid if holder else 0
    )
