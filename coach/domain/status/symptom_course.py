"""The course of the symptoms, in days and counts worked out from records (``course`` of an answers document)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from coach.domain.status.elapsed import apart
from coach.domain.status.pauses import DecidedAnswers, PauseEpisode, PauseState, highest_pain
from coach.domain.status.person import Person
from coach.domain.triage.answers import WEEK, Answers, Course, Week

ANEW_DAYS = 14
"""After so many days at 0 the onset counts anew, and it is called settled."""
GAP_DAYS = 7
"""Between two check-ins at 0 no more days than this may be unknown."""
LONGEST = 36_500
"""Days of symptoms beyond which a number is a slip."""
WEEK_NOTES = 3
"""Days with a check-in that a week needs before it is compared."""
WEEK_STEP = 1.0
"""How many points the mean of a week must move to be called better or worse (a proposal)."""


def symptom_course(pauses: PauseState, person: Person, now: datetime) -> Course:
    """Return the day counts of an answers document at ``now``."""
    scored = [(_day(decided.carried.at, now), decided) for decided in pauses.decided if _has_score(decided)]
    return Course(
        symptom_days=_symptom_days(scored, person, now.date()),
        rest_days=_rest_days(scored, pauses.episodes, now),
        paused_days=_paused_days(pauses.open, now),
        pauses_14d=sum(now - timedelta(days=14) < episode.since <= now for episode in pauses.episodes),
        week=_week(scored, now.date()),
    )


def settled_since(pauses: PauseState, now: datetime) -> date | None:
    """Return the first day of the run at 0 up to now that is long enough to count anew; None where none is."""
    scored = [(_day(decided.carried.at, now), decided) for decided in pauses.decided if _has_score(decided)]
    run = _last_run_at_zero(scored, now.date())
    return run if run is not None and (now.date() - run).days >= ANEW_DAYS else None


def _symptom_days(scored: Sequence[tuple[date, DecidedAnswers]], person: Person, today: date) -> int:
    onset = _onset(scored, person.onset, today)
    return max((today - onset).days, 0) if onset else 0


def _onset(scored: Sequence[tuple[date, DecidedAnswers]], told_onset: date | None, today: date) -> date | None:
    """Return since when there are symptoms: as told, or first noted; anew after a long run at 0.

    What was told counts, whatever was noted before that day.
    """
    onset, zero_from, last_day = told_onset or _onset_by_first(scored), None, None
    for day, decided in scored:
        if last_day is not None and (day - last_day).days > GAP_DAYS:
            zero_from = None
        hurts = highest_pain(decided.carried.answers) > 0
        if zero_from is not None and (day - zero_from).days >= ANEW_DAYS:
            onset = told_onset if told_onset and told_onset >= zero_from else None
        if hurts:
            onset, zero_from = onset or day, None
        else:
            zero_from = zero_from or day
        last_day = day
    if zero_from is not None and last_day is not None and _unbroken(zero_from, last_day, today):
        return None
    return onset


def _onset_by_first(scored: Sequence[tuple[date, DecidedAnswers]]) -> date | None:
    """Return since when there are symptoms by the first check-in, as those before it may not be read any more."""
    if not scored:
        return None
    day, decided = scored[0]
    days = min(decided.carried.answers.course.symptom_days, LONGEST)
    return day - timedelta(days=days) if days else None


def _unbroken(zero_from: date, last: date, today: date) -> bool:
    return (today - last).days <= GAP_DAYS and (today - zero_from).days >= ANEW_DAYS


def _last_run_at_zero(scored: Sequence[tuple[date, DecidedAnswers]], today: date) -> date | None:
    """Return the first day of the check-ins at 0 that lead up to today without a gap."""
    first, before = None, today
    for day, decided in reversed(scored):
        if highest_pain(decided.carried.answers) > 0 or (before - day).days > GAP_DAYS:
            break
        first = before = day
    return first


def _rest_days(scored: Sequence[tuple[date, DecidedAnswers]], episodes: Sequence[PauseEpisode], now: datetime) -> int:
    """Return the days in a row, up to the last check-in, with symptoms in the open pause; its first day is no rest."""
    episode = episodes[-1] if episodes and episodes[-1].ended is None else None
    if episode is None:
        return 0
    in_pause = [(day, decided) for day, decided in scored if day > _day(episode.since, now)]
    first = last = None
    for day, decided in in_pause:
        if highest_pain(decided.carried.answers) == 0:
            first = None
            continue
        first, last = first or day, day
    return (last - first).days + 1 if first and last else 0


def _paused_days(episode: PauseEpisode | None, now: datetime) -> int:
    return max(apart(episode.since, now).days, 0) if episode else 0


def _week(scored: Sequence[tuple[date, DecidedAnswers]], today: date) -> Week:
    """Return how the last seven days compare with the seven before, by the worst walking pain of each day."""
    worst: dict[date, int] = {}
    for day, decided in scored:
        if (walking := decided.carried.answers.pain.walking) is not None:
            worst[day] = max(walking, worst.get(day, 0))
    last = [points for day, points in worst.items() if 0 <= (today - day).days < 7]
    before = [points for day, points in worst.items() if 7 <= (today - day).days < 14]
    if len(last) < WEEK_NOTES or len(before) < WEEK_NOTES:
        return "same"
    difference = sum(last) / len(last) - sum(before) / len(before)
    return "worse" if difference >= WEEK_STEP else "better" if difference <= -WEEK_STEP else "same"


def worse_of(first: Course, second: Course) -> Course:
    """Return the higher of each count, and the worse week."""
    return Course(
        symptom_days=max(first.symptom_days, second.symptom_days),
        rest_days=max(first.rest_days, second.rest_days),
        paused_days=max(first.paused_days, second.paused_days),
        pauses_14d=max(first.pauses_14d, second.pauses_14d),
        week=max(first.week, second.week, key=WEEK.index),
    )


def _has_score(decided: DecidedAnswers) -> bool:
    """Tell whether a check-in holds any pain number."""
    return decided.carried.check_in is not None and _has_any_number(decided.carried.answers)


def _has_any_number(answers: Answers) -> bool:
    pain = answers.pain
    return any(points is not None for points in (pain.rest, pain.walking, pain.during, pain.morning))


def _day(at: datetime, now: datetime) -> date:
    return at.astimezone(now.tzinfo).date()
