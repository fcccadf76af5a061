"""Reads an answers document, whole: every problem is one line with its path, and nothing wrong gets through."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from coach.domain.triage.answers import MOST_POINTS, SHARP, TRI, WEEK, Answers, Context, Course, Pain, Quality, When
from coach.domain.triage.rules import RuleBook
from coach.errors import DataError
from coach.words import Words

MOST_DAYS = 1_000_000
"""No day count is larger; what is, is a slip."""
_COUNTS = ("symptom_days", "rest_days", "paused_days", "pauses_14d")
_LONGEST = 40
"""Characters of a wrong value that are shown."""


class Repeating(dict[str, Any]):
    """A JSON object that gave some keys twice."""

    twice: tuple[str, ...] = ()


def parse(text: bytes | str, words: Words) -> Any:
    """Return the JSON of ``text``, with repeated keys noted; DataError with one line where it is not JSON."""
    import json  # here, as most check-ins come without a document: 2.5 ms

    try:
        shown = text.decode("utf-8-sig") if isinstance(text, bytes) else text
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
    reader = _Reader(book, words or Words("en"))
    answers = reader.answers(document)
    if reader.problems:
        raise DataError(problems=tuple(reader.problems))
    return answers


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
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    keys = [key for key, _ in pairs]
    repeating = Repeating(found)
    repeating.twice = tuple(key for key in found if keys.count(key) > 1)
    return repeating


class _Reader:
    """Reads one document and collects what is wrong with it; a wrong value is read as if it were absent."""

    def __init__(self, book: RuleBook, words: Words) -> None:
        self.book = book
        self.words = words
        self.problems: list[str] = []

    def answers(self, document: Any) -> Answers:
        found = self.table("", document, Answers.__struct_fields__)
        return Answers(
            pain=self.pain(found.get("pain", {})),
            quality=self.several("quality", found, get_args(Quality)),
            when=self.several("when", found, get_args(When)),
            sharp=self.choice("sharp", found, "sharp", SHARP),
            hot=self.choice("hot", found, "hot", TRI),
            signs=self.signs(found.get("signs", {})),
            other_signs=self.choice("other_signs", found, "other_signs", TRI[:2]) or "unsure",
            context=self.several("context", found, get_args(Context)),
            course=self.course(found.get("course", {})),
        )

    def pain(self, document: Any) -> Pain:
        found = self.table("pain", document, Pain.__struct_fields__)
        points = {
            name: self.number(f"pain.{name}", value, MOST_POINTS) for name, value in found.items() if value is not None
        }
        return Pain(**points)

    def course(self, document: Any) -> Course:
        found = self.table("course", document, Course.__struct_fields__)
        days: dict[str, Any] = {
            name: self.number(f"course.{name}", found[name], MOST_DAYS) for name in _COUNTS if name in found
        }
        if "week" in found:
            days["week"] = self.choice("course.week", found, "week", WEEK)
        return Course(**{name: value for name, value in days.items() if value is not None})

    def signs(self, document: Any) -> dict[str, Any]:
        found = self.table("signs", document, self.book.signs)
        return {sign: self.choice(f"signs.{sign}", found, sign, TRI) for sign in found}

    def table(self, path: str, document: Any, known: Iterable[str]) -> Mapping[str, Any]:
        """Return the known entries of an object; what else it holds is a problem."""
        if not isinstance(document, dict):
            self.problem("not-object", path or self.words("answers.document"), value=shown(document))
            return {}
        prefix = f"{path}." if path else ""
        for key in getattr(document, "twice", ()):
            self.problem("twice", prefix + printable(key))
        known = known if isinstance(known, Mapping) else tuple(known)
        if document.keys() <= set(known):
            return document
        for key in document:
            if key not in known:
                self.unknown(prefix + printable(key), key, list(known), "sign" if path == "signs" else "key")
        return {key: value for key, value in document.items() if key in known}

    def unknown(self, path: str, key: str, known: Sequence[str], kind: str) -> None:
        from difflib import get_close_matches

        near = get_close_matches(key[:_LONGEST], known, n=1)
        if near:
            self.problem(f"unknown-{kind}-near", path, near=near[0])
        elif kind == "sign":
            self.problem("unknown-sign", path)
        else:
            self.problem("unknown-key", path, known=", ".join(known))

    def number(self, path: str, value: Any, most: int) -> int | None:
        if not isinstance(value, int) or isinstance(value, bool):
            self.problem("not-whole", path, value=shown(value))
        elif not 0 <= value <= most:
            self.problem("not-between", path, value=shown_number(value), low=0, high=most)
        else:
            return value
        return None

    def choice(self, path: str, found: Mapping[str, Any], key: str, choices: Sequence[str]) -> Any:
        if key not in found:
            return None
        value = found[key]
        if isinstance(value, str) and value in choices:
            return value
        self.problem("not-one-of", path, value=shown(value), choices=", ".join(choices))
        return None

    def several(self, key: str, found: Mapping[str, Any], choices: Sequence[str]) -> tuple[Any, ...]:
        values = found.get(key, ())
        if key in found and not isinstance(values, list):
            self.problem("not-list", key, value=shown(values))
            return ()
        for index, value in enumerate(values):
            if not (isinstance(value, str) and value in choices):
                self.problem("not-one-of", f"{key}[{index}]", value=shown(value), choices=", ".join(choices))
        return tuple(values)

    def problem(self, reason: str, path: str, **values: object) -> None:
        self.problems.append(self.words(f"answers.{reason}", path=path, **values))


def shown_number(value: int) -> str:
    """Return a whole number, one of thousands of digits as such (which Python would refuse to write)."""
    return str(value) if abs(value) < 10**_LONGEST else "…"
