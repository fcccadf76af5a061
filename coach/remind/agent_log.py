"""The agent's log: what it did and what troubled it, never anything about health; it stays small."""

import logging
import os
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from coach.places import Places

MOST_BYTES = 200_000
KEPT = 2
"""How many older logs are kept beside the current one."""


def _private(path: str, flags: int) -> int:
    # A link laid in its place must not be written through to a file of somebody else.
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)


class _Private(RotatingFileHandler):
    """A log that its owner alone can read, whose older ones keep the ending ``.log``."""

    def _open(self) -> Any:
        return open(self.baseFilename, "a", encoding="utf-8", opener=_private)


def open_log(places: Places) -> None:
    """Send what the agent and its libraries say to the log; where it cannot be written, nowhere."""
    from coach.records import make_folder
    from coach.records.ownership import is_foreign

    logging.raiseExceptions = False  # a full disk must not print into anybody's terminal
    top = logging.getLogger()
    top.handlers.clear()  # what a library set up before would print
    try:
        make_folder(places.logs)
        names = (str(places.agent_log()), *(older_name(f"{places.agent_log()}.{age + 1}") for age in range(KEPT)))
        handler: logging.Handler = (
            logging.NullHandler()  # of another program, whose log is neither written on nor rolled away
            if any(is_foreign(Path(name)) for name in names)
            else _Private(places.agent_log(), maxBytes=MOST_BYTES, backupCount=KEPT, delay=True)
        )
    except OSError:
        handler = logging.NullHandler()
    if isinstance(handler, RotatingFileHandler):
        handler.namer = older_name  # erasing and exports know the program's files by their endings
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    top.addHandler(handler)
    # Libraries say only what is wrong; the agent also what it did, which is what a person looks for.
    top.setLevel(logging.WARNING)
    logging.getLogger("coach").setLevel(logging.INFO)


def older_name(name: str) -> str:
    """Return ``agent.1.log`` for ``agent.log.1``."""
    path, number = name.rsplit(".", 1)
    return str(Path(path).with_suffix(f".{number}.log"))
