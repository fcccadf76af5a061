"""Sentences that several screens say: why it stands as it does, and why something could not be kept."""

from coach.content import Content
from coach.domain.status.status import Status
from coach.domain.triage.decision import Decision
from coach.errors import CoachError, DataError
from coach.words import Words
from coach.words.care import call_if_now, care_text
from coach.words.decision import Teller, headline_lines
from coach.words.status import calls_first
from coach.words.system import error_text, system_reason


def live(
    decision: Decision, words: Words, content: Content, region: str, most: int = 2, *, under: Status | None = None
) -> str:
    """Return a decision in a few lines: what, and the strongest reasons; what to do is of the status that it is under.

    A status that asks to be seen at once says whom to call or see, and nothing of the milder answers beside it.
    """
    if under is not None and under.advice in ("today", "emergency"):
        before = calls_first(under, words, content.rules, region)
        first, *rest = headline_lines(under, words)  # a small window leaves out the last, never whom to call
        return "\n".join([*before, first, care_text(under.advice, region, words, content.rules), *rest])
    teller = Teller(words, content.rules)
    told = set(teller.told(decision, under))
    texts = dict.fromkeys(teller.short_reason(reason) for reason in decision.reasons if reason.rule in told)
    first, *rest = headline_lines(under or decision, words)
    if decision.advice == "emergency":  # the number at once: nobody has to save first
        return "\n".join([first, care_text("emergency", region, words, content.rules), *rest, *list(texts)[:most]])
    calls = call_if_now(decision.reasons, region, words, content.rules)
    return "\n".join([*calls, first, *rest, *list(texts)[:most]])


def trouble(error: Exception, words: Words, key: str = "ui.not-kept") -> str:
    """Return in one or two sentences why something could not be kept (or what ``key`` says), and what to do."""
    if isinstance(error, DataError) and error.problems:
        return " ".join(error.problems)
    if isinstance(error, CoachError):
        return error_text(error, words)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    return words(key, reason=system_reason(reason, words))
