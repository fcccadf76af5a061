"""Pauses and the ways back from them, as a state machine run over the records: after a restart the answer is the same.

::

    free ──a decision pauses──▶ paused ──time, and two calm check-ins──▶ way back ──two comfortable sessions──▶ free
                                  └─ after a yes that gave today or emergency: and only once it was seen

A record dated after *now* (a clock that was set back, another machine) can make the status stricter, never softer.
"""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from msgspec.structs import replace

from coach.domain.status.carried_answers import CarriedAnswers, carried_answers
from coach.domain.status.clearance import SURGERY, Clearances, Cleared
from coach.domain.status.elapsed import apart, minute
from coach.domain.status.history import History, Hurt, Seen, Session
from coach.domain.triage.answers import Answers
from coach.domain.triage.decision import Decision, decide
from coach.domain.triage.levels import ADVICES, Advice
from coach.domain.triage.rules import RuleBook

LEAST = timedelta(hours=24)
LEAST_FROM_6 = timedelta(hours=48)
"""The least time of a pause; the longer one where pain reached 6 (a proposal)."""
APART = timedelta(hours=24)
"""How far two calm check-ins must be apart."""
CALM_REST = 2
CALM_WALKING = 3
SESSIONS_BACK = 2
"""Comfortable sessions that end the way back."""


class PauseEpisode(msgspec.Struct, frozen=True, kw_only=True):
    """One pause, from what began it to what ended it."""

    since: datetime
    until: datetime | None
    """The least end; None where an answer or a clearance ends it."""
    reason: str
    """The id of the rule that paused last."""
    kind: Literal["flare", "unsure", "surgery"]
    ended: datetime | None = None
    calm: tuple[datetime, ...] = ()
    """Calm check-ins since, in a row, that count towards its end."""


class UnclearedSign(msgspec.Struct, frozen=True):
    """A sign answered *yes* that gave ``today`` or ``emergency``, until a professional has seen it."""

    since: datetime
    rule: str
    advice: Advice


class DecidedAnswers(msgspec.Struct, frozen=True):
    """The answers after one check-in or screening, and the decision upon them by the rule book of today."""

    carried: CarriedAnswers
    decision: Decision


class PauseState(msgspec.Struct, frozen=True, kw_only=True):
    """Pauses, ways back and clearances at one moment, worked out from all records before it."""

    decided: tuple[DecidedAnswers, ...] = ()
    """The answers up to now, oldest first."""
    future: tuple[DecidedAnswers, ...] = ()
    """The answers dated after now."""
    episodes: tuple[PauseEpisode, ...] = ()
    """Every pause in order; the last may be open."""
    uncleared: UnclearedSign | None = None
    return_sessions: int | None = None
    """On the way back: comfortable sessions so far; None: not on it."""
    cleared: Cleared = Cleared()
    """The rules that a professional's clearance cancels now."""
    seen_at: datetime | None = None
    """When a professional last saw it."""

    @property
    def open(self) -> PauseEpisode | None:
        """Return the pause that lasts now."""
        return self.episodes[-1] if self.episodes and self.episodes[-1].ended is None else None


Event = CarriedAnswers | Seen | Session | Hurt


def pause_state(history: History, book: RuleBook, now: datetime, baseline: int | None = None) -> PauseState:
    """Run the state machine over ``history``; ``baseline`` is the profile's, which a document cannot raise."""
    machine = _PauseMachine(book, baseline)
    events = _in_order(history, book, now)
    for event in events:
        if event.at <= now:
            machine.take(event)
    machine.end_pause_if_due(now)
    # The future comes last: what is dated ahead may tighten today, but must not end what lasts now.
    for event in events:
        if event.at > now and isinstance(event, CarriedAnswers):
            machine.take_future(event)
    return machine.result(now)


def _in_order(history: History, book: RuleBook, now: datetime) -> list[Event]:
    events: list[Event] = [*carried_answers(history, book, now), *history.seens, *history.sessions, *history.hurts]
    return sorted(events, key=lambda event: event.at)


def highest_pain(answers: Answers) -> int:
    """Return the highest known pain number."""
    pain = answers.pain
    return max(
        (points for points in (pain.rest, pain.walking, pain.during, pain.morning) if points is not None), default=0
    )


def is_calm(answers: Answers, baseline: int | None = None) -> bool | None:
    """Tell whether a check-in counts towards the way back; None where too little was noted to tell."""
    pain = answers.pain
    baselines = [points for points in (pain.baseline, baseline) if points is not None]
    limit = max(CALM_WALKING, min(baselines, default=0))
    rest_ok = None if pain.rest is None else pain.rest <= CALM_REST
    walking_ok = None if pain.walking is None else pain.walking <= limit
    sharp_ok = None if answers.sharp is None else answers.sharp == "no"
    hot_ok = None if answers.hot is None else answers.hot == "no"
    limits_kept = (rest_ok, walking_ok, sharp_ok, hot_ok)
    return False if False in limits_kept else None if None in limits_kept else True


def untold_for_calm(answers: Answers) -> tuple[str, ...]:
    """Return what a check-in would have to tell as well to count as calm: of rest, walking, sharp and hot."""
    told = {
        "rest": answers.pain.rest,
        "walking": answers.pain.walking,
        "sharp": answers.sharp,
        "hot": answers.hot,
    }
    return tuple(name for name, answer in told.items() if answer is None)


def is_comfortable(session: Session) -> bool:
    """Tell whether a session counts as comfortable: done, something in it, and not said to be otherwise.

    One that nobody was asked about (led by popups) and one that was left early count only where comfort was said.
    """
    if session.comfort is None and (session.outcome != "done" or session.by == "popup"):
        return False
    return session.outcome != "hurt" and session.comfort != "uncomfortable" and any(step.done for step in session.steps)


def pausing_rule(decision: Decision) -> str:
    """Return the strongest rule that pauses, or that asks to be seen at once."""
    pausing = (reason.rule for reason in decision.reasons if reason.level in ("emergency", "today", "pause"))
    return next(pausing, "")


class _PauseMachine:
    """The state machine under way."""

    def __init__(self, book: RuleBook, baseline: int | None) -> None:
        self.book = book
        self.baseline = baseline
        self.clearances = Clearances(book)
        self.decided: list[DecidedAnswers] = []
        self.future: list[DecidedAnswers] = []
        self.episodes: list[PauseEpisode] = []
        self.uncleared: UnclearedSign | None = None
        self.seen_at: datetime | None = None
        self.return_sessions: int | None = None
        self.answered_since_visit: set[str] | None = None
        """Signs answered since the last visit; None: there was none."""

    def result(self, now: datetime) -> PauseState:
        """Return the state after all events."""
        return PauseState(
            decided=tuple(self.decided),
            future=tuple(self.future),
            episodes=tuple(self.episodes),
            uncleared=self.uncleared,
            return_sessions=self.return_sessions,
            cleared=self.clearances.at(now),
            seen_at=self.seen_at,
        )

    def take(self, event: Event) -> None:
        """Take in one event of the past."""
        # A pause whose time ran out between two events has to end before the second one is judged.
        self.end_pause_if_due(event.at)
        if isinstance(event, CarriedAnswers):
            self._take_answers(event)
        elif isinstance(event, Seen):
            self._take_visit(event)
        elif self.return_sessions is not None:
            self.return_sessions = self._return_sessions_after(event)

    def take_future(self, carried: CarriedAnswers) -> None:
        """Take in answers dated after now, as far as they make the status stricter."""
        decided = DecidedAnswers(carried, self._decide(carried.answers))
        self.future.append(decided)
        if decided.decision.activity == "pause":
            self._take_pausing(decided)

    def end_pause_if_due(self, at: datetime) -> None:
        """End the open pause where all its conditions were met by ``at``."""
        episode = self._open_episode()
        if episode is None or episode.until is None or self.uncleared or not has_two_calm(episode):
            return
        end = max(
            episode.until,
            episode.calm[-1],
            self.seen_at if self.seen_at and self.seen_at > episode.since else episode.since,
        )
        if minute(end) <= minute(at):
            self.episodes[-1] = replace(episode, ended=min(end, at))
            self.return_sessions = 0

    def _decide(self, answers: Answers, cleared: AbstractSet[str] = frozenset()) -> Decision:
        return decide(answers, self.book, asked_only=True, cleared=cleared)

    def _open_episode(self) -> PauseEpisode | None:
        return self.episodes[-1] if self.episodes and self.episodes[-1].ended is None else None

    def _return_sessions_after(self, event: Session | Hurt) -> int | None:
        """Return the comfortable sessions of the way back after one more session, or after it hurt."""
        if isinstance(event, Hurt) or event.outcome == "hurt" or event.comfort == "uncomfortable":
            return 0
        done = (self.return_sessions or 0) + is_comfortable(event)
        return None if done >= SESSIONS_BACK else done

    def _take_visit(self, event: Seen) -> None:
        self.uncleared, self.seen_at, self.answered_since_visit = None, event.at, set()
        self.clearances.take(event, self.decided[-1].carried.answers.signs if self.decided else {})
        episode = self._open_episode()
        if episode is not None and episode.kind == "surgery" and SURGERY in event.cleared:
            self.episodes[-1] = replace(episode, ended=event.at)

    def _take_answers(self, carried: CarriedAnswers) -> None:
        if self.answered_since_visit is not None:
            self.answered_since_visit |= carried.asked
        self.clearances.keep(carried.answers.signs)
        cleared = self.clearances.at(carried.at).of(carried.answers, self.book)
        decided = DecidedAnswers(carried, self._decide(carried.answers, cleared))
        self.decided.append(decided)
        if decided.decision.activity == "pause":
            self._take_pausing(decided)
        else:
            self._take_milder(carried)
        self.end_pause_if_due(carried.at)

    def _take_pausing(self, decided: DecidedAnswers) -> None:
        """Take in a decision that pauses.

        What an unsure answer alone gave is lifted by answering it, so the decision is made again without those.
        """
        firm = _unsure_as_no(decided.carried.answers)
        needs_visit = self._decide(self._only_since_visit(firm))
        if ADVICES.index(needs_visit.advice) >= ADVICES.index("today"):
            self._require_visit(UnclearedSign(decided.carried.at, pausing_rule(needs_visit), needs_visit.advice))
        flare = self._decide(firm, {SURGERY})
        if flare.activity == "pause":
            self._take_flare(decided.carried, pausing_rule(flare))
        else:
            surgery = self._decide(firm).activity == "pause"
            self._await_answer(decided, "surgery" if surgery else "unsure")

    def _require_visit(self, sign: UnclearedSign) -> None:
        """Ask for a visit; a stronger reason that is already there stays."""
        if self.uncleared is None or ADVICES.index(sign.advice) >= ADVICES.index(self.uncleared.advice):
            self.uncleared = sign

    def _take_flare(self, carried: CarriedAnswers, rule: str) -> None:
        until = carried.at + (LEAST_FROM_6 if highest_pain(carried.answers) >= 6 else LEAST)
        episode = self._open_episode()
        if episode is not None:
            since, before = episode.since, episode.until or until
            self.episodes[-1] = PauseEpisode(since=since, until=max(before, until), reason=rule, kind="flare")
        else:
            self.episodes.append(PauseEpisode(since=carried.at, until=until, reason=rule, kind="flare"))
        self.return_sessions = None  # a new pause on the way back starts over

    def _await_answer(self, decided: DecidedAnswers, kind: Literal["unsure", "surgery"]) -> None:
        """Take in a pause that an answer or a clearance ends at once; a flare under way goes on."""
        episode = self._open_episode()
        if episode is None:
            self.episodes.append(
                PauseEpisode(since=decided.carried.at, until=None, reason=pausing_rule(decided.decision), kind=kind)
            )
        elif episode.kind == "flare":
            self.episodes[-1] = replace(episode, calm=())
        else:
            self.episodes[-1] = replace(episode, kind=kind, reason=pausing_rule(decided.decision))

    def _take_milder(self, carried: CarriedAnswers) -> None:
        """Take in a decision that does not pause."""
        episode = self._open_episode()
        if episode is None:
            return
        if episode.until is None:  # it waited for an answer alone, and here it is
            self.episodes[-1] = replace(episode, ended=carried.at)
        elif carried.check_in is not None:
            calm = is_calm(carried.answers, self.baseline)
            if calm:
                self.episodes[-1] = replace(episode, calm=(*episode.calm, carried.at))
            elif calm is False:
                self.episodes[-1] = replace(episode, calm=())

    def _only_since_visit(self, answers: Answers) -> Answers:
        """Leave out the signs answered before the last visit: each is asked as *new, or changed since*."""
        if self.answered_since_visit is None:
            return answers
        return replace(
            answers,
            signs={
                sign: answer if sign in self.answered_since_visit else "no" for sign, answer in answers.signs.items()
            },
        )


def has_two_calm(episode: PauseEpisode) -> bool:
    """Tell whether two calm check-ins lie far enough apart."""
    return len(episode.calm) > 1 and apart(episode.calm[0], episode.calm[-1]) >= APART


def _unsure_as_no(answers: Answers) -> Answers:
    return replace(
        answers, signs={sign: "no" if answer == "unsure" else answer for sign, answer in answers.signs.items()}
    )
