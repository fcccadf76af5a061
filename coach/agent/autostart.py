"""Starting the agent with the desktop session: one small file where each system looks for such things.

Each home has a file of its own, so that two of them start two agents.
"""

import os
import re
import shlex
import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import dropwhile
from pathlib import Path

from coach.agent.own_command import command, search_path
from coach.places import own_home

NAME = "coach-reminders"
LABEL = "hizaura.coach"
_BY_SHELL = ("sh", "-c", 'exec "$@"', "sh")
"""Runs the words that follow."""
_SETTING = re.compile(r"\w+=")
_LETTERS = {"\\": "\\", "n": "\n", "t": "\t", "s": " ", "r": "\r"}
_ESCAPED = re.compile(r"\\([\\ntsr])")
"""A letter of a value as the desktop entry file escapes it."""
_RESERVED = set(" \t\n\"'\\><~|&;$*?#()`%")


def enable() -> Path:
    """Start the agent with the desktop from now on; return the file that says so."""
    from coach.records import encoding_errors, write_private

    path = file_of()
    with encoding_errors():
        entry = content(sys.platform, command("agent", "run", "--detached"), needed(os.environ))
    write_private(path, entry)
    return path


def disable() -> bool:
    """Start it no more; return whether it had been started."""
    path = file_of()
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    with suppress(OSError):
        path.parent.rmdir()  # where nothing else is in it
    return True


def enabled() -> bool:
    """Tell whether the agent will start with the desktop."""
    return file_of().is_file() and obstacle() is None


def obstacle(system: str = sys.platform) -> str | None:
    """Return why the file that is there starts nothing, as a sentence of ``agent.autostart.…``; None where it does."""
    try:
        data = file_of(system).read_bytes()
    except OSError:
        return None
    try:
        text = data.decode()
        program = _program_of(system, data, text)
    except (ValueError, KeyError, IndexError, TypeError):
        return "unreadable"
    if system != "darwin" and _is_switched_off(text):
        return "switched-off"
    return None if shutil.which(program) else "no-program"


def file_of(system: str = sys.platform, environ: Mapping[str, str] = os.environ) -> Path:
    """Return the file that ``system`` reads when the desktop session begins."""
    home = Path(environ.get("HOME") or environ.get("USERPROFILE") or Path.home())
    own = own_home(environ)
    mark = f"-{sha256(os.fsencode(own)).hexdigest()[:8]}" if own else ""
    if system == "darwin":
        return home / "Library" / "LaunchAgents" / f"{LABEL}{mark}.plist"
    if system == "win32":
        roaming = Path(environ.get("APPDATA") or home / "AppData" / "Roaming")
        return roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "Startup" / f"{NAME}{mark}.cmd"
    config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    return config / "autostart" / f"{NAME}{mark}.desktop"


def needed(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables without which the agent would not find this program, or its home."""
    root, own = search_path(), own_home(environ)
    return {name: value for name, value in (("PYTHONPATH", root), ("COACH_HOME", own)) if value}


def content(system: str, words: Sequence[str], environment: Mapping[str, str]) -> bytes:
    """Return what the file holds so that ``words`` is run, with ``environment``, when the session begins."""
    if system == "darwin":
        return _launchd(words, environment)
    if system == "win32":
        return _batch(words, environment)
    return _desktop_entry(words, environment)


def _launchd(words: Sequence[str], environment: Mapping[str, str]) -> bytes:
    label = file_of("darwin").stem
    job = {
        "Label": label, "ProgramArguments": list(words), "RunAtLoad": True, "ProcessType": "Background",
        "WorkingDirectory": "/", "EnvironmentVariables": dict(environment),
    }  # fmt: skip
    import plistlib  # here, as it brings a reader of XML that only macOS needs: 5 ms of opening the settings

    return plistlib.dumps(job)


def _batch(words: Sequence[str], environment: Mapping[str, str]) -> bytes:
    settings = [f'set "{name}={value.replace("%", "%%")}"' for name, value in environment.items()]
    program = words[0].replace("python.exe", "pythonw.exe")
    line = " ".join(f'"{word.replace("%", "%%")}"' for word in (program, *words[1:]))
    return "\r\n".join(["@echo off", "chcp 65001 >nul", *settings, f'start "" /b {line}', ""]).encode()


def _desktop_entry(words: Sequence[str], environment: Mapping[str, str]) -> bytes:
    settings = ["env", *(f"{name}={value}" for name, value in environment.items())] if environment else []
    # The path of a program may hold no equal sign: the specification forbids it, and ``env`` takes such a path for one
    # more setting. One with a per cent sign GLib doesn't find, as it looks for it with the sign still doubled. A shell
    # is given either as a word like others.
    by_shell = _BY_SHELL if set("=%") & set(words[0]) else ()
    line = " ".join(_exec(word) for word in (*settings, *by_shell, *words))
    # No Version: MATE and Cinnamon refuse an entry of a later version than their library knows. TryExec: a session
    # passes over an entry whose interpreter is gone. Path: where a session stands is nothing the agent should see.
    return "\n".join([
        "[Desktop Entry]", "Type=Application", "Name=coach", f"TryExec={_escaped(words[0])}", f"Exec={_escaped(line)}",
        "Path=/", "Terminal=false", "NoDisplay=true", "X-GNOME-Autostart-enabled=true", "",
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


def _program_of(system: str, data: bytes, text: str) -> str:
    """Return the program that an autostart file runs; one of many errors where it is no such file."""
    if system == "darwin":
        import plistlib

        return str(plistlib.loads(data)["ProgramArguments"][0])
    if system == "win32":
        return str(re.findall(r'start "" /b "([^"]+)"', text)[0]).replace("%%", "%")
    line = _ESCAPED.sub(lambda match: _LETTERS[match[1]], re.findall(r"(?m)^Exec\s*=\s*(.+)$", text)[0])
    # Within quotes, an entry escapes two letters that Python's reader of shell lines leaves escaped.
    words = [re.sub(r"\\([$`])", r"\1", word).replace("%%", "%") for word in shlex.split(line)]
    if words[0] == "env":
        words = list(dropwhile(_SETTING.match, words[1:]))
    return words[len(_BY_SHELL)] if tuple(words[: len(_BY_SHELL)]) == _BY_SHELL else words[0]


def _is_switched_off(text: str) -> bool:
    """Tell whether a desktop's own settings switched the entry off, and left it where it is."""
    off = r"(?mi)^(Hidden\s*=\s*true|X-(GNOME|MATE)-Autostart-enabled\s*=\s*false)\s*$"
    return re.search(off, text) is not None
