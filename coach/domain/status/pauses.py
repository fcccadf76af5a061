"""What a pause is: what began it, what it waits for, and the way back. ``pause_machine`` reads it off the records.

Several things can pause at once: a flare (pain, heat, a sign answered yes), a sign that waits for a visit, an operation
that waits for a clearance, an emergency sign that one is not sure of. The pause lasts until all have ended.
"""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from msgspec.structs import replace

from coach.domain.status.carried_answers import CarriedAnswers
from coach.domain.status.clearance import Cleared
from coach.domain.status.elapsed import minute
from coach.domain.triage.answers import Answers
from coach.domain.triage.decision import Decision
from coach.domain.triage.levels import Advice

LEAST = timedelta(hours=24)
LEAST_FROM_6 = timedelta(hours=48)
"""The least time of a pause; the longer one where pain reached 6: a flare is judged the day after, and a high one two
days after (a proposal)."""
SESSIONS_BACK = 2
"""Comfortable sessions that end the way back: one may have been luck (a proposal)."""

PauseKind = Literal["flare", "unsure", "surgery"]


class PauseEpisode(msgspec.Struct, frozen=True, kw_only=True):
    """One pause, from what began it to what ended it."""

    since: datetime
    until: datetime | None
    """The least end; None where an answer or a clearance ends it."""
    reason: str
    """The id of the rule that paused last."""
    kind: PauseKind
    ended: datetime | None = None


class Flare(msgspec.Struct, frozen=True):
    """What pauses by itself, not by an unsure answer or an operation: time and two calm check-ins end it."""

    ends: dict[str, datetime]
    """The rules that paused, each with its least end: what a milder rule followed is named until its time is over."""
    last: tuple[str, ...]
    """The rules that paused last, the strictest first: they last until the way back, whatever the time."""
    calm: tuple[datetime, ...] = ()
    """Calm check-ins since, in a row, that count towards its end."""

    @property
    def until(self) -> datetime:
        """Return the least end: a milder pause on top does not shorten the longer one."""
        return max(self.ends.values())

    def rules(self, now: datetime) -> tuple[str, ...]:
        """Return the rules that pause still, those that paused last first."""
        running = (rule for rule, end in self.ends.items() if minute(now) < minute(end))
        return tuple(dict.fromkeys((*self.last, *running)))


class UnclearedSign(msgspec.Struct, frozen=True):
    """An answer *yes* that gave ``today`` or ``emergency``, until a professional has seen it."""

    since: datetime
    rule: str
    advice: Advice


class DecidedAnswers(msgspec.Struct, frozen=True):
    """The answers after one check-in or screening, and the decision on them by the rule book of today."""

    carried: CarriedAnswers
    decision: Decision


class PauseState(msgspec.Struct, frozen=True, kw_only=True):
    """Pauses, ways back and clearances at one moment, worked out from all records before it."""

    decided: tuple[DecidedAnswers, ...] = ()
    """The answers up to now, oldest first."""
    ahead: tuple[DecidedAnswers, ...] = ()
    """The answers that are dated in the future, or were when they came."""
    episodes: tuple[PauseEpisode, ...] = ()
    """Every pause in order; the last may be open."""
    flare: Flare | None = None
    """The flare that has not ended yet."""
    uncleared: tuple[UnclearedSign, ...] = ()
    """What waits for a visit, the most urgent first."""
    return_sessions: int | None = None
    """On the way back: comfortable sessions so far; None: not on it."""
    cleared: Cleared = Cleared()
    """What a professional's clearance cancels now."""
    seen_at: datetime | None = None
    """When a professional last saw it."""

    @property
    def open(self) -> PauseEpisode | None:
        """Return the pause that lasts now."""
        return self.episodes[-1] if self.episodes and self.episodes[-1].ended is None else None


def pausing_rules(decision: Decision) -> tuple[str, ...]:
    """Return the rules that pause, or that ask to be seen at once, the strongest first."""
    levels = ("emergency", "today", "pause")
    return tuple(dict.fromkeys(reason.rule for reason in decision.reasons if reason.level in levels))


def pausing_rule(decision: Decision) -> str:
    """Return the strongest rule that pauses, or that asks to be seen at once."""
    return next(iter(pausing_rules(decision)), "")


def without_contexts(answers: Answers, healed: AbstractSet[str]) -> Answers:
    """Return ``answers`` without the conditions that are none any more."""
    if not healed:
        return answers
    return replace(answers, context=tuple(context for context in answers.context if context not in healed))


def unsure_as_no(answers: Answers) -> Answers:
    """Return ``answers`` with every sign that one is not sure of answered no."""
    return replace(
        answers, signs={sign: "no" if answer == "unsure" else answer for sign, answer in answers.signs.items()}
    )
