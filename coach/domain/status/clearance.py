"""What a professional cleared: dated, for 90 days, and never a ``today`` or an ``emergency``."""

from datetime import datetime, timedelta
from typing import Final

import msgspec

from coach.domain.status.elapsed import apart
from coach.domain.status.history import Seen
from coach.domain.triage.answers import TRI, Answers, Tri
from coach.domain.triage.rules import RuleBook

HOLDS = timedelta(days=90)
"""How long a clearance and a visit count (a proposal)."""
SURGERY: Final = "recent-surgery"
"""The rule that a clearance alone ends: it is no flare, and needs no way back."""
COUNTS = ("course.symptom_days", "course.rest_days", "course.paused_days", "course.pauses_14d")
"""What the day-count and pause-count rules look at."""


class Cleared(msgspec.Struct, frozen=True):
    """The rules that clearances cancel at one moment."""

    rules: frozenset[str] = frozenset()
    signs: dict[str, Tri] = {}
    """Each cleared sign, with its answer when it was cleared."""

    def of(self, answers: Answers, book: RuleBook) -> frozenset[str]:
        """Return the rules that stay cancelled upon ``answers``: no sign that changed, no counts of a worse week."""
        changed = {sign for sign, then in self.signs.items() if _changed(then, answers.signs.get(sign, "no"))}
        return self.rules - changed - (count_rules(book) if answers.course.week == "worse" else set())


class Clearances:
    """The clearances so far, as the records are read in order of time."""

    def __init__(self, book: RuleBook) -> None:
        """Begin with none."""
        self._book = book
        self._signs: dict[str, tuple[datetime, Tri]] = {}
        self._surgery: datetime | None = None
        self._seen: datetime | None = None

    def take(self, event: Seen, signs: dict[str, Tri]) -> None:
        """Take in what a visit cleared, with the answers to signs at that time."""
        self._seen = event.at
        for rule in event.cleared:
            if rule == SURGERY:
                self._surgery = event.at
            elif can_clear(rule, self._book) and signs.get(rule, "no") != "no":
                self._signs[rule] = (event.at, signs[rule])

    def keep(self, signs: dict[str, Tri]) -> None:
        """Drop the clearance of each sign that changed: one that went, or rose."""
        for sign, (_, then) in tuple(self._signs.items()):
            if _changed(then, signs.get(sign, "no")):
                del self._signs[sign]

    def at(self, moment: datetime) -> Cleared:
        """Return what is cleared at ``moment``."""
        signs = {sign: then for sign, (since, then) in self._signs.items() if _holds(since, moment)}
        surgery = {SURGERY} if _holds(self._surgery, moment) else set()
        counts = count_rules(self._book) if _holds(self._seen, moment) else set()
        return Cleared(frozenset({*signs, *surgery, *counts}), signs)


def _changed(then: Tri, now: Tri) -> bool:
    """Tell whether a sign went, or rose."""
    return now == "no" or TRI.index(now) > TRI.index(then)


def can_clear(rule: str, book: RuleBook) -> bool:
    """Tell whether a clearance can cancel this rule: ``recent-surgery``, or a sign of the group ``soon``."""
    return rule == SURGERY or (rule in book.signs and book.signs[rule].group == "soon")


def count_rules(book: RuleBook) -> set[str]:
    """Return the ids of the rules that look at day and pause counts alone."""
    return {rule.id for rule in book.rules if all(_is_count(condition) for condition in rule.conditions)}


def _is_count(condition: object) -> bool:
    paths = getattr(condition, "of", ())
    return bool(paths) and set((paths,) if isinstance(paths, str) else paths) <= set(COUNTS)


def _holds(since: datetime | None, moment: datetime) -> bool:
    return since is not None and since <= moment and apart(since, moment) < HOLDS
