"""Whatever stands in the place of a word, a command answers in a line: every verb, every option, every odd word."""

import argparse
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coach.cli import VERBS, parser
from coach.cli.parser import Parser
from coach.domain.ice import DEFAULT_MINUTES
from coach.words import Words
from tests.helpers import ROOT, Ran

Coach = Callable[..., Ran]
ODD = (
    "", " ", "a\0b", "--", "²", "٣", "9" * 5000, "x" * 5000, "-", "-1", "~nosuch/x", "\udc80", "\ud800", "\x1b[2J", "/",
    ".", "..", "/nonexistent/folder/x", "=", "1e999", "nan", "日本",
)  # fmt: skip
"""An unset variable of a script, a zero byte from a file of arguments, the word that ends options, numbers of other
scripts and of 5,000 digits, folders, half letters, and what terminals obey."""
EVERYDAY = {"length": "10m", "minutes": str(DEFAULT_MINUTES)}
"""A word that is right, where 1 is not."""
ENDLESS = (("agent", "run"), ("start",), ("web",))


def leaves(verb_parser: argparse.ArgumentParser, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Parser]]:
    """Yield every command that has no further verbs, and its parser."""
    verbs = [action for action in verb_parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not verbs:
        assert isinstance(verb_parser, Parser)
        yield path, verb_parser
    for verb in verbs:
        for name, inner in verb.choices.items():
            yield from leaves(inner, (*path, name))


def everyday(action: argparse.Action) -> str:
    """Return a word that ``action`` takes."""
    return str(next(iter(action.choices))) if action.choices else EVERYDAY.get(action.dest, "1")


def lines(path: tuple[str, ...], leaf: Parser, odd: tuple[str, ...]) -> Iterator[list[str]]:
    """Yield command lines of which one word is odd: each place of a word and each option with a value in turn."""
    places = [action for action in leaf._actions if not action.option_strings]
    options = [action for action in leaf._actions if action.option_strings and action.nargs != 0]
    for word in odd:
        needed = [
            text for option in options if option.required for text in (option.option_strings[-1], everyday(option))
        ]
        for index in range(len(places)):
            firsts = places[0].choices if index and places[0].choices else (everyday(places[0]),)
            for first in firsts:
                before = [str(first), *map(everyday, places[1:index])] if index else []
                yield [*path, *needed, *before, word]
        filled = [everyday(place) for place in places if place.nargs not in ("?", "*")]
        for option in options:
            others = [
                text for other in options if other.required and other is not option
                for text in (other.option_strings[-1], everyday(other))
            ]  # fmt: skip
            yield [*path, *others, *filled, f"{option.option_strings[-1]}={word}"]


LEAVES = {
    leaf_path: leaf
    for verb, module in VERBS.items()
    for leaf_path, leaf in leaves(parser.of_verb(verb, module, Words("en"))[0], (verb,))
    if leaf_path not in ENDLESS and leaf_path != ("erase",)
}


def check(coach: Coach, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: list[str]) -> None:
    """Run ``line`` with nothing on standard input: no crash, a status that means something, and a reason for it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
    ran = coach(*line)
    assert ran.code in (0, 1, 2, 65), line
    assert ran.code == 0 or (ran.err + ran.out).strip(), line
    assert not set("\0\x1b") & set(ran.err), line


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_an_odd_word_is_answered_in_a_line(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, path: tuple[str, ...]
) -> None:
    """No crash, no control character on the terminal, and a status that says what happened."""
    monkeypatch.setenv("COACH_NOTIFY", "terminal")
    for line in lines(path, LEAVES[path], ODD):
        check(coach, monkeypatch, tmp_path, line)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder in which nobody can make anything")
@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_a_home_where_nothing_can_be_made_is_said(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, path: tuple[str, ...]
) -> None:
    """A full disk, another user's folder, a medium that is read-only: reading goes on, and keeping says why not."""
    monkeypatch.setenv("COACH_HOME", "/proc/coach")
    monkeypatch.setenv("COACH_NOTIFY", "terminal")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for line in lines(path, LEAVES[path], ("1",)):
        check(coach, monkeypatch, tmp_path, line)
    check(coach, monkeypatch, tmp_path, list(path))


FILES = (
    "export", "import", "summary -o", "reminders export", "assess", "routines add", "routines validate",
    "check-in --answers", "routines show evening -o",
)  # fmt: skip


@pytest.mark.parametrize("line", FILES)
def test_an_empty_file_name_is_said_so(coach: Coach, line: str) -> None:
    """It means the current folder to the system, and an unset variable to whoever wrote the script."""
    ran = coach(*line.split(), "")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "The name of the file is empty" in ran.err


ASKING = ("setup", "check-in", "ice start", "hurts", "erase", "start --plain", "summary", "today", "break")


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal as on POSIX")
@pytest.mark.parametrize("line", ASKING)
def test_a_terminal_whose_input_ends_is_answered_in_a_line(home_folder: Path, line: str) -> None:
    """Ctrl+D at the first question, or a terminal that is gone."""
    import pty

    ours, theirs = pty.openpty()
    os.write(ours, b"\x04" * 20)
    command = [sys.executable, "-m", "coach", *line.split()]
    env = {**os.environ, "COACH_NOTIFY": "terminal"}
    ran = subprocess.Popen(command, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env=env)
    os.close(theirs)
    try:
        _, err = ran.communicate(timeout=60)
    finally:
        ran.kill()
        os.close(ours)
    assert b"Traceback" not in err
    assert ran.returncode in (0, 1, 2)
