"""Reads the rule book: ``signs.toml``, ``contexts.toml`` and ``rules.toml``, put together once and checked whole."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import get_args

import msgspec

from coach.content.read import convert, problem, read_text, read_toml
from coach.domain.guidance import Source
from coach.domain.triage.answers import Context, Quality
from coach.domain.triage.care_lines import Region
from coach.domain.triage.conditions import Answer, Highest, ListContains, Missing, Rise, Written, scale_of
from coach.domain.triage.rules import ContextInfo, Rule, RuleBook, Sign, SignGroup


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
    _check_ids(rules_file, "rules", [rule.id for rule in rules])
    book = RuleBook(signs.groups, signs.signs, contexts, rules, sources, care_lines)
    _check_inputs(rules_file, rules, book)
    return book


def _check_ids(path: Path, table: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for index, entry_id in enumerate(ids):
        if entry_id in seen:
            raise problem(path, read_text(path), "twice", (table, index, "id"), got=entry_id)
        seen.add(entry_id)


def _check_inputs(path: Path, rules: Iterable[Rule], book: RuleBook) -> None:
    """Refuse a rule that reads a question that nobody is asked, or waits for an answer that nobody can give."""
    inputs = {*book.blank[0], "sharp", "hot"}
    for index, rule in enumerate(rules):
        for place, condition in enumerate(rule.when):
            for wrong in (*(path for path in _inputs(condition) if path not in inputs), *_impossible(condition)):
                raise problem(path, read_text(path), "choice", ("rules", index, "when", place), got=wrong)


def _inputs(condition: Written) -> tuple[str, ...]:
    if isinstance(condition, Rise):
        return condition.of, condition.over
    return condition.of if isinstance(condition, Highest | Answer | Missing) else ()


def _impossible(condition: Written) -> Iterator[str]:
    """Yield the answers that a condition waits for and that no question of it has."""
    if isinstance(condition, Answer):
        yield from (value for path in condition.of for value in condition.values if value not in scale_of(path))
    elif isinstance(condition, ListContains):
        choices = get_args(Context if condition.of == "context" else Quality)
        yield from (choice for choice in condition.has if choice not in choices)
