"""The status now, worked out from records alone: the last answers, a pause and the way back from it, an absence."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import msgspec
from msgspec.structs import replace

from coach.domain.status.absence import Absence, absences, comfortable_since
from coach.domain.status.asking import ask_why, ask_yearly, is_lost, list_asked
from coach.domain.status.carried_answers import late_corrections, worse_signs
from coach.domain.status.causes import Cause, causes_now, reasons_of
from coach.domain.status.diary import deciding
from coach.domain.status.history import CheckIn, History
from coach.domain.status.pause_machine import run_pauses
from coach.domain.status.pauses import PauseState, without_contexts
from coach.domain.status.person import Person
from coach.domain.status.standing_pause import (
    Pause,
    ahead_unanswered,
    both_pauses,
    hurt_rest,
    pause_now,
    pauses_by_unsure,
)
from coach.domain.status.symptom_course import settled_since, symptom_course, worse_of
from coach.domain.triage.answers import TRI, Answers, Context, Course, Pain, Points, Tri
from coach.domain.triage.decision import Decision, decide
from coach.domain.triage.levels import (
    ACTIVITIES,
    ADVICES,
    HEADLINES,
    Activity,
    Advice,
    Headline,
    headline,
    strongest_activity,
    strongest_advice,
)
from coach.domain.triage.rules import RuleBook, Sign

SEEN_TODAY_FROM = 8
"""Pain at rest whose advice stays until a lower number is told."""


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """What may be done today, whether to see someone, and why."""

    activity: Activity
    advice: Advice
    headline: Headline
    reasons: tuple[str, ...]
    """Rule ids and lifecycle reasons, strongest first; ``coach.words.status`` says each."""
    decision: Decision
    """The decision on ``answers``."""
    answers: Answers
    """The last check-in's answers, with all that was answered since, and the conditions and day counts of now."""
    last: CheckIn | None
    signs: dict[str, Tri]
    """Every sign ever answered, with its last answer."""
    pause: Pause | None
    ask_signs: bool
    """Whether the emergency and same-day list is to be shown at the next check-in."""
    ask_why: str
    """Why: ``never``, ``away-28``, ``lost``, ``unsure``, ``seen``, ``away-7``, ``rise``, ``weekly``; empty: not due."""
    may_start: bool
    """Whether a guided session may begin now."""
    seated_only: bool
    """On the way back from a pause: seated or lying stretches only."""
    urgent_signs: tuple[Sign, ...]
    """The emergency and same-day signs that are there, or that one is not sure of, or that wait for a visit; those of a
    note that is dated ahead as well."""
    ask_yearly: tuple[str, ...]
    """The signs that are asked once a year and are due; no blanket no answers them."""
    settled: date | None
    """The first day of 14 or more at 0: the program shrinks to a question a week."""
    advise: tuple[str, ...]
    """What else to say, as names of ``pause.advise.…``."""
    pause_state: PauseState
    """The pauses and decisions that led here, for pages and doses."""


def current_status(history: History, person: Person, book: RuleBook, now: datetime) -> Status:
    """Return the status at ``now``: the stricter of both readings of the records."""
    records = deciding(history, now)
    as_told, causes = _status(records.as_told, person, book, now)
    # Nearly always: nobody changed anything late, and the machine runs once.
    if records.cautious is None:
        return as_told
    cautious, more = _status(records.cautious, person, book, now, as_told.answers.course)
    return replace(_stricter(as_told, cautious), reasons=reasons_of((*causes, *more)))


def is_stricter(status: Status, decision: Decision) -> bool:
    """Tell whether what stands is stricter than a decision by today's answers alone."""
    ranks = HEADLINES.index
    return ranks(status.headline) > ranks(decision.headline) or ranks(status.activity) > ranks(decision.activity)


def _status(
    history: History, person: Person, book: RuleBook, now: datetime, course: Course | None = None
) -> tuple[Status, tuple[Cause, ...]]:
    """Return the status by one reading of the records, and its causes.

    ``course`` is that of the other reading: what was changed later counts no days.
    """
    pauses = run_pauses(history, book, now, person.baseline)
    answers = current_answers(pauses, history, person, now)
    answers = answers if course is None else replace(answers, course=course)
    # A list that was never asked is not a list of unsure answers: ``ask_why`` has it asked instead.
    decision = decide(answers, book, asked_only=True, cleared=pauses.cleared.of(answers, book))
    asked_at = list_asked(pauses, book)
    gaps = absences(history, now)
    rest = hurt_rest(history, person, now)
    causes = causes_now(decision, pauses, history, person, asked_at, gaps, rest, now)
    activity = strongest_activity(cause.activity for cause in causes)
    advice = strongest_advice(cause.advice for cause in causes)
    urgent = _urgent_signs(pauses, answers, book)
    is_unsure = any(answers.signs.get(sign.id) == "unsure" for sign in urgent) or pauses_by_unsure(decision)
    why = ask_why(pauses, history, person, asked_at, gaps, now, is_unsure=is_unsure)
    pause = pause_now(pauses, answers, decision, book, person, rest, now) if activity == "pause" else None
    status = Status(
        activity=activity,
        advice=advice,
        headline=headline(activity, advice),
        reasons=reasons_of(causes),
        decision=decision,
        answers=answers,
        last=_last_check_in(pauses),
        signs=dict(answers.signs),
        pause=pause,
        ask_signs=bool(why),
        ask_why=why,
        # An absence of a week asks the list again; without any list, or after four weeks, nothing begins before it.
        may_start=activity != "pause" and why not in ("never", "away-28") and not is_lost(history, asked_at),
        seated_only=pauses.return_sessions is not None,
        urgent_signs=urgent,
        ask_yearly=ask_yearly(pauses, history, book, now),
        settled=settled_since(pauses, now),
        advise=tuple(_advise(pauses, history, gaps, now)),
        pause_state=pauses,
    )
    return status, causes


def _stricter(first: Status, second: Status) -> Status:
    """Return one status that is as strict as both."""
    # The stricter reading names the pause; of the other is taken only what tightens it.
    main, other = (first, second) if _strictness(first) >= _strictness(second) else (second, first)
    activity = strongest_activity((first.activity, second.activity))
    advice = strongest_advice((first.advice, second.advice))
    return replace(
        main,
        activity=activity,
        advice=advice,
        headline=headline(activity, advice),
        pause=both_pauses(main.pause, other.pause),
        ask_signs=first.ask_signs or second.ask_signs,
        ask_why=first.ask_why or second.ask_why,
        may_start=first.may_start and second.may_start,
        seated_only=first.seated_only or second.seated_only,
        signs={**main.signs, **{sign: worse for sign, worse in other.signs.items() if _is_worse(worse, main, sign)}},
        urgent_signs=(*main.urgent_signs, *(sign for sign in other.urgent_signs if sign not in main.urgent_signs)),
        # What was told stays what was told: the other reading only tightens.
        last=first.last,
        settled=first.settled and second.settled,
        advise=tuple(dict.fromkeys((*first.advise, *second.advise))),
    )


def _is_worse(answer: Tri, status: Status, sign: str) -> bool:
    return TRI.index(answer) > TRI.index(status.signs.get(sign, "no"))


def _strictness(status: Status) -> tuple[int, int, bool, bool]:
    state = status.pause_state
    longer = state.flare is not None, state.return_sessions is not None
    return ACTIVITIES.index(status.activity), ADVICES.index(status.advice), *longer


def current_answers(pauses: PauseState, history: History, person: Person, now: datetime) -> Answers:
    """Return the last check-in's answers, with later answers to signs, conditions and day counts brought in."""
    answered = next((decided.carried.answers for decided in reversed(pauses.decided) if decided.carried.check_in), None)
    # Before the first check-in only the list is open; an open heat would be a second reason for the same gap.
    answers = answered or Answers(pain=Pain(baseline=person.baseline), sharp="no", hot="no")
    answers = replace(
        answers,
        pain=replace(answers.pain, rest=_told_rest(pauses) if answers.pain.rest is None else answers.pain.rest),
        signs=_current_signs(pauses),
        context=tuple(dict.fromkeys((*conditions(history, person, now), *answers.context))),
        course=worse_of(symptom_course(pauses, history, person, now), answers.course),
    )
    return without_contexts(answers, pauses.cleared.healed)


def _current_signs(pauses: PauseState) -> dict[str, Tri]:
    """Return the last answer of every sign; what was told later of a time since then counts where it is worse."""
    last = pauses.decided[-1].carried if pauses.decided else None
    signs = dict(last.answers.signs) if last else {}
    for ahead in (decided.carried for decided in pauses.ahead if decided.carried.only_stricter):
        if last is None or ahead.at >= last.at:
            signs |= worse_signs(signs, ahead)
    return signs


def conditions(history: History, person: Person, now: datetime) -> tuple[Context, ...]:
    """Return the conditions of the settings, with those that the records had last.

    Settings that were lost, or that came back from an older copy, know less than the records do; and whoever takes a
    condition out of the settings has it noted at once. A note that is dated ahead may add a condition, never take one
    away.
    """
    # Dated ahead now, or when it came: a clock that was wrong once proves nothing about the order of notes.
    ahead = [note for note in history.backgrounds if note.at > now or note.id in history.dated_ahead]
    latest = next((note for note in reversed(history.backgrounds) if note not in ahead), None)
    noted = (*((latest,) if latest else ()), *ahead)
    return tuple(dict.fromkeys((*person.contexts, *(context for note in noted for context in note.contexts))))


def _told_rest(pauses: PauseState) -> Points | None:
    """Return the pain at rest told last, where it is so high that its advice stays until a lower one is told."""
    told = [decided.carried for decided in pauses.decided if decided.carried.answers.pain.rest is not None]
    last = told[-1].at if told else None
    # Told later of a time since then, it counts where it is the higher.
    later = [ahead.carried for ahead in pauses.ahead if ahead.carried.only_stricter]
    counting = [*told[-1:], *(carried for carried in later if last is None or carried.at >= last)]
    rest = max((carried.answers.pain.rest or 0 for carried in counting), default=0)
    return rest if rest >= SEEN_TODAY_FROM else None


def _last_check_in(pauses: PauseState) -> CheckIn | None:
    return next((decided.carried.check_in for decided in reversed(pauses.decided) if decided.carried.check_in), None)


def _urgent_signs(pauses: PauseState, answers: Answers, book: RuleBook) -> tuple[Sign, ...]:
    # One that waits for a visit stays, whatever is said now.
    there = {sign.rule for sign in pauses.uncleared}
    for ahead in ahead_unanswered(pauses):
        there |= {sign for sign, answer in ahead.carried.answers.signs.items() if answer != "no"}
    # In the order of the book, in which they are asked.
    ids = book.ids("emergency", "today")
    return tuple(book.signs[sign] for sign in ids if answers.signs.get(sign, "no") != "no" or sign in there)


def _advise(pauses: PauseState, history: History, gaps: tuple[Absence, ...], now: datetime) -> Iterator[str]:
    """Yield the names of what else to tell."""
    if sum(now - timedelta(days=14) < episode.since <= now for episode in pauses.episodes) >= 3:
        yield "three-pauses"
    if gaps and not comfortable_since(history, gaps[-1].ended, now):
        yield "welcome-back"
    if _from_the_future(history, now):
        yield "future-records"
    if late_corrections(history.check_ins, now):
        yield "late-correction"


def _from_the_future(history: History, now: datetime) -> bool:
    kinds = (history.check_ins, history.screenings, history.sessions, history.hurts, history.seens)
    return any(record.at > now for kind in kinds for record in kind)
