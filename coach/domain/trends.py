"""Trends over a period: pain by day, days of care, pauses, comfort of each stretch, with the days behind each figure.

A day is the local day on which a record was made; of several numbers on one day the highest counts. Nothing is filled
in: a day without a check-in has no number, and a comparison of too few days says so instead of comparing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from typing import Literal, TypeVar

import msgspec
from msgspec.structs import replace

from coach.domain.ice import icings
from coach.domain.status.carried_answers import CarriedAnswers, effective
from coach.domain.status.history import CheckIn, History
from coach.domain.status.pauses import PauseEpisode
from coach.domain.status.wall_clock import local_day
from coach.domain.triage.answers import KNEES, Answers, Points, Quality, Side, Tri, When
from coach.domain.triage.state import STATES, State, state_of

View = Literal["walking", "left", "right", "either", "rest", "during", "morning"]
"""Which pain: the worst when walking (of one knee; ``either``: of no knee by itself), at rest, in or just after the
stretches, the next morning."""
VIEWS: tuple[View, ...] = ("walking", "rest", "during", "morning")
BY_KNEE: tuple[View, ...] = ("left", "right", "either")
COMPARED: tuple[View, ...] = ("walking", "rest", "morning")
"""The numbers that are comparable from day to day; the one in a session hangs on the session."""
ENOUGH_DAYS = 3
"""Noted days that each half of a period needs before the two are compared: one good or bad day must not decide it."""

MOST_DAILY, WEEK = 100, 7
"""Days up to which a drawn course has a point for each day, and the days of a point beyond it."""
_Id = TypeVar("_Id", bound=str)


class PainDay(msgspec.Struct, frozen=True):
    """The pain of one day, in points of 10; None where it was not noted."""

    day: date
    walking: Points | None = None
    rest: Points | None = None
    during: Points | None = None
    morning: Points | None = None
    left: Points | None = None
    right: Points | None = None
    either: Points | None = None
    """The worst when walking of check-ins that told of no knee by itself."""
    medicines: tuple[str, ...] = ()
    """The painkillers that the numbers of this day were told under."""

    def of(self, view: View) -> Points | None:
        """Return the number of one view."""
        points: Points | None = getattr(self, view)
        return points

    @property
    def noted(self) -> bool:
        """Whether the day has any number at all."""
        return any(self.of(view) is not None for view in VIEWS)


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


class CareDay(msgspec.Struct, frozen=True):
    """What was done on one day."""

    day: date
    sessions: int = 0
    seconds: float = 0
    ices: int = 0
    hurts: int = 0
    habit: bool | None = None
    """The evening's yes or no; None where it was not said."""
    paused: bool = False

    @property
    def cared(self) -> bool:
        """Whether anything was done for the knee; a kept habit and a cooling count."""
        return bool(self.sessions or self.ices or self.habit)


class StretchComfort(msgspec.Struct, frozen=True):
    """How one stretch felt: sessions that held it, by the comfort that was said afterwards."""

    stretch: str
    times: int
    pleasant: int
    neutral: int
    uncomfortable: int
    hurt: int
    """How often *it hurts* was said in it."""


class PeriodChange(msgspec.Struct, frozen=True):
    """The medians of the first and the second half of the days noted, and how many days each half has."""

    view: View
    before: float | None
    after: float | None
    days_before: int
    days_after: int

    @property
    def tells(self) -> bool:
        """Whether both halves have enough noted days to be compared."""
        return min(self.days_before, self.days_after) >= ENOUGH_DAYS


class Strength(msgspec.Struct, frozen=True):
    """One view over a period: noted days, lowest, highest, median and the last number with its day."""

    view: View
    days: int
    lowest: Points
    highest: Points
    middle: float
    last: Points
    last_day: date


class SignNote(msgspec.Struct, frozen=True):
    """One sign over a period, of the check-ins and lists that asked it."""

    sign: str
    yes: tuple[date, ...]
    unsure: tuple[date, ...]
    last: Tri
    """The latest answer, so that a sign that has gone is not read as one that is there."""


def last_day(history: History, now: datetime) -> date:
    """Return today; or the day of the latest record, where it was made further east, in a day that was tomorrow."""
    kinds = (history.check_ins, history.sessions, history.hurts, history.ices)
    latest = (records[-1].at for records in kinds if records)
    return max([now.date(), *(at.date() for at in latest if at <= now)])


def days(first: date, last: date) -> tuple[date, ...]:
    """Return every day from ``first`` to ``last``, both included."""
    return tuple(first + timedelta(n) for n in range((last - first).days + 1))


def effective_check_ins(history: History) -> tuple[CheckIn, ...]:
    """Return the check-ins in order, without those that a later one corrects, which takes the moment of the first.

    Each keeps the side that it was about, as far as that is known.
    """
    check_ins = ((event.at, with_side(event.check_in, history)) for event in effective(history.check_ins))
    dated = (check_in if check_in.at == at else replace(check_in, at=at) for at, check_in in check_ins)
    return tuple(sorted(dated, key=lambda check_in: check_in.at))


def with_side(check_in: CheckIn, history: History) -> CheckIn:
    """Return a check-in with its side: one of an earlier version has that of the settings then, if the records tell it.

    The settings of today tell nothing of it: the side may have changed since.
    """
    if check_in.answers.side is not None:
        return check_in
    before = (noted.side for noted in reversed(history.backgrounds) if noted.at <= check_in.at)
    side = next((side for side in before if side is not None), None)
    return replace(check_in, answers=replace(check_in.answers, side=side)) if side else check_in


def within(history: History, first: date, last: date) -> tuple[CheckIn, ...]:
    """Return the check-ins of a period, corrections applied."""
    return tuple(check_in for check_in in effective_check_ins(history) if first <= check_in.at.date() <= last)


def pain(history: History, first: date, last: date) -> tuple[PainDay, ...]:
    """Return the pain of each day of a period, in order, also of the days that have none noted."""
    check_ins: dict[date, list[CheckIn]] = {}
    for check_in in within(history, first, last):
        check_ins.setdefault(check_in.at.date(), []).append(check_in)
    return tuple(pain_day(day, check_ins.get(day, ())) for day in days(first, last))


def pain_day(day: date, check_ins: Iterable[CheckIn]) -> PainDay:
    """Return the pain of one day from its check-ins, corrections applied."""
    highest: dict[str, Points] = {}
    medicines: dict[str, None] = {}
    for check_in in check_ins:
        for view, points in numbers(check_in.answers).items():
            highest[view] = max(points, highest.get(view, 0))
        if check_in.medicine:
            medicines[check_in.medicine] = None
    return PainDay(day, **highest, medicines=tuple(medicines))


def numbers(answers: Answers) -> dict[View, Points]:
    """Return every number that answers tell: the worst when walking, and under it that of each knee, or of neither."""
    told: dict[View, Points | None] = {view: getattr(answers.pain, view) for view in VIEWS}
    by_knee: dict[View, Points | None] = {knee: answers.walking_of(knee) for knee in KNEES}
    if all(points is None for points in by_knee.values()):
        by_knee["either"] = answers.pain.walking
    return {view: points for view, points in (told | by_knee).items() if points is not None}


def walking_views(series: Iterable[PainDay], side: Side) -> tuple[View, ...]:
    """Return how the worst when walking is told apart: not at all where all of it is of the one ``side``, or of both.

    What was told of one knee is never drawn as the other's, whatever the settings say today.
    """
    series = tuple(series)
    told = tuple(view for view in BY_KNEE if any(day.of(view) is not None for day in series))
    return told if set(told) - {"either" if side == "both" else side} else ("walking",)


def views_of(walking: Iterable[View], views: Iterable[View] = VIEWS) -> tuple[View, ...]:
    """Return ``views`` with the worst when walking told apart as ``walking`` says."""
    return (*walking, *(view for view in views if view != "walking"))


def medicines(check_ins: Iterable[CheckIn]) -> tuple[tuple[str, int], ...]:
    """Return each painkiller with the number of days on which it was taken, the most frequent first."""
    taken = {(check_in.at.date(), check_in.medicine) for check_in in check_ins if check_in.medicine}
    return tuple(Counter(medicine for _, medicine in sorted(taken)).most_common())


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
            chart.append((part.start + (len(series[part]) - 1) / 2, _median(values)))
    return chart


def columns_under_medicine(series: Sequence[PainDay], view: View, each: int) -> frozenset[int]:
    """Return the columns of ``each`` days in which a number of ``view`` was told under a painkiller."""
    days = enumerate(series)
    return frozenset(n // each for n, day in days if day.medicines and day.of(view) is not None)


def noted(series: Iterable[PainDay]) -> int:
    """Return how many days have a number."""
    return sum(day.noted for day in series)


def strength(series: Iterable[PainDay], view: View) -> Strength | None:
    """Return the numbers of one view over a period; None where it was never noted."""
    scores = [(day.day, value) for day in series if (value := day.of(view)) is not None]
    if not scores:
        return None
    values = [value for _, value in scores]
    last_day, last = scores[-1]
    return Strength(view, len(values), min(values), max(values), _median(values), last, last_day)


def change(series: tuple[PainDay, ...], view: View) -> PeriodChange:
    """Compare the two halves of the days noted by their medians; ``tells`` is False where there are too few days.

    The days are halved as they were noted, not by the calendar: who notes more often later on still has two halves.
    """
    values = [value for day in series if (value := day.of(view)) is not None]
    first, second = values[: len(values) // 2], values[len(values) // 2 :]
    return PeriodChange(
        view, _median(first) if first else None, _median(second) if second else None, len(first), len(second)
    )


def care(history: History, first: date, last: date, paused: AbstractSet[date] = frozenset()) -> tuple[CareDay, ...]:
    """Return what was done on each day of a period, in order; ``paused`` are the days of pauses."""
    sessions = [session for session in history.sessions if session.exercised and first <= session.at.date() <= last]
    count = Counter(session.at.date() for session in sessions)
    seconds: Counter[date] = Counter()
    for session in sessions:
        seconds[session.at.date()] += int(session.seconds)
    ices = Counter(icing.at.date() for icing in icings(history))
    hurts = Counter(session.at.date() for session in history.hurts)
    habit_answers = {session.day: session.kept for session in history.habit_days}
    return tuple(
        CareDay(day, count[day], seconds[day], ices[day], hurts[day], habit_answers.get(day), day in paused)
        for day in days(first, last)
    )


def paused_days(episodes: Iterable[PauseEpisode], today: date) -> frozenset[date]:
    """Return every day that a pause touched, up to ``today``."""
    touched: set[date] = set()
    for episode in episodes:
        touched.update(days(episode.since.date(), min(episode.ended.date(), today) if episode.ended else today))
    return frozenset(touched)


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


def comfort(history: History, first: date, last: date) -> tuple[StretchComfort, ...]:
    """Return how each stretch felt in a period, the most often done first."""
    times: Counter[str] = Counter()
    felt: dict[str, Counter[str]] = {}
    for session in history.sessions:
        if not first <= session.at.date() <= last:
            continue
        for stretch in dict.fromkeys(step.stretch for step in session.steps if step.done):
            times[stretch] += 1
            felt.setdefault(stretch, Counter())[session.comfort or ""] += 1
    hurts = Counter(hurt.stretch for hurt in history.hurts if hurt.stretch and first <= hurt.at.date() <= last)
    return tuple(
        _comfort(stretch, times[stretch], felt.get(stretch, Counter()), hurts[stretch])
        for stretch in sorted(set(times) | set(hurts), key=lambda stretch: (-times[stretch], stretch))
    )


def _comfort(stretch: str, times: int, felt: Counter[str], hurt: int) -> StretchComfort:
    return StretchComfort(stretch, times, felt["pleasant"], felt["neutral"], felt["uncomfortable"], hurt)


def signs(answered: Iterable[CarriedAnswers], first: date, last: date) -> dict[str, SignNote]:
    """Return every sign that was asked in a period, with the days of each yes and unsure and the latest answer.

    What was carried over from an earlier day is not an answer of that day.
    """
    by_sign: dict[str, list[tuple[date, Tri]]] = {}
    for carried in answered:
        if first <= carried.at.date() <= last:
            for sign in carried.asked:
                by_sign.setdefault(sign, []).append((carried.at.date(), carried.answers.sign(sign)))
    return {
        sign: SignNote(sign, _days_of(answers, "yes"), _days_of(answers, "unsure"), answers[-1][1])
        for sign, answers in by_sign.items()
    }


def _days_of(answers: Iterable[tuple[date, Tri]], wanted: Tri) -> tuple[date, ...]:
    return tuple(dict.fromkeys(day for day, answer in answers if answer == wanted))


def _median(values: Iterable[int]) -> float:
    from statistics import median  # here, as Today reads this module and draws no chart: 10 ms

    return median(values)


def movements(check_ins: Iterable[CheckIn]) -> tuple[tuple[When, int], ...]:
    """Return in which movements it hurt, and in how many check-ins each was named, the most often named first."""
    return _by_frequency(check_in.answers.when for check_in in check_ins)


def qualities(check_ins: Iterable[CheckIn]) -> tuple[tuple[Quality, int], ...]:
    """Return how it felt, and in how many check-ins each was named, the most often named first."""
    return _by_frequency(check_in.answers.quality for check_in in check_ins)


def _by_frequency(lists: Iterable[tuple[_Id, ...]]) -> tuple[tuple[_Id, int], ...]:
    return tuple(Counter(item for items in lists for item in dict.fromkeys(items)).most_common())


def sharp_days(check_ins: tuple[CheckIn, ...]) -> dict[str, tuple[date, ...]]:
    """Return the days of a stab in one movement, and of one again and again."""
    return {
        kind: tuple(dict.fromkeys(check_in.at.date() for check_in in check_ins if check_in.answers.sharp == kind))
        for kind in ("one-movement", "repeats")
    }


def hot_days(check_ins: Iterable[CheckIn]) -> tuple[date, ...]:
    """Return the days on which the knee was hot, or had just flared."""
    return tuple(dict.fromkeys(check_in.at.date() for check_in in check_ins if check_in.answers.hot == "yes"))
