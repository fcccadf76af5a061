"""A person's own words into suggested answers, by the phrases of ``routines/freewords.toml``; the words stay."""

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

import msgspec

from coach.domain.triage.answers import Quality, Sharp, Tri, When
from coach.domain.triage.phrases import Entry

if TYPE_CHECKING:
    from coach.content import Content

T = TypeVar("T")

_BEFORE = 2
"""How many words before a phrase a negation reaches."""
_BEHIND = 6
"""How many letters behind a Japanese phrase a negation reaches."""
_STOPS = "、。,.!?!?\n"
_AFTER_STOPS = re.compile(f"[{_STOPS}]")


class Found(msgspec.Struct, frozen=True):
    """A phrase that was found, and the entry that it belongs to."""

    phrase: str
    entry: Entry


class Suggestion(msgspec.Struct, frozen=True):
    """What the words suggest, to be confirmed by the person; never an answer by itself."""

    quality: tuple[Quality, ...] = ()
    when: tuple[When, ...] = ()
    sharp: Sharp | None = None
    hot: Tri | None = None
    signs: tuple[str, ...] = ()
    """Signs that may be there; each is asked."""
    found: tuple[Found, ...] = ()
    """Why: the phrases, in the order of the file."""


def suggest(text: str, language: str, content: "Content") -> Suggestion:
    """Return what ``text`` suggests; phrases of every language count, as people mix them, ``language`` being first."""
    phrases = content.phrases
    plain = _plain(text)
    found = tuple(
        Found(phrase, entry) for entry in phrases.words if (phrase := _first(entry, plain, phrases.negations, language))
    )
    return Suggestion(
        quality=_each(one.entry.quality for one in found),
        when=_each(one.entry.when for one in found),
        sharp=next((one.entry.sharp for one in found if one.entry.sharp), None),
        hot=next((one.entry.hot for one in found if one.entry.hot), None),
        signs=_each(one.entry.signs for one in found),
        found=found,
    )


def _first(entry: Entry, text: str, negations: dict[str, tuple[str, ...]], language: str) -> str | None:
    """Return the first phrase of ``entry`` that ``text`` holds and does not deny."""
    for spoken in sorted(entry.phrases, key=lambda one: one != language):
        for phrase in entry.phrases[spoken]:
            if _said(phrase, spoken, text, negations.get(spoken, ())):
                return phrase
    return None


def _said(phrase: str, language: str, text: str, negations: tuple[str, ...]) -> bool:
    plain = re.escape(_plain(phrase))
    if language == "ja":
        return any(not _denied_behind(text[hit.end() :], negations) for hit in re.finditer(plain, text))
    return any(not _denied_before(text[: hit.start()], negations) for hit in re.finditer(rf"\b{plain}\b", text))


def _denied_before(text: str, negations: tuple[str, ...]) -> bool:
    words = _AFTER_STOPS.split(text)[-1].split()[-_BEFORE:]
    return any(word in negations for word in words)


def _denied_behind(text: str, negations: tuple[str, ...]) -> bool:
    near = _AFTER_STOPS.split(text)[0][:_BEHIND]
    return any(word in near for word in negations)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def _each(several: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(one for some in several for one in some))
