"""Argument parsers that speak the person's language, and whose mistakes are one line."""

import argparse
import os
import re
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Any, NoReturn

from coach import __version__
from coach.cli import output
from coach.errors import UsageError
from coach.full_width import narrow
from coach.way_in import named
from coach.words import FALLBACK, LANGUAGES, Words, area
from coach.words.shown import shown

_VERBATIM = ("TEXT", "FILE", "FOLDER")
"""What the metavar of an option says that takes a person's own words, or a path."""


class TerminalWidthHelp(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal; the width is asked of the system, as argparse would load shutil for it."""

    def __init__(self, prog: str) -> None:
        """Format the help of ``prog``."""
        super().__init__(prog, width=_width())


def _width() -> int:
    """Return the width for help: two columns less than the terminal, 78 where there is none."""
    if re.fullmatch("[1-9][0-9]{0,3}", columns := os.environ.get("COLUMNS", "")):
        return int(columns) - 2
    try:
        return os.get_terminal_size(1).columns - 2
    except OSError:
        return 78


class Parser(argparse.ArgumentParser):
    """An argument parser whose mistakes are one line in the person's language, with exit status 2."""

    def __init__(self, *, words: Words | None = None, **options: Any) -> None:
        """Speak with ``words``; the other options are argparse's own. No option is guessed from its beginning."""
        super().__init__(allow_abbrev=False, formatter_class=TerminalWidthHelp, **options)
        self.words = words or Words(FALLBACK)

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print what argparse says, help and mistakes, as all else is printed."""
        if message:
            (output.complain if file is sys.stderr else output.say)(message.removesuffix("\n"))

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:
        """Return what was typed for ``action``; ``--at=--`` means the text ``--``, which argparse takes for nothing."""
        if action.option_strings and action.nargs is None and arg_strings == ["--"]:
            value = self._get_value(action, "--")
            self._check_value(action, value)
            return value
        return super()._get_values(action, arg_strings)

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        """Take a number, a time, an id or a choice in full width too; a text or a path is kept as it was typed."""
        title = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
        verbatim = any(word in title for word in _VERBATIM)
        # A sub-command is handed all that follows it, which its own parser reads.
        if not verbatim and action.nargs != argparse.PARSER:
            arg_string = narrow(arg_string)
        return super()._get_value(action, arg_string)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to look, and leave."""
        typed = named(f"`{self.prog} --help`")
        self.exit(2, f"{self.words('cli.usage', prog=self.prog, message=message, help=typed)}\n")


def refuse_unwritable(arguments: Iterable[str]) -> None:
    """Raise UsageError for a word that no file name and no record can hold: one with a zero byte, or half a letter."""
    for word in arguments:
        try:
            if b"\0" not in os.fsencode(word):
                continue
        except UnicodeEncodeError:
            pass
        raise UsageError("cli.unwritable", word=shown(word)[:60])


def speak(language: str) -> None:
    """Let argparse's own sentences be said in ``language``: it looks each up by its English words."""
    if language == FALLBACK:
        return
    english, other = area(FALLBACK, "argparse"), area(language, "argparse")
    translated = {english[key]: other[key] for key in english if key in other}
    argparse._ = lambda sentence: translated.get(sentence, sentence)  # type: ignore[attr-defined]


def of_verb(verb: str, module: str, words: Words) -> tuple[Parser, Any]:
    """Return the parser of one verb, and the module that does it."""
    doer = import_module(f"coach.cli.{module}")
    parser = Parser(prog=f"coach {verb}", description=words(f"cli.verb.{verb}"), words=words)
    parser.set_defaults(verb=verb)
    doer.arguments(parser, words)
    return parser, doer


def of_coach(verbs: Iterable[str], words: Words) -> Parser:
    """Return the parser of the bare command: its help, and what is not a verb."""
    parser = Parser(prog="coach", words=words)
    _general(parser, words)
    parser.epilog = "\n".join(f"  {verb:<11} {words(f'cli.verb.{verb}')}" for verb in verbs)
    parser.add_argument("verb", nargs="?", choices=tuple(verbs), metavar="COMMAND", help=words("cli.command"))
    return parser


def whole(verbs: dict[str, str], words: Words) -> Parser:
    """Return one parser of the command and all its verbs, for the manual page and shell completion."""
    parser = Parser(prog="coach", words=words)
    _general(parser, words)
    each = parser.add_subparsers(metavar="COMMAND", parser_class=Parser)
    for verb, module in verbs.items():
        about = words(f"cli.verb.{verb}")
        parser_of_verb = each.add_parser(verb, help=about, description=about, words=words)
        parser_of_verb.set_defaults(verb=verb)
        import_module(f"coach.cli.{module}").arguments(parser_of_verb, words)
    return parser


def _general(parser: Parser, words: Words) -> None:
    parser.description = words("cli.about")
    parser.add_argument("--version", action="version", version=f"hizaura {__version__}", help=words("argparse.version"))
    parser.add_argument("--lang", choices=LANGUAGES, help=words("cli.lang"))
