"""How this program starts itself anew, installed or from a checkout, and nothing that lies in the current folder."""

import os
import sys
from pathlib import Path

import coach


def module_command(module: str, *arguments: str) -> list[str]:
    """Return the command line that runs ``module`` of this program."""
    # -P: without it Python looks for every module in the working directory first, also for those of its own library.
    return [sys.executable, "-P", "-m", module, *arguments]


def command(*arguments: str) -> list[str]:
    """Return the command line of ``coach`` with ``arguments``."""
    return module_command("coach", *arguments)


def search_path() -> str | None:
    """Return the folder where a child finds this program; None where it is installed."""
    root = Path(coach.__file__).resolve().parent.parent
    return None if root.name == "site-packages" else str(root)


def environment() -> dict[str, str]:
    """Return an environment in which ``command`` finds this very program, wherever it is started."""
    root = search_path()
    if root is None:
        return dict(os.environ)
    path = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{path}" if path else root}
