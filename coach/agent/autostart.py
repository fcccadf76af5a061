"""Starting the agent with the desktop session: one small file where each system looks for such things."""

import os
import plistlib
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from coach.agent.own_command import command
from coach.places import Places

NAME = "coach-reminders"
LABEL = "hizaura.coach"
_RESERVED = set(" \t\n\"'\\><~|&;$*?#()`%")


def enable(places: Places) -> Path:
    """Start the agent with the desktop from now on; return the file that says so."""
    from coach.records import write_private

    path = file_of()
    write_private(path, content(sys.platform, command("agent", "run", "--detached"), needed(os.environ)))
    return path


def disable(places: Places) -> bool:
    """Start it no more; return whether it had been started."""
    path = file_of()
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    with suppress(OSError):
        path.parent.rmdir()  # where nothing else is in it
    return True


def enabled(places: Places) -> bool:
    """Tell whether the agent starts with the desktop."""
    return file_of().is_file()


def file_of(system: str = sys.platform, environ: Mapping[str, str] = os.environ) -> Path:
    """Return the file that ``system`` reads when the desktop session begins."""
    home = Path(environ.get("HOME") or environ.get("USERPROFILE") or Path.home())
    if system == "darwin":
        return home / "Library" / "LaunchAgents" / f"{LABEL}.plist"
    if system == "win32":
        roaming = Path(environ.get("APPDATA") or home / "AppData" / "Roaming")
        return roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "Startup" / f"{NAME}.cmd"
    config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    return config / "autostart" / f"{NAME}.desktop"


def needed(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables without which the agent would not find this program, or its home."""
    import coach

    root = Path(coach.__file__).parent.parent
    variables = {} if root.name == "site-packages" else {"PYTHONPATH": str(root)}
    if home := environ.get("COACH_HOME"):
        variables["COACH_HOME"] = str(Path(home).expanduser().absolute())
    return variables


def content(system: str, words: Sequence[str], environment: Mapping[str, str]) -> bytes:
    """Return what the file holds so that ``words`` is run, with ``environment``, when the session begins."""
    if system == "darwin":
        return _launchd(words, environment)
    if system == "win32":
        return _batch(words, environment)
    return _desktop_entry(words, environment)


def _launchd(words: Sequence[str], environment: Mapping[str, str]) -> bytes:
    job = {
        "Label": LABEL, "ProgramArguments": list(words), "RunAtLoad": True, "ProcessType": "Background",
        "EnvironmentVariables": dict(environment),
    }  # fmt: skip
    return plistlib.dumps(job)


def _batch(words: Sequence[str], environment: Mapping[str, str]) -> bytes:
    settings = [f'set "{name}={value.replace("%", "%%")}"' for name, value in environment.items()]
    program = words[0].replace("python.exe", "pythonw.exe")
    line = " ".join(f'"{word.replace("%", "%%")}"' for word in (program, *words[1:]))
    return "\r\n".join(["@echo off", "chcp 65001 >nul", *settings, f'start "" /b {line}', ""]).encode()


def _desktop_entry(words: Sequence[str], environment: Mapping[str, str]) -> bytes:
    settings = ["env", *(f"{name}={value}" for name, value in environment.items())] if environment else []
    line = " ".join(_exec(word) for word in (*settings, *words))
    return "\n".join([
        "[Desktop Entry]", "Type=Application", "Version=1.5", "Name=coach", f"Exec={_escaped(line)}",
        "Terminal=false", "NoDisplay=true", "X-GNOME-Autostart-enabled=true", "",
    ]).encode()  # fmt: skip


def _exec(word: str) -> str:
    """Return a word as an ``Exec`` line quotes it."""
    word = word.replace("%", "%%")
    if not _RESERVED & set(word):
        return word
    for letter in '\\"`$':
        word = word.replace(letter, f"\\{letter}")
    return f'"{word}"'


def _escaped(line: str) -> str:
    """Return a value as the desktop entry file escapes it."""
    return line.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
