"""What a professional cleared: dated, of what was there at that time, and never a ``today`` or an ``emergency``."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, get_args

import msgspec

from coach.domain.status.elapsed import apart
from coach.domain.status.history import Background, Seen
from coach.domain.triage.answers import TRI, Answers, Context, Tri
from coach.domain.triage.rules import RuleBook

CLEARED_FOR = timedelta(days=90)
"""How long a clearance and a visit count: about a quarter, after which nobody knows what was seen (a proposal)."""
SURGERY: Final = "recent-surgery"
"""The condition whose clearance ends a pause; it is no flare, and needs no way back."""
SURGERY_RECENT_FOR = timedelta(weeks=12)
"""How long an operation is a recent one: the time in which NICE NG158 counts it as a risk of a clot."""
COUNTS = ("course.symptom_days", "course.rest_days", "course.paused_days", "course.pauses_14d")
"""What the day-count and pause-count rules look at."""


class Cleared(msgspec.Struct, frozen=True):
    """What clearances cancel at one moment."""

    rules: frozenset[str] = frozenset()
    """Ids of rules and of conditions."""
    signs: dict[str, Tri] = {}
    """Each cleared sign, with its answer when it was cleared."""
    healed: frozenset[str] = frozenset()
    """An operation that was cleared, and that is older than 12 weeks: it is no condition any more."""
    told_since: dict[str, datetime] = {}
    """When each condition that is there was told first."""

    def of(self, answers: Answers, book: RuleBook) -> frozenset[str]:
        """Return what stays cancelled for ``answers``: no sign that changed, no counts of a worse week."""
        if not self.rules:
            return self.rules
        changed = {sign for sign, then in self.signs.items() if _changed(then, answers.signs.get(sign, "no"))}
        # A worse week is news: whoever cleared the counts had not seen it.
        return self.rules - changed - (count_rules(book) if answers.course.week == "worse" else set())


class Clearances:
    """The clearances so far, as the records are read in order of time."""

    def __init__(self, book: RuleBook) -> None:
        """Begin with none."""
        self._book = book
        self._count_rules = count_rules(book)
        self._signs: dict[str, tuple[datetime, Tri]] = {}
        self._present: dict[str, datetime] = {}
        """The conditions that are there, each with when it was told first."""
        self._contexts: dict[str, datetime] = {}
        """When a condition that is there was cleared."""
        self._seen: datetime | None = None

    @property
    def present(self) -> tuple[Context, ...]:
        """Return the conditions that are there."""
        return tuple(context for context in get_args(Context) if context in self._present)

    @property
    def told_since(self) -> dict[str, datetime]:
        """Return when each condition that is there was told first."""
        return dict(self._present)

    def take_contexts(self, contexts: tuple[str, ...], at: datetime) -> None:
        """Take in the conditions as they are at ``at``; one that was not there before is a new one.

        So a clearance from before an operation is none, and a second operation is not cleared with the first. One that
        is there no more keeps its clearance: until the next check-in the last one may list it still.
        """
        before = self._present
        if contexts == tuple(before):
            return
        self._present = {context: before.get(context, at) for context in contexts}
        new = self._present.keys() - before.keys()
        self._contexts = {context: since for context, since in self._contexts.items() if context not in new}

    def take_background(self, background: Background) -> None:
        """Take in the conditions of the settings, with what older records said of those that are new to these."""
        older = {context: at for context, at in background.since.items() if context not in self._present}
        cleared = {context: background.at for context in background.cleared if context in older}
        self.take_contexts(background.contexts, background.at)
        self._present |= {context: at for context, at in older.items() if context in self._present}
        self._contexts |= {context: at for context, at in cleared.items() if context in self._present}

    def take_visit(self, visit: Seen, signs: dict[str, Tri], contexts: Iterable[str] = ()) -> None:
        """Take in what a visit cleared, with the answers to signs, and the conditions, of the last check-in.

        A condition that was taken out of the settings since counts until the next check-in, and can be cleared so long.
        """
        self._seen = visit.at
        there = {*self._present, *contexts}
        for cleared in visit.cleared:
            # A sign that was not there was not looked at: should it come, nobody has seen it yet.
            if cleared in there and can_clear(cleared, self._book):
                self._contexts[cleared] = visit.at
            elif can_clear(cleared, self._book) and signs.get(cleared, "no") != "no":
                self._signs[cleared] = (visit.at, signs[cleared])

    def drop_changed(self, signs: dict[str, Tri]) -> None:
        """Drop the clearance of each sign that changed: one that went, or rose."""
        for sign, (_, then) in tuple(self._signs.items()):
            if _changed(then, signs.get(sign, "no")):
                del self._signs[sign]

    def at(self, moment: datetime) -> Cleared:
        """Return what is cleared at ``moment``."""
        if self._seen is None and not self._contexts:  # nothing was ever cleared
            return Cleared(told_since=self.told_since)
        signs = {sign: then for sign, (since, then) in self._signs.items() if _holds(since, moment)}
        contexts = {
            context
            for context, since in self._contexts.items()
            # A cleared operation stays cleared: the next one is a new one.
            if self._book.contexts[context].clearance == "lasting" or _holds(since, moment)
        }
        counts = self._count_rules if _holds(self._seen, moment) else set()
        rules = frozenset({*signs, *contexts, *counts})
        return Cleared(rules, signs, self._healed(moment), self.told_since)

    def _healed(self, moment: datetime) -> frozenset[str]:
        operated = self._present.get(SURGERY)
        healed = SURGERY in self._contexts and operated is not None and moment - operated >= SURGERY_RECENT_FOR
        return frozenset((SURGERY,)) if healed else frozenset()


def _changed(then: Tri, now: Tri) -> bool:
    """Tell whether a sign went, or rose."""
    # Gone and back, it is a new finding, which nobody has seen.
    return now == "no" or TRI.index(now) > TRI.index(then)


def can_clear(cleared: str, book: RuleBook) -> bool:
    """Tell whether a clearance can cancel this: some conditions, and the signs of the group ``soon``."""
    if cleared in book.contexts:
        return book.contexts[cleared].clearance != "none"
    return cleared in book.signs and book.signs[cleared].group == "soon"


def count_rules(book: RuleBook) -> set[str]:
    """Return the ids of the rules that look at day or pause counts alone; a pair for today is never cleared."""
    return {rule.id for rule in book.rules if rule.conditions and all(map(_is_count, rule.conditions))}


def _is_count(condition: object) -> bool:
    paths = getattr(condition, "of", ())
    return bool(paths) and set((paths,) if isinstance(paths, str) else paths) <= set(COUNTS)


def _holds(since: datetime | None, moment: datetime) -> bool:
    return since is not None and since <= moment and apart(since, moment) < CLEARED_FOR
