"""Decisions in the program: signs never asked rest, and a clearance cancels its own rule and no other."""

from coach.domain.decision import decide
from tests.rules.documents import BOOK, CALM, answers_of, asked_by, changed


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
    assert decide(answers, BOOK, cleared={"recent-surgery"}).activity == "go"
    aching = answers_of(changed(CALM, {"context": ["recent-surgery"], "signs.calf-ache": "yes"}))
    assert decide(aching, BOOK, cleared={"recent-surgery"}).advice == "today"


def test_signs_never_asked_are_no_alarm_in_the_program_and_one_in_a_document() -> None:
    """A document that is silent is unsure; a person who was never asked is asked."""
    silent = answers_of({**CALM, "other_signs": "unsure"})
    assert decide(silent, BOOK).advice == "today"
    decision = decide(silent, BOOK, asked_only=True)
    assert (decision.activity, decision.advice) == ("gentle", "none")
    assert asked_by(decision, "not-asked") == ["gentle"]
