"""What was noted and done, over a stretch of days: the one reading that the History screen draws all of itself from."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import msgspec

from coach.actions.status.current import reaching
from coach.domain.ice import Icing, icings
from coach.domain.status.diary import shown
from coach.domain.status.history import CheckIn, GoalScores, History, Hurt, Missed, Seen, Session
from coach.domain.status.pause_machine import pause_state
from coach.domain.trends.care import CareDay, StretchComfort, care_days, stretch_comfort
from coach.domain.trends.chart import ChartDay, chart_days, day_states
from coach.domain.trends.pain import PainDay, pain_days
from coach.domain.trends.period import effective_check_ins, last_day, paused_days
from coach.domain.triage.state import State
from coach.home import Home
from coach.report.data import PauseLine
from coach.report.gather import pauses

TWO_WEEKS = 14
"""Days of a chart."""
Event = CheckIn | Session | Icing | Hurt | Seen | Missed | GoalScores


class LookBack(msgspec.Struct, frozen=True):
    """The days from ``first`` to ``last``, with everything that happened in them."""

    first: date
    last: date
    history: History
    pain: tuple[PainDay, ...]
    care: tuple[CareDay, ...]
    pauses: tuple[PauseLine, ...]
    states: Mapping[date, State] = {}
    """The state that the check-ins of each day told."""

    @property
    def paused(self) -> frozenset[date]:
        """The days that a pause touched."""
        return frozenset(day.day for day in self.care if day.paused)

    def of(self, days: int) -> "LookBack":
        """Return the last ``days`` of these days; all of them where there are fewer."""
        first = max(self.first, self.last - timedelta(days - 1))
        return LookBack(
            first,
            self.last,
            self.history,
            self.pain[-days:],
            self.care[-days:],
            tuple(pause for pause in self.pauses if pause.last is None or pause.last >= first),
            self.states,
        )

    @property
    def begun(self) -> int:
        """How many of these days went by before the first of which anything is known."""
        days = zip(self.pain, self.care, strict=True)
        return next((n for n, (pain, care) in enumerate(days) if pain.noted or care.cared or care.hurts), 0)

    def comfort(self) -> tuple[StretchComfort, ...]:
        """Return how each stretch felt in these days."""
        return stretch_comfort(self.history, self.first, self.last)

    def events(self, day: date) -> tuple[Event, ...]:
        """Return what was noted on one day, in order; corrections applied."""
        events: list[Event] = [*effective_check_ins(self.history), *self.history.sessions]
        events += [*icings(self.history), *self.history.hurts, *self.history.seens, *self.history.missed]
        events += self.history.goal_scores
        return tuple(sorted((event for event in events if event.at.date() == day), key=lambda event: event.at))

    def habit(self, day: date) -> tuple[str, bool] | None:
        """Return the habit and the answer of an evening; None where there is none."""
        answers = (answer for answer in reversed(self.history.habit_days) if answer.day == day)
        return next(((answer.habit, answer.kept) for answer in answers), None)


def days_around(home: Home, day: date, now: datetime) -> tuple[ChartDay, ...]:
    """Return the two weeks of a chart in which ``day`` lies: the last ones up to now, or those around it."""
    after = max((now.date() - day).days, 0)
    seen = look_back(home, now, TWO_WEEKS if after < TWO_WEEKS else after + TWO_WEEKS // 2)
    return chart_days(seen.pain[:TWO_WEEKS], seen.states, seen.paused, home.profile.side)


def look_back(home: Home, now: datetime, days: int) -> LookBack:
    """Return the last ``days`` days up to now."""
    noted = reaching(home, now.date() - timedelta(days - 1))
    history = shown(noted)
    last = last_day(history, now)
    first = last - timedelta(days - 1)
    book = home.content.rules
    pause_history = pause_state(noted, book, now, home.profile.baseline)
    return LookBack(
        first,
        last,
        history,
        pain_days(history, first, last),
        care_days(history, first, last, paused_days(pause_history.episodes, last)),
        pauses(pause_history, first, last, book),
        day_states(history, now),
    )
