"""The programs of this machine that can speak and play, started beside us and never left running.

What plyer offers for speech is not used: on Linux it finds ``espeak`` and ``flite`` alone, everywhere it blocks until
the sentence is over, and it cannot be interrupted.
"""

import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

_SPEAK = (
    "Add-Type -AssemblyName System.Speech; [Console]::InputEncoding = [Text.Encoding]::UTF8; "
    "(New-Object System.Speech.Synthesis.SpeechSynthesizer).Speak([Console]::In.ReadToEnd())"
)
_POWERSHELL = ("powershell", "-NoProfile", "-Command", _SPEAK)
_PLAY_SOUND = ("powershell", "-NoProfile", "-Command", "(New-Object Media.SoundPlayer $args[0]).PlaySync()")
LEAVE_S = 0.2
"""How long a program that is told to end may take."""


def speaker(language: str) -> tuple[str, ...] | None:
    """Return the command that speaks what it reads on stdin, None where this machine has no voice."""
    if sys.platform == "darwin" and shutil.which("say"):
        return ("say", "-v", "Kyoko", "-f", "-") if language == "ja" else ("say", "-f", "-")
    for name in ("espeak-ng", "espeak"):
        if shutil.which(name):
            return (name, "-v", language, "-s", "150", "--stdin")
    return _POWERSHELL if sys.platform == "win32" and shutil.which("powershell") else None


def player() -> tuple[str, ...] | None:
    """Return the command that plays a WAV file given as its last argument, None where there is none."""
    if sys.platform == "win32":
        return _PLAY_SOUND if shutil.which("powershell") else None
    for command in (("afplay",), ("pw-play",), ("paplay",), ("aplay", "-q")):
        if shutil.which(command[0]):
            return command
    return None


class Child:
    """One program at a time; a new one takes the place of the one before."""

    def __init__(self) -> None:
        """Run nothing yet."""
        self._process: subprocess.Popen[bytes] | None = None
        self.failed = False
        """Whether a program ended with an error, so that it is not to be trusted with the next."""

    def start(self, command: tuple[str, ...], text: str = "") -> None:
        """Start ``command`` and give it ``text`` on stdin; return at once."""
        self.end()
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        except OSError:
            self.failed = True
            return
        self._process = process
        with suppress(OSError):
            assert process.stdin is not None
            process.stdin.write(text.encode())
            process.stdin.close()

    def works(self) -> bool:
        """Tell whether no program has failed so far; one that has ended is let go of."""
        process = self._process
        if process is not None and process.poll() is not None:
            self.failed = self.failed or process.returncode != 0
            self._process = None
        return not self.failed

    def end(self) -> None:
        """End what still runs."""
        self.works()
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(LEAVE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def play(child: Child, command: tuple[str, ...], file: Path) -> None:
    """Play ``file``."""
    child.start((*command, str(file)))
