"""Finds phrases in a text, in English and Japanese alike: a text is tokens, and a phrase a short pattern over tokens.

A token is a word, a number, a sign, or one Japanese character. In a phrase, ``{a,b}`` is either, ``..`` some
tokens between, ``word*`` any ending of a word, ``<x>`` any of the group ``x``, and ``#38-42`` a number in that range.
No regular expression is compiled for a phrase, so that thousands are ready in some milliseconds.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

Tokens = tuple[str, ...]

_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_FOLDED: dict[int, int | str] = {
    **_HIRAGANA,
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc`\u00b4"), "'"),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015"), "-"),
}
_SMALL_VOWELS = dict(zip(map(ord, "ぁぃぅぇぉ"), "あいうえお", strict=True))
_DRAWN_OUT = re.compile("(?<=[ぁ-ん])[ー~\u301c]+")
"""As in "ながーい"; in katakana the sign is part of the word."""
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1+|([a-z])\2{2,}")
"""Consonants that people double or do not, and any letter that is drawn out; "feel" is not "fell"."""
_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")
_WORD = re.compile(r"[a-z]+(?:'t)?")
_NOT = re.compile(r"n't\b")
_IS = re.compile(r"\b(it|he|she|that|there|what|here|who|how|where|why|everything|nothing|pain)'s\b")
_SHORTENED = {"'d been": " had been", "'m": " am", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would"}
_LETTERS = r"[^\W\d_\u3005-\u30ff\u3400-\u9fff]+"
"""A word of any alphabet; kana and kanji stand singly."""
_TOKEN = re.compile(rf"{_LETTERS}|\d+(?:\.\d+)?|'s\b|[^\s'_]")
_PATTERN = re.compile(rf"#[\d.]+-[\d.]+|{_LETTERS}\*?|\d+(?:\.\d+)?|'s\b|[^\s'_]")
_LIST_END = "\x1f"
_WRITTEN = frozenset(".{}<>")
"""What a phrase has that is more than tokens."""
_PIECE = re.compile(r"(?P<gap>\.\.)|\{(?P<options>[^{}]*)\}|(?P<group><[^<>]*>)|(?:[^.{}<>]|\.(?!\.))+")


class Mention(NamedTuple):
    """Where something was found in the tokens of a sentence."""

    name: str
    start: int
    end: int

    def holds(self, other: "Mention") -> bool:
        """Return whether ``other`` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Mention") -> bool:
        """Return whether both have a token in common."""
        return self.start < other.end and other.start < self.end

    @property
    def length(self) -> int:
        """How many tokens it covers."""
        return self.end - self.start


class PhrasePlace(NamedTuple):
    """One place of a phrase: any of ``options``, after at most ``gap`` other tokens."""

    gap: int
    options: tuple[Tokens, ...]
    plain: bool
    """Whether its options are tokens as they stand, without ``*`` and ``#``."""


class Language:
    """How words are folded before they are compared: the same for a text and for the phrases looked up in it."""

    def __init__(self, spellings: Mapping[str, str], groups: Mapping[str, str], gap_ends: str) -> None:
        """Take the spellings that are read as others ("dont": "do not"), and the groups that a phrase can name.

        ``gap_ends`` are tokens that no gap of a phrase runs over.
        """
        plain = {_plain(spelling): meant for spelling, meant in spellings.items()}
        self._words = {spelling: meant for spelling, meant in plain.items() if spelling.isascii()}
        self._strings = {spelling: meant for spelling, meant in plain.items() if not spelling.isascii()}
        self.gap_ends = frozenset(self.tokens(gap_ends))
        self._groups = {f"<{self._folded(name)}>": self._folded(ways).split("|") for name, ways in groups.items()}

    def tokens(self, text: str) -> Tokens:
        """Return the tokens of ``text``."""
        return tuple(_TOKEN.findall(self._folded(text)))

    def phrases(self, lists: Sequence[tuple[str, int]]) -> Iterator[list[tuple[PhrasePlace, ...]]]:
        """Yield the slots of the phrases of each list; beside it stands how many tokens ``..`` stands for at most.

        ValueError names the phrase that cannot be read.
        """
        for written, (_, gap) in zip(self._folded_all([written for written, _ in lists]), lists, strict=True):
            yield [self._phrase(phrase.strip(), gap) for phrase in written.split("|")] if written else []

    def _folded_all(self, texts: Sequence[str]) -> Iterator[str]:
        """Yield each text folded: all at once, and those in ASCII apart, where no kana has to be looked for."""
        folded = {
            is_ascii: iter(
                self._folded(_LIST_END.join(text for text in texts if text.isascii() == is_ascii)).split(_LIST_END)
            )
            for is_ascii in (True, False)
        }
        for text in texts:
            yield next(folded[text.isascii()])

    def _folded(self, text: str) -> str:
        """Return ``text`` in one writing: NFKC, lower case, hiragana, one spelling, no doubled letters."""
        text = _WORD.sub(lambda match: self._words.get(match[0], match[0]), _plain(text))
        for spelling, meant in self._strings.items():
            text = text.replace(spelling, meant)
        if "'" in text:
            text = _IS.sub(r"\1 is", _NOT.sub(" not", text))
            for short, full in _SHORTENED.items():
                text = text.replace(short, full)
        return _DOUBLED.sub(r"\1\2", _HYPHEN.sub(" ", text))

    def _phrase(self, phrase: str, gap: int) -> tuple[PhrasePlace, ...]:
        if phrase and _WRITTEN.isdisjoint(phrase):
            return (PhrasePlace(0, (_pattern(phrase),), "*" not in phrase and "#" not in phrase),)
        slots: list[PhrasePlace] = []
        pending, at = 0, 0
        for piece in _PIECE.finditer(phrase):
            if piece.start() != at:
                break
            at = piece.end()
            if piece["gap"]:
                pending = gap
            elif (options := self._options(piece)) != ((),):
                slots.append(PhrasePlace(pending, options, "*" not in piece[0] and "#" not in piece[0]))
                pending = 0
        if at != len(phrase) or not slots or () in slots[0].options or pending:
            raise ValueError(phrase)
        return tuple(slots)

    def _options(self, piece: re.Match[str]) -> tuple[Tokens, ...]:
        """Return the ways to fill one place, the longest first, so that a phrase reaches as far as it can."""
        if piece["options"] is None and piece["group"] is None:
            return (_pattern(piece[0]),)
        written = [piece[0]] if piece["options"] is None else piece["options"].split(",")
        ways = chain.from_iterable(map(self._ways, written))
        return tuple(sorted(map(_pattern, ways), key=len, reverse=True))

    def _ways(self, option: str) -> list[str]:
        """Return what an option stands for: itself, or one way for each of the group that it ends with."""
        start, named, group = option.partition("<")
        if not named:
            return [option]
        if named + group not in self._groups:
            raise ValueError(option)
        return [start + way.strip() for way in self._groups[named + group]]


class Lexicon:
    """Phrases by name, and where they stand in a sentence."""

    def __init__(self, language: Language, named: Iterable[tuple[str, str, int]]) -> None:
        """Read lists of phrases, each after its name and before its gap; ValueError where a phrase cannot be read."""
        self._gap_ends = language.gap_ends
        self._filed: dict[str, list[tuple[str, tuple[PhrasePlace, ...]]]] = {}
        names, lists = [], []
        for name, written, gap in named:
            names.append(name)
            lists.append((written, gap))
        for name, phrases in zip(names, language.phrases(lists), strict=True):
            for slots in phrases:
                for key in set(map(_key, slots[0].options)):
                    self._filed.setdefault(key, []).append((name, slots))

    def find(self, tokens: Tokens) -> list[Mention]:
        """Return every phrase in ``tokens``, each once, in order of its start."""
        mentions: dict[Mention, None] = {}
        for at in range(len(tokens)):
            for key in _keys(tokens, at):
                for name, slots in self._filed.get(key, ()):
                    end = self._end(slots, 0, tokens, at)
                    if end is not None:
                        mentions[Mention(name, at, end)] = None
        return list(mentions)

    def _end(self, slots: Sequence[PhrasePlace], number: int, tokens: Tokens, at: int) -> int | None:
        """Return where the phrase ends whose slot ``number`` stands at ``at``; None where it does not."""
        if number == len(slots):
            return at
        gap, options, plain = slots[number]
        for start in range(at, min(at + gap, len(tokens)) + 1):
            for option in options:
                stop = start + len(option)
                there = tokens[start:stop]
                if there == option or (not plain and len(there) == len(option) and all(map(_fits, option, there))):
                    end = self._end(slots, number + 1, tokens, stop)
                    if end is not None:
                        return end
            if start < len(tokens) and tokens[start] in self._gap_ends:
                return None
        return None


def _plain(text: str) -> str:
    text = _DRAWN_OUT.sub("", unicodedata.normalize("NFKC", text).casefold())
    return text.translate(_FOLDED).translate(_SMALL_VOWELS)


def _pattern(text: str) -> Tokens:
    return tuple(_PATTERN.findall(text))


def _key(option: Tokens) -> str:
    """Return under what a phrase that starts so is filed: its first two tokens where these are plain, else one."""
    two = " ".join(option[:2])
    if "*" not in two and "#" not in two:
        return two
    return "#" if option[0][0] == "#" else option[0]


def _keys(tokens: Tokens, at: int) -> Iterator[str]:
    """Yield under what a phrase that starts at ``at`` can be filed."""
    token = tokens[at]
    yield token
    if at + 1 < len(tokens):
        yield f"{token} {tokens[at + 1]}"
    if token[0].isdigit():
        yield "#"
    elif len(token) > 1:
        for length in range(2, len(token) + 1):
            yield f"{token[:length]}*"


def _fits(pattern: str, token: str) -> bool:
    if pattern[-1] == "*" and len(pattern) > 1:
        return token.startswith(pattern[:-1])
    if pattern[0] == "#" and len(pattern) > 1:
        low, high = pattern[1:].split("-")
        return token[0].isdigit() and float(low) <= float(token) <= float(high)
    return pattern == token
