"""How this program starts itself anew, installed or from a checkout."""

import os
import sys
from pathlib import Path

import coach


def command(*words: str) -> list[str]:
    """Return the command line of ``coach`` with ``words``."""
    return [sys.executable, "-m", "coach", *words]


def environment() -> dict[str, str]:
    """Return an environment in which ``command`` finds this very program, wherever it is started."""
    root = str(Path(coach.__file__).parent.parent)
    path = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{path}" if path else root}
