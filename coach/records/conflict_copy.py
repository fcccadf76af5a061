"""Second copies of one file, which a program that carries folders leaves where two machines changed it at once.

Each program marks such a copy in its own way, before the last ending of the name (``original_name``). In the program's
own folders they are merged by id (``Records.take_in_copies``), in a folder that is synced too (``coach.records.sync``).
"""

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_MARKED = r"""(?P<stem>.+?)
    (?: \.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?                        # Syncthing
      | [ ]?[(（].*(?:conflict|conflit|konflikt|競合|冲突|衝突|충돌).*[)）]  # Dropbox, Nextcloud: in its own language
      | _conflict-\d{8}-\d{6}                                               # Nextcloud, before 2018
      | [ ](?:\d{1,3}|\(\d{1,3}\))                                          # iCloud; Google Drive
    )
    (?P<ending>\.[^/]*|)"""
_SETTLED_S = 60.0
"""A file that was written to within this may still be on its way, where a carrier does not put it there at once."""


def original_name(name: str) -> str | None:
    """Return the name of the file of which ``name`` names a second copy; None where it has no mark of one."""
    if not (" " in name or "(" in name or "（" in name or "conflict" in name):
        return None  # nearly every name, in next to no time
    import unicodedata

    original: str | None = None
    # macOS tells kana in two letters each; and a copy may be copied in its turn.
    rest = unicodedata.normalize("NFC", name)
    while match := re.fullmatch(_MARKED, rest, re.VERBOSE | re.IGNORECASE):
        original = rest = match["stem"] + match["ending"]
    return original


class CopyFinder:
    """Finds copies in some folders, and costs a look at the time of each folder where nothing in it has changed."""

    def __init__(self, *folders: Path) -> None:
        """Look into nothing yet."""
        self._folders = tuple(dict.fromkeys(folders))
        self._looked: dict[Path, int] = {}
        self._found: dict[Path, list[tuple[Path, str]]] = {}

    def copies(self) -> Iterator[tuple[Path, str]]:
        """Yield each copy there is now, with the name of the file that it is one of."""
        for folder in self._folders:
            with suppress(OSError):
                changed = os.stat(folder).st_mtime_ns
                if self._looked.get(folder) != changed:
                    names = sorted(os.listdir(folder))
                    self._found[folder] = [
                        (folder / name, original) for name in names if (original := original_name(name))
                    ]
                    # A copy that comes within the same tick of the folder's clock must be seen too.
                    if time.time_ns() - changed > 1_000_000_000:
                        self._looked[folder] = changed
                yield from [pair for pair in self._found[folder] if pair[0].exists()]


def is_settled(path: Path) -> bool:
    """Tell whether a file was left alone for a while, so that what is wrong with it will not mend by itself."""
    try:
        return abs(time.time() - path.lstat().st_mtime) >= _SETTLED_S
    except OSError:
        return False
