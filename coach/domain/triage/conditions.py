"""The few kinds of condition that a rule can be made of (``routines/rules.toml``), each with its three questions.

``because``: does it hold, and by which answers? ``raised``: which single answers, made worse, would make it hold?
``calmed``: which answers, made calmer, would end it? Answers come as ``Facts``: dotted path to value.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

import msgspec

from coach.domain.triage.answers import MOST_POINTS, SHARP, TRI, WEEK

Facts = dict[str, Any]
"""Every input of the rules by its dotted path (``pain.walking``, ``signs.locked-knee``), and four notes:

``named``: the signs that were answered by name; ``asked-only``: whether signs never asked do not count (in the program)
rather than count as unsure (in a document); ``other_signs``: the answer of the signs not named; ``cleared``: the rules
and conditions that a professional cleared.
"""
Because = dict[str, Any]
Raise = tuple[str, Any, int]
"""A dotted path, the worse value, and how many steps it is away."""


class Highest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="test", tag="highest"):
    """The highest known of some numbers lies between two cuts, both included."""

    of: tuple[str, ...]
    at_least: Annotated[int, msgspec.Meta(ge=0)]
    at_most: int | None = None

    def because(self, facts: Facts) -> Because | None:
        """Return every number that reaches the cut, where the highest does not pass the upper one."""
        at_cut: Because = {}
        for path in self.of:
            value = facts[path]
            if value is not None and value >= self.at_least:
                at_cut[path] = value
        if not at_cut or (self.at_most is not None and max(at_cut.values()) > self.at_most):
            return None
        return at_cut

    def raised(self, facts: Facts) -> Iterator[Raise]:
        """Yield each known number, raised to the cut; nothing where one already lies above."""
        answered = [(path, facts[path]) for path in self.of if facts[path] is not None]
        if all(value < self.at_least for _, value in answered):
            for path, value in answered:
                yield path, self.at_least, self.at_least - value

    def calmed(self, facts: Facts) -> Because:
        """Return every number that reaches the cut, one below it."""
        return dict.fromkeys(self.because(facts) or (), self.at_least - 1)


class Rise(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="test", tag="rise"):
    """One known pain number lies above another by so much, both cuts included."""

    of: str
    over: str
    at_least: int
    at_most: int | None = None

    def because(self, facts: Facts) -> Because | None:
        """Return both numbers."""
        value, base = facts[self.of], facts[self.over]
        if value is None or base is None or value - base < self.at_least:
            return None
        if self.at_most is not None and value - base > self.at_most:
            return None
        return {self.of: value, self.over: base}

    def raised(self, facts: Facts) -> Iterator[Raise]:
        """Yield the number, raised so far, where the scale reaches."""
        value, base = facts[self.of], facts[self.over]
        if value is not None and base is not None and value < base + self.at_least <= MOST_POINTS:
            yield self.of, base + self.at_least, base + self.at_least - value

    def calmed(self, facts: Facts) -> Because:
        """Return the number, one below the cut; what it is measured against is never moved."""
        return {self.of: facts[self.over] + self.at_least - 1}


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="test", tag="answer"):
    """At least one of some questions has one of these answers."""

    of: tuple[str, ...]
    values: tuple[str, ...]

    def because(self, facts: Facts) -> Because | None:
        """Return every such answer; an unnamed sign's is that of ``other_signs``."""
        matching: Because = {}
        for path in self.of:
            value = facts[path]
            if value in self.values:
                matching[_answering_path(path, facts)] = value
        return matching or None

    def raised(self, facts: Facts) -> Iterator[Raise]:
        """Yield each question with the nearest worse answer of these."""
        for path in self.of:
            scale = scale_of(path)
            current = _step(scale, facts[path])
            for steps, value in enumerate(scale[current + 1 :], start=1):
                if value in self.values:
                    yield path, value, steps
                    break

    def calmed(self, facts: Facts) -> Because:
        """Return each such question with the nearest calmer answer that is none of these."""
        return {
            _answering_path(path, facts): _calmer(path, facts, self.values)
            for path in self.of
            if facts[path] in self.values
        }


class SignAnswered(msgspec.Struct, frozen=True):
    """One sign, answered by name, has this answer. Made from ``routines/signs.toml``."""

    path: str
    sign: str
    value: str

    def because(self, facts: Facts) -> Because | None:
        """Return the answer."""
        return {self.path: self.value} if facts["named"].get(self.sign) == self.value else None

    def raised(self, facts: Facts) -> Iterator[Raise]:
        """Yield the sign with this answer, where it is worse than the present one."""
        steps = TRI.index(self.value) - TRI.index(facts[self.path])
        if steps > 0:
            yield self.path, self.value, steps

    def calmed(self, facts: Facts) -> Because:
        """Return the sign with the next calmer answer."""
        return {self.path: TRI[TRI.index(self.value) - 1]}


class SignsNotAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="test", tag="not-asked"):
    """Some sign of these groups was never asked: in the program, or (made from ``signs.toml``) in a document."""

    groups: tuple[Literal["emergency", "today", "soon", "watch"], ...]
    signs: tuple[str, ...] = ()
    """Filled from the groups when the rule book is put together."""
    asked_only: bool = True
    """Whether it holds in the program, where such a sign rests, or in a document, where it counts as unsure."""

    def because(self, facts: Facts) -> Because | None:
        """Return the answer that stands for them all."""
        if facts["asked-only"] != self.asked_only or facts["other_signs"] != "unsure":
            return None
        return {"other_signs": "unsure"} if any(sign not in facts["named"] for sign in self.signs) else None

    def raised(self, facts: Facts) -> Iterator[Raise]:
        """Yield nothing: not having been asked cannot grow, and a sign is made worse by its name."""
        yield from ()

    def calmed(self, facts: Facts) -> Because:
        """Return the one answer for them all."""
        return {"other_signs": "no"}


class ListContains(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="test", tag="listed"):
    """A list (``context``, ``quality``) holds at least one of these."""

    of: Literal["context", "quality"]
    has: tuple[str, ...]
    uncleared: bool = False
    """Whether what a professional cleared does not count."""

    def because(self, facts: Facts) -> Because | None:
        """Return those of the list that count."""
        listed = facts[self.of]
        if not listed:
            return None
        cleared = facts["cleared"] if self.uncleared else ()
        matching = [item for item in listed if item in self.has and item not in cleared]
        return {self.of: matching} if matching else None

    def raised(self, facts: Facts) -> Iterator[Raise]:
        """Yield nothing: a condition that one lives with is not an answer that rises."""
        yield from ()

    def calmed(self, facts: Facts) -> Because:
        """Return the whole list without those that count."""
        return {self.of: [item for item in facts[self.of] if item not in self.has]}


class Missing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="test", tag="missing"):
    """None of these questions was answered."""

    of: tuple[str, ...]

    def because(self, facts: Facts) -> Because | None:
        """Return every open question."""
        for path in self.of:
            if facts[path] is not None:
                return None
        return dict.fromkeys(self.of)

    def raised(self, facts: Facts) -> Iterator[Raise]:
        """Yield nothing: nothing is worse than what is not known."""
        yield from ()

    def calmed(self, facts: Facts) -> Because:
        """Return the first question with its calmest answer."""
        first = self.of[0]
        return {first: "no" if first == "sharp" else 0}


Written = Highest | Rise | Answer | ListContains | Missing | SignsNotAsked
"""The kinds that a rule in ``rules.toml`` can name."""
Condition = Written | SignAnswered


def scale_of(path: str) -> tuple[str, ...]:
    """Return the answers of a question in words, the calmest first."""
    return SHARP if path == "sharp" else WEEK if path == "course.week" else TRI


def changed(facts: Facts, change: Because) -> Facts:
    """Return the facts as they would be with ``change``, by dotted paths as in an answers document."""
    after = {**facts, **change}
    named = {path[6:]: value for path, value in change.items() if path.startswith("signs.")}
    if named:
        after["named"] = {**facts["named"], **named}
    if "other_signs" in change:
        for path in facts:
            if path.startswith("signs.") and path[6:] not in after["named"]:
                after[path] = change["other_signs"]
    return after


def _answering_path(path: str, facts: Facts) -> str:
    return "other_signs" if path.startswith("signs.") and path[6:] not in facts["named"] else path


def _step(scale: tuple[str, ...], value: str | None) -> int:
    return 0 if value is None else scale.index(value)


def _calmer(path: str, facts: Facts, values: tuple[str, ...]) -> str:
    if _answering_path(path, facts) == "other_signs":
        return "no"
    scale = scale_of(path)
    below = scale[: scale.index(facts[path])]
    return next((value for value in reversed(below) if value not in values), scale[0])
