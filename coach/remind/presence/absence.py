"""From looks at presence to absences: pieces of time of five minutes or more in which nothing was touched."""

from datetime import datetime, timedelta

from coach.domain.reminders.due import MAYBE_AWAY_AFTER
from coach.domain.reminders.slots import ABSENCE, Span


class AbsenceTracker:
    """What the looks so far tell."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.least = ABSENCE
        """How long an absence lasts at least, as the person set it."""
        self._away_since: datetime | None = None
        self._last: datetime | None = None
        self.idle_since: datetime | None = None
        """The last touch, where that is more than a minute ago."""

    def see(self, now: datetime, idle_s: float | None) -> Span | None:
        """Take in a look; return the absence that has ended with it, if one has."""
        before, self._last = self._last, now
        if idle_s is None:  # who cannot be seen is not taken to be away
            self.idle_since = None
            return self._ended(before or now)
        touched = now - timedelta(seconds=idle_s)
        self.idle_since = touched if now - touched >= MAYBE_AWAY_AFTER else None
        if now - touched >= self.least:
            # The earliest: each look computes the last touch anew, and differs by some milliseconds.
            self._away_since = min(self._away_since or touched, touched)
            return None
        return self._ended(touched)

    def ongoing(self, now: datetime) -> Span | None:
        """Return the absence that goes on."""
        return Span(self._away_since, now) if self._away_since and self._away_since < now else None

    def _ended(self, end: datetime) -> Span | None:
        start, self._away_since = self._away_since, None
        end = end.replace(microsecond=0)  # the next slots are counted from it, and named by the second
        return Span(start, end) if start and end - start >= self.least else None
