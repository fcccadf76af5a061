"""The ``coach`` command: finds the verb, imports its module alone, and turns errors into one clear line.

A verb's module has ``arguments(parser, words)`` and ``run(args, desk) -> int``; ``args.verb`` names the verb.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from coach import __version__
from coach.cli.desk import Desk
from coach.errors import CoachError, DataError
from coach.words import LANGUAGES, Words, locale_language

VERBS: dict[str, str] = {
    "setup": "setup",
    "today": "today",
    "check-in": "check_in",
    "assess": "assess",
    "hurts": "hurts",
    "seen": "seen",
    "start": "start",
    "ice": "ice",
    "habit": "habit",
    "reminders": "reminders",
    "snooze": "quiet",
    "skip": "quiet",
    "pause": "quiet",
    "resume": "quiet",
    "agent": "agent",
    "autostart": "autostart",
    "status": "status",
    "history": "history",
    "summary": "summary",
    "routines": "routines",
    "export": "keep",
    "import": "keep",
    "erase": "keep",
    "self-test": "self_test",
}
"""Verb to the module of ``coach.cli`` that does it."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose mistakes are one line in the person's language, with exit status 2."""

    words: Words = Words("en")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to look, and leave."""
        self.exit(2, f"{self.words('cli.usage', prog=self.prog, message=message)}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    given = list(sys.argv[1:] if argv is None else argv)
    language = _take_language(given)
    desk = Desk.open(language)
    try:
        return _spoken(given, desk)
    finally:
        _tell_damage(given, desk)


def _spoken(given: list[str], desk: Desk) -> int:
    """Run the command; an error that a person can act upon is said, and gives the exit status."""
    try:
        return _dispatch(given, desk)
    except DataError as error:
        for line in error.problems or (desk.words(error.key, **error.values),):
            desk.complain(line)
        return error.exit_code
    except CoachError as error:
        desk.complain(desk.words(error.key, **error.values))
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except KeyboardInterrupt:
        return 130


def _dispatch(given: list[str], desk: Desk) -> int:
    if not given:
        return _open_ui(desk)
    verb = given[0]
    if verb in VERBS:
        module = import_module(f"coach.cli.{VERBS[verb]}")
        parser = Parser(prog=f"coach {verb}", description=desk.words(f"cli.verb.{verb}"))
        parser.words = desk.words
        parser.set_defaults(verb=verb)
        module.arguments(parser, desk.words)
        return int(module.run(parser.parse_args(given[1:]), desk))
    return _top_level(given, desk)


def _top_level(given: list[str], desk: Desk) -> int:
    parser = Parser(prog="coach", formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.words = desk.words
    parser.description = desk.words("cli.about")
    parser.epilog = "\n".join(f"  {verb:<11} {desk.words(f'cli.verb.{verb}')}" for verb in VERBS)
    parser.add_argument("--version", action="version", version=f"hizaura {__version__}")
    parser.add_argument("--lang", choices=LANGUAGES, help=desk.words("cli.lang"))
    parser.add_argument("verb", nargs="?", choices=tuple(VERBS), metavar="COMMAND")
    parser.parse_args(given)
    return _open_ui(desk)


def _tell_damage(given: list[str], desk: Desk) -> None:
    """Say once what was found damaged, where a person reads: not in a status bar or the log of the agent."""
    if given[:1] in (["agent"], ["status"]) or "records" not in vars(desk.home):
        return
    from coach.words.damage import damage_text

    if damages := desk.home.records.damage():
        for damage in damages:
            desk.complain(damage_text(damage, desk.words))
        desk.home.records.damage_told()


def _take_language(given: list[str]) -> str | None:
    """Take a leading ``--lang L`` out of ``given``; one after the verb is that verb's own, and is read, not taken."""
    for index, word in enumerate(given):
        value = word.partition("=")[2] if word.startswith("--lang=") else None
        if word == "--lang" and index + 1 < len(given):
            value = given[index + 1]
        if value not in LANGUAGES:
            continue
        if index == 0 or given[0] not in ("setup", "summary"):
            del given[index : index + (2 if word == "--lang" else 1)]
        return value
    return None


def _open_ui(desk: Desk) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        desk.complain(desk.words("cli.no-terminal"))
        return 2
    from coach.ui import run

    return run(desk.home, desk.words.language if desk.language_given else None)


def language_of(given: str | None, profile_language: str | None) -> str:
    """Return the language to speak: the one given, else the profile's, else the locale's."""
    return given or profile_language or locale_language()
