"""The door of the command: help, version, languages, and one clear line for what is asked wrongly."""

from collections.abc import Callable

import pytest

from tests.helpers import Ran

Coach = Callable[..., Ran]


def test_without_a_terminal_the_screen_says_so_and_exits_2(coach: Coach) -> None:
    """A pipe is told what to do instead, and nothing is opened."""
    ran = coach()
    assert ran.code == 2
    assert "coach today" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("language", ["en", "ja"])
def test_help_lists_every_verb_in_the_language_asked_for(coach: Coach, language: str) -> None:
    """``--lang`` before ``--help`` is heard, and no key of the catalogue shows through."""
    ran = coach("--lang", language, "--help")
    assert ran.code == 0
    assert "cli.verb" not in ran.out
    assert ("今日の予定" in ran.out) == (language == "ja")


def test_an_unknown_command_is_one_line_and_exit_2(coach: Coach) -> None:
    """A slip of the hand is answered with one line on stderr."""
    ran = coach("tody")
    assert ran.code == 2
    assert ran.err.count("\n") == 1
