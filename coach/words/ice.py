"""Ice in a line: whether an icing may begin, or why not and when again."""

from datetime import datetime

from coach.domain.ice import IceState
from coach.words import Words
from coach.words.dates import local_time


def ice_line(state: IceState, words: Words, now: datetime) -> str:
    """Return in a line whether ice may go on, or why not and when again."""
    if state.must_come_off:
        return words("ice.take-off-now", why=why_not(state, words))
    if state.running:
        return words("ice.running", end=local_time(state.running.ends_at, now))
    if state.overdue:
        return words("ice.take-off", end=local_time(state.overdue.ends_at, now))
    if state.allowed:
        return words("ice.allowed")
    return refusal(state, words, now)


def why_not(state: IceState, words: Words) -> str:
    """Return why ice may not go on; a sign that refuses it is named."""
    return words(f"ice.why.{state.why}", sign=state.sign.short if state.sign else "")


def refusal(state: IceState, words: Words, now: datetime) -> str:
    """Return why ice may not go on, and the time from which it may."""
    from coach.words.moments import moment

    why = why_not(state, words)
    if state.next_at is None:
        return why
    return words("ice.from", why=why, then=words("ice.next", moment=moment(state.next_at, words, now)))
