"""Types and small tools that tests share."""

from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).parent.parent


class Ran(msgspec.Struct):
    """What one run of the command gave."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Return the one JSON document on stdout."""
        return msgspec.json.decode(self.out)
