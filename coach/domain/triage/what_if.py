"""What would change a decision: the fewest answers that make it milder, the smallest one that makes it stronger."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

import msgspec

from coach.domain.triage.answers import Answers
from coach.domain.triage.conditions import Because, Facts, Raise, changed
from coach.domain.triage.decision import Decision, facts_of
from coach.domain.triage.levels import HEADLINES, Headline
from coach.domain.triage.rules import RANK, Ready, RuleBook

_MILDER_FROM = ("gentle", "pause", "soon")


class NearestChange(msgspec.Struct, frozen=True):
    """Answers by dotted path, and the headline that the document would have with them."""

    change: Because
    to: Headline


class WouldChange(msgspec.Struct, frozen=True):
    """The nearest change either way; None where there is none to tell."""

    milder: NearestChange | None
    stronger: NearestChange | None


def would_change(
    answers: Answers,
    book: RuleBook,
    decision: Decision,
    *,
    asked_only: bool = False,
    cleared: AbstractSet[str] = frozenset(),
) -> WouldChange:
    """Return the nearest changes of ``decision``, which was made of ``answers`` with the same further arguments.

    Milder: the fewest answers, each to the nearest calmer value; None for ``go``, ``today`` and ``emergency``.
    Stronger: one answer; the nearest headline first, then the fewest steps, then the order of the rules. What is not
    known is not made known, and neither a condition that one lives with nor the baseline is moved.
    """
    facts = facts_of(answers, book, asked_only=asked_only, cleared=cleared)
    search = _HeadlineSearch(book, cleared)
    milder = search.milder(facts, RANK[decision.headline]) if decision.headline in _MILDER_FROM else None
    if milder is not None:
        milder = NearestChange(_with_knees(milder.change, answers), milder.to)
    return WouldChange(milder, search.stronger(facts, RANK[decision.headline]))


def _with_knees(change: Because, answers: Answers) -> Because:
    """Return a change with each knee that it calms: the worst when walking is never below that of a knee."""
    points = change.get("pain.walking")
    told = ((knee, answers.knees.walking(knee)) for knee in answers.knees.told)
    if points is None:
        return change
    return change | {f"knees.{knee}.walking": points for knee, worst in told if worst is not None and worst > points}


class _HeadlineSearch:
    """The rule book without what a clearance cancels, asked for headlines alone."""

    def __init__(self, book: RuleBook, cleared: AbstractSet[str]) -> None:
        self._book = book
        self._cleared = cleared

    def milder(self, facts: Facts, rank: int) -> NearestChange | None:
        """Calm every rule that holds the headline up, until none does."""
        change: Because = {}
        after, now = facts, rank
        while now >= rank:
            calmed = self._calmed(after, rank)
            if not calmed:
                return None
            change.update(calmed)
            after = changed(facts, change)
            now = self._book.rank(after, self._cleared)
        return NearestChange(change, HEADLINES[now])

    def stronger(self, facts: Facts, rank: int) -> NearestChange | None:
        """Look through the rules above ``rank``, the nearest first, for the smallest raise that makes one fire."""
        best: tuple[int, int] = (len(HEADLINES), 0)
        raise_: Because = {}
        for rule in self._book.rising:
            if (rule.rank, 1) >= best:  # nothing from here on is nearer
                break
            if rule.rank <= rank or rule.id in self._cleared:
                continue
            for path, value, steps in _reach(rule, facts):
                if (rule.rank, steps) < best:
                    reaches = self._book.rank(changed(facts, {path: value}), self._cleared)
                    if (reaches, steps) < best:
                        best, raise_ = (reaches, steps), {path: value}
        return NearestChange(raise_, HEADLINES[best[0]]) if raise_ else None

    def _calmed(self, facts: Facts, rank: int) -> Because:
        """Return the answers that would calm every rule at or above ``rank``."""
        firing = [rule for rule, _ in self._book.firing(facts) if rule.rank >= rank and rule.id not in self._cleared]
        calmer: Because = {}
        for rule in sorted(firing, key=lambda rule: len(rule.conditions)):  # what leaves no choice comes first
            options = [condition.calmed(facts) for condition in rule.conditions]
            _merge(calmer, min(options, key=lambda option: len(option.keys() - calmer.keys())))
        return calmer


def _reach(rule: Ready, facts: Facts) -> Iterator[Raise]:
    """Return the single raises that would make ``rule`` fire: it does not, and all its conditions hold but one."""
    if len(rule.conditions) == 1:
        return rule.conditions[0].raised(facts)
    failing = [condition for condition in rule.conditions if condition.because(facts) is None]
    return failing[0].raised(facts) if len(failing) == 1 else iter(())


def _merge(merged: Because, option: Because) -> None:
    """Add ``option`` to ``merged``; of two calmer numbers for one answer the calmer counts."""
    for path, value in option.items():
        merged[path] = min(value, merged.get(path, value)) if isinstance(value, int) else value
