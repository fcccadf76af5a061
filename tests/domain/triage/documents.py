"""Documents for the tests of the rules: a calm day, changed by dotted paths as a decision names them."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from coach.actions.triage.answers_document import read_answers
from coach.content import Content
from coach.domain.triage.answers import SHARP, TRI, WEEK, Answers
from coach.domain.triage.decision import Decision, decide
from coach.domain.triage.rules import RuleBook
from tests.helpers import ROOT

HERE = Path(__file__).parent
SCENARIOS = ROOT / "tests" / "scenarios"
BOOK: RuleBook = Content.open().rules
CALM: dict[str, Any] = {
    "pain": {"rest": 0, "walking": 0, "during": 0},
    "sharp": "no",
    "hot": "no",
    "signs": {},
    "other_signs": "no",
    "context": [],
    "course": {},
}


COUNTS = ("course.symptom_days", "course.rest_days", "course.paused_days", "course.pauses_14d")


def documents() -> st.SearchStrategy[dict[str, Any]]:
    """Return whole documents of every kind, each part there or not."""
    points = st.one_of(st.none(), st.integers(0, 10))
    pain = st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("rest", "walking", "during", "morning", "baseline"), points)
    )
    knee = st.fixed_dictionaries({}, optional={"walking": points})
    days = st.integers(0, 40)
    course = st.fixed_dictionaries({}, optional={**{path[7:]: days for path in COUNTS}, "week": st.sampled_from(WEEK)})
    return st.fixed_dictionaries(
        {},
        optional={
            "pain": pain,
            "quality": st.lists(st.sampled_from(("tight", "sharp", "dull")), unique=True),
            "when": st.lists(st.sampled_from(("first-steps", "long-walk")), unique=True),
            "sharp": st.sampled_from(SHARP),
            "hot": st.sampled_from(TRI),
            "signs": st.dictionaries(st.sampled_from(sorted(BOOK.signs)), st.sampled_from(TRI), max_size=6),
            "other_signs": st.sampled_from(TRI[:2]),
            "context": st.lists(st.sampled_from(sorted(BOOK.contexts)), unique=True),
            "course": course,
            "side": st.sampled_from(("left", "right", "both")),
            "knees": st.fixed_dictionaries({}, optional=dict.fromkeys(("left", "right"), knee)),
        },
    )


def changed(document: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document with answers by dotted path; ``"null"`` takes an answer away (TOML has no null)."""
    after = {key: dict(value) if isinstance(value, dict) else value for key, value in document.items()}
    for path, value in change.items():
        *tables, key = path.split(".")
        place = after
        for table in tables:
            place[table] = dict(place.get(table, {}))
            place = place[table]
        if value == "null":
            place.pop(key, None)
        else:
            place[key] = list(value) if isinstance(value, tuple) else value
    return after


def answers_of(document: Mapping[str, Any], book: RuleBook = BOOK) -> Answers:
    """Return a document as answers, read as the command reads it."""
    return read_answers(dict(document), book)


def decided(document: Mapping[str, Any], book: RuleBook = BOOK) -> Decision:
    """Return the decision on a document."""
    return decide(answers_of(document, book), book)


def asked_by(decision: Decision, rule: str) -> list[str]:
    """Return what one rule asked for, advice first."""
    found = sorted((one for one in decision.reasons if one.rule == rule), key=lambda one: one.answer == "activity")
    return [one.level for one in found]


def toml(path: Path) -> dict[str, Any]:
    """Return a file of the tests."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def slips(book: RuleBook) -> Iterable[str]:
    """Yield where ``book`` decides otherwise than the two tables and the scenarios say; nothing for the true book."""
    yield from _cut_slips(book)
    yield from _sign_slips(book)
    yield from _scenario_slips(book)
    yield from _program_slips(book)


CUTS = toml(HERE / "cuts.toml")["rule"]
SIGNS = toml(HERE / "signs.toml")
STORIES = {path.stem: toml(path) for path in sorted(SCENARIOS.glob("*.toml"))}


def _cut_slips(book: RuleBook) -> Iterable[str]:
    for cut in CUTS:
        for change in cut["fires"]:
            found = asked_by(decided(changed(CALM, change), book), cut["id"])
            if found != cut["asks"]:
                yield f"{cut['id']} asks for {found} with {change}"
        for change in cut["rests"]:
            if asked_by(decided(changed(CALM, change), book), cut["id"]):
                yield f"{cut['id']} fires with {change}"


def _sign_slips(book: RuleBook) -> Iterable[str]:
    for group, table in SIGNS.items():
        for sign in table["signs"]:
            for answer in ("yes", "unsure"):
                found = asked_by(decided(changed(CALM, {f"signs.{sign}": answer}), book), sign)
                if found != table[answer]:
                    yield f"{sign} asks for {found} with {answer}"
        rest = {f"signs.{sign}": "no" for other, one in SIGNS.items() if other != group for sign in one["signs"]}
        found = asked_by(decided(changed(CALM, {**rest, "other_signs": "unsure"}), book), f"{group}-unanswered")
        if found != table["unsure"]:
            yield f"{group} not answered asks for {found}"


def _scenario_slips(book: RuleBook) -> Iterable[str]:
    for name, story in STORIES.items():
        decision, expect = decided(story["answers"], book), story["expect"]
        if not asked_by(decision, expect["rule"]):
            yield f"{name}: {expect['rule']} is silent"
        for answer in ("headline", "activity", "advice"):
            if getattr(decision, answer) != expect[answer]:
                yield f"{name}: {answer} is {getattr(decision, answer)}"


def _program_slips(book: RuleBook) -> Iterable[str]:
    """In the program, one open sign of the emergency or same-day list makes a gentle day; others never asked rest."""
    for group, table in SIGNS.items():
        asked = {sign: "no" for one in SIGNS.values() for sign in one["signs"] if sign != table["signs"][-1]}
        answers = answers_of({**CALM, "signs": asked, "other_signs": "unsure"}, book)
        decision = decide(answers, book, asked_only=True)
        expected = ["gentle"] if group in ("emergency", "today") else []
        if asked_by(decision, "not-asked") != expected or decision.advice != "none":
            yield f"one sign of {group} not asked: {asked_by(decision, 'not-asked')}, {decision.advice}"
