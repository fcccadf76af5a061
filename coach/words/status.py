"""The status in words: today's activity, whom to see, why, and what ends a pause; one text wherever it is shown."""

from collections.abc import Iterator
from datetime import datetime, time

from coach.domain.status.standing_pause import Pause
from coach.domain.status.status import Status
from coach.domain.triage.decision import Reason
from coach.domain.triage.rules import RuleBook
from coach.domain.triage.state import shape_of
from coach.words import Words
from coach.words.care import care_text
from coach.words.decision import Teller, headline_lines
from coach.words.moments import moment

_UNSAID = ("no-advice", "with-soon", "with-today")
"""Rules that follow from others: on a short page the others say it."""


def status_lines(status: Status, words: Words, book: RuleBook, region: str, now: datetime) -> list[str]:
    """Return the whole status, a line for each thing to say."""
    lines = headline_and_care(status, words, book, region)
    lines += [words(f"pause.advise.{name}") for name in status.advise]
    lines += [words("plan.why"), *(words("plan.bullet", text=text) for text in reason_lines(status, words, book))]
    return [*lines, *(pause_lines(status.pause, words, now) if status.pause else ())]


def headline_and_care(status: Status, words: Words, book: RuleBook, region: str) -> list[str]:
    """Return the headline and, where it is an advice, whom to call or see."""
    headline, *beside = headline_lines(status, words)
    lines = [f"{shape_of(status.headline)} {headline}", *beside]
    if status.headline == status.advice:
        lines.insert(1, care_text(status.advice, region, words, book))
    return lines


def reason_lines(status: Status, words: Words, book: RuleBook) -> list[str]:
    """Return the reasons, strongest first, a sentence each."""
    decided = {name.rule: name for name in status.decision.reasons}
    sentences = [_reason(name, decided.get(name), words, book) for name in status.reasons if name not in _UNSAID]
    return [text for text in dict.fromkeys(sentences) if text]


def _reason(name: str, reason: Reason | None, words: Words, book: RuleBook) -> str:
    key = f"pause.reason.{name}"
    if words.has(key) or reason is None:
        return words(key) if words.has(key) else rule_text(name, words, book)
    return reason_line(reason, words, book)


def reason_line(reason: Reason, words: Words, book: RuleBook) -> str:
    """Return a reason of a decision in at most 60 characters, for places that are read at a glance."""
    return Teller(words, book).glance(reason)


def rule_text(name: str, words: Words, book: RuleBook) -> str:
    """Return a rule that paused earlier and does not fire now: what it was about."""
    if name in book.signs:
        return words.pick(book.signs[name].short)
    return next((words.pick(rule.text) for rule in book.rules if rule.id == name), "")


def pause_lines(pause: Pause, words: Words, now: datetime) -> Iterator[str]:
    """Yield until when a pause lasts and what ends it, each once."""
    yield pause_end(pause, words, now)
    yield words("plan.back")
    for condition in pause.back_when:
        yield words("plan.bullet", text=words(f"pause.back-when.{condition}"))
    if "two-calm" in pause.back_when:
        yield words("pause.calm", n=pause.calm)
    yield from untold_lines(pause, words)


def untold_lines(pause: Pause, words: Words) -> Iterator[str]:
    """Yield why the last check-in does not count for the way back: what it left open, or a painkiller."""
    if left_open := [name for name in pause.untold if name != "medicine"]:
        names = words("report.and").join(words(f"pause.untold-is.{name}") for name in left_open)
        yield words("pause.untold", what=names)
    if "medicine" in pause.untold:
        yield words("pause.under-medicine")


def pause_end(pause: Pause, words: Words, now: datetime) -> str:
    """Return until when a pause lasts at least; where it has no set end, what ends it."""
    if pause.until is None:
        return words(f"pause.end.{pause.back_when[0]}")
    if pause.until <= now:
        return words("pause.end.over")
    if pause.back_when == ("tomorrow",) and pause.until.time() == time.min:
        return words("pause.end.tomorrow")
    return words("pause.end.at", moment=moment(pause.until, words, now))
