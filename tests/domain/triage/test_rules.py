"""The rule book as it is put together: what each rule reaches, and the order of reasons."""

import pytest

from coach.domain.triage.decision import facts_of
from coach.domain.triage.levels import HEADLINES
from tests.domain.triage.documents import BOOK, CALM, answers_of, changed, decided


@pytest.mark.parametrize("path", ["signs.locked-knee", "signs.gives-way", "signs.calf-ache"])
@pytest.mark.parametrize("answer", ["no", "unsure", "yes"])
def test_how_far_the_rules_reach_is_that_of_the_strongest_that_fires(path: str, answer: str) -> None:
    """Found without looking at all of them; what was cleared does not count."""
    for numbers in ({}, {"pain.walking": 4}, {"pain.rest": 8}, {"context": ["diabetes"]}):
        answers = answers_of(changed(CALM, {path: answer, **numbers}))
        given = facts_of(answers, BOOK, asked_only=False, cleared=frozenset())
        fired = {rule.id: rule.rank for rule, _ in BOOK.firing(given)}
        assert BOOK.rank(given, frozenset()) == max(fired.values(), default=0)
        for cleared in fired:
            others = [rank for rule, rank in fired.items() if rule != cleared]
            assert BOOK.rank(given, frozenset((cleared,))) == max(others, default=0)


def test_the_book_knows_what_no_blanket_no_answers() -> None:
    """The facts of once a year: an age, and a history of cancer."""
    assert BOOK.yearly == {"under-16", "weight-loss-or-cancer"}
    assert set(BOOK.blanket_no) == set(BOOK.signs) - BOOK.yearly
    assert set(BOOK.blanket_no.values()) == {"no"}


def test_what_follows_from_the_advice_comes_after_all_that_looks_at_answers() -> None:
    """A rule without a condition of its own follows; each is there once, in the order in which it is written."""
    following = [rule.id for rule in BOOK.written.values() if not rule.when]
    assert [rule.id for rule in BOOK.following] == following
    assert following
    assert all(rule.conditions for rule in BOOK.rules)
    with_conditions = [rule.id for rule in BOOK.written.values() if rule.when]
    assert [rule.id for rule in BOOK.rules if rule.id in BOOK.written] == with_conditions


def test_each_level_reaches_so_far_up_the_headline() -> None:
    """By a rule of its own; what only asks to keep an eye on it changes no headline."""
    ranks = {"none": 0, "watch": 0, "go": 0, "gentle": 1, "pause": 2, "soon": 3, "today": 4, "emergency": 5}
    assert tuple(level for level in ranks if level not in ("none", "watch")) == HEADLINES
    for rule in (*BOOK.rules, *BOOK.following):
        assert rule.rank == max((ranks[level] for _, _, level in rule.outcomes), default=0)
    assert [rule.rank for rule in BOOK.rising] == sorted(rule.rank for rule in BOOK.rules)


def test_the_strongest_reasons_come_first_and_then_those_of_the_book() -> None:
    """One place each; of two of one level that of the earlier rule is lower."""
    shown = ("emergency", "today", "soon", "pause", "gentle", "go", "watch", "none")
    rules = (*BOOK.rules, *BOOK.following)
    placed = [(place, level, number) for number, rule in enumerate(rules) for place, _, level in rule.outcomes]
    assert [(shown.index(level), number) for _, level, number in sorted(placed)] == sorted(
        (shown.index(level), number) for _, level, number in placed
    )


def test_a_reason_names_every_answer_of_a_pair() -> None:
    """A blood thinner beside a bulge: both are why."""
    decision = decided(changed(CALM, {"context": ["blood-thinner"], "signs.bulge-or-pressure": "yes"}))
    because = next(reason.because for reason in decision.reasons if reason.level == "today")
    assert because == {"context": ["blood-thinner"], "signs.bulge-or-pressure": "yes"}
