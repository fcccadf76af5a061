"""Reads ``routines/freewords.toml`` into the reader of a person's own words."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from coach.content.read import convert, joined, problem, read_toml
from coach.domain.triage.own_words import OwnWordsReader
from coach.domain.triage.phrase_book import SMALL_WORDS, Alternative, BodyPart, Finding, PhraseBook
from coach.domain.triage.phrases import Language
from coach.errors import DataError
from coach.validation import Key


def read_own_words(path: Path) -> OwnWordsReader:
    """Return the reader that ``path`` describes; DataError with all that is wrong."""
    text, document = read_toml(path)
    book = convert(path, text, document, PhraseBook)
    if errors := tuple(_unknown_names(path, text, book)):
        raise joined(errors)
    try:
        return OwnWordsReader(book)
    except ValueError as error:
        raise joined(_unreadable(path, text, book)) from error


def _unknown_names(path: Path, text: str, book: PhraseBook) -> Iterator[DataError]:
    """Yield one error for each name in a reading, and each language of a cue, that the file does not have."""
    names, languages = book.names, ", ".join(book.gaps)
    for number, reading in enumerate(book.readings):
        for line, written in enumerate(reading.any):
            for name in sorted(Alternative.of(written).names - names):
                yield problem(path, text, "no-such-name", ("readings", number, "any", line), got=repr(name))
    for number, cue in enumerate(book.cues):
        if cue.language not in book.gaps:
            keys = ("cues", number, "language")
            yield problem(path, text, "choice", keys, got=repr(cue.language), allowed=languages)


def _unreadable(path: Path, text: str, book: PhraseBook) -> Iterator[DataError]:
    """Yield one error for each list that holds a phrase which cannot be read."""
    language = Language(book.spellings, book.groups, gap_ends="")
    for keys, written in _lists(book):
        try:
            list(language.phrases([(written, 1)]))
        except ValueError as error:
            yield problem(path, text, "phrase", keys, got=repr(str(error)))


def _lists(book: PhraseBook) -> Iterator[tuple[tuple[Key, ...], str]]:
    """Yield every list of phrases, with its place in the file."""
    tables: dict[str, Mapping[str, BodyPart | Finding]] = {"parts": book.parts, "findings": book.findings}
    for table, named in tables.items():
        for name, item in named.items():
            yield from (((table, name, "words", spoken), written) for spoken, written in item.words.items())
    for field in SMALL_WORDS:
        yield from (((field, spoken), written) for spoken, written in getattr(book, field).items())
    for number, cue in enumerate(book.cues):
        yield from ((("cues", number, field), getattr(cue, field)) for field in ("words", "until", "unless"))
