"""The status now, worked out from records alone: the last answers, a pause and the way back from it, an absence."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

import msgspec
from msgspec.structs import replace

from coach.domain.status.absence import Absence, absences, comfortable_since
from coach.domain.status.carried_answers import late_corrections
from coach.domain.status.clearance import SURGERY
from coach.domain.status.elapsed import apart
from coach.domain.status.history import CheckIn, History
from coach.domain.status.pauses import (
    DecidedAnswers,
    PauseEpisode,
    PauseState,
    has_two_calm,
    highest_pain,
    is_calm,
    pause_state,
    pausing_rule,
    untold_for_calm,
)
from coach.domain.status.person import Person
from coach.domain.status.symptom_course import settled_since, symptom_course, worse_of
from coach.domain.status.working_day import hurt_rest_end
from coach.domain.triage.answers import Answers, Pain, Tri
from coach.domain.triage.decision import Decision, decide
from coach.domain.triage.levels import (
    ACTIVITIES,
    ADVICES,
    Activity,
    Advice,
    Headline,
    headline,
    strongest_activity,
    strongest_advice,
)
from coach.domain.triage.rules import RuleBook


class Pause(msgspec.Struct, frozen=True):
    """A pause for safety.

    ``reason`` is a rule id, or ``hurt``; ``until`` is the least end, None where only ``seen`` ends it; ``back_when``
    names sentences of the catalogue (``pause.back-when.…``): all must be met.
    """

    reason: str
    since: datetime
    until: datetime | None
    back_when: tuple[str, ...]
    calm: int = 0
    """Calm check-ins so far that count towards the way back (two are needed, a day or more apart)."""
    untold: tuple[str, ...] = ()
    """What the last check-in left open, so that it counts for nothing: of ``rest``, ``walking``, ``sharp``, ``hot``."""

    @property
    def ends_by_itself(self) -> bool:
        """Tell whether time alone ends it, at ``until``."""
        return self.back_when in (("tomorrow",), ("least-time",))


WEEKLY = timedelta(days=7)
"""How often the emergency and same-day list is shown at least."""
RISE = 2
"""A pain that rises by so much asks the list again."""


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """What may be done today, whether to see someone, and why."""

    activity: Activity
    advice: Advice
    headline: Headline
    reasons: tuple[str, ...]
    """Rule ids and lifecycle reasons, strongest first; ``coach.words.status`` says each."""
    decision: Decision
    """The decision upon the last answers, with all that was answered since."""
    last: CheckIn | None = None
    signs: dict[str, Tri] = {}
    """Every sign ever answered, with its last answer."""
    pause: Pause | None = None
    ask_signs: bool = False
    """Whether the emergency and same-day list is to be shown at the next check-in."""
    ask_why: str = ""
    """Why: ``never``, ``away-28``, ``lost``, ``unsure``, ``seen``, ``away-7``, ``rise``, ``weekly``; empty: not due."""
    may_start: bool = False
    """Whether a guided session may begin now."""
    seated_only: bool = False
    """On the way back from a pause: seated or lying stretches only."""
    settled: date | None = None
    """The first day of 14 or more at 0: the program shrinks to a question a week."""
    advise: tuple[str, ...] = ()
    """What else to say, as names of ``pause.advise.…``."""
    pause_state: PauseState = PauseState()
    """The pauses and decisions that led here, for pages and doses."""


class _Cause(msgspec.Struct, frozen=True):
    """One reason for a level of activity or advice."""

    reason: str
    activity: Activity = "go"
    advice: Advice = "none"


def current_status(history: History, person: Person, book: RuleBook, now: datetime) -> Status:
    """Return the status at ``now``."""
    pauses = pause_state(history, book, now, person.baseline)
    answers = current_answers(pauses, person, now)
    decision = decide(answers, book, asked_only=True, cleared=pauses.cleared.of(answers, book))
    asked_at = _list_asked(pauses, book)
    gaps = absences(history, now)
    causes = (*_causes_of_decision(decision), *_causes_of_records(pauses, history, person, asked_at, gaps, now))
    activity = strongest_activity(cause.activity for cause in causes)
    advice = strongest_advice(cause.advice for cause in causes)
    latest = pauses.decided[-1].carried if pauses.decided else None
    ask_why = _ask_why(pauses, history, person, asked_at, gaps, now)
    return Status(
        activity=activity,
        advice=advice,
        headline=headline(activity, advice),
        reasons=_reasons(causes),
        decision=decision,
        last=_last_check_in(pauses),
        signs=dict(latest.answers.signs) if latest else {},
        pause=_pause(pauses, decision, history, person, now) if activity == "pause" else None,
        ask_signs=bool(ask_why),
        ask_why=ask_why,
        may_start=activity != "pause" and ask_why not in ("never", "away-28"),
        seated_only=pauses.return_sessions is not None,
        settled=settled_since(pauses, now),
        advise=tuple(_advise(pauses, history, gaps, now)),
        pause_state=pauses,
    )


def current_answers(pauses: PauseState, person: Person, now: datetime) -> Answers:
    """Return the last check-in's answers, with later answers to signs, conditions and day counts brought in."""
    answered = next((decided.carried.answers for decided in reversed(pauses.decided) if decided.carried.check_in), None)
    answers = answered or Answers(pain=Pain(baseline=person.baseline), sharp="no", hot="no")
    return replace(
        answers,
        signs=pauses.decided[-1].carried.answers.signs if pauses.decided else {},
        context=tuple(dict.fromkeys((*person.contexts, *answers.context))),
        course=worse_of(symptom_course(pauses, person, now), answers.course),
    )


def _causes_of_decision(decision: Decision) -> Iterator[_Cause]:
    for reason in decision.reasons:
        if reason.level != "none":
            yield _Cause(reason.rule, strongest_activity((reason.level,)), strongest_advice((reason.level,)))


def _causes_of_records(
    pauses: PauseState,
    history: History,
    person: Person,
    asked_at: datetime | None,
    gaps: tuple[Absence, ...],
    now: datetime,
) -> Iterator[_Cause]:
    """Yield what the records add to the decision; they can only make it stricter."""
    if pauses.uncleared:
        yield _Cause("needs-seen", "pause", pauses.uncleared.advice)
    if pauses.open and not _answered(pauses.open, pauses):
        yield _Cause(pauses.open.reason, "pause")
    if rests_until := hurt_rest(history, person, now):
        resting = now < rests_until
        yield _Cause("hurt-today" if resting else "hurt-yesterday", "pause" if resting else "gentle")
    if not person.contexts_known:
        yield _Cause("contexts-lost", "gentle")
    if _records_lost(history, asked_at):
        yield _Cause("records-lost", "gentle")
    if pauses.return_sessions is not None:
        yield _Cause("way-back", "gentle")
    if gaps and not comfortable_since(history, gaps[-1].ended, now):
        yield _Cause("away-28" if gaps[-1].long else "away-7", "gentle")
    for decided in pauses.future:
        yield _Cause("from-the-future", decided.decision.activity, decided.decision.advice)


def _answered(episode: PauseEpisode, pauses: PauseState) -> bool:
    """Tell whether a clearance since has answered the pause of an operation."""
    return episode.kind == "surgery" and episode.reason in pauses.cleared.rules


def hurt_rest(history: History, person: Person, now: datetime) -> datetime | None:
    """Return until when *it hurts*, noted today or yesterday, rests or rested; None where it was not noted then.

    A note of the future counts as one of now.
    """
    moments = [hurt.at for hurt in history.hurts] + [s.at for s in history.sessions if s.outcome == "hurt"]
    noted = (min(at, now).astimezone(now.tzinfo) for at in moments)
    recent = [at for at in noted if at.date() >= now.date() - timedelta(days=1)]
    return max((hurt_rest_end(at, person.work, person.work_days) for at in recent), default=None)


def _reasons(causes: Iterable[_Cause]) -> tuple[str, ...]:
    """Return the reasons, each once, the strongest first."""

    def weight(cause: _Cause) -> int:
        advice = ADVICES.index(cause.advice)
        return max(advice + 2 if advice > 1 else advice, 2 * ACTIVITIES.index(cause.activity))

    return tuple(dict.fromkeys(cause.reason for cause in sorted(causes, key=weight, reverse=True)))


def _pause(pauses: PauseState, decision: Decision, history: History, person: Person, now: datetime) -> Pause:
    """Return the pause that lasts now, with what ends it."""
    episode = pauses.open
    if pauses.uncleared:
        since = episode.since if episode else pauses.uncleared.since
        back_when: tuple[str, ...] = ("seen", "least-time", "two-calm")
        return Pause(pauses.uncleared.rule, since, None, back_when, _calm(episode), _untold(pauses))
    if episode and episode.kind == "flare":
        back_when = ("least-time",) if has_two_calm(episode) else ("least-time", "two-calm")
        untold = _untold(pauses) if "two-calm" in back_when else ()
        return Pause(episode.reason, episode.since, episode.until, back_when, _calm(episode), untold)
    if decision.activity == "pause":
        since = episode.since if episode else now
        return Pause(pausing_rule(decision), since, None, (_ended_by(decision, episode),))
    if any(decided.decision.activity == "pause" for decided in pauses.future):
        return Pause("from-the-future", now, None, ("answer",))
    at = max((hurt.at for hurt in history.hurts), default=now)
    return Pause("hurt", min(at, now), hurt_rest(history, person, now) or now, ("tomorrow",))


def _calm(episode: PauseEpisode | None) -> int:
    return min(len(episode.calm), 2) if episode else 0


def _untold(pauses: PauseState) -> tuple[str, ...]:
    """Return what the last check-in of this pause left open, where it would otherwise have been calm."""
    last = next((decided for decided in reversed(pauses.decided) if decided.carried.check_in), None)
    if last is None or last.decision.activity == "pause" or is_calm(last.carried.answers) is not None:
        return ()
    return untold_for_calm(last.carried.answers)


def _ended_by(decision: Decision, episode: PauseEpisode | None) -> str:
    if episode and episode.kind == "unsure":
        return "answer"
    return "cleared" if any(reason.rule == SURGERY for reason in decision.reasons) else "calmer"


def _last_check_in(pauses: PauseState) -> CheckIn | None:
    return next((decided.carried.check_in for decided in reversed(pauses.decided) if decided.carried.check_in), None)


def _list_asked(pauses: PauseState, book: RuleBook) -> datetime | None:
    """Return since when every sign of the emergency and same-day list has an answer; None: never answered whole."""
    asked = [_sign_asked(sign, pauses.decided) for sign in book.ids("emergency", "today")]
    answered = [at for at in asked if at is not None]
    return min(answered) if len(answered) == len(asked) else None


def _sign_asked(sign: str, decided: tuple[DecidedAnswers, ...]) -> datetime | None:
    """Return when a sign was asked last; where no record says that it was, when its answer was first there."""
    latest = next((answers.carried.at for answers in reversed(decided) if sign in answers.carried.asked), None)
    return latest or next((answers.carried.at for answers in decided if sign in answers.carried.answers.signs), None)


def _ask_why(
    pauses: PauseState,
    history: History,
    person: Person,
    asked_at: datetime | None,
    gaps: tuple[Absence, ...],
    now: datetime,
) -> str:
    """Return why the list is due; empty where it is not."""
    if asked_at is None:
        return "never"
    if any(gap.long and asked_at < gap.ended for gap in gaps):
        return "away-28"
    if not person.contexts_known or _records_lost(history, asked_at):
        return "lost"
    if pauses.open and pauses.open.kind == "unsure":
        return "unsure"
    if pauses.seen_at and asked_at < pauses.seen_at:
        return "seen"
    if any(asked_at < gap.ended for gap in gaps):
        return "away-7"
    if _rose(pauses.decided, asked_at):
        return "rise"
    return "weekly" if apart(asked_at, now) >= WEEKLY else ""


def _records_lost(history: History, asked_at: datetime | None) -> bool:
    """Tell whether records were lost with a damaged file, and the list was not asked whole since."""
    return history.lost_at is not None and (asked_at is None or asked_at < history.lost_at)


def _rose(decided: tuple[DecidedAnswers, ...], asked_at: datetime) -> bool:
    """Tell whether pain rose by 2 since the list was asked."""
    check_ins = [answers.carried for answers in decided if answers.carried.check_in]
    if len(check_ins) < 2 or check_ins[-1].at <= asked_at:
        return False
    return highest_pain(check_ins[-1].answers) - highest_pain(check_ins[-2].answers) >= RISE


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
