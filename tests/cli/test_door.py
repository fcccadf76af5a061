"""The door of the command: help, version, languages, and one clear line for what is asked wrongly."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers import ROOT, Ran

Coach = Callable[..., Ran]


def test_without_a_terminal_the_screen_says_so_and_exits_2(coach: Coach) -> None:
    """A pipe is told what to do instead, and nothing is opened."""
    ran = coach()
    assert ran.code == 2
    assert "coach today" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("written", ["--lang {} --help", "--lang={} --help", "--help --lang={}"])
def test_help_lists_every_verb_in_the_language_asked_for(coach: Coach, written: str, language: str) -> None:
    """``--lang`` is heard however it is written, and no key of the catalogue shows through."""
    ran = coach(*written.format(language).split())
    assert ran.code == 0
    assert "cli.verb" not in ran.out
    assert ("今日の予定" in ran.out) == (language == "ja")


def test_an_unknown_command_is_one_line_and_exit_2(coach: Coach) -> None:
    """A slip of the hand is answered with one line on stderr."""
    ran = coach("tody")
    assert ran.code == 2
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check-in", "--walking"), "値が一つ必要です"),
        (("tody",), "選べません"),
        (("assess", "--nonsense"), "わからない引数"),
    ],
)
def test_a_mistake_is_told_in_japanese_too(coach: Coach, words: tuple[str, ...], said: str) -> None:
    """A person who asked for Japanese meets no English sentence of argparse."""
    ran = coach("--lang", "ja", *words)
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1


def in_shell(words: str) -> "subprocess.CompletedProcess[str]":
    """Run the program as a shell does, which can close what it writes to."""
    line = f'"{sys.executable}" -m coach {words}'
    return subprocess.run(["/bin/sh", "-c", line], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("redirect", [">&-", "2>&-", "> /dev/full", "| head -c 1 > /dev/null"])
def test_a_stream_that_is_closed_or_full_ends_in_one_line_at_most(home_folder: Path, redirect: str) -> None:
    """A script that closes or fills what we write to is never answered with a traceback."""
    ran = in_shell(f"routines list {redirect}")
    assert "Traceback" not in ran.stderr
    assert ran.stderr.count("\n") <= 1
    assert ran.returncode == (1 if "full" in redirect else 0)


@pytest.mark.parametrize(
    ("closed", "words", "code", "said"),
    [
        ("<&-", "check-in --walking 1 --none-of-the-signs --note -", 0, "out"),
        ("<&-", "tody", 2, "err"),
        ("2>&-", "tody", 2, None),
        (">&-", "tody", 2, "err"),
        (">&-", "status", 0, None),
    ],
)
def test_what_would_go_to_a_closed_stream_goes_nowhere_else(
    home_folder: Path, closed: str, words: str, code: int, said: str | None
) -> None:
    """A mistake is no answer for the next program of a pipe; what is read from nowhere is nothing."""
    ran = in_shell(f"{words} {closed}")
    assert (ran.returncode, bool(ran.stdout), bool(ran.stderr)) == (code, said == "out", said == "err"), ran
    assert "Traceback" not in ran.stderr


def test_letters_that_the_terminal_lacks_are_replaced_not_fatal(home_folder: Path) -> None:
    """On a terminal without UTF-8 the Japanese help comes out with question marks, and exits 0."""
    ran = subprocess.run(
        [sys.executable, "-m", "coach", "--lang", "ja", "--help"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0
    assert b"COMMAND" in ran.stdout
