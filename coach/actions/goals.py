"""What the person wants to do again: set, renamed, ended, and scored once a week."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from msgspec.structs import replace

from coach.actions.status.current import recent
from coach.domain import goals as rules
from coach.domain.goals import LONGEST, MOST, Goal, GoalCourse
from coach.domain.status.diary import shown
from coach.domain.status.history import GoalScores
from coach.domain.triage.answers import Points
from coach.errors import UsageError
from coach.home import Home, exclusive


def goals_under_way(home: Home) -> tuple[Goal, ...]:
    """Return the goals under way, in the order of the numbers that people type."""
    return rules.open_goals(home.profile.goals)


def checked(texts: Iterable[str]) -> tuple[str, ...]:
    """Return goals as they are kept, each once; UsageError where one is empty or long, or where there are too many."""
    tidied = tuple(dict.fromkeys(rules.tidy(text) for text in texts))
    for text in tidied:
        if not 0 < len(text) <= LONGEST:
            raise UsageError("goals.error.length", most=LONGEST)
    if len(tidied) > MOST:
        raise UsageError("goals.error.most", most=MOST)
    return tidied


def numbered(home: Home, number: int) -> Goal:
    """Return the goal of a number, from 1 on; UsageError where there is none."""
    goals = goals_under_way(home)
    if not 1 <= number <= len(goals):
        raise UsageError("goals.error.no-such" if goals else "goals.error.none", n=number, most=len(goals))
    return goals[number - 1]


@exclusive
def add(home: Home, text: str, now: datetime) -> None:
    """Set one more goal; UsageError where there are as many as there may be."""
    (tidied,) = checked([text])
    checked([*(goal.text for goal in goals_under_way(home)), tidied])
    _change(home, lambda goals: rules.added(goals, tidied, now))


@exclusive
def rename(home: Home, number: int, text: str, now: datetime) -> None:
    """Put a goal into other words; its scores stay its own."""
    goal = numbered(home, number)
    (tidied,) = checked([text])
    _change(home, lambda goals: rules.renamed(goals, goal.id, tidied, now))


@exclusive
def end(home: Home, number: int, now: datetime) -> Goal:
    """End a goal, and return it; its scores stay in the records."""
    goal = numbered(home, number)
    _change(home, lambda goals: rules.ended(goals, goal.id, now))
    return goal


@exclusive
def keep_line(home: Home, goal_id: str | None, text: str, now: datetime) -> str | None:
    """Keep what a line of a form says: its goal in other words, a new one, or, where it is empty, none any more.

    Return the id of the goal that the line is now; UsageError where it is too long, or there are too many.
    """
    goals = goals_under_way(home)
    goal = next((goal for goal in goals if goal.id == goal_id), None)
    if not rules.tidy(text):
        if goal:
            _change(home, lambda all_goals: rules.ended(all_goals, goal.id, now))
        return None
    (tidied,) = checked([text])
    if goal:
        _change(home, lambda all_goals: rules.renamed(all_goals, goal.id, tidied, now))
        return goal.id
    checked([*(goal.text for goal in goals), tidied])
    _change(home, lambda all_goals: rules.added(all_goals, tidied, now))
    return next(goal.id for goal in goals_under_way(home) if goal.text.casefold() == tidied.casefold())


def score(home: Home, points: Mapping[str, Points], now: datetime) -> tuple[GoalCourse, ...]:
    """Keep what can be done of each goal, by its id, and return how the goals under way have gone."""
    from coach.records import new_id

    if points:
        home.records.add(GoalScores(id=new_id(), at=now, goals=dict(points)))
    return courses(home, now)


def courses(home: Home, now: datetime) -> tuple[GoalCourse, ...]:
    """Return how each goal under way has gone, from its first score on."""
    goals = goals_under_way(home)
    if not goals:
        return ()
    return rules.courses(goals, shown(home.records.history(min(goal.since for goal in goals).date())))


def ended_courses(home: Home, first: date, last: date) -> tuple[GoalCourse, ...]:
    """Return how each goal went that has ended and was scored within the days."""
    over = [goal for goal in home.profile.goals if goal.ended]
    if not over:
        return ()
    return rules.ended_courses(over, shown(home.records.history(min(goal.since for goal in over).date())), first, last)


def goals_due(home: Home, now: datetime) -> tuple[Goal, ...]:
    """Return the goals under way that were not scored for a week."""
    goals = goals_under_way(home)
    return rules.due(goals, shown(recent(home, now)), now) if goals else ()


def _change(home: Home, change: Callable[[Sequence[Goal]], tuple[Goal, ...]]) -> None:
    before = home.profile.goals
    if change(before) != before:
        home.records.change_profile(lambda profile: replace(profile, goals=change(profile.goals)))
