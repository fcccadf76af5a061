"""Every level and every cut of the rules matters: each small change to the data is noticed by a table or a story."""

import copy
import tomllib
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from coach.content import Content
from coach.domain.triage.conditions import scale_of
from coach.domain.triage.levels import ACTIVITIES, ADVICES
from coach.domain.triage.rules import GROUPS, Rule, RuleBook, Sign, SignGroup
from tests.domain.triage.documents import BOOK, slips

CONTENT = Content.open()
RULES = tomllib.loads((CONTENT.folder / "rules.toml").read_text(encoding="utf-8"))["rules"]
SIGNS = tomllib.loads((CONTENT.folder / "signs.toml").read_text(encoding="utf-8"))
Mutant = tuple[str, list[dict[str, Any]], dict[str, Any]]
"""What was changed, the rules, and the signs."""


def mutants() -> Iterator[Mutant]:
    for index, rule in enumerate(RULES):
        for what, mutated in _of_rule(rule):
            yield f"{rule['id']}: {what}", [*RULES[:index], mutated, *RULES[index + 1 :]], SIGNS
        yield f"{rule['id']}: gone", [*RULES[:index], *RULES[index + 1 :]], SIGNS
    for index, group in enumerate(SIGNS["groups"]):
        for answer in ("yes", "unsure"):
            for what, mutated in _levels(group[answer]):
                groups = [*SIGNS["groups"][:index], {**group, answer: mutated}, *SIGNS["groups"][index + 1 :]]
                yield f"{group['id']} {answer}: {what}", RULES, {**SIGNS, "groups": groups}
    for index, sign in enumerate(SIGNS["signs"]):
        for group in GROUPS:
            if group != sign["group"]:
                signs = [*SIGNS["signs"][:index], {**sign, "group": group}, *SIGNS["signs"][index + 1 :]]
                yield f"{sign['id']} in {group}", RULES, {**SIGNS, "signs": signs}


def _of_rule(rule: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from _levels(rule)
    for one in rule.get("on_advice", ()):
        yield f"not on {one}", {**rule, "on_advice": [other for other in rule["on_advice"] if other != one]}
    for index, condition in enumerate(rule.get("when", ())):
        if len(rule["when"]) > 1:
            yield f"without condition {index}", {**rule, "when": rule["when"][:index] + rule["when"][index + 1 :]}
        for what, mutated in _of_condition(condition):
            changed = copy.deepcopy(rule)
            changed["when"][index] = mutated
            yield what, changed


def _levels(effect: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every other level of each answer, and none at all."""
    for answer, levels in (("advice", ADVICES), ("activity", ACTIVITIES)):
        for level in (*levels, None):
            if level != effect.get(answer):
                yield f"{answer} {level}", {**effect, answer: level}


def _of_condition(condition: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for cut in ("at_least", "at_most"):
        if cut in condition:
            for step in (-1, 1):
                yield f"{cut} {step:+d}", {**condition, cut: condition[cut] + step}
    for part in ("of", "values", "has", "groups"):
        if isinstance(condition.get(part), list):
            for one in condition[part]:
                yield f"{part} without {one}", {**condition, part: [other for other in condition[part] if other != one]}
    if condition["test"] == "answer":
        for value in sorted({*scale_of(condition["of"][0])} - {*condition["values"]}):
            yield f"values with {value}", {**condition, "values": [*condition["values"], value]}


ALL = list(mutants())


def test_there_are_mutants_of_every_kind() -> None:
    """The run is not empty by mistake."""
    assert len(ALL) > 400


@pytest.mark.parametrize(("what", "rules", "signs"), ALL, ids=[what for what, _, _ in ALL])
def test_a_mutant_is_noticed(what: str, rules: list[dict[str, Any]], signs: dict[str, Any]) -> None:
    """No cut can move by one, and no level by a step, without a test that says so."""
    try:
        book = _book(rules, signs)
    except msgspec.ValidationError:
        return  # refused when it is read, which is noticed as well
    assert next(iter(slips(book)), None) is not None, f"nobody noticed {what}"


def _book(rules: list[dict[str, Any]], signs: dict[str, Any]) -> RuleBook:
    groups = msgspec.convert(signs["groups"], list[SignGroup])
    asked = msgspec.convert(signs["signs"], list[Sign])
    return RuleBook(groups, asked, tuple(BOOK.contexts.values()), msgspec.convert(rules, list[Rule]), {}, {})
