"""One session at a time, by a lock that dies with its process: none takes over what another keeps."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from coach.domain.exercise.session import By
from coach.errors import CoachError
from coach.home import Home
from coach.owner import Held, Owner, owner, take
from coach.words.dates import clock_time

LOCK = "session.lock"


def session_owner(home: Home) -> Owner | None:
    """Return who leads a session now, None where nobody does."""
    return owner(home.places, LOCK)


def claim(home: Home, by: By, now: datetime) -> Held | None:
    """Take the session for this process until it is released; CoachError says where another is under way.

    None where no lock can be made, as on a full disk: that keeps nobody from stretching.
    """
    try:
        got = take(home.places, by, now.isoformat(), LOCK)
    except OSError:
        return None
    if isinstance(got, Held):
        return got
    raise _busy(got)


@contextmanager
def claimed(home: Home, by: By, now: datetime) -> Iterator[None]:
    """Hold the session for a moment."""
    held = claim(home, by, now)
    try:
        yield
    finally:
        if held:
            held.release()


def _busy(who: Owner | None) -> CoachError:
    try:
        since = clock_time(datetime.fromisoformat(who.since if who else ""))
    except ValueError:
        return CoachError("session.error.under-way.somewhere")
    return CoachError(f"session.error.under-way.{who.by if who else ''}", time=since, pid=who.pid if who else 0)
