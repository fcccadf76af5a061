"""What content says beside the stretches: habits, icing, care-lines, sources, tips, pages and phrases, as types."""

from typing import Literal

import msgspec

from coach.domain.answers import Quality, Sharp, Tri, When
from coach.domain.levels import Advice
from coach.domain.stretch import Figure, Said


class Habit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One habit to keep in mind for two weeks (``routines/habits.toml``)."""

    id: str
    name: Said
    why: Said
    how: Said
    nudge: Said
    """One short line at the desk; a neutral popup says its own words instead."""
    ask: Said
    """The evening's question, answered yes or no; yes is the kinder side for the knee."""
    beyond: bool = False
    figure: Figure | None = None
    """From the habit to the kinder way, as a stretch goes from ease to hold."""
    source: tuple[str, ...]


class IceLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One condition, one rule, one stop sign, or one thing to look for on the skin."""

    id: str
    text: Said
    source: tuple[str, ...]


class Icing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How cold is used (``routines/icing.toml``), in words; ``coach.domain.icing`` keeps the times."""

    conditions: tuple[IceLine, ...]
    """Conditions for which one asks a professional before icing."""
    rules: tuple[IceLine, ...]
    skin_checks: tuple[IceLine, ...]
    stop_signs: tuple[IceLine, ...]
    figure: Figure | None = None
    """How one lies while it cools."""
    source: tuple[str, ...]


class CareLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom to call or see for one level of advice in one region."""

    advice: Advice
    number: str | None = None
    """What to dial, as dialled; None where there is no number to give."""
    text: Said
    """One or two sentences that can be read aloud; ``{number}`` is the number."""


class Region(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The care-lines of one region (``routines/care-lines.toml``)."""

    id: str
    name: Said
    codes: tuple[str, ...]
    """The region codes of a profile that mean this region."""
    emergency: str | None = None
    """The number of the ambulance; None: nobody knows it here."""
    lines: tuple[CareLine, ...]
    source: tuple[str, ...]


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a fact beyond the article comes from (``routines/sources.toml``)."""

    id: str
    kind: Literal["guidance", "paper", "rule", "standard", "proposal"]
    """``proposal``: ours, which no clinician has reviewed."""
    title: Said
    read: Literal["copy", "recall", "none"]
    """Whether a stored copy was read, or it is named from memory; ``none`` for a proposal of our own."""
    about: Said | None = None


class Tip(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One sentence for a spare moment (``routines/tips.toml``)."""

    id: str
    topic: Literal["posture", "shoes", "timing", "stretching", "rest", "ice", "attitude", "own"]
    text: Said
    beyond: bool = False
    source: tuple[str, ...]
    own: bool = False


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page to read (``routines/learn/<language>/<id>.md``); ``text`` is Markdown."""

    id: str
    title: str
    order: int
    sources: tuple[str, ...]
    beyond: bool = False
    text: str


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
