"""A decision in words: each reason says its answer, value, rule and source, whole, in both languages."""

from typing import Any

import pytest
from hypothesis import given
from rich.cells import cell_len

from coach.domain.triage.answers import Context
from coach.domain.triage.decision import Decision, Reason
from coach.domain.triage.rules import Ready
from coach.domain.triage.what_if import NearestChange, WouldChange, would_change
from coach.words import Words, area
from coach.words.care import if_now
from coach.words.decision import Teller, as_told
from tests.domain.triage.documents import BOOK, CALM, answers_of, changed, decided, documents
from tests.helpers import examples

LANGUAGES = ("en", "ja")
COURSE = [key.removeprefix("reason.") for key in area("en", "pause") if key.startswith("reason.")]


@pytest.mark.parametrize("language", LANGUAGES)
@given(document=documents())
@examples(60)
def test_every_decision_is_said_in_whole_sentences(language: str, document: dict[str, Any]) -> None:
    """No key of the catalogue, no id of an answer and no open placeholder ever reaches a person."""
    answers, decision = answers_of(document), decided(document)
    text = Teller(Words(language), BOOK, "jp").text(decision, would_change(answers, BOOK, decision))
    for raw in ("decision.", "signs.", "pain.", "course.", "care.", "{", "}", "None", "other_signs"):
        assert raw not in text
    first = [if_now("jp", Words(language), BOOK)] if _may_be_an_emergency(decision) else []
    headline = Words(language)(f"decision.headline.{decision.headline}")
    assert text.splitlines()[: len(first) + 1] == [*first, headline]


def _may_be_an_emergency(decision: Decision) -> bool:
    """Tell whether somebody is unsure of an emergency sign, and none is there for certain."""
    unsure = {reason.rule for reason in decision.reasons if "unsure" in reason.because.values()}
    return decision.advice != "emergency" and not unsure.isdisjoint(BOOK.ids("emergency"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_beside_an_emergency_no_sign_is_said_to_wait_for_a_visit(language: str) -> None:
    """One emergency sign yes, one unsure, one of the same day yes: the call alone is an order; the others are named."""
    words = Words(language)
    signs = {"cold-pale-foot": "yes", "chest-or-breath": "unsure", "locked-knee": "yes"}
    decision = decided({"signs": signs, "other_signs": "no"})
    assert decision.advice == "emergency"
    text = Teller(words, BOOK, "gb").text(decision)
    for sign, answer in signs.items():
        assert words.pick(BOOK.signs[sign].short)[1:] in text
        (effect,) = {words.pick(reason.text) for reason in decision.reasons if reason.rule == sign}
        assert (effect in text) == (answer == "yes" and sign == "cold-pale-foot")


@pytest.mark.parametrize("language", LANGUAGES)
def test_beside_an_emergency_nobody_is_asked_for_more_answers(language: str) -> None:
    """One sign yes, the others open: the call alone is said. Where the others are open alone, they are asked for."""
    words, teller = Words(language), Teller(Words(language), BOOK, "gb")
    pleas = {words.pick(group.unanswered) for group in BOOK.groups.values()}
    assert any(plea in teller.text(decided({"signs": {"locked-knee": "yes"}})) for plea in pleas)
    decision = decided({"signs": {"chest-or-breath": "yes"}})
    assert decision.advice == "emergency"
    assert "emergency-unanswered" in [reason.rule for reason in decision.reasons]  # a document holds it all the same
    assert not any(plea in teller.text(decision) for plea in pleas)


@pytest.mark.parametrize("language", LANGUAGES)
@given(document=documents())
@examples(30)
def test_each_reason_names_its_rule_its_values_and_a_source(language: str, document: dict[str, Any]) -> None:
    """A reason can be looked up in the rule book, and argued with."""
    words = Words(language)
    for reason in decided(document).reasons:
        text = Teller(words, BOOK).reason(reason)
        assert reason.rule in text
        assert all(_said(path, value, text, words) for path, value in as_told(reason).items())
        assert Teller(words, BOOK).source(reason.source[0]) in text


def _said(path: str, value: Any, text: str, words: Words) -> bool:
    teller = Teller(words, BOOK)
    return teller.value(path, value) in text and teller.name(path).lower() in text.lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_would_be_calmer_is_never_a_number_to_type(language: str) -> None:
    """Nobody is shown which number would unlock the routine."""
    document = changed(CALM, {"pain.walking": 7})
    answers, decision = answers_of(document), decided(document)
    change = would_change(answers, BOOK, decision)
    (calmer, _) = Teller(Words(language), BOOK).changes(change, decision)
    assert change.milder is not None
    assert change.milder.change == {"pain.walking": 5}
    assert "7" in calmer
    assert "5" not in calmer


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_told_that_days_should_become_fewer(language: str) -> None:
    """Days since it began do not become calmer; what can, and what a visit answers, are said apart."""
    words, told = Words(language), {}
    for days, walking in ((30, 1), (30, 4), (3, 4)):
        document = changed(CALM, {"pain.walking": walking, "course.symptom_days": days})
        decision = decided(document)
        teller = Teller(words, BOOK)
        said = "\n".join(teller.changes(would_change(answers_of(document), BOOK, decision), decision))
        told[days, walking] = [words(f"decision.{one}", what="").strip() in said for one in ("calmer", "counted")]
    assert told == {(30, 1): [False, True], (30, 4): [False, True], (3, 4): [True, False]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_emergency_sign_to_watch_for_is_one_to_call_for(language: str) -> None:
    """Whatever answer of it comes next: beside chest pain nobody reads that the same day is soon enough."""
    words, calls = Words(language), 0
    teller = Teller(words, BOOK)
    for sign in ("hot-red-knee-or-fever", "night-waking", "bulge-or-pressure"):
        for answer in ("unsure", "yes"):
            document = changed(CALM, {f"signs.{sign}": answer, "pain.rest": 4})
            decision = decided(document)
            change = would_change(answers_of(document), BOOK, decision).stronger
            if change and any(
                BOOK.signs[path[6:]].group == "emergency" for path in change.change if path[:6] == "signs."
            ):
                last = teller.changes(would_change(answers_of(document), BOOK, decision), decision)[-1]
                assert last.startswith(words("decision.call-if", what="").strip())
                assert words("common.answer.unsure") not in last
                calls += 1
    assert calls


def test_a_yes_to_one_of_several_findings_is_not_read_as_all_of_them() -> None:
    """Japanese has no "or" between them; a sign of one finding is told as it is."""
    words, teller = Words("ja"), Teller(Words("ja"), BOOK)
    told = {}
    for sign in ("chest-or-breath", "locked-knee"):
        reason = Reason(sign, "advice", "today", {f"signs.{sign}": "yes"}, ("proposal",), {"ja": "", "en": ""})
        told[sign] = teller.reason(reason)
    assert told["chest-or-breath"].startswith(words("decision.any-of", value="はい", name=""))
    assert told["locked-knee"].startswith(teller.name("signs.locked-knee"))


def test_a_worse_number_is_one_to_reach_and_not_one_to_type() -> None:
    """At "3" alone nobody knows what holds at 4."""
    decision = decided(CALM)
    change = WouldChange(None, NearestChange({"pain.walking": 3}, "gentle"))
    for language, least in (("en", "or more"), ("ja", "以上")):
        (line,) = Teller(Words(language), BOOK).changes(change, decision)
        assert least in line


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_left_out_are_told_as_no_answer(language: str) -> None:
    """They count as unsure, and nobody is told to have said so."""
    words = Words(language)
    assert Teller(words, BOOK).value("other_signs", "unsure") == words("common.answer.missing")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_told_to_be_unsure_of_what_they_did_not_answer(language: str) -> None:
    """Whether it is hot counts as unsure where it was left out, and is told as no answer; the document holds both."""
    words, left_out = Words(language), {key: value for key, value in CALM.items() if key != "hot"}
    teller = Teller(words, BOOK)
    said = {}
    for name, document in (("left out", left_out), ("unsure", changed(CALM, {"hot": "unsure"}))):
        (reason,) = (reason for reason in decided(document).reasons if reason.rule == "hot-unsure")
        assert reason.because == {"hot": "unsure"}
        said[name] = teller.reason(reason)
    assert words("decision.unasked.hot-unsure") in said["left out"]
    assert words("common.answer.missing") in said["left out"]
    assert words("common.answer.unsure") not in said["left out"]
    assert words("common.answer.unsure") in said["unsure"]
    assert words("decision.unasked.hot-unsure") not in said["unsure"]


SETTLED_BY = {
    "a number that eases": ({"pain.walking": 7}, ["calmer"]),
    "a question left open": ({"hot": "unsure"}, ["unsettled"]),
    "no number": ({"pain": {}}, ["unsettled"]),
    "a sign that one is not sure of": ({"signs.bulge-or-pressure": "unsure", "hot": "unsure"}, ["unsettled"]),
    "days": ({"course.rest_days": 7}, ["counted"]),
    "an operation": ({"context": ["recent-surgery"]}, []),
    "an operation and a number": ({"context": ["recent-surgery"], "pain.walking": 7}, []),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("changes", "said"), SETTLED_BY.values(), ids=SETTLED_BY)
def test_only_what_can_ease_is_told_to_ease(language: str, changes: dict[str, Any], said: list[str]) -> None:
    """An answer is asked for, days are counted, and of a condition nothing is said."""
    words, document = Words(language), changed(CALM, changes)
    decision = decided(document)
    lines = Teller(words, BOOK).changes(would_change(answers_of(document), BOOK, decision), decision)
    kinds = ("calmer", "unsettled", "counted")
    starts = {kind: words(f"decision.{kind}", what="").strip() for kind in kinds}
    assert [kind for kind in kinds if any(line.startswith(starts[kind]) for line in lines)] == said


@pytest.mark.parametrize(("language", "kept"), [("en", "yes (last answer)"), ("ja", "はい(前回の答え)")])
def test_an_earlier_answer_is_told_as_one(language: str, kept: str) -> None:
    """A sign that nobody asked today is not passed off as today's answer."""
    decision = decided(changed(CALM, {"signs.night-waking": "yes"}))
    path = "signs.night-waking"
    assert kept in Teller(Words(language), BOOK).text(decision, carried={path})
    assert kept not in Teller(Words(language), BOOK).text(decision)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_is_said_by_its_parts(language: str) -> None:
    """Conditions and kinds of pain are named, each of them; an empty list says that there are none."""
    words = Words(language)
    teller = Teller(words, BOOK)
    contexts: tuple[Context, ...] = ("blood-thinner", "osteoporosis")
    said = teller.value("context", contexts)
    assert all(words.pick(BOOK.contexts[context].short) in said for context in contexts)
    said = teller.value("quality", ("tight", "dull"))
    assert all(words(f"common.answer.{quality}") in said for quality in ("tight", "dull"))
    for path in ("context", "quality"):
        assert teller.value(path, ()) == words("common.answer.none")


def test_a_source_is_named_without_the_illness_in_its_title() -> None:
    """What a reason cites is who says so; the title of a leaflet may name what the person has not been told to have."""
    reason = Reason("one-leg-swollen-warm", "advice", "today", {}, ("nhs-wales-111",), {"en": "x"})
    text = Teller(Words("en"), BOOK).reason(reason)
    assert "NHS 111 Wales" in text
    assert "thrombosis" not in text


AT_A_GLANCE = 60
"""Letters that a reason takes at most where it is read at a glance; a full stop may follow."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_short_at_a_glance(language: str) -> None:
    """Every rule, sign and course, with the longest number that it can hold; twice as narrow where letters are wide."""
    words = Words(language)
    teller = Teller(words, BOOK)
    texts = [words.pick(rule.text).replace("{value}", "999") for rule in BOOK.rules if rule.id not in BOOK.signs]
    for sign in BOOK.signs:
        for value in ("unsure", "yes"):
            because = {f"signs.{sign}": value}
            texts.append(teller.short_reason(Reason(sign, "advice", "watch", because, ("proposal",), {})))
    texts += [words(f"pause.reason.{name}") for name in COURSE]
    texts.append(words("decision.unasked.hot-unsure"))
    assert [text for text in texts if cell_len(text.rstrip(".。")) > AT_A_GLANCE] == []
    assert all(text.count("{") == 0 for text in texts)


def test_only_a_decision_of_today_can_hold_its_number() -> None:
    """A rule that paused earlier is told by its sentence alone, so its sentence holds no number of the day."""
    assert not [
        rule.id for rule in BOOK.rules if "{value}" in rule.text["en"] and ("activity", "pause") in _gives(rule)
    ]


def _gives(rule: Ready) -> set[tuple[str, str]]:
    return {(answer, level) for _, answer, level in rule.outcomes}
