"""Reads ``routines/`` into typed objects, each file only when something of it is asked for."""

from functools import cached_property
from pathlib import Path
from typing import Any

from coach.domain.stretch import Routine, Stretch


def shipped() -> Path:
    """Return the folder of the content that ships: inside the package where installed, beside it in a checkout."""
    package = Path(__file__).parent.parent
    installed = package / "routines"
    return installed if installed.is_dir() else package.parent / "routines"


class Content:
    """All content, shipped and the person's own. Errors name the file, the line, the key and the reason."""

    def __init__(self, folder: Path, own: Path | None = None) -> None:
        """Read nothing yet."""
        self.folder = folder
        self.own = own

    @classmethod
    def open(cls, own: Path | None = None) -> "Content":
        """Open the shipped content, and ``own`` beside it."""
        return cls(shipped(), own)

    @cached_property
    def stretches(self) -> dict[str, Stretch]:
        """Every stretch by id."""
        raise NotImplementedError

    @cached_property
    def routines(self) -> dict[str, Routine]:
        """Every routine by id."""
        raise NotImplementedError

    @cached_property
    def rules(self) -> Any:
        """The rule book: every sign, rule and context."""
        raise NotImplementedError
