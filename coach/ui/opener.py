"""Opens a file in the desktop's own program, silently: nothing of it may print into the screen."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def opener() -> list[str] | None:
    """Return the command that opens a file here; None where there is no desktop to open it on."""
    if sys.platform == "darwin":
        return ["open"]
    if sys.platform == "win32":
        return ["cmd", "/c", "start", ""]
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return None
    program = shutil.which("xdg-open")
    return [program] if program else None


def open_file(path: Path) -> bool:
    """Open ``path`` in the program that the desktop has for it; False where that cannot be."""
    return open_address(str(path))


def open_address(address: str) -> bool:
    """Open a path or an address, which every user of the machine may read; False where that cannot be."""
    command = opener()
    if command is None:
        return False
    quiet = subprocess.DEVNULL
    try:
        subprocess.Popen([*command, address], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError:
        return False
    return True
