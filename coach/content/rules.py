"""Reads the rule book: ``signs.toml``, ``contexts.toml`` and ``rules.toml``, put together once and checked whole."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from coach.content.read import convert, problem, read_text, read_toml
from coach.domain.conditions import Answer, Condition, Highest, Missing, NotAsked, Rise
from coach.domain.guidance import Region, Source
from coach.domain.rules import ContextInfo, Rule, RuleBook, Sign, SignGroup


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
    for index, one in enumerate(ids):
        if one in seen:
            raise problem(path, read_text(path), "twice", (table, index, "id"), got=one)
        seen.add(one)


def _check_inputs(path: Path, rules: Iterable[Rule], book: RuleBook) -> None:
    """Refuse a rule that reads an answer that nobody can give."""
    known = {*book.blank[0], "sharp", "hot"}
    for index, rule in enumerate(rules):
        for place, condition in enumerate(rule.when):
            for asked in _inputs(condition):
                if asked not in known:
                    raise problem(path, read_text(path), "choice", ("rules", index, "when", place), got=asked)


def _inputs(condition: Condition) -> Iterator[str]:
    if isinstance(condition, Rise):
        yield from (condition.of, condition.over)
    elif isinstance(condition, Highest | Answer | Missing):
        yield from condition.of
    elif isinstance(condition, NotAsked):
        yield from ()
