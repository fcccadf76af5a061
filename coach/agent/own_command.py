"""How this program starts itself anew, installed or from a checkout, and nothing that lies in the current folder."""

import os
import sys
from pathlib import Path

import coach
from coach.places import own_home


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
    """Return an environment in which ``command`` finds this very program and home, wherever it is started."""
    # An empty or relative entry is the working directory, which is another one for the child.
    entries = [entry for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if os.path.isabs(entry)]
    root, home = search_path(), own_home(os.environ)
    changed = {"PYTHONPATH": os.pathsep.join([*([root] if root else []), *entries])}
    return {**os.environ, **changed, **({"COACH_HOME": home} if home else {})}
