"""The laws of a decision: complete, the same every time, never softened by a worse answer, and true about its changes.

Proved over every pair of rules' inputs, over all values that any rule tells apart; sampled over whole documents.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.triage.answers import SHARP, TRI, WEEK
from coach.domain.triage.conditions import Answer, Highest, ListContains, Missing, Rise, SignAnswered
from coach.domain.triage.decision import Decision, decide
from coach.domain.triage.levels import ACTIVITIES, ADVICES, HEADLINES
from coach.domain.triage.what_if import would_change
from tests.domain.triage.documents import BOOK, CALM, COUNTS, answers_of, changed, decided, documents
from tests.helpers import examples

PAIN = ("pain.rest", "pain.walking", "pain.during", "pain.morning")
RISING: dict[str, tuple[Any, ...]] = {
    **{path: tuple(range(11)) for path in PAIN},
    **{path: tuple(range(42)) for path in COUNTS},
    **{f"signs.{sign}": TRI for sign in BOOK.signs},
    "sharp": SHARP,
    "hot": TRI,
    "course.week": WEEK,
    "other_signs": TRI[:2],
}
"""Every answer that can rise, with its values in order. The baseline and null → a number are exempt."""


def strength(decision: Decision) -> tuple[int, int]:
    return ACTIVITIES.index(decision.activity), ADVICES.index(decision.advice)


def softer(one: Decision, other: Decision) -> bool:
    """Tell whether ``one`` gives a lower answer than ``other``, in either of the two."""
    return any(a < b for a, b in zip(strength(one), strength(other), strict=True))


def check_reasons(decision: Decision) -> None:
    """Completeness: both answers are the strongest of their reasons, and each has one."""
    activity = [one.level for one in decision.reasons if one.answer == "activity"]
    advice = [one.level for one in decision.reasons if one.answer == "advice"]
    assert decision.activity == max(activity, key=ACTIVITIES.index)
    assert decision.advice == max(advice, key=ADVICES.index)
    said = decision.advice if decision.advice in ("soon", "today", "emergency") else decision.activity
    assert decision.headline == said
    assert decision.reasons[0].level == decision.headline


# Exhaustively: the inputs of every pair of rules.

Inputs = frozenset[str]


def inputs_of(rule_index: int) -> Inputs:
    return frozenset(chain.from_iterable(_paths(one) for one in BOOK.rules[rule_index].conditions))


def _paths(condition: object) -> Iterable[str]:
    match condition:
        case Highest() | Answer() | Missing():
            return condition.of
        case Rise():
            return condition.of, condition.over
        case ListContains():
            return (condition.of, "sharp") if condition.of == "quality" else (condition.of,)
        case SignAnswered():
            return (condition.path,)
    return ("other_signs",)


def values_of(path: str) -> tuple[Any, ...]:
    """Return one value of an input for each stretch that the rules tell apart (where a cut begins it), and no value."""
    if path == "context":
        return (), *((one,) for one in BOOK.contexts), tuple(BOOK.contexts)
    if path == "quality":
        return (), ("tight",), ("sharp",)
    if path in ("sharp", "hot"):
        return "null", *RISING[path]
    if path.startswith(("pain.", "course.")) and path != "course.week":
        cuts = sorted({0} | {cut for rule in BOOK.rules for one in rule.conditions for cut in _cuts(one, path)})
        return ("null", *cuts) if path.startswith("pain.") else tuple(cuts)
    return RISING[path]


def _cuts(condition: object, path: str) -> Iterator[int]:
    if isinstance(condition, Rise) and path in (condition.of, condition.over):
        yield from range(4)
    if isinstance(condition, Highest) and path in condition.of:
        yield condition.at_least
        if condition.at_most is not None:
            yield condition.at_most + 1


INPUT_SETS = sorted({inputs_of(index) for index in range(len(BOOK.rules))} - {frozenset()}, key=sorted)
PAIRS = sorted({one | other for one, other in combinations(INPUT_SETS, 2)}, key=sorted)


def test_the_pairs_cover_every_rule() -> None:
    """No rule is left out of the proof."""
    assert len(INPUT_SETS) >= len(BOOK.signs)
    assert len(PAIRS) > 1000


@pytest.mark.parametrize("of_all", [False, pytest.param(True, marks=pytest.mark.heavy)], ids=["sharing", "all"])
@pytest.mark.parametrize("first", INPUT_SETS, ids=lambda inputs: "+".join(sorted(inputs)))
def test_over_pairs_of_rules_no_worse_answer_softens(first: Inputs, of_all: bool) -> None:
    """Each rule with each other: complete for every combination of values, and no step up of one answer lowers it.

    Pairs that look at the same answer can meet; that the others do not is tried as well, where there is time.
    """
    others = [inputs for inputs in INPUT_SETS[INPUT_SETS.index(first) :] if of_all or inputs & first]
    for other in others:
        paths = sorted(first | other)
        grid = {
            choice: decided(changed(CALM, dict(zip(paths, choice, strict=True))))
            for choice in product(*map(values_of, paths))
        }
        for choice, decision in grid.items():
            check_reasons(decision)
            for above in _above(paths, choice, grid):
                assert not softer(grid[above], decision), (paths, choice, above)


def _above(
    paths: list[str], choice: tuple[Any, ...], grid: dict[tuple[Any, ...], Decision]
) -> Iterator[tuple[Any, ...]]:
    """Yield the neighbours of ``choice`` with one answer a step worse, or one context more."""
    for place, path in enumerate(paths):
        if path in ("quality", "pain.baseline"):
            continue
        for value in _next_values(path, choice[place]):
            above = (*choice[:place], value, *choice[place + 1 :])
            if above in grid:
                yield above


def _next_values(path: str, value: Any) -> Iterator[Any]:
    if path == "context":
        yield from (more for more in values_of(path) if set(more) > set(value))
    elif value != "null":
        scale = values_of(path)
        yield from scale[scale.index(value) + 1 :][:1]


# Sampled: whole documents.


def value_at(document: dict[str, Any], path: str) -> Any:
    """Return the answer of a document as it counts; None where nothing was answered and nothing stands for it."""
    table, _, key = path.rpartition(".")
    if table == "signs":
        return document.get("signs", {}).get(key, document.get("other_signs", "unsure"))
    found = (document.get(table, {}) if table else document).get(key)
    stands_for = {"hot": "unsure", "other_signs": "unsure", "course.week": "same", **dict.fromkeys(COUNTS, 0)}
    return stands_for.get(path) if found is None else found


def raises(document: dict[str, Any]) -> Iterator[tuple[str, Any, int]]:
    """Yield every raise of one answer: path, value, and how many steps."""
    for path, scale in RISING.items():
        value = value_at(document, path)
        start = 0 if value is None and path == "sharp" else None if value is None else scale.index(value)
        if start is not None:
            for steps, worse in enumerate(scale[start + 1 :], start=1):
                yield path, worse, steps


@given(documents())
@examples(100)
def test_every_document_yields_the_same_decision_with_its_reasons(document: dict[str, Any]) -> None:
    """Nobody is left without an answer, and asking twice gives the same one."""
    decision = decided(document)
    check_reasons(decision)
    assert decided(document) == decision


@given(documents(), st.data())
@examples(200)
def test_no_worse_answer_and_no_condition_more_softens_a_decision(
    document: dict[str, Any], data: st.DataObject
) -> None:
    """Saying that it is worse never makes the program more careless."""
    path, worse, _ = data.draw(st.sampled_from(list(raises(document))))
    assert not softer(decided(changed(document, {path: worse})), decided(document))
    more = data.draw(st.sampled_from(sorted(BOOK.contexts)))
    context = [*document.get("context", []), more]
    assert not softer(decided(changed(document, {"context": context})), decided(document))


def changes_of(document: dict[str, Any]) -> tuple[Decision, Any]:
    answers = answers_of(document)
    decision = decide(answers, BOOK)
    return decision, would_change(answers, BOOK, decision)


@given(documents())
@examples(150)
def test_the_milder_change_is_true_and_nothing_of_it_is_idle(document: dict[str, Any]) -> None:
    """What is said to need calming would lower the headline, all of it is needed, and none is told for the gravest."""
    decision, change = changes_of(document)
    if decision.headline in ("go", "today", "emergency"):
        assert change.milder is None
        return
    after = decided(changed(document, change.milder.change))
    assert after.headline == change.milder.to
    assert HEADLINES.index(after.headline) < HEADLINES.index(decision.headline)
    told = document.get("pain", {}).get("walking") is not None  # else it follows from the knees, which are named too
    named = {path for path in change.milder.change if path != "pain.walking" or told}
    for path in named:
        less = {one: value for one, value in change.milder.change.items() if one != path}
        assert HEADLINES.index(decided(changed(document, less)).headline) >= HEADLINES.index(decision.headline)


@given(documents())
@examples(50)
def test_the_stronger_change_is_true_and_the_nearest(document: dict[str, Any]) -> None:
    """Of all single answers made worse, the one told reaches the nearest stronger headline in the fewest steps."""
    decision, change = changes_of(document)
    nearest = min(
        (
            (HEADLINES.index(after), steps)
            for path, worse, steps in raises(document)
            if path != "other_signs"
            and HEADLINES.index(after := decided(changed(document, {path: worse})).headline)
            > HEADLINES.index(decision.headline)
        ),
        default=None,
    )
    if nearest is None:
        assert change.stronger is None
        return
    ((path, value),) = change.stronger.change.items()
    after = decided(changed(document, {path: value})).headline
    assert after == change.stronger.to
    steps = next(steps for one, worse, steps in raises(document) if (one, worse) == (path, value))
    assert (HEADLINES.index(after), steps) == nearest


# What the article and the safety page promise.


@pytest.mark.parametrize("sign", BOOK.ids("soon"))
def test_every_sign_of_the_article_reaches_soon(sign: str) -> None:
    """What the article calls a reason to consult is never waved through, however low the pain."""
    decision = decided(changed(CALM, {f"signs.{sign}": "yes"}))
    assert ADVICES.index(decision.advice) >= ADVICES.index("soon")


@pytest.mark.parametrize("change", [{"course.rest_days": 3}, {"course.symptom_days": 21}])
def test_days_of_the_article_reach_soon(change: dict[str, int]) -> None:
    """Several days although rested, and several weeks, are reasons to consult as well."""
    assert decided(changed(CALM, change)).advice == "soon"


BENIGN: dict[str, Callable[[], dict[str, Any]]] = {
    "the feeling of a stretch scored as pain": lambda: {"pain.during": 2},
    "painless clicking": dict,
    "calf ache with nothing else": lambda: {"signs.calf-ache": "yes"},
    "both legs swollen in the evening": lambda: {"signs.both-legs-evening-swelling": "yes"},
    "only on the stairs": lambda: {"signs.stairs-only": "yes", "when": ["stairs-down"]},
    "only after long walks": lambda: {"signs.long-walk-only": "yes", "when": ["long-walk"]},
    "heavy on rainy days": lambda: {"signs.rainy-day-heaviness": "yes", "when": ["rainy-day"], "quality": ["dull"]},
    "one stab that settled": lambda: {"signs.settled-twinge": "yes", "sharp": "no", "quality": ["sharp"]},
    "all of these": lambda: {f"signs.{sign}": "yes" for sign in BOOK.ids("watch")},
}


@pytest.mark.parametrize("pattern", BENIGN)
def test_a_benign_pattern_is_no_alarm(pattern: str) -> None:
    """A false alarm costs trust: these stay at ``watch`` or less, and the routine goes on."""
    decision = decided(changed({**CALM, "pain": {"walking": 1}}, BENIGN[pattern]()))
    assert decision.advice in ("none", "watch")
    assert decision.activity == "go"
