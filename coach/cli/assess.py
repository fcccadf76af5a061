"""``coach assess``: the decision alone, from an answers document. Nothing else is read, and nothing is kept."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from io import BytesIO
from typing import Any, BinaryIO

import msgspec

from coach.actions.triage.answers_document import parse, printable, read_answers
from coach.cli import output
from coach.cli.context import CommandContext
from coach.domain.triage.answers import Answers
from coach.domain.triage.decision import decide
from coach.domain.triage.rules import RuleBook
from coach.domain.triage.what_if import would_change
from coach.errors import CoachError, DataError
from coach.words import Words
from coach.words.decision import Teller, brief_document

MAX_BYTES = 1_000_000
"""No document of answers is longer; what is, is a device, or another file."""


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take a file or standard input, and one of three forms of the answer."""
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help=words("decision.file"))
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=words("cli.json"))
    form.add_argument("--jsonl", action="store_true", help=words("decision.jsonl"))
    parser.add_argument("--brief", action="store_true", help=words("decision.brief"))
    parser.add_argument("--region", default="other", help=words("decision.region"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Decide on the document, or on each line; DataError (65) where one is wrong."""
    book = context.home.content.rules
    with opened(args.file) as file:
        if args.jsonl:
            return _stream(_lines(file, args.file), Assessor(book, context.words, args.region, brief=args.brief))
        document = parse(bounded(file.read(MAX_BYTES + 1), args.file), context.words)
    assessor = Assessor(book, context.words, args.region)
    answers = read_answers(document, book, context.words)
    if args.json:
        context.say_json(assessor.document(answers))
    else:
        context.say(assessor.text(answers))
    return 0


class Assessor:
    """Decides on answers and says it, as a document or as text."""

    def __init__(self, book: RuleBook, words: Words, region: str, *, brief: bool = False) -> None:
        """Decide by ``book``; ``brief`` leaves out the texts and what would change the decision."""
        self.book = book
        self.words = words
        self.brief = brief
        self.teller = Teller(words, book, region)

    def text(self, answers: Answers) -> str:
        """Return the decision as text."""
        decision = decide(answers, self.book)
        return self.teller.text(decision, would_change(answers, self.book, decision))

    def document(self, answers: Answers) -> dict[str, Any]:
        """Return the decision as a document."""
        decision = decide(answers, self.book)
        if self.brief:
            return brief_document(decision)
        return self.teller.document(decision, would_change(answers, self.book, decision))


def opened(name: str) -> AbstractContextManager[BinaryIO]:
    """Return the file, or standard input for ``-`` (empty where it is closed); CoachError where it cannot be read."""
    if name == "-":
        return nullcontext(sys.stdin.buffer if sys.stdin else BytesIO())
    from coach.actions.named_file import named_path

    try:
        return named_path(name).open("rb")
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise CoachError("answers.unreadable", file=printable(name, 300), detail=detail) from error


def bounded(data: bytes, name: str) -> bytes:
    """Return what was read of the file ``name``; CoachError where it goes on beyond any document of answers."""
    if len(data) > MAX_BYTES:
        raise CoachError("keep.error.too-large", path=printable(name, 300), most=MAX_BYTES)
    return data


def _stream(lines: Iterator[bytes], assessor: Assessor) -> int:
    """Answer line by line, each at once, so that a program at the other end of a pipe need not wait."""
    status = 0
    for line in lines:
        try:
            answers = read_answers(parse(line, assessor.words), assessor.book, assessor.words)
            answer = assessor.document(answers)
        except DataError as error:
            answer = {"error": "; ".join(error.problems)}
            status = error.exit_code
        output.say_json_text(msgspec.json.encode(answer).decode())
        output.flush()
    return status


def _lines(file: BinaryIO, name: str) -> Iterator[bytes]:
    while line := bounded(file.readline(MAX_BYTES + 1), name):
        if line.strip():
            yield line
