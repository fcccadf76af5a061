"""How it stands now, worked out from records alone: the last answers, a pause and the way back from it, an absence."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

import msgspec
from msgspec.structs import replace

from coach.domain.status.absence import Absence, absences, begun_again
from coach.domain.status.carried_answers import late_corrections
from coach.domain.status.clearance import SURGERY
from coach.domain.status.elapsed import apart
from coach.domain.status.history import CheckIn, History
from coach.domain.status.pauses import (
    Decided,
    PauseEpisode,
    PauseState,
    calm_enough,
    pause_state,
    pausing_rule,
    reached,
)
from coach.domain.status.person import Person
from coach.domain.status.symptom_course import course_of, settled_since, worse_of
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
    names sentences of the catalogue (``pause.back-when.…``) that all must come true.
    """

    reason: str
    since: datetime
    until: datetime | None
    back_when: tuple[str, ...]
    calm: int = 0
    """Calm check-ins so far that count towards the way back (two are needed, a day or more apart)."""

    @property
    def ends_by_itself(self) -> bool:
        """Tell whether time alone ends it, at ``until``."""
        return self.back_when in (("tomorrow",), ("least-time",))


WEEKLY = timedelta(days=7)
"""How often the emergency and same-day list is shown at least."""
RISE = 2
"""A pain that rises by so much asks the list again."""


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """How it stands: what may be done today, whether to see someone, and why."""

    activity: Activity
    advice: Advice
    headline: Headline
    reasons: tuple[str, ...]
    """Rule ids and lifecycle reasons, strongest first; ``coach.words.status`` says each."""
    decision: Decision
    """The decision upon the last answers as they stand now."""
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


class _Why(msgspec.Struct, frozen=True):
    """One cause of how it stands."""

    reason: str
    activity: Activity = "go"
    advice: Advice = "none"


def current_status(history: History, person: Person, book: RuleBook, now: datetime) -> Status:
    """Return how it stands at ``now``."""
    found = pause_state(history, book, now, person.baseline)
    answers = current_answers(found, person, now)
    decision = decide(answers, book, asked_only=True, cleared=found.cleared.of(answers, book))
    asked = _list_asked(found, book)
    away = absences(history, now)
    whys = (*_of_decision(decision), *_of_lifecycle(found, history, person, asked, away, now))
    activity = strongest_activity(one.activity for one in whys)
    advice = strongest_advice(one.advice for one in whys)
    last = found.decided[-1].note if found.decided else None
    why = _ask_why(found, history, person, asked, away, now)
    return Status(
        activity=activity,
        advice=advice,
        headline=headline(activity, advice),
        reasons=_reasons(whys),
        decision=decision,
        last=_last_check_in(found),
        signs=dict(last.answers.signs) if last else {},
        pause=_pause(found, decision, history, now) if activity == "pause" else None,
        ask_signs=bool(why),
        ask_why=why,
        may_start=activity != "pause" and why not in ("never", "away-28"),
        seated_only=found.back is not None,
        settled=settled_since(found, now),
        advise=tuple(_advise(found, history, away, now)),
        pause_state=found,
    )


def current_answers(found: PauseState, person: Person, now: datetime) -> Answers:
    """Return the last check-in's answers as they stand now: later answers to signs, conditions and days brought in."""
    last = next((one.note.answers for one in reversed(found.decided) if one.note.check_in), None)
    answers = last or Answers(pain=Pain(baseline=person.baseline), sharp="no", hot="no")
    return replace(
        answers,
        signs=found.decided[-1].note.answers.signs if found.decided else {},
        context=tuple(dict.fromkeys((*person.contexts, *answers.context))),
        course=worse_of(course_of(found, person, now), answers.course),
    )


def _of_decision(decision: Decision) -> Iterator[_Why]:
    for reason in decision.reasons:
        if reason.level != "none":
            yield _Why(reason.rule, strongest_activity((reason.level,)), strongest_advice((reason.level,)))


def _of_lifecycle(
    found: PauseState,
    history: History,
    person: Person,
    asked: datetime | None,
    away: tuple[Absence, ...],
    now: datetime,
) -> Iterator[_Why]:
    """Yield what the records add to the decision: they can only make it stricter."""
    if found.bar:
        yield _Why("needs-seen", "pause", found.bar.advice)
    if found.open and not _answered(found.open, found):
        yield _Why(found.open.reason, "pause")
    if hurt := hurt_on(history, now):
        yield _Why(
            "hurt-today" if hurt == now.date() else "hurt-yesterday", "pause" if hurt == now.date() else "gentle"
        )
    if not person.contexts_known:
        yield _Why("contexts-lost", "gentle")
    if _records_lost(history, asked):
        yield _Why("records-lost", "gentle")
    if found.back is not None:
        yield _Why("way-back", "gentle")
    if away and not begun_again(history, away[-1].ended, now):
        yield _Why("away-28" if away[-1].long else "away-7", "gentle")
    for one in found.ahead:
        yield _Why("from-the-future", one.decision.activity, one.decision.advice)


def _answered(episode: PauseEpisode, found: PauseState) -> bool:
    """Tell whether a clearance since has answered the pause of an operation."""
    return episode.kind == "surgery" and episode.reason in found.cleared.rules


def hurt_on(history: History, now: datetime) -> date | None:
    """Return today or yesterday, where *it hurts* was said then (today counts first); one of the future is today's."""
    said = [one.at for one in history.hurts] + [one.at for one in history.sessions if one.outcome == "hurt"]
    days = {min(at.astimezone(now.tzinfo).date(), now.date()) for at in said}
    return next((day for day in (now.date(), now.date() - timedelta(days=1)) if day in days), None)


def _reasons(whys: Iterable[_Why]) -> tuple[str, ...]:
    """Return the reasons, each once, the strongest first."""

    def weight(why: _Why) -> int:
        advice = ADVICES.index(why.advice)
        return max(advice + 2 if advice > 1 else advice, 2 * ACTIVITIES.index(why.activity))

    return tuple(dict.fromkeys(one.reason for one in sorted(whys, key=weight, reverse=True)))


def _pause(found: PauseState, decision: Decision, history: History, now: datetime) -> Pause:
    """Return the pause that stands, with what ends it."""
    episode = found.open
    if found.bar:
        since = episode.since if episode else found.bar.since
        return Pause(found.bar.rule, since, None, ("seen", "least-time", "two-calm"), _calm(episode))
    if episode and episode.kind == "flare":
        still = ("least-time",) if calm_enough(episode) else ("least-time", "two-calm")
        return Pause(episode.reason, episode.since, episode.until, still, _calm(episode))
    if decision.activity == "pause":
        since = episode.since if episode else now
        return Pause(pausing_rule(decision), since, None, (_ended_by(decision, episode),))
    if any(one.decision.activity == "pause" for one in found.ahead):
        return Pause("from-the-future", now, None, ("answer",))
    at = max((one.at for one in history.hurts), default=now)
    return Pause("hurt", min(at, now), _midnight(now), ("tomorrow",))


def _calm(episode: PauseEpisode | None) -> int:
    return min(len(episode.calm), 2) if episode else 0


def _ended_by(decision: Decision, episode: PauseEpisode | None) -> str:
    if episode and episode.kind == "unsure":
        return "answer"
    return "cleared" if any(one.rule == SURGERY for one in decision.reasons) else "calmer"


def _midnight(now: datetime) -> datetime:
    return datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)


def _last_check_in(found: PauseState) -> CheckIn | None:
    return next((one.note.check_in for one in reversed(found.decided) if one.note.check_in), None)


def _list_asked(found: PauseState, book: RuleBook) -> datetime | None:
    """Return since when every sign of the emergency and same-day list has an answer; None: never answered whole."""
    asked = [_asked(sign, found.decided) for sign in book.ids("emergency", "today")]
    known = [at for at in asked if at is not None]
    return min(known) if len(known) == len(asked) else None


def _asked(sign: str, decided: tuple[Decided, ...]) -> datetime | None:
    """Return when a sign was asked last; where no record says that it was, when its answer was first there."""
    last = next((one.note.at for one in reversed(decided) if sign in one.note.asked), None)
    return last or next((one.note.at for one in decided if sign in one.note.answers.signs), None)


def _ask_why(
    found: PauseState,
    history: History,
    person: Person,
    asked: datetime | None,
    away: tuple[Absence, ...],
    now: datetime,
) -> str:
    """Return why the list is due; empty where it is not."""
    if asked is None:
        return "never"
    if any(one.long and asked < one.ended for one in away):
        return "away-28"
    if not person.contexts_known or _records_lost(history, asked):
        return "lost"
    if found.open and found.open.kind == "unsure":
        return "unsure"
    if found.seen_at and asked < found.seen_at:
        return "seen"
    if any(asked < one.ended for one in away):
        return "away-7"
    if _rose(found.decided, asked):
        return "rise"
    return "weekly" if apart(asked, now) >= WEEKLY else ""


def _records_lost(history: History, asked: datetime | None) -> bool:
    """Tell whether records were lost with a damaged file, and the list was not asked whole since."""
    return history.lost_at is not None and (asked is None or asked < history.lost_at)


def _rose(decided: tuple[Decided, ...], asked: datetime) -> bool:
    """Tell whether pain rose by 2 since the list was asked."""
    told = [one.note for one in decided if one.note.check_in]
    if len(told) < 2 or told[-1].at <= asked:
        return False
    return reached(told[-1].answers) - reached(told[-2].answers) >= RISE


def _advise(found: PauseState, history: History, away: tuple[Absence, ...], now: datetime) -> Iterator[str]:
    """Yield what else to say."""
    if sum(now - timedelta(days=14) < episode.since <= now for episode in found.episodes) >= 3:
        yield "three-pauses"
    if away and not begun_again(history, away[-1].ended, now):
        yield "welcome-back"
    if _from_the_future(history, now):
        yield "future-records"
    if late_corrections(history.check_ins, now):
        yield "late-correction"


def _from_the_future(history: History, now: datetime) -> bool:
    kinds = (history.check_ins, history.screenings, history.sessions, history.hurts, history.seens)
    return any(one.at > now for kind in kinds for one in kind)
