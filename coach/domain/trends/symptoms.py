"""What was told beside the numbers of a period: signs, movements, how it felt, heat, and painkillers."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

import msgspec

from coach.domain.status.carried_answers import CarriedAnswers
from coach.domain.status.history import CheckIn
from coach.domain.triage.answers import Quality, Tri, When

_Id = TypeVar("_Id", bound=str)


class SignNote(msgspec.Struct, frozen=True):
    """One sign over a period, of the check-ins and lists that asked it."""

    sign: str
    yes: tuple[date, ...]
    unsure: tuple[date, ...]
    last: Tri
    """The latest answer, so that a sign that has gone is not read as one that is there."""


def sign_notes(answered: Iterable[CarriedAnswers], first: date, last: date) -> dict[str, SignNote]:
    """Return every sign that was asked in a period, with the days of each yes and unsure and the latest answer.

    What was carried over from an earlier day is not an answer of that day.
    """
    by_sign: dict[str, list[tuple[date, Tri]]] = {}
    for carried in answered:
        if first <= carried.at.date() <= last:
            for sign in carried.asked:
                by_sign.setdefault(sign, []).append((carried.at.date(), carried.answers.sign(sign)))
    return {
        sign: SignNote(sign, _days_of(answers, "yes"), _days_of(answers, "unsure"), answers[-1][1])
        for sign, answers in by_sign.items()
    }


def _days_of(answers: Iterable[tuple[date, Tri]], wanted: Tri) -> tuple[date, ...]:
    return tuple(dict.fromkeys(day for day, answer in answers if answer == wanted))


def movements(check_ins: Iterable[CheckIn]) -> tuple[tuple[When, int], ...]:
    """Return in which movements it hurt, and in how many check-ins each was named, the most often named first."""
    return _by_frequency(check_in.answers.when for check_in in check_ins)


def qualities(check_ins: Iterable[CheckIn]) -> tuple[tuple[Quality, int], ...]:
    """Return how it felt, and in how many check-ins each was named, the most often named first."""
    return _by_frequency(check_in.answers.quality for check_in in check_ins)


def _by_frequency(lists: Iterable[tuple[_Id, ...]]) -> tuple[tuple[_Id, int], ...]:
    return tuple(Counter(item for items in lists for item in dict.fromkeys(items)).most_common())


def sharp_days(check_ins: tuple[CheckIn, ...]) -> dict[str, tuple[date, ...]]:
    """Return the days of a stab in one movement, and of one again and again."""
    return {
        kind: tuple(dict.fromkeys(check_in.at.date() for check_in in check_ins if check_in.answers.sharp == kind))
        for kind in ("one-movement", "repeats")
    }


def hot_days(check_ins: Iterable[CheckIn]) -> tuple[date, ...]:
    """Return the days on which the knee was hot, or had just flared."""
    return tuple(dict.fromkeys(check_in.at.date() for check_in in check_ins if check_in.answers.hot == "yes"))


def medicine_days(check_ins: Iterable[CheckIn]) -> tuple[tuple[str, int], ...]:
    """Return each painkiller with the number of days on which it was taken, the most frequent first."""
    taken = {(check_in.at.date(), check_in.medicine) for check_in in check_ins if check_in.medicine}
    return tuple(Counter(medicine for _, medicine in sorted(taken)).most_common())
