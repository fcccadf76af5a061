"""What the person wants to do again: up to three goals, each scored 0 (cannot) to 10 (as before), about once a week.

This is the Patient-Specific Functional Scale (Stratford, Gill, Westaway and Binkley, Physiotherapy Canada 1995; 47:
258-263; measured in knees by Chatman et al., Physical Therapy 1997; 77: 820-829). Goals are settings, merged by id;
their scores are records. A goal that was renamed or ended keeps its id, and so its scores.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Annotated

import msgspec
from msgspec.structs import replace

from coach.domain.moment import Moment
from coach.domain.status.carried_answers import effective
from coach.domain.status.diary import shown
from coach.domain.status.history import History
from coach.domain.triage.answers import Points

MOST = 3
"""Goals under way at once: as many as the scale asks for at most."""
LONGEST = 120
"""Letters of a goal: one line."""
WEEK = timedelta(days=7)
"""How often a goal is scored; the scores of one day apart say little."""
REAL_CHANGE, REAL_CHANGE_OF_MEAN = 3, 2
"""Points of one goal, and of the mean of several, from which a change is more than the scatter of the answers (minimal
detectable change, 90 % confidence: Stratford et al. 1995)."""
GoalText = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]


class Goal(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the person wants to do again."""

    id: str
    text: GoalText
    """In the person's own words."""
    since: Moment
    changed: Moment
    """When it was set, renamed, ended or taken up again last; of two machines' versions the later one counts."""
    ended: bool = False
    earlier: tuple[GoalText, ...] = ()
    """The other wordings that it had."""


class GoalScore(msgspec.Struct, frozen=True):
    """What can be done of a goal at one moment."""

    at: datetime
    points: Points


class GoalCourse(msgspec.Struct, frozen=True):
    """How a goal has gone: its first and its last score, and how many there are."""

    goal: Goal
    first: GoalScore | None = None
    last: GoalScore | None = None
    times: int = 0
    change: int | None = None
    """Points from the first score to the last; None where there are not two."""
    is_real: bool = False
    """Whether the change is more than the scatter of the answers."""


def open_goals(goals: Iterable[Goal]) -> tuple[Goal, ...]:
    """Return the goals under way, the oldest first: their places are the numbers that people type."""
    return tuple(sorted((goal for goal in goals if not goal.ended), key=lambda goal: (goal.since, goal.id)))


def tidy(text: str) -> str:
    """Return a goal as it is kept: one line."""
    return " ".join(text.split())


def with_texts(goals: Sequence[Goal], texts: Iterable[str], now: datetime) -> tuple[Goal, ...]:
    """Return ``goals`` with those of ``texts`` under way and no others; what is left out has ended."""
    wanted = {_key(text) for text in texts}
    after = tuple(goals)
    for goal in open_goals(goals):
        if _key(goal.text) not in wanted:
            after = ended(after, goal.id, now)
    for text in texts:
        after = added(after, text, now)
    return after


def added(goals: Sequence[Goal], text: str, now: datetime) -> tuple[Goal, ...]:
    """Return ``goals`` with one more under way; one that had ended is taken up again, with its scores."""
    same = next((goal for goal in goals if _key(goal.text) == _key(text)), None)
    if same is not None:
        return _with(goals, replace(same, ended=False, changed=now)) if same.ended else tuple(goals)
    # A moment after the last, so that goals set together keep their order.
    since = max([now, *(goal.since + timedelta(microseconds=1) for goal in goals)])
    return (*goals, Goal(id=_new_id(text, {goal.id for goal in goals}), text=tidy(text), since=since, changed=now))


def renamed(goals: Sequence[Goal], goal_id: str, text: str, now: datetime) -> tuple[Goal, ...]:
    """Return ``goals`` with one in other words; its scores stay its own."""
    goal = next(goal for goal in goals if goal.id == goal_id)
    if tidy(text) == goal.text:
        return tuple(goals)
    renamed_goal = replace(goal, text=tidy(text), changed=now)
    return _with(goals, replace(renamed_goal, earlier=_others((*goal.earlier, goal.text), renamed_goal)))


def ended(goals: Sequence[Goal], goal_id: str, now: datetime) -> tuple[Goal, ...]:
    """Return ``goals`` with one that is over: reached, or given up."""
    goal = next(goal for goal in goals if goal.id == goal_id)
    return tuple(goals) if goal.ended else _with(goals, replace(goal, ended=True, changed=now))


def merged(here: Sequence[Goal], there: Sequence[Goal]) -> tuple[Goal, ...]:
    """Return the goals of two machines, in the same order whichever came first; none is ever lost.

    There may be more than three under way then: nobody but the person knows which of them is to end.
    """
    by_id: dict[str, Goal] = {}
    for goal in (*here, *there):
        by_id[goal.id] = _newer(by_id.get(goal.id, goal), goal)
    return tuple(sorted(by_id.values(), key=lambda goal: (goal.since, goal.id)))


def _newer(version: Goal, other: Goal) -> Goal:
    """Return what two versions of a goal come to: the later wording, and every earlier one."""
    older, newer = sorted((version, other), key=lambda goal: (goal.changed, goal.ended, goal.text, goal.earlier))
    wordings = (*older.earlier, *newer.earlier, older.text)
    return replace(newer, since=min(older.since, newer.since), earlier=_others(wordings, newer))


def _others(wordings: Iterable[str], goal: Goal) -> tuple[str, ...]:
    return tuple(sorted(set(wordings) - {goal.text}))


def scores(history: History) -> dict[str, tuple[GoalScore, ...]]:
    """Return the scores of each goal by its id, in order of time, as the diary shows them."""
    history = shown(history)
    told = [(event.at, event.goals) for event in history.goal_scores]
    told += [(event.at, event.check_in.goals) for event in effective(history.check_ins)]
    by_goal: dict[str, list[GoalScore]] = {}
    for at, points in sorted(told, key=lambda dated: dated[0]):
        for goal_id, value in points.items():
            by_goal.setdefault(goal_id, []).append(GoalScore(at, value))
    return {goal_id: tuple(series) for goal_id, series in by_goal.items()}


def courses(goals: Iterable[Goal], history: History) -> tuple[GoalCourse, ...]:
    """Return how each goal under way has gone."""
    by_goal = scores(history)
    return tuple(course(goal, by_goal.get(goal.id, ())) for goal in open_goals(goals))


def ended_courses(goals: Iterable[Goal], history: History, first: date, last: date) -> tuple[GoalCourse, ...]:
    """Return how each goal went that has ended and was scored within the days, the one that ended last first."""
    by_goal = scores(history)
    over = sorted((goal for goal in goals if goal.ended), key=lambda goal: (goal.changed, goal.id), reverse=True)
    told = ((goal, by_goal.get(goal.id, ())) for goal in over)
    return tuple(
        course(goal, series) for goal, series in told if any(first <= score.at.date() <= last for score in series)
    )


def course(goal: Goal, series: Sequence[GoalScore]) -> GoalCourse:
    """Return how a goal has gone, from its scores in order of time."""
    if not series:
        return GoalCourse(goal)
    change = series[-1].points - series[0].points if len(series) > 1 else None
    is_real = change is not None and abs(change) >= REAL_CHANGE
    return GoalCourse(goal, series[0], series[-1], len(series), change, is_real)


def mean_change(gone: Iterable[GoalCourse]) -> float | None:
    """Return the mean change of the goals that were scored twice; None where fewer than two were."""
    changes = [course.change for course in gone if course.change is not None]
    return sum(changes) / len(changes) if len(changes) > 1 else None


def is_real_mean(change: float | None) -> bool:
    """Tell whether a mean change is more than the scatter of the answers."""
    return change is not None and abs(change) >= REAL_CHANGE_OF_MEAN


def due(goals: Iterable[Goal], history: History, now: datetime) -> tuple[Goal, ...]:
    """Return the goals under way that were not scored for a week."""
    by_goal = scores(history)
    return tuple(
        goal
        for goal in open_goals(goals)
        if not any(timedelta(0) <= now - score.at < WEEK for score in by_goal.get(goal.id, ()))
    )


def _with(goals: Iterable[Goal], changed: Goal) -> tuple[Goal, ...]:
    return tuple(changed if goal.id == changed.id else goal for goal in goals)


def _key(text: str) -> str:
    return tidy(text).casefold()


def _new_id(text: str, taken: set[str]) -> str:
    """Return an id that two machines make alike for one wording, so that they score one goal."""
    from hashlib import sha256  # here, as every command reads the settings, and few set a goal: 2 ms

    nth = 0
    while (new := sha256(f"{_key(text)}/{nth}".encode(errors="surrogatepass")).hexdigest()[:16]) in taken:
        nth += 1
    return new
