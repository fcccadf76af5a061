"""The program beside a second implementation of the lifecycle, over histories by chance."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from msgspec.structs import replace

from coach.domain.status import absence, calm, carried_answers, clearance, pause_machine, status, symptom_course
from coach.domain.status.history import History
from coach.domain.status.status import current_status
from coach.domain.triage.answers import Answers
from tests.domain.status.histories import Moment, moments
from tests.domain.status.reference import Expected, expected
from tests.domain.status.stories import START, book

PLAIN = range(160)
HEAVY = range(1_000, 5_000)
NOTICED_WITHIN = range(10_000, 12_000)


def differences(moment: Moment) -> list[str]:
    """Return in what the program differs from the reference, a line each."""
    history, profile, now = moment
    right, got = expected(history, profile, book(), now), current_status(history, profile, book(), now)
    pause = got.pause
    fields: dict[str, Any] = {
        "activity": got.activity,
        "advice": got.advice,
        "headline": got.headline,
        "seated_only": got.seated_only and pause is None,
        "may_start": got.may_start,
        "until": pause.until if pause else None,
        "back_when": frozenset(pause.back_when if pause else ()),
    }
    lines = [
        f"{name}: {getattr(right, name)} expected, {value}"
        for name, value in fields.items()
        if getattr(right, name) != value
    ]
    if pause:
        named = {*got.reasons, *({"hurt"} if "hurt-today" in got.reasons else ())}
        if pause.reason not in right.causes or not right.causes <= named:
            lines.append(f"reasons: {set(right.causes)} expected, {pause.reason} of {named}")
    return lines


def shortest(moment: Moment) -> Moment:
    """Leave out records as long as there is a difference."""
    records = list(moment.history.records())
    for record in tuple(records):
        fewer = [other for other in records if other is not record]
        lost, ahead = moment.history.lost_at, moment.history.dated_ahead
        shorter = moment._replace(history=replace(History.of(fewer), lost_at=lost, dated_ahead=ahead))
        if differences(shorter):
            records, moment = fewer, shorter
    return moment


def first_difference(seeds: Iterable[int]) -> Moment | None:
    """Return the first moment at which the two differ."""
    return next((moment for seed in seeds for moment in moments(seed) if differences(moment)), None)


def told(moment: Moment | None) -> str:
    """Return a difference as a story to read."""
    if moment is None:
        return ""
    short = shortest(moment)
    records = sorted(short.history.records(), key=lambda record: (record.at, record.id))
    hours = [f"{(record.at - START).total_seconds() / 3600:.2f} h: {record}" for record in records]
    now = (short.now - START).total_seconds() / 3600
    return "\n".join([f"now {now:.2f} h, {short.profile}", *hours, *differences(short)])


def test_the_program_agrees_with_the_reference() -> None:
    """A few hundred histories, each looked at from four moments."""
    assert not told(first_difference(PLAIN))


@pytest.mark.heavy
@pytest.mark.parametrize("part", range(8))
def test_the_program_agrees_with_the_reference_in_thousands_of_histories(part: int) -> None:
    """The same at length."""
    assert not told(first_difference(HEAVY[part::8]))


def test_the_histories_reach_every_state() -> None:
    """Each level, each end of a pause and the way back come up: else agreement would prove nothing."""
    seen: list[Expected] = [
        expected(moment.history, moment.profile, book(), moment.now) for seed in PLAIN for moment in moments(seed)
    ]
    assert {each.activity for each in seen} == {"go", "gentle", "pause"}
    assert {each.advice for each in seen} == {"none", "watch", "soon", "today", "emergency"}
    assert any(each.seated_only for each in seen)
    back = {name for each in seen for name in each.back_when}
    assert back >= {"seen", "least-time", "two-calm", "cleared", "answer", "tomorrow"}


def times(module: object, name: str, factor: float) -> Callable[[pytest.MonkeyPatch], None]:
    """Return a change of a constant by a factor."""
    return lambda patch: patch.setattr(module, name, getattr(module, name) * factor)


def to(module: object, name: str, value: object) -> Callable[[pytest.MonkeyPatch], None]:
    """Return a change of a constant, or of a function, to a value."""
    return lambda patch: patch.setattr(module, name, value)


def _sessions_always_comfortable(_session: object) -> bool:
    return True


def _takes_back_all(before: Answers, after: Answers, asked: frozenset[str]) -> Answers:
    return after


def _limit_of_the_document(answers: Answers, _baseline: int | None = None) -> dict[str, bool | None]:
    return calm_answers(replace(answers, pain=replace(answers.pain, baseline=10)), 10)


calm_answers = calm.calm_answers

CHANGES = {
    "a pause of 23 hours": times(pause_machine, "LEAST", 23 / 24),
    "a pause of 47 hours after a six": times(pause_machine, "LEAST_FROM_6", 47 / 48),
    "a pause of 24 hours after a six": times(pause_machine, "LEAST_FROM_6", 1 / 2),
    "calm check-ins 23 hours apart": times(calm, "APART", 23 / 24),
    "calm at rest up to 3": to(calm, "CALM_REST", 3),
    "calm when walking up to 4": to(calm, "CALM_WALKING", 4),
    "calm whatever the usual pain": to(calm, "calm_answers", _limit_of_the_document),
    "back after one session": to(pause_machine, "SESSIONS_BACK", 1),
    "back after three sessions": to(pause_machine, "SESSIONS_BACK", 3),
    "any session is comfortable": to(pause_machine, "is_comfortable", _sessions_always_comfortable),
    "corrections within 25 hours": times(carried_answers, "CORRECTABLE", 25 / 24),
    "corrections within 23 hours": times(carried_answers, "CORRECTABLE", 23 / 24),
    "a correction takes back what it does not name": to(carried_answers, "corrected", _takes_back_all),
    "a clearance of 91 days": times(clearance, "CLEARED_FOR", 91 / 90),
    "a clearance of 89 days": times(clearance, "CLEARED_FOR", 89 / 90),
    "an operation of 11 weeks": times(clearance, "SURGERY_RECENT_FOR", 11 / 12),
    "a cleared sign stays cleared although it changed": to(clearance, "_changed", lambda _then, _now: False),
    "away after 8 days": times(absence, "AWAY", 8 / 7),
    "away after 6 days": times(absence, "AWAY", 6 / 7),
    "the list after 29 days": times(absence, "LONG_AWAY", 29 / 28),
    "anew after 13 days at 0": to(symptom_course, "ANEW_DAYS", 13),
    "a silence of 8 days tells": to(symptom_course, "GAP_DAYS", 8),
    "a week of two days told": to(symptom_course, "WEEK_DAYS_TOLD", 2),
    "a week worse by two": to(symptom_course, "WEEK_STEP", 2.0),
    "no conditions in the records": to(status, "conditions", lambda _history, person, _now: person.contexts),
    "unsure as firm as yes": to(pause_machine, "unsure_as_no", lambda answers: answers),
}
"""Small changes that would do harm, each of which the comparison has to notice."""


@pytest.mark.heavy
@pytest.mark.parametrize("change", CHANGES)
def test_the_comparison_notices_a_change(change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Agreement proves something only where disagreement would show."""
    CHANGES[change](monkeypatch)
    assert first_difference(NOTICED_WITHIN) is not None
