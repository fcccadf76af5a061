"""Says a decision: one text for the screen, for ``coach assess``, and for a page read aloud."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from coach.domain.change import Change, WouldChange
from coach.domain.decision import Decision, Reason
from coach.domain.rules import RuleBook
from coach.words import Words
from coach.words.care import care_text


def decision_text(
    decision: Decision,
    words: Words,
    book: RuleBook,
    region: str = "other",
    change: WouldChange | None = None,
    kept: AbstractSet[str] = frozenset(),
) -> str:
    """Return the whole text, a line a thought: what, whom to ask, why, and what would change it.

    ``kept`` are the paths of signs that were not asked this time: their answers are shown as earlier ones.
    """
    lines = headline_lines(decision, words)
    if decision.headline == decision.advice:
        lines.append(care_text(decision.advice, region, words, book))
    lines.append(words("decision.why"))
    reasons = dict.fromkeys(reason_text(reason, words, book, kept) for reason in decision.reasons)
    lines += [words("decision.bullet", text=reason) for reason in reasons]
    if change:
        lines += change_lines(change, decision, words, book)
    return "\n".join(lines)


def brief_document(decision: Decision) -> dict[str, Any]:
    """Return a decision as a document, without texts and without what would change it."""
    return {
        "activity": decision.activity,
        "advice": decision.advice,
        "headline": decision.headline,
        "reasons": [
            {"rule": one.rule, "answer": one.answer, "level": one.level, "because": one.because, "source": one.source}
            for one in decision.reasons
        ],
    }


def decision_document(
    decision: Decision,
    change: WouldChange,
    words: Words,
    book: RuleBook,
    region: str,
    kept: AbstractSet[str] = frozenset(),
) -> dict[str, Any]:
    """Return a decision as a document, with all its texts."""
    document = brief_document(decision)
    for said, reason in zip(document["reasons"], decision.reasons, strict=True):
        said["text"] = reason_text(reason, words, book, kept)
    text = decision_text(decision, words, book, region, change, kept)
    return {**document, "would_change": change, "text": text}


def headline_lines(decision: Decision, words: Words) -> list[str]:
    """Return the headline as a sentence, and the routine beside it where the headline is an advice."""
    said = [words(f"decision.headline.{decision.headline}")]
    if decision.headline != decision.activity:
        said.append(words(f"decision.beside.{decision.activity}"))
    return said


def reason_text(reason: Reason, words: Words, book: RuleBook, kept: AbstractSet[str] = frozenset()) -> str:
    """Return one reason: which answer, which value, which rule, which source."""
    sources = dict.fromkeys(source_text(source, words, book) for source in reason.source)
    said = words("decision.between-sources").join(sources)
    text = words.pick(reason.text)
    if not reason.because:
        return words("decision.reason-alone", text=text, rule=reason.rule, sources=said)
    answers = _capital(answers_text(reason.because, words, book, kept))
    return words("decision.reason", answers=answers, text=text, rule=reason.rule, sources=said)


def answers_text(answers: Mapping[str, Any], words: Words, book: RuleBook, kept: AbstractSet[str] = frozenset()) -> str:
    """Return answers by dotted path in words: "worst pain in walking: 3; sharp pain: again and again"."""
    each = []
    for path, value in answers.items():
        said = value_text(path, value, words, book)
        if path in kept:
            said = words("decision.kept", value=said)
        each.append(words("decision.answer", name=input_name(path, words, book), value=said))
    return words("decision.between-answers").join(each)


def input_name(path: str, words: Words, book: RuleBook) -> str:
    """Return the name of an answer by its dotted path."""
    if path.startswith("signs."):
        return words.pick(book.signs[path[6:]].short)
    return words(f"decision.input.{path}")


def value_text(path: str, value: Any, words: Words, book: RuleBook) -> str:
    """Return a value as people say it; pain stays a number."""
    if isinstance(value, int):
        return str(value)
    if value is None:
        return words("decision.value.missing")
    if path == "context":
        names = [words.pick(book.contexts[one].short) for one in value]
    elif isinstance(value, str):
        return words(f"decision.value.{value}")
    else:
        names = [words(f"decision.value.{one}") for one in value]
    return words("decision.between-answers").join(names) or words("decision.value.none")


def source_text(source: str, words: Words, book: RuleBook) -> str:
    """Return who says so: the part of a source's title before the colon, as what follows may name an illness."""
    if source.startswith("article:"):
        return words("decision.article")
    if source == "proposal":
        return words("decision.proposal")
    known = book.sources.get(source)
    return words.pick(known.title).replace(":", ":").partition(":")[0] if known else source


def change_lines(change: WouldChange, decision: Decision, words: Words, book: RuleBook) -> list[str]:
    """Return what would need to be calmer, without a number to type, and the nearest change that is stronger."""
    said = []
    if change.milder:
        said.append(words("decision.calmer", what=_calmer(change.milder, decision, words, book)))
    if change.stronger:
        what = answers_text(change.stronger.change, words, book)
        said.append(words("decision.stronger", what=what, headline=words(f"decision.to.{change.stronger.to}")))
    return said


def _calmer(change: Change, decision: Decision, words: Words, book: RuleBook) -> str:
    now = {path: value for reason in reversed(decision.reasons) for path, value in reason.because.items()}
    each = (
        words("decision.now", name=input_name(path, words, book), value=value_text(path, now.get(path), words, book))
        for path in change.change
    )
    return words("decision.between-answers").join(each)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
