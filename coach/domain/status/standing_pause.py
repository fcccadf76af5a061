"""The pause that lasts now: its strictest reason, its least end, and all that must end before it does."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from coach.domain.status.calm import calm_answers, has_two_calm, is_masked
from coach.domain.status.clearance import SURGERY
from coach.domain.status.elapsed import minute
from coach.domain.status.history import History
from coach.domain.status.pauses import DecidedAnswers, PauseState, pausing_rule, pausing_rules, unsure_as_no
from coach.domain.status.person import Person
from coach.domain.status.wall_clock import local
from coach.domain.status.working_day import hurt_rest_end
from coach.domain.triage.answers import Answers
from coach.domain.triage.decision import Decision, decide
from coach.domain.triage.levels import ADVICES
from coach.domain.triage.rules import RuleBook


class Pause(msgspec.Struct, frozen=True):
    """A pause for safety.

    ``reason`` is a rule id, or ``hurt``, the strictest of all; ``until`` is the least end, None where something else
    than time ends it; ``back_when`` names sentences of the catalogue (``pause.back-when.…``): all must be met.
    """

    reason: str
    since: datetime
    until: datetime | None
    back_when: tuple[str, ...]
    calm: int = 0
    """Calm check-ins so far that count towards the way back (two are needed, a day or more apart)."""
    untold: tuple[str, ...] = ()
    """Why the last check-in, calm otherwise, counts for nothing: what it left open of ``rest``, ``walking``, ``sharp``
    and ``hot``, or ``medicine``, a painkiller that nobody who has seen the knee knows of."""

    @property
    def ends_by_itself(self) -> bool:
        """Tell whether time alone ends it, at ``until``."""
        return set(self.back_when) <= {"tomorrow", "least-time"}


BACK_WHEN = ("seen", "least-time", "two-calm", "calmer", "cleared", "answer", "tomorrow")
"""What can be asked before a pause ends, the most urgent first."""
ENDS_WITH_TIME = frozenset({"least-time", "two-calm", "tomorrow"})
"""What has a first moment: the rest of ``BACK_WHEN`` leaves the end of a pause open."""


class HurtRest(msgspec.Struct, frozen=True):
    """What *it hurts* asks for."""

    since: datetime | None = None
    until: datetime | None = None
    """Until when it rests; None: it was not said lately."""
    gentle: bool = False
    """Whether the day after it is gentle."""


def hurt_rest(history: History, person: Person, now: datetime) -> HurtRest:
    """Return how long the last *it hurts* rests: its day, 8 hours at least; the day after is gentle."""
    moments = [hurt.at for hurt in history.hurts]
    moments += [session.at for session in history.sessions if session.outcome == "hurt"]
    if not moments:
        return HurtRest()
    last = local(min(max(moments), now), now)  # a note of the future counts as one of now
    until = hurt_rest_end(last, person.work, person.work_days)
    return HurtRest(last, until, until <= now and (now.date() - last.date()).days <= 1)


def pause_now(
    pauses: PauseState,
    answers: Answers,
    decision: Decision,
    book: RuleBook,
    person: Person,
    rest: HurtRest,
    now: datetime,
) -> Pause:
    """Return the pause that lasts now, with its strictest reason and all that must end."""
    flare, episode = pauses.flare, pauses.open
    resting = rest.until if rest.until and now < rest.until else None
    decisions = [decision, *(ahead.decision for ahead in ahead_unanswered(pauses))]
    # The strictest first: the first that is there names the pause, and has to end last.
    reasons = [sign.rule for sign in pauses.uncleared]
    reasons += [pausing_rule(each) for each in decisions if ADVICES.index(each.advice) >= ADVICES.index("today")]
    reasons += [flare.last[0]] if flare else []
    reasons += [pausing_rule(each) for each in decisions if each.activity == "pause"]
    reasons += [episode.reason] if episode else []
    reasons += ["hurt"] if resting else []
    back_when = tuple(dict.fromkeys(_back_when(pauses, answers, decision, book, now, resting is not None)))
    # A visit or an answer may come at any time: where one is missing, no moment is promised.
    ends = [end for end in (flare.until if flare else None, resting) if end]
    begun = episode.since if episode else rest.since if resting and rest.since else now
    return Pause(
        reason=next(filter(None, reasons)),
        since=begun,
        until=max(ends) if ends and set(back_when) <= ENDS_WITH_TIME else None,
        back_when=back_when,
        calm=min(len(flare.calm), 2) if flare else 0,
        untold=_untold(pauses, person) if "two-calm" in back_when else (),
    )


def _back_when(
    pauses: PauseState, answers: Answers, decision: Decision, book: RuleBook, now: datetime, resting: bool
) -> Iterator[str]:
    """Yield all that must end still before the pause does, the most urgent first."""
    if pauses.uncleared:
        yield "seen"
    firm = decide(unsure_as_no(answers), book, asked_only=True, cleared={SURGERY})
    if pauses.flare:
        # What is over already has not to end any more.
        if minute(now) < minute(pauses.flare.until):
            yield "least-time"
        if not has_two_calm(pauses.flare.calm):
            yield "two-calm"
    calms_anyway = pauses.flare and not has_two_calm(pauses.flare.calm)
    if firm.activity == "pause" and not pauses.uncleared and not calms_anyway:
        yield "calmer"  # two calm check-ins may leave a count that pauses by itself
    decisions = [decision, *(ahead.decision for ahead in ahead_unanswered(pauses))]
    if awaits_clearance(pauses) or any(SURGERY in pausing_rules(each) for each in decisions):
        yield "cleared"
    if any(map(pauses_by_unsure, decisions)):
        yield "answer"
    if resting:
        yield "tomorrow"


def pauses_by_unsure(decision: Decision) -> bool:
    """Tell whether an unsure answer pauses: answering it lifts that."""
    return any(reason.level == "pause" and "unsure" in reason.because.values() for reason in decision.reasons)


def _untold(pauses: PauseState, person: Person) -> tuple[str, ...]:
    """Return what the last check-in of this pause left open, where it would otherwise have been calm."""
    last = next((decided for decided in reversed(pauses.decided) if decided.carried.check_in), None)
    if last is None or last.decision.activity == "pause":
        return ()
    calm = calm_answers(last.carried.answers, person.baseline)
    # What was told and is not calm is why; nothing more need be asked.
    if False in calm.values():
        return ()
    masked = ("medicine",) if is_masked(last.carried, pauses.seen_at) else ()
    return (*(name for name, is_calm in calm.items() if is_calm is None), *masked)


def both_pauses(main: Pause | None, other: Pause | None) -> Pause | None:
    """Return one pause that ends when both have ended."""
    if main is None or other is None:
        return main or other
    # In the one order of urgency, not in that of the two readings.
    back_when = tuple(name for name in BACK_WHEN if name in (*main.back_when, *other.back_when))
    ends = [pause.until for pause in (main, other) if pause.until]
    return Pause(
        reason=main.reason,
        since=min(main.since, other.since),
        until=max(ends) if ends and set(back_when) <= ENDS_WITH_TIME else None,
        back_when=back_when,
        calm=min((pause.calm for pause in (main, other) if "two-calm" in pause.back_when), default=main.calm),
        untold=tuple(dict.fromkeys((*main.untold, *other.untold))),
    )


def awaits_clearance(pauses: PauseState) -> bool:
    """Tell whether an operation pauses: until the next check-in also where the settings know no more of it."""
    return pauses.open is not None and pauses.open.kind == "surgery" and SURGERY not in pauses.cleared.rules


def ahead_unanswered(pauses: PauseState) -> Iterator[DecidedAnswers]:
    """Yield the answers dated ahead that no check-in of today's clock has followed."""
    if not pauses.ahead:  # nearly always
        return
    last = max((decided.carried.at for decided in pauses.decided if decided.carried.check_in), default=None)
    yield from (ahead for ahead in pauses.ahead if last is None or ahead.carried.at >= last)
