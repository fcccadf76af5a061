"""What the system says when it refuses, in the person's language: it speaks English by itself."""

import errno
import os

from coach.words import Words

_KNOWN = ("EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "EIO", "ENOENT", "ENOTDIR", "EISDIR")
_NAMES = {os.strerror(number): name for name in _KNOWN if (number := getattr(errno, name, 0))}


def system_reason(message: str, words: Words) -> str:
    """Return what the system said in words; what the catalogue does not know stays as it is."""
    key = f"error.system.{_NAMES.get(message, '')}"
    return words(key) if words.has(key) else message
