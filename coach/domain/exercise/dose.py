"""How the dose grows and shrinks: one variable at a time, once a week, and only while it is comfortable."""

from datetime import date, datetime

import msgspec
from msgspec.structs import replace

from coach.domain.exercise.stretch import Stretch
from coach.domain.status.calm import is_comfortable
from coach.domain.status.history import History, Hurt, Missed, Session
from coach.domain.status.pauses import SESSIONS_BACK, DecidedAnswers, PauseEpisode, PauseState
from coach.domain.status.wall_clock import local_day
from coach.domain.triage.answers import Side


class Step(msgspec.Struct, frozen=True):
    """One side of one stretch: ``reps`` holds of ``hold_s`` seconds."""

    stretch: str
    side: Side
    hold_s: int
    reps: int


WEEK_DAYS = 7
"""A variable moves once in so many days."""
SESSIONS = 3
"""Comfortable sessions that a week needs before anything grows."""
MOST_LEVELS = 10
GENTLE_HOLD_S = 20
"""The longest hold of a gentle day, and of an easier stretch that stands in for one that hurt."""
AWAY_DAYS = 28
"""After so long without a session, growth begins anew."""


class Growth(msgspec.Struct, frozen=True):
    """How far the dose has grown."""

    level: int = 0
    """How often the hold has grown."""
    halved: bool = False
    """Half the repetitions, after a bad morning or a day left out for pain; the first good week gives them back."""
    since: date | None = None
    """The first comfortable session with this dose since anything spoke against it."""
    sessions: int = 0
    """Comfortable sessions since then."""


class Amount(msgspec.Struct, frozen=True):
    """One side's worth of a stretch."""

    hold_s: int
    reps: int


def growth(history: History, pauses: PauseState, now: datetime) -> Growth:
    """Return how far the dose has grown by ``now``, worked out from every session, morning and pause in order."""
    run = _Run(now)
    for _, event in sorted(_events(history, pauses, now), key=lambda event: event[0]):
        run.take(event)
    run.grow(now.date())
    return run.growth


def amount(stretch: Stretch, grown: Growth, *, gentle: bool) -> Amount:
    """Return the dose of one side today; counted exercises do not grow, and gentle days hold once."""
    dose = stretch.dose
    reps = max(1, dose.reps // 2) if grown.halved else dose.reps
    if stretch.kind != "stretch":
        return _gentle_exercise(dose.hold_s, reps) if gentle and stretch.own else Amount(dose.hold_s, reps)
    if gentle:
        return Amount(min(dose.hold_s, GENTLE_HOLD_S), 1)
    longest = max(dose.grow_to_s, dose.hold_s)
    return Amount(min(dose.hold_s + grown.level * dose.grow_by_s, longest), reps)


def _gentle_exercise(hold_s: int, reps: int) -> Amount:
    """Return an exercise of one's own with no more than the one hold of a gentle day; those that ship are gentle."""
    held = min(hold_s, GENTLE_HOLD_S)
    return Amount(held, max(1, min(reps, GENTLE_HOLD_S // max(held, 1))))


_Event = Session | Hurt | Missed | DecidedAnswers | PauseEpisode


def _events(history: History, pauses: PauseState, now: datetime) -> list[tuple[datetime, _Event]]:
    events: list[tuple[datetime, _Event]] = [(decided.carried.at, decided) for decided in pauses.decided]
    events += [(session.at, session) for session in history.sessions]
    events += [(hurt.at, hurt) for hurt in history.hurts]
    events += [(missed.at, missed) for missed in history.missed if missed.why == "hurt"]
    events += [(episode.since, episode) for episode in pauses.episodes]
    return [event for event in events if event[0] <= now]


class _Run:
    """The walk through the records."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.growth = Growth()
        self.going = False
        """Whether the last decision was ``go``."""
        self.skip = 0
        """Sessions of a way back, which do not count."""
        self.last: date | None = None

    def take(self, event: _Event) -> None:
        if isinstance(event, DecidedAnswers):
            self._decided(event)
        elif isinstance(event, PauseEpisode):
            self.skip = SESSIONS_BACK if event.kind == "flare" else self.skip
            self._hold()
        elif isinstance(event, Missed):
            self._halve()
        elif isinstance(event, Hurt) or event.outcome == "hurt" or event.comfort == "uncomfortable":
            self._hold()
        elif is_comfortable(event):
            self._comfortable(local_day(event.at, self.now))

    def _hold(self) -> None:
        """Begin the week anew; what was reached stays."""
        self.growth = replace(self.growth, since=None, sessions=0)

    def _halve(self) -> None:
        self._hold()
        self.growth = replace(self.growth, halved=True)

    def _decided(self, decided: DecidedAnswers) -> None:
        self.going = decided.decision.activity == "go"
        pain = decided.carried.answers.pain
        if pain.morning is None or pain.baseline is None or pain.morning <= pain.baseline:
            return
        self._hold()
        if pain.morning - pain.baseline > 1:
            self._halve()

    def grow(self, day: date) -> None:
        """Move one variable, where a comfortable week lies behind ``day`` and it is going well."""
        grown = self.growth
        if not self.going or self.last is None or (day - self.last).days >= WEEK_DAYS:
            return
        if grown.since and (day - grown.since).days >= WEEK_DAYS and grown.sessions >= SESSIONS:
            level = grown.level if grown.halved else min(grown.level + 1, MOST_LEVELS)
            self.growth = Growth(level=level, halved=False, since=day)

    def _comfortable(self, day: date) -> None:
        if self.last is not None and (day - self.last).days >= AWAY_DAYS:
            self.growth = Growth(halved=self.growth.halved)
        self.grow(day)
        self.last = day
        if self.skip:
            self.skip -= 1
        elif self.going:
            self.growth = replace(self.growth, since=self.growth.since or day, sessions=self.growth.sessions + 1)
