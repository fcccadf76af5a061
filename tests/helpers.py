"""Types and small tools that tests share."""

from pathlib import Path
from typing import Any

import msgspec
from hypothesis import settings

ROOT = Path(__file__).parent.parent


def examples(count: int) -> settings:
    """Return settings for a law: ``count`` examples, ten times as many under ``--hypothesis-profile heavy``."""
    profile = settings.get_profile(settings.get_current_profile_name())
    return settings(profile, max_examples=count * profile.max_examples // 100)


class Ran(msgspec.Struct):
    """What one run of the command gave."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Return the one JSON document on stdout."""
        return msgspec.json.decode(self.out)
