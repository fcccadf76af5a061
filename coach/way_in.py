"""How this program is reached: by its name where that finds it, else by its path; and a link for the name."""

import os
import sys
from functools import cache
from pathlib import Path

NAME = "coach"
_SCRIPT = f"{NAME}.exe" if sys.platform == "win32" else NAME
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-+,:=@/\\~")


def executable() -> Path | None:
    """Return the file that starts this program: what was typed, or what was installed beside this Python."""
    places = (Path(sys.argv[0]), Path(sys.executable).with_name(_SCRIPT))
    return next((path.absolute() for path in places if path.name == _SCRIPT and path.is_file()), None)


@cache
def program() -> str:
    """Return what a person types to reach this very program, as a shell reads it."""
    own = executable()
    if own is None or _is_found(own):
        return NAME
    path, home = str(own), f"{Path.home()}{os.sep}"
    short = f"~{os.sep}{path.removeprefix(home)}" if path.startswith(home) else path
    return short if _PLAIN.issuperset(short) else f'"{path}"'


def named(sentence: str, *, is_pattern: bool = False) -> str:
    """Return a sentence whose commands can be typed as they stand; in a pattern, braces of a path stay braces."""
    if f"`{NAME}" not in sentence or program() == NAME:
        return sentence
    called = program().replace("{", "{{").replace("}", "}}") if is_pattern else program()
    return sentence.replace(f"`{NAME} ", f"`{called} ").replace(f"`{NAME}`", f"`{called}`")


def offered_link() -> Path | None:
    """Return where a link would make the name work in every terminal; None where it works, or none can be made."""
    folder = Path.home() / ".local" / "bin"
    own, link = executable(), folder / NAME
    if own is None or sys.platform == "win32" or _is_found(own) or os.path.lexists(link):
        return None
    return link if str(folder) in os.environ.get("PATH", "").split(os.pathsep) else None


def make_link() -> Path | None:
    """Make that link, and return it; None where there is none to make. OSError where it could not be made."""
    own, link = executable(), offered_link()
    if own is None or link is None:
        return None
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(own)
    program.cache_clear()
    return link


def _is_found(own: Path) -> bool:
    """Tell whether the name, typed in a shell, starts this very program: the first of that name on the path."""
    files = (Path(folder, _SCRIPT) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder)
    first = next((path for path in files if os.access(path, os.X_OK) and path.is_file()), None)
    return first is not None and os.path.samefile(first, own)
