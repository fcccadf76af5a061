"""Reads the rule book: ``signs.toml``, ``contexts.toml`` and ``rules.toml``, put together once and checked whole."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import get_args

import msgspec

from coach.content.read import convert, problem, read_text, read_toml
from coach.domain.guidance import Source
from coach.domain.triage.answers import Context, Quality
from coach.domain.triage.care_lines import Region
from coach.domain.triage.conditions import Answer, Highest, ListContains, Missing, Rise, Written, scale_of
from coach.domain.triage.rules import ContextInfo, Rule, RuleBook, Sign, SignGroup
from coach.validation import Key

CUTS = ("at_least", "at_most", "value")
"""What the sentence of a rule can name."""


class _Signs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    groups: tuple[SignGroup, ...]
    signs: tuple[Sign, ...]


class _Contexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    contexts: tuple[ContextInfo, ...]


class _Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rules: tuple[Rule, ...]


def read_rules(folder: Path, sources: Mapping[str, Source], care_lines: Mapping[str, Region]) -> RuleBook:
    """Return the rule book of ``folder``; DataError with file, line, key and reason where a file is broken."""
    signs_file, rules_file = folder / "signs.toml", folder / "rules.toml"
    signs = convert(signs_file, *read_toml(signs_file), _Signs)
    contexts_file = folder / "contexts.toml"
    contexts = convert(contexts_file, *read_toml(contexts_file), _Contexts).contexts
    rules = convert(rules_file, *read_toml(rules_file), _Rules).rules
    _check_ids(signs_file, "signs", [sign.id for sign in signs.signs])
    _check_ids(rules_file, "rules", [rule.id for rule in rules], {sign.id for sign in signs.signs})
    _check_rules(rules_file, rules)
    book = RuleBook(signs.groups, signs.signs, contexts, rules, sources, care_lines)
    _check_inputs(rules_file, rules, book)
    return book


def _check_ids(path: Path, table: str, ids: Iterable[str], taken: Container[str] = ()) -> None:
    """Refuse an id that stands twice, or that a decision would confuse with one of those ``taken``."""
    seen: set[str] = set()
    for index, entry_id in enumerate(ids):
        if entry_id in seen or entry_id in taken:
            reason = "twice" if entry_id in seen else "taken"
            raise problem(path, read_text(path), reason, (table, index, "id"), got=entry_id)
        seen.add(entry_id)


def _check_rules(path: Path, rules: Iterable[Rule]) -> None:
    """Refuse a rule that can never fire, that asks for nothing, or whose sentence names a value that it lacks."""
    for index, rule in enumerate(rules):
        for keys, reason, values in _wrong_in(rule):
            raise problem(path, read_text(path), reason, ("rules", index, *keys), **values)


def _wrong_in(rule: Rule) -> Iterator[tuple[tuple[Key, ...], str, dict[str, str]]]:
    if not rule.when and not rule.on_advice:
        yield ("when",), "missing", {}
    if rule.advice is None and rule.activity is None:
        yield ("activity",), "missing", {}
    for place, condition in enumerate(rule.when):
        if not isinstance(condition, Highest | Rise) or condition.at_most is None:
            continue
        if condition.at_least > condition.at_most:
            yield ("when", place, "at_least"), "bound", {"bound": f"<= {condition.at_most}"}
    for language, text in rule.text.items():
        try:
            text.format_map(dict.fromkeys(CUTS, 0))
        except KeyError as error:
            allowed = ", ".join(f"{{{name}}}" for name in CUTS)
            yield ("text", language), "choice", {"got": f"{{{error.args[0]}}}", "allowed": allowed}
        except (ValueError, IndexError) as error:
            yield ("text", language), "unclear", {"detail": str(error)}


def _check_inputs(path: Path, rules: Iterable[Rule], book: RuleBook) -> None:
    """Refuse a rule that reads a question that nobody is asked, or waits for an answer that nobody can give."""
    inputs = {*book.blank[0], "sharp", "hot"}
    for index, rule in enumerate(rules):
        for place, condition in enumerate(rule.when):
            unknown = ((path, sorted(inputs)) for path in _inputs(condition) if path not in inputs)
            for wrong, allowed in (*unknown, *_impossible(condition)):
                keys = ("rules", index, "when", place)
                raise problem(path, read_text(path), "choice", keys, got=repr(wrong), allowed=", ".join(allowed))


def _inputs(condition: Written) -> tuple[str, ...]:
    if isinstance(condition, Rise):
        return condition.of, condition.over
    return condition.of if isinstance(condition, Highest | Answer | Missing) else ()


def _impossible(condition: Written) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the answers that a condition waits for and that no question of it has, with those that it has."""
    if isinstance(condition, Answer):
        for path in condition.of:
            yield from ((value, scale_of(path)) for value in condition.values if value not in scale_of(path))
    elif isinstance(condition, ListContains):
        choices = get_args(Context if condition.of == "context" else Quality)
        yield from ((choice, choices) for choice in condition.has if choice not in choices)
