"""One person's home in the program: places, settings, records and content, each opened when first needed."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from coach.places import Places, places
from coach.regular_file import file_state

if TYPE_CHECKING:
    from coach.content import Content
    from coach.domain.profile import Profile
    from coach.records import Records


P = ParamSpec("P")
T = TypeVar("T")


def exclusive(action: "Callable[Concatenate[Home, P], T]") -> "Callable[Concatenate[Home, P], T]":
    """Let nobody else write while ``action`` reads, decides and writes: of two at once, the second sees the first."""

    @wraps(action)
    def alone(home: "Home", /, *args: P.args, **values: P.kwargs) -> T:
        with home.records.locked():
            return action(home, *args, **values)

    return alone


class Home:
    """What an action needs to do its work. Holds no truth of its own: it can be made anew at any time."""

    def __init__(self, where: Places | None = None, language: Callable[[], str | None] = lambda: None) -> None:
        """Open nothing yet; ``where`` defaults to the real places.

        ``language`` returns the language that was asked for, of a screen or on the command line; it wins over the
        profile's wherever somebody is spoken to who gives none along, as in a popup.
        """
        self.places = where or places()
        self.language = language

    @cached_property
    def records(self) -> "Records":
        """The records, safe against kills, other writers and damage."""
        from coach.records import Records

        return Records(self.places)

    @cached_property
    def content(self) -> "Content":
        """The content that ships, and the person's own beside it."""
        from coach.content import Content

        return Content.open(self.places.own_content())

    @property
    def profile(self) -> "Profile":
        """The settings as they are on disk now."""
        return self.records.profile()

    def revision(self, names: str | tuple[str, ...] = "") -> str:
        """Return a text that is another one once a record, a setting or own content was written; no file is read.

        ``names`` is how the names of the files begin that matter: all of them, or those of others than oneself.
        """
        # Files, not folders: an editor may write in place, and two writes can fall on one tick of a folder's time.
        folders = dict.fromkeys((self.places.data, self.places.config, self.places.own_content()))
        return ";".join(sorted(line for folder in folders for line in _states(folder, names)))


def _states(folder: Path, names: str | tuple[str, ...]) -> Iterator[str]:
    """Yield the name, time, size and number of each file that is kept in ``folder``; none where there is no folder."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(names) and entry.name.endswith((".json", ".toml")):
                yield f"{entry.name} {file_state(entry.stat())}"
