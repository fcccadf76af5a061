"""From answers to a decision, as a pure function over the rule book: every rule that fires is a reason."""

from collections.abc import Set as AbstractSet
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

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
    unasked: frozenset[str] = frozenset()
    """The paths of ``because`` that nobody answered: they count as unsure, but are not told as if said."""


PlacedReason = tuple[int, Reason]
"""A reason and its place among all that the rule book can give; the strongest is lowest."""


class Decision(msgspec.Struct, frozen=True):
    """What to do with today's routine, whether to see someone, and why: the strongest reasons first."""

    activity: Activity
    advice: Advice
    headline: Headline
    reasons: tuple[Reason, ...]


def decide(
    answers: Answers, book: RuleBook, *, asked_only: bool = False, cleared: AbstractSet[str] = frozenset()
) -> Decision:
    """Decide on ``answers``: each answer is the strongest over all rules that fire.

    As an answers document, a sign that is not named counts as ``other_signs``. With ``asked_only``, which is how the
    program decides on a check-in, a sign that was never asked does not count, and the rule ``not-asked`` sees to it.
    ``cleared`` are the rules (``worse-each-walk``, ``days-21``) and the conditions (``diabetes``) that a clearance
    cancels: the answers themselves stay, so that rules on pairs still see them.
    """
    facts = facts_of(answers, book, asked_only=asked_only, cleared=cleared)
    placed: list[PlacedReason] = []
    for rule, because in book.firing(facts):
        if rule.id not in cleared:
            placed += _reasons(rule, because)
    if answers.hot is None:
        placed = [(place, _without_heat(reason)) for place, reason in placed]
    advice = strongest_advice(reason.level for _, reason in placed)
    placed += _following(book, placed, advice, facts)
    activity = strongest_activity(reason.level for _, reason in placed)
    placed.sort(key=_place)
    return Decision(activity, advice, headline(activity, advice), tuple(reason for _, reason in placed))


def facts_of(answers: Answers, book: RuleBook, *, asked_only: bool, cleared: AbstractSet[str]) -> Facts:
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
    facts["cleared"] = cleared
    return facts


def _reasons(rule: Ready, because: Because) -> list[PlacedReason]:
    return [
        (place, Reason(rule.id, answer, level, because, rule.source, rule.text))
        for place, answer, level in rule.outcomes
    ]


def _without_heat(reason: Reason) -> Reason:
    """Return ``reason`` as one of answers in which nobody said whether the knee is hot."""
    return replace(reason, unasked=frozenset({"hot"})) if "hot" in reason.because else reason


def _following(book: RuleBook, placed: list[PlacedReason], advice: Advice, facts: Facts) -> list[PlacedReason]:
    """Return the reasons that follow from ``advice``, with the answers that gave it."""
    if advice == "none":
        because = {"other_signs": "no"} if facts["other_signs"] == "no" else {}
    else:
        giving = (entry for entry in placed if entry[1].answer == "advice" and entry[1].level == advice)
        because = min(giving, key=_place)[1].because
    following: list[PlacedReason] = []
    for rule in book.following:
        if advice in rule.on_advice:
            following += _reasons(rule, because)
    return following


def _place(placed: PlacedReason) -> int:
    return placed[0]
