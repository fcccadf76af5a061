"""Reads which signs a person's own words name, in English and Japanese.

The method is that of NegEx and ConText (Chapman 2001, Harkema 2009), which read clinical notes: find what is named,
then the cues beside it (denied, past, another person's, only supposed) and how far each cue reaches. Step by step:

1. The text becomes sentences of tokens, in which the phrases of ``routines/freewords.toml`` are looked up: body parts,
   findings and cues. This module knows no word of its own.
2. A cue takes out the findings that it reaches. What is left was said of the person, and of now.
3. Each finding belongs to a body part: the one that it stands with, else the last that was named.
4. A reading such as ``leg/calf + swollen - both`` holds where one body part has all that it names.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec

from coach.domain.triage.answers import Quality, Sharp, Tri, When
from coach.domain.triage.phrase_book import SMALL_WORDS, Alternative, Meaning, PhraseBook, Phrases
from coach.domain.triage.phrases import Language, Lexicon, Mention, Tokens

T = TypeVar("T")

SHORT = 17
"""A sentence of at most so many tokens that only says "it is gone" is about the sentence before it."""
COMMAS = frozenset(",、/")
ENDS = frozenset(".!?。;")


class Suggestion(msgspec.Struct, frozen=True):
    """What the words suggest, to be confirmed by the person; never an answer by itself."""

    quality: tuple[Quality, ...] = ()
    when: tuple[When, ...] = ()
    sharp: Sharp | None = None
    hot: Tri | None = None
    signs: tuple[str, ...] = ()
    """Signs that may be there; each is asked."""


class Sentence(msgspec.Struct):
    """What stands in one sentence."""

    tokens: Tokens
    parts: list[Mention]
    findings: dict[Mention, Meaning | None]
    """Each finding, and why it does not count; None where it is there, now, and the person's."""
    grammar: dict[str, list[Mention]]
    """Small words, by the field of the phrase book that lists them."""

    def small(self, *fields: str) -> list[Mention]:
        """Return the small words of some fields."""
        return [span for field in fields for span in self.grammar.get(field, ())]


class OwnWordsReader:
    """Reads texts by a phrase book. Made once: it takes some milliseconds. ValueError where a phrase cannot be read."""

    def __init__(self, book: PhraseBook) -> None:
        """Prepare the phrases of ``book``."""
        self._book = book
        self._language = Language(book.spellings, book.groups, " ".join(book.gap_ends.values()).replace("|", " "))
        self._parts = self._lexicon((name, part.words) for name, part in book.parts.items())
        self._findings = self._lexicon((name, finding.words) for name, finding in book.findings.items())
        self._grammar = self._lexicon((field, getattr(book, field)) for field in SMALL_WORDS)
        self._cues = self._lexicon((str(number), {cue.language: cue.words}) for number, cue in enumerate(book.cues))
        self._limits = [
            self._lexicon([("until", {cue.language: cue.until}), ("unless", {cue.language: cue.unless})])
            for cue in book.cues
        ]
        self._unended = frozenset(self._language.tokens(" ".join(book.unended.values())))
        self._readings = [(reading, [Alternative.of(line) for line in reading.any]) for reading in book.readings]

    def read(self, text: str) -> Suggestion:
        """Return what ``text`` suggests; English and Japanese are both read, as people mix them."""
        frames = self._frames(self._sentences(text))
        held = [
            reading
            for reading, alternatives in self._readings
            if any(alternative.holds(frame) for alternative in alternatives for frame in frames)
        ]
        return Suggestion(
            quality=_each(reading.quality for reading in held),
            when=_each(reading.when for reading in held),
            sharp=next((reading.sharp for reading in held if reading.sharp), None),
            hot=next((reading.hot for reading in held if reading.hot), None),
            signs=_each(reading.signs for reading in held),
        )

    def _lexicon(self, named: Iterable[tuple[str, Phrases]]) -> Lexicon:
        items = ((name, *item) for name, by_language in named for item in by_language.items())
        gaps = self._book.gaps
        return Lexicon(self._language, ((name, written, gaps.get(spoken, 0)) for name, spoken, written in items))

    def _sentences(self, text: str) -> list[Sentence]:
        """Return the sentences of ``text``, with what the cues in each take out of it and of the one before."""
        sentences: list[Sentence] = []
        for tokens in self._split(text):
            before = sentences[-1] if sentences else None
            sentence = self._look_up(tokens)
            if before and before.tokens[-1] == "?":
                _answer(before, sentence)
            for cue in self._cues_of(sentence):
                self._apply(cue, sentence, before)
            sentences.append(sentence)
        return sentences

    def _split(self, text: str) -> Iterator[Tokens]:
        """Yield the tokens of each sentence; a line that cannot end where it does goes on in the next."""
        sentence: list[str] = []
        for line in text.splitlines():
            if sentence and sentence[-1] not in self._unended:
                yield (*sentence, ".")
                sentence = []
            for token in self._language.tokens(line):
                sentence.append(token)
                if token in ENDS:
                    yield tuple(sentence)
                    sentence = []
        if sentence:
            yield (*sentence, ".")

    def _look_up(self, tokens: Tokens) -> Sentence:
        grammar: dict[str, list[Mention]] = {}
        for span in self._grammar.find(tokens):
            grammar.setdefault(span.name, []).append(span)
        ignored = grammar.get("ignored", [])
        parts = _longest(_outside(ignored, self._parts.find(tokens)))
        findings = _outside(ignored, self._findings.find(tokens))
        return Sentence(tokens, parts, dict.fromkeys(findings), grammar)

    def _cues_of(self, sentence: Sentence) -> list[Mention]:
        """Return the cues that mean what they mean: none that a finding, a longer cue or another phrase holds."""
        free = _outside(sentence.small("not_cues"), self._cues.find(sentence.tokens))
        free = [cue for cue in free if self._means(cue) != "other-part" or self._other_parts(cue, sentence)]
        return _longest([cue for cue in free if not any(finding.holds(cue) for finding in sentence.findings)])

    def _apply(self, span: Mention, sentence: Sentence, before: Sentence | None) -> None:
        """Take out what one cue is about."""
        number = int(span.name)
        cue = self._book.cues[number]
        if cue.means == "other-part":
            sentence.parts = self._other_parts(span, sentence) or sentence.parts
            return
        colon = max((at + 1 for at, mark in enumerate(sentence.tokens[: span.start]) if mark == ":"), default=0)
        if cue.opens and not _only(sentence.small("joins", "clause_ends"), colon, span.start):
            return
        limits = _outside(sentence.small("not_cues"), self._limits[number].find(sentence.tokens))
        stops = _outside([span], [limit for limit in limits if limit.name == "until"])
        voids = [limit for limit in limits if limit.name == "unless"]
        if cue.means == "resolved":
            if not voids:
                self._resolve(span, sentence, before)
            return
        low = high = span.start
        if cue.stands != "after":
            high = min([span.end + cue.within, *(stop.start for stop in stops if stop.start >= span.end)])
            if cue.means == "denied":
                high = min(high, _list_end(span, sentence))
        if cue.stands != "before":
            low = max([0, *(stop.end for stop in stops if stop.end <= span.start)])
            high = max(high, span.end)
        reached = [
            finding
            for finding in sentence.findings
            if low <= finding.start < high and finding.end >= span.start - cue.within
        ]
        if not any(low <= void.start < high for void in voids):
            self._take_out(sentence, reached, cue.means)

    def _means(self, cue: Mention) -> Meaning:
        return self._book.cues[int(cue.name)].means

    def _other_parts(self, span: Mention, sentence: Sentence) -> list[Mention]:
        """Return the parts that are not set against these; none where the cue touches no part, or there are no others.

        Without others, "not the knee" denies as any "not" does.
        """
        after = self._book.cues[int(span.name)].stands == "after"
        touched = {
            part.name for part in sentence.parts if (part.end == span.start if after else part.start == span.end)
        }
        return [part for part in sentence.parts if part.name not in touched] if touched else []

    def _resolve(self, span: Mention, sentence: Sentence, before: Sentence | None) -> None:
        """Take out what is gone: what the cue's own clause names, else what was named before it."""
        earlier = [finding for finding in sentence.findings if finding.end <= span.start and not self._shared(finding)]
        clause = max((end.end for end in sentence.small("clause_ends") if end.end <= span.start), default=0)
        own = [finding for finding in earlier if finding.start >= clause]
        if own:
            self._take_out(sentence, _coordinated(own, earlier, sentence.small("joins", "links")), "resolved")
        elif earlier:
            self._take_out(sentence, earlier, "resolved")
        elif before and not sentence.parts and len(sentence.tokens) <= SHORT:
            self._take_out(before, list(before.findings), "resolved")

    def _shared(self, finding: Mention) -> bool:
        """Return whether a finding is a circumstance of its whole sentence, such as "suddenly"."""
        return self._book.findings[finding.name].reach == "sentence"

    def _take_out(self, sentence: Sentence, findings: Iterable[Mention], meaning: Meaning) -> None:
        for span in findings:
            lasting = self._book.findings[span.name].lasting and meaning in ("past", "resolved")
            if not lasting and sentence.findings[span] is None:
                sentence.findings[span] = meaning

    def _frames(self, sentences: Sequence[Sentence]) -> set[frozenset[str]]:
        """Return the names of what each body part has, sentence by sentence and over the whole note.

        What no part stands with belongs to the last part named before, else to the first named later.
        """
        topic = next((part for sentence in sentences for part in self._its(sentence)), self._book.default_part)
        by_sentence: list[set[str]] = []
        by_part: dict[str, set[str]] = {}
        person: set[str] = set()
        for sentence in sentences:
            there = [span for span, meaning in sentence.findings.items() if meaning is None]
            frames: dict[str, set[str]] = {}
            for span in there:
                for part in _parts_of(span, sentence) or [topic]:
                    frames.setdefault(part, {part}).add(span.name)
            shared = {span.name for span in there if self._shared(span)}
            shared |= {f"@{part.name}" for part in sentence.parts}
            person |= {span.name for span in there if self._book.findings[span.name].reach == "note"}
            for part, frame in frames.items():
                by_sentence.append(frame | shared)
                by_part.setdefault(part, set()).update(frame | shared)
            topic = next(reversed(self._its(sentence)), topic)
        return {frozenset(frame | person) for frame in (*by_sentence, *by_part.values())}

    def _its(self, sentence: Sentence) -> list[str]:
        """Return the parts of a sentence that "it" can mean, in their order."""
        return [
            part.name for part in sorted(sentence.parts, key=lambda part: part.start) if self._book.parts[part.name].it
        ]


def _parts_of(finding: Mention, sentence: Sentence) -> list[str]:
    """Return the parts that a finding stands with; none without parts.

    It is the linked one behind it, else the nearest before it in its own clause, else both the nearest before that
    clause and the next in it: "the knee is fine, but there is pressure in the middle of my chest".
    """
    links = sentence.small("links")
    within = [part for part in sentence.parts if finding.holds(part) or part.holds(finding)]
    behind = [part for part in sentence.parts if part.start >= finding.end]
    linked = [part for part in behind if _only(links, finding.end, part.start)]
    ahead = sorted((part for part in sentence.parts if part.end <= finding.start), key=lambda part: -part.end)
    start, end = _clause(finding, sentence)
    own_ahead = [part for part in ahead if part.start >= start]
    own_behind = [part for part in behind if part.start < end]
    # The one before the clause stays beside the one behind: "my calf is odd, suddenly swollen since I hit the knee".
    nearest = within[:1] or linked[:1] or own_ahead[:1] or [*ahead[:1], *own_behind[:1]] or behind[:1]
    return [part.name for part in _coordinated(nearest, sentence.parts, [*links, *sentence.small("joins")])]


def _clause(finding: Mention, sentence: Sentence) -> tuple[int, int]:
    """Return where the clause of a finding starts and ends."""
    ends = sentence.small("clause_ends")
    start = max((word.end for word in ends if word.end <= finding.start), default=0)
    return start, min((word.start for word in ends if word.start >= finding.end), default=len(sentence.tokens))


def _coordinated(chosen: Sequence[Mention], every: Iterable[Mention], joins: Sequence[Mention]) -> list[Mention]:
    """Return ``chosen`` and those of ``every`` that only joining words part from it: "swelling and redness"."""
    group = list(chosen)
    rest = [span for span in every if span not in group]
    while more := [
        span
        for span in rest
        if any(_only(joins, span.end, member.start) or _only(joins, member.end, span.start) for member in group)
    ]:
        group += more
        rest = [span for span in rest if span not in more]
    return group


def _only(spans: Sequence[Mention], start: int, end: int) -> bool:
    """Return whether nothing but ``spans`` stands between ``start`` and ``end``."""
    return start <= end and all(any(span.start <= at < span.end for span in spans) for at in range(start, end))


def _list_end(cue: Mention, sentence: Sentence) -> int:
    """Return where the list of what ``cue`` denies ends: "no fever, redness or swelling, chest pain since Monday"."""
    ors = sentence.small("ors")
    joints = [
        joint
        for joint in sentence.small("joins")
        if joint.start >= cue.end and not any(word.holds(joint) for word in ors)
    ]
    for number, joint in enumerate(joints):
        end = joints[number + 1].start if joint is not joints[-1] else len(sentence.tokens)
        if any(word.start == joint.end for word in ors):
            continue
        listed = any(cue.end <= finding.start and finding.end <= joint.start for finding in sentence.findings)
        goes_on = any(joint.end <= finding.start < end for finding in sentence.findings)
        over = any(joint.end <= word.start < end for word in sentence.small("fresh"))
        comma = sentence.tokens[joint.start] in COMMAS
        longer = len(joints) > 1 or any(word.start > joint.start for word in ors)
        if not listed or not goes_on or over or (comma and not longer):
            return joint.start
    return len(sentence.tokens)


def _answer(question: Sentence, reply: Sentence) -> None:
    """Let "no" and "yes" answer what the sentence before asked."""
    no, yes = (any(span.start == 0 for span in reply.small(field)) for field in ("no", "yes"))
    for span, meaning in question.findings.items():
        if no:
            question.findings[span] = "denied"
        elif yes and meaning == "supposed":
            question.findings[span] = None


def _longest(spans: Sequence[Mention]) -> list[Mention]:
    """Return those that have no token in common with a longer one, or with one as long that begins before."""
    return [
        span
        for span in spans
        if not any(each.meets(span) and (each.length, -each.start) > (span.length, -span.start) for each in spans)
    ]


def _outside(masks: Sequence[Mention], spans: Iterable[Mention]) -> list[Mention]:
    """Return those of ``spans`` with which no mask, at least as long, has a token in common."""
    return [span for span in spans if not any(mask.meets(span) and mask.length >= span.length for mask in masks)]


def _each(several: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(item for some in several for item in some))
