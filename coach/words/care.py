"""Whom to call, as text that can be read aloud: by the person's region, never by the language they read."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from coach.domain.triage.care_lines import CareLine, Region
from coach.domain.triage.decision import Reason
from coach.domain.triage.levels import Advice
from coach.domain.triage.rules import RuleBook
from coach.words import Words

ELSEWHERE = "other"
"""The region of whoever is nowhere else: no number is guessed."""


class CareLines(Protocol):
    """The content, or the rule book: what knows whom to call."""

    @property
    def care_lines(self) -> Mapping[str, Region]:
        """The care-lines of each region, by its id."""


def region_of(code: str, content: CareLines) -> Region:
    """Return the region that a profile's ``code`` means; an unknown code is ``other``."""
    regions = content.care_lines
    return next((region for region in regions.values() if code.lower() in region.codes), regions[ELSEWHERE])


def care_line(level: Advice, region: str, content: CareLines) -> CareLine | None:
    """Return the line of ``level`` in ``region``; None where that level has none."""
    return next((line for line in region_of(region, content).lines if line.advice == level), None)


def care_text(level: Advice, region: str, words: Words, content: CareLines) -> str:
    """Return whom to call or see for ``level``; empty for ``none``, general for ``watch``."""
    line = care_line(level, region, content)
    if line is None:
        return words("care.watch") if level == "watch" else ""
    return words.pick(line.text).replace("{number}", line.number or "")


def call_if_now(reasons: Iterable[Reason], region: str, words: Words, book: RuleBook) -> list[str]:
    """Return whom to call if it is happening now, where somebody is unsure of an emergency sign, or only wrote of it.

    It stands before everything else: whoever reads further reads of a visit today.
    """
    emergencies = {f"signs.{sign}" for sign in book.ids("emergency")}
    unsure = [reason for reason in reasons for path in emergencies if reason.because.get(path) == "unsure"]
    return [if_now(region, words, book)] if unsure else []


def if_now(region: str, words: Words, content: CareLines) -> str:
    """Return whom to call if an emergency sign is there now."""
    number = region_of(region, content).emergency
    return words("care.if-now", number=number) if number else words("care.if-now-local")
