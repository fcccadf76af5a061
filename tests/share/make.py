"""What is made from the program itself and ships beside it.

The manual page and the shells' completions come from the same parsers that run the commands, by libraries made for it;
what no parser knows of (the environment, files, exit status) stands in ``manual.toml``.
"""

import argparse
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import shtab
from build_manpages.manpage import Manpage

from coach.cli import VERBS
from coach.cli.parser import Parser, whole
from coach.words import FALLBACK, Words
from tests.helpers import ROOT

SHARE = ROOT / "coach" / "share"
ABOUT = tomllib.loads((Path(__file__).parent / "manual.toml").read_text(encoding="utf-8"))


def manual(parser: Parser) -> str:
    """Return the manual page, section 1; it holds no date, so that it changes only with the program."""
    page = Manpage(parser, _data={"project_name": "Hizaura", "manual_section": "1", "manual_title": "Hizaura"})
    page.date = ""
    lines = [line.rstrip() for line in str(page).splitlines()]
    name = lines.index(".SH NAME") + 1
    lines[name] = f"coach \\- {ABOUT['name']}"
    return "\n".join([*lines, *_sections()]) + "\n"


def _sections() -> Iterator[str]:
    """Yield what no parser knows: a section each, its entries as a list."""
    for title, entries in ABOUT["sections"].items():
        yield f".SH {title.upper()}"
        for term, text in entries.items():
            yield from (".TP", f"\\fB{term}\\fR", text.replace("-", "\\-"))


def fish(parser: Parser) -> str:
    """Return the completions of fish, which reads one line a command or option."""
    lines = ["# Completions of coach for fish, made by `python -m tests.share`.", "complete -c coach -f"]
    lines += _fish_of(parser, ())
    return "\n".join(lines) + "\n"


def _fish_of(parser: argparse.ArgumentParser, path: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of a parser that is reached by the commands of ``path``, then those of its own commands."""
    commands = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    names = [name for action in commands for name in action.choices]
    there = [f"__fish_seen_subcommand_from {name}" for name in path]
    open_yet = "; and ".join([*there, f"not __fish_seen_subcommand_from {' '.join(names)}"] if names else there)
    for action in commands:
        for choice in action._choices_actions:
            yield f"complete -c coach -n {shlex.quote(open_yet)} -a {choice.dest} -d {_quoted(choice.help)}"
    for option in parser._actions:
        long = [string[2:] for string in option.option_strings if string.startswith("--")]
        if long and option.help != argparse.SUPPRESS:
            needs = " -r" if option.nargs != 0 else ""
            among = f" -a {shlex.quote(' '.join(map(str, option.choices)))}" if option.choices else ""
            where = f" -n {shlex.quote('; and '.join(there))}" if there else ""
            yield f"complete -c coach{where} -l {long[0]}{needs}{among} -d {_quoted(option.help)}"
        elif not option.option_strings and option.choices and option not in commands and there:
            words = " ".join(map(str, option.choices))
            yield f"complete -c coach -n {shlex.quote('; and '.join(there))} -a {shlex.quote(words)}"
    for action in commands:
        for name, inner in action.choices.items():
            yield from _fish_of(inner, (*path, name))


def _quoted(text: str | None) -> str:
    """Return a description as fish reads it, in one line and without argparse's own placeholders."""
    plain = re.sub(r"%%", "%", text or "")
    return "'" + plain.replace("\\", "\\\\").replace("'", "\\'") + "'"


def shares() -> dict[Path, str]:
    """Return every made file with what it should hold."""
    parser = whole(VERBS, Words(FALLBACK))
    return {
        SHARE / "coach.1": manual(parser),
        SHARE / "coach.bash": shtab.complete(parser, shell="bash"),
        SHARE / "_coach": shtab.complete(parser, shell="zsh"),
        SHARE / "coach.fish": fish(parser),
    }
