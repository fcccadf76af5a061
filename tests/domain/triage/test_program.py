"""Decisions in the program: signs never asked rest, and a clearance cancels its own rule and no other."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.triage.decision import decide
from coach.domain.triage.levels import ACTIVITIES, ADVICES
from coach.domain.triage.what_if import would_change
from tests.domain.triage.documents import BOOK, CALM, answers_of, asked_by, changed, documents
from tests.helpers import examples


def test_a_clearance_cancels_its_own_sign_and_leaves_the_pair() -> None:
    """Cleared of waking at night, a person who also loses weight is still sent to be seen."""
    alone = answers_of(changed(CALM, {"signs.night-waking": "yes"}))
    assert decide(alone, BOOK, cleared={"night-waking"}).advice == "none"
    both = answers_of(changed(CALM, {"signs.night-waking": "yes", "signs.weight-loss-or-cancer": "yes"}))
    decision = decide(both, BOOK, cleared={"night-waking", "weight-loss-or-cancer"})
    assert decision.advice == "today"
    assert asked_by(decision, "night-waking") == []


def test_a_cleared_operation_still_counts_beside_an_aching_calf() -> None:
    """Allowed to stretch again is not allowed to overlook a calf."""
    answers = answers_of(changed(CALM, {"context": ["recent-surgery"]}))
    assert decide(answers, BOOK).activity == "pause"
    assert decide(answers, BOOK, cleared={"recent-surgery"}).activity == "gentle"
    aching = answers_of(changed(CALM, {"context": ["recent-surgery"], "signs.calf-ache": "yes"}))
    assert decide(aching, BOOK, cleared={"recent-surgery"}).advice == "today"


@pytest.mark.parametrize("context", ["diabetes", "osteoporosis", "weak-immune"])
def test_a_cleared_condition_makes_no_gentle_day_by_itself_and_counts_in_every_pair(context: str) -> None:
    """Allowed to exercise as others do is not allowed to overlook a hot knee."""
    answers = answers_of(changed(CALM, {"context": [context]}))
    assert (decide(answers, BOOK).activity, decide(answers, BOOK, cleared={context}).activity) == ("gentle", "go")
    two = answers_of(changed(CALM, {"context": [context, "pregnant"]}))
    assert decide(two, BOOK, cleared={context}).activity == "gentle"
    hot = answers_of(changed(CALM, {"context": [context], "hot": "yes"}))
    assert decide(hot, BOOK, cleared={context}).advice == ("none" if context == "osteoporosis" else "today")


def test_signs_never_asked_are_no_alarm_in_the_program_and_one_in_a_document() -> None:
    """A document that is silent is unsure; a person who was never asked is asked."""
    silent = answers_of({**CALM, "other_signs": "unsure"})
    assert decide(silent, BOOK).advice == "today"
    decision = decide(silent, BOOK, asked_only=True)
    assert (decision.activity, decision.advice) == ("gentle", "none")
    assert asked_by(decision, "not-asked") == ["gentle"]


CLEARABLE = st.frozensets(st.sampled_from([*BOOK.ids("soon"), "recent-surgery", "days-21"]), max_size=4)


@given(documents(), CLEARABLE)
@examples(100)
def test_in_the_program_too_the_changes_told_are_true(document: dict[str, Any], cleared: frozenset[str]) -> None:
    """What would need to be calmer is worked out with the clearances that hold, and without signs never asked."""
    answers = answers_of(document)
    decision = decide(answers, BOOK, asked_only=True, cleared=cleared)
    told = would_change(answers, BOOK, decision, asked_only=True, cleared=cleared)
    for change in filter(None, (told.milder, told.stronger)):
        after = answers_of(changed(document, change.change))
        assert decide(after, BOOK, asked_only=True, cleared=cleared).headline == change.to != decision.headline


@given(documents(), CLEARABLE)
@examples(100)
def test_a_clearance_never_makes_it_stricter_nor_lifts_a_same_day_sign(
    document: dict[str, Any], cleared: frozenset[str]
) -> None:
    """It softens at most, and a ``today`` or an ``emergency`` stays, whatever was cleared."""
    answers = answers_of(document)
    before, after = decide(answers, BOOK), decide(answers, BOOK, cleared=cleared)
    assert ADVICES.index(after.advice) <= ADVICES.index(before.advice)
    assert ACTIVITIES.index(after.activity) <= ACTIVITIES.index(before.activity)
    if before.advice in ("today", "emergency"):
        assert after.advice == before.advice
