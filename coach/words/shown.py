"""A person's text on its way to a screen: as written, with nothing in it that a terminal would obey."""

import re
from functools import cache

_HIDDEN = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
"""What a terminal obeys, what turns or hides the text around it, and what is no letter."""


@cache
def hidden() -> re.Pattern[str]:
    """Return what finds a letter that must not pass; compiled with the first text that may have one."""
    return re.compile(_HIDDEN)


def shown(text: str, keep: str = "") -> str:
    """Return ``text`` with each control character as a visible sign (``␛`` for escape), but those in ``keep``."""
    if text.isprintable():  # as nearly every text is
        return text
    return hidden().sub(lambda match: match[0] if match[0] in keep else _sign(match[0]), text)


def _sign(letter: str) -> str:
    code = ord(letter)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"<{code:02X}>"
