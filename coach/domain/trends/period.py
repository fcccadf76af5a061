"""The days of a period: which they are, which of them a pause touched, and the check-ins that were made on them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from coach.domain.status.carried_answers import effective
from coach.domain.status.history import CheckIn, History
from coach.domain.status.pauses import PauseEpisode


def last_day(history: History, now: datetime) -> date:
    """Return today; or the day of the latest record, where it was made further east, in a day that was tomorrow."""
    kinds = (history.check_ins, history.sessions, history.hurts, history.ices)
    latest = (records[-1].at for records in kinds if records)
    return max([now.date(), *(at.date() for at in latest if at <= now)])


def days_between(first: date, last: date) -> tuple[date, ...]:
    """Return every day from ``first`` to ``last``, both included."""
    return tuple(first + timedelta(n) for n in range((last - first).days + 1))


def paused_days(episodes: Iterable[PauseEpisode], today: date) -> frozenset[date]:
    """Return every day that a pause touched, up to ``today``."""
    touched: set[date] = set()
    for episode in episodes:
        touched.update(days_between(episode.since.date(), min(episode.ended.date(), today) if episode.ended else today))
    return frozenset(touched)


def effective_check_ins(history: History) -> tuple[CheckIn, ...]:
    """Return the check-ins in order, without those that a later one corrects, which takes the moment of the first.

    Each keeps the side that it was about, as far as that is known.
    """
    check_ins = ((event.at, with_side(event.check_in, history)) for event in effective(history.check_ins))
    dated = (check_in if check_in.at == at else replace(check_in, at=at) for at, check_in in check_ins)
    return tuple(sorted(dated, key=lambda check_in: check_in.at))


def with_side(check_in: CheckIn, history: History) -> CheckIn:
    """Return a check-in with its side: one of an earlier version has that of the settings then, if the records tell it.

    The settings of today tell nothing of it: the side may have changed since.
    """
    if check_in.answers.side is not None:
        return check_in
    before = (noted.side for noted in reversed(history.backgrounds) if noted.at <= check_in.at)
    side = next((side for side in before if side is not None), None)
    return replace(check_in, answers=replace(check_in.answers, side=side)) if side else check_in


def check_ins_within(history: History, first: date, last: date) -> tuple[CheckIn, ...]:
    """Return the check-ins of a period, corrections applied."""
    return tuple(check_in for check_in in effective_check_ins(history) if first <= check_in.at.date() <= last)
