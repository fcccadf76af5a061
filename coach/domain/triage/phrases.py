"""Phrases of people's own words, and the answers that they suggest: types that ``routines/freewords.toml`` fills."""

import msgspec

from coach.domain.triage.answers import Quality, Sharp, Tri, When


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Some phrases of people's own words, and the answers that they suggest (``routines/freewords.toml``)."""

    phrases: dict[str, tuple[str, ...]]
    quality: tuple[Quality, ...] = ()
    when: tuple[When, ...] = ()
    sharp: Sharp | None = None
    hot: Tri | None = None
    signs: tuple[str, ...] = ()


class PhraseBook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All phrases, and the words that deny one."""

    negations: dict[str, tuple[str, ...]]
    words: tuple[Entry, ...]
