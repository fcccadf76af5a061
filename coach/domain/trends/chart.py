"""What a chart of pain shows: the days with their state, or the points of a drawn course and the columns of a table."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime

import msgspec

from coach.domain.status.carried_answers import effective
from coach.domain.status.history import History
from coach.domain.status.wall_clock import local_day
from coach.domain.trends.pain import PainDay, View, median, walking_views
from coach.domain.triage.answers import KNEES, Points, Side
from coach.domain.triage.state import STATES, State, state_of

MOST_DAILY, WEEK = 100, 7
"""Days up to which a drawn course has a point for each day, and the days of a point beyond it."""


class ChartDay(msgspec.Struct, frozen=True):
    """One day of a chart of pain: the number, what the day was called, and whether a pause touched it."""

    day: date
    points: Points | None = None
    """The worst pain of the day, 0 to 10; None where it was not noted: a gap, never a line."""
    state: State | None = None
    """What the check-ins of the day told; None where there was none."""
    paused: bool = False
    knees: tuple[Points | None, Points | None] | None = None
    """The number of the left knee and that of the right one; None: of one knee, or of none by itself."""
    medicine: bool = False
    """Whether the numbers were told under a painkiller."""


def day_states(history: History, now: datetime) -> dict[date, State]:
    """Return the state that the check-ins of each day told, the strictest of a day; a day without one has none."""
    states: dict[date, State] = {}
    for event in effective(history.check_ins):
        if event.check_in.told is not None:
            day, state = event.check_in.day or local_day(event.at, now), state_of(event.check_in.told.headline)
            if state != (before := states.setdefault(day, state)):
                states[day] = max(state, before, key=STATES.index)
    return states


def chart_days(
    series: Sequence[PainDay], states: Mapping[date, State], paused: AbstractSet[date], side: Side = "both"
) -> tuple[ChartDay, ...]:
    """Return the days of a chart, in order, with what each was; knees are apart where not all is of one ``side``."""
    apart = bool(set(walking_views(series, side)) & set(KNEES))
    return tuple(
        ChartDay(
            day.day,
            day.walking,
            knees=(day.left, day.right) if apart and (day.left, day.right) != (None, None) else None,
            medicine=bool(day.medicines),
            state=states.get(day.day),
            paused=day.day in paused,
        )
        for day in series
    )


def columns_of(days: int, each: int) -> list[slice]:
    """Return ``days`` in columns of ``each``."""
    return [slice(at, at + each) for at in range(0, days, each)]


def each_of(series: Sequence[PainDay]) -> int:
    """Return how many days make one point of a drawn course: one, or a week where a day would be no dot any more."""
    return 1 if len(series) <= MOST_DAILY else WEEK


def chart_points(series: Sequence[PainDay], view: View) -> list[tuple[float, float]]:
    """Return the points of a drawn course, by their place among the days: each day's number, or each week's median."""
    chart = []
    for part in columns_of(len(series), each_of(series)):
        values = [points for day in series[part] if (points := day.of(view)) is not None]
        if values:
            chart.append((part.start + (len(series[part]) - 1) / 2, median(values)))
    return chart


def columns_under_medicine(series: Sequence[PainDay], view: View, each: int) -> frozenset[int]:
    """Return the columns of ``each`` days in which a number of ``view`` was told under a painkiller."""
    days = enumerate(series)
    return frozenset(n // each for n, day in days if day.medicines and day.of(view) is not None)
