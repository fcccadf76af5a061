"""The status in words: today's activity, whom to see, why, and what ends a pause; one text wherever it is shown."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from coach.domain.status.carried_answers import CarriedAnswers
from coach.domain.status.standing_pause import ENDS_WITH_TIME, Pause, ahead_unanswered
from coach.domain.status.status import Status
from coach.domain.status.wall_clock import local, local_day
from coach.domain.triage.rules import RuleBook
from coach.domain.triage.state import shape_of
from coach.words import Words
from coach.words.care import care_text, if_now
from coach.words.dates import week_day
from coach.words.decision import Teller, as_told, headline_lines, is_told
from coach.words.moments import moment

_UNSAID = ("no-advice", "with-soon", "with-today")
"""Rules that follow from others: on a short page the others say it."""
_GENTLE = ("way-back", "hurt-yesterday", "away-7", "away-28")
"""Reasons of the course that only ask for a gentle day."""
_NOTICES = ("not-asked", "contexts-lost", "records-lost")
"""Reasons that also ask for something to be done: whatever else stands, they are told."""


def status_lines(status: Status, words: Words, book: RuleBook, region: str, now: datetime) -> list[str]:
    """Return the whole status, a line for each thing to say."""
    lines = headline_and_care(status, words, book, region)
    lines += [words(f"pause.advise.{name}") for name in status.advise]
    lines += [words("decision.why"), *(words("common.bullet", text=text) for text in reason_lines(status, words, book))]
    return [*lines, *(pause_lines(status.pause, words, now) if status.pause else ())]


def emergency_lines(status: Status, words: Words, book: RuleBook, region: str) -> list[str]:
    """Return what is said in an emergency, and nothing beside it: whom to call, the sign, and what to do afterwards.

    A sign that was answered yes, and no since then, stands until somebody has seen it: that is said as such.
    """
    teller = Teller(words, book)
    reasons = [reason for reason in status.decision.reasons if reason.level == "emergency"]
    now = {reason.rule for reason in reasons}
    ahead = [reason for told in ahead_unanswered(status.pause_state) for reason in told.decision.reasons]
    waiting = [sign.rule for sign in status.pause_state.uncleared if sign.advice == "emergency"]
    waiting += [reason.rule for reason in ahead if reason.level == "emergency"]
    signs = [teller.short_reason(reason) for reason in reasons]
    signs += [
        words("pause.earlier-emergency", sign=teller.name(f"signs.{rule}"))
        for rule in waiting
        if rule in book.signs and rule not in now
    ]
    return [
        f"{shape_of(status.headline)} {words(f'decision.headline.{status.headline}')}",
        care_text(status.advice, region, words, book),
        "",
        words("decision.why"),
        *(words("common.bullet", text=text) for text in dict.fromkeys(signs)),
        "",
        words(before_visit_key(status) or "pause.after-emergency"),
    ]


def before_visit_key(status: Status, area: str = "pause") -> str | None:
    """Return which sentence says that the advice goes by answers of before a visit; None where it does not."""
    if not is_before_visit(status):
        return None
    return f"{area}.before-visit-pain" if is_by_pain(status) else "pause.before-visit"


def is_before_visit(status: Status) -> bool:
    """Tell whether every answer that the advice rests on is from before a visit.

    Whoever was seen must not be sent again without a word; and of what was told since, nobody is told that it is old.
    """
    state = status.pause_state
    if state.seen_at is None or state.uncleared:  # a visit leaves nothing uncleared: that was told since
        return False
    since = [decided.carried for decided in state.decided if decided.carried.said_at > state.seen_at]
    ahead = (decided for decided in state.ahead if decided.carried.said_at > state.seen_at)
    if any(decided.decision.advice == status.advice for decided in ahead):
        return False
    paths = _advising(status)
    return not (any(_tells(carried, path) for carried in since for path in paths) if paths else since)


def is_by_pain(status: Status) -> bool:
    """Tell whether a pain score gives the advice: then the signs alone, answered again, do not change it."""
    return any(path.startswith("pain.") for path in _advising(status))


def _advising(status: Status) -> set[str]:
    """Return the paths of the answers that give the advice."""
    reasons = (reason for reason in status.decision.reasons if reason.level == status.advice)
    return {path for reason in reasons for path in reason.because}


def _tells(carried: CarriedAnswers, path: str) -> bool:
    """Tell whether a record answers ``path`` itself, and does not carry on an earlier answer."""
    if path.startswith("signs."):
        return path[6:] in carried.asked
    if carried.check_in is None or path == "context":  # a condition that is new leaves a sign uncleared
        return False
    return not path.startswith("pain.") or getattr(carried.answers.pain, path[5:]) is not None


def headline_and_care(status: Status, words: Words, book: RuleBook, region: str) -> list[str]:
    """Return the headline and, where it is an advice, whom to call or see."""
    headline, *beside = headline_lines(status, words)
    lines = [f"{shape_of(status.headline)} {headline}", *beside]
    if status.headline == status.advice:
        lines.insert(1, care_text(status.advice, region, words, book))
        if key := before_visit_key(status):
            lines.insert(1, words(key))
    return [*calls_first(status, words, book, region), *lines]


def calls_first(status: Status, words: Words, book: RuleBook, region: str) -> list[str]:
    """Return whom to call if it is happening now, where somebody is unsure of an emergency sign; it stands first.

    Also of one in a note that is dated ahead, or that was changed later. In an emergency the advice itself says it.
    """
    unsure = {sign.id for sign in status.urgent_signs} & {*book.ids("emergency")}
    return [if_now(region, words, book)] if unsure and status.advice != "emergency" else []


def told_reasons(status: Status, book: RuleBook) -> list[str]:
    """Return the names of the reasons that people are told, the strongest first."""
    levels: dict[str, set[str]] = {name: {"gentle"} for name in _GENTLE}
    for reason in status.decision.reasons:
        levels.setdefault(reason.rule, set()).add(reason.level)
    for rule in book.rules:  # what paused earlier, or stands in the other reading of the records
        if rule.id in status.reasons and rule.id not in levels:
            levels[rule.id] = {level for _, _, level in rule.outcomes}
    return [name for name in status.reasons if name in _NOTICES or name not in levels or is_told(levels[name], status)]


def reason_lines(status: Status, words: Words, book: RuleBook) -> list[str]:
    """Return the reasons that people are told, strongest first, a sentence each."""
    decided = {reason.rule: reason for reason in status.decision.reasons}
    names = (name for name in told_reasons(status, book) if name not in _UNSAID)
    sentences = [
        Teller(words, book).short_reason(decided[name])
        if name in decided and not words.has(f"pause.reason.{name}")
        else course_reason(name, status, words, book)
        for name in names
    ]
    if status.headline == "go" and status.last is not None and status.last.medicine:
        sentences.append(words("decision.under-medicine"))
    return [text for text in dict.fromkeys(sentences) if text]


def course_reason(name: str, status: Status, words: Words, book: RuleBook) -> str:
    """Return a reason that lies in the course and not in the last answers: of a rule, what was answered, and when.

    The rule's own sentence may ask for more than what stands today.
    """
    if words.has(key := f"pause.reason.{name}"):
        return words(key)
    ahead = ahead_unanswered(status.pause_state)
    for decided in (*reversed(status.pause_state.decided), *ahead):
        for reason in decided.decision.reasons:
            if reason.rule == name:
                day = week_day(decided.carried.at.date(), words)
                return words("pause.earlier", day=day, what=Teller(words, book).answers(as_told(reason)))
    return rule_text(name, words, book)


def rule_text(name: str, words: Words, book: RuleBook) -> str:
    """Return a rule that paused earlier and does not fire now: what it was about."""
    if name in book.signs:
        return words.pick(book.signs[name].short)
    return next((words.pick(rule.text) for rule in book.rules if rule.id == name), "")


def told_conditions(pause: Pause) -> tuple[str, ...]:
    """Return what must end before the pause does; a start tomorrow is promised only where nothing else must end."""
    return tuple(name for name in pause.back_when if name != "tomorrow") or pause.back_when


def condition_text(name: str, pause: Pause, words: Words, now: datetime) -> str:
    """Return one of the conditions that end a pause, as a sentence: of a rest that only time ends, when it ends.

    That is tomorrow most of the time, but not after midnight, nor in a night shift. Where other conditions leave its
    end open, the rest has to be over as well.
    """
    if name != "tomorrow":
        return words(f"pause.back-when.{name}")
    if pause.until is None:
        return words("pause.back-when.rested")
    if local_day(pause.until, now) == now.date() + timedelta(days=1):
        return words("pause.back-when.tomorrow")
    return words("pause.back-when.at", moment=moment(pause.until, words, now))


def condition_on_screen(name: str, pause: Pause, words: Words, now: datetime) -> str:
    """Return such a condition where a key notes a visit; elsewhere a command does."""
    by_key = f"decision-page.back-when.{name}"
    return words(by_key) if words.has(by_key) else condition_text(name, pause, words, now)


def pause_lines(pause: Pause, words: Words, now: datetime) -> Iterator[str]:
    """Yield until when a pause lasts and what ends it, each once."""
    yield pause_end(pause, words, now)
    yield words("plan.back")
    for condition in told_conditions(pause):
        yield words("common.bullet", text=condition_text(condition, pause, words, now))
    if "two-calm" in pause.back_when:
        yield words("pause.calm", n=pause.calm)
    yield from untold_lines(pause, words)


def untold_lines(pause: Pause, words: Words) -> Iterator[str]:
    """Yield why the last check-in does not count for the way back: what it left open, or a painkiller."""
    if left_open := [name for name in pause.untold if name != "medicine"]:
        names = words("common.and").join(words(f"pause.untold-is.{name}") for name in left_open)
        yield words("pause.untold", what=names)
    if "medicine" in pause.untold:
        yield words("pause.under-medicine")


def pause_end(pause: Pause, words: Words, now: datetime) -> str:
    """Return until when a pause lasts at least; where more than time ends it, what that is."""
    if pause.until is None:
        opens = next((name for name in pause.back_when if name not in ENDS_WITH_TIME), "open")
        return words(f"pause.end.{opens}")
    if pause.until <= now:
        return words("pause.end.over-one" if pause.calm == 1 else "pause.end.over")
    until = local(pause.until, now)
    if pause.back_when == ("tomorrow",) and until.time() == time.min and until.date() - now.date() == timedelta(days=1):
        return words("pause.end.tomorrow")
    return words("pause.end.at", moment=moment(pause.until, words, now))
