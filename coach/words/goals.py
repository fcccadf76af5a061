"""Goals in words: each with its first and its last score, and whether the change is more than chance."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from coach.domain.goals import Goal, GoalCourse, is_real_mean, mean_change
from coach.domain.triage.answers import Points
from coach.words import Words
from coach.words.dates import short_day
from coach.words.shown import shown


def goal_lines(goals: Iterable[Goal], words: Words) -> Iterator[str]:
    """Yield the goals under way, each after its number."""
    for number, goal in enumerate(goals, start=1):
        yield words("common.numbered", n=number, text=shown(goal.text))


def course_lines(courses: Sequence[GoalCourse], words: Words) -> Iterator[str]:
    """Yield how each goal has gone, and then all of them together where two or more were scored twice."""
    for number, course in enumerate(courses, start=1):
        yield words("common.numbered", n=number, text=course_text(course, words, shown(course.goal.text)))
    if mean := mean_text(courses, words):
        yield mean


def course_text(course: GoalCourse, words: Words, text: str, *, short: bool = False) -> str:
    """Return a goal, as ``text``, with its scores; ``short``: without their days."""
    if course.first is None or course.last is None:
        return words("goals.not-scored", text=text)
    first, last = (short_day(score.at.date(), words) for score in (course.first, course.last))
    if course.change is None:
        return words("goals.once", text=text, points=course.last.points, day=last)
    change = _signed(course.change)
    if short:
        key = "goals.changed-short" if course.is_real else "goals.scattered-short"
    else:
        key = "goals.changed" if course.is_real else "goals.scattered"
    return words(
        key,
        text=text,
        first=course.first.points,
        first_day=first,
        last=course.last.points,
        last_day=last,
        change=change,
    )


def mean_text(courses: Sequence[GoalCourse], words: Words) -> str:
    """Return the mean change; empty where fewer than two goals were scored twice."""
    mean = mean_change(courses)
    if mean is None:
        return ""
    return words("goals.mean-real" if is_real_mean(mean) else "goals.mean", change=_signed(round(mean, 1)))


def _signed(points: float) -> str:
    return f"{points:+g}".replace("-", "−") if points else "±0"


def scores_text(points: Mapping[str, Points], goals: Iterable[Goal], words: Words) -> str:
    """Return what was scored at one time."""
    texts = {goal.id: shown(goal.text) for goal in goals}
    each = (words("goals.score", text=texts.get(goal, words("goals.unnamed")), points=n) for goal, n in points.items())
    return words("goals.scores", list=words("report.between").join(each))


def scored_document(points: Mapping[str, Points], goals: Iterable[Goal]) -> list[dict[str, Any]]:
    """Return the same for ``--json``."""
    texts = {goal.id: goal.text for goal in goals}
    return [{"id": goal, "text": texts.get(goal), "points": value} for goal, value in points.items()]


def courses_document(courses: Sequence[GoalCourse], ended: Iterable[Goal]) -> dict[str, Any]:
    """Return goals and scores for ``coach goals --json``."""
    mean = mean_change(courses)
    return {
        "goals": [
            {
                "n": number,
                "id": course.goal.id,
                "text": course.goal.text,
                "earlier": course.goal.earlier,
                "since": course.goal.since,
                "first": course.first,
                "last": course.last,
                "times": course.times,
                "change": course.change,
                "real": course.is_real,
            }
            for number, course in enumerate(courses, start=1)
        ],
        "mean_change": mean,
        "real": is_real_mean(mean),
        "ended": [{"id": goal.id, "text": goal.text, "since": goal.since, "ended": goal.changed} for goal in ended],
    }
