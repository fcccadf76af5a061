"""A person's text on its way to a screen: as written, with nothing in it that a terminal would obey."""

_HIDDEN = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ufeff")
"""Marks that turn or hide the text around them."""


def shown(text: str, keep: str = "") -> str:
    """Return ``text`` with each control character as a visible sign (``␛`` for escape), but those in ``keep``."""
    if text.isprintable():
        return text
    return "".join(letter if letter in keep else _sign(letter) for letter in text)


def _sign(letter: str) -> str:
    code = ord(letter)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    import unicodedata  # here, as a status bar waits for every module that is read

    if letter in _HIDDEN or unicodedata.category(letter) in ("Cc", "Cs"):
        return f"<{code:02X}>"
    return letter
