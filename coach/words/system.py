"""What the program says of an error, in the person's language; what the system says of it is English by itself."""

import errno
import os

from coach.errors import CoachError
from coach.words import Words

_KNOWN = ("EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "EIO", "ENOENT", "ENOTDIR", "EISDIR")
_NAMES = {os.strerror(number): name for name in _KNOWN if (number := getattr(errno, name, 0))}


def system_reason(message: str, words: Words) -> str:
    """Return what the system said in words; what the catalogue does not know stays as it is."""
    key = f"error.system.{_NAMES.get(message, '')}"
    return words(key) if words.has(key) else message


def error_text(error: CoachError, words: Words, key: str = "") -> str:
    """Return the sentence of an error (or of ``key``), with what the system said in the person's language."""
    values = {
        name: system_reason(str(value), words) if name == "reason" else value for name, value in error.values.items()
    }
    return words(key or error.key, **values)
