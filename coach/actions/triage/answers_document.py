"""Read an answers document: every problem is one line with its path, and nothing wrong gets through."""

from collections.abc import Iterable, Iterator
from typing import Any, get_args

import msgspec

from coach.domain.triage.answers import SHARP, TRI, WEEK, Answers, Context, Quality, Sharp, Side, Tri, When
from coach.domain.triage.rules import RuleBook
from coach.errors import DataError
from coach.validation import Key, Problem, problems_of
from coach.words import Words

_SENTENCES = {"twice": "twice", "type-number": "not-whole", "type-list": "not-list", "type-table": "not-object"}
_LONGEST = 40
"""Characters of a wrong value that are shown."""


class _Document(Answers, frozen=True, forbid_unknown_fields=True):
    """Answers as a document holds them: one that is there is given, and not null."""

    sharp: Sharp = "no"
    hot: Tri = "no"
    side: Side = "both"


class Repeating(dict[str, Any]):
    """A JSON object that gave some keys twice."""

    twice: tuple[str, ...] = ()


def parse(text: bytes | str, words: Words) -> Any:
    """Return the JSON of ``text``, with repeated keys noted; DataError with one line where it is not JSON."""
    import json  # here, as most check-ins come without a document: 2.5 ms

    try:
        shown = text.decode(json.detect_encoding(text)) if isinstance(text, bytes) else text
        return json.loads(shown, object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        raise DataError(problems=(words("answers.not-text"),)) from error
    except json.JSONDecodeError as error:
        key = "answers.not-json" if error.doc.strip() else "answers.empty"
        raise DataError(problems=(words(key, line=error.lineno, column=error.colno),)) from error
    except (ValueError, RecursionError) as error:
        raise DataError(problems=(words("answers.not-json", line=1, column=1),)) from error


def read_answers(document: Any, book: RuleBook, words: Words | None = None) -> Answers:
    """Return ``document`` as answers; DataError with every problem, in ``words``, where anything is wrong.

    An unknown key or id, a wrong type or range is a problem: ``pain.walking: 11 is not between 0 and 10``.
    """
    if problems := _Reader(book, words or Words("en")).problems(document):
        raise DataError(problems=tuple(problems))
    return msgspec.convert(document, Answers)


def shown(value: Any) -> str:
    """Return a wrong value as JSON writes it, short, with control characters escaped."""
    import json

    try:
        return printable(json.dumps(value, ensure_ascii=False))
    except RecursionError:
        return "…"


def printable(text: str, most: int = _LONGEST) -> str:
    """Return ``text`` on one line, of ``most`` characters, with what cannot be printed as an escape."""
    safe = "".join(letter if letter.isprintable() else _escaped(letter) for letter in text[: most + 1])
    return f"{safe[:most]}…" if len(text) > most else safe


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) == len(pairs):
        return document
    keys = [key for key, _ in pairs]
    repeating = Repeating(document)
    repeating.twice = tuple(key for key in document if keys.count(key) > 1)
    return repeating


class _Reader:
    """Finds what is wrong with one document, a line for each problem."""

    def __init__(self, book: RuleBook, words: Words) -> None:
        self.book = book
        self.words = words

    def problems(self, document: Any) -> list[str]:
        """Return the lines, in the order of the fields of ``Answers``; in each table first keys, then values."""
        unknown = list(self.unknown_signs(document))
        nowhere = {problem.keys for problem in unknown}  # what such a sign is answered is no second problem
        values = (problem for problem in problems_of(document, _Document) if problem.keys not in nowhere)
        return [self.line(problem) for problem in sorted((*self.repeated(document), *unknown, *values), key=_place)]

    def repeated(self, document: Any) -> Iterator[Problem]:
        """Yield the keys that an object of the document gave twice."""
        for keys, table in (((), document), *_tables(document)):
            for key in getattr(table, "twice", ()):
                yield Problem((*keys, key), "twice")

    def unknown_signs(self, document: Any) -> Iterator[Problem]:
        """Yield the signs that the rule book does not have; which there are is content, not a type."""
        signs = document.get("signs") if isinstance(document, dict) else None
        for sign in signs if isinstance(signs, dict) else ():
            if sign not in self.book.signs:
                yield Problem(("signs", sign), "unknown", allowed=tuple(self.book.signs))

    def line(self, problem: Problem) -> str:
        """Return what is wrong, with its path."""
        reason, values = self.sentence(problem)
        return self.words(f"answers.{reason}", path=_path(problem.keys) or self.words("answers.document"), **values)

    def sentence(self, problem: Problem) -> tuple[str, dict[str, object]]:
        """Return the sentence of the catalogue for a problem, and its values."""
        value = problem.value
        if problem.reason == "unknown":
            return self.unknown(problem)
        if problem.reason == "bound":
            low, high = problem.bounds
            return "not-between", {"value": shown_number(value), "low": low, "high": high}
        if problem.allowed:
            return "not-one-of", {"value": shown(value), "choices": ", ".join(_in_order(problem.allowed))}
        return _SENTENCES.get(problem.reason, "not-object"), {"value": shown(value)}

    def unknown(self, problem: Problem) -> tuple[str, dict[str, object]]:
        from difflib import get_close_matches

        kind = "sign" if problem.keys[0] == "signs" else "key"
        if near := get_close_matches(str(problem.keys[-1])[:_LONGEST], problem.allowed, n=1):
            return f"unknown-{kind}-near", {"near": near[0]}
        return f"unknown-{kind}", {"known": ", ".join(problem.allowed)}


def _tables(document: Any, keys: tuple[Key, ...] = ()) -> Iterator[tuple[tuple[Key, ...], Any]]:
    """Yield every object within a document, with its path."""
    for name, inner in document.items() if isinstance(document, dict) else ():
        yield (*keys, name), inner
        yield from _tables(inner, (*keys, name))


def _place(problem: Problem) -> tuple[int, int]:
    """Return by what problems are in order: their table, then what is wrong with its keys before its values."""
    reasons = ("twice", "unknown", problem.reason)
    of_document = not problem.keys or (len(problem.keys) == 1 and problem.reason in reasons[:2])
    table = -1 if of_document else Answers.__struct_fields__.index(str(problem.keys[0]))
    return table, reasons.index(problem.reason)


def _path(keys: Iterable[Key]) -> str:
    return "".join(f"[{key}]" if isinstance(key, int) else f".{printable(key)}" for key in keys).lstrip(".")


def _in_order(allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the values of a scale from the calmest on; a type tells them by the alphabet."""
    scales = (TRI, SHARP, WEEK, *map(get_args, (Side, Quality, When, Context)))
    return next((scale for scale in scales if set(scale) == set(allowed)), allowed)


def shown_number(value: int) -> str:
    """Return a whole number, one of thousands of digits as such (which Python would refuse to write)."""
    return str(value) if abs(value) < 10**_LONGEST else "…"
