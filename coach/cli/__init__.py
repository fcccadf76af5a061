"""The ``coach`` command: finds the verb, imports its module alone, and turns errors into one clear line.

A verb's module has ``arguments(parser, words)`` and ``run(args, desk) -> int``; ``args.verb`` names the verb. Beside
the verbs stand what they share: ``context`` (home, words, streams), ``parser``, ``questions`` (asked at a terminal) and
``plain`` (a session in lines).
"""

import io
import os
import sys
from collections.abc import Sequence

from coach.cli import output
from coach.cli.context import CommandContext
from coach.errors import CoachError, DataError
from coach.full_width import narrow
from coach.words import LANGUAGES, Words, locale_language
from coach.words.system import error_text, system_reason

VERBS: dict[str, str] = {
    "web": "web",
    "setup": "setup",
    "today": "today",
    "check-in": "check_in",
    "assess": "assess",
    "hurts": "hurts",
    "seen": "seen",
    "start": "start",
    "ice": "ice",
    "habit": "habit",
    "goals": "goals",
    "reminders": "reminders",
    "break": "take_break",
    "snooze": "snooze",
    "skip": "snooze",
    "pause": "snooze",
    "resume": "snooze",
    "agent": "agent",
    "autostart": "autostart",
    "status": "status",
    "history": "history",
    "summary": "summary",
    "routines": "routines",
    "export": "export",
    "import": "export",
    "sync": "sync",
    "erase": "export",
    "self-test": "self_test",
}
"""Verb to the module of ``coach.cli`` that does it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    language = _pop_language(arguments)
    _prepare_streams()
    try:
        context = CommandContext.open(language)
    except CoachError as error:
        output.complain(error_text(error, Words(language or locale_language())))
        return error.exit_code
    try:
        return _run(arguments, context)
    finally:
        _report_damage(arguments, context)


def _prepare_streams() -> None:
    """Let the command speak where a stream was closed before it began, or cannot show every letter."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 -- lives as long as the process
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _run(arguments: list[str], context: CommandContext) -> int:
    """Run the command and return its exit status; where the system would not, such as on a full disk, say so."""
    try:
        status = _run_reporting_errors(arguments, context)
        output.flush()
    except BrokenPipeError:
        _close_stdout()
        return 0
    except OSError as error:
        _close_stdout()
        why = system_reason(error.strerror or str(error), context.words)
        context.complain(context.words("cli.failed", why=why, where=error.filename or "stdout"))
        return _status_after_failure(context)
    return status


def _status_after_failure(context: CommandContext) -> int:
    """Return 1; but 0 where all that was entered is kept, and say so: who is told that it failed enters it again."""
    records = context.home.records if "records" in vars(context.home) else None
    if records is None or not records.has_kept:
        return 1
    context.complain(context.words("records.kept"))
    return 1 if records.write_failed else 0


def _close_stdout() -> None:
    """Let the interpreter's own last flush go nowhere, in silence."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _run_reporting_errors(arguments: list[str], context: CommandContext) -> int:
    """Run the command; an error that a person can act on is said, and gives the exit status."""
    try:
        return _dispatch(arguments, context)
    except DataError as error:
        for line in error.problems or (error_text(error, context.words),):
            context.complain(line)
        return error.exit_code
    except CoachError as error:
        context.complain(error_text(error, context.words))
        of_system = error.exit_code == 1 and error.key.startswith("records.error.")
        return _status_after_failure(context) if of_system else error.exit_code
    except SystemExit as exited:  # argparse, after help or a mistake
        return exited.code if isinstance(exited.code, int) else 0
    except EOFError:  # a terminal was asked, and its input had ended
        context.say()
        context.complain(context.words("cli.input-ended"))
        return 1
    except KeyboardInterrupt:
        return 130


def _dispatch(arguments: list[str], context: CommandContext) -> int:
    if not arguments:
        return _open_ui(context)
    from coach.cli import parser

    parser.refuse_unwritable(arguments)
    parser.speak(context.words.language)
    arguments[0] = narrow(arguments[0])
    if arguments[0] not in VERBS:
        parser.of_coach(VERBS, context.words).parse_args(arguments)
        return _open_ui(context)
    verb_parser, module = parser.of_verb(arguments[0], VERBS[arguments[0]], context.words)
    return int(module.run(verb_parser.parse_args(arguments[1:]), context))


def _report_damage(arguments: list[str], context: CommandContext) -> None:
    """Say once what was found damaged, where a person reads: not in a status bar or the log of the agent."""
    if arguments[:1] in (["agent"], ["status"]):
        return
    if "content" in vars(context.home):
        from coach.words.shown import shown

        for error in context.home.content.problems_met():
            context.complain(context.words("content.left-out", problem=shown(error_text(error, context.words))))
    if "records" not in vars(context.home):
        return
    from coach.words.damage import damage_text

    if damages := context.home.records.damage():
        for damage in damages:
            context.complain(damage_text(damage, context.words))
        context.home.records.damage_told()


def _pop_language(arguments: list[str]) -> str | None:
    """Return the language of ``--lang L``, and take that out; after some verbs it is the verb's own, and stays."""
    for index, word in enumerate(arguments):
        value = word.partition("=")[2] if word.startswith("--lang=") else None
        if word == "--lang" and index + 1 < len(arguments):
            value = arguments[index + 1]
        if value not in LANGUAGES:
            continue
        if index == 0 or arguments[0] not in ("setup", "summary"):
            del arguments[index : index + (2 if word == "--lang" else 1)]
        return value
    return None


def _open_ui(context: CommandContext) -> int:
    if not context.has_screen():
        context.complain(context.words("cli.no-terminal"))
        return 2
    from coach.ui import run

    return run(context.home, context.words.language if context.language_given else None)
