"""Pauses and the ways back from them, as a state machine run over the records: any restart gives the same answer.

::

    free ──a decision pauses──▶ paused ──time, and two calm check-ins──▶ way back ──two comfortable sessions──▶ free
                                  └─ after a yes that gave today or emergency: and only once it was seen

A record dated after *now* (a clock set back, another machine) makes it stricter and never softer.
"""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from msgspec.structs import replace

from coach.domain.status.carried_answers import CarriedAnswers, notes
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
    """The rule that paused last."""
    kind: Literal["flare", "unsure", "surgery"]
    ended: datetime | None = None
    calm: tuple[datetime, ...] = ()
    """Calm check-ins since, in a row, that count towards its end."""


class UnclearedSign(msgspec.Struct, frozen=True):
    """A *yes* that gave ``today`` or ``emergency``, until it was seen."""

    since: datetime
    rule: str
    advice: Advice


class Decided(msgspec.Struct, frozen=True):
    """A note and what was decided upon it, by the rule book of today."""

    note: CarriedAnswers
    decision: Decision


class PauseState(msgspec.Struct, frozen=True, kw_only=True):
    """Where the records have led to."""

    decided: tuple[Decided, ...] = ()
    """The notes up to now."""
    ahead: tuple[Decided, ...] = ()
    """The notes dated after now."""
    episodes: tuple[PauseEpisode, ...] = ()
    """Every pause in order; the last may be open."""
    bar: UnclearedSign | None = None
    back: int | None = None
    """On the way back: comfortable sessions so far; None: not on it."""
    cleared: Cleared = Cleared()
    """What a professional's word answers now."""
    seen_at: datetime | None = None

    @property
    def open(self) -> PauseEpisode | None:
        """Return the pause that stands."""
        return self.episodes[-1] if self.episodes and self.episodes[-1].ended is None else None


Event = CarriedAnswers | Seen | Session | Hurt


def pause_state(history: History, book: RuleBook, now: datetime, baseline: int | None = None) -> PauseState:
    """Run the state machine over ``history``; ``baseline`` is the profile's, which a document cannot raise."""
    run = _Run(book, baseline)
    events = _in_order(history, book, now)
    for event in events:
        if event.at <= now:
            run.take(event)
    run.settle(now)
    for event in events:
        if event.at > now and isinstance(event, CarriedAnswers):
            run.take_ahead(event)
    return run.result(now)


def _in_order(history: History, book: RuleBook, now: datetime) -> list[Event]:
    events: list[Event] = [*notes(history, book, now), *history.seens, *history.sessions, *history.hurts]
    return sorted(events, key=lambda one: one.at)


def reached(answers: Answers) -> int:
    """Return the highest known pain number."""
    pain = answers.pain
    return max((n for n in (pain.rest, pain.walking, pain.during, pain.morning) if n is not None), default=0)


def is_calm(answers: Answers, baseline: int | None = None) -> bool | None:
    """Tell whether a check-in counts towards the way back; None where too little was noted to tell."""
    pain = answers.pain
    known = [one for one in (pain.baseline, baseline) if one is not None]
    limit = max(CALM_WALKING, min(known, default=0))
    rest_ok = None if pain.rest is None else pain.rest <= CALM_REST
    walking_ok = None if pain.walking is None else pain.walking <= limit
    sharp_ok = None if answers.sharp is None else answers.sharp == "no"
    hot_ok = None if answers.hot is None else answers.hot == "no"
    told = (rest_ok, walking_ok, sharp_ok, hot_ok)
    return False if False in told else None if None in told else True


def comfortable(session: Session) -> bool:
    """Tell whether a session counts as comfortable: done, something in it, and not said to be otherwise.

    One that nobody was asked about (led by popups) and one that was left early count only where comfort was said.
    """
    if session.comfort is None and (session.outcome != "done" or session.by == "popup"):
        return False
    return session.outcome != "hurt" and session.comfort != "uncomfortable" and any(s.done for s in session.steps)


def pausing_rule(decision: Decision) -> str:
    """Return the strongest rule that pauses, or that asks to be seen at once."""
    hard = (one.rule for one in decision.reasons if one.level in ("emergency", "today", "pause"))
    return next(hard, "")


class _Run:
    """The state machine under way."""

    def __init__(self, book: RuleBook, baseline: int | None) -> None:
        self.book = book
        self.baseline = baseline
        self.clearances = Clearances(book)
        self.decided: list[Decided] = []
        self.ahead: list[Decided] = []
        self.episodes: list[PauseEpisode] = []
        self.bar: UnclearedSign | None = None
        self.freed: datetime | None = None
        """When it was last seen."""
        self.back: int | None = None
        self.fresh: set[str] | None = None
        """Signs answered since it was last seen; None: never seen."""

    def result(self, now: datetime) -> PauseState:
        """Return where it led to."""
        return PauseState(
            decided=tuple(self.decided),
            ahead=tuple(self.ahead),
            episodes=tuple(self.episodes),
            bar=self.bar,
            back=self.back,
            cleared=self.clearances.at(now),
            seen_at=self.freed,
        )

    def take(self, event: Event) -> None:
        """Take one event of the past in."""
        self.settle(event.at)
        if isinstance(event, CarriedAnswers):
            self._note(event)
        elif isinstance(event, Seen):
            self._seen(event)
        elif self.back is not None:
            self.back = self._one_back(event)

    def take_ahead(self, note: CarriedAnswers) -> None:
        """Take a note of the future in, as far as it makes it stricter."""
        one = Decided(note, self._decide(note.answers))
        self.ahead.append(one)
        if one.decision.activity == "pause":
            self._judge(one)

    def settle(self, at: datetime) -> None:
        """End the open pause, if its conditions came true before ``at``."""
        episode = self._open()
        if episode is None or episode.until is None or self.bar or not calm_enough(episode):
            return
        end = max(
            episode.until, episode.calm[-1], self.freed if self.freed and self.freed > episode.since else episode.since
        )
        if minute(end) <= minute(at):
            self.episodes[-1] = replace(episode, ended=min(end, at))
            self.back = 0

    def _decide(self, answers: Answers, cleared: AbstractSet[str] = frozenset()) -> Decision:
        return decide(answers, self.book, asked_only=True, cleared=cleared)

    def _open(self) -> PauseEpisode | None:
        return self.episodes[-1] if self.episodes and self.episodes[-1].ended is None else None

    def _one_back(self, event: Session | Hurt) -> int | None:
        """Return the comfortable sessions of the way back after one more session, or after it hurt."""
        if isinstance(event, Hurt) or event.outcome == "hurt" or event.comfort == "uncomfortable":
            return 0
        done = (self.back or 0) + comfortable(event)
        return None if done >= SESSIONS_BACK else done

    def _seen(self, event: Seen) -> None:
        self.bar, self.freed, self.fresh = None, event.at, set()
        self.clearances.take(event, self.decided[-1].note.answers.signs if self.decided else {})
        episode = self._open()
        if episode is not None and episode.kind == "surgery" and SURGERY in event.cleared:
            self.episodes[-1] = replace(episode, ended=event.at)

    def _note(self, note: CarriedAnswers) -> None:
        if self.fresh is not None:
            self.fresh |= note.asked
        self.clearances.keep(note.answers.signs)
        cleared = self.clearances.at(note.at).of(note.answers, self.book)
        one = Decided(note, self._decide(note.answers, cleared))
        self.decided.append(one)
        if one.decision.activity == "pause":
            self._judge(one)
        else:
            self._ease(note)
        self.settle(note.at)

    def _judge(self, one: Decided) -> None:
        """Take in a decision that pauses, by what stands of it without the unsure answers."""
        firm = _without_unsure(one.note.answers)
        barred = self._decide(self._fresh_only(firm))
        if ADVICES.index(barred.advice) >= ADVICES.index("today"):
            self._bar(UnclearedSign(one.note.at, pausing_rule(barred), barred.advice))
        flare = self._decide(firm, {SURGERY})
        if flare.activity == "pause":
            self._flare(one.note, pausing_rule(flare))
        else:
            surgery = self._decide(firm).activity == "pause"
            self._soft(one, "surgery" if surgery else "unsure")

    def _bar(self, bar: UnclearedSign) -> None:
        """Put up a bar; a stronger one that stands already stays."""
        if self.bar is None or ADVICES.index(bar.advice) >= ADVICES.index(self.bar.advice):
            self.bar = bar

    def _flare(self, note: CarriedAnswers, rule: str) -> None:
        until = note.at + (LEAST_FROM_6 if reached(note.answers) >= 6 else LEAST)
        episode = self._open()
        if episode is not None:
            since, before = episode.since, episode.until or until
            self.episodes[-1] = PauseEpisode(since=since, until=max(before, until), reason=rule, kind="flare")
        else:
            self.episodes.append(PauseEpisode(since=note.at, until=until, reason=rule, kind="flare"))
        self.back = None

    def _soft(self, one: Decided, kind: Literal["unsure", "surgery"]) -> None:
        """Take in a pause that an answer or a clearance ends at once; a flare that stands goes on."""
        episode = self._open()
        if episode is None:
            self.episodes.append(
                PauseEpisode(since=one.note.at, until=None, reason=pausing_rule(one.decision), kind=kind)
            )
        elif episode.kind == "flare":
            self.episodes[-1] = replace(episode, calm=())
        else:
            self.episodes[-1] = replace(episode, kind=kind, reason=pausing_rule(one.decision))

    def _ease(self, note: CarriedAnswers) -> None:
        """Take in a decision that does not pause."""
        episode = self._open()
        if episode is None:
            return
        if episode.until is None:
            self.episodes[-1] = replace(episode, ended=note.at)
        elif note.check_in is not None:
            calm = is_calm(note.answers, self.baseline)
            if calm:
                self.episodes[-1] = replace(episode, calm=(*episode.calm, note.at))
            elif calm is False:
                self.episodes[-1] = replace(episode, calm=())

    def _fresh_only(self, answers: Answers) -> Answers:
        """Leave out what was said before it was seen: it is asked as *new, or changed since*."""
        if self.fresh is None:
            return answers
        return replace(answers, signs={s: a if s in self.fresh else "no" for s, a in answers.signs.items()})


def calm_enough(episode: PauseEpisode) -> bool:
    """Tell whether two calm check-ins lie far enough apart."""
    return len(episode.calm) > 1 and apart(episode.calm[0], episode.calm[-1]) >= APART


def _without_unsure(answers: Answers) -> Answers:
    return replace(answers, signs={sign: "no" if a == "unsure" else a for sign, a in answers.signs.items()})
