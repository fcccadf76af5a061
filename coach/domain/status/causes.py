"""Why things stand as they do: each cause of the status, with the level of activity or advice that it asks for."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from coach.domain.status.absence import Absence, comfortable_since
from coach.domain.status.asking import is_lost
from coach.domain.status.clearance import SURGERY
from coach.domain.status.history import History
from coach.domain.status.pauses import PauseState
from coach.domain.status.person import Person
from coach.domain.status.standing_pause import HurtRest, ahead_unanswered, awaits_clearance
from coach.domain.triage.decision import Decision
from coach.domain.triage.levels import ACTIVITIES, ADVICES, Activity, Advice, strongest_activity, strongest_advice


class Cause(msgspec.Struct, frozen=True):
    """One reason for a level of activity or advice."""

    reason: str
    activity: Activity = "go"
    advice: Advice = "none"


def causes_now(
    decision: Decision,
    pauses: PauseState,
    history: History,
    person: Person,
    asked_at: datetime | None,
    gaps: tuple[Absence, ...],
    rest: HurtRest,
    now: datetime,
) -> tuple[Cause, ...]:
    """Return every cause; of equals, the first is told first.

    ``asked_at`` is since when the whole list of signs has answers, ``gaps`` are the absences.
    """
    by_now = (*_causes_of_decision(decision), *_causes_of_pauses(pauses, rest, now))
    by_records = tuple(_causes_of_records(history, person, asked_at, gaps, rest, now))
    beside = strongest_activity(cause.activity for cause in (*by_now, *by_records))
    return (*by_now, *_causes_of_ahead(pauses, beside), *by_records)


def reasons_of(causes: Iterable[Cause]) -> tuple[str, ...]:
    """Return the reasons, each once, the strongest first."""

    def weight(cause: Cause) -> int:
        # Both kinds of level on one scale: watch, gentle, a pause beside soon, be seen today, call for help.
        advice = ADVICES.index(cause.advice)
        return max(advice + 2 if advice > 1 else advice, 2 * ACTIVITIES.index(cause.activity))

    return tuple(dict.fromkeys(cause.reason for cause in sorted(causes, key=weight, reverse=True)))


def _causes_of_decision(decision: Decision) -> Iterator[Cause]:
    for reason in decision.reasons:
        if reason.level != "none":
            yield Cause(reason.rule, strongest_activity((reason.level,)), strongest_advice((reason.level,)))


def _causes_of_pauses(pauses: PauseState, rest: HurtRest, now: datetime) -> Iterator[Cause]:
    """Yield what pauses beside the decision, and the way back from it."""
    # Sorted by weight alone later, so equals keep this order: that it must be seen, then each sign that must be.
    if pauses.uncleared:
        yield Cause("needs-seen", "pause", pauses.uncleared[0].advice)
    for sign in pauses.uncleared:
        yield Cause(sign.rule, "pause", sign.advice)
    if pauses.flare:
        yield from (Cause(rule, "pause") for rule in pauses.flare.rules(now))
    if awaits_clearance(pauses):
        yield Cause(SURGERY, "pause")
    if rest.until and now < rest.until:
        yield Cause("hurt-today", "pause")
    if pauses.return_sessions is not None:
        yield Cause("way-back", "gentle")


def _causes_of_ahead(pauses: PauseState, beside: Activity) -> Iterator[Cause]:
    """Yield what is asked for by notes dated ahead or told later; ``beside`` is the activity without them."""
    for decided in ahead_unanswered(pauses):
        decision = decided.decision
        causes = _causes_of_decision(decision)
        if decided.carried.only_stricter:
            yield from causes
            continue
        # By the names of its rules: a clock that was wrong must not hide for what somebody is to be seen. Every sign
        # gives an advice. Of the rules that give none, only those are reasons of today that make today stricter.
        is_stricter_day = ACTIVITIES.index(decision.activity) > ACTIVITIES.index(beside)
        for cause in causes:
            tightens = cause.activity == "pause" or (is_stricter_day and cause.activity == decision.activity)
            if cause.advice != "none" or tightens:
                yield cause
        yield Cause("from-the-future", decision.activity, decision.advice)


def _causes_of_records(
    history: History,
    person: Person,
    asked_at: datetime | None,
    gaps: tuple[Absence, ...],
    rest: HurtRest,
    now: datetime,
) -> Iterator[Cause]:
    """Yield what makes the day gentle beside the decision."""
    if rest.gentle:
        yield Cause("hurt-yesterday", "gentle")
    if not person.contexts_known:
        yield Cause("contexts-lost", "gentle")
    if is_lost(history, asked_at):
        yield Cause("records-lost", "gentle")
    if gaps and not comfortable_since(history, gaps[-1].ended, now):
        yield Cause("away-28" if gaps[-1].long else "away-7", "gentle")
