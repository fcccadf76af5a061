"""What a verb works with: the home, the words, the time, and the two streams."""

import os
import re
import sys
from datetime import datetime, timedelta
from typing import Any

from coach import clock
from coach.cli import output
from coach.errors import UsageError
from coach.home import Home
from coach.regular_file import read_regular
from coach.words import Words, locale_language

WEB_DRIVER = "textual.drivers.web_driver:WebDriver"
"""What ``textual-serve`` has Textual draw with: packets over pipes, to a browser."""
_PLACE = re.compile(rb'"(language|region)"\s*:\s*"([A-Za-z-]{1,20})"')


class CommandContext:
    """One run of one command."""

    def __init__(self, home: Home, words: Words, *, language_given: bool = False) -> None:
        """Work for the person of ``home`` in the language of ``words``."""
        self.home = home
        self.words = words
        self.language_given = language_given
        self._behind: timedelta | None = None

    @classmethod
    def open(cls, language: str | None) -> "CommandContext":
        """Open the real desk: ``language`` as given, else the profile's, else the locale's."""
        home = Home()
        place = _profile_place(home)
        words = Words(language or place.get("language") or locale_language(), place.get("region", "other"))
        return cls(home, words, language_given=bool(language))

    def now(self) -> datetime:
        """Return this moment, never one before what was said last: clocks step back a little when they are set."""
        now = clock.now()
        if self._behind is None:
            from coach.actions.clock_skew import behind

            self._behind = behind(self.home, now)
        return now + self._behind

    def at_terminal(self) -> bool:
        """Tell whether a person can be asked: a terminal at both ends."""
        return bool(sys.stdin and sys.stdin.isatty() and sys.stdout.isatty())

    def has_screen(self) -> bool:
        """Tell whether the screen can be shown: on a terminal, or through the pipes of Textual's web driver."""
        return self.at_terminal() or os.environ.get("TEXTUAL_DRIVER") == WEB_DRIVER

    def text_of(self, word: str | None) -> str | None:
        """Return what was typed as ``word``, or what stands on standard input where that is ``-``.

        Whoever lists processes sees what stands in a command line; a note is nobody's business.
        """
        from coach.actions.named_file import STREAM, read_named

        if word != STREAM:
            return word
        try:
            return read_named(STREAM).decode("utf-8-sig").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise UsageError("records.error.letters") from error

    def say(self, text: str = "") -> None:
        """Print a line for the person, or the one answer, on stdout."""
        output.say(text)

    def complain(self, text: str) -> None:
        """Print a message on stderr."""
        output.complain(text)

    def say_json(self, document: Any) -> None:
        """Print one JSON document on stdout, for ``--json``."""
        output.say_json(document)


def _profile_place(home: Home) -> dict[str, str]:
    """Return the profile's language and region, cheaply and without complaint: what is wrong is told later.

    A search costs nothing; a JSON library costs a status bar more than its answer. No text can hold a bare quote.
    """
    try:
        places = _PLACE.findall(read_regular(home.places.profile()))
    except OSError:
        return {}
    return {name.decode(): value.decode() for name, value in reversed(places)}
