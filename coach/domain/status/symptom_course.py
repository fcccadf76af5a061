"""The course of the symptoms, in days and counts worked out from records (``course`` of an answers document)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from coach.domain.status.calm import highest_pain
from coach.domain.status.history import History
from coach.domain.status.pauses import PauseEpisode, PauseState
from coach.domain.status.person import Person
from coach.domain.status.wall_clock import local_day
from coach.domain.triage.answers import WEEK, Answers, Course, Week

ANEW_DAYS = 14
"""After so many days at 0 the onset counts anew, and it is called settled."""
GAP_DAYS = 7
"""A silence of more days than this tells nothing: neither that it went on at 0, nor that it lasted."""
LONGEST = 36_500
"""Days of symptoms beyond which a number is a slip."""
WEEK_DAYS_TOLD = 3
"""Days with a check-in that a week needs before it is compared."""
WEEK_STEP = 1.0
"""How many points the median of a week must move to be called better or worse (a proposal)."""
Scored = tuple[date, Answers]
"""The answers of a check-in with a pain number, and its day in this place."""
WorstByDay = dict[date, int]
"""The highest number of each day that has one, in the order in which the days were first told of."""


def symptom_course(
    pauses: PauseState, history: History, person: Person, now: datetime, telling: Answers | None = None
) -> Course:
    """Return the day counts of an answers document at ``now``; ``telling`` are answers that are just being given.

    A day counts only where something was told of it: absence is not persistence. A number is the worst *since last
    time*, so that it tells of the few days before it too, but of no longer silence.
    """
    scored = _scored(pauses, now)
    if telling is not None and _has_any_number(telling):
        scored.append((now.date(), telling))
    worst = _worst_by_day(scored)
    return Course(
        symptom_days=_symptom_days(scored, worst, person, now.date()),
        rest_days=_rest_days(worst, history, now),
        paused_days=_paused_days(pauses.open, scored, now),
        pauses_14d=sum(now - timedelta(days=14) < episode.since <= now for episode in pauses.episodes),
        week=_week(worst, now.date()),
    )


def _scored(pauses: PauseState, now: datetime) -> list[Scored]:
    answered = (decided.carried for decided in pauses.decided if decided.carried.check_in is not None)
    return [(_day(carried.at, now), carried.answers) for carried in answered if _has_any_number(carried.answers)]


def settled_since(pauses: PauseState, now: datetime) -> date | None:
    """Return the first day of the run at 0 up to now that is long enough to count anew; None where none is."""
    scored = _scored(pauses, now)
    run = _last_run_at_zero(_worst_by_day(scored), now.date())
    return run if run is not None and (now.date() - run).days >= ANEW_DAYS else None


def _symptom_days(scored: Sequence[Scored], worst: WorstByDay, person: Person, today: date) -> int:
    onset = _onset(worst, person.onset or _onset_by_first(scored), person.onset)
    days = [day for day, _ in scored if onset and onset <= day <= today]
    if onset is None or not days:
        return 0
    # That it began so long ago was told, however long before the first check-in.
    return (days[0] - onset).days + _told_days(days)


def _told_days(days: Sequence[date]) -> int:
    """Return the days from the first to the last of these that were told of, without silences of more than a week."""
    return sum(gap for early, late in pairwise(days) if (gap := (late - early).days) <= GAP_DAYS)


def _onset(worst: WorstByDay, begins: date | None, told_onset: date | None) -> date | None:
    """Return since when there are symptoms: as told, or first noted; anew after a long run at 0.

    What was told counts, whatever was noted before that day.
    """
    onset, zero_from, last_day = begins, None, None
    for day, points in worst.items():
        if last_day is not None and (day - last_day).days > GAP_DAYS:
            zero_from = None
        if points > 0:
            onset, zero_from = onset or day, None
        else:
            zero_from = zero_from or day
            # The days told of alone: neither the silence after them nor the pain that ends them was at 0.
            if (day - zero_from).days + 1 >= ANEW_DAYS:
                onset = told_onset if told_onset and told_onset > day else None
        last_day = day
    return onset


def _onset_by_first(scored: Sequence[Scored]) -> date | None:
    """Return since when there are symptoms by the first check-in, as those before it may not be read any more."""
    if not scored:
        return None
    day, answers = scored[0]
    days = min(answers.course.symptom_days, LONGEST)
    return day - timedelta(days=days) if days else None


def _last_run_at_zero(worst: WorstByDay, today: date) -> date | None:
    """Return the first day of the check-ins at 0 that lead up to today without a gap."""
    # Backwards from today, as only the last run can be the one that is called settled.
    first, before = None, today
    for day, points in reversed(worst.items()):
        if points > 0 or (before - day).days > GAP_DAYS:
            break
        first = before = day
    return first


def _rest_days(worst: WorstByDay, history: History, now: datetime) -> int:
    """Return how many days in a row, up to the last one told of, had pain and no exercise.

    A day at 0, a day with a session and a silence of more than a week begin the count anew. Whatever the number: who
    has had a one for three days without stretching has symptoms although rested, and three such days say ``soon``.
    """
    exercised = (
        _day(session.at, now)
        for session in reversed(history.sessions)
        if session.at <= now and session.id not in history.dated_ahead and session.exercised
    )
    last_exercised = next(exercised, date.min)
    count, later = 0, now.date()
    for day in sorted(worst, reverse=True):
        if (later - day).days > GAP_DAYS or worst[day] == 0 or last_exercised >= day:
            break
        count, later = count + 1, day
    return count


def _worst_by_day(scored: Sequence[Scored]) -> WorstByDay:
    worst: WorstByDay = {}
    for day, answers in scored:
        points = highest_pain(answers)
        # Also an equal one: a day told of at 0 is a day told of.
        if points >= worst.get(day, 0):
            worst[day] = points
    return worst


def _paused_days(episode: PauseEpisode | None, scored: Sequence[Scored], now: datetime) -> int:
    if episode is None:
        return 0
    since = _day(episode.since, now)
    return _told_days([since, *(day for day, _ in scored if since <= day <= now.date())])


def _week(worst: WorstByDay, today: date) -> Week:
    """Return how the last seven days compare with the seven before, by the worst pain of each day told of.

    By the median, so that one bad day is no bad week.
    """
    last = [points for day, points in worst.items() if 0 <= (today - day).days < 7]
    before = [points for day, points in worst.items() if 7 <= (today - day).days < 14]
    if len(last) < WEEK_DAYS_TOLD or len(before) < WEEK_DAYS_TOLD:
        return "same"
    difference = _median(last) - _median(before)
    return "worse" if difference >= WEEK_STEP else "better" if difference <= -WEEK_STEP else "same"


def _median(values: Sequence[int]) -> float:
    # The library's own costs 10 ms at every start, with decimals and fractions that pain does not need.
    middle, ordered = len(values) // 2, sorted(values)
    return float(ordered[middle]) if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def worse_of(first: Course, second: Course) -> Course:
    """Return the higher of each count, and the worse week."""
    return Course(
        symptom_days=max(first.symptom_days, second.symptom_days),
        rest_days=max(first.rest_days, second.rest_days),
        paused_days=max(first.paused_days, second.paused_days),
        pauses_14d=max(first.pauses_14d, second.pauses_14d),
        week=max(first.week, second.week, key=WEEK.index),
    )


def _has_any_number(answers: Answers) -> bool:
    pain = answers.pain
    return not (pain.rest is None and pain.walking is None and pain.during is None and pain.morning is None)


def _day(at: datetime, now: datetime) -> date:
    return local_day(at, now)
