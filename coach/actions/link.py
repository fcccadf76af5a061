"""The link that makes the command's name work in every terminal: made when it is asked for, removed with the rest."""

from contextlib import suppress
from pathlib import Path

from coach.errors import CoachError
from coach.home import Home
from coach.places import Places
from coach.way_in import make_link

LINK = "link"


def link_command(home: Home) -> Path | None:
    """Make the link and remember which it was; None where none is needed. OSError where it could not be made."""
    link = make_link()
    if link is not None:
        home.records.keep_state(LINK, {"path": str(link)})
    return link


def linked(where: Places) -> Path | None:
    """Return the link that this program made; None where it made none, or what says so cannot be read."""
    with suppress(CoachError):
        path = (Home(where).records.state(LINK) or {}).get("path")
        return Path(path) if isinstance(path, str) else None
    return None
