"""The answers in order of time: corrections applied, and each sign carried on with its last answer."""

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
    """The answers after one check-in or one screening."""

    at: datetime
    answers: Answers
    """The check-in's answers; every sign holds its last answer."""
    asked: frozenset[str]
    """The signs that were answered this time."""
    check_in: CheckIn | None = None


def carried_answers(history: History, book: RuleBook, now: datetime | None = None) -> tuple[CarriedAnswers, ...]:
    """Return the answers after each check-in and screening, in order of time."""
    carried: list[CarriedAnswers] = []
    for at, event in _events(history, now):
        previous = carried[-1].answers if carried else Answers()
        carried.append(
            _from_screening(event, previous)
            if isinstance(event, Screening)
            else _from_check_in(at, event, previous, book)
        )
    return tuple(carried)


def _events(history: History, now: datetime | None) -> list[tuple[datetime, CheckIn | Screening]]:
    events: list[tuple[datetime, CheckIn | Screening]] = [
        *((entry.at, entry) for entry in history.screenings),
        *effective(history.check_ins, now),
    ]
    return sorted(events, key=lambda entry: (entry[0], entry[1].id))


def effective(check_ins: Iterable[CheckIn], now: datetime | None = None) -> Iterator[tuple[datetime, CheckIn]]:
    """Yield the check-ins that no later one corrects, each with its moment: a correction's is that of the first record.

    What is dated after ``now`` can be corrected before its time, so that a wrong clock locks nobody out.
    """
    by_id = {check_in.id: check_in for check_in in check_ins}
    corrects = {
        check_in.id: check_in.corrects
        for check_in in by_id.values()
        if check_in.corrects and _is_correction(check_in, by_id, now)
    }
    corrected = set(corrects.values())
    for check_in in by_id.values():
        if check_in.id not in corrected:
            yield _moment_of(check_in, corrects, by_id), check_in


def worst_walking(check_ins: Iterable[CheckIn], now: datetime) -> dict[date, int]:
    """Return the worst walking pain of each day that has one, by the days of this place; a slip counts as mended."""
    worst: dict[date, int] = {}
    for at, check_in in effective(check_ins):
        if (walking := check_in.answers.pain.walking) is not None:
            day = at.astimezone(now.tzinfo).date()
            worst[day] = max(walking, worst.get(day, 0))
    return worst


def late_corrections(check_ins: Iterable[CheckIn], now: datetime | None = None) -> tuple[CheckIn, ...]:
    """Return the corrections that came too late, or name themselves: both records count."""
    by_id = {check_in.id: check_in for check_in in check_ins}
    return tuple(
        check_in
        for check_in in by_id.values()
        if check_in.corrects in by_id and not _is_correction(check_in, by_id, now)
    )


def _is_correction(correction: CheckIn, by_id: dict[str, CheckIn], now: datetime | None) -> bool:
    """Tell whether ``correction`` comes after what it names, and in time."""
    original = by_id.get(correction.corrects or "")
    if original is None or apart(original.at, correction.at) > CORRECTABLE:
        return False
    return (original.at, original.id) < (correction.at, correction.id) or (
        now is not None and correction.at <= now < original.at
    )


def _moment_of(check_in: CheckIn, corrects: dict[str, str], by_id: dict[str, CheckIn]) -> datetime:
    earliest = check_in.at
    while check_in.id in corrects:
        check_in = by_id[corrects[check_in.id]]
        earliest = min(earliest, check_in.at)
    return earliest


def _from_screening(screening: Screening, previous: Answers) -> CarriedAnswers:
    """Return the answers after a screening; it asks for no numbers, so those of the last check-in are not repeated."""
    answers = Answers(
        pain=Pain(baseline=previous.pain.baseline),
        sharp="no",
        hot="no",
        signs={**previous.signs, **screening.signs},
        context=previous.context,
        course=previous.course,
    )
    return CarriedAnswers(at=screening.at, answers=answers, asked=frozenset(screening.signs))


def _from_check_in(at: datetime, check_in: CheckIn, previous: Answers, book: RuleBook) -> CarriedAnswers:
    answers: Signs = dict(check_in.answers.signs)
    asked = frozenset(check_in.asked)
    if check_in.answers.other_signs == "no":
        unnamed: Signs = {sign: "no" for sign in book.signs if sign not in answers}
        answers |= unnamed
        asked |= unnamed.keys()
    signs = _latest_signs(previous.signs, answers, asked)
    return CarriedAnswers(at=at, answers=replace(check_in.answers, signs=signs), asked=asked, check_in=check_in)


def _latest_signs(previous: Signs, answers: Signs, asked: frozenset[str]) -> Signs:
    """Return the last answer of every sign.

    Where a record does not say what was asked, the worse of both answers counts: what is unknown never softens.
    """
    if asked >= answers.keys():
        return {**answers, **previous, **answers}
    signs = {**answers, **previous}
    for sign, answer in answers.items():
        if sign in asked or (not asked and TRI.index(answer) > TRI.index(signs[sign])):
            signs[sign] = answer
    return signs
