"""The answers in order of time, as they stand: corrections applied, and each sign with its last answer."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

import msgspec
from msgspec.structs import replace

from coach.domain.status.elapsed import apart
from coach.domain.status.history import CheckIn, History, Screening
from coach.domain.triage.answers import TRI, Answers, Pain, Tri
from coach.domain.triage.rules import RuleBook

CORRECTABLE = timedelta(hours=24)
"""A slip is corrected within this time by a check-in that names the first."""
Signs = dict[str, Tri]


class CarriedAnswers(msgspec.Struct, frozen=True, kw_only=True):
    """What stood after one check-in or one screening."""

    at: datetime
    answers: Answers
    """The check-in's answers; every sign holds its last answer."""
    asked: frozenset[str]
    """The signs that were answered this time."""
    check_in: CheckIn | None = None


def notes(history: History, book: RuleBook, now: datetime | None = None) -> tuple[CarriedAnswers, ...]:
    """Return the notes in order of time; each carries the answers to signs of those before it."""
    found: list[CarriedAnswers] = []
    for at, event in _events(history, now):
        before = found[-1].answers if found else Answers()
        found.append(_screened(event, before) if isinstance(event, Screening) else _checked(at, event, before, book))
    return tuple(found)


def _events(history: History, now: datetime | None) -> list[tuple[datetime, CheckIn | Screening]]:
    dated: list[tuple[datetime, CheckIn | Screening]] = [
        *((one.at, one) for one in history.screenings),
        *effective(history.check_ins, now),
    ]
    return sorted(dated, key=lambda one: (one[0], one[1].id))


def effective(check_ins: Iterable[CheckIn], now: datetime | None = None) -> Iterator[tuple[datetime, CheckIn]]:
    """Yield the check-ins that no later one corrects; a correction speaks of the moment of what it corrects.

    What is dated after ``now`` can be corrected before its time, so that a wrong clock locks nobody out.
    """
    by_id = {one.id: one for one in check_ins}
    first_of = {one.id: one.corrects for one in by_id.values() if one.corrects and _corrects(one, by_id, now)}
    corrected = set(first_of.values())
    for one in by_id.values():
        if one.id not in corrected:
            yield _spoken_of(one, first_of, by_id), one


def worst_walking(check_ins: Iterable[CheckIn], now: datetime) -> dict[date, int]:
    """Return the worst walking pain of each day that has one, by the days of this place; a slip counts as mended."""
    worst: dict[date, int] = {}
    for at, check_in in effective(check_ins):
        if (walking := check_in.answers.pain.walking) is not None:
            day = at.astimezone(now.tzinfo).date()
            worst[day] = max(walking, worst.get(day, 0))
    return worst


def late_corrections(check_ins: Iterable[CheckIn], now: datetime | None = None) -> tuple[CheckIn, ...]:
    """Return the corrections that came too late, or name themselves: both records stand."""
    by_id = {one.id: one for one in check_ins}
    return tuple(one for one in by_id.values() if one.corrects in by_id and not _corrects(one, by_id, now))


def _corrects(one: CheckIn, by_id: dict[str, CheckIn], now: datetime | None) -> bool:
    """Tell whether ``one`` comes after what it names, and in time."""
    first = by_id.get(one.corrects or "")
    if first is None or apart(first.at, one.at) > CORRECTABLE:
        return False
    return (first.at, first.id) < (one.at, one.id) or (now is not None and one.at <= now < first.at)


def _spoken_of(one: CheckIn, first_of: dict[str, str], by_id: dict[str, CheckIn]) -> datetime:
    earliest = one.at
    while one.id in first_of:
        one = by_id[first_of[one.id]]
        earliest = min(earliest, one.at)
    return earliest


def _screened(event: Screening, before: Answers) -> CarriedAnswers:
    """Return what a screening adds; it asks for no numbers, so those of the last check-in are not said again."""
    answers = Answers(
        pain=Pain(baseline=before.pain.baseline),
        sharp="no",
        hot="no",
        signs={**before.signs, **event.signs},
        context=before.context,
        course=before.course,
    )
    return CarriedAnswers(at=event.at, answers=answers, asked=frozenset(event.signs))


def _checked(at: datetime, event: CheckIn, before: Answers, book: RuleBook) -> CarriedAnswers:
    given: Signs = dict(event.answers.signs)
    asked = frozenset(event.asked)
    if event.answers.other_signs == "no":
        unnamed: Signs = {sign: "no" for sign in book.signs if sign not in given}
        given |= unnamed
        asked |= unnamed.keys()
    signs = _carried(before.signs, given, asked)
    return CarriedAnswers(at=at, answers=replace(event.answers, signs=signs), asked=asked, check_in=event)


def _carried(before: Signs, given: Signs, asked: frozenset[str]) -> Signs:
    """Return the last answer of every sign.

    Where a record does not say what was asked, the worse of both answers stands: what is unknown never softens.
    """
    if asked >= given.keys():
        return {**given, **before, **given}
    signs = {**given, **before}
    for sign, answer in given.items():
        if sign in asked or (not asked and TRI.index(answer) > TRI.index(signs[sign])):
            signs[sign] = answer
    return signs
