"""The manual page and the completions know every command and option that there is."""

import argparse
from collections.abc import Iterator

import pytest

from coach.cli import VERBS
from coach.cli.parser import whole
from coach.words import FALLBACK, Words
from tests.share.make import SHARE


def options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield every command, subcommand and long option."""
    for action in parser._actions:
        if action.help != argparse.SUPPRESS and action.dest != "help":
            yield from (option for option in action.option_strings if option.startswith("--"))
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield name
                yield from options(inner)


@pytest.mark.parametrize("name", ["coach.1", "coach.bash", "_coach"])
def test_every_command_and_option_is_in_it(name: str) -> None:
    """What a person looks up or completes is what the program has; `python -m tests.share` makes it anew."""
    text = (SHARE / name).read_text(encoding="utf-8").replace("\\-", "-")
    assert [one for one in options(whole(VERBS, Words(FALLBACK))) if one not in text] == []
