"""From answers to a decision, as a pure function over the rule book: every rule that fires is a reason."""

from collections.abc import Set as AbstractSet
from typing import Any, Literal

import msgspec

from coach.domain.guidance import Localized
from coach.domain.triage.answers import Answers
from coach.domain.triage.conditions import Because, Facts
from coach.domain.triage.levels import Activity, Advice, Headline, headline, strongest_activity, strongest_advice
from coach.domain.triage.rules import Ready, RuleBook


class Reason(msgspec.Struct, frozen=True):
    """One rule that fired, and one of its two answers."""

    rule: str
    answer: Literal["advice", "activity"]
    level: Activity | Advice
    because: dict[str, Any]
    """The answers that made it fire, by dotted path."""
    source: tuple[str, ...]
    text: Localized
    """The rule in one sentence, from the content."""


class Decision(msgspec.Struct, frozen=True):
    """What to do with today's routine, whether to see someone, and why: the strongest reasons first."""

    activity: Activity
    advice: Advice
    headline: Headline
    reasons: tuple[Reason, ...]


def decide(
    answers: Answers, book: RuleBook, *, asked_only: bool = False, cleared: AbstractSet[str] = frozenset()
) -> Decision:
    """Decide upon ``answers``: each answer is the strongest over all rules that fire.

    As an answers document, a sign that is not named counts as ``other_signs``. With ``asked_only``, which is how the
    program decides upon a check-in, a sign that was never asked does not count, and the rule ``not-asked`` sees to it.
    ``cleared`` are rule ids (``worse-each-walk``, ``recent-surgery``, ``weeks-21``) that a clearance cancels: the
    answers themselves stay, so that rules on pairs still see them.
    """
    facts = facts_of(answers, book, asked_only=asked_only)
    found: list[tuple[int, Reason]] = []
    for rule, because in book.firing(facts):
        if rule.id not in cleared:
            found += _reasons(rule, because)
    advice = strongest_advice(reason.level for _, reason in found)
    found += _following(book, found, advice, facts)
    activity = strongest_activity(reason.level for _, reason in found)
    found.sort(key=_place)
    return Decision(activity, advice, headline(activity, advice), tuple(reason for _, reason in found))


def facts_of(answers: Answers, book: RuleBook, *, asked_only: bool = False) -> Facts:
    """Return the answers by dotted path, as the conditions read them."""
    other = "no" if asked_only else answers.other_signs
    facts = dict(book.blank[other == "no"])
    pain, course = answers.pain, answers.course
    facts["pain.rest"] = pain.rest
    facts["pain.walking"] = pain.walking
    facts["pain.during"] = pain.during
    facts["pain.morning"] = pain.morning
    facts["pain.baseline"] = pain.baseline
    facts["sharp"] = answers.sharp
    facts["hot"] = answers.hot or "unsure"
    facts["quality"] = answers.quality
    facts["context"] = answers.context
    facts["course.symptom_days"] = course.symptom_days
    facts["course.rest_days"] = course.rest_days
    facts["course.paused_days"] = course.paused_days
    facts["course.pauses_14d"] = course.pauses_14d
    facts["course.week"] = course.week
    for sign, answer in answers.signs.items():
        if answer != other:
            facts[f"signs.{sign}"] = answer
    facts["named"] = answers.signs
    facts["other_signs"] = answers.other_signs
    facts["asked-only"] = asked_only
    return facts


def _reasons(rule: Ready, because: Because) -> list[tuple[int, Reason]]:
    return [
        (place, Reason(rule.id, answer, level, because, rule.source, rule.text))
        for place, answer, level in rule.outcomes
    ]


def _following(
    book: RuleBook, found: list[tuple[int, Reason]], advice: Advice, facts: Facts
) -> list[tuple[int, Reason]]:
    """Return the reasons that follow from ``advice``, with the answers that gave it."""
    if advice == "none":
        because = {"other_signs": "no"} if facts["other_signs"] == "no" else {}
    else:
        given = (one for one in found if one[1].answer == "advice" and one[1].level == advice)
        because = min(given, key=_place)[1].because
    more: list[tuple[int, Reason]] = []
    for rule in book.following:
        if advice in rule.on_advice:
            more += _reasons(rule, because)
    return more


def _place(one: tuple[int, Reason]) -> int:
    return one[0]
