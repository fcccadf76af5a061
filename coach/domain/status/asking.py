"""When the emergency and same-day list is asked again, and the facts that are asked once a year."""

from datetime import datetime, timedelta

from coach.domain.status.absence import Absence
from coach.domain.status.calm import highest_pain
from coach.domain.status.elapsed import apart
from coach.domain.status.history import History
from coach.domain.status.pauses import DecidedAnswers, PauseState
from coach.domain.status.person import Person
from coach.domain.triage.rules import RuleBook

WEEKLY = timedelta(days=7)
"""How often the emergency and same-day list is shown at least: often enough for what comes on in days, and not so often
that it is answered unread (a proposal)."""
YEARLY = timedelta(days=365)
"""How often the facts that no blanket no answers are asked: an age and a history of cancer change in years."""
RISE = 2
"""A pain that rises by so much asks the list again: on a scale of 0 to 10, about what people call a real change (Farrar
2001)."""


def list_asked(pauses: PauseState, book: RuleBook) -> datetime | None:
    """Return since when every sign of the emergency and same-day list has an answer; None: never answered whole."""
    asked = [_sign_asked(sign, pauses.decided) for sign in book.ids("emergency", "today")]
    answered = [at for at in asked if at is not None]
    return min(answered) if len(answered) == len(asked) else None


def _sign_asked(sign: str, decided: tuple[DecidedAnswers, ...]) -> datetime | None:
    """Return when a sign was asked last; where no record says that it was, when its answer was first there."""
    latest = next((answers.carried.at for answers in reversed(decided) if sign in answers.carried.asked), None)
    return latest or next((answers.carried.at for answers in decided if sign in answers.carried.answers.signs), None)


def yearly_asked(pauses: PauseState, history: History, book: RuleBook) -> dict[str, datetime]:
    """Return when each sign of once a year was asked last; one that never was is left out."""
    asked = {sign: at for background in history.backgrounds for sign, at in background.yearly.items()}
    for answers in pauses.decided:
        asked |= dict.fromkeys(answers.carried.asked & book.yearly, answers.carried.at)
    return asked


def ask_yearly(pauses: PauseState, history: History, book: RuleBook, now: datetime) -> tuple[str, ...]:
    """Return the signs that were not asked by their name for a year."""
    asked = yearly_asked(pauses, history, book)
    due = (sign for sign in book.signs if sign in book.yearly and (sign not in asked or now - asked[sign] >= YEARLY))
    return tuple(due)


def ask_why(
    pauses: PauseState,
    history: History,
    person: Person,
    asked_at: datetime | None,
    gaps: tuple[Absence, ...],
    now: datetime,
    *,
    is_unsure: bool,
) -> str:
    """Return why the list is due; empty where it is not."""
    # The order is that of what a session waits for, then of what matters most to the person.
    if asked_at is None:
        return "never"
    if any(gap.long and asked_at < gap.ended for gap in gaps):
        return "away-28"
    if not person.contexts_known or is_lost(history, asked_at):
        return "lost"
    if is_unsure:
        return "unsure"
    if pauses.seen_at and asked_at < pauses.seen_at:
        return "seen"
    if any(asked_at < gap.ended for gap in gaps):
        return "away-7"
    if _rose(pauses.decided, asked_at):
        return "rise"
    return "weekly" if apart(asked_at, now) >= WEEKLY else ""


def is_lost(history: History, asked_at: datetime | None) -> bool:
    """Tell whether records or settings were lost, and the list was not asked whole since."""
    return history.lost_at is not None and (asked_at is None or asked_at < history.lost_at)


def _rose(decided: tuple[DecidedAnswers, ...], asked_at: datetime) -> bool:
    """Tell whether pain rose by 2 since the list was asked."""
    check_ins = [answers.carried for answers in decided if answers.carried.check_in]
    # A rise that was there when the list was asked was answered with it.
    if len(check_ins) < 2 or check_ins[-1].at <= asked_at:
        return False
    return highest_pain(check_ins[-1].answers) - highest_pain(check_ins[-2].answers) >= RISE
