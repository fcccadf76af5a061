"""The one place where the text of a command becomes output: nothing in it can command the terminal.

Text comes from files, notes and arguments, and may hold whatever somebody put there. No other module of ``coach.cli``
writes to a stream; ``tests/cli/test_output.py`` holds that.
"""

import re
import sys
from typing import Any

from coach.full_width import narrow
from coach.words.shown import hidden, shown

_LAYOUT = "\n\t"
"""What a text may be laid out with."""


def say(text: str = "") -> None:
    """Print lines for the person, or the one answer, on stdout."""
    _print(shown(text, _LAYOUT), sys.stdout)


def complain(text: str) -> None:
    """Print a message on stderr."""
    _print(shown(text, _LAYOUT), sys.stderr)


def say_json(document: Any) -> None:
    """Print one JSON document on stdout, laid out for people."""
    import msgspec

    from coach.plain import plain

    say_json_text(msgspec.json.format(msgspec.json.encode(plain(document)), indent=2).decode())


def say_json_text(text: str) -> None:
    """Print JSON; what a terminal would obey is written as JSON's own escape, so that a program reads the same."""
    _print(hidden().sub(_escaped, text), sys.stdout)


def ask(prompt: str) -> str:
    """Return what the person types after ``prompt``, in plain width; EOFError where nothing comes any more."""
    return narrow(input(shown(prompt, _LAYOUT)))


def flush() -> None:
    """Show at once what was said: a session, or a stream of answers, does not wait until a buffer is full."""
    sys.stdout.flush()


def ring(sequence: str, text: str) -> None:
    """Have the terminal call with an escape ``sequence`` of the program's own, and show ``text`` in it."""
    sys.stdout.write(sequence)
    say(text)
    flush()


def _print(text: str, stream: Any) -> None:
    print(text, file=stream)


def _escaped(match: re.Match[str]) -> str:
    letter = match[0]
    return letter if letter in _LAYOUT else f"\\u{ord(letter):04x}"
