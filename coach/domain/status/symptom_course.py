"""How it has gone, in days and counts worked out from records: what an answers document calls the course."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from coach.domain.status.elapsed import apart
from coach.domain.status.history import History
from coach.domain.status.pauses import Decided, PauseEpisode, PauseState, pause_state, reached
from coach.domain.status.person import Person
from coach.domain.triage.answers import WEEK, Answers, Course, Week
from coach.domain.triage.rules import RuleBook

ANEW_DAYS = 14
"""After so many days at 0 the onset counts anew, and it is called settled."""
GAP_DAYS = 7
"""Between two notes at 0 no more than this may be unknown."""
LONGEST = 36_500
"""Days of symptoms beyond which a number is a slip."""
WEEK_NOTES = 3
"""Days noted that a week needs before it is compared."""
WEEK_STEP = 1.0
"""How many points the mean of a week must move to be called better or worse (a proposal)."""


def course(history: History, person: Person, book: RuleBook, now: datetime) -> Course:
    """Return the day counts of an answers document at ``now``."""
    return course_of(pause_state(history, book, now, person.baseline), person, now)


def course_of(found: PauseState, person: Person, now: datetime) -> Course:
    """Return the same from episodes that were worked out already."""
    noted = [(_day(one.note.at, now), one) for one in found.decided if _told(one)]
    return Course(
        symptom_days=_symptom_days(noted, person, now.date()),
        rest_days=_rest_days(noted, found.episodes, now),
        paused_days=_paused_days(found.open, now),
        pauses_14d=sum(now - timedelta(days=14) < episode.since <= now for episode in found.episodes),
        week=_week(noted, now.date()),
    )


def settled_since(found: PauseState, now: datetime) -> date | None:
    """Return the first day of the run at 0 that stands now and is long enough to count anew; None where none is."""
    days = [(_day(one.note.at, now), one) for one in found.decided if _told(one)]
    run = _last_run(days, now.date())
    return run if run is not None and (now.date() - run).days >= ANEW_DAYS else None


def _symptom_days(noted: Sequence[tuple[date, Decided]], person: Person, today: date) -> int:
    onset = _onset(noted, person.onset, today)
    return max((today - onset).days, 0) if onset else 0


def _onset(noted: Sequence[tuple[date, Decided]], told: date | None, today: date) -> date | None:
    """Return since when there are symptoms: as told, or first noted; anew after a long run at 0.

    What was told counts whatever was noted before that day.
    """
    onset, zero_from, last = told or _by_the_first(noted), None, None
    for day, one in noted:
        if last is not None and (day - last).days > GAP_DAYS:
            zero_from = None
        hurts = reached(one.note.answers) > 0
        if zero_from is not None and (day - zero_from).days >= ANEW_DAYS:
            onset = told if told and told >= zero_from else None
        if hurts:
            onset, zero_from = onset or day, None
        else:
            zero_from = zero_from or day
        last = day
    if zero_from is not None and last is not None and _unbroken(zero_from, last, today):
        return None
    return onset


def _by_the_first(noted: Sequence[tuple[date, Decided]]) -> date | None:
    """Return since when there are symptoms by the first note, as those before it may not be read any more."""
    if not noted:
        return None
    day, one = noted[0]
    days = min(one.note.answers.course.symptom_days, LONGEST)
    return day - timedelta(days=days) if days else None


def _unbroken(zero_from: date, last: date, today: date) -> bool:
    return (today - last).days <= GAP_DAYS and (today - zero_from).days >= ANEW_DAYS


def _last_run(noted: Sequence[tuple[date, Decided]], today: date) -> date | None:
    """Return the first day of the notes at 0 that lead up to today without a hole."""
    run, before = None, today
    for day, one in reversed(noted):
        if reached(one.note.answers) > 0 or (before - day).days > GAP_DAYS:
            break
        run = before = day
    return run


def _rest_days(noted: Sequence[tuple[date, Decided]], episodes: Sequence[PauseEpisode], now: datetime) -> int:
    """Return the days in a row, up to the last note, with symptoms in a pause that stands; its first day is no rest."""
    episode = episodes[-1] if episodes and episodes[-1].ended is None else None
    if episode is None:
        return 0
    in_pause = [(day, one) for day, one in noted if day > _day(episode.since, now)]
    first = last = None
    for day, one in in_pause:
        if reached(one.note.answers) == 0:
            first = None
            continue
        first, last = first or day, day
    return (last - first).days + 1 if first and last else 0


def _paused_days(episode: PauseEpisode | None, now: datetime) -> int:
    return max(apart(episode.since, now).days, 0) if episode else 0


def _week(noted: Sequence[tuple[date, Decided]], today: date) -> Week:
    """Return how the last seven days compare with the seven before, by the worst walking pain of each day."""
    worst: dict[date, int] = {}
    for day, one in noted:
        if (walking := one.note.answers.pain.walking) is not None:
            worst[day] = max(walking, worst.get(day, 0))
    last = [n for day, n in worst.items() if 0 <= (today - day).days < 7]
    before = [n for day, n in worst.items() if 7 <= (today - day).days < 14]
    if len(last) < WEEK_NOTES or len(before) < WEEK_NOTES:
        return "same"
    moved = sum(last) / len(last) - sum(before) / len(before)
    return "worse" if moved >= WEEK_STEP else "better" if moved <= -WEEK_STEP else "same"


def worse_of(one: Course, other: Course) -> Course:
    """Return the higher of each count, and the worse week."""
    return Course(
        symptom_days=max(one.symptom_days, other.symptom_days),
        rest_days=max(one.rest_days, other.rest_days),
        paused_days=max(one.paused_days, other.paused_days),
        pauses_14d=max(one.pauses_14d, other.pauses_14d),
        week=max(one.week, other.week, key=WEEK.index),
    )


def _told(one: Decided) -> bool:
    """Tell whether a note holds any pain number."""
    return one.note.check_in is not None and _any_number(one.note.answers)


def _any_number(answers: Answers) -> bool:
    pain = answers.pain
    return any(number is not None for number in (pain.rest, pain.walking, pain.during, pain.morning))


def _day(at: datetime, now: datetime) -> date:
    return at.astimezone(now.tzinfo).date()
