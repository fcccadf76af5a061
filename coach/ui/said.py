"""Sentences that several screens say: why it stands as it does, until when a pause lasts, whom to call."""

from datetime import datetime

from coach.content import Content
from coach.domain.decision import Decision, Reason
from coach.domain.lifecycle import Standing
from coach.domain.plan import Pause
from coach.errors import CoachError, DataError
from coach.words import Words
from coach.words.dates import clock_time, week_day


def moment(at: datetime, words: Words, now: datetime) -> str:
    """Return a moment as people say it: the time alone where it is today."""
    local = at.astimezone(now.tzinfo)
    if local.date() == now.date():
        return words("ui.moment.today", time=clock_time(local))
    return words("ui.moment.day", day=week_day(local, words), time=clock_time(local))


def until(pause: Pause, words: Words, now: datetime) -> str:
    """Return until when a pause lasts at least, or what ends it."""
    if pause.until is None:
        return words(f"ui.pause.{pause.back_when[0]}")
    if pause.until <= now:
        return words("ui.pause.over")
    return words("ui.pause.until", moment=moment(pause.until, words, now))


def reasons(stands: Standing, words: Words, content: Content) -> list[str]:
    """Return why it stands so, strongest first, a sentence each."""
    told = {one.rule: reason_line(one, words, content) for one in stands.decision.reasons}
    texts = [told.get(reason) or course_reason(reason, words) for reason in stands.reasons]
    return [text for text in dict.fromkeys(texts) if text]


def headline_lines(stands: Standing | Decision, words: Words) -> list[str]:
    """Return the headline as a sentence, and the routine beside it where the headline is an advice."""
    said = [words(f"decision.headline.{stands.headline}")]
    if stands.headline != stands.activity:
        said.append(words(f"decision.beside.{stands.activity}"))
    return said


def course_reason(reason: str, words: Words) -> str:
    """Return a reason that lies in the course and not in the last answers."""
    key = f"pause.reason.{reason}"
    return words(key) if words.has(key) else ""


def live(decision: Decision, words: Words, content: Content, most: int = 2) -> str:
    """Return a decision in a few lines: what, and the strongest reasons."""
    texts = dict.fromkeys(reason_line(one, words, content) for one in decision.reasons)
    return "\n".join([*headline_lines(decision, words), *list(texts)[:most]])


def reason_line(reason: Reason, words: Words, content: Content) -> str:
    """Return a reason without its rule and sources, for places that are read at a glance."""
    from coach.words.decision import Teller

    text = words.pick(reason.text)
    if all(value is None for value in reason.because.values()):
        return text
    answers = Teller(words, content.rules).answers(reason.because)
    return words("ui.reason", answers=answers[:1].upper() + answers[1:], text=text)


def trouble(error: Exception, words: Words) -> str:
    """Return in one or two sentences why something could not be kept, and what to do."""
    if isinstance(error, DataError) and error.problems:
        return " ".join(error.problems)
    if isinstance(error, CoachError):
        return words(error.key, **error.values)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    return words("ui.not-kept", reason=reason)
