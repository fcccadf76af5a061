"""The rule book: signs, conditions and rules as read from ``routines/``, put together once for the engine.

Nothing here knows any single rule: what fires when, and how strongly, is in ``rules.toml`` and ``signs.toml``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Literal

import msgspec

from coach.domain.guidance import Localized, Source
from coach.domain.triage.answers import Context, Course, Pain, Tri
from coach.domain.triage.care_lines import Region
from coach.domain.triage.conditions import Because, Condition, Facts, SignAnswered, SignsNotAsked, Written
from coach.domain.triage.levels import Activity, Advice

Group = Literal["emergency", "today", "soon", "watch"]
Basis = Literal["published", "article", "proposal"]
"""Guidance, the article, or our own; what is ours was reviewed by no clinician."""
Clearance = Literal["none", "90-days", "lasting"]
"""What clearing a condition does: nothing; no gentleness by itself for 90 days; no pause for it any more."""
GROUPS: tuple[Group, ...] = ("emergency", "today", "soon", "watch")

RANK: dict[str, int] = {"go": 0, "gentle": 1, "pause": 2, "none": 0, "watch": 0, "soon": 3, "today": 4, "emergency": 5}
"""The place in ``HEADLINES`` up to which each level reaches: the headline is the highest over all rules that fire."""

_SHOWN = ("none", "watch", "go", "gentle", "pause", "soon", "today", "emergency")
"""The order of reasons, the weakest first, so that the first reason of a decision is always one of its headline."""


class Effect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a rule asks for, and how that is said."""

    text: Localized
    advice: Advice | None = None
    activity: Activity | None = None


class Sign(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One sign that a person is asked about (``[[signs]]`` of ``routines/signs.toml``)."""

    id: str
    group: Group
    text: Localized
    """The question, in plain words."""
    short: Localized
    """A few words for reasons and narrow places."""
    if_yes: Localized | None = None
    """What is said after a yes in place of the group's sentence, where this sign asks for more."""
    asked: Literal["each-time", "yearly"] = "each-time"
    """``yearly``: a fact that changes slowly, asked at set-up and once a year, and never answered by a blanket no."""
    basis: Basis = "published"
    source: tuple[str, ...]


class SignGroup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the answers to one group of signs ask for (``[[groups]]`` of ``routines/signs.toml``)."""

    id: Group
    title: Localized
    ask: Localized
    """How the list is introduced."""
    yes: Effect
    unsure: Effect
    unanswered: Localized
    """What is said where signs of the group were not answered, which has the effect of ``unsure``."""


class ContextInfo(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A condition that a person lives with (``routines/contexts.toml``)."""

    id: Context
    text: Localized
    short: Localized
    clearance: Clearance = "none"


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule: where all of ``when`` hold, it asks for ``advice`` and ``activity`` (``routines/rules.toml``)."""

    id: str
    when: tuple[Written, ...] = ()
    on_advice: tuple[Advice, ...] = ()
    """Instead of ``when``: the rule follows from the advice of the others."""
    advice: Advice | None = None
    activity: Activity | None = None
    text: Localized
    """Why, in one sentence; ``{at_least}`` and ``{at_most}`` are the cuts of its first condition."""
    basis: Basis
    """Where the cut comes from."""
    source: tuple[str, ...]


Outcome = tuple[int, Literal["advice", "activity"], Activity | Advice]
"""The place of a reason among all others (the strongest is lowest), which answer it gives, and the level."""


class Ready(msgspec.Struct, frozen=True):
    """A rule as the engine runs it."""

    id: str
    conditions: tuple[Condition, ...]
    outcomes: tuple[Outcome, ...]
    rank: int
    """How far up the headline it reaches."""
    source: tuple[str, ...]
    text: Localized
    on_advice: tuple[Advice, ...] = ()

    @property
    def test(self) -> Callable[[Facts], Because | None]:
        """Return what asks whether it fires: its one condition itself, as most rules have one."""
        return self.conditions[0].because if len(self.conditions) == 1 else self.because

    def because(self, facts: Facts) -> Because | None:
        """Return the answers that make it fire; None where it does not."""
        all_answers: Because = {}
        for condition in self.conditions:
            answers = condition.because(facts)
            if answers is None:
                return None
            all_answers.update(answers)
        return all_answers


class RuleBook:
    """All signs, conditions and rules. Made once by ``coach.content``; never changed."""

    def __init__(
        self,
        groups: Sequence[SignGroup],
        signs: Sequence[Sign],
        contexts: Sequence[ContextInfo],
        rules: Sequence[Rule],
        sources: Mapping[str, Source],
        care_lines: Mapping[str, Region],
    ) -> None:
        """Put the parts together, in their order, which breaks ties."""
        self.sources = sources
        self.care_lines = care_lines
        self.groups = {group.id: group for group in groups}
        self.unanswered = {group.id: f"{group.id}-unanswered" for group in groups}
        """The rule of each group that fires where its signs were not asked."""
        self.signs = {sign.id: sign for sign in signs}
        self.contexts: dict[str, ContextInfo] = {context.id: context for context in contexts}
        self.written = {rule.id: rule for rule in rules}
        """The rules as written in ``rules.toml``."""
        with_conditions = [rule for rule in rules if rule.when]
        on_advice = [rule for rule in rules if not rule.when]
        ready = tuple(_number([*self._from_rules(with_conditions), *self._from_signs(), *self._from_rules(on_advice)]))
        self.rules = ready[: -len(on_advice) or None]
        self.following = ready[len(self.rules) :]
        """Rules that follow from the advice of the others."""
        self.rising = tuple(sorted(self.rules, key=lambda rule: rule.rank))
        """The rules, those that reach least far first."""
        self._of_answer = {
            (condition.sign, condition.value): rule
            for rule in self.rules
            for condition in rule.conditions
            if isinstance(condition, SignAnswered)
        }
        self._others = tuple(rule for rule in self.rules if not isinstance(rule.conditions[0], SignAnswered))
        self._tests = tuple((rule, rule.test) for rule in self._others)
        self._falling = tuple(sorted(self._others, key=lambda rule: -rule.rank))
        self.yearly = frozenset(sign.id for sign in signs if sign.asked == "yearly")
        """The signs that no blanket no answers."""
        self.blanket_no: dict[str, Tri] = {sign: "no" for sign in self.signs if sign not in self.yearly}
        """What a blanket no answers."""
        self.remembered: dict[tuple[bytes, bytes, frozenset[str]], Any] = {}
        """Decisions by the answers and what was cleared: the same history is folded more than once (``pauses``)."""
        self.blank = _blank(self.signs, "unsure"), _blank(self.signs, "no")
        """The facts of an empty document, with all signs unsure, and no."""

    def ids(self, *groups: Group) -> tuple[str, ...]:
        """Return the ids of the signs of ``groups``, in order."""
        return tuple(sign.id for sign in self.signs.values() if sign.group in groups)

    def firing(self, facts: Facts) -> Iterator[tuple[Ready, Because]]:
        """Yield each rule that fires, in no particular order, with the answers that make it fire.

        A sign's own two rules are found by its answer rather than tried one by one: there are many, and few fire. One
        that a newer version asked has none.
        """
        for rule, test in self._tests:
            because = test(facts)
            if because is not None:
                yield rule, because
        for sign, answer in facts["named"].items():
            if answer != "no" and (named := self._of_answer.get((sign, answer))):
                yield named, {f"signs.{sign}": answer}

    def rank(self, facts: Facts, cleared: AbstractSet[str]) -> int:
        """Return how far up the headline the rules that fire reach, without those ``cleared``."""
        sign_rules = (self._of_answer.get(answer) for answer in facts["named"].items())
        best = max((rule.rank for rule in sign_rules if rule and rule.id not in cleared), default=0)
        for rule in self._falling:
            if rule.rank <= best:
                break
            if rule.because(facts) is not None and rule.id not in cleared:
                return rule.rank
        return best

    def _from_rules(self, rules: Iterable[Rule]) -> Iterable[Ready]:
        for rule in rules:
            effect = Effect(text=_with_cuts(rule), advice=rule.advice, activity=rule.activity)
            yield _ready(rule.id, self._complete(rule.when), effect, rule.source, rule.on_advice)

    def _complete(self, conditions: Iterable[Written]) -> tuple[Condition, ...]:
        return tuple(
            SignsNotAsked(groups=condition.groups, signs=self.ids(*condition.groups))
            if isinstance(condition, SignsNotAsked)
            else condition
            for condition in conditions
        )

    def _from_signs(self) -> Iterable[Ready]:
        for sign in self.signs.values():
            group = self.groups[sign.group]
            path = f"signs.{sign.id}"
            yes = msgspec.structs.replace(group.yes, text=sign.if_yes) if sign.if_yes else group.yes
            yield _ready(sign.id, (SignAnswered(path, sign.id, "yes"),), yes, sign.source)
            yield _ready(sign.id, (SignAnswered(path, sign.id, "unsure"),), group.unsure, sign.source)
        for group in self.groups.values():
            effect = msgspec.structs.replace(group.unsure, text=group.unanswered)
            unanswered = SignsNotAsked(groups=(group.id,), signs=self.ids(group.id), asked_only=False)
            yield _ready(self.unanswered[group.id], (unanswered,), effect, ("proposal",))


def _ready(
    rule_id: str,
    conditions: tuple[Condition, ...],
    effect: Effect,
    source: tuple[str, ...],
    on_advice: tuple[Advice, ...] = (),
) -> Ready:
    outcomes: list[Outcome] = []
    if effect.advice:
        outcomes.append((0, "advice", effect.advice))
    if effect.activity:
        outcomes.append((0, "activity", effect.activity))
    rank = max((RANK[level] for _, _, level in outcomes), default=0)
    return Ready(rule_id, conditions, tuple(outcomes), rank, source, effect.text, on_advice)


def _number(rules: Sequence[Ready]) -> Iterable[Ready]:
    """Give every outcome its place among all reasons: stronger first, then in the order of the rules."""
    for index, rule in enumerate(rules):
        outcomes = tuple(
            ((len(_SHOWN) - _SHOWN.index(level)) * len(rules) + index, answer, level)
            for _, answer, level in rule.outcomes
        )
        yield msgspec.structs.replace(rule, outcomes=outcomes)


def _blank(signs: Iterable[str], answer: str) -> Facts:
    pain = {f"pain.{name}": None for name in Pain.__struct_fields__}
    course = Course()
    days = {f"course.{name}": getattr(course, name) for name in Course.__struct_fields__}
    return {**pain, **days, **{f"signs.{sign}": answer for sign in signs}}


def _with_cuts(rule: Rule) -> Localized:
    """Return the rule's sentence with the cuts of its first condition, so that the two cannot drift apart.

    ``{value}``, the number that made the rule fire, stays open: it belongs to a decision and not to the rule.
    """
    first = rule.when[0] if rule.when else None
    cuts = {name: getattr(first, name, None) for name in ("at_least", "at_most")} | {"value": "{value}"}
    return {language: text.format_map(cuts) for language, text in rule.text.items()}
